"""`factlint init`: a commented start for a desk, which never writes over anything."""

from __future__ import annotations

import os
import sys

import click

from factlint import VERSION
from factlint.cli import FAILED, NOTHING

_CONFIG = """\
# How factlint checks the files of this folder and those below. All keys: factlint check --show-settings
facts: [facts.yaml, "pack:international-organizations", "pack:countries-and-territories"]
# date: 2026-01-09            # of articles that give none
# rules: [house-rules]        # folders of your own rules
# exclude: [archive/]
# severity: {consistency/form: warning, sentences/*: "off"}
# baseline: .factlint-baseline.json
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

_HOOK = f"""\
# pre-commit install, then every commit is checked.
repos:
  - repo: local   # or the address of factlint's repository, with rev: v{VERSION}
    hooks:
      - id: factlint
        name: factlint
        entry: factlint check --force-exclude
        language: system
        types_or: [plain-text, markdown, html, rst, asciidoc]
        require_serial: true
"""

_FILES = {".factlint.yaml": _CONFIG, "facts.yaml": _FACTS, ".pre-commit-config.yaml": _HOOK}


@click.command("init")
@click.argument("folder", default=".")
def init(folder: str) -> None:
    """Write a commented start: settings, a facts file and a pre-commit hook. Nothing is written over."""
    if not os.path.isdir(folder):
        click.echo(f"{folder}: there is no such folder", err=True)
        sys.exit(FAILED)
    for name, text in _FILES.items():
        path = os.path.join(folder, name)
        try:
            with open(path, "x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            click.echo(f"{path}: is there already, left alone")
            continue
        except OSError as error:
            click.echo(f"{path}: cannot be written: {error.strerror or error}", err=True)
            sys.exit(FAILED)
        click.echo(f"{path}: written")
    click.echo("next: factlint facts check, factlint facts test, factlint check .")
    sys.exit(NOTHING)
