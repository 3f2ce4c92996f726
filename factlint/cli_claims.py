"""`factlint claims` and `factlint why`: what a text was read to claim, and how that was judged."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import click

from factlint.claims import Claim, Verdict, find_claims
from factlint.cli import (
    FAILED,
    FOUND,
    NOTHING,
    Word,
    cache_folder,
    complain_of,
    config_option,
    date_option,
    facts_option,
    isolated_option,
    output_option,
    parse_date,
    rules_option,
    say,
    settings_finder,
    today,
    write_out,
)
from factlint.findings import Failure
from factlint.mentions import Reading
from factlint.readers import READERS, read_document
from factlint.run import Judge, Options, dated, failure_of, plan_run, read_file
from factlint.source import InputError, Span, line_and_column, line_starts

_CHOICES = ("text", "json", "csv", "markdown")
# A claim that the facts know: whatever the verdict, something could be said of it.
_KNOWN = (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.OUTDATED)

_Row = dict[str, Any]


@click.command("claims")
@click.argument("paths", nargs=-1, type=click.Path())
@facts_option
@rules_option()
@date_option
@click.option("--format", "form", type=Word(_CHOICES), default="text", show_default=True)
@output_option
@click.option("--require-coverage", type=click.FloatRange(0, 1), metavar="SHARE", help="Status 1 below this coverage.")
@click.option("--stdin-filename", metavar="NAME", help="What standard input (-) is called; its suffix tells the kind.")
@config_option
@isolated_option
def claims(
    paths: tuple[str, ...],
    facts: tuple[str, ...],
    rules: tuple[str, ...],
    date: str | None,
    form: str,
    output: str | None,
    require_coverage: float | None,
    stdin_filename: str | None,
    config: tuple[str, ...],
    isolated: bool,
) -> None:
    """List every checkable claim: supported, contradicted, outdated, undecided, or unknown to the facts."""
    from factlint.files import find_files

    settings_of = settings_finder(config, isolated, facts, rules)
    found = find_files(paths or (".",), READERS, lambda path: settings_of(path).excludes(path))
    options = Options(today=today(), date=parse_date(date) if date else None, cache=cache_folder())
    plan = plan_run(found.paths, settings_of, options)
    failures: list[Failure] = list(found.failures)
    rows: list[_Row] = []
    for path, number in plan.tasks:
        name = stdin_filename or path if path == "-" else path
        try:
            data = sys.stdin.buffer.read() if path == "-" else read_file(path)
            rows += _rows(name, data, plan.judges[number])
        except InputError as error:
            failures.append(failure_of(error, name))
    write_out({"text": _text, "json": _json, "csv": _csv, "markdown": _markdown}[form](rows), output or "")
    if complain_of(failures):
        sys.exit(FAILED)
    short = require_coverage is not None and _coverage(rows) < require_coverage
    if short:
        click.echo(f"coverage {_coverage(rows):.2f} is below {require_coverage:g}", err=True)
    sys.exit(FOUND if short else NOTHING)


def _rows(path: str, data: bytes, judge: Judge) -> Iterator[_Row]:
    document = dated(read_document(path, data), judge)
    reading = Reading(document, judge.facts)
    starts = line_starts(document.source.text)
    for claim in find_claims(reading, judge.rules):
        line, column = line_and_column(starts, document.locate(claim.at).start)
        yield _row(path, line, column, claim, reading)


def _row(path: str, line: int, column: int, claim: Claim, reading: Reading) -> _Row:
    cited = [reading.facts.cite(fact) for fact in claim.facts[:1]]
    source = dict(cited[0].source or {}) if cited else {}
    sentence = reading.sentence_at(claim.at.start)
    return {
        "path": path,
        "line": line,
        "column": column,
        "claim": reading.document.text[claim.at.start : claim.at.end],
        "sentence": " ".join(reading.document.text[sentence.start : sentence.end].split()),
        "subject": claim.subject,
        "attribute": claim.attribute,
        "verdict": claim.verdict.value,
        "known": cited[0].says if cited else "",
        "from": cited[0].since if cited else "",
        "until": cited[0].until if cited else "",
        "source": source.get("title") or source.get("publisher") or "",
        "url": source.get("url", ""),
        "file": f"{cited[0].file}:{cited[0].line}" if cited and cited[0].file else "",
    }


def _coverage(rows: Sequence[_Row]) -> float:
    """Claims known to the facts ÷ checkable claims; 1 where there is nothing to check."""
    known = sum(row["verdict"] in {verdict.value for verdict in _KNOWN} for row in rows)
    return known / len(rows) if rows else 1.0


def _counts(rows: Sequence[_Row]) -> dict[str, int]:
    return {verdict.value: sum(row["verdict"] == verdict.value for row in rows) for verdict in Verdict}


def _summary(rows: Sequence[_Row]) -> str:
    told = ", ".join(f"{count} {name}" for name, count in _counts(rows).items() if count)
    claims = "claim" if len(rows) == 1 else "claims"
    return f"{len(rows)} {claims}{': ' + told if told else ''}; coverage {_coverage(rows):.2f}"


def _text(rows: Sequence[_Row]) -> str:
    from factlint.renderers.escaping import log_line, visible

    lines = []
    for row in rows:
        place = f"{row['path']}:{row['line']}:{row['column']}"
        known = f"  {row['known']}" if row["known"] else ""
        period = " to ".join(part for part in (row["from"], row["until"]) if part)
        sources = "; ".join(part for part in (period, row["source"], row["file"]) if part)
        told = f"{place}  {row['verdict']:<12}  “{row['claim']}”{known}{f' ({sources})' if sources else ''}"
        lines.append(log_line(visible(told)))
    return "\n".join([*lines, _summary(rows)]) + "\n"


def _json(rows: Sequence[_Row]) -> str:
    said = {"factlint": 1, "claims": list(rows), "summary": _counts(rows), "coverage": round(_coverage(rows), 4)}
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


_COLUMNS = (
    "path",
    "line",
    "column",
    "claim",
    "subject",
    "attribute",
    "verdict",
    "known",
    "from",
    "until",
    "source",
    "url",
)


def _csv(rows: Sequence[_Row]) -> str:
    from factlint.renderers.csv import cell_text

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in rows:
        writer.writerow([cell_text(str(row[column])) for column in _COLUMNS])
    return out.getvalue()


def _markdown(rows: Sequence[_Row]) -> str:
    lines = ["| place | claim | verdict | known | source |", "| --- | --- | --- | --- | --- |"]
    for row in rows:
        cells = (
            f"{row['path']}:{row['line']}:{row['column']}",
            row["claim"],
            row["verdict"],
            row["known"],
            row["source"],
        )
        lines.append("| " + " | ".join(_cell(str(cell)) for cell in cells) + " |")
    return "\n".join([*lines, "", _summary(rows)]) + "\n"


def _cell(text: str) -> str:
    for mark in "\\`*_[]<>|":
        text = text.replace(mark, "\\" + mark)
    return " ".join(text.split())


# why


@click.command("why")
@click.argument("place", metavar="FILE:LINE:COLUMN")
@facts_option
@rules_option()
@date_option
@config_option
@isolated_option
def why(
    place: str,
    facts: tuple[str, ...],
    rules: tuple[str, ...],
    date: str | None,
    config: tuple[str, ...],
    isolated: bool,
) -> None:
    """Tell what was read at a place of an article and how it was judged."""
    path, line, column = _parse_place(place)
    options = Options(today=today(), date=parse_date(date) if date else None, cache=cache_folder())
    plan = plan_run([path], settings_finder(config, isolated, facts, rules), options)
    judge = plan.judges[0]
    document = dated(read_document(path, read_file(path)), judge)
    starts = line_starts(document.source.text)
    ends = [*starts[1:], len(document.source.text) + 1]
    lines = len(starts) - (len(starts) > 1 and starts[-1] == len(document.source.text))
    if not 1 <= line <= lines:
        raise InputError(f"there is no line {line}: the file has {lines}", path)
    if not 1 <= column <= ends[line - 1] - starts[line - 1]:
        raise InputError(
            f"there is no column {column} in line {line}: it ends at {ends[line - 1] - starts[line - 1]}", path
        )
    wanted = starts[line - 1] + column - 1
    reading = Reading(document, judge.facts)
    for told in _explained(reading, judge, _prose_offset(reading, wanted)):
        say(told)


def _lines(text: str, starts: Sequence[int]) -> list[str]:
    """The lines of a text without their ends; what follows the last line end is one only if it holds something."""
    lines = [text[start:end].rstrip("\r\n") for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    return lines[:-1] if len(lines) > 1 and not lines[-1] else lines


def _parse_place(place: str) -> tuple[str, int, int]:
    path, _, rest = place.rpartition(":")
    first, _, line = path.rpartition(":")
    if rest.isdigit() and line.isdigit() and first:
        return first, int(line), int(rest)
    if rest.isdigit() and path:
        return path, int(rest), 1
    raise click.UsageError(f"“{place}” is no place: give FILE:LINE:COLUMN.")


def _prose_offset(reading: Reading, wanted: int) -> int:
    """The place in the prose that stands for a place in the file, or the next after it."""
    document = reading.document
    low, high = 0, len(document.text)
    while low < high:
        middle = (low + high) // 2
        if document.locate(Span(middle, middle + 1)).end <= wanted:
            low = middle + 1
        else:
            high = middle
    return low


def _explained(reading: Reading, judge: Judge, at: int) -> Iterator[str]:
    from factlint.lint import check_document
    from factlint.renderers.escaping import visible

    document = reading.document
    sentence = reading.sentence_at(at)
    yield f"sentence: {visible(' '.join(document.text[sentence.start : sentence.end].split()))}"
    yield f"judged as of: {document.date or 'every day'} (date from: {document.date_from or 'nothing'})"
    if reading.quoted(Span(at, at)):
        yield "inside quotation marks: findings here are info and have no fix"
    for name in reading.names:
        if sentence.contains(name.span):
            who = ", ".join(
                f"{entity.name} ({entity.kind}, {entity.at.file}:{entity.at.line})" for entity in name.entities
            )
            yield f"name: “{visible(document.text[name.span.start : name.span.end])}” ({name.form}) is {who}"
    dates = [date.at for date in reading.dates_in(sentence)]
    for number in reading.numbers_in(sentence):
        value = number.value
        if any(number.at.overlaps(at) for at in dates):
            continue
        yield f"number: “{visible(number.text)}” is {_ends(value.low, value.high)} {value.unit}".rstrip()
    for date in reading.dates_in(sentence):
        yield f"date: “{visible(date.text)}” is {date.period or 'no day that can be told'}"
    for claim in find_claims(reading, judge.rules):
        if sentence.contains(claim.at):
            yield from _explained_claim(reading, claim)
    result = check_document(document, judge.facts, judge.rules)
    source = document.locate(sentence)
    for finding in result.findings:
        if source.start <= finding.start.offset < source.end:
            yield (
                f"finding: {finding.severity.value} [{finding.rule}] {visible(finding.message)} "
                f"(confidence {finding.confidence:g})"
            )


def _ends(low: float | None, high: float | None) -> str:
    told = ["…" if end is None else f"{end:,.10g}" for end in (low, high)]
    return told[0] if told[0] == told[1] else f"{told[0]} to {told[1]}"


def _explained_claim(reading: Reading, claim: Claim) -> Iterator[str]:
    from factlint.renderers.escaping import visible

    said = reading.document.text[claim.at.start : claim.at.end]
    about = f"{claim.attribute} of {claim.subject}" if claim.subject else claim.attribute
    yield visible(f"claim: “{said}”, {about}: {claim.verdict.value}")
    for fact in claim.facts:
        cited = reading.facts.cite(fact)
        period = " to ".join(part for part in (cited.since, cited.until) if part)
        place = f"{cited.file}:{cited.line}" if cited.file else ""
        source = (cited.source or {}).get("title", "")
        told = "; ".join(part for part in (period, source, place) if part)
        yield visible(f"  fact: {cited.says}" + (f" ({told})" if told else ""))
