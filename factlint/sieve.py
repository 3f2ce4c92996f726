"""Words judged once for all texts of a run: news is made of few words, and most of them set off no rule.

A judgement that looks at nothing but the word itself is asked once for it. The words for which it does not hold are
kept; of the next text only the others are looked at, which is one difference of two sets. Those for which it holds are
kept, too.
"""

from __future__ import annotations

from collections.abc import Callable, Set

# So many words are kept, which are the first that are met and so the most usual ones; about 5 MB.
_MOST = 50_000


class Sieve:
    """Picks from the distinct words of a text those for which `holds` is true. It must depend on the word alone."""

    __slots__ = ("_fine", "_holds", "_picked")

    def __init__(self, holds: Callable[[str], object]) -> None:
        self._holds = holds
        self._fine: set[str] = set()
        self._picked: set[str] = set()

    def pick(self, words: Set[str]) -> list[str]:
        """Those of the words for which it holds, sorted."""
        fine, picked = self._fine, self._picked
        rest = words - fine
        new = rest - picked
        found = self._among(new)
        if len(fine) + len(picked) + len(new) <= _MOST:
            fine.update(new)
            fine.difference_update(found)
            picked.update(found)
        return sorted([*(rest - new), *found])

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
