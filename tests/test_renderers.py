"""Every format: what it says, where it points, and that nothing an article holds can act on its reader."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

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
from factlint.readers.decoding import decode
from factlint.renderers import RENDERERS, render
from factlint.renderers.escaping import columns, log_line, visible
from factlint.renderers.json import parse_report
from factlint.renderers.markdown import code, escape
from factlint.renderers.sarif import uri_of
from factlint.source import InputError, Source, Span, line_starts

SCHEMAS = Path(__file__).parent / "schemas"
REPORT_SCHEMA = Path(__file__).parent.parent / "factlint" / "schemas" / "report.json"
PHRASE = "Marry Shelley"
KNOWN = Citation(
    "people/mary-shelley",
    "author of Frankenstein: Mary Shelley",
    "1797-08-30",
    "1851-02-01",
    "facts.yaml",
    7,
    {
        "title": "Writers",
        "publisher": "A Library",
        "url": "https://library.example/a(b)?c=1&d=2",
        "checked": "2024-05-01",
    },
)


@dataclass(frozen=True)
class Rule:
    """A rule as reports know it."""

    id: str
    summary: str
    rationale: str
    severity: Severity


RULES = {"names/misspelled": Rule("names/misspelled", "A name.", "Why {0} [it](1) matters.\n", Severity.ERROR)}


def place(text: str, offset: int) -> Place:
    """The place of an offset, by the plainest of means."""
    starts = line_starts(text)
    line = sum(start <= offset for start in starts)
    before = text[starts[line - 1] : offset]
    utf16 = len(before.encode("utf-16-le", "surrogatepass")) // 2
    return Place(line, len(before) + 1, offset, utf16 + 1, len(before.encode("utf-8", "surrogatepass")) + 1)


def finding_in(text: str, phrase: str = PHRASE, **more: Any) -> Finding:
    """A finding of a phrase in a text, with everything that a finding can have."""
    at = text.index(phrase)
    start, end = place(text, at), place(text, at + len(phrase))
    line = text.replace("\r\n", "\n").split("\n")[start.line - 1]
    given: dict[str, Any] = {
        "rule": "names/misspelled",
        "severity": Severity.ERROR,
        "message": f"“{phrase}” should be “Mary Shelley”",
        "text": phrase,
        "start": start,
        "end": end,
        "confidence": 0.97,
        "suggestions": ("Mary Shelley",),
        "fix": Fix((Edit(Span(at, at + len(phrase)), "Mary Shelley"),)),
        "facts": (KNOWN,),
        "related": (Site(place(text, 0), place(text, 1), "first said here"),),
        "fingerprint": "0123456789abcdef0123456789abcdef",
        "excerpt": line,
    }
    return Finding(**(given | more))


def report_of(*findings: Finding, path: str = "letters/one.txt", **more: Any) -> Report:
    """A report on one document."""
    document = DocumentReport(path, "2024-05-04", "front matter", 120, findings, {"supported": 2, "unknown": 1})
    return Report((replace(document, **more),))


@cache
def validator(name: str) -> Any:
    """The validator of a schema file."""
    schema = json.loads((SCHEMAS / name if name != "report.json" else REPORT_SCHEMA).read_text(encoding="utf-8"))
    return jsonschema.validators.validator_for(schema)(schema)


@cache
def xsd(name: str) -> Any:
    """An XML schema."""
    return xmlschema.XMLSchema(str(SCHEMAS / name))


def check(name: str, text: str) -> Any:
    """Hold a report against the schema of its format, if there is one, and return it as data."""
    if name in ("sarif", "gitlab", "rdjson", "json"):
        files = {"sarif": "sarif-2.1.0.json", "gitlab": "gitlab-code-quality.json", "rdjson": "rdjson.json"}
        value = json.loads(text)
        validator(files.get(name, "report.json")).validate(value)
        return value
    if name in ("junit", "checkstyle"):
        xsd({"junit": "junit-10.xsd", "checkstyle": "checkstyle.xsd"}[name]).validate(text)
        return ElementTree.fromstring(text.encode("utf-8"))
    if name == "jsonl":
        return [json.loads(line) for line in text.splitlines()]
    if name == "csv":
        return list(csv.DictReader(io.StringIO(text, newline="")))
    return text


# Where findings stand, whatever is before them

BEFORE = {
    "ascii": b"Dear ",
    "fire": "🔥🔥 Dear ".encode(),
    "combining": "Cafe\u0301 n\u0303 ".encode(),
    "crlf": "One.\r\n\r\nTwo 🔥.\r\nDéar ".encode(),
    "mark": b"\xef\xbb\xbf" + "🔥é ".encode(),
    "utf-16": b"\xff\xfe" + "🔥é ".encode("utf-16-le"),
    "wide": "日本語 ".encode(),
    "tabs": "a\tb\t\u200b ".encode(),
}


def read(name: str) -> Source:
    """A letter with something before the phrase."""
    before = BEFORE[name]
    after = f"{PHRASE} wrote it 🔥.\r\nEnd\r\n"
    return decode(before + after.encode("utf-16-le" if name == "utf-16" else "utf-8"), "letters/one.txt")


def line_of(source: Source, number: int) -> str:
    """A line of a source, without its end."""
    return source.text.replace("\r\n", "\n").split("\n")[number - 1]


def utf16_slice(line: str, start: int, end: int) -> str:
    """What stands between two columns in UTF-16 units."""
    return line.encode("utf-16-le")[2 * (start - 1) : 2 * (end - 1)].decode("utf-16-le")


def byte_slice(line: str, start: int, end: int) -> str:
    """What stands between two columns in bytes of UTF-8."""
    return line.encode()[start - 1 : end - 1].decode()


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("name", sorted(RENDERERS))
def test_points_at_the_phrase(name: str, before: str) -> None:
    source = read(before)
    finding = finding_in(source.text)
    number = finding.start.line
    assert number == (4 if before == "crlf" else 1)
    line = line_of(source, number)
    value = check(name, render(report_of(finding), name, version="1.2.3"))
    match name:
        case "text":
            head, shown, under, *_ = value.split("\n")
            assert head.startswith(f"letters/one.txt:{number}:{line.index(PHRASE) + 1}: error [names/misspelled] “")
            at, marked = under.index("^"), under.count("^")
            assert PHRASE in shown
            assert columns(shown[: shown.index(PHRASE)]) == at
            assert marked == columns(PHRASE)
        case "json":
            found = value["documents"][0]["findings"][0]
            assert source.text[found["start"]["offset"] : found["end"]["offset"]] == PHRASE
            assert line[found["start"]["column"] - 1 : found["end"]["column"] - 1] == PHRASE
            utf16 = [found[end].get("utf16_column", found[end]["column"]) for end in ("start", "end")]
            assert utf16_slice(line, *utf16) == PHRASE
            assert (
                byte_slice(line, *(found[e].get("byte_column", found[e]["column"]) for e in ("start", "end"))) == PHRASE
            )
        case "jsonl":
            found = next(item for item in value if item["type"] == "finding")
            assert line[found["start"]["column"] - 1 : found["end"]["column"] - 1] == PHRASE
        case "sarif":
            (run,) = value["runs"]
            assert run["columnKind"] == "utf16CodeUnits"
            result = run["results"][0]
            region = result["locations"][0]["physicalLocation"]["region"]
            assert (region["startLine"], region["endLine"]) == (number, number)
            assert utf16_slice(line, region["startColumn"], region["endColumn"]) == PHRASE
            deleted = result["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"]
            assert utf16_slice(line, deleted["startColumn"], deleted["endColumn"]) == PHRASE
        case "github":
            properties = dict(part.split("=", 1) for part in value.split("::")[1].split(" ", 1)[1].split(","))
            assert properties["line"] == properties["endLine"] == str(number)
            assert utf16_slice(line, int(properties["col"]), int(properties["endColumn"])) == PHRASE
        case "rdjson":
            (diagnostic,) = value["diagnostics"]
            for where in (diagnostic["location"]["range"], diagnostic["suggestions"][0]["range"]):
                assert where["start"]["line"] == number
                assert byte_slice(line, where["start"]["column"], where["end"]["column"]) == PHRASE
        case "checkstyle":
            error = value.find("file/error")
            assert error.get("line") == str(number)
            column = int(error.get("column"))
            assert utf16_slice(line, column, column + len(PHRASE)) == PHRASE
        case "gitlab":
            assert value[0]["location"] == {"path": "letters/one.txt", "lines": {"begin": number, "end": number}}
        case "junit":
            column = line.index(PHRASE) + 1
            assert value.find("testsuite/testcase").get("name") == f"names/misspelled at {number}:{column}"
        case "csv":
            assert line[int(value[0]["column"]) - 1 : int(value[0]["end_column"]) - 1] == PHRASE
        case "markdown":
            assert f"`letters/one.txt:{number}:{line.index(PHRASE) + 1}`" in value
        case _:
            pytest.fail(f"no test of {name}")


def test_a_finding_over_two_lines() -> None:
    text = "One Marry\nShelley 🔥 two"
    phrase = "Marry\nShelley"
    report = report_of(finding_in(text, phrase))
    for name in RENDERERS:
        check(name, render(report, name))
    assert "col=" not in render(report, "github").replace("endColumn", "")
    region = json.loads(render(report, "sarif"))["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {
        "startLine": 1,
        "startColumn": 5,
        "endLine": 2,
        "endColumn": 8,
        "snippet": {"text": phrase},
    }
    assert "^^^^^\n" in render(report, "text")


# What each format says


def full_report() -> Report:
    """A report with everything in it."""
    text = f"🔥 {PHRASE} wrote it in 1818, and {PHRASE}."
    error = finding_in(text)
    warning = replace(error, rule="dates/weekday", severity=Severity.WARNING, facts=(), related=(), fix=None)
    info = replace(error, severity=Severity.INFO, quoted=True, fix=None, suggestions=())
    waived = replace(error, waiver="comment in line 1: so on the poster")
    other = replace(error, waiver="baseline", fingerprint="ff")
    documents = (
        DocumentReport("a.txt", "2024-05-04", "option", 9, (info, warning, error), {"supported": 1}, (waived, other)),
        DocumentReport("b c.md", "", "", 0, ()),
    )
    failures = (
        Failure("there is no such file", "gone.txt"),
        Failure("bad: 100%, [x](1)\nmore", "f.yaml", 3, 4, "counts/x"),
    )
    return Report(documents, failures, ("held against the bundled packs",))


@pytest.mark.parametrize("name", sorted(RENDERERS))
def test_same_bytes_and_schema(name: str) -> None:
    report = full_report()
    text = render(report, name, rules=RULES, version="1.2.3")
    check(name, text)
    assert text == render(full_report(), name, rules=RULES, version="1.2.3")
    assert text.endswith("\n")
    empty = render(Report(()), name, rules=RULES, version="1.2.3")
    check(name, empty)
    clean = render(Report((DocumentReport("a.txt", "", "", 3, ()),)), name)
    check(name, clean)


def test_text() -> None:
    report = report_of(finding_in(f"Dear {PHRASE}, greetings."))
    assert render(report, "text") == (
        "letters/one.txt:1:6: error [names/misspelled] “Marry Shelley” should be “Mary Shelley”\n"
        "    1 | Dear Marry Shelley, greetings.\n"
        "      |      ^^^^^^^^^^^^^\n"
        "      known as of 2024-05-04: author of Frankenstein: Mary Shelley (1797-08-30 to 1851-02-01)\n"
        "      source: Writers (A Library), https://library.example/a(b)?c=1&d=2, checked 2024-05-01, facts.yaml:7\n"
        "      suggestion: “Mary Shelley”\n"
        "      fix: with --unsafe-fixes\n"
        "      see: letters/one.txt:1:1: first said here\n"
        "\n"
        "1 finding (1 error) in 1 document, 120 words; judged as of 2024-05-04 (date from: front matter)\n"
    )
    assert render(Report((DocumentReport("a", "", "", 1, ()),)), "text") == "no findings in 1 document, 1 word\n"
    told = render(full_report(), "text")
    assert "2 waived" in told
    assert "2 failures: not all was checked" in told
    assert "note: held against the bundled packs" in told
    bright = render(full_report(), "text", color=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", bright) == told != bright


@pytest.mark.parametrize("width", [20, 40, 100])
@pytest.mark.parametrize("unit", ["word ", "語", "🔥", "e\u0301", "\u200b", "\t"])
@pytest.mark.parametrize("before", [0, 1, 7, 5000])
@pytest.mark.parametrize("after", [0, 3, 5000])
def test_long_lines_are_cut_around_the_span(width: int, unit: str, before: int, after: int) -> None:
    text = unit * before + PHRASE + unit * after
    _, shown, under, *_ = render(report_of(finding_in(text)), "text", width=width).split("\n")
    assert columns(shown) <= width + 3
    assert columns(shown[: shown.index("Marry")]) == under.index("^")
    if width > 20:
        assert PHRASE in shown
    if before == 5000:
        assert "| …" in shown
    if after == 5000:
        assert shown.endswith("…")


def test_a_span_longer_than_the_width() -> None:
    text = "x" + "語" * 400 + "x"
    _, shown, under, *_ = render(report_of(finding_in(text, "語" * 400)), "text", width=60).split("\n")
    assert columns(shown) <= 63
    assert under.count("^") >= 40


def test_an_invisible_character_is_shown_where_it_is_meant() -> None:
    text = "Marry\u200bShelley and 👩\u200d👩"
    shown = render(report_of(finding_in(text, "\u200b")), "text").split("\n")
    assert shown[1].endswith("Marry<U+200B>Shelley and 👩\u200d👩")
    assert shown[2].endswith(" " * 5 + "^" * 8)


def test_json_is_read_back_as_it_was() -> None:
    for report in (full_report(), Report(()), report_of(finding_in(f"é🔥 {PHRASE}"))):
        text = render(report, "json", version="9")
        again = parse_report(text)
        assert render(again, "json", version="9") == text
        for name in RENDERERS:
            assert render(again, name, rules=RULES) == render(report, name, rules=RULES), name
    assert parse_report(render(full_report(), "json")) == replace(
        full_report(),
        documents=tuple(
            replace(
                document,
                claims={verdict: document.claims.get(verdict, 0) for verdict in VERDICTS},
            )
            for document in full_report().documents
        ),
    )


VERDICTS = ("supported", "contradicted", "outdated", "undecided", "unknown")


def test_json_has_the_keys_of_the_format_in_their_order() -> None:
    value = json.loads(render(report_of(finding_in(f"Dear {PHRASE}")), "json", version="0.1.0"))
    assert list(value) == ["factlint", "version", "positions", "documents", "summary", "errors"]
    document = value["documents"][0]
    assert list(document) == ["path", "date", "date_from", "words", "findings", "claims", "lines"]
    assert list(document["findings"][0]) == [
        *("rule", "severity", "confidence", "message", "text", "quoted", "start", "end", "suggestions", "fix"),
        *("facts", "related", "fingerprint"),
    ]
    assert document["findings"][0]["start"] == {"line": 1, "column": 6, "offset": 5}
    assert list(document["findings"][0]["facts"][0]) == ["id", "says", "from", "until", "file", "line", "source"]
    assert list(document["claims"]) == list(VERDICTS)
    assert value["summary"] == {"documents": 1, "findings": 1, "error": 1, "warning": 0, "info": 0}


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", "not JSON"),
        ("[]", "the report should be an object"),
        ("{}", "“factlint” of the report is missing"),
        ('{"factlint": 2}', "format 2"),
        ('{"factlint": "1"}', "should be a whole number"),
        ('{"factlint": 1, "documents": 3}', "“documents” of the report should be a list"),
        ('{"factlint": 1, "documents": [{}]}', "“path” of documents[0] of the report is missing"),
        ('{"factlint": 1, "documents": [{"path": "a", "findings": [{}]}]}', "“severity” of findings[0]"),
        ('{"factlint": 1, "documents": [{"path": "a", "findings": [{"severity": "bad"}]}]}', "“bad”"),
        ('{"factlint": 1, "documents": [{"path": "a", "claims": {"supported": "x"}}]}', "claims"),
        ('{"factlint": 1, "notes": 3}', "notes"),
        ("[" * 100_000, "JSON|nested"),
    ],
)
def test_a_report_that_is_none(text: str, cause: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_report(text, "run.json")
    assert re.search(cause if "|" in cause else re.escape(cause), str(caught.value))
    assert str(caught.value).startswith("run.json:")


def test_sarif() -> None:
    log = check("sarif", render(full_report(), "sarif", rules=RULES, version="1.2.3"))
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("factlint", "1.2.3")
    assert [rule["id"] for rule in driver["rules"]] == ["dates/weekday", "names/misspelled"]
    rule = driver["rules"][1]
    assert rule["help"]["text"] == "Why {0} [it](1) matters."
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert {result["level"] for result in run["results"]} == {"error", "warning", "note"}
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["partialFingerprints"]["primaryLocationLineHash"]
    held = [result["suppressions"] for result in run["results"]]
    assert sorted(part["kind"] for suppressions in held for part in suppressions) == ["external", "inSource"]
    first = next(result for result in run["results"] if "relatedLocations" in result)
    related = first["relatedLocations"]
    assert related[0]["physicalLocation"] == {"artifactLocation": {"uri": "facts.yaml"}, "region": {"startLine": 7}}
    assert [location["id"] for location in related] == [1, 2]
    assert "[facts.yaml:7](1)" in first["message"]["text"]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert not re.search(r"\d\d:\d\d:\d\d|[Uu]tc", json.dumps(log))
    without = json.loads(render(full_report(), "sarif", waived=False))
    assert len(without["runs"][0]["results"]) == 3
    assert all("suppressions" not in result for result in without["runs"][0]["results"])


def test_sarif_shows_an_articles_words_as_they_are() -> None:
    finding = finding_in(PHRASE, message="{0} a [link](1) and a \\ }", facts=(replace(KNOWN, file="a[b]\\c.yaml"),))
    text = json.loads(render(report_of(finding), "sarif"))["runs"][0]["results"][0]["message"]["text"]
    assert text.startswith("{{0}} a [link] (1) and a \\ }}\n")
    assert "[a\\[b\\]\\\\c.yaml:7](1)" in text


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a.txt", "a.txt"),
        ("./a b/ü.md", "a%20b/%C3%BC.md"),
        ("a:b?c#d%.txt", "a%3Ab%3Fc%23d%25.txt"),
        ("/abs/x.txt", "file:///abs/x.txt"),
        ("C:/abs/x.txt", "file:///C:/abs/x.txt"),
        ("../x.txt", "../x.txt"),
        ("bad\udcff.txt", "bad%FF.txt"),
    ],
)
def test_paths_as_uris(path: str, uri: str) -> None:
    assert uri_of(path) == uri


def test_a_fix_that_cannot_be_placed_is_left_out_of_sarif_and_rdjson() -> None:
    text = f"One.\nTwo.\nDear {PHRASE}"
    far = Fix((Edit(Span(0, 3), "Uno"),))
    two = Fix((Edit(Span(15, 20), "Mary"), Edit(Span(0, 3), "Uno")))
    near = Fix((Edit(Span(10, 14), "Hail"),), safe=True)
    for fix, placed in ((far, False), (two, False), (near, True)):
        report = report_of(finding_in(text, fix=fix))
        assert ("fixes" in json.loads(render(report, "sarif"))["runs"][0]["results"][0]) is placed
        assert ("suggestions" in json.loads(render(report, "rdjson"))["diagnostics"][0]) is placed


def test_github_gravest_first_and_one_line_each() -> None:
    lines = render(full_report(), "github").splitlines()
    kinds = [line.split(" ", 1)[0] for line in lines]
    assert kinds == ["::error", "::error", "::error", "::warning", "::notice"]
    assert lines[1].endswith("::bad: 100%25, [x](1)␊more")
    assert "title=factlint%3A names/misspelled::" in lines[2]


def test_gitlab_fingerprints_are_all_different() -> None:
    finding = finding_in(PHRASE)
    report = report_of(finding, finding, replace(finding, fingerprint=""), replace(finding, fingerprint=""))
    prints = [one["fingerprint"] for one in check("gitlab", render(report, "gitlab"))]
    assert len(set(prints)) == 4
    assert prints[0] == finding.fingerprint


def test_junit_counts() -> None:
    root = check("junit", render(full_report(), "junit"))
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("6", "2", "2")
    assert len(root.findall(".//failure")) == 2
    assert len(root.findall(".//error")) == 2
    assert len(root.findall(".//system-out")) == 1


def test_markdown() -> None:
    text = render(full_report(), "markdown")
    assert text.startswith("### factlint: 3 findings (1 error, 1 warning, 1 info)\n")
    assert text.index("🔴 error") < text.index("🟠 warning") < text.index("🔵 info")
    assert "[Writers](<https://library.example/a%28b%29?c=1&d=2>)" in text
    assert "2 waived" in text
    assert "**2 failures: not all was checked.**" in text


def test_markdown_fits_into_a_comment_and_says_what_is_missing() -> None:
    finding = finding_in(PHRASE, message="long " * 100)
    text = render(report_of(*[finding] * 500), "markdown")
    assert len(text) < 65_536
    shown = text.count("🔴 error")
    assert text.endswith(f"… and {500 - shown} more findings.\n")


def test_csv_cells_are_no_formulas() -> None:
    for bad in ('=HYPERLINK("https://x.example")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"):
        rows = check("csv", render(report_of(finding_in(bad, bad, message=bad, suggestions=(bad,))), "csv"))
        for key in ("text", "message", "suggestions"):
            assert rows[0][key].startswith("'")


# Nothing an article holds can act on its reader

HOSTILE = (
    "\x1b[31mred\x1b]8;;https://x.example\x07",
    "\x9b31m",
    "a\n::error::injected",
    "a\r::set-output name=x::y",
    "%0A::add-mask::x",
    "##[add-mask]x",
    "<script>alert(1)</script>",
    "]]><x/>",
    "a | b | c",
    "@everyone #12 GH-12 https://x.example www.x.example",
    "![x](https://x.example) <img src=x> **b** _i_ `c` [a](b) ~~s~~ $m$ &amp;",
    "```\n# head\n- item\n",
    "\u202eevil\u202c\u2066x\u2069",
    "\u2028line\u2029para\x85next\x0b\x0c",
    "\ufeff\u200b\u00ad\U000e0041",
    "\x00\x01\x7f\ufffe\uffff",
    "lone \udc80 half \ud83d",
    "\"quoted\", 'and' \\ back\\n",
    "=1+1",
    "{0} {{x}} [y](1)",
)
_CONTROL = {"Cc", "Cf", "Zl", "Zp", "Cs"}


def hostile_report(text: str) -> Report:
    """A report with a text wherever an article, a path or a facts file can put one."""
    source = {"title": text, "publisher": text, "url": text, "checked": text}
    bad = Citation(text, text, "2020", "", text, 3, source)
    finding = finding_in(
        "before " + text + " after",
        text,
        message=text,
        suggestions=(text,),
        facts=(bad,),
        related=(Site(Place(1, 1, 0, 1, 1), Place(1, 2, 1, 2, 2), text, text),),
        fix=Fix((Edit(Span(7, 7 + len(text)), text),)),
    )
    report = report_of(finding, path="dir/" + text, date=text, date_from=text)
    return replace(report, failures=(Failure(text, text, 1, 1),), notes=(text,))


def assert_harmless(name: str, text: str) -> None:
    """No character acts on a terminal, no line begins another command, and the format holds."""
    text.encode("utf-8")
    value = check(name, text)
    if name in ("text", "github", "markdown", "csv", "junit", "checkstyle"):
        bare = text.replace("\r\n", "\n") if name == "csv" else text
        acting = {c for c in bare if unicodedata.category(c) in _CONTROL and c not in "\n\u200c\u200d"}
        assert not acting, (name, acting)
    if name in ("json", "jsonl", "sarif", "gitlab", "rdjson"):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", text)
    if name == "github":
        assert len(text.splitlines()) == 2
        assert all(line.startswith("::error ") for line in text.splitlines())
    if name in ("text", "csv", "markdown", "junit", "checkstyle", "json", "jsonl", "sarif", "gitlab", "rdjson"):
        assert not [line for line in text.splitlines() if line.lstrip().startswith("::")]
    if name == "text":
        assert not re.search(r"##\w*\[", text)
    if name == "jsonl":
        assert len(value) == 6
    if name == "csv":
        assert len(value) == 1
    if name == "markdown":
        rows = [line for line in text.split("\n") if line.startswith("| 🔴")]
        assert len(rows) == 1
        assert len(re.findall(r"(?<!\\)\|", rows[0])) == 5
        assert text.count("### ") == text.count("### factlint: ")


@pytest.mark.parametrize("name", sorted(RENDERERS))
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_harmless(name: str, text: str) -> None:
    report = hostile_report(text)
    assert_harmless(name, render(report, name, rules=RULES))
    if name == "json" and "\ud83d" not in text:
        again = parse_report(render(report, name))
        assert again.documents[0].findings[0].message == text


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(), min_size=1, max_size=30))
def test_any_text_is_harmless(text: str) -> None:
    report = hostile_report(text)
    for name in ("text", "github", "markdown", "csv", "junit", "checkstyle", "jsonl", "sarif"):
        assert_harmless(name, render(report, name, rules=RULES))


@pytest.mark.parametrize("name", sorted(RENDERERS))
@pytest.mark.parametrize(
    "path", ["::error::x.txt", " ::add-mask::x.txt", "##vso[task.complete]x.txt", "##[group]x.txt"]
)
def test_a_path_is_no_command_of_a_runner(name: str, path: str) -> None:
    report = replace(report_of(finding_in(PHRASE), path=path), failures=(Failure("cannot be read", path),))
    text = render(report, name, rules=RULES)
    check(name, text)
    lines = [line.lstrip() for line in text.splitlines()]
    if name == "github":
        assert all(line.startswith("::error file=") for line in lines)
    else:
        assert not [line for line in lines if line.startswith("::")]
    if name == "text":
        assert not re.search(r"##\w*\[", text)


def test_lines_of_a_log() -> None:
    assert log_line("a::b") == "a::b"
    assert log_line("::error::x") == "./::error::x"
    assert log_line("\u3000::error::x") == "./\u3000::error::x"
    assert log_line("a ##[group]b ##vso[x] ##teamcity[y] ## [z]") == "a ##\\[group]b ##\\vso[x] ##\\teamcity[y] ## [z]"


def test_markdown_shows_text_as_it_is() -> None:
    markdown_it = pytest.importorskip("markdown_it")
    parser = markdown_it.MarkdownIt("gfm-like", {"html": True, "linkify": False})
    for text in HOSTILE:
        if "\ud83d" in text or "\udc80" in text:
            continue
        html = parser.renderInline(escape(text))
        shown = re.sub(r"<!-- -->", "", html)
        assert not re.search(r"<(?!br)", shown), (text, html)
        plain = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
        assert plain == visible(" ".join(text.split()))
        assert not re.search(r"@\w|#\d|https?:|www\.", html)
        assert parser.renderInline(code(text).replace("\\|", "|")).startswith("<code>")


def test_visible_and_columns() -> None:
    assert visible("a\x1b\x7f\x9b\u202e\u200d") == "a␛␡\\x9b<U+202E><U+200D>"
    assert visible("👩\u200d👩") == "👩\u200d👩"
    assert visible("plain é 日") == "plain é 日"
    assert columns("a日🔥e\u0301\u200d") == 6


@given(st.text(max_size=20))
def test_columns_are_those_of_the_characters(text: str) -> None:
    assert columns(text) == columns(f"{text}日") - 2 == sum(map(columns, text))


def test_every_format_is_there() -> None:
    assert set(RENDERERS) == {
        *("text", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "markdown", "csv")
    }
    with pytest.raises(KeyError):
        render(Report(()), "xml")


def test_report_schema_is_one() -> None:
    schema: Mapping[str, Any] = json.loads(REPORT_SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
