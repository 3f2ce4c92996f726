"""The JSON report, format 1: every report can be written, and read back as the report that it was.

Each finding stands on one line. Columns in other units stand beside `column` only where they differ from it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, cast

from factlint.findings import (
    Citation,
    DocumentReport,
    Edit,
    Failure,
    Finding,
    Fix,
    Place,
    Report,
    Severity,
    Site,
)
from factlint.renderers import Manner
from factlint.renderers.escaping import json_text
from factlint.source import InputError, Span

FORMAT = 1
_VERDICTS = ("supported", "contradicted", "outdated", "undecided", "unknown")


def render_json(report: Report, manner: Manner) -> str:
    """Render as format 1 of the JSON report (schemas/report.json)."""
    head = {"factlint": FORMAT, "version": manner.version, "positions": "code points"}
    documents = [_document_text(document) for document in report.documents]
    lines = [json_text(head)[:-1] + ",", ' "documents": [' + ",\n".join(documents) + "],"]
    lines.append(f' "summary": {json_text(summary_of(report))},')
    errors = [json_text(failure_value(failure)) for failure in report.failures]
    lines.append(' "errors": [' + ",\n  ".join(errors) + "]")
    if report.notes:
        lines[-1] += ","
        lines.append(f' "notes": {json_text(list(report.notes))}')
    return "\n".join(lines) + "}\n"


def _document_text(document: DocumentReport) -> str:
    head = json_text(document_value(document))[:-1]
    text = f"\n  {head},\n   {_findings_text('findings', document.findings)},\n"
    text += f'   "claims": {json_text(claims_value(document.claims))}'
    if document.waived:
        text += ",\n   " + _findings_text("waived", document.waived)
    excerpts = {
        str(finding.start.line): finding.excerpt.rstrip("\r\n")
        for finding in (*document.findings, *document.waived)
        if finding.excerpt
    }
    if excerpts:
        ordered = {number: excerpts[number] for number in sorted(excerpts, key=int)}
        text += f',\n   "lines": {json_text(ordered)}'
    return text + "}"


def _findings_text(key: str, findings: Sequence[Finding]) -> str:
    if not findings:
        return f'"{key}": []'
    return f'"{key}": [\n    ' + ",\n    ".join(json_text(finding_value(finding)) for finding in findings) + "]"


def document_value(document: DocumentReport) -> dict[str, object]:
    """What a report says of a document beside its findings and claims."""
    return {
        "path": document.path,
        "date": document.date or None,
        "date_from": document.date_from or None,
        "words": document.words,
    }


def claims_value(claims: Mapping[str, int]) -> dict[str, int]:
    """How many claims came out how: the five verdicts in their order, any other after them."""
    known = {verdict: claims.get(verdict, 0) for verdict in _VERDICTS}
    return known | {verdict: claims[verdict] for verdict in sorted(claims) if verdict not in known}


def summary_of(report: Report) -> dict[str, int]:
    """How many documents, findings, and findings of each severity there are."""
    counts = {severity.value: report.count(severity) for severity in reversed(Severity)}
    findings = sum(len(document.findings) for document in report.documents)
    return {"documents": len(report.documents), "findings": findings, **counts}


def finding_value(finding: Finding) -> dict[str, object]:
    """A finding in the keys of format 1."""
    value: dict[str, object] = {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "confidence": round(finding.confidence, 4),
        "message": finding.message,
        "text": finding.text,
        "quoted": finding.quoted,
        "start": _place_value(finding.start),
        "end": _place_value(finding.end),
        "suggestions": list(finding.suggestions),
        "fix": _fix_value(finding.fix),
        "facts": [_citation_value(citation) for citation in finding.facts],
        "related": [_site_value(site) for site in finding.related],
        "fingerprint": finding.fingerprint,
    }
    if finding.waiver:
        value["waiver"] = finding.waiver
    return value


def failure_value(failure: Failure) -> dict[str, object]:
    """A failure: its message and whatever is known of its place and rule."""
    value: dict[str, object] = {"message": failure.message, "path": failure.path, "line": failure.line}
    value |= {"column": failure.column, "rule": failure.rule}
    return {key: part for key, part in value.items() if part or key == "message"}


def _place_value(place: Place) -> dict[str, int]:
    value = {"line": place.line, "column": place.column, "offset": place.offset}
    if place.utf16_column not in (0, place.column):
        value["utf16_column"] = place.utf16_column
    if place.byte_column not in (0, place.column):
        value["byte_column"] = place.byte_column
    return value


def _fix_value(fix: Fix | None) -> dict[str, object] | None:
    if fix is None:
        return None
    edits = [{"start": edit.at.start, "end": edit.at.end, "text": edit.text} for edit in fix.edits]
    return {"safe": fix.safe, "edits": edits}


def _citation_value(citation: Citation) -> dict[str, object]:
    return {
        "id": citation.id,
        "says": citation.says,
        "from": citation.since or None,
        "until": citation.until or None,
        "file": citation.file or None,
        "line": citation.line or None,
        "source": None if citation.source is None else dict(citation.source),
    }


def _site_value(site: Site) -> dict[str, object]:
    value: dict[str, object] = {"start": _place_value(site.start), "end": _place_value(site.end)}
    value["message"] = site.message
    if site.path:
        value["path"] = site.path
    return value


def parse_report(text: str, path: str = "") -> Report:
    """Read a JSON report of format 1 back; keys that this version doesn't know are passed over.

    InputError, naming the report's `path` and the place in it, if it is none.
    """
    try:
        value = json.loads(text)
        top = _Reader(path, value, "the report")
        if top.whole("factlint") != FORMAT:
            raise InputError(f"a report of format {value['factlint']}; this factlint reads format {FORMAT}", path)
        return Report(
            tuple(_document(part) for part in top.items("documents")),
            tuple(_failure(part) for part in top.items("errors")),
            top.texts("notes"),
        )
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", path, error.lineno, error.colno) from None
    except RecursionError:
        raise InputError("not a report: nested too deeply", path) from None


class _Reader:
    """An object of the report with its place in it, which gives its members in the type asked for."""

    __slots__ = ("path", "value", "where")

    def __init__(self, path: str, value: object, where: str) -> None:
        self.path, self.where = path, where
        if not isinstance(value, dict):
            raise InputError(f"not a factlint report: {where} should be an object", path)
        self.value: dict[str, Any] = value

    def _member(self, key: str, kinds: tuple[type, ...], name: str, default: object) -> object:
        value = self.value.get(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            said = "is missing" if key not in self.value else f"should be {name}"
            raise InputError(f"not a factlint report: “{key}” of {self.where} {said}", self.path)
        return value

    def text(self, key: str, default: str | None = None) -> str:
        return cast(str, self._member(key, (str,), "text", default))

    def whole(self, key: str, default: int | None = None) -> int:
        return cast(int, self._member(key, (int,), "a whole number", default))

    def number(self, key: str) -> float:
        return float(cast(float, self._member(key, (int, float), "a number", None)))

    def truth(self, key: str, default: bool = False) -> bool:
        return cast(bool, self._member(key, (bool,), "true or false", default))

    def mapping(self, key: str) -> Mapping[str, Any]:
        return cast(Mapping[str, Any], self._member(key, (dict,), "an object", {}))

    def object(self, key: str) -> _Reader:
        return _Reader(self.path, self.value.get(key), f"“{key}” of {self.where}")

    def items(self, key: str) -> list[_Reader]:
        values = cast(list[object], self._member(key, (list,), "a list", []))
        return [_Reader(self.path, value, f"{key}[{number}] of {self.where}") for number, value in enumerate(values)]

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(str(value) for value in cast(list[object], self._member(key, (list,), "a list", [])))


def _document(reader: _Reader) -> DocumentReport:
    lines = {str(number): str(line) for number, line in reader.mapping("lines").items()}
    claims = _Reader(reader.path, reader.mapping("claims"), f"“claims” of {reader.where}")
    return DocumentReport(
        path=reader.text("path"),
        date=reader.text("date", ""),
        date_from=reader.text("date_from", ""),
        words=reader.whole("words", 0),
        findings=tuple(_finding(part, lines) for part in reader.items("findings")),
        claims={verdict: claims.whole(verdict) for verdict in claims.value},
        waived=tuple(_finding(part, lines) for part in reader.items("waived")),
    )


def _finding(reader: _Reader, lines: Mapping[str, str]) -> Finding:
    severity = reader.text("severity")
    if severity not in {known.value for known in Severity}:
        raise InputError(f"not a factlint report: no severity is called “{severity}”", reader.path)
    start = _place(reader.object("start"))
    return Finding(
        rule=reader.text("rule"),
        severity=Severity(severity),
        message=reader.text("message"),
        text=reader.text("text"),
        start=start,
        end=_place(reader.object("end")),
        confidence=reader.number("confidence"),
        quoted=reader.truth("quoted"),
        suggestions=reader.texts("suggestions"),
        fix=_fix(reader.object("fix")) if reader.value.get("fix") is not None else None,
        facts=tuple(_citation(part) for part in reader.items("facts")),
        related=tuple(_site(part) for part in reader.items("related")),
        fingerprint=reader.text("fingerprint", ""),
        excerpt=lines.get(str(start.line), ""),
        waiver=reader.text("waiver", ""),
    )


def _place(reader: _Reader) -> Place:
    column = reader.whole("column")
    utf16, byte = reader.whole("utf16_column", column), reader.whole("byte_column", column)
    return Place(reader.whole("line"), column, reader.whole("offset"), utf16, byte)


def _fix(reader: _Reader) -> Fix:
    edits = tuple(
        Edit(Span(part.whole("start"), part.whole("end")), part.text("text")) for part in reader.items("edits")
    )
    return Fix(edits, reader.truth("safe"))


def _citation(reader: _Reader) -> Citation:
    source = reader.value.get("source")
    return Citation(
        id=reader.text("id"),
        says=reader.text("says", ""),
        since=reader.text("from", ""),
        until=reader.text("until", ""),
        file=reader.text("file", ""),
        line=reader.whole("line", 0),
        source=None if source is None else {str(key): str(part) for key, part in reader.mapping("source").items()},
    )


def _site(reader: _Reader) -> Site:
    start, end = _place(reader.object("start")), _place(reader.object("end"))
    return Site(start, end, reader.text("message", ""), reader.text("path", ""))


def _failure(reader: _Reader) -> Failure:
    return Failure(
        reader.text("message"),
        reader.text("path", ""),
        reader.whole("line", 0),
        reader.whole("column", 0),
        reader.text("rule", ""),
    )
