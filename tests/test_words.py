"""What English looks like: words, sentences, quotations."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlint import vocabulary, words
from factlint.readers.plain import read_plain
from factlint.source import Source, Span


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in words.find_sentences(text, Span(0, len(text)))]


def quotations(text: str) -> list[str]:
    document = read_plain(Source("t.txt", text))
    return [document.text[span.start : span.end] for span in words.find_quotations(document)]


def test_frequency_is_zipf() -> None:
    assert words.frequency("the") > words.frequency("former") > words.frequency("zygote") > 0
    assert words.frequency("thenarrow") == 0.0
    assert words.frequency("color") > 4
    assert words.frequency("café") > 0


@pytest.mark.parametrize("word", ["the", "ministers", "organise", "organize", "zygote", "livestream", "fiancée"])
def test_words(word: str) -> None:
    assert words.is_word(word)


@pytest.mark.parametrize("word", ["xylofone", "goverment", "putin", "", "a b", "the:", "The"])
def test_no_words(word: str) -> None:
    assert not words.is_word(word)
    assert not words.is_common(word)


def test_rare_words_are_words_but_not_ordinary_ones() -> None:
    assert words.is_word("chabazite") and words.is_word("blinker")
    assert not words.is_common("chabazite") and not words.is_common("blinker")
    assert words.is_common("ministers")


def test_names() -> None:
    assert words.is_name("Monday")
    assert words.is_name("Zürich") or words.is_name("Paris")
    assert not words.is_name("paris")
    assert not words.is_name("Because")


def test_corrections() -> None:
    assert words.corrections("goverment") == ("government",)
    assert words.corrections("government") == ()
    assert words.corrections("") == ()


def test_no_misspelling_is_a_word() -> None:
    known = [entry.partition(":")[0] for entry in words.list_entries("misspellings.txt")]
    assert len(known) > 50_000
    assert not [spelling for spelling in known[::50] if words.is_word(spelling)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. They left.", ["It rained.", "They left."]),
        ("Dr. Ruiz met Gen. Osei on Jan. 5 in St. Gallen.", ["Dr. Ruiz met Gen. Osei on Jan. 5 in St. Gallen."]),
        ("He lives in the U.S. The house is old.", ["He lives in the U.S.", "The house is old."]),
        ("The U.S. Senate voted at 5 p.m. Friday.", ["The U.S. Senate voted at 5 p.m. Friday."]),
        ("“Is it late?” she asked. “No.” He left.", ["“Is it late?” she asked.", "“No.”", "He left."]),
        ("J. K. Ruiz and George W. Osei met.", ["J. K. Ruiz and George W. Osei met."]),
        ("See No. 5 and p. 7. No. It is late.", ["See No. 5 and p. 7.", "No.", "It is late."]),
        ("It costs 3.50 euros. And more…  But why?!  Yes!", ["It costs 3.50 euros.", "And more…", "But why?!", "Yes!"]),
        ("1. First point. 2. Second.", ["1. First point.", "2. Second."]),
        ("Jones & Co. The firm closed.", ["Jones & Co.", "The firm closed."]),
        ("He was born in Washington, D.C. in May.", ["He was born in Washington, D.C. in May."]),
        ("", []),
        ("   ", []),
        ("No end", ["No end"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet="aB. !?\"“”’'…\n,1U()S", max_size=60))
def test_sentences_hold_all_that_is_not_space(text: str) -> None:
    spans = list(words.find_sentences(text, Span(0, len(text))))
    assert "".join("".join(text[span.start : span.end] for span in spans).split()) == "".join(text.split())
    for before, after in pairwise(spans):
        assert before.end <= after.start
    assert all(len(span) and not text[span.start].isspace() and not text[span.end - 1].isspace() for span in spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We won,” she said. “Today.”", ["We won,", "Today."]),
        ('"We won," she said. "Today."', ["We won,", "Today."]),
        ("He said: “She told me ‘no’ twice.”", ["She told me ‘no’ twice."]),
        ("The ‘to do’ list and the workers’ rights", ["to do"]),
        ("‘We won,’ she said.", ["We won,"]),
        ("It's 6'2\" and the '90s aren't over", []),
        ("He said 'no' and 'yes, but'.", ["no", "yes, but"]),
        ("„So ist es“, sagte er. «Non», dit-il.", ["So ist es", "Non"]),
        ("“First paragraph.\n\n“Second paragraph.”", ["First paragraph.", "Second paragraph."]),
        ("A mark” too many, and a “good one”.", ["good one"]),
        ("none", []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert quotations(text) == expected


@given(st.text(alphabet="ab .,\n\"“”‘’'«»„", max_size=60))
def test_quotations_never_overlap(text: str) -> None:
    document = read_plain(Source("t.txt", text))
    spans = list(words.find_quotations(document))
    for before, after in pairwise(spans):
        assert before.end <= after.start
    assert all(0 <= span.start <= span.end <= len(document.text) for span in spans)


@pytest.mark.parametrize(
    "name", ["words-rare.txt", "words-accented.txt", "words-names.txt", "misspellings.txt", "people-names.txt"]
)
def test_a_list_says_the_same_searched_and_parted(name: str) -> None:
    lines = words._Dictionary(name).lines()
    starts = list(lines)
    assert starts == sorted(starts)
    asked = {
        *starts[::40],
        *(start + b"q" for start in starts[::90]),
        *(start[:2] for start in starts[::50]),
        b"",
        b"!",
        b"~",
    }
    for start in sorted(asked):
        assert words._Dictionary(name).line(start.decode("utf-8", "ignore")) == lines.get(
            start.decode("utf-8", "ignore").encode(), b""
        )


def test_a_list_is_parted_when_much_is_asked() -> None:
    one = words._Dictionary("words-names.txt")
    for _ in range(words._SEVERAL + 2):
        assert b" Aachen " in one.line("Aac")


def test_names_of_people_have_their_places() -> None:
    assert vocabulary.name_ranks("james") == (0, 70)
    assert vocabulary.name_ranks("smith") == (None, 0)
    assert vocabulary.name_ranks("qqq") == vocabulary.name_ranks("") == (None, None)
    ranks = [vocabulary.name_ranks(entry.partition(":")[0]) for entry in words.list_entries("people-names.txt")]
    for one in (0, 1):
        places = sorted(rank[one] for rank in ranks if rank[one] is not None)  # type: ignore[type-var]
        assert places == list(range(len(places)))
