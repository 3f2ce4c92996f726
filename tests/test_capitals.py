"""Capitals inside sentences, small letters at their beginning, names and titles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlint.checks import capitals
from factlint.facts.model import Facts
from factlint.mentions import Reading
from factlint.readers.plain import read_plain
from factlint.rules import load_rules
from factlint.source import Source

RULES = {rule.id: rule for rule in load_rules()}
KINDS = ("inside-sentence", "small-start", "small-name", "half-title")
LONG = "The harbour board met on Monday and spoke for hours about the old ferry. "


def find(rule: str, text: str) -> list[tuple[str, str, bool]]:
    """The text, the first suggestion and whether it is sure, of all that a rule finds."""
    reading = Reading(read_plain(Source("t.txt", text)), Facts())
    said = reading.document.text
    return [
        (said[problem.at.start : problem.at.end], problem.suggestions[0], problem.confidence >= 0.9)
        for problem in RULES[f"capitals/{rule}"].find(reading)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The ferry of the Harbour Board sailed to Iceland on Monday.",
        "She read the novel What She Said, and he saw Cats in town.",
        "How to Become a Captain in Twelve Months or Less Than That",
        "The iPhone was on sale. iPhone sales rose.",
        "It cost approx. the same, i.e. ten crowns, etc. and so on.",
        "The owner said: the ferry is old.",
        "They met Foreign Minister Kaldor and the foreign minister of Norway.",
        "Prime minister or not, he was late. “Foreign minister,” she said.",
        "They march in march step with the polish of old china.",
        "Write to info@iceland.example, see iceland.example/english or #monday.",
        "Hepatitis A and vitamin C and plan B were named in the report of the board.",
        "He works for the Department of State and reads The Economist at home.",
    ],
)
def test_right_ones(text: str) -> None:
    for kind in KINDS:
        assert find(kind, LONG + "\n\n" + text) == []


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("inside-sentence", "The owners of the ferry Decided to sell it in May.", [("Decided", "decided", True)]),
        ("inside-sentence", "The owners of the ferry They sold it in May.", [("They", "they", True)]),
        ("inside-sentence", "The owners of the ferry will Become poor in May.", [("Become", "become", True)]),
        (
            "inside-sentence",
            "It includes a Permit made by hand and another permit of the board.",
            [("Permit", "permit", False)],
        ),
        ("inside-sentence", "It has 27 Ministers from the towns of the coast.", [("Ministers", "ministers", False)]),
        ("small-start", LONG + "the ferry is old.", [("the", "The", True)]),
        ("small-start", LONG + "\n\nwhat next?", [("what", "What", False)]),
        (
            "small-name",
            "They sailed to norway in december.",
            [("norway", "Norway", True), ("december", "December", True)],
        ),
        ("small-name", "“They sailed to norway,” she said.", [("norway", "Norway", False)]),
        ("small-name", "When it rained i went home.", [("i", "I", True)]),
        ("small-name", "They met mr Kaldor and dr. Brown.", [("mr", "Mr", True), ("dr", "Dr", True)]),
        ("small-start", LONG + "It was sold in 2019. the crane was not.", [("the", "The", True)]),
        ("half-title", "They met foreign Minister Kaldor.", [("foreign Minister", "Foreign Minister", True)]),
        ("half-title", "They met Foreign minister Kaldor.", [("Foreign minister", "Foreign Minister", False)]),
    ],
)
def test_wrong_ones(rule: str, text: str, expected: list[tuple[str, str, bool]]) -> None:
    assert sorted(find(rule, text)) == sorted(expected)


def test_crossheads_in_long_paragraphs_are_doubtful() -> None:
    text = LONG * (capitals.LONG // len(LONG) + 1) + "The owners of the ferry They sold it in May."
    [(word, _, sure)] = find("inside-sentence", text)
    assert (word, sure) == ("They", False)


@given(st.text(alphabet="the Decided We. foreign Minister norway\n“”’,?", max_size=80))
def test_any_text(text: str) -> None:
    reading = Reading(read_plain(Source("t.txt", text)), Facts())
    for kind in KINDS:
        for problem in RULES[f"capitals/{kind}"].find(reading):
            said = reading.document.text[problem.at.start : problem.at.end]
            assert said.lower() == problem.suggestions[0].lower()
            assert said != problem.suggestions[0]
