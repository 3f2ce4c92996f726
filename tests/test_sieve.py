"""Words judged once: the same words are picked, whatever texts came before."""

from __future__ import annotations

from functools import partial

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


def test_long_words_are_judged_anew() -> None:
    used = Sieve(lambda word: "x" in word)
    for _ in range(2):
        assert used.pick({"a" * 99, "x" * 99, "x"}) == ["x", "x" * 99]
    assert used._seen == used._picked == {"x"}


def _has(letter: str, word: str) -> bool:
    return letter in word


@given(st.lists(st.tuples(WORDS, st.sets(st.sampled_from("abA."), min_size=1)), max_size=12), st.sampled_from([5, 99]))
def test_words_of_whole_texts_are_picked_by_each_sieve(texts: list[tuple[frozenset[str], set[str]]], most: int) -> None:
    """Sieves for a letter each come and go while texts are read; few or all words are kept."""
    sieves: dict[str, Sieve] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sieve, "_MOST", most)
        for words, letters in texts:
            if "." in letters:
                sieves.clear()
            for letter in sorted(letters):
                used = sieves.setdefault(letter, Sieve(partial(_has, letter)))
                assert used.pick_words(words) == sorted(word for word in words if letter in word)
