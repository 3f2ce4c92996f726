"""Facts files into the model: every section, includes, packs, members, and all faults at once."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from factlint.facts.loading import load_facts, read_facts
from factlint.facts.model import Entity, Facts, Knowledge, Role
from factlint.facts.records import derived_counts, slug
from factlint.facts.written import lifetime, parse_date
from factlint.source import InputError
from factlint.times import Lifetime, Period, parse_iso
from factlint.yamlfile import FaultsError

EVERYTHING = """\
factlint: 1
title: An example
as_of: 2022-01-09
sources:
  list: {title: List of members, publisher: Norland Gazette, url: "https://example.org/list", checked: 2022-01-09}
  book: The Book of Norland
people:
  - name: Ana Kaldor
    aliases: [Ana M. Kaldor]
    not: [Anna Kaldor]
    former: [{name: Ana Berg, until: 2001-06-30, source: list}]
    born: 1951-04-19
    died: {date: 2020, place: Aldby, source: book}
    distinct_from: [Ana Kalder]
    nationality: Norlandic
    roles:
      - {title: Foreign Minister, aliases: [Minister of Foreign Affairs], of: Norland, from: 2000-03-04, until: unknown}
      - {title: Ambassador, of: [Norland, League of Ports], from: 1994, until: 1999-12, source: [list, book]}
    attributes:
      party: [{value: Greens, from: 1980, until: 1999-12-31}, {value: Blues, from: 2000}]
      height: 170
      birthplace: Aldby
organizations:
  - name: LOP
    full_name: League of Ports
    aliases: [the League]
    founded: {date: 1949-04-04, place: Aldby}
    dissolved: 2021
    headquarters: Aldby
    country: Norland
    regions: [North, South]
    counts:
      - of: members
        nouns: [members, ports]
        values:
          - {value: 29, from: 2017-06-05, until: 2020-03-26}
          - {value: {at_least: 30}, from: 2020-03-27, announced: true, source: list}
places:
  - {name: Aldby, not: [Oldby], country: Norland, capital_of: Norland, region: West}
  - {name: Norland, demonyms: [Norlandic, Norlanders], capital: Aldby}
events:
  - {name: Treaty talks, mentions: [talks], involves: [Ana Kaldor], date: 1999-12-30, place: Aldby, source: book}
  - {name: Long War, from: 1990, until: 1994-05}
  - {name: Fire, date: 1790s}
posts:
  - {title: Senator, of: Norland, holders: 2}
  - {title: Judge, holders: any}
terms:
  - {use: Permanent Council, not: [Standing Council]}
  - {use: undeclared, not: unannounced, near: [officers]}
works:
  - {name: 1984, author: G. O., date: 1949}
figures:
  - {name: troops, about: [Norland], near: [border], unit: people, value: {at_least: 100000}, from: 2021-12, until: 2022-02}
  - {name: share, value: 30, unit: percent, date: 2020}
specs:
  - {text: The 29 ports met., date: 2021-06-14, finds: [29]}
  - {text: The 30 ports met., finds: []}
"""


def write(folder: Path, text: str, name: str = "facts.yaml") -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    return load_facts([write(tmp_path, EVERYTHING)])


def entity(facts: Facts, name: str) -> Entity:
    return next(entity for entity in facts.entities if entity.name == name)


def values(facts: Facts, name: str, attribute: str) -> list[str]:
    return [str(fact.value) for fact in facts.of(entity(facts, name).id, attribute)]


def test_people(facts: Facts) -> None:
    ana = entity(facts, "Ana Kaldor")
    assert (ana.id, ana.kind) == ("people/ana-kaldor", "person")
    assert ana.aliases == ("Ana M. Kaldor",)
    assert ana.wrong == ("Anna Kaldor",)
    assert ana.former == ("Ana Berg",)
    assert ana.distinct_from == ("Ana Kalder",)
    assert (ana.at.line, ana.at.column) == (8, 11)
    roles = list(facts.of(ana.id, "role"))
    assert roles[0].value == Role("Foreign Minister", ("Minister of Foreign Affairs",), ("Norland",))
    assert str(roles[0].value) == "Foreign Minister of Norland"
    assert roles[0].holds == Lifetime(parse_iso("2000-03-04"), None, False, True)
    assert roles[0].id == "people/ana-kaldor/roles/0"
    assert (roles[0].at.line, roles[0].at.column) == (17, 17)
    assert roles[1].value == Role("Ambassador", (), ("Norland", "League of Ports"))
    assert roles[1].source is not None
    assert roles[1].source.key == "list"
    assert values(facts, "Ana Kaldor", "born") == ["1951-04-19"]
    assert values(facts, "Ana Kaldor", "died") == ["2020"]
    assert values(facts, "Ana Kaldor", "died place") == ["Aldby"]
    assert values(facts, "Ana Kaldor", "party") == ["Greens", "Blues"]
    assert values(facts, "Ana Kaldor", "birthplace") == ["Aldby"]
    assert values(facts, "Ana Kaldor", "nationality") == ["Norlandic"]
    former = next(facts.of(ana.id, "former name"))
    assert former.value == "Ana Berg"
    assert former.holds == Lifetime(None, parse_iso("2001-06-30"))


def test_organizations_places_events_works(facts: Facts) -> None:
    league = entity(facts, "LOP")
    assert league.full_name == "League of Ports"
    assert league.aliases == ("the League", "League of Ports")
    assert league.nouns == {"members": ("members", "ports")}
    assert values(facts, "LOP", "founded") == ["1949-04-04"]
    assert values(facts, "LOP", "founded place") == ["Aldby"]
    assert values(facts, "LOP", "headquarters") == ["Aldby"]
    assert values(facts, "LOP", "region") == ["North", "South"]
    knowledge, known = facts.about(league.id, "count:members", parse_iso("2019-01-01"))
    assert knowledge is Knowledge.KNOWN
    assert [fact.id for fact in known] == ["organizations/lop/counts/members/0"]
    announced = list(facts.of(league.id, "count:members"))[1]
    assert announced.announced
    assert announced.source is not None
    assert announced.source.title == "List of members"
    assert values(facts, "Norland", "demonym") == ["Norlandic", "Norlanders"]
    assert values(facts, "Aldby", "capital_of") == ["Norland"]
    talks = entity(facts, "Treaty talks")
    assert (talks.mentions, talks.involves) == (("talks",), ("Ana Kaldor",))
    assert all(fact.source is not None and fact.source.key == "book" for fact in facts.by_subject[talks.id])
    assert next(facts.of(entity(facts, "Long War").id, "date")).value == Period(date(1990, 1, 1), date(1994, 5, 31))
    assert next(facts.of(entity(facts, "Fire").id, "date")).value == Period(date(1790, 1, 1), date(1799, 12, 31))
    assert entity(facts, "1984").kind == "work"
    assert values(facts, "1984", "author") == ["G. O."]


def test_figures_terms_posts_specs_sources(facts: Facts) -> None:
    troops = entity(facts, "troops")
    assert (troops.kind, troops.involves, troops.near) == ("figure", ("Norland",), ("border",))
    known = next(facts.of(troops.id, "value"))
    assert known.holds == Lifetime(parse_iso("2021-12"), parse_iso("2022-02"))
    share = next(facts.of(entity(facts, "share").id, "value"))
    assert share.holds == Lifetime(parse_iso("2020"), parse_iso("2020"))
    assert [(term.use, term.wrong, term.near) for term in facts.terms] == [
        ("Permanent Council", ("Standing Council",), ()),
        ("undeclared", ("unannounced",), ("officers",)),
    ]
    assert [(post.title, post.of, post.holders) for post in facts.posts] == [
        ("Senator", ("Norland",), 2),
        ("Judge", (), None),
    ]
    assert facts.specs[0].date == parse_iso("2021-06-14")
    assert [expected.text for expected in facts.specs[0].finds] == ["29"]
    assert facts.specs[1].finds == ()
    assert [source.key for source, _ in facts.sources] == ["list", "book"]
    assert facts.sources[1][0].title == "The Book of Norland"
    assert facts.as_of == parse_iso("2022-01-09")


def test_what_is_looked_up_is_what_is_there(facts: Facts) -> None:
    plain = Facts(
        tuple(facts.entities),
        tuple(facts.facts),
        facts.terms,
        facts.as_of,
        facts.files,
        facts.posts,
        facts.specs,
        facts.sources,
    )
    assert plain == facts
    assert facts == plain
    assert dict(facts.by_id) == dict(plain.by_id)
    assert dict(facts.by_subject) == dict(plain.by_subject)
    assert dict(facts.rows_by_kind) == dict(plain.rows_by_kind)
    assert dict(facts.rows_by_value) == dict(plain.rows_by_value)
    assert len(facts.by_id) == len(facts.entities)
    assert facts.entities[-1] is facts.entities[len(facts.entities) - 1]
    assert facts.entities[1:3] == tuple(facts.entities)[1:3]
    assert facts.facts[0].subject == "people/ana-kaldor"
    assert "people/nobody" not in facts.by_id
    with pytest.raises(IndexError):
        facts.entities[len(facts.entities)]
    with pytest.raises(KeyError):
        facts.by_subject["people/nobody"]
    assert facts.entities.__eq__(3) is NotImplemented or facts.entities.__eq__(3) is False
    assert repr(facts.entities) == f"<{len(facts.entities)} items>"


def test_facts_by_value(facts: Facts) -> None:
    assert [fact.subject for fact in facts.holders("foreign minister", "norland")] == ["people/ana-kaldor"]
    assert [fact.subject for fact in facts.holders("Minister of Foreign Affairs")] == ["people/ana-kaldor"]
    assert len(list(facts.holders(of="Norland"))) == 2
    assert len(list(facts.holders())) == 2
    assert list(facts.holders("Foreign Minister", "Aldby")) == []
    assert [fact.subject for fact in facts.saying("country", "norland")] == ["organizations/lop", "places/aldby"]
    assert len(list(facts.saying("headquarters"))) == 1
    assert list(facts.saying("nothing")) == []
    assert [entity.name for entity in facts.entities_of("place")] == ["Aldby", "Norland"]
    assert list(facts.entities_of("nothing")) == []


def test_citations(facts: Facts) -> None:
    league = entity(facts, "LOP")
    cited = facts.cite(list(facts.of(league.id, "count:members"))[1])
    assert cited.since == "2020-03-27"
    assert cited.until == ""
    assert cited.source == {
        "title": "List of members",
        "publisher": "Norland Gazette",
        "url": "https://example.org/list",
        "checked": "2022-01-09",
    }
    assert facts.cite(next(facts.of("people/ana-kaldor", "role"))).until == "unknown"


# Members


MEMBERS = """\
factlint: 1
sources: {a: A, b: B}
organizations:
  - name: Club
    members:
      - Aland
      - {name: Bland, from: 2004-05-01, source: a}
      - {name: Cland, from: 2007, until: 2020-01-31, source: b}
      - {name: Dland, from: 2030-01-01, announced: true}
    counts: COUNTS
"""


def counted(tmp_path: Path, counts: str) -> list[tuple[str, str, str, str]]:
    facts = load_facts([write(tmp_path, MEMBERS.replace("COUNTS", counts))])
    return [
        (fact.attribute, str(fact.holds.since or ""), str(fact.holds.until or ""), str(fact.value))
        for fact in facts.facts
        if fact.attribute.startswith("count:")
    ]


def test_the_count_of_members_is_derived_for_any_day(tmp_path: Path) -> None:
    facts = load_facts([write(tmp_path, MEMBERS.replace("COUNTS", "[]"))])
    for day, number in (
        ("1950-01-01", 1),
        ("2004-04-30", 1),
        ("2004-05-01", 2),
        ("2006-12-31", 2),
        ("2007-12-31", 3),
        ("2020-01-31", 3),
        ("2020-02-01", 2),
        ("2030-01-01", 3),
    ):
        knowledge, known = facts.about("organizations/club", "count:members", parse_iso(day))
        assert knowledge is Knowledge.KNOWN
        assert [(str(fact.value), fact.announced) for fact in known] == [(str(number), day == "2030-01-01")], day
    derived = [fact for fact in facts.facts if fact.attribute == "count:members"]
    assert [fact.source.key if fact.source else "" for fact in derived] == ["", "a", "b", "b", "b", ""]
    assert [str(fact.value) for fact in facts.of("organizations/club", "member")] == [
        "Aland",
        "Bland",
        "Cland",
        "Dland",
    ]
    assert entity(facts, "Club").nouns == {"members": ()}


def test_counts_may_name_the_members_otherwise_and_say_since_when_the_list_is_complete(tmp_path: Path) -> None:
    found = counted(tmp_path, "[{of: participating states, nouns: [states], from: 2005}]")
    assert found[0] == ("count:participating states", "2005-01-01", "2006-12-31", "2")
    assert len(found) == 5


def test_typed_counts_stand_before_derived_ones(tmp_path: Path) -> None:
    found = counted(tmp_path, "[{of: members, values: [{value: 7, from: 2004-05-01, until: 2029-12-31}]}]")
    assert [value for *_, value in found] == ["7", "1", "3"]


def test_members_that_nobody_knows_the_dates_of_leave_a_range() -> None:
    members = [
        (lifetime("unknown", "2000-12-31"), 0, False),
        (lifetime("1990-01-01", "unknown"), 1, False),
        (lifetime("2001", ""), 2, False),
    ]
    assert list(derived_counts(members)) == [
        (None, date(1989, 12, 31), 0, 1, 0, False),
        (date(1990, 1, 1), date(1990, 1, 1), 1, 2, 1, False),
        (date(1990, 1, 2), date(2000, 12, 30), 0, 2, 1, False),
        (date(2000, 12, 31), date(2000, 12, 31), 1, 2, 0, False),
        (date(2001, 1, 1), date(2001, 12, 30), 0, 2, 2, False),
        (date(2001, 12, 31), None, 1, 2, 2, False),
    ]
    assert list(derived_counts([])) == []
    assert list(derived_counts([(lifetime("2005", "2001"), 0, False)])) == []


# Includes, packs, several files


def test_includes_and_sources_across_files(tmp_path: Path) -> None:
    write(tmp_path, "factlint: 1\nsources: {s: S}\npeople: [{name: Bo, source: t}]\n", "packs/more.yaml")
    main = write(
        tmp_path,
        "factlint: 1\ninclude: [packs/more.yaml]\nsources: {t: T}\npeople: [{name: Al, born: 1950, source: s}]\n",
    )
    facts = load_facts([main])
    assert [entity.name for entity in facts.entities] == ["Al", "Bo"]
    assert facts.files == (main, os.path.dirname(main) + "/packs/more.yaml")
    assert facts.facts[0].source is not None
    assert facts.facts[0].source.key == "s"


def test_one_name_in_two_files_is_one_entity_and_the_first_file_counts(tmp_path: Path) -> None:
    first = write(
        tmp_path,
        "factlint: 1\npeople: [{name: Al, born: 1950}]\norganizations:\n"
        "  - {name: Club, aliases: [C], counts: [{of: members, nouns: [us], values: [{value: 3}]}]}\n",
        "a.yaml",
    )
    second = write(
        tmp_path,
        "factlint: 1\nas_of: 2000\npeople: [{name: Al, born: 1970}]\norganizations:\n"
        "  - {name: Club, aliases: [D], full_name: The Club, headquarters: Aldby,"
        " counts: [{of: members, nouns: [them], values: [{value: 4}]}, {of: rooms, values: [{value: 9}]}]}\n",
        "b.yaml",
    )
    facts = load_facts([first, second])
    assert [(entity.name, entity.id) for entity in facts.entities] == [
        ("Al", "people/al"),
        ("Club", "organizations/club"),
        ("Al", "people/al-2"),
    ]
    club = facts.by_id["organizations/club"]
    assert club.aliases == ("C", "D", "The Club")
    assert club.full_name == "The Club"
    assert club.nouns == {"members": ("us", "them"), "rooms": ()}
    assert [(fact.attribute, str(fact.value)) for fact in facts.by_subject[club.id]] == [
        ("count:members", "3"),
        ("headquarters", "Aldby"),
        ("count:rooms", "9"),
    ]
    assert facts.as_of == parse_iso("2000")


def test_namesakes_in_one_file_stay_two(tmp_path: Path) -> None:
    facts = load_facts([write(tmp_path, "factlint: 1\npeople: [{name: Al}, {name: Al}, {name: ÁL!}]\n")])
    assert [entity.id for entity in facts.entities] == ["people/al", "people/al-2", "people/al-3"]


def refused(tmp_path: Path, text: str, **others: str) -> list[str]:
    for name, content in others.items():
        write(tmp_path, content, name.replace("_", "/") + ".yaml")
    with pytest.raises(FaultsError) as caught:
        load_facts([write(tmp_path, text, "in/facts.yaml")])
    return [line.replace(str(tmp_path / "in") + "/", "") for line in str(caught.value).splitlines()]


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    found = refused(
        tmp_path,
        "factlint: 1\nsources: {nato: N}\npeople:\n  - {name: A, source: nata}\n  - {name: B, born: 2022-02-30}\n"
        "specs: [{text: a b, finds: [c]}]\n",
    )
    assert found == [
        "facts.yaml:4:23: there is no source “nata”; did you mean “nato”?",
        "facts.yaml:5:21: there is no day 2022-02-30",
        "facts.yaml:6:29: “c” does not stand in the text",
    ]


def test_schema_faults_name_the_nearest_key(tmp_path: Path) -> None:
    assert refused(tmp_path, "factlint: 1\npeople:\n  - nme: A\n    alias: [x]\n") == [
        "facts.yaml:3:5: the key “name” is missing",
        "facts.yaml:3:5: unknown key “nme”; did you mean “name”?",
        "facts.yaml:4:5: unknown key “alias”; did you mean “aliases”?",
    ]
    assert refused(tmp_path, "people: []") == ["facts.yaml:1:1: the key “factlint” is missing"]
    assert refused(tmp_path, "") == ["facts.yaml:1:1: should be a mapping that begins with “factlint: 1”, not empty"]


def test_unknown_includes_and_packs(tmp_path: Path) -> None:
    assert refused(tmp_path, "factlint: 1\ninclude: [more.yaml]\n") == [
        "facts.yaml:2:11: there is no file “more.yaml”",
    ]
    assert refused(tmp_path, "factlint: 1\ninclude: [pack:nothing-like-it]\n")[0].startswith(
        "facts.yaml:2:11: there is no pack “nothing-like-it”"
    )
    with pytest.raises(InputError, match="pack:nothing: there is no pack “nothing”"):
        load_facts(["pack:nothing"])


def test_include_cycles(tmp_path: Path) -> None:
    found = refused(
        tmp_path, "factlint: 1\ninclude: [b.yaml]\n", in_b="factlint: 1\ninclude: [c.yaml]\n",
        in_c="factlint: 1\ninclude: [facts.yaml, b.yaml, c.yaml]\n",
    )  # fmt: skip
    assert found == [
        "c.yaml:2:11: “facts.yaml” includes this file again",
        "c.yaml:2:23: “b.yaml” includes this file again",
        "c.yaml:2:31: “c.yaml” includes this file again",
    ]


def test_a_file_included_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, "factlint: 1\npeople: [{name: Al}]\n", "b.yaml")
    write(tmp_path, "factlint: 1\ninclude: [b.yaml]\n", "c.yaml")
    facts = load_facts([write(tmp_path, "factlint: 1\ninclude: [b.yaml, c.yaml]\n")])
    assert len(facts.entities) == 1


def test_includes_outside_the_folder_are_refused_unless_allowed(tmp_path: Path) -> None:
    write(tmp_path, "factlint: 1\npeople: [{name: Al}]\n", "outside.yaml")
    main = write(tmp_path, "factlint: 1\ninclude: [../outside.yaml, link.yaml]\n", "in/facts.yaml")
    os.symlink(tmp_path / "outside.yaml", tmp_path / "in" / "link.yaml")
    with pytest.raises(FaultsError) as caught:
        load_facts([main])
    assert [fault.message for fault in caught.value.faults] == [
        "“../outside.yaml” is outside the folder of the facts file; such includes must be allowed",
        "“link.yaml” is outside the folder of the facts file; such includes must be allowed",
    ]
    assert {fault.rule for fault in caught.value.faults} == {"outside-include"}
    assert len(load_facts([main], allow_outside=True).entities) == 1


def test_a_file_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_bytes(b"# " + b"x" * 50_000_000)
    with pytest.raises(InputError, match=r"facts\.yaml: the file has 50\.0 MB; at most 40 MB are read: split it"):
        load_facts([str(path)])


def test_what_can_be_read_is_read_beside_faults(tmp_path: Path) -> None:
    facts, faults = read_facts([write(tmp_path, "factlint: 1\npeople: [{name: A, source: x, born: 1950}]\n")])
    assert [fault.rule for fault in faults] == ["unknown-source"]
    assert len(facts.facts) == 1
    facts, faults = read_facts([write(tmp_path, "factlint: 1\npeople: {}\n"), str(tmp_path / "none.yaml")])
    assert len(faults) == 2
    assert len(facts.entities) == 0


def test_dates_and_slugs() -> None:
    assert parse_date("1790s") == Period(date(1790, 1, 1), date(1799, 12, 31))
    assert parse_date("1990..1994-05") == Period(date(1990, 1, 1), date(1994, 5, 31))
    assert parse_date("1990..") == Period(date(1990, 1, 1), None)
    assert slug("Côte d’Ivoire") == "cote-d-ivoire"
    assert slug("Москва") == "москва"
    assert slug("!!") == "unnamed"


def test_an_empty_set_of_facts() -> None:
    facts = load_facts([])
    assert facts == Facts()
    assert not facts.entities
    assert list(facts.facts) == []
    assert facts.about("x", "y", parse_iso("2000")) == (Knowledge.UNKNOWN, ())
