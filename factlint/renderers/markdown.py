"""The report as a summary for a pull request, in GitHub's Markdown.

Nothing that comes from an article or a facts file can become markup, mention anybody or refer to an issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factlint.findings import Citation, DocumentReport, Finding, Report, Severity
from factlint.renderers import Manner
from factlint.renderers.escaping import one_line
from factlint.renderers.text import counted, period_words, tally

_MOST = 60_000  # characters; GitHub takes 65,536 in a comment
_MARKS = {Severity.ERROR: "🔴 error", Severity.WARNING: "🟠 warning", Severity.INFO: "🔵 info"}
_MARKUP = re.compile(r"[\\`*_\[\]<>|~$&]")
_REFERENCE = re.compile(r"([@#]|(?:https?|ftp|mailto|www|xmpp|GH-|GL-)(?=[:.\d]))", re.IGNORECASE)


def render_markdown(report: Report, manner: Manner) -> str:
    """Render a heading and a table, the gravest first; what doesn't fit into a comment is counted in the last line."""
    del manner
    lines = [f"### factlint: {tally(report)}", ""]
    waived = sum(len(document.waived) for document in report.documents)
    words = sum(document.words for document in report.documents)
    about = f"{counted(len(report.documents), 'document')}, {counted(words, 'word')} checked"
    lines += [about + (f"; {waived:,} waived." if waived else "."), ""]
    found = [(document, finding) for document in report.documents for finding in document.findings]
    found.sort(key=lambda pair: -pair[1].severity.rank)
    if found:
        lines += ["| | Place | Finding | Known |", "| --- | --- | --- | --- |"]
    size, shown = sum(map(len, lines)), 0
    for document, finding in found:
        row = _row(document, finding)
        if size + len(row) > _MOST:
            break
        lines.append(row)
        size, shown = size + len(row) + 1, shown + 1
    if shown < len(found):
        lines += ["", f"… and {counted(len(found) - shown, 'more finding')}."]
    if report.failures:
        lines += ["", f"**{counted(len(report.failures), 'failure')}: not all was checked.**", ""]
        lines += [f"- {escape(str(failure))}" for failure in report.failures]
    return "\n".join(lines).rstrip("\n") + "\n"


def _row(document: DocumentReport, finding: Finding) -> str:
    place = code(f"{document.path}:{finding.start.line}:{finding.start.column}")
    told = f"{escape(finding.message)}<br>{code(finding.rule)}"
    if finding.related:
        sites = [
            code(f"{site.path or document.path}:{site.start.line}")
            + (f" {escape(site.message)}" if site.message else "")
            for site in finding.related
        ]
        told += "<br>see " + "; ".join(sites)
    known = "<br>".join(part for citation in finding.facts for part in _known(citation))
    return f"| {_MARKS[finding.severity]} | {place} | {told} | {known} |"


def _known(citation: Citation) -> Iterator[str]:
    period = period_words(citation)
    yield escape(citation.says + (f" ({period})" if period else ""))
    source = citation.source or {}
    url = source.get("url", "")
    title = escape(source.get("title") or source.get("publisher") or url)
    parts = [_link(title, url) if url else title, escape(f"checked {source['checked']}" if "checked" in source else "")]
    if citation.file:
        parts.append(code(f"{citation.file}:{citation.line}" if citation.line else citation.file))
    told = ", ".join(part for part in parts if part)
    if told:
        yield told


def _link(title: str, url: str) -> str:
    """A link, if the address is one of the web; it can't end early or hold a character that acts."""
    if not re.match(r"https?://", url):
        return f"{title} {escape(url)}" if title != escape(url) else title
    address = re.sub(r"[^\w./:?#@!$&*+,;=%~-]", lambda match: _percent(match.group()), one_line(url))
    return f"[{title}](<{address}>)"


def _percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))


def escape(text: str) -> str:
    """Text as Markdown that shows it: markup, mentions, references to issues and bare addresses come to nothing."""
    escaped = _MARKUP.sub(_entity, one_line(text))
    return _REFERENCE.sub(r"\1<!-- -->", escaped)


def _entity(match: re.Match[str]) -> str:
    character = match.group()
    entities = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
    return entities.get(character, "\\" + character)


def code(text: str) -> str:
    """Text as a span of code, also inside a table."""
    shown = one_line(text)
    longest = max((len(run) for run in re.findall("`+", shown)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest else ""
    return f"{fence}{pad}{shown}{pad}{fence}".replace("|", "\\|")
