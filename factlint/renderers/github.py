"""The report as workflow commands of GitHub Actions, which show as annotations of a pull request.

Every command is one line, and no character of an article, a path or a fact can end it or begin another.
"""

from __future__ import annotations

from collections.abc import Iterator

from factlint.findings import DocumentReport, Failure, Finding, Report, Severity
from factlint.renderers import Manner
from factlint.renderers.escaping import visible
from factlint.renderers.text import period_words, source_words

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render_github(report: Report, manner: Manner) -> str:
    """Render a command for each finding, the gravest first: GitHub shows no more than ten of a kind for a step."""
    del manner
    found = [(document, finding) for document in report.documents for finding in document.findings]
    found.sort(key=lambda pair: -pair[1].severity.rank)
    lines = [_failure(failure) for failure in report.failures]
    lines += [_command(document, finding) for document, finding in found]
    return "".join(line + "\n" for line in lines)


def _command(document: DocumentReport, finding: Finding) -> str:
    start, end = finding.start, finding.end
    properties = {"file": visible(document.path).removeprefix("./"), "line": str(start.line), "endLine": str(end.line)}
    if start.line == end.line:  # GitHub takes columns only of what stands in one line
        properties["col"] = str(start.utf16_column or start.column)
        properties["endColumn"] = str(end.utf16_column or end.column)
    properties["title"] = f"factlint: {finding.rule}"
    told = "\n".join([visible(finding.message), *_known(finding)])
    return f"::{_COMMANDS[finding.severity]} {_properties(properties)}::{_data(told)}"


def _known(finding: Finding) -> Iterator[str]:
    for citation in finding.facts:
        period, source = period_words(citation), ", ".join(source_words(citation.source or {}))
        yield visible(
            "Known: " + citation.says + (f" ({period})" if period else "") + (f": {source}" if source else "")
        )
    if finding.suggestions:
        yield visible("Suggested: " + ", ".join(f"“{text}”" for text in finding.suggestions))


def _failure(failure: Failure) -> str:
    properties = {"file": visible(failure.path).removeprefix("./")} if failure.path else {}
    if failure.line:
        properties["line"] = str(failure.line)
    properties["title"] = f"factlint: {failure.rule}" if failure.rule else "factlint"
    return f"::error {_properties(properties)}::{_data(visible(failure.message))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _properties(values: dict[str, str]) -> str:
    return ",".join(f"{key}={_data(value).replace(':', '%3A').replace(',', '%2C')}" for key, value in values.items())
