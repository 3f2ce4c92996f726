"""The report in the Reviewdog Diagnostic Format: columns are bytes of UTF-8 from 1, ends are exclusive.

Keys, units and the severities follow reviewdog's proto/rdf/reviewdog.proto.
"""

from __future__ import annotations

from collections.abc import Iterator

from factlint.findings import DocumentReport, Finding, Place, Report, Severity, Site
from factlint.renderers import Manner
from factlint.renderers.escaping import json_text, visible
from factlint.renderers.places import places_of
from factlint.renderers.text import period_words


def render_rdjson(report: Report, manner: Manner) -> str:
    """Render as one DiagnosticResult."""
    del manner
    gravest = next((severity for severity in reversed(Severity) if report.count(severity)), None)
    result: dict[str, object] = {"source": {"name": "factlint"}}
    if gravest:
        result["severity"] = gravest.name
    result["diagnostics"] = [
        _diagnostic(document, finding) for document in report.documents for finding in document.findings
    ]
    return json_text(result, indent=1) + "\n"


def _diagnostic(document: DocumentReport, finding: Finding) -> dict[str, object]:
    told = [finding.message]
    for citation in finding.facts:
        period = period_words(citation)
        told.append(f"Known: {citation.says}" + (f" ({period})" if period else ""))
    diagnostic: dict[str, object] = {
        "message": "\n".join(visible(text) for text in told),
        "location": {"path": document.path, "range": _range(finding.start, finding.end)},
        "severity": finding.severity.name,
        "code": {"value": finding.rule},
    }
    suggestions = list(_suggestions(finding))
    if suggestions:
        diagnostic["suggestions"] = suggestions
    if finding.related:
        diagnostic["related_locations"] = [_related(site, document.path) for site in finding.related]
    return diagnostic


def _suggestions(finding: Finding) -> Iterator[dict[str, object]]:
    """The fix if it is one edit, else each suggested text for the whole span."""
    if finding.fix and len(finding.fix.edits) == 1:
        edit = finding.fix.edits[0]
        places = places_of(finding, edit)
        if places:
            yield {"range": _range(*places), "text": edit.text}
            return
    if finding.fix is None and not finding.quoted:
        for text in finding.suggestions:
            yield {"range": _range(finding.start, finding.end), "text": text}


def _related(site: Site, path: str) -> dict[str, object]:
    location = {"path": site.path or path, "range": _range(site.start, site.end)}
    return {"message": visible(site.message), "location": location}


def _range(start: Place, end: Place) -> dict[str, object]:
    return {"start": _position(start), "end": _position(end)}


def _position(place: Place) -> dict[str, int]:
    return {"line": place.line, "column": place.byte_column or place.column}
