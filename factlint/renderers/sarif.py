"""The report as SARIF 2.1.0 (OASIS): rules with help, columns in UTF-16 code units, no clock and no machine in it.

Section numbers are those of the standard.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from factlint.findings import Citation, DocumentReport, Failure, Finding, Place, Report, Severity, Site
from factlint.renderers import Manner, RuleInfo
from factlint.renderers.escaping import json_text, visible
from factlint.renderers.places import places_of
from factlint.renderers.text import period_words, source_words

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_MOST_TEXT = 1024  # code points that GitHub shows of a rule's description
_EXTERNAL = ("baseline", "side file", "config")  # waivers that stand outside the document; others stand in it


def render_sarif(report: Report, manner: Manner) -> str:
    """Render as a log of one run. Waived findings are listed as suppressed, unless the manner leaves them out."""
    waived = manner.waived and any(document.waived for document in report.documents)
    found = [
        (document, finding)
        for document in report.documents
        for finding in (_in_order(document) if manner.waived else document.findings)
    ]
    rules = sorted({*manner.rules, *(finding.rule for _, finding in found)})
    indexes = {rule: number for number, rule in enumerate(rules)}
    driver: dict[str, object] = {"name": "factlint"}
    if manner.version:
        driver |= {"version": manner.version, "semanticVersion": manner.version}
    driver["rules"] = [_rule(rule, manner.rules.get(rule)) for rule in rules]
    invocation: dict[str, object] = {"executionSuccessful": not report.failures}
    if report.failures:
        invocation["toolExecutionNotifications"] = [_notification(failure) for failure in report.failures]
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "factlint/"},
        "invocations": [invocation],
        "columnKind": "utf16CodeUnits",
        "results": [_result(document, finding, indexes[finding.rule], waived) for document, finding in found],
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _in_order(document: DocumentReport) -> Sequence[Finding]:
    if not document.waived:
        return document.findings
    both = (*document.findings, *document.waived)
    return sorted(both, key=lambda finding: (finding.start.offset, finding.end.offset, finding.rule, finding.message))


def _rule(name: str, rule: RuleInfo | None) -> dict[str, object]:
    group = name.partition("/")[0]
    if rule is None:  # of a run by another version
        text = {"text": name}
        properties: dict[str, object] = {"tags": [group]}
        return {"id": name, "shortDescription": text, "fullDescription": text, "help": text, "properties": properties}
    summary, rationale = rule.summary.strip(), rule.rationale.strip() or rule.summary.strip()
    full = rationale if len(rationale) <= _MOST_TEXT else rationale[: _MOST_TEXT - 1] + "…"
    return {
        "id": name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": full},
        "help": {"text": rationale, "markdown": rationale},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [group], "problem.severity": _PROBLEMS[rule.severity]},
    }


def _result(document: DocumentReport, finding: Finding, index: int, waived: bool) -> dict[str, object]:
    related, told = _related(document, finding)
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": "\n".join((_literal(finding.message), *told))},
        "locations": [{"physicalLocation": _physical(document.path, finding.start, finding.end, finding.text)}],
    }
    if related:
        result["relatedLocations"] = related
    if finding.fingerprint:
        key = finding.fingerprint
        result["partialFingerprints"] = {"factlint/v1": key, "primaryLocationLineHash": key}
    if waived:  # 3.27.23: all results of a run have this property, or none
        result["suppressions"] = [_suppression(finding.waiver)] if finding.waiver else []
    fix = _fix(document, finding)
    if fix:
        result["fixes"] = [fix]
    properties: dict[str, object] = {"confidence": round(finding.confidence, 4), "quoted": finding.quoted}
    if finding.suggestions:
        properties["suggestions"] = list(finding.suggestions)
    if finding.facts:
        properties["facts"] = [citation.id for citation in finding.facts]
    if document.date:
        properties["date"] = document.date
    result["properties"] = properties
    return result


def _related(document: DocumentReport, finding: Finding) -> tuple[list[dict[str, object]], list[str]]:
    """The other places of a finding, and the lines of its message that link to them by their ids (3.11.6)."""
    locations: list[dict[str, object]] = []
    told: list[str] = []
    for citation in finding.facts:
        line = "Known: " + _literal(_known(citation))
        if citation.file:
            number = len(locations) + 1
            physical: dict[str, object] = {"artifactLocation": {"uri": uri_of(citation.file)}}
            if citation.line:
                physical["region"] = {"startLine": citation.line}
            locations.append({"id": number, "message": {"text": _literal(citation.says)}, "physicalLocation": physical})
            place = citation.file + (f":{citation.line}" if citation.line else "")
            line += f" [{_link_text(place)}]({number})"
        told.append(line)
    for site in finding.related:
        number = len(locations) + 1
        locations.append({"id": number, **_site(site, document.path)})
        place = f"{site.path or document.path}:{site.start.line}:{site.start.column}"
        told.append(f"See [{_link_text(place)}]({number})" + (f": {_literal(site.message)}" if site.message else ""))
    return locations, told


def _known(citation: Citation) -> str:
    period, source = period_words(citation), ", ".join(source_words(citation.source or {}))
    return citation.says + (f" ({period})" if period else "") + (f"; {source}" if source else "")


def _site(site: Site, path: str) -> dict[str, object]:
    value: dict[str, object] = {}
    if site.message:
        value["message"] = {"text": _literal(site.message)}
    value["physicalLocation"] = _physical(site.path or path, site.start, site.end)
    return value


def _physical(path: str, start: Place, end: Place, text: str = "") -> dict[str, object]:
    region: dict[str, object] = dict(_region(start, end))
    if text:
        region["snippet"] = {"text": text}
    return {"artifactLocation": {"uri": uri_of(path)}, "region": region}


def _region(start: Place, end: Place) -> dict[str, int]:
    return {
        "startLine": start.line,
        "startColumn": start.utf16_column or start.column,
        "endLine": end.line,
        "endColumn": end.utf16_column or end.column,
    }


def _fix(document: DocumentReport, finding: Finding) -> dict[str, object] | None:
    """The fix with its edits in lines and columns; none if one of them can't be placed."""
    if finding.fix is None:
        return None
    replacements = []
    for edit in finding.fix.edits:
        places = places_of(finding, edit)
        if places is None:
            return None
        replacement: dict[str, object] = {"deletedRegion": _region(*places)}
        if edit.text:
            replacement["insertedContent"] = {"text": edit.text}
        replacements.append(replacement)
    change = {"artifactLocation": {"uri": uri_of(document.path)}, "replacements": replacements}
    kind = "safe" if finding.fix.safe else "unsafe"
    text = f"Write “{finding.fix.edits[0].text}”" if len(finding.fix.edits) == 1 else "Apply the edits"
    return {
        "description": {"text": _literal(f"{text} ({kind})")},
        "artifactChanges": [change],
    }


def _suppression(waiver: str) -> dict[str, object]:
    kind = "external" if waiver.startswith(_EXTERNAL) else "inSource"
    return {"kind": kind, "status": "accepted", "justification": visible(waiver)}


def _notification(failure: Failure) -> dict[str, object]:
    value: dict[str, object] = {"level": "error", "message": {"text": _literal(str(failure))}}
    if failure.path:
        physical: dict[str, object] = {"artifactLocation": {"uri": uri_of(failure.path)}}
        if failure.line:
            physical["region"] = {"startLine": failure.line}
        value["locations"] = [{"physicalLocation": physical}]
    return value


def uri_of(path: str) -> str:
    """A path as a URI reference: relative as given, percent-encoded, `file:` if it is absolute (RFC 3986, 8089)."""
    path = path.removeprefix("./") or "."
    try:
        data = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half of a pair, which only Windows has in names
        data = path.encode("utf-8", "surrogatepass")
    encoded = quote(data, safe="/-._~!$&'()*+,;=@")
    if path.startswith("/"):
        return "file://" + encoded
    return f"file:///{encoded.replace('%3A', ':', 1)}" if path[1:3] == ":/" else encoded


def _literal(text: str) -> str:
    """A text that a message shows as it is: no placeholder (3.11.5) and no link (3.11.6) can be read in it."""
    return visible(text).replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _link_text(text: str) -> str:
    """A text for between the brackets of a link (3.11.6)."""
    text = visible(text).replace("{", "{{").replace("}", "}}")
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
