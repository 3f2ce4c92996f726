"""Misspelt words, and those that only look so."""

from __future__ import annotations

import re

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


@given(st.lists(st.text("abc", min_size=7, max_size=9)), st.lists(st.text("abc", min_size=5, max_size=10)))
def test_what_is_one_off_is_found_by_its_halves(strange: list[str], others: list[str]) -> None:
    found = spelling._one_off(strange, others)
    assert {(word, other) for word in found for other in found[word]} == {
        (word, other) for word in strange for other in others if spelling._is_one_off(word, other)
    }


ARTICLE = re.compile(r"(?<![\w.'’&/-])[Aa](n?) (?=([a-z]{2,})\b(?!['.]\w))")
ARTICLES = st.sampled_from(
    ["a", "an", "A", "An", "a-", "-an", ".a", " ", "  ", "hour", "old", "unit", "uses", "house", "x", "’", "\n", "“"]
)


@given(st.lists(ARTICLES).map(" ".join))
def test_articles_that_are_not_looked_at_fit(text: str) -> None:
    heard, written = ("hour", "hon"), ("uni", "use", "one")
    looked_at = [match.span(0) for pattern in spelling._articles(heard, written) for match in pattern.finditer(text)]
    for match in ARTICLE.finditer(text):
        word = match[2]
        vowel = word.startswith(heard) or (word[0] in "aeiou" and not word.startswith(written))
        assert match.span() in looked_at or vowel == bool(match[1])


ORDINALS = st.sampled_from(("21th", "19-th", "2nd", "3rd", "4-m", "5", "-", ".", "x", " ", "(", "12nd", "6-th-7"))


@given(st.lists(ORDINALS).map("".join))
def test_ordinals_are_found_wherever_they_stand(text: str) -> None:
    reading = Reading(read_plain(Source("t.txt", text)), Facts())
    found = [problem.at.start for problem in spelling.ordinals_are_written_rightly(reading, foreign=["m"])]
    plain = reading.document.plain
    matches = spelling._ORDINAL.finditer(plain)
    assert found == [match.start() for match in matches if spelling._right_ordinal(match, ["m"])]


PHRASES = [
    ["more then", "more than"],
    ["their is", "there is"],
    ["in it's", "in its"],
    ["of there own", "of their own"],
]
PARTS = st.sampled_from(("more", "More", "then", "their", "is", "in", "it's", "of", "there", "own", ".", "\n"))


@given(st.lists(PARTS), st.sampled_from((" ", " ", "")))
def test_confused_words_are_found_wherever_they_stand(parts: list[str], between: str) -> None:
    text = between.join(parts)
    reading = Reading(read_plain(Source("t.txt", text)), Facts())
    found = [problem.at.start for problem in spelling.words_are_not_confused(reading, phrases=PHRASES)]
    wrong = "|".join(f"[{first[0]}{first[0].upper()}]{first[1:]}" for first, _ in PHRASES)
    assert found == [match.start() for match in re.finditer(rf"\b(?:{wrong})\b", reading.document.plain)]
