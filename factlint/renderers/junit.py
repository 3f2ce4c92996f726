"""The report as JUnit XML: a suite for each document, a failed case for each error or warning.

What is only information passes, with its message as output; a document without findings is one passed case.
"""

from __future__ import annotations

from collections.abc import Iterator

from factlint.findings import DocumentReport, Finding, Report, Severity
from factlint.renderers import Manner
from factlint.renderers.escaping import one_line, visible, xml_text
from factlint.renderers.text import period_words, source_words


def render_junit(report: Report, manner: Manner) -> str:
    """Render as XML that Jenkins' schema of JUnit reports admits; times are 0, since none is measured."""
    del manner
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    cases = sum(max(len(document.findings), 1) for document in report.documents) + len(report.failures)
    failed = sum(report.count(severity) for severity in (Severity.ERROR, Severity.WARNING))
    counts = f'tests="{cases}" failures="{failed}" errors="{len(report.failures)}"'
    lines.append(f'<testsuites name="factlint" {counts}>')
    for document in report.documents:
        lines += _suite(document)
    if report.failures:
        number = len(report.failures)
        lines.append(f'  <testsuite name="factlint" tests="{number}" failures="0" errors="{number}" time="0">')
        for failure in report.failures:
            where = _attribute(failure.path or failure.rule or "factlint")
            message = _attribute(str(failure))
            lines.append(f'    <testcase classname={where} name={_attribute("could be checked")} time="0">')
            lines.append(f'      <error type="failure" message={message}/>')
            lines.append("    </testcase>")
        lines.append("  </testsuite>")
    lines.append("</testsuites>")
    return "\n".join(lines) + "\n"


def _suite(document: DocumentReport) -> Iterator[str]:
    failed = sum(finding.severity is not Severity.INFO for finding in document.findings)
    path = _attribute(document.path)
    tests = max(len(document.findings), 1)
    yield f'  <testsuite name={path} tests="{tests}" failures="{failed}" errors="0" time="0">'
    if not document.findings:
        yield f'    <testcase classname={path} name="no findings" time="0"/>'
    for finding in document.findings:
        name = _attribute(f"{finding.rule} at {finding.start.line}:{finding.start.column}")
        yield f'    <testcase classname={path} name={name} time="0">'
        told = "\n".join(xml_text(line) for line in _told(document, finding))
        if finding.severity is Severity.INFO:
            yield f"      <system-out>{told}</system-out>"
        else:
            message = _attribute(finding.message)
            yield f'      <failure type="{finding.severity.value}" message={message}>{told}</failure>'
        yield "    </testcase>"
    yield "  </testsuite>"


def _told(document: DocumentReport, finding: Finding) -> Iterator[str]:
    yield f"{visible(document.path)}:{finding.start.line}:{finding.start.column}: {one_line(finding.message)}"
    for citation in finding.facts:
        period, source = period_words(citation), ", ".join(source_words(citation.source or {}))
        yield one_line(f"known: {citation.says}" + (f" ({period})" if period else ""))
        if source or citation.file:
            place = f"{citation.file}:{citation.line}" if citation.file else ""
            yield one_line("source: " + ", ".join(part for part in (source, place) if part))
    if finding.suggestions:
        yield one_line("suggestions: " + ", ".join(f"“{text}”" for text in finding.suggestions))


def _attribute(text: str) -> str:
    return f'"{xml_text(one_line(text))}"'
