"""Words, phrases, clauses and passages that stand twice; what is doubled on purpose is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlint.checks import repetition
from factlint.facts.model import Facts
from factlint.findings import Problem
from factlint.library import check_text
from factlint.mentions import Reading
from factlint.readers.plain import read_plain
from factlint.rules import load_rules
from factlint.source import Source

RULES = {rule.id: rule for rule in load_rules()}
KINDS = ("doubled-word", "doubled-phrase", "doubled-clause", "passage")


def find(rule: str, text: str) -> list[Problem]:
    return list(RULES[f"repetition/{rule}"].find(Reading(read_plain(Source("t.txt", text)), Facts())))


def sure(rule: str, text: str) -> list[str]:
    return [text[problem.at.start : problem.at.end] for problem in find(rule, text) if problem.confidence >= 0.9]


@pytest.mark.parametrize(
    "text",
    [
        "The owner said that that crane had had its day.",
        "Duran Duran sailed to Bora Bora with Ke Ke and Mary Hyde Hyde has a ferry.",
        "It was very very cold, and no no, never never land.",
        "They checked in in March and logged on on Monday.",
        "He sang la la la, ha ha, bye bye.",
        "The third-party party, an in-fighting fighting crew.",
        "New York, New York, again and again and again.",
        "It goes from port to port, day by day by day.",
        "The crane was sold. The crane was sold.",
    ],
)
def test_doubled_on_purpose(text: str) -> None:
    for kind in KINDS:
        assert sure(kind, text) == []


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("doubled-word", "The owners of the the ferry left.", ["the the"]),
        ("doubled-word", "The owners of the\nthe ferry left.", ["the\nthe"]),
        ("doubled-word", "The the owners left.", ["The the"]),
        ("doubled-word", "“[T]o To win it takes time,” she said.", ["[T]o To"]),
        ("doubled-word", "They agreed to “to win.”", ["to “to"]),
        ("doubled-word", "On Monday Monday it sailed.", ["Monday Monday"]),
        ("doubled-phrase", "The owners of the of the ferry left.", ["of the of the"]),
        ("doubled-clause", "It was sold at noon, it was sold at noon.", ["It was sold at noon, it was sold at noon"]),
    ],
)  # fmt: skip
def test_doubled_by_mistake(rule: str, text: str, expected: list[str]) -> None:
    assert sure(rule, text) == expected


def test_a_paragraph_pasted_twice() -> None:
    paragraph = "The harbour board met on Monday and spoke for hours about the old ferry."
    text = f"{paragraph}\n\n{paragraph}\n\nIt was sold."
    [problem] = find("passage", text)
    assert problem.confidence >= 0.9
    assert problem.at.start == len(paragraph) + 2
    assert problem.related[0].at.start == 0


def test_a_sentence_that_stands_again_at_once() -> None:
    sentence = "The harbour board met on Monday and spoke for hours about the old ferry."
    assert [problem.confidence >= 0.9 for problem in find("passage", f"{sentence} {sentence} It was sold.")] == [True]
    assert [problem.confidence >= 0.9 for problem in find("passage", f"{sentence} It rained. {sentence}")] == [False]


WORDS = st.lists(
    st.sampled_from(["ferry", "crane", "owner", "sold", "old", "late", "wood"]), min_size=3, max_size=8, unique=True
)


@given(WORDS, st.integers(0, 7), st.sampled_from(["the", "of", "and", "with", "they", "was"]))
def test_any_doubled_word_is_found_and_mended(words: list[str], place: int, word: str) -> None:
    place = min(place, len(words) - 1)
    text = " ".join(["Today", *words[:place], word, word, *words[place:]]) + "."
    [problem] = find("doubled-word", text)
    assert problem.fix is not None
    assert problem.fix.safe
    [edit] = problem.fix.edits
    mended = text[: edit.at.start] + edit.text + text[edit.at.end :]
    assert mended == " ".join(["Today", *words[:place], word, *words[place:]]) + "."
    assert find("doubled-word", mended) == []


@pytest.mark.parametrize(("again", "found"), [("one", 1), ("two", 0)])
def test_a_clause_with_other_code_is_another(again: str, found: int) -> None:
    text = f"It was set, the flag with a value of `one`, the flag with a value of `{again}`, as it was.\n"
    findings = [one for one in check_text(text, name="a.md") if one.rule == "repetition/doubled-clause"]
    assert len(findings) == found


def test_a_tab_parts_columns_but_no_word_that_nobody_doubles() -> None:
    findings = check_text("The rows are apt\tapt, and it was the\tthe end of it all.\n")
    assert [one.text for one in findings if one.rule == "repetition/doubled-word"] == ["the\tthe"]


@given(st.lists(st.sampled_from(["the", "The", "été", "in", "a", " ", " ", " ", "\n", '"', "“", "'", "-", ".", "ſ"])))
def test_what_finds_doubled_words_soon_finds_all_of_them(parts: list[str]) -> None:
    text = "".join(parts)
    found = [match.regs for match in repetition._doubled(text)]
    assert found == [match.regs for match in repetition._DOUBLED.finditer(text)]
