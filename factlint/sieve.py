"""Words judged once for all texts of a run: news is made of few words, and most of them set off no rule.

A judgement that looks at nothing but the word itself is asked once for it. The words that were judged are kept, and
those for which it holds; of the next text only words that no text before it had are judged, which are found by one
difference of two sets. For all judgements of the words of whole texts they are found once.
"""

from __future__ import annotations

from collections.abc import Callable, Set

# So many words are kept, which are the first that are met and so the most usual ones; about 5 MB.
_MOST = 50_000
_LONGEST = 48  # letters of a word that is kept: text without spaces is hardly met again


def _to_keep(new: Set[str], seen: Set[str]) -> frozenset[str]:
    """Those of some new words that are kept with the ones that were seen."""
    if not new or len(seen) + len(new) > _MOST:
        return frozenset()
    # Nearly always all of them, for which no other set is made.
    return frozenset(new if max(map(len, new)) <= _LONGEST else [word for word in new if len(word) <= _LONGEST])


class Sieve:
    """Picks from the distinct words of a text those for which `holds` is true. It must depend on the word alone."""

    __slots__ = ("_batches", "_holds", "_judged", "_picked", "_seen")

    def __init__(self, holds: Callable[[str], object]) -> None:
        self._holds = holds
        self._seen: set[str] = set()
        self._picked: set[str] = set()
        self._batches: list[frozenset[str]] | None = None  # of words of whole texts, and how many of them were judged
        self._judged = 0

    def pick(self, words: Set[str]) -> list[str]:
        """Those of the words for which it holds, sorted."""
        new = words - self._seen if self._seen else words
        if not new:
            return sorted(words & self._picked)
        found = self._among(new)
        kept = _to_keep(new, self._seen)
        self._seen |= kept
        self._picked |= kept.intersection(found)
        return sorted({*found, *(words & self._picked)})

    def pick_words(self, words: Set[str]) -> list[str]:
        """The same of the words of a whole text, of which new ones are found once for all such sieves."""
        if self._batches is None and not _TEXTS.is_only(words):
            _TEXTS.restart()
        _TEXTS.take_in(words)
        if self._batches is not _TEXTS.batches:
            self._batches, self._judged = _TEXTS.batches, 0
        late = len(self._batches) - self._judged > 1  # it was not asked of earlier texts
        for batch in self._batches[self._judged :]:
            picked = self._among(batch)
            self._picked.update(picked)
            _TEXTS.picked.update(picked)
        self._judged = len(self._batches)
        found = self._picked & (words if late else _TEXTS.notable)
        return sorted({*found, *self._among(_TEXTS.others)} if _TEXTS.others else found)

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


class _Texts:
    """The distinct words of whole texts in batches, one for each text: those that no text before it had.

    Of the last text `others` are those words that are not kept, and `notable` those that are new or were picked by any
    sieve from an earlier text, as all of `picked` were.
    """

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Forget all words, so that a new sieve has none to judge but those of its texts; the others do so again."""
        self.batches: list[frozenset[str]] = []
        self.picked: set[str] = set()
        self.others: Set[str] = frozenset()
        self.notable: Set[str] = frozenset()
        self._seen: set[str] = set()
        self._last: Set[str] | None = None

    def is_only(self, words: Set[str]) -> bool:
        """Whether these are the words of the last text and no other was taken in."""
        return words is self._last and len(self.batches) == 1

    def take_in(self, words: Set[str]) -> None:
        """Take in the words of a text, if it isn't the last one again."""
        if words is not self._last:
            new = words - self._seen if self._seen else words
            kept = _to_keep(new, self._seen)
            self._seen |= kept
            self.batches.append(kept)
            self._last, self.others = words, new - kept if kept else new
            self.notable = kept | (words & self.picked) if self.picked else kept


_TEXTS = _Texts()
