"""Whole runs against kept reports, and what must be true of any report, asked of every fixture.

A fixture is a folder of fixtures/ with documents, perhaps `facts.yaml`, and `report.json` as kept. With
FACTLINT_REWRITE=1 in the environment the kept reports are written anew: look at the difference before you commit it.
"""

from __future__ import annotations

import gc
import json
import os
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from factlint.config import Settings
from factlint.facts.loading import load_facts
from factlint.files import find_files
from factlint.findings import Finding, Report
from factlint.fixes import apply
from factlint.lint import check_document
from factlint.mentions import Reading
from factlint.readers import READERS, read_document
from factlint.renderers import render
from factlint.renderers.json import parse_report
from factlint.rules import Rule, choose, load_rules
from factlint.run import Options, run
from factlint.times import Period, parse_iso

FOLDER = Path(__file__).parent.parent / "fixtures"
FIXTURES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
TODAY = parse_iso("2026-01-01")
RULES = load_rules()


def _documents(name: str) -> list[str]:
    kept = {"facts.yaml", "report.json", "README.md"}
    return [path for path in find_files([f"fixtures/{name}"], READERS).paths if Path(path).name not in kept]


def _facts_of(name: str) -> tuple[str, ...]:
    path = f"fixtures/{name}/facts.yaml"
    return (path,) if Path(path).exists() else ()


@pytest.fixture(autouse=True)
def _in_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER.parent)


def _run(name: str, paths: Sequence[str] | None = None, **told: Any) -> Report:
    settings = Settings(facts=_facts_of(name))
    options = Options(today=TODAY, with_claims=True, **told)
    return run(_documents(name) if paths is None else paths, lambda path: settings, options)


@pytest.mark.parametrize("name", FIXTURES)
def test_report_is_as_kept(name: str) -> None:
    text = render(_run(name), "json", version="kept")
    kept = FOLDER / name / "report.json"
    if os.environ.get("FACTLINT_REWRITE"):
        kept.write_text(text, encoding="utf-8")
    assert text == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FIXTURES)
def test_every_span_says_what_the_file_says(name: str) -> None:
    for document in _run(name).documents:
        text = Path(document.path).read_bytes().decode("utf-8-sig")
        for finding in document.findings:
            assert text[finding.start.offset : finding.end.offset] == finding.text
            line = text.splitlines(keepends=True)[finding.start.line - 1]
            assert line[finding.start.column - 1 :].startswith(finding.text.splitlines()[0] if finding.text else "")


@pytest.mark.parametrize("name", FIXTURES)
def test_order_does_not_matter(name: str) -> None:
    paths = _documents(name)
    settings = Settings(facts=_facts_of(name))
    options = Options(today=TODAY, with_claims=True)
    expected = render(_run(name), "json")
    assert render(run(paths[::-1], lambda path: settings, options), "json") == expected
    assert render(_run(name, jobs=2), "json") == expected
    facts = load_facts(settings.facts or ())
    for path in paths:
        document = replace(read_document(path, Path(path).read_bytes()), date=TODAY)
        rules = choose(RULES)
        assert check_document(document, facts, rules) == replace(
            check_document(document, facts, rules[::-1]), statements=check_document(document, facts, rules).statements
        )


def _seen(findings: Sequence[Finding]) -> list[tuple[str, str, int, tuple[str, ...]]]:
    return [
        (
            finding.rule,
            " ".join(unicodedata.normalize("NFC", finding.text).split()),
            finding.start.line,
            tuple(unicodedata.normalize("NFC", text) for text in finding.suggestions),
        )
        for finding in findings
    ]


VARIANTS: Mapping[str, Any] = {
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "bom": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "nfd": lambda text: unicodedata.normalize("NFD", text).encode(),
    "utf-16": lambda text: text.encode("utf-16"),
}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", FIXTURES)
def test_forms_of_a_file_give_the_same(name: str, variant: str) -> None:
    facts = load_facts(_facts_of(name))
    for path in _documents(name):
        data = Path(path).read_bytes()
        other = VARIANTS[variant](data.decode("utf-8"))
        plain, changed = (
            _check(replace(read_document(path, content), date=TODAY, date_from="test"), facts, choose(RULES))
            for content in (data, other)
        )
        assert _seen(changed) == _seen(plain)


def _check(document: Any, facts: Any, rules: Sequence[Rule]) -> Sequence[Finding]:
    result = check_document(document, facts, rules)
    assert result.failures == ()
    return result.findings


@pytest.mark.parametrize("name", FIXTURES)
def test_safe_fixes_converge(name: str) -> None:
    facts = load_facts(_facts_of(name))
    rules = choose(RULES)
    date: Period = TODAY
    for path in _documents(name):
        text = Path(path).read_bytes().decode("utf-8-sig")
        for _ in range(10):
            document = read_document(path, text.encode())
            document = document if document.date else replace(document, date=date)
            fixes = [one.fix for one in _check(document, facts, rules) if one.fix and one.fix.safe]
            fixed, applied = apply(text, fixes)
            if not applied:
                break
            text = fixed
        else:
            pytest.fail("the fixes don't come to an end")


@pytest.mark.parametrize("name", FIXTURES)
def test_json_reads_back(name: str) -> None:
    text = render(_run(name), "json", version="kept")
    assert render(parse_report(text), "json", version="kept") == text
    assert json.loads(text)["factlint"] == 1


def test_a_text_is_let_go_of_with_its_result() -> None:
    name = "seed"
    facts, paths = load_facts(_facts_of(name)), _documents(name)
    gc.collect()
    gc.disable()
    try:
        before = _readings()
        for path in paths:
            check_document(read_document(path, Path(path).read_bytes()), facts, choose(RULES), with_claims=True)
        assert _readings() == before
    finally:
        gc.enable()


def _readings() -> int:
    return sum(type(each) is Reading for each in gc.get_objects())
