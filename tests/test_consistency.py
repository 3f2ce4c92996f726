"""Two forms of one thing are found at the rarer one, with the counts of both; speech and names do not count."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlint.checks import consistency
from factlint.facts.model import Facts
from factlint.findings import Problem
from factlint.mentions import Reading
from factlint.readers.plain import read_plain
from factlint.rules import load_rules
from factlint.source import Source

RULES = {rule.id: rule for rule in load_rules()}
KINDS = ("form", "compound", "spelling", "date-order", "amount", "decade")


def find(rule: str, text: str) -> list[Problem]:
    return list(RULES[f"consistency/{rule}"].find(Reading(read_plain(Source("t.txt", text)), Facts())))


def spans(rule: str, text: str) -> list[str]:
    return [text[problem.at.start : problem.at.end] for problem in find(rule, text)]


@pytest.mark.parametrize(
    "text",
    [
        "The US envoy met the US army. “The U.S. army,” she said.",
        "The envoy of the U.S. sued Norrlink US Inc. over a ferry.",
        "See us.example and u.s.example, not the US.",
        "They re-sign the papers and then resign.",
        "A long-term plan for the long term.",
        "He came forth on the fourth day, mourning in the morning.",
        "The tour of the torn tower, a call to the caller who filled the file.",
        "It opened on 1 July and closed on 3 August 2020. He may 6 times try.",
        "It cost $20 and weighed 30 pounds. “I paid 30 dollars,” she said.",
        "The 1970s were 1970's best years.",
    ],
)
def test_right_ones(text: str) -> None:
    for kind in KINDS:
        assert spans(kind, text) == []


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("form", "The U.S. won. The US won. The US lost.", ["U.S."]),
        ("form", "The Attorney General, the Attorney-General, the Attorney General.", ["Attorney-General"]),
        ("form", "The U.S. won. The US lost.", ["US"]),
        ("compound", "A cease-fire and a ceasefire and a ceasefire.", ["cease-fire"]),
        ("spelling", "The harbour is a harbor, the harbour.", ["harbor"]),
        ("spelling", "They travelled, traveled and traveled.", ["travelled"]),
        ("spelling", "They realise it, realize it, realising, realizing, realised.", ["realize", "realizing"]),
        ("spelling", "They analysed it and analyzed it. The centre and the center.", ["analyzed", "center"]),
        ("spelling", "The grey ferry, the gray crane and the grey hall.", ["gray"]),
        ("date-order", "On 1 July, on 2 July and on July 3.", ["July 3"]),
        ("amount", "It cost $20, and then 30 million dollars.", ["30 million dollars"]),
        ("decade", "It was built in the 1970's.", ["1970's"]),
    ],
)  # fmt: skip
def test_wrong_ones(rule: str, text: str, expected: list[str]) -> None:
    assert spans(rule, text) == expected


def test_counts_are_told() -> None:
    [problem] = find("form", "The U.S. won. The US won. The US lost.")
    assert problem.suggestions == ("US",)
    assert (problem.words["count"], problem.words["usual_count"]) == ("1", "2")
    assert problem.related[0].at.start == 18


def test_at_most_three_are_told() -> None:
    text = "The U.S. won. " * 5 + "The US won. " * 6
    assert len(find("form", text)) == 3


@given(st.lists(st.sampled_from(["US", "U.S.", "cease-fire", "ceasefire", "color", "colour", "1 May", "May 2", "$5"])))
def test_the_usual_form_is_never_found(parts: list[str]) -> None:
    text = "The " + " and the ".join(parts) + "."
    for kind in KINDS:
        problems = find(kind, text)
        assert problems == sorted(problems, key=lambda problem: problem.at)
        for problem in problems:
            assert text[problem.at.start : problem.at.end] not in problem.suggestions


@given(st.text("aU.@#&/-_ 1é", max_size=6), st.booleans(), st.text("aU.@#&/-_ 1é", max_size=6))
def test_a_form_that_stands_alone(before: str, undotted: bool, after: str) -> None:
    stop = r"\." if undotted else r"\.\w"
    form = re.compile(rf"(?<![\w.@#&/-])US(?![\w&/-]|{stop}|@)")
    text, at = f"{before}US{after}", len(before)
    assert consistency._stands_alone(text, at, at + 2, undotted) == (form.match(text, at) is not None)


AMOUNTS = st.sampled_from(
    ("5", "1,000", ".5", " ", " million", " thousand", " dollars", "a", ".", ",", "$", "x dollars")
)


@given(st.lists(AMOUNTS).map("".join))
def test_amounts_are_found_before_their_word(text: str) -> None:
    _, pattern = consistency._amounts("$", "dollars")
    places = [match.start() for match in re.finditer(r"\bdollars\b", text)]
    matches = [consistency._amount_before(text, at, at + len("dollars"), pattern) for at in places]
    assert [match.span() for match in matches if match] == [match.span() for match in pattern.finditer(text)]
