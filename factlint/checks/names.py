"""Names held against the known ones and against each other: near misses, wrong forms, strangers, two spellings.

A near miss is decided by evidence that is added up as log-odds (see Odds), so that the same likeness that is an error
in a desk's own short list is a coincidence among ten thousand people. Nothing is looked for that no index offers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from factlint.checks.roles import described_as
from factlint.facts.model import Entity, Facts, Role
from factlint.findings import Citation, Edit, Fix, Problem
from factlint.mentions import Reading
from factlint.names import (
    ALIAS,
    FORMER,
    INITIALS,
    NAME,
    SHORT,
    WRONG,
    NameIndex,
    distance,
    farness,
    fold,
    index_of,
    is_nickname,
    near_words,
    places_of,
    sound,
    surname_of,
    vocabulary,
    word_list,
    words_by_fold,
)
from factlint.source import Span
from factlint.times import Standing

_TOKEN = re.compile(r"\w+")


class Odds:
    """The weights of evidence, in log-odds, fitted by hand to edited news and to published corrections.

    A roster of 537 people whose full names are within one edit of names in the news is right in 4 of 28 cases: hence
    the prior, which falls with the logarithm of the number of people known. The canonical name elsewhere in the text
    raises that to 5 in 6.
    """

    STRANGER = 0.6  # begins as the surname of somebody introduced, speaks, and was never introduced
    FULL = 5.5  # two parts of a name, at least one of them exact or both near, less how far they are
    OTHER_GIVEN = 1.2  # the surname exact, another given name
    NOT_DESCRIBED = -2.0  # and no title of the person right beside it
    BOTH_GIVEN = -1.0  # while the text has the right given name elsewhere: two of one family
    OTHER_SURNAME = 5.0  # the given name exact, a surname too far to be a slip, less how far
    SWAPPED = 4.0  # the two parts in the wrong order
    ANOTHER_BODY = 2.0  # at most, where a word of an organization's name is quite another: it may be another body
    VALUE = 1.5  # one word near what the facts say of an entity in the sentence
    REORDERED = 1.2  # the words of an organization's name in another order
    SINGLE = 2.7  # one word near the surname of somebody whom the text introduces
    LONELY = 0.3  # one word near a name that the text does not introduce
    WHOLE = 3.2  # a name of something else than a person
    UNKNOWN_WORD = 1.5  # the text's form is neither a name in use nor a word
    NAME_IN_USE = -1.0  # the text's form is a name in use
    DICTIONARY = -4.0  # the text's form is an ordinary word
    ROLE = 3.0  # a title of the person stands beside
    SOME_ROLE = 1.5  # part of it, or the organization, does
    ELSEWHERE = 3.0  # the right name stands elsewhere in the text
    SURNAME_ELSEWHERE = 2.0
    RARE = 1.2  # the part that agrees is rare
    COMMON = -1.0  # the part that agrees is common
    OUT_OF_TIME = -4.0  # nobody writes about this person then
    INTRODUCED = -4.0  # the text introduces somebody of that very form
    EMBEDDED = -1.5  # more of a name stands before or after
    SPEAKS = 0.6  # the form is the subject of a verb of speech


def confidence(odds: float) -> float:
    """Log-odds as a probability, never quite certain."""
    return min(0.98, 1 / (1 + math.exp(-odds))) if odds > -30 else 0.0


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text with its place, as written and folded."""

    start: int
    end: int
    text: str
    folded: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Guess:
    """A place that may be meant as a name of an entity: what it should say, what to change, and the odds."""

    span: Span
    entity: int
    right: str
    edits: tuple[Edit, ...]
    odds: float
    single: bool = False


_NAME_GAP = re.compile(r"(?:\.?'?[ -]|[-'–])'?\Z")
_SKIP = frozenset({"jr", "sr", "ii", "iii", "iv"})


class Lines:
    """The neighbours of a word on its line."""

    __slots__ = ("_known", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._known: dict[int, tuple[list[Word], int]] = {}

    def around(self, at: int) -> tuple[list[Word], int]:
        """The words of the neighbourhood of a word that stands at `at`, and the word's number among them."""
        known = self._known.get(at)
        if known is None:
            known = self._known[at] = self._look(at)
        return known

    def _look(self, at: int) -> tuple[list[Word], int]:
        text = self.text
        low = max(0, at - 72)
        start = text.rfind("\n", low, at) + 1 or low
        while start and start < at and text[start - 1].isalnum() and text[start].isalnum():
            start += 1
        end = text.find("\n", at, at + 96)
        end = end if end >= 0 else min(len(text), at + 96)
        number = -1
        words: list[Word] = []
        for match in _TOKEN.finditer(text, start, end):
            if match.start() == at:
                number = len(words)
            words.append(Word(match.start(), match.end(), match.group(), fold(match.group())))
        if end < len(text) and words and words[-1].end == end and (text[end].isalnum() or text[end] == "_"):
            words.pop()
        return words, number

    def joined(self, one: Word, other: Word) -> bool:
        """Whether two neighbouring words can be parts of one name."""
        gap = self.text[one.end : other.start]
        if gap == " ":
            return True
        if "\n" in gap or not gap:
            return False
        if gap.strip() == ".":
            return len(one.text) == 1 or one.folded in vocabulary()["honorific"]
        return bool(_NAME_GAP.match(gap)) and "." not in gap


def _forms(entity: Entity) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The right forms of a name, each as its words that count: no initials, no “Jr.”."""
    seen = set()
    for text in (entity.name, *entity.aliases, *((entity.full_name,) if entity.full_name else ())):
        words = tuple(_TOKEN.findall(text))
        if entity.kind == "person":
            words = tuple(word for word in words if len(word) > 1 and fold(word) not in _SKIP)
            if len(words) > 2:
                short = (words[0], words[-1])
                if short not in seen:
                    seen.add(short)
                    yield text, short
        elif len(words) > 2 and words[-1].islower() and words[:-1] not in seen:
            seen.add(words[:-1])
            yield text, words[:-1]
        if words and words not in seen:
            seen.add(words)
            yield text, words


def _is_word(folded: str, reading: Reading) -> bool:
    """Whether a folded word is an ordinary one: a function word, or written small in the same text."""
    return folded in vocabulary()["function"] or folded in vocabulary()["month"] or folded in reading.words


def _standing(folded: str, reading: Reading) -> float:
    """What the form itself says: an ordinary word, a name in use, or neither."""
    if _is_word(folded, reading) or is_common(folded) or is_place(folded):
        return Odds.DICTIONARY
    if folded in word_list("surnames") or folded in word_list("given-names"):
        return Odds.NAME_IN_USE
    return Odds.UNKNOWN_WORD


def is_common(folded: str) -> bool:
    """Whether a folded word is an ordinary English one."""
    from factlint import words

    common = getattr(words, "is_common", None)
    return folded in vocabulary()["generic"] or bool(common and common(folded))


def _commonness(folded: str, given: bool) -> float:
    rank = word_list("given-names" if given else "surnames").get(folded)
    if rank is None:
        return Odds.RARE
    return Odds.COMMON if rank < (60 if given else 500) else 0.0


class _Search:
    """One search for near misses: what it has looked up already."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.facts: Facts = reading.facts
        self.index: NameIndex = index_of(reading.facts)
        self.text = reading.document.plain
        self.lines = Lines(self.text)
        self.spelt = words_by_fold(reading)
        self.covered = [mention.span for mention in reading.names if mention.form != WRONG]
        self._starts = [span.start for span in self.covered]
        self.people = max(1, self.index.sizes.get("people", 1))
        self.others = max(1, self.index.sizes.get("others", 1))
        self.named = {
            entity.id: mention for mention in reading.names if mention.form != WRONG for entity in mention.entities
        }
        self._evidence: dict[tuple[int, int], float] = {}
        self._timely: dict[int, bool] = {}
        self.prior = math.log(self.people)
        # What no evidence can lift above even is never looked at.
        most = Odds.UNKNOWN_WORD + Odds.ROLE + 1 + Odds.ELSEWHERE - self.prior
        self.other_given = Odds.OTHER_GIVEN + Odds.RARE + 0.7 + most > 0
        self.other_surname = Odds.OTHER_SURNAME - 3.6 + Odds.RARE + most > 0
        lonely = Odds.LONELY + Odds.UNKNOWN_WORD + Odds.SPEAKS - 0.7 * self.prior
        self.lonely = lonely > 0
        self.lonely_titled = lonely + 0.7 * (Odds.ROLE + 1) > 0

    def is_covered(self, start: int, end: int) -> bool:
        """Whether a known name stands there."""
        from bisect import bisect_left

        at = bisect_left(self._starts, end)
        return at > 0 and self.covered[at - 1].end > start

    def near(self, folded: str) -> Mapping[str, float]:
        """The words of known names that are near a word."""
        known: dict[str, dict[str, float]] = self.facts.__dict__.setdefault("_near_words", {})
        found = known.get(folded)
        if found is None:
            if len(known) > 50_000:
                known.clear()
            found = known[folded] = near_words(self.index, folded)
        return found

    @cached_property
    def small(self) -> Mapping[str, tuple[str, ...]]:
        """The words of names by their first letter, where few are known."""
        if self.people + self.others > 120:
            return {}
        found: dict[str, list[str]] = {}
        for token in self.index.tokens:
            if len(token) > 3:
                found.setdefault(token[0], []).append(token)
        return {letter: tuple(tokens) for letter, tokens in found.items()}

    def loosely(self, folded: str) -> Mapping[str, float]:
        """The words of known names that are near or three letters away, for a word that is nothing else."""
        found = dict(self.near(folded))
        for token in self.small.get(folded[0], ()):
            if token in found or token[:2] != folded[:2]:
                continue
            if 0 < distance(token, folded) <= len(token) // 2 - 1:
                found[token] = 3.2
        return found

    def timely(self, number: int) -> bool:
        """Whether somebody may write about this entity at the time of the text."""
        if number not in self._timely:
            self._timely[number] = _timely(self.facts, self.facts.entities[number], self.reading)
        return self._timely[number]

    def row_of(self, entity: Entity) -> int:
        """The number of an entity that the text names."""
        for form in self.index.anchors.get(self._anchor_of(entity), ()):
            for row in form.entities:
                if self.facts.entities[row].id == entity.id:
                    return row
        return -1

    def _anchor_of(self, entity: Entity) -> str:
        words = [fold(word) for word in _TOKEN.findall(entity.name)]
        return next(
            (word for word in words if any(form.text == entity.name for form in self.index.anchors.get(word, ()))), ""
        )

    def role_beside(self, number: int, span: Span) -> float:
        """How much of what is known of an entity stands beside a place."""
        sentence = self.reading.sentence_at(span.start)
        key = (number, sentence.start)
        if key not in self._evidence:
            self._evidence[key] = _role_beside(self.facts, self.facts.entities[number], self.text, sentence)
        return self._evidence[key]


def _timely(facts: Facts, entity: Entity, reading: Reading) -> bool:
    last = reading.date.last
    if last is None or entity.kind != "person":
        return True
    began: list[int] = []
    ended: list[int] = []
    born = None
    for fact in facts.by_subject.get(entity.id, ()):
        if fact.attribute == "born" and fact.value.first:  # type: ignore[union-attr]
            born = fact.value.first.year  # type: ignore[union-attr]
        elif fact.attribute == "died" and fact.value.last:  # type: ignore[union-attr]
            ended.append(fact.value.last.year)  # type: ignore[union-attr]
        elif fact.attribute == "role":
            possible = fact.holds.possible
            if possible.first:
                began.append(possible.first.year)
            ended.append(possible.last.year if possible.last else 9999)
    if born is not None and not last.year - 100 <= born <= last.year - 12:
        return False
    if ended and max(ended) < last.year - 30:
        return False
    return not (began and min(began) > last.year + 2)


def _role_beside(facts: Facts, entity: Entity, text: str, sentence: Span) -> float:
    """Log-odds of what is known of an entity that stands in a sentence."""
    words = {fold(word) for word in _TOKEN.findall(text[sentence.start : sentence.end])}
    words |= {expanded for word in tuple(words) for expanded in expand(word)}
    name = {fold(word) for word in _TOKEN.findall(entity.name)}
    generic = vocabulary()["generic"] | vocabulary()["function"]
    best = 0.0
    for fact in facts.by_subject.get(entity.id, ()):
        value = fact.value
        if isinstance(value, Role):
            for title in (value.title, *value.aliases):
                wanted = {fold(word) for word in _TOKEN.findall(title)} - vocabulary()["function"]
                of = {fold(word) for part in value.of for word in _TOKEN.findall(part)} - generic - name
                have = len(wanted & words) / len(wanted) if wanted else 0.0
                near = bool(of & words)
                odds = Odds.ROLE if have == 1 else Odds.SOME_ROLE if have >= 0.5 or near else 0.0
                if have == 1 and near:
                    odds += 1
                best = max(best, odds)
        elif isinstance(value, str) and fact.attribute not in ("demonym", "region"):
            wanted = {fold(word) for word in _TOKEN.findall(value)} - generic - name
            if wanted & words:
                best = max(best, Odds.SOME_ROLE)
    return best


def expand(word: str) -> tuple[str, ...]:
    """What else a folded word stands for: the country of an adjective, the title of an abbreviation."""
    return _expansions().get(word, ())


def is_place(word: str) -> bool:
    """Whether a folded word is a country or state, an adjective of one, or who comes from there."""
    return word in _place_words()


@cache
def _place_words() -> frozenset[str]:
    found = set()
    for file in ("countries", "states"):
        for line in word_list(file):
            for name in line.split("|"):
                words = _TOKEN.findall(name)
                if len(words) == 1 and len(words[0]) > 2:
                    found.add(fold(words[0]))
    return frozenset(found)


@cache
def _expansions() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for file in ("countries", "states"):
        for line in word_list(file):
            names = line.split("|")
            full = {fold(word) for word in _TOKEN.findall(names[0])} - {"of", "the", "and"}
            for name in names:
                words = _TOKEN.findall(name)
                if len(words) == 1:
                    found.setdefault(fold(words[0]), set()).update(full)
    for line in word_list("titles"):
        use, _, words_text = line.partition(": ")
        if use == "same":
            first, *others = words_text.split()
            for other in others:
                found.setdefault(other, set()).update(first.split("-"))
                found.setdefault(first, set()).add(other)
    return {word: tuple(sorted(others - {word})) for word, others in found.items()}


def _near_misses(search: _Search) -> list[Guess]:
    """The best guess at each place that may be meant as a known name, whatever its odds above even."""
    guesses: list[Guess] = []
    singles: list[tuple[Word, Sequence[Word], int]] = []
    done: set[tuple[int, int]] = set()
    function = vocabulary()["function"]
    for folded, written in search.spelt.items():
        if len(folded) < 3 or folded in function:
            continue
        capital = [word for word in written if word[0].isupper()]
        if not capital or folded.isdigit():
            continue
        near = search.near(folded)
        exact = search.index.tokens.get(folded)
        unknown = not near and not exact and search.small and len(folded) > 3
        if unknown and _standing(folded, search.reading) == Odds.UNKNOWN_WORD:
            near = search.loosely(folded)
        if not near and not exact:
            continue
        for variant in capital:
            for at in places_of(search.text, variant):
                if search.is_covered(at, at + len(variant)):
                    continue
                words, number = search.lines.around(at)
                if number < 0:
                    continue
                found = list(_aligned(search, words, number, near, exact or (), done))
                guesses += found
                if near:
                    singles.append((words[number], words, number))
    guesses = _best(guesses)
    introduced = set(search.named) | {search.facts.entities[guess.entity].id for guess in guesses if guess.odds > 0}
    taken = [guess.span for guess in guesses if guess.odds > 0]
    guesses = _best([*guesses, *_values_beside(search)])
    starts = {word.start for word, _, _ in singles if any(span.start <= word.start < span.end for span in taken)}
    for word, around, place in singles:
        if word.start not in starts:
            guesses += _single(search, word, around, place, introduced, starts)
    return _best(guesses)


def _values_beside(search: _Search) -> Iterator[Guess]:
    """Guesses at what the facts say of an entity that the sentence names: an attribute's value, a body of a role."""
    vocab = vocabulary()
    done: set[tuple[int, str]] = set()
    for mention in search.reading.names:
        if mention.form == WRONG or len(mention.entities) > 1:
            continue
        entity = mention.entities[0]
        values: dict[str, None] = {}
        for fact in search.facts.by_subject.get(entity.id, ()):
            if isinstance(fact.value, Role):
                values.update(dict.fromkeys(fact.value.of))
            elif isinstance(fact.value, str) and fact.attribute not in ("demonym", "region", "party"):
                values.update(dict.fromkeys(part.strip() for part in fact.value.split(",")))
        sentence = search.reading.sentence_at(mention.span.start)
        for value in values:
            form = tuple(_TOKEN.findall(value))
            if len(value) < 6 or not value[0].isupper() or len(form) > 6 or (sentence.start, value) in done:
                continue
            done.add((sentence.start, value))
            if fold(value) in vocab["party"] or is_place(fold(value)):
                continue
            yield from _value_in(search, sentence, value, form, entity)


def _value_in(search: _Search, sentence: Span, value: str, form: tuple[str, ...], entity: Entity) -> Iterator[Guess]:
    text = search.text
    row = search.row_of(entity)
    wanted = tuple(fold(word) for word in form)
    if row < 0 or all(word in search.spelt for word in wanted):
        return
    words = [
        Word(match.start(), match.end(), match.group(), fold(match.group()))
        for match in _TOKEN.finditer(text, sentence.start, sentence.end)
    ]
    for number, word in enumerate(words):
        if not word.capital or search.is_covered(word.start, word.end):
            continue
        if len(form) == 1:
            far = farness(word.folded, wanted[0])
            if not far or (_is_derived(word.folded, wanted[0]) and far > 1):
                continue
            standing = _standing(word.folded, search.reading)
            right = spelt_like(word.text, form[0])
            odds = Odds.VALUE - far + max(standing, -2.0)
            yield Guess(Span(word.start, word.end), row, right, (Edit(Span(word.start, word.end), right),), odds)
        elif word.folded in wanted:
            place = wanted.index(word.folded)
            guess = _align(search, words, number, entity, row, form, place, person=False)
            if guess is not None:
                yield guess


def _searched(reading: Reading) -> tuple[_Search, list[Guess]]:
    """The search for near misses in a reading and what it found; made once."""
    known: tuple[_Search, list[Guess]] | None = reading.__dict__.get("_near_misses")
    if known is None:
        search = _Search(reading)
        known = reading.__dict__["_near_misses"] = (search, _near_misses(search))
    return known


def _best(guesses: Iterable[Guess]) -> list[Guess]:
    """Of guesses that overlap, the one with the best odds; close rivals for one place take from its odds."""
    kept: list[Guess] = []
    for guess in sorted(guesses, key=lambda one: (-one.odds, one.span.start, -len(one.span), one.entity, one.right)):
        rival = next((other for other in kept if other.span.overlaps(guess.span)), None)
        if rival is None:
            kept.append(guess)
        elif rival.entity != guess.entity and rival.odds - guess.odds < 1.0 and rival.right != guess.right:
            kept[kept.index(rival)] = Guess(
                rival.span, rival.entity, rival.right, rival.edits, rival.odds - 1.0 + (rival.odds - guess.odds) / 2
            )
    return sorted(kept, key=lambda one: one.span)


def _aligned(
    search: _Search,
    words: Sequence[Word],
    number: int,
    near: Mapping[str, float],
    exact: Sequence[int],
    done: set[tuple[int, int]],
) -> Iterator[Guess]:
    """Guesses at names of two words and more that a word near or like one of theirs is part of."""
    word = words[number]
    left = words[number - 1] if number and search.lines.joined(words[number - 1], word) else None
    right = words[number + 1] if number + 1 < len(words) and search.lines.joined(word, words[number + 1]) else None
    if left is None and right is None:
        return
    mine: dict[int, None] = dict.fromkeys(exact)
    for token in near:
        mine.update(dict.fromkeys(search.index.tokens.get(token, ())))
    if len(mine) > 12:
        theirs: set[int] = set()
        for other in _reach(search, words, number):
            theirs.update(search.index.tokens.get(other.folded, ()))
            for token in search.near(other.folded):
                theirs.update(search.index.tokens.get(token, ()))
        loose: set[int] = set()
        if search.other_given and len(exact) <= 60:
            loose.update(exact)
        mine = {entity: None for entity in mine if entity in theirs or entity in loose}
    for entity in mine:
        if right is not None and entity in exact:
            swapped = _swapped(search, word, right, entity)
            if swapped is not None:
                yield swapped
        if right is not None and entity in exact:
            reordered = _reordered(search, words, number, entity)
            if reordered is not None:
                yield reordered
        key = (word.start, entity)
        if key in done:
            continue
        done.add(key)
        known = search.facts.entities[entity]
        for _, form in _forms(known):
            if len(form) < 2:
                continue
            for place, part in enumerate(form):
                folded = fold(part)
                if folded == word.folded or folded in near:
                    guess = _align(search, words, number, known, entity, form, place)
                    if guess is not None:
                        yield guess


def _swapped(search: _Search, word: Word, after: Word, row: int) -> Guess | None:
    """The guess that two words are the two of a person's name in the wrong order."""
    entity = search.facts.entities[row]
    if entity.kind != "person" or not after.capital or search.text[word.end : after.start] != " ":
        return None
    for _, form in _forms(entity):
        if len(form) == 2 and fold(form[0]) == after.folded and fold(form[1]) == word.folded:
            odds = Odds.SWAPPED - search.prior + _commonness(after.folded, given=True)
            if odds <= 0 or not search.timely(row):
                return None
            span = Span(word.start, after.end)
            right = f"{form[0]} {form[1]}"
            return Guess(span, row, right, (Edit(span, right),), odds + search.role_beside(row, span))
    return None


_CONNECTING = frozenset({"of", "the", "for", "and", "in"})


def _reordered(search: _Search, words: Sequence[Word], number: int, row: int) -> Guess | None:
    """The guess that the words around are those of a name in another order (“Economic Club of New York”)."""
    entity = search.facts.entities[row]
    if entity.kind == "person":
        return None
    for _, form in _forms(entity):
        wanted = sorted(fold(word) for word in form if fold(word) not in _CONNECTING)
        if not 2 <= len(wanted) <= 6 or all(word in vocabulary()["generic"] for word in wanted):
            continue
        for start in (number - 1, number):
            if start < 0:
                continue
            kept = _run(search, words, start, len(wanted))
            order = [word.folded for word in kept if word.folded not in _CONNECTING]
            right_order = [fold(word) for word in form if fold(word) not in _CONNECTING]
            if sorted(order) == wanted and order != right_order and any(word.capital for word in kept):
                span = Span(kept[0].start, kept[-1].end)
                right = next(text for text, other_form in _forms(entity) if other_form == form)
                odds = Odds.REORDERED - 0.3 * math.log(search.others)
                return Guess(span, row, right, (Edit(span, right),), odds)
    return None


def _run(search: _Search, words: Sequence[Word], start: int, length: int) -> list[Word]:
    """So many telling words from number `start`, with “of” and its like between them."""
    kept = [words[start]]
    telling = 1
    for other in words[start + 1 : start + 10]:
        if telling == length or search.text[kept[-1].end : other.start] != " ":
            break
        kept.append(other)
        telling += other.folded not in _CONNECTING
    return kept


def _reach(search: _Search, words: Sequence[Word], number: int) -> Iterator[Word]:
    for other in (number - 2, number - 1, number + 1, number + 2):
        if 0 <= other < len(words) and words[other].capital:
            yield words[other]


@dataclass(frozen=True, slots=True)
class _Part:
    """A word of a name held against one of the text: how far they are, and whether they merely stand for each other."""

    right: str
    found: Word
    far: float
    other: bool = False
    nickname: bool = False


def _align(
    search: _Search,
    words: Sequence[Word],
    number: int,
    entity: Entity,
    row: int,
    form: tuple[str, ...],
    place: int,
    person: bool | None = None,
) -> Guess | None:
    """The guess that the words around number `number`, which is word `place` of the form, are the form."""
    parts: list[_Part | None] = [None] * len(form)
    person = entity.kind == "person" if person is None else person
    for step in (-1, 1):
        at = number
        wanted = place if step == 1 else place - 1
        if step == -1:
            at = _step(search, words, number, -1, person)
        while 0 <= wanted < len(form) and 0 <= at < len(words):
            found = words[at]
            part = _hold(form[wanted], found, given=person and wanted == 0)
            if part is None:
                break
            parts[wanted] = part
            wanted += step
            at = _step(search, words, at, step, person)
    if any(part is None for part in parts):
        return None
    whole = [part for part in parts if part is not None]
    return _judge_person(search, row, whole, words) if person else _judge_other(search, row, whole)


def _step(search: _Search, words: Sequence[Word], at: int, step: int, person: bool) -> int:
    """The number of the next word of a name, initials of people passed over; -1 at its end."""
    while True:
        other = at + step
        if not 0 <= other < len(words):
            return -1
        one, two = (words[at], words[other]) if step == 1 else (words[other], words[at])
        if not search.lines.joined(one, two):
            return -1
        if person and len(words[other].text) == 1 and words[other].capital:
            at = other
            continue
        if person and words[other].folded in _SKIP:
            at = other
            continue
        return other


def _hold(part: str, found: Word, given: bool) -> _Part | None:
    folded = fold(part)
    function = vocabulary()["function"]
    if folded == found.folded and (found.capital or not part[0].isupper() or folded in function):
        return _Part(part, found, 0.0)
    if folded in function and found.folded in function and not given:
        return _Part(part, found, 3.6, other=True)
    if part[0].isupper() and not found.capital:
        return None
    if given and is_nickname(folded, found.folded):
        return _Part(part, found, 0.0, nickname=True)
    if set(expand(folded)) & {*expand(found.folded), found.folded} or folded in expand(found.folded):
        return _Part(part, found, 0.0)
    far = farness(found.folded, folded)
    if far is not None and found.capital and len(found.text) > 2:
        return _Part(part, found, far)
    if not found.capital or found.folded in vocabulary()["function"]:
        return None
    return _Part(part, found, 3.6, other=True)


def spelt_like(model: str, right: str) -> str:
    """A right word in capitals where the text's is."""
    return right.upper() if model.isupper() and len(model) > 3 else right


def _rebuilt(search: _Search, parts: Sequence[_Part]) -> tuple[Span, str, tuple[Edit, ...]]:
    """Where the words stand, what should stand there, and the edits that make it so."""
    span = Span(parts[0].found.start, parts[-1].found.end)
    edits = tuple(
        Edit(Span(part.found.start, part.found.end), spelt_like(part.found.text, part.right))
        for part in parts
        if part.far > 0
    )
    text, at = "", span.start
    shown = search.reading.document.text
    for edit in edits:
        text += shown[at : edit.at.start] + edit.text
        at = edit.at.end
    return span, text + shown[at : span.end], edits


def _judge_person(search: _Search, row: int, parts: Sequence[_Part], words: Sequence[Word]) -> Guess | None:
    given, surname = parts[:-1], parts[-1]
    far = sum(part.far for part in given)
    wrong = [part for part in parts if part.far > 0]
    if not wrong or not search.timely(row):
        return None
    if surname.other and any(part.far > 0 for part in given):
        return None
    if any(part.other for part in given) and surname.far > 0:
        return None
    if sum(part.other for part in parts) > 1:
        return None
    entity = search.facts.entities[row]
    elsewhere = 0.0
    mention = search.named.get(entity.id)
    if mention is not None:
        elsewhere = Odds.ELSEWHERE if mention.form in (NAME, "alias") else Odds.SURNAME_ELSEWHERE
    elif fold(surname_of(entity.name).split(" ")[-1] or entity.name) in search.spelt and surname.far > 0:
        elsewhere = Odds.SURNAME_ELSEWHERE
    other_given = any(part.other for part in given)
    if other_given:
        elsewhere = min(elsewhere, Odds.BOTH_GIVEN)
    odds = elsewhere - search.prior - 0.6 * sum(part.nickname for part in parts)
    if surname.other:
        if not search.other_surname or distance_ratio(surname) > 0.75:
            return None
        odds += Odds.OTHER_SURNAME - 3.6 + _commonness(given[0].found.folded, given=True)
    elif other_given:
        first = next(part for part in given if part.other)
        if not search.other_given or _is_title(search, first.found):
            return None
        odds += Odds.OTHER_GIVEN + _commonness(surname.found.folded, given=False)
        if first.found.text[0] == first.right[0]:
            odds += 0.7
    else:
        odds += Odds.FULL - far - surname.far
        if surname.far == 0:
            odds += min(0.0, _commonness(surname.found.folded, given=False))
    if odds + Odds.UNKNOWN_WORD + Odds.ROLE + 1 <= 0:
        return None
    odds += sum(_standing(part.found.folded, search.reading) for part in wrong) / len(wrong)
    if _embedded(search, parts, words):
        odds += Odds.EMBEDDED
    if odds + Odds.ROLE + 1 <= 0:
        return None
    span, right, edits = _rebuilt(search, parts)
    role = search.role_beside(row, span)
    if other_given and not described_as(search.reading, span, entity):
        role = min(role, Odds.SOME_ROLE) + Odds.NOT_DESCRIBED
    return Guess(span, row, right, edits, odds + role)


def _is_title(search: _Search, word: Word) -> bool:
    """Whether a word before a name is no given name: a title, an adjective of a place or party, an ordinary word."""
    vocab = vocabulary()
    return (
        word.folded in vocab["head"]
        or word.folded in vocab["honorific"]
        or word.folded in vocab["exclusive"]
        or word.folded in vocab["party"]
        or word.folded in vocab["function"]
        or word.folded in vocab["month"]
        or word.folded in search.index.titles
        or bool(expand(word.folded))
        or (is_common(word.folded) and word.folded not in word_list("given-names"))
    )


def distance_ratio(part: _Part) -> float:
    """How much of two words differs, from 0 to 1."""
    longest = max(len(part.right), len(part.found.text))
    return distance(fold(part.right), part.found.folded) / longest


def _embedded(search: _Search, parts: Sequence[_Part], words: Sequence[Word]) -> bool:
    """Whether a capitalised word that is no title stands right before or after, so that the name is a longer one."""
    first, last = parts[0].found, parts[-1].found
    before = next((word for word in reversed(words) if word.end <= first.start), None)
    after = next((word for word in words if word.start >= last.end), None)
    vocab = vocabulary()
    if (
        before is not None
        and before.capital
        and search.text[before.end : first.start] == " "
        and not (before.text.isupper() or _is_title(search, before))
    ):
        return True
    return bool(
        after is not None
        and after.capital
        and search.text[last.end : after.start] == " "
        and after.folded not in vocab["function"]
        and after.folded not in vocab["month"]
        and not after.text.isupper()
    )


def _judge_other(search: _Search, row: int, parts: Sequence[_Part]) -> Guess | None:
    wrong = [part for part in parts if part.far > 0]
    if not wrong or sum(part.other for part in parts) > 1 or len(wrong) > len(parts) // 2 + 1:
        return None
    generic = vocabulary()["generic"]
    exact = [part for part in parts if part.far == 0]
    telling = [part for part in exact if part.found.folded not in generic]
    if not telling and len(exact) < 2:
        return None
    odds = Odds.WHOLE + 0.8 * len(telling) + 0.2 * (len(exact) - len(telling)) - 0.6 * math.log(search.others)
    for part in wrong:
        if part.other:
            if len(exact) < 2:
                return None
            odds -= 3.2
        else:
            odds -= part.far
            standing = _standing(part.found.folded, search.reading)
            odds += max(standing, -1.5) if part.found.folded not in generic else -1.5
    span, right, edits = _rebuilt(search, parts)
    odds += search.role_beside(row, span) / 2
    if any(part.other for part in wrong):
        return Guess(span, row, right, edits, min(odds, Odds.ANOTHER_BODY))
    if search.facts.entities[row].id in search.named:
        odds += 1.5
    return Guess(span, row, right, edits, odds)


def _single(
    search: _Search, word: Word, words: Sequence[Word], number: int, introduced: set[str], taken: set[int]
) -> Iterator[Guess]:
    """Guesses at one word: a surname of somebody whom the text introduces, a name of one word."""
    vocab = vocabulary()
    before = words[number - 1] if number and search.lines.joined(words[number - 1], word) else None
    after = words[number + 1] if number + 1 < len(words) and search.lines.joined(word, words[number + 1]) else None
    if after is not None and after.capital and after.folded not in vocab["month"] | vocab["function"]:
        return
    titled = False
    if before is not None and before.capital:
        titled = before.folded in vocab["honorific"] | vocab["head"] or before.folded in search.index.titles
        if not titled and not _is_title(search, before):
            return
    span = Span(word.start, word.end)
    standing = _standing(word.folded, search.reading)
    if number and words[number - 1].folded in ("the", "a", "an"):
        standing -= 2.0
    speaks = after is not None and after.folded in vocab["speaks"]
    if any(search.facts.entities[row].id in introduced for row in search.index.tokens.get(word.folded, ())[:40]):
        return
    near = search.loosely(word.folded) if standing == Odds.UNKNOWN_WORD and search.small else search.near(word.folded)
    for token, far in near.items():
        if _is_derived(word.folded, token):
            continue
        for row in search.index.tokens.get(token, ())[:40]:
            entity = search.facts.entities[row]
            person = entity.kind == "person"
            if person and entity.id not in introduced and not (search.lonely_titled if titled else search.lonely):
                continue
            if person and not search.timely(row):
                continue
            odds = standing - far - (1.5 if word.folded in search.index.tokens else 0.0)
            if person:
                surname = fold(surname_of(entity.name).split(" ")[-1]) if " " in entity.name else fold(entity.name)
                if token != surname and not (entity.id in introduced and word.folded not in word_list("given-names")):
                    odds -= 1.0
                if entity.id in introduced:
                    odds += Odds.SINGLE
                else:
                    odds += Odds.LONELY - 0.7 * math.log(search.people)
                if titled:
                    odds += 0.7 * search.role_beside(row, span)
                if speaks:
                    odds += Odds.SPEAKS
                if len(token) <= 4:
                    odds -= 0.5
                if _stranger_introduced(search, word, taken):
                    odds += Odds.INTRODUCED
            else:
                if not any(len(form) == 1 and fold(form[0]) == token for _, form in _forms(entity)):
                    continue
                odds += Odds.WHOLE - 1.2 - 0.6 * math.log(search.others) + (0.5 if entity.id in search.named else 0)
                if token.isdigit() or len(token) <= 4:
                    odds -= 2.0
            right = next((part for _, form in _forms(entity) for part in form if fold(part) == token), "")
            right = spelt_like(word.text, right)
            yield Guess(span, row, right, (Edit(span, right),), odds, single=True)


def _stranger_introduced(search: _Search, word: Word, taken: set[int]) -> bool:
    """Whether the text has the word after a given name somewhere, so that it is somebody of that name."""
    for at in places_of(search.text, word.text):
        words, number = search.lines.around(at)
        if number < 1 or at in taken:
            continue
        before = words[number - 1]
        if (
            before.capital
            and len(before.text) > 1
            and search.lines.joined(before, words[number])
            and not _is_title(search, before)
        ):
            return True
    return False


_ENDINGS = (
    "s",
    "es",
    "n",
    "an",
    "ian",
    "ean",
    "i",
    "ese",
    "ic",
    "ist",
    "ists",
    "ism",
    "ite",
    "ish",
    "er",
    "ers",
    "ns",
    "ans",
    "ians",
)


def _is_derived(one: str, other: str) -> bool:
    """Whether one of two folded words is the other with an ending of a plural, a people or an adjective."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and long[len(short) :] in _ENDINGS


def cite_entity(entity: Entity) -> Citation:
    """An entity's name as a finding cites it."""
    return Citation(id=entity.id, says=entity.name, file=entity.at.file, line=entity.at.line)


def _citations(reading: Reading, entity: Entity) -> tuple[Citation, ...]:
    facts = reading.facts
    roles = [fact for fact in facts.by_subject.get(entity.id, ()) if fact.attribute == "role"]
    held = [fact for fact in roles if fact.holds.possible.meets(reading.date)]
    return (cite_entity(entity), *(facts.cite(fact) for fact in (held or roles)[:1]))


def spells_names_as_known(reading: Reading) -> Iterator[Problem]:
    """Find near misses of known names, by spelling and sound, where the evidence is more likely than not."""
    if not reading.facts.entities:
        return
    _, guesses = _searched(reading)
    for guess in guesses:
        sure = confidence(guess.odds)
        if sure < 0.5:
            continue
        entity = reading.facts.entities[guess.entity]
        yield Problem(
            at=guess.span,
            words={"name": entity.name},
            suggestions=(guess.right,),
            fix=Fix(guess.edits),
            facts=_citations(reading, entity),
            confidence=sure,
        )


def avoids_wrong_forms(reading: Reading) -> Iterator[Problem]:
    """Find forms of names that the facts file lists as wrong."""
    for mention in reading.names:
        if mention.form == WRONG:
            right = mention.entities[0].name
            shown = reading.document.text[mention.span.start : mention.span.end]
            right = right.upper() if shown.isupper() and len(shown) > 4 else right
            yield Problem(
                at=mention.span,
                words={"name": right},
                suggestions=tuple(entity.name for entity in mention.entities),
                fix=Fix((Edit(mention.span, right),)) if len(mention.entities) == 1 else None,
                facts=tuple(cite_entity(entity) for entity in mention.entities),
                confidence=0.97 if len(mention.entities) == 1 else 0.8,
            )


# Marks, strangers, references


def _exact_forms(entity: Entity, form: str) -> Iterator[str]:
    for name in (entity.name, *entity.aliases, entity.full_name, *entity.former):
        if name:
            yield surname_of(name) if form in (SHORT, INITIALS) else name


def keeps_diacritics(reading: Reading) -> Iterator[Problem]:
    """Find known names that the text writes without, or with other, diacritics than any right form has."""
    shown = reading.document.text
    for mention in reading.names:
        if mention.form not in (NAME, ALIAS, SHORT) or len(mention.entities) > 1:
            continue
        entity = mention.entities[0]
        said = shown[mention.span.start : mention.span.end]
        if said.isascii() and entity.name.isascii() and all(alias.isascii() for alias in entity.aliases):
            continue
        forms = list(_exact_forms(entity, mention.form))
        plain = reading.document.plain[mention.span.start : mention.span.end]
        if any(form.casefold() == plain.casefold() for form in forms):
            continue
        right = next((form for form in forms if _folded_words(form) == _folded_words(plain)), "")
        if not right or _letters(right) == _letters(plain):
            continue
        right = right.upper() if said.isupper() else right
        yield Problem(
            at=mention.span,
            words={"name": entity.name},
            suggestions=(right,),
            fix=Fix((Edit(mention.span, right),)),
            facts=(cite_entity(entity),),
            confidence=0.9,
        )


def _folded_words(text: str) -> list[str]:
    return [fold(word) for word in _TOKEN.findall(text)]


def _letters(text: str) -> str:
    return "".join(_TOKEN.findall(text)).casefold()


def introduces_speakers(reading: Reading) -> Iterator[Problem]:
    """Find surnames that speak, were never introduced, and begin as that of somebody who was.

    They are too far from it for a slip of the pen: another name stands in place of the known one.
    """
    if not reading.facts.entities:
        return
    search, guesses = _searched(reading)
    guesses = [guess for guess in guesses if guess.odds > 0]
    vocab = vocabulary()
    introduced: dict[str, Entity] = {}
    for entity in [
        *(entity for mention in reading.names for entity in mention.entities if mention.form != WRONG),
        *(reading.facts.entities[guess.entity] for guess in guesses),
    ]:
        surname = fold(surname_of(entity.name).split(" ")[-1]) if entity.kind == "person" else ""
        if len(surname) > 3:
            introduced.setdefault(surname, entity)
    if not introduced:
        return
    tried = {fold(_TOKEN.findall(search.text[guess.span.start : guess.span.end])[-1]) for guess in guesses}
    taken = {place for guess in guesses for place in range(guess.span.start, guess.span.end)}
    for folded, written in sorted(search.spelt.items()):
        if len(folded) < 5 or not any(word[0].isupper() for word in written) or folded in introduced:
            continue
        near = [(surname, entity) for surname, entity in introduced.items() if _begins_alike(folded, surname)]
        if not near:
            continue
        standing = _standing(folded, reading)
        if standing == Odds.DICTIONARY:
            continue
        for variant in written:
            for at in places_of(search.text, variant):
                if at in taken or search.is_covered(at, at + len(variant)) or not variant[0].isupper():
                    continue
                words, number = search.lines.around(at)
                if not _speaks(search, words, number, vocab["speaks"]):
                    continue
                if _stranger_introduced(search, words[number], taken):
                    continue
                surname, entity = max(near, key=lambda one: (_shared(folded, one[0]), one[0]))
                odds = Odds.STRANGER + standing / 2 + max(0, _shared(folded, surname) - 3) * 0.5
                if any(folded.startswith(form) for form in tried if len(form) > 4):
                    odds += Odds.ELSEWHERE
                right = surname_of(entity.name)
                yield Problem(
                    at=Span(at, at + len(variant)),
                    words={"name": entity.name},
                    suggestions=(right,),
                    fix=Fix((Edit(Span(at, at + len(variant)), right),)),
                    facts=_citations(reading, entity),
                    confidence=confidence(odds),
                )


def _shared(one: str, other: str) -> int:
    """How many consonant sounds two words begin with in common."""
    count = 0
    for first, second in zip(sound(one), sound(other), strict=False):
        if first != second:
            break
        count += 1
    return count


def _begins_alike(one: str, other: str) -> bool:
    """Whether two words share their first letter and all the consonants of the shorter, at least four."""
    shorter = min(len(sound(one)), len(sound(other)))
    return one[0] == other[0] and shorter > 3 and _shared(one, other) == shorter and not _is_derived(one, other)


def _speaks(search: _Search, words: Sequence[Word], number: int, verbs: frozenset[str]) -> bool:
    """Whether a word alone, without a given name, is the subject of a verb of speech."""
    if number < 0:
        return False
    if number and search.lines.joined(words[number - 1], words[number]) and words[number - 1].capital:
        before = words[number - 1]
        if not _is_title(search, before):
            return False
    after = words[number + 1] if number + 1 < len(words) else None
    if after is None or search.text[words[number].end : after.start] != " ":
        return False
    if after.folded in verbs:
        return True
    later = words[number + 2] if number + 2 < len(words) else None
    return after.folded in ("also", "has", "had") and later is not None and later.folded in verbs


def introduces_people_in_full(reading: Reading) -> Iterator[Problem]:
    """Find people whose first mention is not their full name."""
    seen: set[str] = set()
    for mention in reading.names:
        entity = mention.entity
        if entity is None or entity.kind != "person" or entity.id in seen:
            continue
        seen.add(entity.id)
        if mention.form in (SHORT, INITIALS) and reading.block_at(mention.span.start).kind != "heading":
            yield Problem(
                at=mention.span,
                words={"name": entity.name},
                suggestions=(entity.name,),
                fix=Fix((Edit(mention.span, entity.name),)),
                facts=(cite_entity(entity),),
                confidence=0.9,
            )


def shortens_names_later(reading: Reading) -> Iterator[Problem]:
    """Find full names of people that the text has introduced before, outside quotations and headings."""
    seen: set[str] = set()
    for mention in reading.names:
        entity = mention.entity
        if entity is None or entity.kind != "person" or mention.form not in (NAME, ALIAS):
            continue
        if reading.block_at(mention.span.start).kind == "heading" or reading.quoted(mention.span):
            continue
        short = surname_of(reading.document.text[mention.span.start : mention.span.end])
        if entity.id in seen and short:
            yield Problem(
                at=mention.span,
                words={"name": entity.name},
                suggestions=(short,),
                fix=Fix((Edit(mention.span, short),)),
                confidence=0.9,
            )
        seen.add(entity.id)


def takes_honorifics(reading: Reading) -> Iterator[Problem]:
    """Find “Mr” and “Ms” and their like before a name whose bearer the facts say is of the other sex."""
    text = reading.document.plain
    for mention in reading.names:
        entity = mention.entity
        if entity is None or entity.kind != "person":
            continue
        before = _HONORIFIC.search(text, max(0, mention.span.start - 8), mention.span.start)
        if before is None:
            continue
        for fact in reading.facts.by_subject.get(entity.id, ()):
            if fact.attribute in ("gender", "sex") and isinstance(fact.value, str):
                sex = fold(fact.value)[:1]
                said = before[1]
                if (said == "Mr" and sex in "fw") or (said != "Mr" and sex == "m"):
                    at = Span(*before.span(1))
                    right = "Ms" if said == "Mr" else "Mr"
                    yield Problem(
                        at=at,
                        words={"name": entity.name},
                        suggestions=(right,),
                        fix=Fix((Edit(at, right),)),
                        facts=(reading.facts.cite(fact),),
                        confidence=0.93,
                    )


_HONORIFIC = re.compile(r"\b(Mr|Ms|Mrs|Miss)\.? $")


_FORMERLY = re.compile(
    r"\b(?:former|formerly|then|then-|once|previously|until|was|were|called|known as|named|ex-)\W+(?:\w+\W+){0,2}$"
)


def uses_names_of_the_time(reading: Reading) -> Iterator[Problem]:
    """Find names that were right until they changed, in a text of a later day."""
    text = reading.document.plain
    for mention in reading.names:
        entity = mention.entity
        if mention.form != FORMER or entity is None:
            continue
        said = _folded_words(text[mention.span.start : mention.span.end])
        named = [fact for fact in reading.facts.of(entity.id, "former name") if _folded_words(str(fact.value)) == said]
        if not named or any(fact.holds.at(reading.date) is not Standing.ENDED for fact in named):
            continue
        sentence = reading.sentence_at(mention.span.start)
        before = text[max(sentence.start, mention.span.start - 40) : mention.span.start]
        after = text[mention.span.end : mention.span.end + 40]
        if _FORMERLY.search(before) or re.match(r"[^.;]{0,15}\b(?:now|today|since|as it was)\b", after):
            continue
        dated = re.search(r"\b(?:1[89]\d\d|20\d\d)\b", text[sentence.start : sentence.end])
        right = entity.name
        yield Problem(
            at=mention.span,
            words={"name": right, "until": str(named[0].holds.until or "")},
            suggestions=(right,),
            fix=Fix((Edit(mention.span, right),)),
            facts=tuple(reading.facts.cite(fact) for fact in named),
            confidence=0.6 if dated else 0.9,
        )
