"""Reading facts: show, search, differences, packs, and the tests inside facts files."""

from __future__ import annotations

from pathlib import Path

import pytest

from factlint.facts.changes import find_changes, find_turns
from factlint.facts.loading import load_facts
from factlint.facts.model import Facts
from factlint.facts.showing import find_named, list_packs, period_text, search, search_lines, show_lines
from factlint.facts.specs import run_specs, spec_reports
from factlint.findings import DocumentReport, Finding, Place, Report, Severity
from factlint.times import Lifetime, Period, parse_iso

TEXT = """\
factlint: 1
sources: {gazette: {title: Gazette, publisher: Norland Press, url: "https://example.org", checked: 2022-01}}
people:
  - name: Ana Kaldor
    aliases: [Annie Kaldor]
    not: [Anna Kaldor]
    distinct_from: [Ana Kalder]
    born: 1951-04-19
    attributes: {party: [{value: Greens, until: 1999}, {value: Blues, from: 2000}]}
    roles:
      - {title: Mayor, of: Aldby, from: 1990, until: 1995-06-30, source: gazette}
      - {title: Minister, of: Norland, from: 1995-07-01, until: unknown, announced: true}
  - {name: Bo Kaldor}
organizations:
  - name: LOP
    full_name: League of Ports
    members: [{name: Aldby, from: 1999-03-12}]
    counts: [{of: ships, nouns: [vessels], values: [{value: 2, until: 1999}, {value: 3, from: 2000}]}]
places:
  - {name: Aldby, not: [Oldby], country: Norland, capital_of: Norland}
  - {name: Norland}
events:
  - {name: Treaty talks, mentions: [talks], involves: [Ana Kaldor], date: 1999-12-30}
figures:
  - {name: ships in port, near: [ships], value: 3, date: 2020}
terms: [{use: readout, not: [redout]}]
specs:
  - {text: The two ships and the redout., date: 1999, finds: [{text: redout, expected: readout}]}
  - {text: Three ships., finds: []}
"""


@pytest.fixture
def facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Facts:
    monkeypatch.chdir(tmp_path)
    Path("f.yaml").write_text(TEXT)
    return load_facts(["f.yaml"])


def shown(facts: Facts, name: str, when: str = "") -> list[str]:
    return list(show_lines(facts, find_named(facts, name)[0], parse_iso(when) if when else None))


def test_show_everything(facts: Facts) -> None:
    assert shown(facts, "ana kaldor") == [
        "Ana Kaldor (person, born 1951-04-19) f.yaml:4",
        "  also: Annie Kaldor",
        "  not: Anna Kaldor",
        "  not to be confused with: Ana Kalder",
        "  born: 1951-04-19 f.yaml:8",
        "  Mayor of Aldby, from 1990 to 1995-06-30 [Gazette, Norland Press, https://example.org, checked 2022-01] f.yaml:11",
        "  Minister of Norland, from 1995-07-01 to unknown (announced) f.yaml:12",
        "  party: Greens, to 1999 f.yaml:9",
        "  party: Blues, from 2000 f.yaml:9",
    ]
    assert shown(facts, "League of Ports")[1:] == [
        "  also: League of Ports",
        "  ships are called: vessels",
        "  ships: 2, to 1999 f.yaml:18",
        "  ships: 3, from 2000 f.yaml:18",
        "  member: Aldby, from 1999-03-12 f.yaml:17",
        "  members: 1, from 1999-03-12 f.yaml:17",
    ]


def test_show_on_a_day(facts: Facts) -> None:
    assert shown(facts, "Annie Kaldor", "1995-06-30")[4:] == [
        "  born: 1951-04-19 f.yaml:8",
        "  Mayor of Aldby, from 1990 to 1995-06-30 [Gazette, Norland Press, https://example.org, checked 2022-01] f.yaml:11",
        "  party: Greens, to 1999 f.yaml:9",
    ]
    assert "  ships: 3, from 2000 f.yaml:18 " not in shown(facts, "LOP", "1999-01-01")
    assert "  members: 1, from 1999-03-12 (not yet then) f.yaml:17" in shown(facts, "LOP", "1998")
    assert "  members: 1, from 1999-03-12 (perhaps not on all of these days) f.yaml:17" in shown(facts, "LOP", "1999")


def test_show_what_others_are_in_it(facts: Facts) -> None:
    assert shown(facts, "Norland") == [
        "Norland (place) f.yaml:21",
        "  Minister of Norland: Ana Kaldor, from 1995-07-01 to unknown (announced) f.yaml:12",
        "  capital of: Aldby f.yaml:20",
    ]
    assert "  member: LOP, from 1999-03-12 f.yaml:17" in shown(facts, "Oldby")
    assert any(line.startswith("  Mayor of Aldby: Ana Kaldor") for line in shown(facts, "Aldby", "1994"))
    assert len(shown(facts, "Treaty talks")) == 4
    assert shown(facts, "Ships in port")[-1].startswith("  value: ")


def test_names_are_found_in_any_form(facts: Facts) -> None:
    for name in ("Ana Kaldor", "ANNA KALDOR", "ána kaldór", "people/ana-kaldor"):
        assert [entity.id for entity in find_named(facts, name)] == ["people/ana-kaldor"]
    assert find_named(facts, "Kaldor") == ()
    assert find_named(facts, "") == ()


def test_search_bears_misspellings(facts: Facts) -> None:
    assert [entity.name for entity in search(facts, "Anna Caldor")][:1] == ["Ana Kaldor"]
    assert [entity.name for entity in search(facts, "kaldor")] == ["Ana Kaldor", "Bo Kaldor"]
    assert [entity.name for entity in search(facts, "ships port")] == ["ships in port"]
    assert list(search_lines(facts, "leage")) == ["LOP (organization) f.yaml:15"]
    assert search(facts, "zzzzzz") == ()
    assert len(search(facts, "kaldor", most=1)) == 1


def test_periods_in_words() -> None:
    year, day = parse_iso("2020"), parse_iso("2020-01-02")
    assert period_text(Lifetime()) == ""
    assert period_text(Lifetime(year, year)) == "in 2020"
    assert period_text(Lifetime(day, day)) == "on 2020-01-02"
    assert period_text(Lifetime(None, day, True)) == "from unknown to 2020-01-02"


# Differences


def test_differences_between_facts(facts: Facts) -> None:
    new = (
        TEXT.replace("until: 1995-06-30", "until: 1995-05-31")
        .replace("value: 3, from: 2000", "value: 4, from: 2000")
        .replace("aliases: [Annie Kaldor]", "aliases: [A. Kaldor]")
        .replace("  - {name: Bo Kaldor}\n", "")
        .replace("  - {name: Norland}", "  - {name: Norland, capital: Aldby}\n  - {name: Southby}")
        .replace("not: [redout]", "not: [redout, read-out]")
        .replace("born: 1951-04-19", "born: 1951-04-20")
        .replace(", source: gazette", "")
    )
    Path("g.yaml").write_text(new)
    assert [str(change) for change in find_changes(facts, load_facts(["g.yaml"]))] == [
        "+ Ana Kaldor: alias “A. Kaldor” (g.yaml:4)",
        "- Ana Kaldor: alias “Annie Kaldor” (g.yaml:4)",
        "~ Ana Kaldor: born 1951-04-19 → born 1951-04-20 (g.yaml:8)",
        "~ Ana Kaldor: Mayor of Aldby from 1990 to 1995-06-30 → Mayor of Aldby from 1990 to 1995-05-31 (g.yaml:11)",
        "~ LOP: ships 3 from 2000 → ships 4 from 2000 (g.yaml:17)",
        "+ Norland: capital Aldby (g.yaml:20)",
        "+ Southby: new place (g.yaml:21)",
        "- Bo Kaldor: person is gone (f.yaml:13)",
        "+ readout: term, not redout, read-out (g.yaml:26)",
        "- readout: term, not redout (f.yaml:26)",
    ]
    assert list(find_changes(facts, facts)) == []


def test_order_and_lines_are_no_difference(facts: Facts) -> None:
    lines = TEXT.splitlines()
    Path("g.yaml").write_text("\n".join([lines[0], "", *lines[13:], *lines[1:13]]))
    assert list(find_changes(facts, load_facts(["g.yaml"]))) == []


def finding(rule: str, text: str, offset: int, severity: Severity = Severity.ERROR, *suggestions: str) -> Finding:
    start, end = Place(1, offset + 1, offset), Place(1, offset + len(text) + 1, offset + len(text))
    return Finding(rule, severity, f"“{text}” is wrong", text, start, end, suggestions=suggestions)


def report(path: str, *findings: Finding) -> Report:
    return Report((DocumentReport(path, "", "", 9, findings),))


def test_what_becomes_wrong_or_right() -> None:
    one, two, three = (
        finding("counts/contradicted", "29", 4),
        finding("names/misspelled", "Bo", 9),
        finding("a/b", "x", 20),
    )
    before = report("a.txt", one, three, finding("info/only", "y", 1, Severity.INFO))
    turns = list(find_turns(before, report("a.txt", two, three)))
    assert [str(turn) for turn in turns] == [
        "a.txt:1:5: is right now, was said to be wrong: “29” is wrong [counts/contradicted]",
        "a.txt:1:10: becomes wrong: “Bo” is wrong [names/misspelled]",
    ]
    assert list(find_turns(before, before)) == []
    assert [turn.now for turn in find_turns(Report(()), before)] == ["wrong", "wrong"]


# Specs


def test_specs(facts: Facts) -> None:
    asked: list[tuple[str, Period | None]] = []

    def check(text: str, when: Period | None) -> list[Finding]:
        asked.append((text, when))
        at = text.find("redout")
        found = [finding("terms/house", "redout", at, Severity.ERROR, "readout")] if at >= 0 else []
        return [*found, finding("prose/note", "x", 0, Severity.INFO)]

    results = run_specs(facts, check)
    assert asked == [("The two ships and the redout.", parse_iso("1999")), ("Three ships.", None)]
    assert all(result.passed for result in results)
    assert [len(document.findings) for document in spec_reports(facts, results)] == [0]


def test_specs_that_fail_are_findings(facts: Facts) -> None:
    def check(text: str, when: Period | None) -> list[Finding]:
        at = text.find("Three")
        return [finding("counts/contradicted", "Three", at)] if at >= 0 else [finding("terms/house", "redout", 22)]

    results = run_specs(facts, check)
    assert [result.passed for result in results] == [False, False]
    (document,) = spec_reports(facts, results)
    assert [(found.rule, found.start.line, found.text, found.message) for found in document.findings] == [
        (
            "facts/spec-surplus", 28, "The two ships and the redout.",
            "“redout” is flagged by terms/house in “The two ships and the redout.”: “redout” is wrong",
        ),
        (
            "facts/spec-missed", 28, "redout",
            "“redout” is not flagged as “readout” in “The two ships and the redout.”",
        ),
        (
            "facts/spec-surplus", 29, "Three ships.",
            "“Three” is flagged by counts/contradicted in “Three ships.”: “Three” is wrong",
        ),
    ]  # fmt: skip


def test_a_spec_may_name_the_rule(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_text("factlint: 1\nspecs: [{text: a b, finds: [{text: b, rule: 'terms/*'}]}]\n")
    facts = load_facts([path])
    assert run_specs(facts, lambda text, when: [finding("terms/x", "b", 2)])[0].passed
    result = run_specs(facts, lambda text, when: [finding("names/x", "b", 2)])[0]
    assert (len(result.missed), len(result.surplus)) == (1, 1)


def test_packs_are_listed() -> None:
    for pack in list_packs():
        assert pack.title
        assert pack.entities
        assert pack.facts
        assert pack.checked
