"""Pieces of sentences are found where they stand; whole ones, speech, headings and style are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlint.checks import sentences
from factlint.facts.model import Facts
from factlint.mentions import Reading
from factlint.readers.plain import read_plain
from factlint.rules import load_rules
from factlint.source import Source

RULES = {rule.id: rule for rule in load_rules()}
BEFORE = "The harbour board met on Monday and spoke for hours about the old ferry and its crew. "
KINDS = ("no-verb", "no-subject", "question-order", "no-main-clause", "stump", "broken-off")


def reading_of(text: str) -> Reading:
    return Reading(read_plain(Source("t.txt", text)), Facts())


def find(rule: str, text: str) -> list[tuple[str, float]]:
    reading = reading_of(text)
    return [
        (reading.document.text[problem.at.start : problem.at.end], problem.confidence)
        for problem in RULES[f"sentences/{rule}"].find(reading)
    ]


def found(text: str) -> set[str]:
    """The kinds of pieces that a text holds."""
    return {kind for kind in KINDS if find(kind, text)}


@pytest.mark.parametrize(
    "text",
    [
        "Not so fast. The crane is old.",
        "No ferry, no trade. That is how it is.",
        "In May it sailed again. By then the crane had been sold.",
        "For the crew it was a long day.",
        "Founded in 1890, it is the oldest of the coast.",
        "Asked about the crane, the owner laughed.",
        "Armed with tools, the crew went to work.",
        "Repairing the crane took a year.",
        "Spending rose in May.",
        "Let the crane rest. Put the tools away. Read on. Take the ferry at noon.",
        "Is it safe? Has the owner paid? Does he care?",
        "Had he known, he would have sold it. Were it not for the crew, he would. Should you come, call.",
        "Will Turner left. May Brown stayed. Rose Hill is near.",
        "Although it rained, they sailed. Given the rain, they stayed. Which ferry was it?",
        "“For the crew,” she said. “Is old. Was closed.”",
        "Displaced families were housed in the hall. Armed men guarded the gate.",
        "They spoke of what they have. The others did what they could. That is what they were.",
    ],
)
def test_whole_ones_are_left_alone(text: str) -> None:
    assert found(BEFORE + text) == set()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("For the crew of the old ferry.", "no-verb"),
        ("And a ban on the use of the old crane.", "no-verb"),
        ("Including the crew of the ferry.", "no-verb"),
        ("Citing repeated faults of the crane.", "no-verb"),
        ("To be paid for by the owners.", "no-verb"),
        ("Warned of faults in the crane.", "no-subject"),
        ("Rejected the offer of the owners.", "no-subject"),
        ("Went to the old harbour at night.", "no-subject"),
        ("Was built of oak.", "no-subject"),
        ("Announced that the crane was sold.", "no-subject"),
        ("Has the owner paid for it.", "question-order"),
        ("Can he sell it.", "question-order"),
        ("Whereas the crane is new.", "no-main-clause"),
        ("Which was built of oak.", "no-main-clause"),
        ("Was.", "stump"),
        ("Will be", "stump"),
        ("They spoke of the. Ferry was late.", "broken-off"),
    ],
)
def test_pieces_are_found(text: str, kind: str) -> None:
    assert found(BEFORE + text) == {kind}


def test_two_pieces_in_a_row_are_surer() -> None:
    [(_, alone)] = find("no-verb", BEFORE + "For the crew of the ferry. It sailed.")
    [(_, beside)] = find("no-verb", BEFORE + "Warned of faults in the crane. For the crew of the ferry.")
    assert alone < 0.9 <= beside


def test_an_auxiliary_before_a_piece_is_surer() -> None:
    [(_, alone)] = find("broken-off", BEFORE + "The owners each have. Nobody else has one.")
    [(_, beside)] = find("broken-off", BEFORE + "The owners each have. Warned of faults in the crane.")
    assert alone < 0.9 <= beside


def test_headings_items_and_captions_are_left_alone() -> None:
    assert found("Closed for winter\n\nWarned of faults.\n\n- For the crew.\n- Of the ferry.") == set()


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("went", "past"), ("said", "both"), ("given", "participle"), ("warned", "ed"), ("agreed", "ed"),
        ("need", "base"), ("running", "ing"), ("becomes", "finite"), ("decide", "finite"), ("plans", "s"),
        ("plan", "base"), ("harbour", "base"), ("the", ""), ("string", "base"), ("red", ""), ("is", "finite"),
    ],
)  # fmt: skip
def test_forms(word: str, form: str) -> None:
    assert sentences.form_of(word) == form


def test_missing_end_marks() -> None:
    whole = BEFORE + "It sailed at noon."
    cut = BEFORE + "It sailed again after the long winter at"
    text = f"{whole}\n\n{cut}\n\n{whole}\n\n{whole}"
    rule = RULES["punctuation/missing-end-mark"]
    [problem] = rule.find(reading_of(text))
    assert text[problem.at.start : problem.at.end] == "at"
    assert list(rule.find(reading_of(f"{whole}\n\n{whole}\n\n{whole}"))) == []


@given(st.text(alphabet='The crane is. Was\n“”"’, and', max_size=80))
def test_any_text(text: str) -> None:
    reading = reading_of(BEFORE + text)
    for kind in KINDS:
        for problem in RULES[f"sentences/{kind}"].find(reading):
            assert 0 <= problem.at.start < problem.at.end <= len(reading.document.text)


@given(st.lists(st.sampled_from(["It sailed.", "The crew was paid.", "He said so.", "They have it."]), min_size=1))
def test_whole_sentences_in_any_order(parts: list[str]) -> None:
    assert found(BEFORE + " ".join(parts)) == set()


FIRST = [
    "is",
    "will",
    "and",
    "in",
    "although",
    "such",
    "which",
    "given",
    "died",
    "warned",
    "set",
    "citing",
    "the",
    "tom",
]
REST = ["as", "that", "of", "the", "he", "was", "been", "also", "Maria", "to", "wins", "early,", "and", "not", "begin"]


@given(st.sampled_from(FIRST), st.lists(st.sampled_from(REST), min_size=1, max_size=7))
def test_the_first_sentence_of_a_block_has_only_lost_what_its_first_word_tells(first: str, rest: list[str]) -> None:
    text = f"{first.capitalize()} {' '.join(rest)}."
    begun = sentences._begun_by(first.capitalize())
    kind = sentences._kind(text, [word.lower() for word in sentences._WORD.findall(text)], "long" in begun)
    if kind is not None and kind[0] in ("turned", "subjectless"):
        assert "lost" in begun
