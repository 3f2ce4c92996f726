"""The report as GitLab's Code Quality artifact: the keys that GitLab documents, and none beside them.

No two findings share a fingerprint, which GitLab would show as one.
"""

from __future__ import annotations

from factlint.findings import Report, Severity
from factlint.kept import digest
from factlint.renderers import Manner
from factlint.renderers.escaping import json_text, one_line

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render_gitlab(report: Report, manner: Manner) -> str:
    """Render as a list of violations, in the order of the report."""
    del manner
    seen: dict[str, int] = {}
    violations = [
        {
            "description": one_line(finding.message),
            "check_name": finding.rule,
            "fingerprint": _unseen(finding.fingerprint or f"{document.path}\0{finding.rule}", seen),
            "severity": _SEVERITIES[finding.severity],
            "location": {
                "path": document.path.removeprefix("./"),
                "lines": {"begin": finding.start.line, "end": finding.end.line},
            },
        }
        for document in report.documents
        for finding in document.findings
    ]
    return json_text(violations, indent=1) + "\n"


def _unseen(fingerprint: str, seen: dict[str, int]) -> str:
    """The fingerprint, or one made from it where it was there before; `seen` counts."""
    candidate = fingerprint
    while candidate in seen or "\0" in candidate:
        seen[fingerprint] = number = seen.get(fingerprint, 0) + 1
        candidate = digest(f"{fingerprint}\0{number}".encode("utf-8", "surrogatepass")).hex()[:32]
    seen[candidate] = 0
    return candidate
