"""Words judged once for all texts of a run: news is made of few words, and most of them set off no rule.

A judgement that looks at nothing but the word itself is asked once for it. The words for which it does not hold are
kept; of the next text only the others are looked at, which is one difference of two sets. Those for which it holds are
kept, too. Many judgements of the same words look at those alone that are not fine for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from weakref import WeakSet

# So many words are kept, which are the first that are met and so the most usual ones; about 5 MB.
_MOST = 50_000
_LONGEST = 48  # letters of a word that is kept: text without spaces is hardly met again


class Sieve:
    """Picks from the distinct words of a text those for which `holds` is true. It must depend on the word alone."""

    __slots__ = ("__weakref__", "_fine", "_holds", "_joined", "_picked")

    def __init__(self, holds: Callable[[str], object]) -> None:
        self._holds = holds
        self._fine: set[str] = set()
        self._picked: set[str] = set()
        self._joined = False

    def pick(self, words: Set[str]) -> list[str]:
        """Those of the words for which it holds, sorted."""
        fine, picked = self._fine, self._picked
        rest = words - fine
        new = rest - picked
        found = self._among(new)
        if len(fine) + len(picked) + len(new) <= _MOST:
            kept = {word for word in new if len(word) <= _LONGEST}
            picked.update(kept.intersection(found))
            fine.update(kept.difference(found))
        return sorted([*(rest - new), *found])

    def pick_words(self, words: Set[str]) -> list[str]:
        """The same of the words of a whole text, the usual ones among which are left out once for all such sieves."""
        if not self._joined:
            self._joined = True
            _USUAL.join(self)
        return self.pick(_USUAL.others(words))

    def _among(self, words: Set[str]) -> list[str]:
        holds = self._holds
        return [word for word in words if holds(word)]


class JointSieve(Sieve):
    """A sieve that is told those of some words for which something holds: judged together they cost less."""

    __slots__ = ("_those",)

    def __init__(self, those: Callable[[Set[str]], list[str]]) -> None:
        super().__init__(bool)
        self._those = those

    def _among(self, words: Set[str]) -> list[str]:
        return self._those(words)


class _Usual:
    """The words that are fine for all sieves that are asked for words of whole texts."""

    def __init__(self) -> None:
        self._sieves: WeakSet[Sieve] = WeakSet()
        self._start()

    def _start(self) -> None:
        self._usual: set[str] = set()
        self._texts, self._next = 0, 1  # how many texts there were, and after how many the usual words are told anew
        self._last: Set[str] | None = None
        self._others: Set[str] = frozenset()

    def join(self, sieve: Sieve) -> None:
        """One more sieve, which has judged no words yet: none are fine for all."""
        self._sieves.add(sieve)
        self._start()

    def others(self, words: Set[str]) -> Set[str]:
        """The words of a text without those that are fine for all sieves."""
        if words is not self._last:
            self._texts += 1
            if self._texts > self._next:
                self._next *= 2
                self._usual = set.intersection(*(sieve._fine for sieve in self._sieves))
            others = words - self._usual
            self._last, self._others = words, others
            return others
        return self._others


_USUAL = _Usual()
