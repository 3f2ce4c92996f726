"""Misspelt words, and those that only look so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlint import words
from factlint.checks import spelling
from factlint.facts.model import Facts
from factlint.mentions import Reading
from factlint.readers.plain import read_plain
from factlint.source import Source


def find(text: str, *, least: float = 0.9, allowed: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    reading = Reading(read_plain(Source("t.txt", text)), Facts())
    return [
        (reading.document.text[problem.at.start : problem.at.end], problem.suggestions[0])
        for problem in spelling.words_are_spelt_rightly(reading, allowed=list(allowed))
        if problem.confidence >= least
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The goverment left.", [("goverment", "government")]),
        ("They acheived it, and recieved more.", [("acheived", "achieved"), ("recieved", "received")]),
        ("A master teachs.", [("teachs", "teaches")]),
        ("The mayor tidys up.", [("tidys", "tidies")]),
        ("The Parliament met; later Parlament left.", [("Parlament", "Parliament")]),
        ("Their “goverment” fell.", [("goverment", "government")]),
    ],
)
def test_misspelt(text: str, expected: list[tuple[str, str]]) -> None:
    assert find(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Their goverment [sic] fell, and their goverment (sic) rose.",
        "Josh Hendler and Scott Modell of Goverment Street met.",
        "See www.goverment.example, @goverment and goverment.example.",
        "Colour, color, organise, organize, travelled, traveled, jewellery, jewelry, judgement, gray.",
        "Le gouvernement a recu une adresse de la part du comité et des membres qui ont vecu ici.",
        "The modus operandi of a coup d'état.",
        "He spoke of goverment goverment goverment goverment as a brand.",
    ],
)
def test_quiet(text: str) -> None:
    assert find(text) == []


def test_allowed_words() -> None:
    assert find("The goverment left.", allowed=("goverment",)) == []


def test_a_play_on_a_word_is_doubtful() -> None:
    text = "An utterly, utterly nutterly spread."
    assert find(text) == []
    assert find(text, least=0.5) == [("nutterly", "utterly")]


def test_unknown_words() -> None:
    reading = Reading(read_plain(Source("t.txt", "They blorf, and blorf again, in Snurgle with livestreams.")), Facts())
    (problem,) = spelling.words_are_known(reading, allowed=[])
    assert reading.document.text[problem.at.start : problem.at.end] == "blorf"
    assert not list(spelling.words_are_known(reading, allowed=["blorf"]))


COMMON = sorted(word for word in words.common_words() if len(word) > 3)


@given(st.sampled_from(COMMON))
def test_words_of_the_dictionary_are_right(word: str) -> None:
    assert find(f"They saw {word} and {word.capitalize()} there.", least=0.0) == []


@given(st.text(max_size=40))
def test_anything_can_be_read(text: str) -> None:
    find(text)
