"""What a document mentions, located once and only where somebody asks.

A reading is the document with the facts it is held against; everything on it is derived from the two and computed
at most once, on demand, so that a sentence without anything known is never parsed.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
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

_LONG = 200_000  # characters
_PART = 60_000  # characters that are cut into chunks at a time
_RUN = re.compile(r"\w+")
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


def _parts(plain: str) -> Iterator[tuple[int, int]]:
    """Where the parts of a text begin and end, each before a space."""
    start = 0
    while start < len(plain):
        end = plain.find(" ", start + _PART)
        end = end if end >= 0 else len(plain)
        yield start, end
        start = end


def _chunks_in(plain: str, wanted: Iterable[str], start: int, end: int) -> Iterator[Span]:
    """Where some chunks stand in a part of a text."""
    for chunk in wanted:
        for at in words.occurrences(plain, chunk, start, end):
            after = at + len(chunk)
            if plain[after : after + 1] in (" ", "\n", "") and plain[at - 1 : at] in (" ", "\n", ""):
                yield Span(at, after)


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
        plain = self.document.plain
        if len(plain) <= _PART:
            chunks = plain.replace("\n", " ").split(" ")
            return frozenset(chunks), len(chunks) - chunks.count("")
        found: set[str] = set()
        count = 0
        for start, end in _parts(plain):  # a list of all would be many times as long as the text
            chunks = plain[start:end].replace("\n", " ").split(" ")
            count += len(chunks) - chunks.count("")
            found.update(chunks)
        return frozenset(found), count

    def count_words(self) -> int:
        """How many words the text has, as space of any kind parts them."""
        if any(len(chunk.split()) != 1 for chunk in self.odd):  # with space of another kind in it
            return len(self.document.plain.split())
        return self._cut[1]

    @cached_property
    def _words_and_marked(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words, and those of the chunks that are not letters alone: each of the others is a word."""
        found = set(filter(str.isalpha, self.chunks))
        marked = self.chunks.difference(found)
        found.update(_RUN.findall(" ".join(marked)))
        return frozenset(found), marked

    @cached_property
    def odd(self) -> frozenset[str]:
        """Those of the chunks with marks in other places than most words have theirs."""
        return frozenset(_ODD.pick(self.marked))

    def chunks_at(self, wanted: Collection[str]) -> list[Span]:
        """Where some of the chunks stand, by place."""
        plain = self.document.plain
        if len(wanted) <= words.FEW // 2:
            return sorted(_chunks_in(plain, wanted, 0, len(plain)))
        every = frozenset(wanted)
        found: list[Span] = []
        for start, end in _parts(plain):  # in most parts of a text there is none of them
            here = every.intersection(plain[start:end].replace("\n", " ").split(" "))
            found += _chunks_in(plain, here, start, end)
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
        if len(self._places) + len(wanted) > self._few:
            everywhere = self._all_places
            return {word: everywhere[word] for word in wanted if word in everywhere}
        return {word: places for word in wanted if (places := self.places(word))}

    def places_of_names(self, wanted: Collection[str]) -> Mapping[str, Sequence[int]]:
        """The same of words most of which have a capital; in a text that is not long they are looked for alone."""
        if len(self.document.plain) < _LONG and "_all_places" not in self.__dict__:
            return words.places_of_each(self.document.plain, wanted)
        return self.places_of(wanted)

    def places(self, word: str) -> Sequence[int]:
        """Where a word of `words` stands, in order. Once many were asked for, all are found in one pass."""
        known: dict[str, Sequence[int]] = self._places
        found = known.get(word)
        if found is None:
            if len(known) < self._few and "_all_places" not in self.__dict__:
                found = known[word] = list(words.places_of(self.document.plain, word))
            else:
                found = self._all_places.get(word, ())
        return found

    @cached_property
    def _few(self) -> int:
        """So many words are looked for one by one; of a long text many will be asked for, so that sooner all are."""
        return words.FEW if len(self.document.plain) < _LONG else words.FEW // 8

    @cached_property
    def _places(self) -> dict[str, Sequence[int]]:
        return {}

    @cached_property
    def _all_places(self) -> Mapping[str, Sequence[int]]:
        # The words are those of the set, which are there already; of most places there is one for each word.
        found: dict[str, Any] = dict.fromkeys(self.words)
        for match in _RUN.finditer(self.document.plain):
            word, at = match[0], match.start()
            places = found[word]
            if places is None:
                found[word] = (at,)
            elif type(places) is tuple:
                found[word] = array("I", (*places, at))
            else:
                places.append(at)
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
            sentences = words.find_sentences(self.document.plain, block.span)
            bounds = [bound for sentence in sentences for bound in (sentence.start, sentence.end)]
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
        if len(written) > words.FEW or "_all_places" in self.__dict__:
            everywhere = self._all_places
            return sorted(found + [at for word in written for at in everywhere[word]])
        for word in written:
            found += words.places_of(plain, word)
        return sorted(found)

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
