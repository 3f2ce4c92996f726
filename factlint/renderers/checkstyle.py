"""The report as Checkstyle XML: a file element for each document with findings, an error element for each finding.

Columns count UTF-16 code units, as Checkstyle's own do.
"""

from __future__ import annotations

from factlint.findings import Report
from factlint.renderers import Manner
from factlint.renderers.escaping import one_line, xml_text


def render_checkstyle(report: Report, manner: Manner) -> str:
    """Render for whatever reads Checkstyle's reports; a failure is an exception element."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<checkstyle version="{xml_text(manner.version)}">']
    for document in report.documents:
        if not document.findings:
            continue
        lines.append(f"  <file name={_attribute(document.path)}>")
        for finding in document.findings:
            start = finding.start
            place = f'line="{start.line}" column="{start.utf16_column or start.column}"'
            source = _attribute("factlint." + finding.rule.replace("/", "."))
            message = _attribute(finding.message)
            lines.append(f'    <error {place} severity="{finding.severity.value}" message={message} source={source}/>')
        lines.append("  </file>")
    lines += [f"  <exception>{xml_text(one_line(str(failure)))}</exception>" for failure in report.failures]
    lines.append("</checkstyle>")
    return "\n".join(lines) + "\n"


def _attribute(text: str) -> str:
    return f'"{xml_text(one_line(text))}"'
