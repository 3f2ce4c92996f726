"""`factlint init`: a commented start for a desk, which never writes over anything."""

from __future__ import annotations

import os
import sys

import click

from factlint import VERSION
from factlint.cli import FAILED, NOTHING

_CONFIG = """\
# How factlint checks the files of this folder and those below. What applies: factlint check --show-settings
facts: [facts.yaml, "pack:international-organizations", "pack:countries-and-territories"]
# date: 2026-01-09            # of articles that give none; without it: today
# exclude: [archive/]         # not checked, as in .gitignore
# fail_on: error              # the least severity that makes the status 1: error, warning, info, never
# severity: {consistency/form: warning, sentences/*: "off"}   # by rule: see factlint rules
# options: {terms/house-word: {instead: {utilize: use}}}      # by rule: see factlint explain terms/house-word
# rules: [house-rules]        # folders of rules of your own
# baseline: .factlint-baseline.json   # what is known already: factlint check --write-baseline
"""

_FACTS = """\
# What copy is held against: names, roles, counts and dates, each with when it held and where it is from.
# Check it with: factlint facts check facts.yaml
factlint: 1

sources:
  gazette: {title: Official gazette, publisher: Government of Exampleland, checked: 2026-01-09}

people:
  - name: Ana Kaldor                 # the form to print
    aliases: [Ana M. Kaldor]         # other right forms
    not: [Anna Caldor]               # forms known to be wrong
    roles:
      - {title: Foreign Minister, of: Exampleland, from: 2024-03-04, source: gazette}

organizations:
  - name: Example Union
    aliases: [EXU]
    counts:
      - of: members
        nouns: [members, member states, countries]
        values:
          - {value: 11, from: 2015-01-01, until: 2023-12-31, source: gazette}
          - {value: 12, from: 2024-01-01, source: gazette}

terms:
  - {use: readout, not: [redout]}

specs:                               # tests of this file: factlint facts test facts.yaml
  - {text: The 11 EXU countries met., date: 2026-01-09, finds: ["11"]}
  - {text: The 12 EXU countries met., date: 2026-01-09, finds: []}
"""

_HOOKS = f"""\
  - repo: local   # or the address of factlint's repository, with rev: v{VERSION}
    hooks:
      - id: factlint
        name: factlint
        entry: factlint check --force-exclude
        language: system
        types_or: [plain-text, markdown, html, rst, asciidoc]
        require_serial: true
      - id: factlint-facts
        name: factlint (facts files)
        entry: factlint facts check
        language: system
        files: (^|/)facts(\\.[^/]*)?\\.ya?ml$
"""

_PRE_COMMIT = ".pre-commit-config.yaml"
_FILES = {
    ".factlint.yaml": _CONFIG,
    "facts.yaml": _FACTS,
    _PRE_COMMIT: "# pre-commit install, then every commit is checked.\nrepos:\n" + _HOOKS,
}


@click.command("init")
@click.argument("folder", default=".")
def init(folder: str) -> None:
    """Write a commented start: settings, a facts file and a pre-commit hook. Nothing is written over."""
    if not os.path.isdir(folder):
        click.echo(f"{folder}: there is no such folder", err=True)
        sys.exit(FAILED)
    for name, text in _FILES.items():
        path = os.path.normpath(os.path.join(folder, name)).replace(os.sep, "/")
        try:
            with open(path, "x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            click.echo(f"{path}: is there already, left alone")
            if name == _PRE_COMMIT and not _names_factlint(path):
                click.echo("  the hooks, for its “repos”:\n" + _HOOKS, nl=False)
            continue
        except OSError as error:
            click.echo(f"{path}: cannot be written: {error.strerror or error}", err=True)
            sys.exit(FAILED)
        click.echo(f"{path}: written")
    click.echo("next: write your facts into facts.yaml, and try them: factlint facts check, factlint facts test")
    click.echo("then: factlint check ARTICLE; pre-commit install")
    sys.exit(NOTHING)


def _names_factlint(path: str) -> bool:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return "factlint" in file.read()
    except OSError:
        return False
