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
from factlint.findings import Citation, Edit, Fix, Problem, Related
from factlint.mentions import Reading
from factlint.names import (
    NAME,
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

_TOKEN = re.compile(r"\w+")


class Odds:
    """The weights of evidence, in log-odds, fitted by hand to edited news and to published corrections.

    A roster of 537 people whose full names are within one edit of names in the news is right in 4 of 28 cases: hence
    the prior, which falls with the logarithm of the number of people known. The canonical name elsewhere in the text
    raises that to 5 in 6.
    """

    FULL = 5.5  # two parts of a name, at least one of them exact or both near, less how far they are
    OTHER_GIVEN = 1.2  # the surname exact, another given name
    NOT_DESCRIBED = -2.0  # and no title of the person right beside it
    BOTH_GIVEN = -1.0  # while the text has the right given name elsewhere: two of one family
    OTHER_SURNAME = 5.0  # the given name exact, a surname too far to be a slip, less how far
    SWAPPED = 4.0  # the two parts in the wrong order
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
        number, words = -1, []
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
        if words and words not in seen:
            seen.add(words)
            yield text, words


def _is_word(folded: str, reading: Reading) -> bool:
    """Whether a folded word is an ordinary one: a function word, or written small in the same text."""
    return folded in vocabulary()["function"] or folded in vocabulary()["month"] or folded in reading.words


def _standing(folded: str, reading: Reading) -> float:
    """What the form itself says: an ordinary word, a name in use, or neither."""
    if _is_word(folded, reading) or _is_common(folded) or is_place(folded):
        return Odds.DICTIONARY
    if folded in word_list("surnames") or folded in word_list("given-names"):
        return Odds.NAME_IN_USE
    return Odds.UNKNOWN_WORD


def _is_common(folded: str) -> bool:
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
            if token not in found and token != folded and distance(token, folded) <= len(token) // 2 - 1:
                if token[:2] == folded[:2]:
                    found[token] = 3.2
        return found

    def timely(self, number: int) -> bool:
        """Whether somebody may write about this entity at the time of the text."""
        if number not in self._timely:
            self._timely[number] = _timely(self.facts, self.facts.entities[number], self.reading)
        return self._timely[number]

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
        if not near and not exact and search.small and len(folded) > 3:
            if _standing(folded, search.reading) == Odds.UNKNOWN_WORD:
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
    starts = {word.start for word, _, _ in singles if any(span.start <= word.start < span.end for span in taken)}
    for word, words, number in singles:
        if word.start not in starts:
            guesses += _single(search, word, words, number, introduced, starts)
    return _best(guesses)


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
    right = (
        words[number + 1] if number + 1 < len(words) and search.lines.joined(word, words[number + 1]) else None
    )
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
        key = (word.start, entity)
        if key in done:
            continue
        done.add(key)
        known = search.facts.entities[entity]
        for text, form in _forms(known):
            if len(form) < 2:
                continue
            for place, part in enumerate(form):
                folded = fold(part)
                if folded == word.folded or folded in near:
                    guess = _align(search, words, number, known, entity, text, form, place)
                    if guess is not None:
                        yield guess


def _swapped(search: _Search, word: Word, after: Word, row: int) -> Guess | None:
    """The guess that two words are the two of a person's name in the wrong order."""
    entity = search.facts.entities[row]
    if entity.kind != "person" or not after.capital or search.text[word.end : after.start] != " ":
        return None
    for text, form in _forms(entity):
        if len(form) == 2 and fold(form[0]) == after.folded and fold(form[1]) == word.folded:
            odds = Odds.SWAPPED - search.prior + _commonness(after.folded, given=True)
            if odds <= 0 or not search.timely(row):
                return None
            span = Span(word.start, after.end)
            right = f"{form[0]} {form[1]}"
            return Guess(span, row, right, (Edit(span, right),), odds + search.role_beside(row, span))
    return None


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
    text: str,
    form: tuple[str, ...],
    place: int,
) -> Guess | None:
    """The guess that the words around number `number`, which is word `place` of the form, are the form."""
    parts: list[_Part | None] = [None] * len(form)
    person = entity.kind == "person"
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
    return _judge_person(search, row, text, whole, words) if person else _judge_other(search, row, text, whole, words)


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


def _spelt_like(model: str, right: str) -> str:
    return right.upper() if model.isupper() and len(model) > 3 else right


def _rebuilt(search: _Search, parts: Sequence[_Part]) -> tuple[Span, str, tuple[Edit, ...]]:
    """Where the words stand, what should stand there, and the edits that make it so."""
    span = Span(parts[0].found.start, parts[-1].found.end)
    edits = tuple(
        Edit(Span(part.found.start, part.found.end), _spelt_like(part.found.text, part.right))
        for part in parts
        if part.far > 0
    )
    text, at = "", span.start
    shown = search.reading.document.text
    for edit in edits:
        text += shown[at : edit.at.start] + edit.text
        at = edit.at.end
    return span, text + shown[at : span.end], edits


def _judge_person(
    search: _Search, row: int, text: str, parts: Sequence[_Part], words: Sequence[Word]
) -> Guess | None:
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
        or _is_common(word.folded)
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


def _judge_other(
    search: _Search, row: int, text: str, parts: Sequence[_Part], words: Sequence[Word]
) -> Guess | None:
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
    entity = search.facts.entities[row]
    if entity.id in search.named:
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
            right = _spelt_like(word.text, right)
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


_ENDINGS = ("s", "es", "n", "an", "ian", "ean", "i", "ese", "ic", "ist", "ists", "ism", "ite", "ish", "er", "ers", "ns", "ans", "ians")


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
    search = _Search(reading)
    for guess in _near_misses(search):
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


# Two spellings in one text


@dataclass(frozen=True, slots=True)
class _Seat:
    """A word of the text among its neighbours: the name before it and the name after it, folded, where there are."""

    word: Word
    before: Word | None
    after: Word | None


def _seats(search_text: str, lines: Lines, variants: Iterable[str]) -> list[_Seat]:
    found = []
    for variant in variants:
        for at in places_of(search_text, variant):
            words, number = lines.around(at)
            if number < 0:
                continue
            word = words[number]
            before = words[number - 1] if number and lines.joined(words[number - 1], word) else None
            after = words[number + 1] if number + 1 < len(words) and lines.joined(word, words[number + 1]) else None
            found.append(
                _Seat(
                    word,
                    before if before is not None and before.capital and len(before.text) > 1 else None,
                    after if after is not None and after.capital and len(after.text) > 1 else None,
                )
            )
    return found


_ENGLISH = (
    (re.compile(r"is(?=e|ation|ing|er)"), "iz"),
    (re.compile(r"ence$|ence(?=s$)"), "ense"),
    (re.compile(r"our(?=$|s$|ed$|able$|ite$|ing$)"), "or"),
    (re.compile(r"re$"), "er"),
    (re.compile(r"(?<=[ai][sn])er(?=$|s$)|(?<=dvis)er|(?<=nvey)er"), "or"),
    (re.compile(r"ll(?=ed|ing|er|or)"), "l"),
    (re.compile(r"ogue$"), "og"),
    (re.compile(r"mme$"), "m"),
    (re.compile(r"women$"), "woman"),
    (re.compile(r"men$"), "man"),
)
_FOREIGN = (
    (re.compile(r"(?<=.)[iy]+$|(?<=.)[iy]j$"), "i"),
    (re.compile("y"), "i"),
    (re.compile(r"([bdfkmsqz])\1"), r"\1"),
    (re.compile("kh"), "h"),
    (re.compile("([gdbt])h"), r"\1"),
    (re.compile("q|c(?=[aouklt]|$)"), "k"),
    (re.compile("w"), "v"),
)


@cache
def _transliterations() -> Mapping[str, int]:
    return {name: number for number, line in enumerate(word_list("transliterations")) for name in line.split()}


def _same_otherwise(one: str, other: str) -> bool:
    """Whether two folded words are right spellings of one: American and British, a plural, a people, a transliteration."""
    for pattern, instead in _ENGLISH:
        if pattern.sub(instead, one) == pattern.sub(instead, other):
            return True
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        ending = long[len(short) :]
        if ending in ("s", "es", "d", "ed", "ing", "ly", "i", "ese", "ic", "ish", "an", "ian") or (
            ending == "n" and short[-1] in "aeiou"
        ):
            return True
    if long.endswith("ies") and short.endswith("y") and long[:-3] == short[:-1]:
        return True
    groups = _transliterations()
    if one in groups and groups[one] == groups.get(other):
        return True
    if is_nickname(one, other):
        return True
    if not any(_is_name(word) or _is_common(word) for word in (one, other)):
        foreign = [one, other]
        for pattern, instead in _FOREIGN:
            foreign = [pattern.sub(instead, word) for word in foreign]
        return foreign[0] == foreign[1]
    return False


def _close_pairs(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of words one letter apart, or two where they are long."""
    by_key: dict[str, list[str]] = {}
    for word in words:
        for key in {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}:
            by_key.setdefault(key, []).append(word)
    seen = set()
    for group in by_key.values():
        if len(group) < 2:
            continue
        for number, one in enumerate(group):
            for other in group[number + 1 :]:
                pair = (one, other) if one < other else (other, one)
                if pair not in seen:
                    seen.add(pair)
                    away = distance(one, other)
                    if away == 1 or (away == 2 and max(len(one), len(other)) > 7 and sound(one) == sound(other)):
                        yield pair


def spells_names_alike(reading: Reading) -> Iterator[Problem]:
    """Find two spellings of one name in a text: one word of it is the same, the other a letter or two away."""
    spelt = words_by_fold(reading)
    vocab = vocabulary()
    skip = vocab["function"] | vocab["month"]
    words = sorted(
        folded
        for folded, written in spelt.items()
        if len(folded) > 3 and folded not in skip and not folded[0].isdigit() and any(w[0].isupper() for w in written)
    )
    text = reading.document.plain
    lines = Lines(text)
    problems: dict[Span, Problem] = {}
    for one, other in sorted(_close_pairs(words)):
        if _same_otherwise(one, other):
            continue
        seats = [
            _seats(text, lines, [written for written in spelt[word] if written[0].isupper()]) for word in (one, other)
        ]
        for problem in _disagreement(reading, (one, other), seats):
            problems.setdefault(problem.at, problem)
    yield from (problems[span] for span in sorted(problems))


def _disagreement(reading: Reading, pair: tuple[str, str], seats: Sequence[Sequence[_Seat]]) -> Iterator[Problem]:
    """The places where two near words stand beside one name."""
    sides: list[tuple[str, list[_Seat], list[_Seat]]] = []
    for side in ("before", "after"):
        mine = {getattr(seat, side).folded for seat in seats[0] if getattr(seat, side) is not None}
        theirs = {getattr(seat, side).folded for seat in seats[1] if getattr(seat, side) is not None}
        for shared in sorted(mine & theirs):
            sides.append(
                (
                    side,
                    [seat for seat in seats[0] if getattr(seat, side) and getattr(seat, side).folded == shared],
                    [seat for seat in seats[1] if getattr(seat, side) and getattr(seat, side).folded == shared],
                )
            )
    for side, first, second in sides:
        shared = getattr(first[0], side)
        sure = _sure_of_disagreement(reading, pair, side, shared, first, second)
        if sure < 0.5:
            continue
        wrong = _less_likely(reading, pair, seats)
        bad, good = (first, second) if wrong == 0 else (second, first)
        for seat in bad:
            yield _disagreeing(reading, side, seat, good[0], sure)


def _is_known_word(folded: str, reading: Reading) -> bool:
    return _is_common(folded) or folded in reading.words or is_place(folded)


def _is_name(folded: str) -> bool:
    return folded in word_list("given-names") or folded in word_list("surnames")


def _sure_of_disagreement(
    reading: Reading,
    pair: tuple[str, str],
    side: str,
    shared: Word,
    first: Sequence[_Seat],
    second: Sequence[_Seat],
) -> float:
    vocab = vocabulary()
    words = [_is_known_word(word, reading) for word in pair]
    names = [_is_name(word) for word in pair]
    weak = (
        shared.folded in vocab["function"] | vocab["month"] | vocab["honorific"]
        or shared.folded in vocab["party"]
        or shared.folded in reading.words
    )
    titled = shared.folded in vocab["head"] or is_place(shared.folded)
    other_side = "after" if side == "before" else "before"
    if weak or titled:
        nexts = [
            {getattr(seat, other_side).folded for seat in group if getattr(seat, other_side) is not None}
            for group in (first, second)
        ]
        if all(names) and any(nexts) and not nexts[0] & nexts[1]:
            return 0.0
        if nexts[0] and nexts[1] and not nexts[0] & nexts[1]:
            return 0.0
        if weak and (all(words) or not any(words + names)):
            return 0.0
    if any(words) and any(names) and not all(words) and not all(names) and words != names:
        return 0.0
    if all(words):
        return 0.6 if not weak and not titled and distance(*pair) == 1 else 0.0
    if all(names) and not any(words):
        return 0.65
    known = [word or name for word, name in zip(words, names, strict=True)]
    if any(known) and not all(known):
        return 0.92 if distance(*pair) == 1 else 0.8
    return 0.85 if not any(known) else 0.7


def _less_likely(reading: Reading, pair: tuple[str, str], seats: Sequence[Sequence[_Seat]]) -> int:
    """Which of two spellings is the wrong one: the unknown to the facts, the rarer in the text, the unknown, the later."""
    known = [0, 0]
    if reading.facts.entities:
        tokens = index_of(reading.facts).tokens
        known = [int(word in tokens) for word in pair]
    scores = [
        (
            known[number],
            len(seats[number]),
            int(_is_name(word) or _is_known_word(word, reading)),
            -min(seat.word.start for seat in seats[number]),
        )
        for number, word in enumerate(pair)
    ]
    return 0 if scores[0] < scores[1] else 1


def _disagreeing(reading: Reading, side: str, seat: _Seat, good: _Seat, sure: float) -> Problem:
    other = getattr(seat, side)
    model = getattr(good, side)
    shown = reading.document.text
    span = Span(min(seat.word.start, other.start), max(seat.word.end, other.end))
    right = _spelt_like(seat.word.text, shown[good.word.start : good.word.end])
    edit = Edit(Span(seat.word.start, seat.word.end), right)
    whole = shown[span.start : edit.at.start] + right + shown[edit.at.end : span.end]
    there = Span(min(good.word.start, model.start), max(good.word.end, model.end))
    return Problem(
        at=span,
        words={"other": shown[there.start : there.end]},
        suggestions=(whole,),
        fix=Fix((edit,)),
        related=(Related(there, "said differently here"),),
        confidence=sure,
    )
