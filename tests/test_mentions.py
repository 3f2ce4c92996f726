"""What a reading cuts a text into: words, runs between spaces, and where they stand."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlint import mentions
from factlint.facts.model import Facts
from factlint.mentions import Reading
from factlint.readers.plain import read_plain
from factlint.source import Source, Span

TEXTS = st.lists(
    st.sampled_from(
        ["a", "word", "Ö", "1", "_", ".", "“", "'s", "’", "-", " ", "  ", "\n", "\n\n", "\t", "\u00a0", "\u2028"]
    )
).map("".join)


def reading_of(text: str) -> Reading:
    return Reading(read_plain(Source("t.txt", text)), Facts())


@given(TEXTS, st.sampled_from([0, 60_000]), st.sampled_from([1, 3, 60_000]), st.sampled_from([2, 60_000]))
def test_words_are_those_that_are_found_one_by_one(text: str, short: int, part: int, most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mentions, "_SHORT", short)
        patch.setattr(mentions, "_PART", part)
        patch.setattr(mentions, "_MOST_PARTS", most)
        reading = reading_of(text)
        plain = reading.document.plain
        assert reading.words == set(re.findall(r"\w+", plain))
        assert {"", *reading.chunks} == {"", *re.split("[ \n]", plain)}
        assert reading.count_words() == len(reading.document.text.split())
        for word in (*reading.words, "absent"):
            found = [match.start() for match in re.finditer(r"\w+", plain) if match[0] == word]
            assert list(reading.places(word)) == found


@given(TEXTS, st.sampled_from([0, 60_000]))
def test_chunks_are_found_where_they_stand(text: str, short: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mentions, "_SHORT", short)
        patch.setattr(mentions, "_PART", 3)
        reading = reading_of(text)
        wanted = sorted(reading.chunks - {""})[::2]
        runs = [match.span() for match in re.finditer("[^ \n]+", reading.document.plain)]
        expected = [Span(start, end) for start, end in runs if reading.document.plain[start:end] in wanted]
        assert reading.chunks_at(wanted) == expected
