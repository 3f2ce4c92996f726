"""Titles, tags and posts beside names, held against dated roles."""

from __future__ import annotations

import re

import pytest

from factlint.checks import roles, tags, titles
from factlint.facts.model import Entity, Fact, Facts, Role, Site
from factlint.mentions import Reading
from factlint.source import Block, Document, Piece, Source, Span
from factlint.times import Lifetime, parse_iso

SITE = Site("facts.yaml", 1)
Held = tuple[str, str, str, str]  # title, of, from, until


def someone(name: str, *held: Held, **attributes: str) -> list[Entity | Fact]:
    identity = "people/" + name.lower().replace(" ", "-")
    found: list[Entity | Fact] = [Entity(identity, "person", name, SITE)]
    for number, (title, of, since, until) in enumerate(held):
        lifetime = Lifetime(parse_iso(since) if since else None, parse_iso(until) if until else None)
        bodies = tuple(of.split("|")) if of else ()
        found.append(Fact(f"{identity}/{number}", identity, "role", Role(title, (), bodies), lifetime, SITE))
    for key, value in attributes.items():
        found.append(Fact(f"{identity}/{key}", identity, key, value, Lifetime(), SITE))
    return found


FACTS = [
    *someone("Antony Blinken", ("Secretary of State", "United States", "2021-01-26", "2025-01-20")),
    *someone("Wendy Sherman", ("Deputy Secretary of State", "United States", "2021-04-14", "2023-07-28")),
    *someone("Julie Smith", ("Ambassador to NATO", "United States", "2021-11-20", "2024-11")),
    *someone("Dmytro Kuleba", ("Foreign Minister", "Ukraine", "2020-03-04", "2024-09-05")),
    *someone("Ada Byron", ("chief executive", "Difference League", "", "")),
    *someone("Mary Fairfax", ("Senator", "TX", "2009-01-03", "2021-01-03"), party="Republican"),
    *someone("Rose Wilder", ("Mayor", "Springfield", "2020-01-01", "2023-12-31")),
    *someone("Nan Marsh"),
]


def reading(text: str, date: str = "2022-01-09") -> Reading:
    facts = Facts(
        entities=tuple(one for one in FACTS if isinstance(one, Entity)),
        facts=tuple(one for one in FACTS if isinstance(one, Fact)),
    )
    blocks = tuple(Block("paragraph", Span(match.start(), match.end())) for match in re.finditer(r"[^\n]+", text))
    return Reading(Document(Source("t", text), (Piece(text, Span(0, len(text))),), blocks, parse_iso(date)), facts)


def verdicts(text: str, date: str = "2022-01-09") -> list[tuple[str, str]]:
    return [
        (found.judgement.verdict.value, text[found.judgement.at.start : found.judgement.at.end])
        for found in titles.judge_titles(reading(text, date))
        if found.judgement.sure >= 0.5
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Secretary of State Antony Blinken said so.",
        "Antony Blinken, the US secretary of state, said so.",
        "Antony Blinken, the American secretary of state, said so.",
        "The secretary of state, Antony Blinken, said so.",
        "Antony Blinken is the secretary of state of the United States.",
        "Ukrainian Foreign Minister Dmytro Kuleba said so.",
        "Ukraine's foreign minister, Dmytro Kuleba, said so.",
        "The foreign minister of Ukraine, Dmytro Kuleba, said so.",
        "Ukraine's minister of foreign affairs, Dmytro Kuleba, said so.",
        "US ambassador to NATO, Julie Smith, said so.",
        "Deputy Secretary Wendy Sherman said so.",
        "An aide to President Nan Marsh met author Ada Byron.",
        "Ada Byron, CEO of the Difference League, said so.",
        "Ada Byron, chief executive officer of the DL, said so.",
        "Antony Blinken, a father of two, said so.",
        "Secretary of State-designate Antony Blinken said so.",
        "Senator Mary Fairfax (R-Texas) said so.",
        "Antony Blinken, Senator Mary Fairfax and others said so.",
        "The former mayor's friend Antony Blinken said so.",
    ],
)
def test_right(text: str) -> None:
    date = "2020-06-01" if "Senator" in text else "2022-01-09"
    assert verdicts(text, date) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Deputy Secretary of State Antony Blinken said so.", ("rank", "Deputy Secretary of State")),
        ("Secretary of State Wendy Sherman said so.", ("rank", "Secretary of State")),
        ("Russian Foreign Minister Dmytro Kuleba said so.", ("body", "Russian")),
        ("Defense Minister Dmytro Kuleba said so.", ("rank", "Defense Minister")),
        ("Ada Byron, the chief executive of the Analytical Society, said so.", ("body", "Analytical Society")),
        ("Former Secretary of State Antony Blinken said so.", ("still", "Former Secretary of State")),
        ("Rep. Mary Fairfax said so.", ("rank", "Rep")),
    ],
)
def test_wrong(text: str, expected: tuple[str, str]) -> None:
    date = "2020-06-01" if "Fairfax" in text else "2022-01-09"
    assert verdicts(text, date) == [expected]


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        ("Rose Wilder is the mayor of Springfield.", "2022-01-09", []),
        ("Rose Wilder is the mayor of Springfield.", "2024-01-01", [("ended", "mayor")]),
        ("Rose Wilder is the mayor of Springfield.", "2019-12-31", [("not yet", "mayor")]),
        ("Rose Wilder is the mayor of Springfield.", "2020-01-01", []),
        ("Rose Wilder is the mayor of Springfield.", "2023-12-31", []),
        ("Rose Wilder was the mayor of Springfield.", "2024-05-01", []),
        ("Rose Wilder was the mayor of Springfield in 2015.", "2024-05-01", [("not yet", "mayor")]),
        ("Rose Wilder, a former mayor of Springfield, left.", "2024-05-01", []),
        ("Rose Wilder, the mayor of Springfield, left.", "2024-05-01", [("ended", "mayor")]),
        ("Mayor-elect Rose Wilder left.", "2019-12-01", []),
        ("Rose Wilder, a candidate for mayor of Springfield, left.", "2019-10-01", []),
        ("Then-Mayor Rose Wilder left.", "2022-05-01", []),
    ],
)
def test_time(text: str, date: str, expected: list[tuple[str, str]]) -> None:
    assert verdicts(text, date) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sen. Mary Fairfax (R-Texas) spoke.", []),
        ("Sen. Mary Fairfax (R-Tex.) spoke.", []),
        ("Sen. Mary Fairfax, R-TX, spoke.", []),
        ("Sen. Mary Fairfax of Texas spoke.", []),
        ("Sen. Mary Fairfax of the Senate spoke.", []),
        ("Sen. Mary Fairfax (D-Texas) spoke.", [("party", "D", "R")]),
        ("Sen. Mary Fairfax (R-Ariz.) spoke.", [("state", "Ariz", "Tex.")]),
        ("Sen. Mary Fairfax of New Mexico spoke.", [("state", "New Mexico", "Texas")]),
        ("Sen. Mary Fairfax, R-AZ, spoke.", [("state", "AZ", "TX")]),
        ("Sen. Mary Fairfax (born 1950) spoke.", []),
    ],
)
def test_tags(text: str, expected: list[tuple[str, str, str]]) -> None:
    judged = tags.judge_tags(reading(text, "2020-01-01"))
    assert [(tag.kind, text[tag.at.start : tag.at.end], tag.right) for tag in judged] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nan Marsh, the mayor of Springfield, left.", [("Nan Marsh, the mayor", "Rose Wilder")]),
        ("Ukrainian Foreign Minister Nan Marsh left.", [("Foreign Minister Nan Marsh", "Dmytro Kuleba")]),
        ("Former Mayor Nan Marsh left.", []),
        ("Nan Marsh, the mayor of Shelbyville, left.", []),
        ("Rose Wilder, the mayor of Springfield, left.", []),
        ("Nan Marsh was the mayor of Springfield.", []),
    ],
)
def test_holders(text: str, expected: list[tuple[str, str]]) -> None:
    found = [
        (text[one.at.start : one.at.end], one.suggestions[0])
        for one in roles.posts_are_held(reading(text))
        if one.confidence >= 0.5
    ]
    assert found == expected


def test_problems_cite_the_role() -> None:
    text = "Rose Wilder is the mayor of Springfield."
    (problem,) = titles.titles_agree(reading(text, "2024-05-01"), verdicts=["ended"])
    assert problem.suggestions == ("former Mayor",)
    assert problem.words["until"] == "2023-12-31"
    assert problem.facts[0].says == "Mayor of Springfield: Rose Wilder"
    assert not list(titles.titles_agree(reading(text, "2024-05-01"), verdicts=["rank"]))


def test_no_names_no_work() -> None:
    assert list(titles.titles_agree(reading("Nothing known here."), verdicts=["rank"])) == []


@pytest.mark.parametrize(
    "text",
    [
        "A dispute with Antony Blinken, the foreign minister said.",
        "Democratic predecessors of Republican Sen. Mary Fairfax left.",
        "The Democratic president's guest, Mary Fairfax, left.",
        "Mary Fairfax, a member of the Democratic Leadership Council, left.",
    ],
)
def test_what_describes_somebody_else(text: str) -> None:
    assert verdicts(text, "2020-01-01") == []
    assert list(tags.judge_tags(reading(text, "2020-01-01"))) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Democratic Sen. Mary Fairfax spoke.", "Republican"),
        ("Mary Fairfax, a Democratic senator from Texas, spoke.", "Republican"),
        ("Texas Democratic Sen. Mary Fairfax spoke.", "Republican"),
    ],
)
def test_party_in_a_title(text: str, right: str) -> None:
    assert [tag.right for tag in tags.judge_tags(reading(text, "2020-01-01"))] == [right]


def test_an_ambassador_to_another_body() -> None:
    assert verdicts("Julie Smith, US ambassador to the United Nations, spoke.") == [("body", "United Nations")]
    assert verdicts("Julie Smith, US ambassador to NATO, spoke.") == []
