"""The linter of facts files: each rule where it should speak and where it should not."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from factlint.facts.linting import facts_rules, lint_facts, rule_of, stale_sources
from factlint.facts.loading import load_facts
from factlint.findings import Finding, Severity
from factlint.source import line_starts

TODAY = date(2026, 11, 24)


def lint(tmp_path: Path, text: str, stale: int | None = None, *, info: bool = False) -> list[Finding]:
    path = tmp_path / "facts.yaml"
    path.write_text("factlint: 1\n" + text, encoding="utf-8")
    (report,) = lint_facts([path], today=TODAY, stale_days=stale)
    starts = line_starts(path.read_text(encoding="utf-8"))
    for finding in report.findings:
        assert finding.start.offset == starts[finding.start.line - 1] + finding.start.column - 1
        assert path.read_text(encoding="utf-8")[finding.start.offset : finding.end.offset] == finding.text
    return [finding for finding in report.findings if info or finding.severity is not Severity.INFO]


def told(findings: list[Finding]) -> list[str]:
    return [
        f"{found.start.line}:{found.start.column} {found.rule.removeprefix('facts/')} {found.message}"
        for found in findings
    ]


def test_a_good_file_is_clean(tmp_path: Path) -> None:
    assert lint(
        tmp_path,
        "sources: {s: {title: S, checked: 2026-11}}\n"
        "people:\n"
        "  - {name: Al, not: [All], born: 1950, died: 2020-02-02, source: s,"
        " roles: [{title: Mayor, of: Aldby, from: 1990-05-01, until: 1995-06-30, source: s}]}\n"
        "  - {name: Bo, roles: [{title: Mayor, of: Aldby, from: 1995-06-30, source: s}]}\n"
        "organizations:\n"
        "  - name: Club\n"
        "    members: [{name: X, from: 2000-01-01, source: s}, {name: Y, from: 2001-02-03, source: s}]\n"
        "    counts:\n"
        "      - {of: members, values: [{value: 1, from: 2000-01-01, until: 2001-02-02, source: s},"
        " {value: 2, from: 2001-02-03, source: s}]}\n"
        "      - {of: rooms, values: [{value: 3, from: 2000, until: 2004, source: s}, {value: 4, from: 2005, source: s}]}\n",
        365,
        info=True,
    ) == []  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "people: [{name: Al, roles: [{title: Mayor, from: 1995-01-02, until: 1994-01-01}]}]",
            ["2:37 until-before-from this ends on 1994-01-01, before it begins on 1995-01-02"],
        ),
        (
            "people: [{name: Al, born: 1950, died: 1949-12-31}]",
            ["2:39 died-before-born Al: died 1949-12-31, before born 1950"],
        ),
        ("people: [{name: Al, born: 1950, died: 1950}]", []),
        (
            "organizations: [{name: O, founded: 1950-05, dissolved: {date: 1950-04}}]",
            ["2:63 died-before-born O: dissolved 1950-04, before founded 1950-05"],
        ),
        (
            "people: [{name: Al, born: 1950-03-01, roles: [{title: Mayor, of: X, from: 1940}]}]",
            ["2:55 role-outside-life Al is Mayor of X from 1940, but was born 1950-03-01"],
        ),
        ("people: [{name: Al, born: 1950-03-01, roles: [{title: King, from: 1950}]}]", []),
        (
            "people: [{name: Al, died: 1950-03-01, roles: [{title: Mayor, from: 1951}]}]",
            ["2:55 role-outside-life Al is Mayor from 1951, but died 1950-03-01"],
        ),
        (
            "people: [{name: Al, died: 1950-03-01, roles: [{title: Mayor, until: 1950-03-02}]}]",
            ["2:55 role-outside-life Al is Mayor until 1950-03-02, but died 1950-03-01"],
        ),
        ("people: [{name: Al, died: 1950-03, roles: [{title: Mayor, until: unknown}]}]", []),
    ],
)
def test_lives(tmp_path: Path, text: str, found: list[str]) -> None:
    assert told(lint(tmp_path, text)) == found


HOLDERS = """\
people:
  - {{name: Al, roles: [{{title: Mayor, of: Aldby, from: 1990-05-01, until: 1996-01-01}}]}}
  - {{name: Bo, roles: [{{title: Mayor, of: Aldby, from: 1995-06-30, until: 2001-01-01}}]}}
  - {{name: Cy, roles: [{{title: mayor, of: aldby, from: 1995-07-01, until: 1995-08-01}}]}}
{posts}"""


def test_posts_with_too_many_holders(tmp_path: Path) -> None:
    (found,) = lint(tmp_path, HOLDERS.format(posts=""))
    assert told([found]) == [
        "5:32 two-holders “mayor of aldby” has 3 holders on 1995-07-01: Al, Bo, Cy; "
        + "if that is right, say so under posts: {title: mayor, of: aldby, holders: 3}"
    ]
    assert [site.message for site in found.related] == ["Al", "Bo"]


@pytest.mark.parametrize(
    ("posts", "count"),
    [
        ("posts: [{title: Mayor, of: Aldby, holders: 3}]", 0),
        ("posts: [{title: Mayor, holders: 3}]", 0),
        ("posts: [{title: Mayor, holders: any}]", 0),
        ("posts: [{title: Boss, aliases: [mayor], of: [Norland, Aldby], holders: 3}]", 0),
        ("posts: [{title: Mayor, of: Aldby, holders: 2}]", 1),
        ("posts: [{title: Mayor, of: Elsewhere, holders: 3}]", 1),
        ("posts: [{title: Mayor, of: Aldby, holders: 1}, {title: Mayor, holders: 9}]", 1),
    ],
)
def test_posts_may_have_several_holders(tmp_path: Path, posts: str, count: int) -> None:
    assert len(lint(tmp_path, HOLDERS.format(posts=posts))) == count


def test_roles_without_a_body_or_without_dates_are_no_posts(tmp_path: Path) -> None:
    assert lint(tmp_path, "people: [{name: A, roles: [{title: lawyer}]}, {name: B, roles: [{title: lawyer}]}]") == []
    undated = "people: [{name: A, roles: [{title: aide, of: X}]}, {name: B, roles: [{title: aide, of: X}]}]"
    found = [finding for finding in lint(tmp_path, undated, info=True) if "two-holders" in finding.rule]
    assert [(finding.severity, "on any day" in finding.message) for finding in found] == [(Severity.INFO, True)]


def test_one_role_held_twice(tmp_path: Path) -> None:
    text = (
        "people: [{name: A, roles: [{title: Mayor, of: X, from: 1990, until: 1995}, "
        "{title: Mayor, of: X, from: 1993, until: 1996}, {title: Mayor, of: X, from: 1997}]}]"
    )
    assert told(lint(tmp_path, text)) == ["2:84 same-role-twice A is “Mayor of X” twice on 1993-12-31"]


COUNT = "organizations: [{{name: Club, {members}counts: [{{of: members, values: [{values}]}}]}}]"


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ("{value: 2, until: 2000}, {value: 3, from: 2001}", []),
        ("{value: 2, until: 2000-05-05}, {value: 3, from: 2000-05-05}", []),
        (
            "{value: 2, from: 1990, until: 2000-05-06}, {value: 3, from: 2000-05-05}",
            ["overlap members of Club is both 2 and 3 from 2000-05-05 to 2000-05-06"],
        ),
        ("{value: 2}, {value: 3, from: 2000}", ["overlap members of Club is both 2 and 3 from 2000-12-31 to now"]),
        ("{value: 3, from: 1990, until: 2000}, {value: 3, from: 1995}", []),
        (
            "{value: 2, from: 1990, until: 2000-05-06}, {value: 3, from: 2000-05-08}",
            ["gap members of Club has no value from 2000-05-07 to 2000-05-07"],
        ),
        (
            (
                "{value: 2, from: 1990, until: 2009-12-31}, {value: 3, from: 2010-01-01, until: 2019-12-31},"
                " {value: 4, from: 2012-01-01, until: 2012-12-31}, {value: 5, from: 2015-01-01, until: 2025-12-31}"
            ),
            [
                "overlap members of Club is both 3 and 4 from 2012-01-01 to 2012-12-31",
                "overlap members of Club is both 3 and 5 from 2015-01-01 to 2019-12-31",
            ],
        ),
        ("{value: 2, until: unknown}, {value: 3, from: 2000}", []),
        ("{value: 2, until: 2000}, {value: 3, from: 2000}", []),
    ],
)
def test_values_of_one_count(tmp_path: Path, values: str, found: list[str]) -> None:
    text = COUNT.format(members="", values=values)
    assert [line.split(" ", 1)[1] for line in told(lint(tmp_path, text))] == found


LISTED = "members: [{name: X, from: 2000-01-01}, {name: Y, from: 2004, until: 2010-01-01}, {name: Z, from: 2012}], "


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ("{value: 1, from: 2001, until: 2003}, {value: 2, from: 2005, until: 2010-01-01}", []),
        ("{value: 1, from: 2004-02-03, until: 2004-03-04}", []),
        ("{value: {at_least: 1}, from: 2000-01-01}", []),
        (
            "{value: 3, from: 2005, until: 2006}",
            ["count-differs-from-members members of Club is given as 3, but 2 members are listed from 2004-12-31"],
        ),
        (
            "{value: 2, from: 2013}",
            [],
        ),
        (
            "{value: 1, from: 2013}",
            ["count-differs-from-members members of Club is given as 1, but 2 members are listed from 2012-12-31"],
        ),
    ],
)
def test_typed_counts_against_the_list_of_members(tmp_path: Path, values: str, found: list[str]) -> None:
    lines = told(lint(tmp_path, COUNT.format(members=LISTED, values=values)))
    assert [line.split(" ", 1)[1] for line in lines if " gap " not in line] == found


def test_members_listed_twice(tmp_path: Path) -> None:
    text = "organizations: [{name: Club, members: [{name: X, until: 2000}, {name: x, from: 1999-02-03}, {name: Y}]}]"
    assert told(lint(tmp_path, text)) == ["2:71 member-twice x is listed twice among the members of Club on 1999-02-03"]


def test_names(tmp_path: Path) -> None:
    text = """\
people:
  - {name: Ann Lee, born: 1950, not: [Anne Lee, Ann Le]}
  - {name: Anne Lee, aliases: [A. Lee]}
  - name: Ann Lee
    aliases: [A. Lee, "B  Lee"]
places:
  - {name: Leeton, aliases: [Lee], distinct_from: [Ann Lee]}
  - {name: Eastmark, aliases: [Leeton], country: Norland}
figures: [{name: Ann Lee, value: 3}]
"""
    assert told(lint(tmp_path, text, info=True)) == [
        "1:1 no-source no source for any fact of this file",
        "3:39 wrong-form-is-right “Anne Lee” is listed as a wrong form of Ann Lee, but is a right name of "
        + "the person Anne Lee",
        "5:11 namesakes “Ann Lee” names the person Ann Lee and the person Ann Lee (born 1950)",
        "6:15 shared-alias “A. Lee” is an alias of both the person Ann Lee and the person Anne Lee",
        "6:24 untidy-name “B  Lee” has spaces at an end or several in a row, or a character that cannot be seen",
        "9:32 alias-of-another “Leeton” is an alias of the place Eastmark (in Norland) and the name of the place Leeton",
    ]


def test_terms(tmp_path: Path) -> None:
    text = "terms: [{use: readout, not: [redout]}, {use: redout, not: [x]}, {use: y, not: [readout], near: [z]}]"
    assert told(lint(tmp_path, text)) == [
        "2:30 term-both-ways “redout” is not to be used here, but is the term to use in line 2"
    ]


def test_sources(tmp_path: Path) -> None:
    text = """\
sources:
  used: {title: Used, checked: 2025-11-23}
  unused: {title: Unused, checked: 2026-01-01}
  never: A book
people:
  - {name: Al, born: 1950, source: used}
  - {name: Bo, born: 1950, roles: [{title: Mayor, of: X, source: never}]}
  - {name: Cy, born: 1950}
"""
    assert told(lint(tmp_path, text, 365, info=True)) == [
        "3:3 stale-source the source “Used” was last checked on 2025-11-23, 366 days ago",
        "4:3 unused-source nothing cites the source “unused”",
        "5:3 stale-source the source “A book” was never checked",
        "8:22 no-source no source for born of Bo: 1950",
        "9:12 no-source no source for what is known of Cy",
    ]
    facts = load_facts([tmp_path / "facts.yaml"])
    assert [(source.key, age) for source, _, age in stale_sources(facts, TODAY, 365)] == [
        ("never", None),
        ("used", 366),
    ]


def test_announcements_whose_day_has_come(tmp_path: Path) -> None:
    text = (
        "organizations: [{name: Club, members: [{name: X, from: 2026-11-23, announced: true}, "
        "{name: Y, from: 2026-11-24, announced: true}]}]\nevents: [{name: E, date: 2026-10, announced: true}]"
    )
    assert told(lint(tmp_path, text)) == [
        "2:47 announced-passed member of Club: X was announced for 2026-11-23; see whether it happened and drop “announced”",
        "3:26 announced-passed date of E: 2026-10 was announced for 2026-10; see whether it happened and drop “announced”",
    ]


def test_faults_are_findings_too(tmp_path: Path) -> None:
    text = "include: [nothing.yaml]\npeople: [{nme: A}, {name: B, source: x}]\n"
    assert told(lint(tmp_path, text)) == [
        "2:11 unknown-include there is no file “nothing.yaml”",
        "3:10 schema the key “name” is missing",
        "3:11 schema unknown key “nme”; did you mean “name”?",
        "3:38 unknown-source there is no source “x”",
    ]
    (tmp_path / "broken.yaml").write_text("a: [")
    (report,) = lint_facts([tmp_path / "broken.yaml"])
    assert [finding.rule for finding in report.findings] == ["facts/schema"]
    (report,) = lint_facts([tmp_path / "none.yaml"])
    assert [finding.message for finding in report.findings] == ["cannot be read: No such file or directory"]


def test_what_is_sound_is_judged_beside_what_is_at_fault(tmp_path: Path) -> None:
    text = """\
sources: {s: {titel: x}}
peple: []
people:
  - name: true
    born: 1950-13-01
  - {name: A, source: s, died: 1949, born: 1950, roles: [{titel: x}, {title: y, of: Z, from: 2001, until: 2000}]}
organizations:
  - {name: O, counts: [{of: ships, values: [{value: no}, {value: 3, from: 2000, until: 2001}, {value: 4, from: 2003}]}]}
specs: [{text: x, finds: [y]}]
"""
    assert told(lint(tmp_path, text, info=True)) == [
        "2:15 schema unknown key “titel”; did you mean “title”?",
        "3:1 schema unknown key “peple”; did you mean “people”?",
        "5:11 schema should be a name (in quotes if it is true, false or null), not true",
        "6:11 schema there is no day 1950-13-01",
        "7:32 died-before-born A: died 1949, before born 1950",
        "7:58 schema the key “title” is missing",
        "7:59 schema unknown key “titel”; did you mean “title”?",
        "7:78 role-outside-life A is y of Z from 2001, but died 1949",
        "7:78 until-before-from this ends on 2000, before it begins on 2001",
        "9:53 schema “no” is no number",
        "10:27 schema “y” does not stand in the text",
    ]


def test_what_is_still_to_be_filled_in_is_told(tmp_path: Path) -> None:
    text = (
        "people: [{name: Al, died: …, roles: [{title: Mayor, of: ..., from: 1990}]}]\nterms: [{use: “…”, not: [...]}]\n"
    )
    assert [line for line in told(lint(tmp_path, text, info=True)) if "source" not in line] == [
        "2:27 left-out “died” is still to be filled in",
        "2:57 left-out “of” is still to be filled in",
    ]
    assert [str(fact.value) for fact in load_facts([tmp_path / "facts.yaml"]).facts] == ["Mayor"]


def test_figures_and_events(tmp_path: Path) -> None:
    text = """\
events: [{name: E, from: 2001-02-03, until: 2001-02-02}, {name: F, date: 2001, from: 2002}]
figures:
  - {name: ships, about: [Aldby], value: 3, from: 2001-01-01, until: 2001-12-31}
  - {name: ships, about: [Aldby], value: 4, from: 2001-06-01, until: 2002-12-31}
  - {name: ships, about: [Aldby], value: 5, date: 2010}
  - {name: ships, about: [Westhaven], value: 6, from: 2001-06-01}
  - {name: ships, value: 6, date: 2010, until: 2011}
"""
    assert told(lint(tmp_path, text)) == [
        "2:26 until-before-from this ends on 2001-02-02, before it begins on 2001-02-03",
        "2:86 schema “date” stands here, too; say either “date” or “from” and “until”",
        "5:42 overlap ships is both 3 and 4 from 2001-06-01 to 2001-12-31",
        "8:48 schema “date” stands here, too; say either “date” or “from” and “until”",
    ]


def test_what_nothing_can_be_checked_by(tmp_path: Path) -> None:
    text = """\
posts: [{title: Mayr, holders: 2}, {title: Boss, aliases: [Mayor], holders: 2}]
people: [{name: Al, roles: [{title: Mayor, of: X}]}]
organizations:
  - {name: O, counts: [{of: ships, nouns: [vessels]}, {of: rooms, values: [{value: 3}]}]}
  - {name: P, members: [A, B], counts: [{of: members, nouns: [ports]}]}
"""
    assert [line for line in told(lint(tmp_path, text, info=True)) if "source" not in line] == [
        "2:9 unused-post nobody is known to hold the post “Mayr”",
        "5:12 empty-count ships of O are named, but have no value and no list to be counted from",
    ]


def test_names_that_nobody_can_read(tmp_path: Path) -> None:
    text = 'people: [{name: "Al\\x1b[31m", not: [Bo], distinct_from: [Bo]}, {name: "\\u0646\\u200c\\u0645"}]\n'
    assert [line.partition(" has ")[0] for line in told(lint(tmp_path, text))] == [
        "2:17 untidy-name “Al\x1b[31m”",
        "2:37 wrong-form-is-right “Bo” is listed as a wrong form of Al\x1b[31m, but is a right name of somebody that it is distinct from",
    ]


def test_each_file_has_its_report_and_rules_can_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("factlint: 1\npeople: [{name: A, born: 1950, died: 1940}]\n")
    (tmp_path / "a.yaml").write_text("factlint: 1\ninclude: [b.yaml]\npeople: [{name: ' B'}]\n")
    reports = lint_facts([tmp_path / "a.yaml"])
    assert [(Path(report.path).name, [found.rule for found in report.findings]) for report in reports] == [
        ("a.yaml", ["facts/untidy-name"]),
        ("b.yaml", ["facts/no-source", "facts/died-before-born"]),
    ]
    reports = lint_facts([tmp_path / "a.yaml"], wanted=lambda rule: rule == "facts/untidy-name")
    assert [len(report.findings) for report in reports] == [1, 0]


def test_fingerprints_stay_when_lines_come_and_differ_among_themselves(tmp_path: Path) -> None:
    text = "people:\n  - {name: A, born: 1950, died: 1940}\n  - {name: B, born: 1950, died: 1940}\n"
    before = [finding.fingerprint for finding in lint(tmp_path, text)]
    after = [finding.fingerprint for finding in lint(tmp_path, "# a remark\n\n" + text)]
    assert before == after
    assert len(set(before)) == 2


def test_every_rule_says_what_should_hold_and_why() -> None:
    for name, rule in facts_rules().items():
        assert rule.summary.endswith(".")
        assert rule.why.endswith(".")
        assert rule_of(name)["severity"] in ("error", "warning", "info")


def test_thousands_of_people_are_judged_in_seconds(tmp_path: Path) -> None:
    people = "".join(
        f"  - {{name: Person {number % 4000}, born: {1900 + number % 90},"
        f" roles: [{{title: Member, of: House {number % 7}, from: {1960 + number % 30}, until: {1990 + number % 9}}}]}}\n"
        for number in range(5000)
    )
    start = time.perf_counter()
    found = lint(tmp_path, "people:\n" + people)
    assert time.perf_counter() - start < 20
    assert sum(finding.rule == "facts/namesakes" for finding in found) == 1000
    assert sum(finding.rule == "facts/two-holders" for finding in found) == 7
