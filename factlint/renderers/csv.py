"""The report as a table for spreadsheets (RFC 4180): one row for each finding, the columns always the same.

No cell can be taken for a formula, and none that begins a line for a command of a runner.
"""

from __future__ import annotations

import csv
import io

from factlint.findings import Report
from factlint.renderers import Manner
from factlint.renderers.escaping import visible
from factlint.renderers.text import source_words

COLUMNS = (
    *("path", "line", "column", "end_line", "end_column", "severity", "rule", "message", "text", "suggestions"),
    *("fix", "quoted", "confidence", "known", "from", "until", "source", "fingerprint"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render_csv(report: Report, manner: Manner) -> str:
    """Render with a head row; several suggestions, facts or sources in one cell are parted by semicolons."""
    del manner
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for document in report.documents:
        for finding in document.findings:
            fix = "" if finding.fix is None else "safe" if finding.fix.safe else "unsafe"
            row: list[object] = [cell_text(document.path), finding.start.line, finding.start.column]
            row += [finding.end.line, finding.end.column, finding.severity.value, finding.rule]
            row += [cell_text(finding.message), cell_text(finding.text), cell_text("; ".join(finding.suggestions))]
            row += [fix, "true" if finding.quoted else "false", round(finding.confidence, 4)]
            row += [cell_text("; ".join(citation.says for citation in finding.facts))]
            row += [cell_text("; ".join(citation.since for citation in finding.facts if citation.since))]
            row += [cell_text("; ".join(citation.until for citation in finding.facts if citation.until))]
            row += [cell_text("; ".join(", ".join(source_words(part.source)) for part in finding.facts if part.source))]
            row += [finding.fingerprint]
            writer.writerow(row)
    return out.getvalue()


def cell_text(text: str) -> str:
    """A text as a cell: an apostrophe in front keeps it from being read as a formula, or as a workflow command."""
    acts = text.startswith(_FORMULA) or text.lstrip().startswith("::")
    return visible("'" + text if acts else text)
