"""What a document mentions, located once and only where somebody asks.

A reading is the document with the facts it is held against; everything on it is derived from the two and computed
at most once, on demand, so that a sentence without anything known is never parsed.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import filterfalse
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

from factlint import dates, numbers, words
from factlint.facts.model import Facts
from factlint.sieve import JointSieve, Sieve
from factlint.source import Block, Document, Span
from factlint.times import ALWAYS, Period

if TYPE_CHECKING:
    from factlint.names import NameMention

Made = TypeVar("Made")

_SHORT = 20_000  # characters of a text in which words are looked for one by one
_PART = 2_000  # characters of a longer text for which is kept which chunks they have
_MOST_PARTS = 60_000
_RUN = re.compile(r"\w+")
_GAP = re.compile("[ \n]")
# A word or a number, in quotation marks or a bracket if need be, with one mark at its end: so are nearly all chunks.
# What lacks the word before it (“'s”, “n't”) is none.
_USUAL = re.compile(
    r"(?!(?:'(?:s|re|ve|ll|m)|n't)\b)[\"“‘'(\[$£€#@]?(?:[\w'%&/–—-]|[.,:](?=\d))+(?:[.,;:!?]?[\"”')]?|[\"”')][.,;:!?])"
)


def _is_odd(chunk: str) -> bool:
    if chunk[:-1].isalpha() and chunk[-1] in ",.;:?!":
        return False  # nearly always
    return chunk != "" and _USUAL.fullmatch(chunk) is None


_ODD = Sieve(_is_odd)
_NUMBER_WORDS = JointSieve(lambda judged: [word for word in judged if word.lower() in numbers.NUMBER_WORDS])
_ODD_LETTERS = "\N{LATIN SMALL LETTER LONG S}\N{KELVIN SIGN}\N{LATIN SMALL LETTER DOTLESS I}İ"


class _Parts(Struct, frozen=True):
    """A text in parts, each of which ends before a space or a line end.

    `starts` is where they begin, and where the last one ends. `chunks` are the numbers of the parts in which each chunk
    stands; for one part, as is most usual, a number alone. `count` is how many chunks of the text are not empty.
    """

    starts: array[int]
    chunks: Mapping[str, Any]
    count: int

    def with_any(self, chunks: Iterable[str]) -> list[tuple[int, int]]:
        """Where the parts begin and end in which one of some chunks stands, in order."""
        numbers: set[int] = set()
        for chunk in chunks:
            found = self.chunks.get(chunk, ())
            if type(found) is int:
                numbers.add(found)
            else:
                numbers.update(found)
        return [(self.starts[number], self.starts[number + 1]) for number in sorted(numbers)]


def _parts_of(plain: str) -> _Parts:
    starts, found, count = array("I", (0,)), dict[str, Any](), 0
    size = max(_PART, len(plain) // _MOST_PARTS)
    start = 0
    while start < len(plain):
        gap = _GAP.search(plain, start + size)
        end = gap.start() if gap else len(plain)
        chunks = plain[start:end].replace("\n", " ").split(" ")
        count += len(chunks) - chunks.count("")
        number = len(starts) - 1
        for chunk in set(chunks):
            numbers = found.get(chunk)
            if numbers is None:
                found[chunk] = number
            elif type(numbers) is int:
                found[chunk] = array("H", (numbers, number))
            else:
                numbers.append(number)
        starts.append(end)
        start = end
    return _Parts(starts, found, count)


class Reading(Struct, frozen=True, dict=True):
    """A document held against facts. `date` is the day (or period) that the text speaks from."""

    document: Document
    facts: Facts

    def remembered(self, key: str, make: Callable[[Reading], Made]) -> Made:
        """What is worked out from this text once: `make` is called when the key is first asked for."""
        found: Made | None = self.__dict__.get(key)
        if found is None:
            found = self.__dict__[key] = make(self)
        return found

    @cached_property
    def _numbers(self) -> dict[tuple[int, int], tuple[numbers.NumberMention, ...]]:
        return {}

    @cached_property
    def _dates(self) -> dict[tuple[int, int], tuple[dates.DateMention, ...]]:
        return {}

    @cached_property
    def _sentences(self) -> dict[int, array[int]]:
        """The starts and ends of sentences in turn, by the start of their block."""
        return {}

    @property
    def date(self) -> Period:
        """The document's date; every day where it has none."""
        return self.document.date or ALWAYS

    @cached_property
    def words(self) -> frozenset[str]:
        r"""The distinct runs of \w of the folded prose, as written."""
        return self._words_and_marked[0]

    @cached_property
    def marked(self) -> frozenset[str]:
        """Those of the chunks that are not letters alone, the empty one among them."""
        return self._words_and_marked[1]

    @cached_property
    def chunks(self) -> frozenset[str]:
        """The distinct runs of the folded prose between spaces and line ends, the empty one among them."""
        return self._cut[0]

    @cached_property
    def _cut(self) -> tuple[frozenset[str], int]:
        """The chunks, and how often one that is not empty stands in the text."""
        if self._parts is not None:
            return frozenset(self._parts.chunks), self._parts.count
        chunks = self.document.plain.replace("\n", " ").split(" ")
        return frozenset(chunks), len(chunks) - chunks.count("")

    @cached_property
    def _parts(self) -> _Parts | None:
        """The parts of a text that is not short."""
        plain = self.document.plain
        return _parts_of(plain) if len(plain) > _SHORT else None

    def count_words(self) -> int:
        """How many words the text has, as space of any kind parts them."""
        if any(len(chunk.split()) != 1 for chunk in self.odd):  # with space of another kind in it
            return len(self.document.plain.split())
        return self._cut[1]

    @cached_property
    def _words_and_marked(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words, and those of the chunks that are not letters alone: each of the others is a word."""
        marked = frozenset(filterfalse(str.isalpha, self.chunks))
        return self.chunks.difference(marked).union(_RUN.findall(" ".join(marked))), marked

    @cached_property
    def odd(self) -> frozenset[str]:
        """Those of the chunks with marks in other places than most words have theirs."""
        return frozenset(_ODD.pick(self.marked))

    def chunks_at(self, wanted: Collection[str]) -> list[Span]:
        """Where some of the chunks stand, by place."""
        plain, found = self.document.plain, []
        for chunk in wanted:
            for start, end in self._parts.with_any((chunk,)) if self._parts is not None else ((0, len(plain)),):
                for at in words.occurrences(plain, chunk, start, end):
                    after = at + len(chunk)
                    if plain[after : after + 1] in (" ", "\n", "") and plain[at - 1 : at] in (" ", "\n", ""):
                        found.append(Span(at, after))
        return sorted(found)

    @cached_property
    def folds_oddly(self) -> bool:
        """Whether there are letters, none of ASCII, that patterns take for such where they look at no case."""
        plain = self.document.plain
        return not plain.isascii() and any(letter in plain for letter in _ODD_LETTERS)

    @cached_property
    def spelt(self) -> Mapping[str, Sequence[str]]:
        """The ways in which each of `words` is written, by the word in small letters."""
        found: dict[str, tuple[str, ...]] = {}
        for word in self.words:
            lower = word.lower()
            if lower == word:
                lower = word  # one string rather than two
            if lower in found:
                found[lower] = tuple(sorted([*found[lower], word]))
            else:
                found[lower] = (word,)
        return found

    def find_words(self, wanted: Collection[str]) -> list[int]:
        """Find where some words (in small letters) stand in any case, by place; what is not there costs nothing."""
        spelt = self.spelt
        lowers = spelt.keys() & wanted if len(wanted) > 8 else wanted
        written = [word for lower in lowers if lower in spelt for word in spelt[lower]]
        if not written:
            return []
        return sorted([at for places in self.places_of(written).values() for at in places])

    def places_of(self, wanted: Collection[str]) -> Mapping[str, Sequence[int]]:
        """Where each of some words stands as a whole word, in order; words that do not stand there are left out."""
        return {word: places for word in wanted if (places := self.places(word))}

    def places_of_names(self, wanted: Collection[str]) -> Mapping[str, Sequence[int]]:
        """The same of words most of which have a capital; in a short text they are looked for alone."""
        if self._parts is None:
            return words.places_of_each(self.document.plain, wanted)
        return self.places_of(wanted)

    def places(self, word: str) -> Sequence[int]:
        """Where a word stands, in order."""
        known: dict[str, Sequence[int]] = self._places
        found = known.get(word)
        if found is None:
            found = known[word] = array("I", self._find(word)) if word in self.words else ()
        return found

    def _find(self, word: str) -> Iterable[int]:
        plain, parts = self.document.plain, self._parts
        if parts is None:
            return words.places_of(plain, word)
        marked = self._marked_with.get(word, "")
        within = parts.with_any([word, *marked.split(" ")] if marked else (word,))
        return [at for start, end in within for at in words.places_of(plain, word, start, end)]

    @cached_property
    def _places(self) -> dict[str, Sequence[int]]:
        return {}

    @cached_property
    def _marked_with(self) -> Mapping[str, str]:
        """The `marked` chunks that hold a word, with spaces between them."""
        found: dict[str, str] = {}
        for chunk in self.marked:
            for word in _RUN.findall(chunk):
                before = found.get(word)
                found[word] = f"{before} {chunk}" if before else chunk
        return found

    @cached_property
    def names(self) -> tuple[NameMention, ...]:
        """Every known name in the text, by place, the longest at each."""
        from factlint.names import find_names

        return tuple(find_names(self))

    @cached_property
    def quotations(self) -> tuple[Span, ...]:
        """What stands between quotation marks, marks left out, by place."""
        return tuple(words.find_quotations(self.document))

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.span.start for block in self.document.blocks]

    def block_at(self, offset: int) -> Block:
        """The block that the offset stands in, or the last before it."""
        return self.document.blocks[max(bisect_right(self._block_starts, offset) - 1, 0)]

    def sentences_of(self, block: Block) -> tuple[Span, ...]:
        """The sentences of a block, by place; together they hold all that is not space."""
        bounds = self._sentence_bounds(block)
        return tuple(map(Span, bounds[::2], bounds[1::2]))

    def _sentence_bounds(self, block: Block) -> array[int]:
        found = self._sentences.get(block.span.start)
        if found is None:
            bounds = words.sentence_bounds(self.document.plain, block.span)
            found = self._sentences[block.span.start] = array("I", bounds)
        return found

    def sentences_at(self, places: Iterable[int]) -> list[Span]:
        """The sentences that some places stand in, each once, in the order of the places."""
        return list(dict.fromkeys(map(self.sentence_at, places)))

    def sentence_at(self, offset: int) -> Span:
        """The sentence that the offset stands in, or the last before it in its block."""
        block = self.block_at(offset)
        bounds = self._sentences.get(block.span.start) or self._sentence_bounds(block)
        at = (bisect_right(bounds, offset) - 1) // 2 * 2
        return Span(bounds[at], bounds[at + 1]) if at >= 0 else block.span

    def numbers_in(self, span: Span) -> tuple[numbers.NumberMention, ...]:
        """The numbers of a sentence (or another span), by place."""
        key = (span.start, span.end)
        found = self._numbers.get(key)
        if found is None:
            places = self.number_places
            places = places[bisect_left(places, span.start) : bisect_left(places, span.end)]
            found = tuple(numbers.find_numbers(self.document.plain, span, places)) if places else ()
            self._numbers[key] = found
        return found

    @cached_property
    def number_places(self) -> list[int]:
        """Where digits and words for numbers begin; no number is without one."""
        plain = self.document.plain
        found = numbers.find_digits(plain)
        written = _NUMBER_WORDS.pick_words(self.words)
        return sorted(found + [at for word in written for at in self.places(word)])

    @cached_property
    def beside_numbers(self) -> numbers.Beside:
        """What stands right beside the numbers."""
        return numbers.beside(self.document.plain, self.number_places)

    def numbers_behind(self, ends: tuple[str, ...]) -> list[int]:
        """The `number_places` right behind a space and something that ends so, or right behind such a character."""
        before = self.beside_numbers.before
        return sorted([at for lead, places in before.items() if lead.endswith(ends) for at in places])

    def numbers_before(self, begins: tuple[str, ...]) -> list[int]:
        """The `number_places` right before a character and a word that begins so; “%” may be right behind a number."""
        after = self.beside_numbers.after
        return sorted([at for word, places in after.items() if word.startswith(begins) for at in places])

    @cached_property
    def percentages(self) -> list[int]:
        """The `number_places` right before “%” or a word for it; some “per” something else."""
        after = self.beside_numbers.after
        return sorted([at for word, places in after.items() if word.lower() in numbers.PER_HUNDRED for at in places])

    def dates_in(self, span: Span) -> tuple[dates.DateMention, ...]:
        """The dates and weekdays of a sentence (or another span), by place; incomplete ones read from `date`."""
        key = (span.start, span.end)
        found = self._dates.get(key)
        if found is None:
            found = tuple(dates.find_dates(self.document.plain, span, self.document.date))
            self._dates[key] = found
        return found

    def quoted(self, span: Span) -> bool:
        """Whether the span stands inside quotation marks."""
        index = bisect_right(self.quotations, Span(span.start, 1 << 62)) - 1
        return index >= 0 and self.quotations[index].contains(span)


Options = Mapping[str, object]
