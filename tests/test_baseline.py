"""The baseline: what it holds back after lines moved, what it must never hide, and its file."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from factlint.baseline import (
    Baseline,
    baseline_of,
    baseline_text,
    entries_of,
    fingerprint,
    hold_back,
    load_baseline,
    parse_baseline,
    pruned,
    relative_path,
    with_fingerprints,
    write_baseline,
)
from factlint.findings import Citation, DocumentReport, Finding, Place, Report, Severity
from factlint.source import InputError

SCHEMA = Path(__file__).parent.parent / "factlint" / "schemas" / "baseline.json"


def finding(
    text: str, line: int = 1, rule: str = "counts/contradicted", message: str = "", fact: str = "f/1"
) -> Finding:
    """A finding in a line."""
    start, end = Place(line, 1, line * 100), Place(line, 1 + len(text), line * 100 + len(text))
    facts = (Citation(fact, "the club has 12 members"),) if fact else ()
    return Finding(rule, Severity.ERROR, message or f"“{text}” should be “12”", text, start, end, facts=facts)


def report(*findings: Finding, path: str = "a.txt", more: tuple[DocumentReport, ...] = ()) -> Report:
    """A report on one document, and more."""
    return Report((DocumentReport(path, "2024", "option", 9, findings), *more))


def kept(found: Report) -> list[tuple[str, int]]:
    """What is left in a report: text and line."""
    return [(one.text, one.start.line) for document in found.documents for one in document.findings]


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Baseline:
    """The baseline of two findings, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("x")
    return baseline_of(report(finding("29"), finding("31", 4)), "baseline.json")


def test_lines_may_come_and_go(old: Baseline) -> None:
    found, stale = hold_back(report(finding("29", 7), finding("31", 9)), old)
    assert kept(found) == []
    assert [one.waiver for one in found.documents[0].waived] == ["baseline", "baseline"]
    assert stale == ()


@pytest.mark.parametrize(
    "new",
    [
        finding("28"),
        finding("29", rule="counts/derived"),
        finding("29", fact="f/2"),
        finding("29", fact=""),
        finding("29", message="“29” should be “13”"),
        finding("29", message="“29” should be “12” of 40"),
    ],
)
def test_a_new_value_is_never_hidden(old: Baseline, new: Finding) -> None:
    found, stale = hold_back(report(new, finding("31", 4)), old)
    assert len(kept(found)) == 1
    assert [entry.text for entry in stale] == ["29"]


def test_a_new_wording_is_the_same_finding(old: Baseline) -> None:
    found, _ = hold_back(report(finding("29", message="“12” is known, and not “29”"), finding("31")), old)
    assert kept(found) == []


def test_one_more_of_the_same_is_new(old: Baseline) -> None:
    found, stale = hold_back(report(finding("29"), finding("29", 2), finding("31", 4)), old)
    assert kept(found) == [("29", 2)]
    assert stale == ()


def test_white_space_and_composition_do_not_matter() -> None:
    base = baseline_of(report(finding("the cafe\u0301\nof 29")), "b.json")
    found, _ = hold_back(report(finding("the café  of 29", message="“the café of 29” should be “12”")), base)
    assert kept(found) == []


def test_pruning(old: Baseline, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("x")
    other = baseline_of(report(finding("5"), path="b.txt"), "baseline.json", old)
    gone = baseline_of(report(finding("6"), path="gone.txt"), "baseline.json", other)
    assert [entry.path for entry in gone.entries] == ["a.txt", "a.txt", "b.txt", "gone.txt"]
    _, stale = hold_back(report(finding("31")), gone)
    left = pruned(gone, stale)
    assert [(entry.path, entry.text) for entry in left.entries] == [("a.txt", "31"), ("b.txt", "5")]


def test_writing_again_keeps_what_was_not_checked(old: Baseline) -> None:
    again = baseline_of(report(finding("7")), "baseline.json", old)
    assert [entry.text for entry in again.entries] == ["7"]
    other = baseline_of(report(finding("7"), path="b.txt"), "baseline.json", old)
    assert [entry.text for entry in other.entries] == ["29", "31", "7"]


def test_writing_again_keeps_what_was_not_run(old: Baseline) -> None:
    other = finding("Ana", 2, rule="names/misspelled")
    both = baseline_of(report(finding("29"), other), "baseline.json")
    again = baseline_of(report(finding("29"), finding("30", 3)), "baseline.json", both, {"counts/contradicted"})
    assert sorted((entry.rule, entry.text) for entry in again.entries) == [
        ("counts/contradicted", "29"),
        ("counts/contradicted", "30"),
        ("names/misspelled", "Ana"),
    ]
    assert len(baseline_of(report(finding("29")), "baseline.json", both).entries) == 1


def test_paths_count_from_the_baseline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "desk" / "news").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    base = baseline_of(report(finding("29"), path="desk/news/a.txt"), "desk/baseline.json")
    assert [entry.path for entry in base.entries] == ["news/a.txt"]
    monkeypatch.chdir(tmp_path / "desk" / "news")
    found, stale = hold_back(report(finding("29"), path="./a.txt"), replace(base, path="../baseline.json"))
    assert kept(found) == []
    assert stale == ()
    assert relative_path("../../x.txt", "../baseline.json") == "../x.txt"


def test_the_file(old: Baseline, tmp_path: Path) -> None:
    write_baseline(old)
    path = tmp_path / "baseline.json"
    text = path.read_text(encoding="utf-8")
    assert text == (
        '{\n"factlint": 1,\n"findings": [\n'
        '{"path": "a.txt", "rule": "counts/contradicted", "text": "29", "facts": ["f/1"], "nth": 1,'
        ' "message": "“29” should be “12”"},\n'
        '{"path": "a.txt", "rule": "counts/contradicted", "text": "31", "facts": ["f/1"], "nth": 1,'
        ' "message": "“31” should be “12”"}\n]\n}\n'
    )
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(json.loads(text))
    assert load_baseline("baseline.json") == old
    before = path.stat()
    write_baseline(old)
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino
    assert parse_baseline(baseline_text(Baseline("x")), "x") == Baseline("x")


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", "not JSON"),
        ("[]", "should be an object"),
        ("{}", "should be an object"),
        ('{"factlint": 2, "findings": []}', "not a baseline of format 1"),
        ('{"factlint": 1, "findings": [3]}', "finding 1 should be an object"),
        ('{"factlint": 1, "findings": [{"path": "a"}]}', "“rule” of finding 1 should be text"),
        ('{"factlint": 1, "findings": [{"path":"a","rule":"r","text":"t","message":"m","facts":3}]}', "“facts”"),
        ('{"factlint": 1, "findings": [{"path":"a","rule":"r","text":"t","message":"m","nth":0}]}', "“nth”"),
        ("[" * 100_000, "not"),
    ],
)
def test_a_file_that_is_no_baseline(text: str, cause: str) -> None:
    with pytest.raises(InputError, match=cause):
        parse_baseline(text, "b.json")


def test_a_baseline_that_cannot_be_read_or_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--write-baseline writes one"):
        load_baseline(str(tmp_path / "none.json"))
    with pytest.raises(InputError, match="cannot be read"):
        load_baseline(str(tmp_path))
    with pytest.raises(InputError, match="cannot be written"):
        write_baseline(Baseline(str(tmp_path / "no" / "b.json")))
    (tmp_path / "b.json").write_bytes(b"\xff")
    with pytest.raises(InputError, match="not UTF-8"):
        load_baseline(str(tmp_path / "b.json"))


# Fingerprints


def test_fingerprints() -> None:
    one = fingerprint("a/b", "x.txt", "29", ["f/1", "f/2"], 1)
    assert one == fingerprint("a/b", "./x.txt", " 29\n", ["f/2", "f/1"], 1)
    assert len(one) == 32
    others = {
        fingerprint("a/c", "x.txt", "29", ["f/1", "f/2"], 1),
        fingerprint("a/b", "y.txt", "29", ["f/1", "f/2"], 1),
        fingerprint("a/b", "x.txt", "30", ["f/1", "f/2"], 1),
        fingerprint("a/b", "x.txt", "29", ["f/1"], 1),
        fingerprint("a/b", "x.txt", "29", ["f/1", "f/2"], 2),
    }
    assert len(others | {one}) == 6


def test_findings_get_theirs_by_their_order() -> None:
    findings = [finding("29"), finding("30", 2), finding("29", 3)]
    named = with_fingerprints("a.txt", findings)
    assert len({one.fingerprint for one in named}) == 3
    moved = with_fingerprints("a.txt", [replace(one, start=Place(one.start.line + 9, 1, 0)) for one in findings])
    assert [one.fingerprint for one in moved] == [one.fingerprint for one in named]


texts = st.lists(st.tuples(st.sampled_from(["29", "30", "é"]), st.sampled_from(["a/b", "c/d"])), max_size=8)


@given(texts, texts)
def test_as_many_are_held_back_as_are_known(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> None:
    known = baseline_of(report(*[finding(text, rule=rule) for text, rule in before]), "b.json")
    assert parse_baseline(baseline_text(known), "b.json") == known
    found, stale = hold_back(report(*[finding(text, rule=rule) for text, rule in after]), known)
    for each in {*before, *after}:
        new = max(0, after.count(each) - before.count(each))
        assert sum((one.text, one.rule) == each for one in found.documents[0].findings) == new
        left = max(0, before.count(each) - after.count(each))
        assert sum((one.text, one.rule) == each for one in stale) == left
    assert len(entries_of("a.txt", [])) == 0
