"""Runs over many files: settings for each, several processes, what is kept, failures that hide nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from factlint import config, mending, run
from factlint.config import Settings, finder, load_config, parse_values, with_values
from factlint.files import find_files, folders_of
from factlint.packing import PackingError, pack, unpack
from factlint.renderers import render
from factlint.run import Options
from factlint.source import InputError, Span
from factlint.times import parse_iso
from factlint.watching import watched_of
from factlint.yamlfile import FaultsError

FACTS = """\
factlint: 1
organizations:
  - name: NATO
    counts:
      - of: members
        nouns: [members, allies]
        values:
          - {value: 29, from: 2017-06-05, until: 2020-03-26}
          - {value: 30, from: 2020-03-27, until: 2023-04-03}
"""
TODAY = parse_iso("2022-01-09")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "facts.yaml").write_text(FACTS)
    for number in range(12):
        (folder / f"text-{number:02}.txt").write_text(f"All {20 + number} NATO allies met , and and ate.\n")
    return folder


def _paths(desk: Path) -> Sequence[str]:
    return find_files(["."], {".txt"}).paths


def _report(paths: Sequence[str], **told: object) -> str:
    settings = Settings(facts=("facts.yaml",))
    return render(run.run(paths, lambda path: settings, Options(today=TODAY, **told)), "json")  # type: ignore[arg-type]


def test_processes_and_cache_change_nothing(desk: Path, tmp_path: Path) -> None:
    paths = _paths(desk)
    expected = _report(paths)
    cache = tmp_path / "cache"
    assert len(json.loads(expected)["documents"]) == 12
    assert _report(paths[::-1]) == expected
    assert _report(paths, jobs=2) == expected
    assert _report(paths, cache=cache) == expected
    assert list(cache.glob("*.run"))
    assert _report(paths, cache=cache) == expected
    assert _report(paths, cache=cache, jobs=2) == expected
    (desk / "text-03.txt").write_text("All 30 NATO allies met.\n")
    assert _report(paths, cache=cache) == _report(paths)
    (desk / "facts.yaml").write_text(FACTS.replace("value: 30", "value: 31"))
    assert _report(paths, cache=cache) == _report(paths)
    for kept in cache.glob("*.run"):
        kept.write_bytes(b"damaged")
    assert _report(paths, cache=cache) == _report(paths)


def test_a_file_that_cannot_be_read_hides_no_other(desk: Path) -> None:
    (desk / "broken.txt").write_bytes(b"a\0b")
    settings = Settings(facts=("facts.yaml",))
    report = run.run([*_paths(desk), "gone.txt"], lambda path: settings, Options(today=TODAY))
    assert len(report.documents) == 12
    assert [failure.path for failure in report.failures] == ["broken.txt", "gone.txt"]


def test_a_rule_that_crashes_is_told(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from factlint import checks, rules

    monkeypatch.setitem(checks.CHECKS, "words_stand_once", "json:loads")
    rules.check_function.cache_clear()
    settings = Settings(facts=("facts.yaml",))
    report = run.run(["text-00.txt"], lambda path: settings, Options(today=TODAY))
    rules.check_function.cache_clear()
    assert [failure.rule for failure in report.failures] == ["repetition/doubled-word"]
    assert {finding.rule for finding in report.documents[0].findings} >= {"counts/contradicted"}


def test_the_nearest_configuration_counts(desk: Path) -> None:
    (desk / ".factlint.yaml").write_text(
        "facts: facts.yaml\nseverity: {counts/*: info}\n"
        "overrides:\n  - files: [letters/]\n    ignore: [counts]\n    severity: {spacing: 'off'}\n"
    )
    inner = desk / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_text("[tool.factlint]\nfacts = ['../facts.yaml']\nfail-on = 'error'\n")
    (desk / "letters").mkdir()
    settings_of = finder()
    outer = settings_of("text-00.txt").for_file("text-00.txt")
    assert outer.facts == ("facts.yaml",)
    assert outer.severity == {"counts/*": "info"}
    letters = settings_of("letters/a.txt").for_file("letters/a.txt")
    assert letters.ignore == ("counts",)
    assert letters.severity == {"counts/*": "info", "spacing": "off"}
    nearest = settings_of("inner/a.txt")
    assert nearest.facts == ("facts.yaml",)
    assert nearest.fail_on == "error"
    assert nearest.severity == {}


def test_extends_and_values(desk: Path) -> None:
    (desk / "base.yaml").write_text("ignore: [names]\nseverity: {names: error, terms: info}\nexclude: [old/]\n")
    (desk / ".factlint.yaml").write_text("extends: base.yaml\nseverity: {terms: warning}\n")
    settings = load_config(".factlint.yaml")
    assert settings.ignore == ("names",)
    assert settings.severity == {"names": "error", "terms": "warning"}
    assert settings.excludes("old/a.txt")
    assert not settings.excludes("new/a.txt")
    changed = with_values(settings, parse_values("severity: {places: 'off'}\nfail_on: never"))
    assert changed.severity["places"] == "off"
    assert changed.fail_on == "never"
    assert "extends" not in changed.as_text()
    (desk / "base.yaml").write_text("extends: .factlint.yaml\n")
    with pytest.raises(FaultsError, match="extends this file"):
        load_config(".factlint.yaml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fact: a.yaml\n", "unknown key “fact”; did you mean “facts”?"),
        ("severity: {names: loud}\n", "“loud” is none of"),
        ("date: 2022-13-01\n", "there is no day 2022-13-01"),
        ("overrides: [{ignore: [names]}]\n", "the key “files” is missing"),
        ("extends: nowhere.yaml\n", "there is no file “nowhere.yaml”"),
        ("facts: {a: b}\n", "a text or a list of texts"),
    ],
)
def test_faults_of_settings(desk: Path, text: str, message: str) -> None:
    (desk / ".factlint.yaml").write_text(text)
    with pytest.raises(FaultsError) as caught:
        load_config(".factlint.yaml")
    assert message in str(caught.value)


def test_bad_toml(desk: Path) -> None:
    (desk / "pyproject.toml").write_text("[tool.factlint\n")
    with pytest.raises(InputError, match="not TOML"):
        finder()("text-00.txt")
    (desk / "pyproject.toml").write_text("[tool.other]\nx = 'factlint'\n")
    assert config.config_in(".") == ""


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (Settings(facts=(), select=("nams",)), "did you mean “names”?"),
        (Settings(facts=(), options={"dates/this-or-next-week": {"leest": 2}}), "has no option “leest”"),
        (Settings(facts=(), options={"dates/this-or-next-week": {"least": "two"}}), "takes a whole number"),
    ],
)
def test_rules_that_are_none(settings: Settings, message: str) -> None:
    with pytest.raises(InputError) as caught:
        run.judge_of(settings, Options(today=TODAY))
    assert message in str(caught.value)


def test_severity_and_options_reach_the_rules() -> None:
    settings = Settings(
        facts=(),
        severity={"spacing": "off", "spelling/unknown": "warning"},
        options={"dates/this-or-next-week": {"least": 9}},
    )
    judge, _ = run.judge_of(settings, Options(today=TODAY))
    rules = {rule.id: rule for rule in judge.rules}
    assert not any(name.startswith("spacing/") for name in rules)
    assert rules["spelling/unknown"].severity.value == "warning"
    assert rules["dates/this-or-next-week"].options["least"] == 9


def test_settings_reach_the_rules_of_waivers(desk: Path) -> None:
    text = "The 30 NATO allies met.\n"
    (desk / "post.md").write_text("<!-- factlint: ignore[counts] -- sure -->\n" + text)
    (desk / "post.md.factlint").write_text("ignore[counts] “29” -- sure\n")

    def found(**told: object) -> list[tuple[str, str, str]]:
        settings = Settings(facts=("facts.yaml",), **told)  # type: ignore[arg-type]
        report = run.run(["post.md"], lambda path: settings, Options(today=TODAY))
        return [
            (one.path, finding.rule, finding.severity.value) for one in report.documents for finding in one.findings
        ]

    both = [("post.md", "waivers/unused", "warning"), ("post.md.factlint", "waivers/unused", "warning")]
    assert found() == both
    assert found(ignore=("waivers/unused",)) == []
    assert found(severity={"waivers": "off"}) == []
    assert [severity for *_, severity in found(severity={"waivers/*": "error"})] == ["error", "error"]
    assert found(select=("counts", "waivers")) == both
    settings = Settings(facts=("facts.yaml",))
    plan = run.plan_run(["post.md"], lambda path: settings, Options(today=TODAY))
    mended = list(mending.mend(plan, unsafe=False, keep=lambda path, findings: findings))
    assert [(one.path, one.fixed.data) for one in mended if isinstance(one, mending.Mended)] == [
        ("post.md", text.encode()),
        ("post.md.factlint", b""),
    ]


# Files


def test_folders_are_searched(desk: Path) -> None:
    (desk / ".git").mkdir()
    (desk / ".gitignore").write_text("drafts/\n*.bak.txt\n!keep.bak.txt\n")
    for name in ("drafts/a.txt", "b.bak.txt", "keep.bak.txt", "sub/.gitignore", "sub/c.txt", "node_modules/d.txt"):
        (desk / name).parent.mkdir(exist_ok=True)
        (desk / name).write_text("c.txt\n" if name.endswith("ignore") else "x")
    found = find_files(["."], {".txt"}).paths
    assert "keep.bak.txt" in found
    assert not {"drafts/a.txt", "b.bak.txt", "sub/c.txt", "node_modules/d.txt"} & set(found)
    assert find_files(["drafts/a.txt"], {".txt"}).paths == ("drafts/a.txt",)
    assert find_files(["text-0*.txt"], {".txt"}).paths == tuple(f"text-{number:02}.txt" for number in range(10))
    failures = find_files(["gone.txt", "gone-*.txt", "sub", ".git"], {".txt"}).failures
    assert [failure.path for failure in failures] == ["gone.txt", "gone-*.txt", "sub", ".git"]
    assert "is excluded" in failures[2].message
    assert "there is no text" in failures[3].message
    assert folders_of(["."]) == [".", "./sub"]


def test_forced_exclusion(desk: Path) -> None:
    excluded = Settings(exclude=("text-00.txt",)).excludes
    assert find_files(["text-00.txt"], {".txt"}, excluded).paths == ("text-00.txt",)
    found = find_files(["text-00.txt"], {".txt"}, excluded, force_exclude=True)
    assert found.paths == ()
    assert found.failures == ()


# What is watched


def test_what_is_watched(desk: Path) -> None:
    (desk / "inner").mkdir()
    (desk / "inner" / "a.txt").write_text("x")
    (desk / "house" / "style").mkdir(parents=True)
    (desk / "facts" / "more").mkdir(parents=True)
    (desk / "facts" / "all.yaml").write_text("factlint: 1\ninclude: [more/b.yaml]\n")
    (desk / "facts" / "more" / "b.yaml").write_text("factlint: 1\n")
    settings = Settings(facts=("facts/all.yaml", "pack:countries-and-territories"), rules=("house",))
    watched = watched_of(["inner"], lambda path: settings, files=["baseline.json"], written=["inner/out.txt"])
    names = ["", "facts", "facts/more", "house", "house/style", "inner"]
    assert {os.path.relpath(folder, desk) for folder in watched.folders} == {name or "." for name in names}
    for name in ("inner/a.txt", "inner/new.txt", "inner/a.txt.factlint", ".factlint.yaml", "inner/.gitignore", "house"):
        assert watched.counts(str(desk / name)), name
    for name in ("facts/all.yaml", "facts/more/b.yaml", "house/style/x.yaml", "baseline.json"):
        assert watched.counts(str(desk / name)), name
    for name in ("inner/out.txt", "inner/a.json", "inner/.a.txt.123.tmp", "other.yaml"):
        assert not watched.counts(str(desk / name)), name
    (desk / "facts" / "all.yaml").write_text("factlint: 2\n")
    assert str(desk / "facts" / "all.yaml") in watched_of(["inner"], lambda path: settings).files


# Packing


def test_packing() -> None:
    value = (Span(1, 2), {"a": (TODAY, None, 1.5)}, frozenset({"x", "y"}), b"z")
    assert unpack(pack(value)) == value
    with pytest.raises(PackingError):
        pack(object())
    for data in (b"", b"\x00", pack(Span(1, 2))[:-2]):
        with pytest.raises(PackingError):
            unpack(data)
    import marshal

    for name in ("os:system", "factlint.cli:main", "factlint.source:line_starts"):
        with pytest.raises(PackingError):
            unpack(marshal.dumps(("o", name, [])))
