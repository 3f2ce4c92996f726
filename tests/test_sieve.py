"""Words judged once: the same words are picked, whatever texts came before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlint import sieve
from factlint.sieve import Sieve

WORDS = st.frozensets(st.text("abA.", max_size=4), max_size=12)


@given(st.lists(WORDS, max_size=6))
def test_the_same_words_are_picked_whatever_came_before(texts: list[frozenset[str]]) -> None:
    used = Sieve(lambda word: "A" in word)
    for words in texts:
        assert used.pick(words) == sorted(word for word in words if "A" in word)


def test_a_word_is_judged_once_and_no_more_are_kept_than_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sieve, "_MOST", 3)
    asked: list[str] = []

    def holds(word: str) -> bool:
        asked.append(word)
        return word == "x"

    used = Sieve(holds)
    assert used.pick({"a", "x"}) == ["x"]
    assert used.pick({"a", "b", "x"}) == ["x"]
    assert sorted(asked) == ["a", "b", "x"]
    assert used.pick({"c", "d", "e", "x"}) == ["x"]
    assert used.pick({"c"}) == []
    assert sorted(asked) == sorted(["a", "b", "x", "c", "d", "e", "c"])
