"""Print that a machine has read, and words for others of the same sound."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlint import words
from factlint.checks import scanning, spelling
from factlint.facts.model import Facts
from factlint.findings import Problem
from factlint.mentions import Reading
from factlint.readers.plain import read_plain
from factlint.source import Source

JOINING, PREFIXES = ["and", "or", "to"], ["co", "re"]


def problems(text: str, check: Callable[..., Iterator[Problem]], **options: object) -> list[Problem]:
    return list(check(Reading(read_plain(Source("t.txt", text)), Facts()), **options))


def said(text: str, check: Callable[..., Iterator[Problem]], **options: object) -> list[tuple[str, str]]:
    found = problems(text, check, **options)
    return [(text[problem.at.start : problem.at.end], problem.suggestions[0]) for problem in found]


COMMON = sorted(word for word, value in words.common_words().items() if value >= 4.5 and len(word) > 6)


@given(st.sampled_from([word for word in COMMON if "m" in word]))
def test_rn_for_m_is_repaired(word: str) -> None:
    read = word.replace("m", "rn", 1)
    if not words.is_word(read):
        assert said(f"They saw the {read} there.", scanning.words_are_read_rightly) == [(read, word)]


@given(st.sampled_from(COMMON), st.integers(min_value=3, max_value=4))
def test_words_parted_at_line_ends_are_repaired(word: str, at: int) -> None:
    read = f"{word[:at]}- {word[at:]}"
    if word[at:] not in JOINING:
        found = said(f"They saw the {read} there.", scanning.words_are_whole, joining=JOINING, prefixes=PREFIXES)
        assert found == [(read, word)]


@given(st.sampled_from(COMMON))
def test_whole_words_are_quiet(word: str) -> None:
    text = f"They saw the {word} there, and in 2019 the 21st."
    assert problems(text, scanning.words_are_read_rightly) == []
    assert problems(text, scanning.words_have_no_digits) == []
    assert problems(text, scanning.words_are_whole, joining=JOINING, prefixes=PREFIXES) == []


@pytest.mark.parametrize(
    "text", ["The G20 and the B52s met U2 on the A40, 10km off; 5G, H5N1, 4x4, 3rd.", "O157 and CO2."]
)
def test_designations_are_quiet(text: str) -> None:
    assert problems(text, scanning.words_have_no_digits) == []


def test_three_misread_words_make_a_note_sure() -> None:
    alone = "The old rnan of the village sat in the gardcn."
    assert [problem.confidence for problem in problems(alone, scanning.words_are_read_rightly)][-1] < 0.9
    more = alone + " He had lcft the towu long before."
    assert all(problem.confidence >= 0.9 for problem in problems(more, scanning.words_are_read_rightly))


def test_what_a_text_writes_again_and_again_is_its_own() -> None:
    text = "An inode is a node. The inode has a number, and each inode has a name."
    assert all(problem.confidence < 0.9 for problem in problems(text, scanning.words_are_read_rightly))


@pytest.mark.parametrize(
    ("number", "ending"), [(1, "st"), (2, "nd"), (3, "rd"), (4, "th"), (11, "th"), (12, "th"), (113, "th"), (121, "st")]
)
def test_ordinals(number: int, ending: str) -> None:
    for other in ("st", "nd", "rd", "th"):
        found = said(f"On the {number}{other} day.", spelling.ordinals_are_written_rightly, foreign=["m"])
        assert found == ([] if other == ending else [(f"{number}{other}", f"{number}{ending}")])
