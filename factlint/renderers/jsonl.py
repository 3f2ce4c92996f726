"""The report as JSON Lines: one object a line, told apart by `type`, with the keys of the JSON report.

A reader that splits lines at any line end Unicode knows still finds one object on each.
"""

from __future__ import annotations

from factlint.findings import Report
from factlint.renderers import Manner
from factlint.renderers.escaping import json_text
from factlint.renderers.json import (
    FORMAT,
    claims_value,
    document_value,
    failure_value,
    finding_value,
    summary_of,
)


def render_jsonl(report: Report, manner: Manner) -> str:
    """Render one line each for the report, every document, finding, waived finding and failure, and the summary."""
    head = {"type": "report", "factlint": FORMAT, "version": manner.version, "positions": "code points"}
    values: list[dict[str, object]] = [head]
    for document in report.documents:
        values.append({"type": "document", **document_value(document), "claims": claims_value(document.claims)})
        values += [{"type": "finding", "path": document.path, **finding_value(part)} for part in document.findings]
        values += [{"type": "waived", "path": document.path, **finding_value(part)} for part in document.waived]
    values += [{"type": "error", **failure_value(failure)} for failure in report.failures]
    values += [{"type": "note", "message": note} for note in report.notes]
    values.append({"type": "summary", **summary_of(report)})
    return "".join(json_text(value) + "\n" for value in values)
