"""`factlint rules` and `factlint explain`: which rules there are, what each finds and why, and their own tests."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import click
from msgspec.structs import replace

from factlint.cli import (
    FOUND,
    NOTHING,
    Word,
    cache_folder,
    complain_of,
    complete_rules,
    config_option,
    isolated_option,
    settings_finder,
    write_out,
)
from factlint.explaining import (
    BuiltIn,
    built_in_rules,
    explanation,
    listing,
    reference,
    rule_value,
)
from factlint.rules import Rule, load_rules, matches
from factlint.run import chosen_rules
from factlint.source import InputError

_folders = click.option(
    "--rules", "folders", multiple=True, metavar="DIR", type=click.Path(), help="Rules of your own."
)
_config = click.option(
    "--config", multiple=True, metavar="FILE|KEY=VALUE", help="A configuration file, or one setting."
)
_isolated = click.option("--isolated", is_flag=True, help="Look for no configuration file.")


def _configured(folders: Sequence[str], config: Sequence[str], isolated: bool) -> tuple[Rule, ...]:
    """The rules as they are configured here: those that don't run are not enabled."""
    settings = settings_finder(config, isolated, (), folders)(".")
    rules = load_rules(settings.rules, cache=cache_folder())
    running = {rule.id: rule for rule in chosen_rules(rules, settings)}
    return tuple(replace(running.get(rule.id, rule), enabled=rule.id in running) for rule in rules)


@click.command("rules")
@_folders
@click.option("--format", "form", type=Word(["text", "json", "markdown"]), default="text", show_default=True)
@click.option("--output", metavar="FILE", type=click.Path(), help="Write the list to a file.")
@click.option("--test", "testing", is_flag=True, help="Run the examples of your own rules, or else of all.")
@config_option
@isolated_option
def list_rules(
    folders: tuple[str, ...], form: str, output: str | None, testing: bool, config: tuple[str, ...], isolated: bool
) -> None:
    """List the rules as configured here: id, severity, summary."""
    rules = _configured(folders, config, isolated)
    if testing:
        _test(rules)
    if form == "json":
        text = json.dumps([rule_value(rule) for rule in rules], ensure_ascii=False, indent=1) + "\n"
    elif form == "markdown":
        text = reference(rules)
    else:
        text = "".join(line + "\n" for line in listing(rules))
    write_out(text, output or "")


def _test(rules: Sequence[Rule]) -> None:
    from factlint.examples import run_examples

    bundled = {rule.path for rule in load_rules(cache=cache_folder())}
    tested = [rule for rule in rules if rule.path not in bundled] or rules
    failures = run_examples(tested)
    complain_of(failures)
    count = sum(len(rule.examples) for rule in tested)
    click.echo(
        f"{count} example{'' if count == 1 else 's'} of {len(tested)} rule{'' if len(tested) == 1 else 's'}, "
        f"{len(failures)} failed"
    )
    sys.exit(FOUND if failures else NOTHING)


@click.command("explain")
@click.argument("rule", shell_complete=complete_rules)
@_folders
@click.option("--format", "form", type=Word(["text", "json"]), default="text", show_default=True)
@config_option
@isolated_option
def explain(rule: str, folders: tuple[str, ...], form: str, config: tuple[str, ...], isolated: bool) -> None:
    """Explain a rule: what it finds, why, and examples; of a group, list its rules."""
    known: dict[str, Rule | BuiltIn] = {one.id: one for one in _configured(folders, config, isolated)}
    known.update(built_in_rules())
    found = [known[rule]] if rule in known else [one for name, one in sorted(known.items()) if matches(name, rule)]
    if not found:
        from factlint.yamlfile import nearest

        guess = nearest(rule, [*known, *(name.partition("/")[0] for name in known)])
        raise InputError(f"there is no rule “{rule}”" + (f"; did you mean “{guess}”?" if guess else ""))
    if form == "json":
        values = [rule_value(one) for one in found]
        text = json.dumps(values[0] if rule in known else values, ensure_ascii=False, indent=1) + "\n"
    else:
        text = "".join(line + "\n" for line in (explanation(found[0]) if rule in known else listing(found)))
    write_out(text)
