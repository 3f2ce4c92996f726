"""The report for people: each finding with its line, what is known, since when and from which source.

Whatever comes from an article, a facts file or a path is pictured, never sent to a terminal raw.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from factlint.findings import Citation, DocumentReport, Finding, Report, Severity, Site
from factlint.renderers import Manner
from factlint.renderers.escaping import columns, log_line, picture, visible

_SGR = {"error": "1;31", "warning": "1;33", "info": "1;34", "path": "1", "rule": "36", "label": "2", "good": "32"}


def render_text(report: Report, manner: Manner) -> str:
    """Render for reading: findings in the order of the report, notes, and one line that sums up."""
    lines: list[str] = []
    for document in report.documents:
        for finding in document.findings:
            lines += _finding(document, finding, manner)
            lines.append("")
    lines += [_paint("note: ", "label", manner) + visible(note) for note in report.notes]
    lines.append(_summary(report, manner))
    return "\n".join(map(log_line, lines)) + "\n"


def _paint(text: str, role: str, manner: Manner) -> str:
    return f"\x1b[{_SGR[role]}m{text}\x1b[0m" if manner.color and text else text


def _finding(document: DocumentReport, finding: Finding, manner: Manner) -> Iterator[str]:
    place = f"{visible(document.path)}:{finding.start.line}:{finding.start.column}:"
    severity = finding.severity.value
    yield " ".join(
        (
            _paint(place, "path", manner),
            _paint(severity, severity, manner),
            _paint(f"[{finding.rule}]", "rule", manner),
            visible(finding.message),
        )
    )
    number = str(finding.start.line)
    gutter = max(len(number), 3)
    if finding.excerpt:
        shown, before, marked = _excerpt(finding, manner.width - gutter - 5)
        yield f"  {_paint(f'{number:>{gutter}} |', 'label', manner)} {shown}".rstrip()
        under = _paint("^" * marked, severity, manner)
        yield f"  {_paint(' ' * gutter + ' |', 'label', manner)} {' ' * before}{under}"
    margin = " " * (gutter + 3)
    for citation in finding.facts:
        for label, text in _known(citation, document):
            yield f"{margin}{_paint(label, 'label', manner)} {text}"
    for label, text in _advice(finding):
        yield f"{margin}{_paint(label, 'label', manner)} {text}"
    for site in finding.related:
        yield f"{margin}{_paint('see:', 'label', manner)} {_site(site, document.path)}"


def _excerpt(finding: Finding, width: int) -> tuple[str, int, int]:
    """The line of a finding cut to `width` columns around the span; where the span starts in it, how wide it is."""
    line = finding.excerpt.rstrip("\r\n")
    start = min(finding.start.column - 1, len(line))
    end = min(finding.end.column - 1, len(line)) if finding.end.line == finding.start.line else len(line)
    end = max(start, end)
    # Never work on more of a very long line than could be shown.
    left, right = max(0, start - width), min(len(line), end + width)
    before, after = _shown(line[left:start]), _shown(line[end:right])
    # Inside the span every character that can't be seen is pictured, joiners too: it may be the mistake.
    inside = "".join(picture(c) if c in "\u200c\u200d" else c for c in line[start : min(end, start + width)])
    span = _shown(inside)
    room = width - columns(span)
    if room < 0:
        span, room = _head(span, width - 2) + "…", 0
    # Give the text after the span a third of the room, or all that the text before it leaves.
    wanted_before, wanted_after = columns(before), columns(after)
    share = min(wanted_before, max(room - wanted_after, room * 2 // 3))
    before_cut = left > 0 or wanted_before > share
    if before_cut:
        before = "…" + _tail(before, max(share - 1, 0))
    rest = room - columns(before)
    if right < len(line) or wanted_after > rest:
        after = _head(after, max(rest - 1, 0)) + "…"
    return before + span + after, columns(before), max(columns(span), 1)


def _shown(text: str) -> str:
    return visible(text.replace("\t", " "))


def _head(text: str, width: int) -> str:
    """As much of the beginning of a text as fits in `width` columns."""
    if columns(text) <= width:
        return text
    end = min(len(text), width)
    while end and columns(text[:end]) > width:
        end -= 1
    return text[:end]


def _tail(text: str, width: int) -> str:
    """As much of the end of a text as fits in `width` columns."""
    if columns(text) <= width:
        return text
    start = max(len(text) - width, 0)
    while start < len(text) and columns(text[start:]) > width:
        start += 1
    return text[start:]


def _known(citation: Citation, document: DocumentReport) -> Iterator[tuple[str, str]]:
    told = visible(citation.says)
    period = period_words(citation)
    if period:
        told += f" ({period})"
    yield f"known as of {visible(document.date)}:" if document.date else "known:", told
    source = citation.source or {}
    parts = [visible(text) for text in source_words(source)]
    if citation.file:
        parts.append(visible(citation.file) + (f":{citation.line}" if citation.line else ""))
    if parts:
        yield "source:", ", ".join(parts)


def period_words(citation: Citation) -> str:
    """The time a fact holds for in words, or nothing if it always does."""
    if citation.since and citation.until:
        return citation.since if citation.since == citation.until else f"{citation.since} to {citation.until}"
    return f"since {citation.since}" if citation.since else f"until {citation.until}" if citation.until else ""


def source_words(source: Mapping[str, str]) -> list[str]:
    """A source's title or publisher, address and the day it was checked, as far as given."""
    title, publisher = source.get("title", ""), source.get("publisher", "")
    name = f"{title} ({publisher})" if title and publisher and publisher not in title else title or publisher
    checked = source.get("checked", "")
    return [part for part in (name, source.get("url", ""), f"checked {checked}" if checked else "") if part]


def _advice(finding: Finding) -> Iterator[tuple[str, str]]:
    if finding.suggestions:
        label = "suggestion:" if len(finding.suggestions) == 1 else "suggestions:"
        yield label, ", ".join(f"“{visible(text)}”" if text else "nothing (remove it)" for text in finding.suggestions)
    if finding.fix:
        yield "fix:", "with --fix" if finding.fix.safe else "with --unsafe-fixes"


def _site(site: Site, path: str) -> str:
    place = f"{visible(site.path or path)}:{site.start.line}:{site.start.column}"
    return f"{place}: {visible(site.message)}" if site.message else place


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: “1 finding”, “2,000 findings”."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def tally(report: Report) -> str:
    """How many findings of which severity, in words."""
    total = sum(len(document.findings) for document in report.documents)
    if not total:
        return "no findings"
    counts = [(report.count(severity), severity.value) for severity in reversed(Severity)]
    words = [f"{number:,} info" if name == "info" else counted(number, name) for number, name in counts if number]
    return f"{counted(total, 'finding')} ({', '.join(words)})"


def _summary(report: Report, manner: Manner) -> str:
    total = sum(len(document.findings) for document in report.documents)
    gravest = next((s.value for s in reversed(Severity) if report.count(s)), "good")
    parts = [_paint(tally(report), gravest if total else "good", manner)]
    words = sum(document.words for document in report.documents)
    parts[0] += f" in {counted(len(report.documents), 'document')}, {counted(words, 'word')}"
    waived = sum(len(document.waived) for document in report.documents)
    if waived:
        parts.append(f"{waived:,} waived")
    dates = {(document.date, document.date_from) for document in report.documents}
    if len(dates) == 1:
        date, origin = next(iter(dates))
        if date:
            parts.append(f"judged as of {visible(date)}" + (f" (date from: {visible(origin)})" if origin else ""))
    if report.failures:
        parts.append(_paint(f"{counted(len(report.failures), 'failure')}: not all was checked", "error", manner))
    return "; ".join(parts)
