"""The commands on facts files: `factlint facts …`. Loaded when one of them is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from factlint.cli import (
    FAILED,
    FOUND,
    LEVELS,
    NOTHING,
    Commands,
    Word,
    cache_folder,
    complain_of,
    formats_of,
    parse_date,
    print_report,
    say,
    settings_finder,
    status_of,
    today,
    write_out,
)
from factlint.facts.model import Facts
from factlint.findings import DocumentReport, Failure, Finding, Report
from factlint.source import InputError
from factlint.times import Period


@click.group(cls=Commands)
def facts() -> None:
    """Check, test, read, compare and import facts files."""


_files = click.argument("files", nargs=-1, metavar="FILES...", type=click.Path())
_facts = click.option("--facts", "files", multiple=True, metavar="FILE", help="A facts file, or pack:NAME.")
_format = click.option("--format", "formats", multiple=True, metavar="FMT[:FILE]", help="text, json, sarif, …")
_output = click.option("--output", metavar="FILE", help="Write the report to a file.")
_outside = click.option("--allow-outside", is_flag=True, help="Allow includes outside of the facts file's folder.")


def _day() -> Any:
    day = today().first
    assert day is not None
    return day


def _report(documents: Sequence[DocumentReport], formats: Sequence[tuple[str, str]]) -> Report:
    from factlint.explaining import built_in_rules

    report = Report(tuple(documents))
    print_report(report, formats, {name: rule for name, rule in built_in_rules().items() if name.startswith("facts/")})
    return report


def _or_configured(files: Sequence[str]) -> tuple[str, ...]:
    """The facts files named, else those of the configuration."""
    names = tuple(files) or settings_finder((), False, (), ())(".").facts
    if not names:
        raise click.UsageError("Name a facts file (or pack:NAME), or give facts in .factlint.yaml.")
    return names


@facts.command("check")
@_files
@_format
@_output
@_outside
@click.option("--stale", type=click.IntRange(min=0), metavar="DAYS", help="Report sources not checked for so long.")
@click.option("--fail-on", type=Word(LEVELS), default="warning", show_default=True)
@click.option("--select", multiple=True, metavar="GLOB", help="Report only these rules.")
@click.option("--ignore", multiple=True, metavar="GLOB", help="Don't report these rules.")
def check(
    files: tuple[str, ...],
    formats: tuple[str, ...],
    output: str | None,
    allow_outside: bool,
    stale: int | None,
    fail_on: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
) -> None:
    """Judge facts files: schema, time, names, sources."""
    from factlint.facts.linting import facts_rules, lint_facts
    from factlint.rules import matches
    from factlint.yamlfile import nearest

    for pattern in (*select, *ignore):
        if pattern != "all" and not any(matches(f"facts/{name}", pattern) for name in facts_rules()):
            guess = nearest(pattern, [f"facts/{name}" for name in facts_rules()])
            hint = f"; did you mean “{guess}”?" if guess else "; see: factlint explain facts"
            raise InputError(f"there is no rule “{pattern}” of facts files{hint}")
    asked = formats_of(formats, output)
    documents = lint_facts(
        _or_configured(files),
        allow_outside=allow_outside,
        today=_day(),
        stale_days=stale,
        wanted=lambda rule: (
            (not select or any(matches(rule, one) for one in select)) and not any(matches(rule, one) for one in ignore)
        ),
    )
    report = _report(documents, asked)
    unreadable = [
        Failure(finding.message, document.path)
        for document in documents
        for finding in document.findings
        if finding.rule in ("facts/schema", "facts/unknown-include") and not document.words
    ]
    if unreadable:
        complain_of(unreadable)
        sys.exit(FAILED)
    sys.exit(status_of(report, lambda path: fail_on))


@facts.command("test")
@_files
@_format
@_output
@_outside
@click.option("--rules", multiple=True, metavar="DIR", help="A folder of rules of your own.")
def test(
    files: tuple[str, ...], formats: tuple[str, ...], output: str | None, allow_outside: bool, rules: tuple[str, ...]
) -> None:
    """Run the specs of facts files: texts that must be flagged, or must pass."""
    from factlint.facts.loading import load_facts
    from factlint.facts.specs import run_specs, spec_reports
    from factlint.lint import find_all
    from factlint.readers.plain import read_plain
    from factlint.rules import choose, load_rules
    from factlint.source import Source

    asked = formats_of(formats, output)
    known = load_facts(_or_configured(files), allow_outside=allow_outside, cache=cache_folder())
    chosen = choose(load_rules(rules, cache=cache_folder()))

    def judged(text: str, date: Period | None) -> Sequence[Finding]:
        document = read_plain(Source("spec", text))
        return tuple(find_all(replace(document, date=date or today()), known, chosen))

    results = run_specs(known, judged)
    report = _report(spec_reports(known, results), asked)
    failed = sum(not result.passed for result in results)
    if any(name == "text" and not place for name, place in asked):
        click.echo(f"{len(results)} spec{'' if len(results) == 1 else 's'}, {failed} failed")
    if not results:
        click.echo("note: there are no specs in these files", err=True)
    sys.exit(FOUND if failed else status_of(report, lambda path: "error"))


@facts.command("show")
@click.argument("name")
@_facts
@click.option("--date", metavar="DATE", help="What held on this day, month or year.")
def show(name: str, files: tuple[str, ...], date: str | None) -> None:
    """Show everything known of an entity, with sources."""
    from factlint.facts.showing import find_named, search, show_lines

    known = _loaded(files)
    when = parse_date(date) if date else None
    found = find_named(known, name)
    if not found:
        near = [entity.name for entity in search(known, name, most=3)]
        hint = f"; near: {', '.join(near)}" if near else ""
        raise InputError(f"nothing is known of “{name}”{hint}")
    for number, entity in enumerate(found):
        if number:
            click.echo()
        for line in show_lines(known, entity, when):
            say(line)


@facts.command("search")
@click.argument("words", nargs=-1, required=True)
@_facts
def search_names(words: tuple[str, ...], files: tuple[str, ...]) -> None:
    """Search entities by name; the words may be misspelt."""
    from factlint.facts.showing import search_lines

    lines = list(search_lines(_loaded(files), " ".join(words)))
    if not lines:
        say(f"nothing is called “{' '.join(words)}”, or nearly so", err=True)
    for line in lines:
        say(line)
    sys.exit(NOTHING if lines else FOUND)


def _loaded(files: Sequence[str]) -> Facts:
    """The facts named, else those of the configuration, else the bundled packs."""
    from factlint.facts.loading import load_facts
    from factlint.run import DEFAULT_PACKS

    names = tuple(files) or settings_finder((), False, (), ())(".").facts or DEFAULT_PACKS
    return load_facts(names, cache=cache_folder())


@facts.command("stale")
@_files
@click.option("--days", type=click.IntRange(min=0), default=365, show_default=True)
def stale(files: tuple[str, ...], days: int) -> None:
    """List the sources that were not checked for so many days, the oldest first. Status 1 if there are any."""
    from factlint.facts.linting import stale_sources
    from factlint.facts.loading import load_facts

    known = load_facts(_or_configured(files), cache=cache_folder())
    found = False
    for source, site, age in stale_sources(known, _day(), days):
        found = True
        told = "never checked" if age is None else f"checked {source.checked}, {age} days ago"
        say(f"{site.file}:{site.line}:{site.column}: {source.title or source.key}: {told}")
    sys.exit(FOUND if found else NOTHING)


@facts.command("diff")
@click.argument("old", type=click.Path())
@click.argument("new", type=click.Path())
@click.argument("articles", nargs=-1, type=click.Path())
@click.option("--date", metavar="DATE", help="Judge as of this date, whatever the articles say.")
def diff(old: str, new: str, articles: tuple[str, ...], date: str | None) -> None:
    """Tell which facts changed, and which of the articles become wrong or right. Status 1 if anything did."""
    from factlint.facts.changes import find_changes, find_turns
    from factlint.facts.loading import load_facts
    from factlint.files import find_files
    from factlint.readers import READERS
    from factlint.run import Options, run

    before, after = (load_facts([name], cache=cache_folder()) for name in (old, new))
    changed = False
    for change in find_changes(before, after):
        changed = True
        say(str(change))
    if not articles:
        sys.exit(FOUND if changed else NOTHING)
    settings_of = settings_finder((), False, (), ())
    found = find_files(articles, READERS, lambda path: settings_of(path).excludes(path))
    options = Options(today=today(), date=parse_date(date) if date else None, cache=cache_folder())
    reports = [run(found.paths, settings_finder((), False, (name,), ()), options) for name in (old, new)]
    for turn in find_turns(*reports):
        changed = True
        say(str(turn))
    if complain_of((*found.failures, *reports[1].failures)):
        sys.exit(FAILED)
    sys.exit(FOUND if changed else NOTHING)


@facts.command("packs")
def packs() -> None:
    """List the bundled packs."""
    from factlint.facts.showing import list_packs

    for pack in list_packs():
        click.echo(f"pack:{pack.name}  {pack.entities} entities, {pack.facts} facts, checked {pack.checked}")
        if pack.title:
            click.echo(f"  {pack.title}")


_FORMATS = ("csv", "tsv", "popolo", "wikidata", "names")


@facts.command("import")
@click.argument("source", metavar="FILE")
@click.option("--from", "form", type=Word(_FORMATS), help="The kind of file; else told by its suffix.")
@click.option("--kind", default="people", show_default=True, help="The section: people, organizations, places, …")
@click.option("--column", "columns", multiple=True, metavar="KEY=HEADING", help="Which column of a table holds what.")
@click.option("--language", default="en", show_default=True, help="The language of Wikidata labels.")
@click.option("--into", metavar="FACTS", help="Add what is new to this facts file; what it has stays as it is.")
@click.option("--output", metavar="FILE", help="Write the facts file here.")
def import_(
    source: str,
    form: str | None,
    kind: str,
    columns: tuple[str, ...],
    language: str,
    into: str | None,
    output: str | None,
) -> None:
    """Make a facts file from a table, Popolo or Wikidata JSON, or a list of names."""
    from factlint.facts.importing import import_file
    from factlint.facts.writing import extend_facts, write_facts

    suffix = os.path.splitext(source)[1].lower().lstrip(".")
    form = form or {"csv": "csv", "tsv": "tsv", "tab": "tsv", "txt": "names"}.get(suffix)
    if form is None:
        raise click.UsageError(f"Say what kind of file “{source}” is: --from {'|'.join(_FORMATS)}.")
    draft = import_file(source, form, kind=kind, columns=_columns(columns), language=language)
    notes: Sequence[str] = draft.notes
    if into:
        path = Path(into)
        try:
            present = path.read_bytes().decode("utf-8")
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror or error}", into) from None
        except UnicodeDecodeError as error:
            raise InputError(f"byte 0x{present_byte(error)} at offset {error.start} is not UTF-8", into) from None
        text, left = extend_facts(present, draft, into)
        notes = (*notes, *left)
        write_out(text, "" if output == "-" else output or into)
    else:
        write_out(write_facts(draft), "" if output in (None, "-") else output)
    for note in notes:
        say(f"note: {note}", err=True)


def present_byte(error: UnicodeDecodeError) -> str:
    """The byte that could not be decoded, in hexadecimal."""
    return f"{error.object[error.start]:02x}"


def _columns(given: Sequence[str]) -> Mapping[str, str]:
    columns = {}
    for one in given:
        key, equals, heading = one.partition("=")
        if not equals:
            raise click.UsageError(f"--column takes KEY=HEADING, not “{one}”.")
        columns[key] = heading
    return columns
