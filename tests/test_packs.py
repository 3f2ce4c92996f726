"""The bundled packs: complete, sourced, and right on the days on which something changed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlint.facts.linting import lint_facts
from factlint.facts.loading import load_facts
from factlint.facts.model import Entity, Facts, Knowledge
from factlint.facts.written import pack_names
from factlint.names import fold
from factlint.numbers import Quantity
from factlint.times import Period, parse_iso
from factlint.words import list_entries

ORGANIZATIONS = "pack:international-organizations"
PLACES = "pack:countries-and-territories"

# Bodies without members that articles count.
UNCOUNTED = {
    "European Court of Human Rights",
    "European Central Bank",
    "International Court of Justice",
    "Organization of African Unity",
}

# First day → number from that day on. Kept apart from the packs, from what was reported on those days.
COUNTS: dict[tuple[str, str], dict[str, int]] = {
    ("NATO", "members"): {
        "1990-01-01": 16, "1999-03-12": 19, "2004-03-29": 26, "2009-04-01": 28, "2017-06-05": 29, "2020-03-27": 30,
        "2023-04-04": 31, "2024-03-07": 32,
    },
    ("EU", "members"): {
        "1990-01-01": 12, "1995-01-01": 15, "2004-05-01": 25, "2007-01-01": 27, "2013-07-01": 28, "2020-02-01": 27,
    },
    ("eurozone", "members"): {
        "1999-01-01": 11, "2001-01-01": 12, "2007-01-01": 13, "2008-01-01": 15, "2009-01-01": 16, "2011-01-01": 17,
        "2014-01-01": 18, "2015-01-01": 19, "2023-01-01": 20, "2026-01-01": 21,
    },
    ("Schengen Area", "members"): {
        "2001-03-25": 15, "2007-12-21": 24, "2008-12-12": 25, "2011-12-19": 26, "2023-01-01": 27, "2024-03-31": 29,
    },
    ("UN", "members"): {
        "1990-01-01": 159, "1990-04-23": 160, "1990-05-22": 159, "1990-09-18": 160, "1990-10-03": 159,
        "1991-09-17": 166, "1992-03-02": 175, "1992-05-22": 178, "1992-07-31": 179, "1993-01-01": 178,
        "1993-01-19": 180,
        "1993-04-08": 181, "1993-05-28": 183, "1993-07-28": 184, "1994-12-15": 185, "1999-09-14": 188,
        "2000-09-05": 189, "2002-09-10": 190, "2002-09-27": 191, "2006-06-28": 192, "2011-07-14": 193,
    },
    ("UN Security Council", "members"): {"1990-01-01": 15},
    ("UN Security Council", "permanent members"): {"1990-01-01": 5},
    ("UN Security Council", "non-permanent members"): {"1990-01-01": 10},
    ("OSCE", "participating States"): {"2000-11-10": 55, "2006-06-22": 56, "2012-11-21": 57},
    ("Council of Europe", "members"): {
        "1990-01-01": 23, "1990-11-06": 24, "1993-05-14": 29, "1996-02-28": 39, "1996-11-06": 40, "1999-04-27": 41,
        "2001-01-25": 43, "2002-04-24": 44, "2003-04-03": 45, "2004-10-05": 46, "2007-05-11": 47, "2022-03-16": 46,
    },
    ("G7", "members"): {"1990-01-01": 7},
    ("G20", "members"): {"1999-12-15": 20, "2023-09-09": 21},
    ("ASEAN", "members"): {
        "1990-01-01": 6, "1995-07-28": 7, "1997-07-23": 9, "1999-04-30": 10, "2025-10-26": 11,
    },
    ("African Union", "members"): {"2002-07-09": 53, "2012-01-01": 54, "2017-01-31": 55},
    ("Arab League", "members"): {"1990-05-22": 21, "1993-11-20": 22, "2023-05-07": 22},
    ("OECD", "members"): {
        "1990-01-01": 24, "1994-05-18": 25, "1995-12-21": 26, "1996-05-07": 27, "1996-11-22": 28, "1996-12-12": 29,
        "2000-12-14": 30, "2010-05-07": 31, "2010-07-21": 32, "2010-09-07": 33, "2010-12-09": 34, "2016-07-01": 35,
        "2018-07-05": 36, "2020-04-28": 37, "2021-05-25": 38,
    },
    ("WTO", "members"): {
        "2001-12-11": 143, "2002-01-01": 144, "2007-01-11": 150, "2012-08-22": 156, "2016-07-29": 164,
        "2024-08-21": 165, "2024-08-30": 166,
    },
    ("Commonwealth of Nations", "members"): {
        "1990-03-21": 50, "1994-06-01": 51, "1997-10-01": 54, "2003-12-08": 53, "2009-11-29": 54, "2013-10-03": 53,
        "2016-10-13": 52, "2018-02-08": 53, "2020-02-01": 54, "2022-06-25": 56,
    },
    ("CSTO", "members"): {"2004-01-01": 6, "2007-01-01": 7, "2013-01-01": 6},
    ("SCO", "members"): {"2001-06-15": 6, "2017-06-09": 8, "2023-07-04": 9, "2024-07-04": 10},
    ("BRICS", "members"): {"2009-06-16": 4, "2010-12-24": 5},
    ("OPEC", "members"): {
        "1990-01-01": 13, "1993-06-01": 12, "1996-01-01": 11, "2008-01-01": 13, "2009-01-01": 12, "2016-01-01": 13,
        "2016-07-01": 14, "2016-12-01": 13, "2017-05-25": 14, "2018-06-22": 15, "2019-01-01": 14, "2020-01-01": 13,
        "2024-01-01": 12, "2026-05-01": 11,
    },
    ("IMF", "members"): {"2012-04-18": 188, "2016-04-12": 189, "2020-10-16": 190, "2024-10-21": 191},
    ("World Bank", "members"): {"2012-04-18": 188, "2016-04-12": 189},
    ("EFTA", "members"): {"1990-01-01": 6, "1992-01-01": 7, "1995-01-01": 4},
    ("Gulf Cooperation Council", "members"): {"1990-01-01": 6},
    ("EAEU", "members"): {"2015-01-02": 4, "2015-09-01": 5},
    ("ECOWAS", "members"): {"1990-01-01": 16, "2001-01-01": 15, "2025-01-29": 12},
    ("International Criminal Court", "members"): {"2017-10-27": 123, "2019-03-17": 122, "2025-01-01": 125},
    ("Visegrad Group", "members"): {"1991-02-15": 3, "1993-01-01": 4},
    ("Interpol", "members"): {"2018-11-20": 194, "2021-11-23": 195, "2023-11-28": 196},
    ("APEC", "members"): {"1990-01-01": 12, "1999-01-01": 21},
    ("Arctic Council", "members"): {"1996-09-19": 8},
    ("SAARC", "members"): {"1990-01-01": 7, "2007-05-01": 8},
    ("AUKUS", "members"): {"2021-09-15": 3},
    ("USMCA", "members"): {"2020-07-01": 3},
}  # fmt: skip

# Days on which sources count differently: neither way is held against a text.
EITHER = [
    ("BRICS", "members", "2024-06-01", 9, 10),
    ("BRICS", "members", "2026-06-01", 10, 11),
    ("OSCE", "participating States", "1999-11-18", 54, 55),
    ("Arab League", "members", "2015-03-28", 21, 22),
    ("Pacific Islands Forum", "members", "2022-08-01", 17, 18),
    ("G20", "countries", "2024-11-18", 19, 21),
    ("World Health Organization", "members", "2026-03-01", 192, 194),
]


@cache
def packs() -> Facts:
    return load_facts([ORGANIZATIONS, PLACES])


def named(name: str) -> Entity:
    return next(entity for entity in packs().entities if entity.name == name)


def count(name: str, what: str, day: date) -> list[tuple[int, int]]:
    """The numbers that hold on a day, as (least, most)."""
    known, found = packs().about(named(name).id, f"count:{what}", Period(day, day))
    if known is not Knowledge.KNOWN:
        return []
    values = [fact.value for fact in found]
    return [(int(value.low or 0), int(value.high or 0)) for value in values if isinstance(value, Quantity)]


def test_there_are_two_packs() -> None:
    assert pack_names() == ("countries-and-territories", "international-organizations")


def test_the_linter_of_facts_finds_nothing() -> None:
    for report in lint_facts([ORGANIZATIONS, PLACES]):
        assert [(finding.rule, finding.message) for finding in report.findings] == []


def test_each_pack_can_be_used_alone() -> None:
    for name in pack_names():
        assert load_facts([f"pack:{name}"]).entities


def test_they_hold_more_than_a_few() -> None:
    facts = packs()
    countries = [entity for entity in facts.entities_of("place") if any(facts.of(entity.id, "demonym"))]
    assert len(list(facts.entities_of("organization"))) > 50
    assert len(countries) > 200


def test_every_fact_has_a_source_that_was_checked() -> None:
    for fact in packs().facts:
        assert fact.source is not None, fact.id
        assert fact.source.title and fact.source.publisher and fact.source.url.startswith("http"), fact.source
        assert parse_iso(fact.source.checked).first, fact.source


def test_organizations_say_when_they_were_founded_and_how_many_belong() -> None:
    facts = packs()
    for entity in facts.entities_of("organization"):
        assert any(facts.of(entity.id, "founded")), entity.name
        assert (entity.name in UNCOUNTED) != bool(entity.nouns), entity.name
        for what, nouns in entity.nouns.items():
            assert nouns, (entity.name, what)
            assert any(facts.of(entity.id, f"count:{what}")), (entity.name, what)


@pytest.mark.parametrize(("name", "what"), COUNTS)
def test_counts_change_on_their_day(name: str, what: str) -> None:
    table = COUNTS[name, what]
    for first, number in table.items():
        day = date.fromisoformat(first)
        assert count(name, what, day) == [(number, number)], (name, what, day)
    last = date.fromisoformat([*table][-1])
    for later in (last + timedelta(days=30), date(2026, 11, 23)):
        if name not in ("BRICS", "International Criminal Court"):
            assert count(name, what, later) == [(table[last.isoformat()],) * 2], (name, what, later)


# Changes whose day is known: the day before still has the number before.
EXACT = [
    "NATO", "EU", "eurozone", "Schengen Area", "UN", "ASEAN", "OECD", "SCO", "IMF", "World Bank", "Interpol",
    "Visegrad Group",
]  # fmt: skip


@pytest.mark.parametrize("name", EXACT)
def test_the_day_before_has_the_number_before(name: str) -> None:
    table = COUNTS[name, "members"]
    days = [*table]
    for before, after in pairwise(days):
        assert count(name, "members", date.fromisoformat(after) - timedelta(days=1)) == [(table[before],) * 2]


@pytest.mark.parametrize(("name", "what", "day", "low", "high"), EITHER)
def test_both_ways_to_count_are_right(name: str, what: str, day: str, low: int, high: int) -> None:
    assert count(name, what, date.fromisoformat(day)) == [(low, high)]


@given(st.dates(date(1990, 1, 1), date(2026, 11, 23)), st.data())
def test_a_count_has_at_most_one_value_on_a_day(day: date, data: st.DataObject) -> None:
    facts = packs()
    entity = data.draw(st.sampled_from([one for one in facts.entities_of("organization") if one.nouns]))
    for what in entity.nouns:
        assert len(count(entity.name, what, day)) <= 1


def test_counts_have_no_gap_once_they_begin() -> None:
    facts = packs()
    for entity in facts.entities_of("organization"):
        for what in entity.nouns:
            every = [fact.holds.possible for fact in facts.of(entity.id, f"count:{what}")]
            spans = sorted(every, key=lambda period: period.first or date.min)
            for one, other in pairwise(spans):
                assert one.last and other.first and (other.first - one.last).days <= 1, (entity.name, what, one, other)


def test_the_permanent_five() -> None:
    found = packs().of(named("UN Security Council").id, "permanent member")
    assert [fact.value for fact in found] == ["China", "France", "Russia", "United Kingdom", "United States"]


def test_members_stand_under_a_name_that_the_packs_know() -> None:
    facts = packs()
    known = {name for entity in facts.entities for name in (entity.name, *entity.aliases)}
    for fact in facts.facts:
        if fact.attribute == "member":
            assert fact.value in known, fact.id


def test_every_member_of_the_united_nations_is_a_country_with_a_capital() -> None:
    facts = packs()
    today = Period(date(2026, 11, 23), date(2026, 11, 23))
    places = {entity.name: entity for entity in facts.entities_of("place")}
    _, members = facts.about(named("UN").id, "member", today)
    assert len(members) == 193
    for member in members:
        country = places[str(member.value)]
        assert any(facts.of(country.id, "capital")), country.name
        assert any(facts.of(country.id, "demonym")), country.name


def test_a_capital_that_stands_for_itself_knows_its_country() -> None:
    facts = packs()
    for fact in facts.facts:
        if fact.attribute == "capital_of":
            assert fact.value in {place.name for place in facts.entities_of("place")}, fact.id


@pytest.mark.parametrize(
    ("country", "day", "capital"),
    [
        ("Kazakhstan", "1995-06-01", "Almaty"),
        ("Kazakhstan", "2021-06-01", "Astana"),
        ("Nigeria", "1990-06-01", "Lagos"),
        ("Nigeria", "2000-06-01", "Abuja"),
        ("Palau", "2010-01-01", "Ngerulmud"),
    ],
)
def test_capitals_move(country: str, day: str, capital: str) -> None:
    _, found = packs().about(named(country).id, "capital", parse_iso(day))
    assert [fact.value for fact in found] == [capital]


@pytest.mark.parametrize(
    ("name", "former", "last_right", "first_wrong"),
    [
        ("Eswatini", "Swaziland", "2018-04-18", "2018-04-20"),
        ("North Macedonia", "Macedonia", "2019-02-12", "2019-02-13"),
        ("Congo", "Zaire", "1997-05-17", "1997-05-18"),
        ("Astana", "Nur-Sultan", "2022-09-16", "2022-09-18"),
        ("Kyiv", "Kiev", "2020-06-01", "2021-01-01"),
    ],
)
def test_former_names_are_right_until_they_changed(name: str, former: str, last_right: str, first_wrong: str) -> None:
    entity = named(name)
    assert former in entity.former and former not in entity.wrong
    facts = [fact for fact in packs().of(entity.id, "former name") if fact.value == former]
    assert facts[0].holds.possible.meets(parse_iso(last_right))
    assert not facts[0].holds.possible.meets(parse_iso(first_wrong))


def test_both_names_of_some_countries_are_right() -> None:
    for one, other in [
        ("Czech Republic", "Czechia"),
        ("Ivory Coast", "Côte d'Ivoire"),
        ("East Timor", "Timor-Leste"),
        ("Myanmar", "Burma"),
        ("Cape Verde", "Cabo Verde"),
        ("Turkey", "Türkiye"),
    ]:
        assert other in named(one).aliases


def test_wrong_forms_are_nobodys_names_and_no_words_of_a_name() -> None:
    facts = packs()
    people = {entry.partition(":")[0] for entry in list_entries("people-names.txt")}
    # A wrong form may differ from the right one by its diacritics alone.
    right = {name.casefold() for entity in facts.entities for name in (entity.name, *entity.aliases, *entity.former)}
    for entity in facts.entities:
        for wrong in entity.wrong:
            assert wrong.casefold() not in right, wrong
            assert fold(wrong) not in people - {"isreal"}, wrong  # a rare given name, a frequent slip


def test_no_right_name_is_a_word_in_lower_case() -> None:
    for entity in packs().entities:
        for name in (entity.name, *entity.aliases):
            assert re.search("[A-Z]", name) or name in ("eurozone", "euro zone", "euro area", "euro-zone", "euro-area")
