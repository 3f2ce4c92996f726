"""Waivers: where each kind of comment holds, for which rules, until when, and what is said of idle ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from factlint.findings import Finding, Place, Severity
from factlint.fixes import apply, wanted
from factlint.readers.decoding import decode
from factlint.source import Document, Piece, Source, Span, line_starts
from factlint.waivers import Waived, apply_waivers, find_waivers, parse_side_waivers, waiver_rules

TODAY = date(2026, 5, 4)
WORDS = "ignore, ignore-next-line, ignore-start, ignore-end, ignore-file"
EMPTY = "this waives nothing: no rule stands between the brackets"
KNOWN = ("names/misspelled", "names/wrong-form", "counts/contradicted", "counts/derived", "spelling/typo")


def document(text: str, path: str = "a.md") -> Document:
    """A document that is all prose."""
    return Document(Source(path, text), (Piece(text, Span(0, len(text))),) if text else (), ())


def place(text: str, offset: int) -> Place:
    """The place of an offset."""
    starts = line_starts(text)
    line = sum(start <= offset for start in starts)
    before = text[starts[line - 1] : offset]
    return Place(line, len(before) + 1, offset, len(before.encode("utf-16-le")) // 2 + 1, len(before.encode()) + 1)


def finding(text: str, phrase: str, rule: str = "names/misspelled", at: int = 0) -> Finding:
    """A finding of the phrase at or after an offset."""
    start = text.index(phrase, at)
    return Finding(rule, Severity.ERROR, "m", phrase, place(text, start), place(text, start + len(phrase)))


def every(text: str, phrase: str, rule: str = "names/misspelled") -> list[Finding]:
    """A finding of each occurrence of the phrase."""
    found, at = [], text.find(phrase)
    while at >= 0:
        found.append(finding(text, phrase, rule, at))
        at = text.find(phrase, at + 1)
    return found


def waive(text: str, findings: Sequence[Finding], path: str = "a.md", side: str = "", **more: Any) -> Waived:
    """What is left of findings in a text."""
    read = document(text, path)
    waivers = (*find_waivers(read), *parse_side_waivers(side, path + ".factlint", read))
    told: dict[str, Any] = {"known_rules": KNOWN, "today": TODAY} | more
    return apply_waivers(findings, waivers, **told)


def lines_kept(text: str, path: str = "a.md", **more: Any) -> list[int]:
    """In which lines “Bobb” is still found."""
    return [found.start.line for found in waive(text, every(text, "Bobb"), path, **more).kept]


def said(found: Sequence[Finding]) -> list[str]:
    """Findings about waivers, in short."""
    return [f"{one.start.line}:{one.start.column} {one.rule.removeprefix('waivers/')} {one.message}" for one in found]


# Where they hold


@pytest.mark.parametrize(
    ("path", "text", "kept"),
    [
        ("a.md", "Bobb <!-- factlint: ignore[names/misspelled] --> x\nBobb\n", [2]),
        ("a.md", "Bobb\nBobb <!-- factlint: ignore[names/misspelled] -- why -->\n", [1]),
        ("a.html", "<p>Bobb</p><!--factlint:ignore[names/*]-->\r\n<p>Bobb</p>", [2]),
        ("a.md", "<!-- factlint: ignore-next-line[names] -->\n\nBobb\nBobb\n", [4]),
        ("a.md", "Bobb\n<!-- factlint: ignore[names/misspelled] -->\nBobb\nBobb\n", [1, 4]),
        ("a.md", "<!-- factlint: ignore-next-line[names] -->\n<!-- factlint: ignore-next-line[counts] -->\nBobb", []),
        ("a.md", "Bobb <!-- factlint: ignore-next-line -->\nBobb", [1]),
        ("a.md", "Bobb\n<!-- factlint: ignore-start -->\nBobb\nBobb\n<!-- factlint: ignore-end -->\nBobb\n", [1, 6]),
        ("a.md", "Bobb\n\n<!-- factlint: ignore-file[names/misspelled] -- all of it -->\nBobb\n", []),
        ("a.md", "[//]: # (factlint: ignore-next-line[names/misspelled])\nBobb\nBobb", [3]),
        ("a.md", '[comment]: # "factlint: ignore-file[names/misspelled]"\r\nBobb\r\nBobb', []),
        ("a.rst", ".. factlint: ignore[names/misspelled] -- why\n\nBobb\nBobb\n", [4]),
        ("a.rst", "Bobb\r\n   .. factlint: ignore-next-line[names/misspelled]\r\nBobb\r\n", [1]),
        ("a.adoc", "// factlint: ignore[names/misspelled]\nBobb\nBobb\n", [3]),
        ("a.adoc", "Bobb\r\n//factlint: ignore-file[names/misspelled]\r\nBobb\r\n", []),
        ("a.md", "🔥🔥 e\u0301 Bobb <!-- factlint: ignore[names/misspelled] -->\r\n🔥 Bobb\r\n", [2]),
        ("a.md", "<!-- factlint:\n  ignore-next-line[names,\n    counts/*]\n  -- a\n  reason -->\nBobb\nBobb", [7]),
        ("a.md", "<!-- factlint: ignore[counts/*] --> Bobb", [1]),
        ("a.md", "<!-- factlint: ignore --> Bobb", []),
        ("a.txt", "Bobb <!-- factlint: ignore[names/misspelled] -->", [1]),
        ("a.md", "Bobb <!-- ignore[names/misspelled] -->", [1]),
        ("a.md", "```\n<!-- factlint: ignore-file[names/misspelled] -->\n```\nBobb", [4]),
        ("a.md", "~~~~md\n```\n<!-- factlint: ignore-file -->\n~~~~\nBobb", [5]),
        ("a.md", "Write `<!-- factlint: ignore -->` beside Bobb", [1]),
        ("a.md", "A ` and Bobb <!-- factlint: ignore -->", []),
        ("a.md", "```md\n<!-- factlint: ignore-file -->\nBobb", [3]),
    ],
)  # fmt: skip
def test_where_comments_hold(path: str, text: str, kept: list[int]) -> None:
    assert lines_kept(text, path) == kept


def test_a_byte_order_mark_and_other_encodings() -> None:
    text = "Bobb <!-- factlint: ignore[names/misspelled] -->\r\nBobb"
    for data in (b"\xef\xbb\xbf" + text.encode(), b"\xff\xfe" + text.encode("utf-16-le")):
        source = decode(data, "a.md")
        waivers = find_waivers(replace(document(source.text), source=source))
        kept = apply_waivers(every(source.text, "Bobb"), waivers, known_rules=KNOWN, today=TODAY).kept
        assert [found.start.line for found in kept] == [2]


def test_blocks_may_be_nested_and_close_by_name() -> None:
    text = (
        "<!-- factlint: ignore-start[names/*] -->\nBobb\n<!-- factlint: ignore-start[counts/*] -->\nBobb 3\n"
        "<!-- factlint: ignore-end[names/*] -->\nBobb 3\n<!-- factlint: ignore-end[counts/*] -->\nBobb 3\n"
    )
    assert lines_kept(text) == [6, 8]
    counts = waive(text, every(text, "3", "counts/contradicted"))
    assert [found.start.line for found in counts.kept] == [8]


def test_what_holds_back_is_told() -> None:
    text = "Bobb <!-- factlint: ignore[names/misspelled] -- so on the poster -->"
    (held,) = waive(text, every(text, "Bobb")).waived
    assert held.waiver == "comment in line 1: so on the poster"
    (held,) = waive("Bobb [sic]", every("Bobb [sic]", "Bobb")).waived
    assert held.waiver == "[sic]"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Bobb [sic] said", 0),
        ("Bobb (sic) said", 0),
        ("Bobb[sic!] said", 0),
        ("Bobb [SIC] said", 0),
        ("Bobb [*sic*] said", 0),
        ("<b>Bobb</b> [<i>sic</i>] said", 0),
        ("**Bobb** [_sic_]", 0),
        ("Bobb\n[sic]", 0),
        ("Bobb said [sic]", 1),
        ("[sic] Bobb", 1),
        ("Bobb and Bobb [sic]", 1),
        ("Bobb [sick]", 1),
        ("Bobb, sic transit", 1),
        ("Bobb [music]", 1),
        ("Bobb [sic] Bobb [sic] Bobb", 1),
    ],
)
@pytest.mark.parametrize("path", ["a.md", "a.txt"])
def test_sic(text: str, kept: int, path: str) -> None:
    done = waive(text, every(text, "Bobb"), path)
    assert len(done.kept) == kept
    assert done.about == ()


# Dates and reasons


@pytest.mark.parametrize(
    ("rest", "kept", "about"),
    [
        ("-- why until 2026-05-04", 0, []),
        ("-- why until 2026-05-03", 1, ["expired"]),
        ("until 2026-05-03 -- why", 1, ["expired"]),
        ("until 2026-05", 0, []),
        ("until 2025", 1, ["expired"]),
        ("— why, until 2026-12-31.", 0, []),
        ("-- until further notice", 0, []),
        ("-- why until 2026-13-01", 1, ["malformed"]),
        ("because", 1, ["malformed"]),
        ("until tomorrow", 1, ["malformed"]),
        ("", 0, []),
    ],
)
def test_until(rest: str, kept: int, about: list[str]) -> None:
    text = f"Bobb <!-- factlint: ignore[names/misspelled] {rest} -->"
    done = waive(text, every(text, "Bobb"))
    assert len(done.kept) == kept
    assert [one.rule.removeprefix("waivers/") for one in done.about] == about


def test_reason_and_date_are_read() -> None:
    for text in (
        "<!-- factlint: ignore[a/b] -- asked the desk -- twice until 2026-12-31 -->",
        "<!-- factlint: ignore[a/b] until 2026-12-31 -- asked the desk -- twice -->",
    ):
        (waiver,) = find_waivers(document(text))
        assert (waiver.reason, waiver.until) == ("asked the desk -- twice", date(2026, 12, 31))


def test_reasons_may_be_required() -> None:
    text = "Bobb <!-- factlint: ignore[names/misspelled] --> Bobb\nBobb <!-- factlint: ignore[names] -- why -->"
    done = waive(text, every(text, "Bobb"), require_reason=True)
    assert said(done.about) == ["1:6 without-reason the waiver gives no reason; write one after “--”"]
    assert done.kept == ()


# What is said of waivers themselves


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Bobb <!-- factlint: ignore[names/mispelled] -->", ["1:28 unknown-rule there is no rule “names/mispelled”"]),
        ("Bobb <!-- factlint: ignore[counts/*] -->", ["1:6 unused “ignore[counts/*]” waives nothing"]),
        ("Bobb <!-- factlint: ignore[names/*, counts/*] -->", ["1:37 unused “counts/*” waives nothing"]),
        (
            "Bobb <!-- factlint: ignore[names/*, nix/*] -->",
            ["1:37 unknown-rule there is no rule “nix/*”"],
        ),
        ("nobody <!-- factlint: ignore -->", ["1:8 unused “ignore” waives nothing"]),
        (
            "Bobb <!-- factlint: allow[names/*] -->",
            ["1:6 malformed this waives nothing: “allow” is none of " + WORDS],
        ),
        ("Bobb <!-- factlint: ignore[] -->", ["1:6 malformed " + EMPTY]),
        ("Bobb <!-- factlint: ignore-start -->", ["1:6 malformed this waives nothing: no ignore-end follows"]),
        ("Bobb <!-- factlint: ignore-end -->", ["1:6 malformed this waives nothing: no ignore-start comes before"]),
        (
            "Bobb <!-- factlint: ignore[names/*] -- x until 2026-02-30 -->",
            ["1:6 malformed this waives nothing: there is no day 2026-02-30"],
        ),
        ("🔥é\u0301 <!-- factlint: ignore-file[counts] -->", ["1:5 unused “ignore-file[counts]” waives nothing"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_waivers(text: str, told: list[str]) -> None:
    done = waive(text, every(text, "Bobb"))
    assert said(done.about) == told
    for found in done.about:
        assert text[found.start.offset : found.end.offset] == found.text


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("A b. <!-- factlint: ignore[names/*] -->\n", "A b.\n"),
        ("One.\n\n<!-- factlint: ignore[names/*] -->\n\nTwo.\n", "One.\n\nTwo.\n"),
        ("One.\r\n\r\n<!-- factlint: ignore-file[names/*] -->\r\nTwo.\r\n", "One.\r\n\r\nTwo.\r\n"),
        ("<!-- factlint: ignore-start -->\nTwo.\n<!-- factlint: ignore-end -->\n", "Two.\n"),
        ("<!-- factlint: ignore-file[names/*] -->", ""),
        (".. factlint: ignore[names/*]\n\nTwo.", ".. factlint: ignore[names/*]\n\nTwo."),
        ("Bobb <!-- factlint: ignore[counts/*, names/*, spelling/*] -->", "Bobb <!-- factlint: ignore[names/*] -->"),
        ("Bobb <!-- factlint: ignore[names/misspeled] -->", "Bobb <!-- factlint: ignore[names/misspelled] -->"),
        ("Bobb <!-- factlint: ignore[names/*, zzz/*] -->", "Bobb <!-- factlint: ignore[names/*] -->"),
        ("Bobb <!-- factlint: ignore[zzz/*] -->", "Bobb"),
        ("Bobb <!-- factlint: ignore[names/*] until 2020 -->", "Bobb"),
        ("Bobb <!-- factlint: ignore[names/*] -->", "Bobb <!-- factlint: ignore[names/*] -->"),
    ],
)
def test_idle_waivers_can_be_removed(text: str, fixed: str) -> None:
    done = waive(text, every(text, "Bobb"))
    assert apply(text, wanted(done.about, unsafe=True))[0] == fixed


def test_only_the_removal_of_unused_ones_is_safe() -> None:
    text = "Bobb <!-- factlint: ignore[names/misspeled] until 2020 --> <!-- factlint: ignore[counts/*] -->"
    done = waive(text, every(text, "Bobb"))
    assert [(one.rule, one.fix.safe) for one in done.about if one.fix] == [
        ("waivers/unknown-rule", False),
        ("waivers/expired", False),
        ("waivers/unused", True),
    ]


def test_unused_only_if_its_rules_were_run() -> None:
    text = "Bob <!-- factlint: ignore[counts/*] -->"
    assert waive(text, [], ran=("names/misspelled",)).about == ()
    assert waive(text, [], ran=("counts/derived",)).about == ()
    assert len(waive(text, [], ran=("counts/derived",), off=("counts/contradicted",)).about) == 1
    assert len(waive(text, [], ran=KNOWN).about) == 1
    assert waive("Bob <!-- factlint: ignore -->", [], ran=("counts/derived",)).about == ()


def test_the_narrowest_is_used() -> None:
    text = "<!-- factlint: ignore-file[names/*] -->\n\nBobb <!-- factlint: ignore[names/*] -->\n"
    done = waive(text, every(text, "Bobb"))
    assert [one.waiver for one in done.waived] == ["comment in line 3"]
    assert said(done.about) == ["1:1 unused “ignore-file[names/*]” waives nothing"]


def test_findings_about_waivers_are_waived_by_their_own_name_only() -> None:
    idle = "Bob <!-- factlint: ignore[counts/*] -->\n"
    assert len(waive("<!-- factlint: ignore-file -->\n\n" + idle, []).about) == 2
    done = waive("<!-- factlint: ignore-file[waivers/unused] -- kept for the archive -->\n\n" + idle, [])
    assert done.about == ()
    assert [one.rule for one in done.waived] == ["waivers/unused"]


# The file beside


def test_the_file_beside() -> None:
    text = "Bobb one.\nBobb two.\nMister  Bobb three.\nBobb four."
    side = (
        "# What the desk decided.\n\n"
        "ignore[names/misspelled] line 1 -- poster\n"
        "ignore[names/*] lines 2-2 -- poster until 2026-12-31\n"
        "ignore[names] “Mister Bobb” -- his own spelling\n"
    )
    found = [*every(text, "Bobb ")[:2], finding(text, "Mister  Bobb"), every(text, "Bobb ")[3]]
    done = waive(text, found, "a.txt", side)
    assert [one.start.line for one in done.kept] == [4]
    assert [one.waiver for one in done.waived] == [
        "side file a.txt.factlint:3: poster",
        "side file a.txt.factlint:4: poster",
        "side file a.txt.factlint:5: his own spelling",
    ]
    assert done.about == done.beside == ()


@pytest.mark.parametrize(
    ("side", "told"),
    [
        (
            "ignore[names/*] line 9\n",
            "1:1 malformed this waives nothing: there are no such lines; the last has number 1",
        ),
        ("ignore[names/*] -- why", "1:1 malformed this waives nothing: after the rules comes “line 12”, “lines 12-15”"),
        ("  ignore-next-line[names/*]", "1:3 malformed this waives nothing: “ignore-next-line” is none of"),
        ("\r\nignore[names/nix] line 1\r\n", "2:8 unknown-rule there is no rule “names/nix”"),
        ('ignore[names/*] "Nobody" -- x\n', "1:1 unused “ignore[names/*]” waives nothing"),
        ("ignore-file[names/*]", ""),
        ("factlint: ignore-file[names/*, counts/*]", "1:32 unused “counts/*” waives nothing"),
        ("ignore[names/*] line 1 until 2020", "1:1 expired the waiver held until 2020"),
    ],
)
def test_faults_beside_stand_beside(side: str, told: str) -> None:
    text = "Bobb"
    done = waive(text, every(text, "Bobb"), "a.txt", side)
    assert done.about == ()
    assert [one.startswith(told) for one in said(done.beside)] == ([True] if told else [])
    for found in done.beside:
        assert side[found.start.offset : found.end.offset] == found.text


def test_an_idle_line_beside_is_removed_whole() -> None:
    side = "ignore[names/*] line 1\nignore[counts/*] line 1\n"
    done = waive("Bobb", every("Bobb", "Bobb"), "a.txt", side)
    assert apply(side, wanted(done.beside, unsafe=False))[0] == "ignore[names/*] line 1\n"


def test_a_document_that_is_extracted_has_no_comments() -> None:
    read = document("Bobb <!-- factlint: ignore -->")
    assert find_waivers(replace(read, source=replace(read.source, extracted=True))) == ()


def test_the_rules_of_waivers() -> None:
    rules = waiver_rules()
    assert set(rules) == {
        f"waivers/{name}" for name in ("unused", "unknown-rule", "expired", "without-reason", "malformed")
    }
    for rule in rules.values():
        assert rule.summary and rule.rationale and rule.message


PARTS = st.sampled_from(
    ["<!-- factlint: ", "ignore", "-start", "-end", "-file", "-next-line", "[names/*]", "[", "]", " -- why", " until ",
     "2026-01-01", " -->", "\n", "\r\n", "Bobb", " [sic]", "`", "```\n", "🔥", ", ", "x", "(sic)"]
)  # fmt: skip


@given(st.lists(PARTS, max_size=25).map("".join))
def test_any_text_keeps_every_finding_somewhere(text: str) -> None:
    found = every(text, "Bobb")
    done = waive(text, found)
    assert len(done.kept) + sum(one.rule == "names/misspelled" for one in done.waived) == len(found)
    for one in done.about:
        assert text[one.start.offset : one.end.offset] == one.text
    mended, applied = apply(text, wanted(done.about, unsafe=True))
    assert mended.count("Bobb") == text.count("Bobb") or applied


@given(st.lists(PARTS, max_size=20).map("".join))
def test_any_file_beside_is_read(side: str) -> None:
    read = document("Bobb\nBobb", "a.txt")
    waivers = parse_side_waivers(side, "a.txt.factlint", read)
    for one in apply_waivers(every("Bobb\nBobb", "Bobb"), waivers, known_rules=KNOWN, today=TODAY).beside:
        assert side[one.start.offset : one.end.offset] == one.text


def test_a_long_text_is_quick() -> None:
    text = "The music of Jessica was basic, a [bracket] and physics. " * 20_000
    assert find_waivers(document(text)) == ()
    many = "Bobb [sic] " * 5_000
    assert len(find_waivers(document(many))) == 5_000
