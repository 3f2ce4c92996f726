"""Near misses of known names: what may be meant, decided by evidence that is added up as log-odds (see Odds).

The same likeness that is an error in a desk's own short list is a coincidence among ten thousand people: the more are
known, the more evidence is asked for, and what no evidence could lift above even is never looked at. Candidates come
from the index alone.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property, lru_cache
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from factlint.checks.descriptions import described_as
from factlint.checks.neighbours import (
    Standing,
    Word,
    is_common,
    is_derived,
    is_family_name,
    is_name,
    is_ordinary,
    is_other_english,
    lines_of,
    spelt_like,
    standing,
    standing_alone,
)
from factlint.facts.model import ALWAYS, Entity, Facts, Role, years_by_row
from factlint.findings import Citation, Edit, Fix, Problem
from factlint.mentions import Reading
from factlint.names import (
    ALIAS,
    NAME,
    WRONG,
    NameMention,
    WrittenName,
    capital_pairs,
    find_distinct,
    index_of,
    last_word,
    surname_of,
    words_by_fold,
    written_name,
)
from factlint.nearness import (
    ANY,
    GIVEN,
    KEYLESS,
    SURNAME,
    Near,
    distance,
    farness,
    least_distance,
    letters_of,
    sound,
    sounds,
)
from factlint.sieve import JointSieve
from factlint.source import Span
from factlint.vocabulary import expand, fold, is_given_name, is_nickname, is_place, name_ranks, nicknames, vocabulary
from factlint.words import places_of

_TOKEN = re.compile(r"\w+")


class Odds:
    """The weights of evidence, in log-odds, fitted by hand to edited news and to published corrections.

    A roster of 537 people whose full names are within one edit of names in the news is right in 4 of 28 cases: hence
    the prior, which falls with the logarithm of the number of people known (somewhat slower than it: most of a large
    roster are of another time or never written about). The canonical name elsewhere in the text
    raises that to 5 in 6.
    """

    STRANGER = 0.6  # begins as the surname of somebody introduced, speaks, and was never introduced
    FULL = 5.5  # two parts of a name, at least one of them exact or both near, less how far they are
    ONE_LETTER = 2.0  # a full name but for one letter, in a form that nothing else is; where many people are known
    OTHER_GIVEN = 1.2  # the surname exact, another given name
    NOT_DESCRIBED = -2.0  # and no title of the person right beside it
    BOTH_GIVEN = -1.0  # another given name says by itself that another of the family is meant
    OTHER_SURNAME = 1.4  # the given name exact, a surname too far to be a slip
    SWAPPED = 4.0  # the two parts in the wrong order
    OTHER_WORD = 3.2  # what a word that is quite another takes from the name of an organization …
    OTHER_GENERIC = 1.5  # … and at most what a general word takes that is a form of another (“institute”)
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
    WHOLE_ROLE = 4.0  # with the body that it is held in
    FAR_ROLE = 2.0  # a title of the person stands in the sentence, but not as what the words beside the name say
    SOME_ROLE = 1.5  # part of it, or the organization, does
    ELSEWHERE = 3.0  # the right name stands elsewhere in the text
    SURNAME_ELSEWHERE = 2.0
    RARE = 1.2  # the part that agrees is rare
    COMMON = -1.0  # the part that agrees is common
    SAME_INITIAL = 0.7  # another given name, with the same first letter
    OTHER_ROLE = -1.2  # the words beside give a title that is not the person's, and many people are known …
    OTHER_BEARER = -2.2  # … or the form is a name in use, so that somebody of that name may be meant
    AGAIN = -0.5  # the text has the form again and the right name nowhere, and many people are known
    UNANCHORED = 2.0  # at most, without a title beside or the right name elsewhere, where many people are known
    NICKNAME = -0.6  # a short form of the given name, and the surname is near only
    INTRODUCED = -4.0  # the text introduces somebody of that very form
    EMBEDDED = -1.5  # more of a name stands before or after
    SAME_SENTENCE = -6.0  # the right name stands in full in the very sentence: nobody is named in full twice there
    PRESENTED = -3.0  # “…, a grocer,” after a word alone presents somebody new
    GIVEN_ALONE = -2.0  # the word is near a given name, which seldom stands alone
    SHORT_WORD = -0.7  # a word of four letters is near many others by chance, one of three …
    TINY_WORD = -2.0  # … nearly always
    SPEAKS = 0.6  # the form is the subject of a verb of speech


_STANDING = {
    Standing.ORDINARY: Odds.DICTIONARY,
    Standing.NAME: Odds.NAME_IN_USE,
    Standing.UNKNOWN: Odds.UNKNOWN_WORD,
}
_OTHER = 3.6  # how far a word is that is quite another


def confidence(odds: float) -> float:
    """Log-odds as a probability, never quite certain."""
    return min(0.98, 1 / (1 + math.exp(-odds))) if odds > -30 else 0.0


class Guess(Struct, frozen=True):
    """A place that may be meant as a name of an entity: what it should say, what to change, and the odds."""

    span: Span
    row: int
    right: str
    edits: tuple[Edit, ...]
    odds: float


class Reach(Struct, frozen=True):
    """What the index offers for a word: the words near it, the same with the word, other entities of such a name."""

    words: tuple[str, ...]
    every: frozenset[str]
    bodies: frozenset[int]


class Numbers(Struct, frozen=True):
    """The words of names near a word and itself, by number; its own number or -1; how many partners they have."""

    every: frozenset[int]
    own: int
    partners: int


class Chance(Struct, frozen=True):
    """What two neighbouring words may be meant as, as far as they say themselves: people, and other entities by row.

    `told` are people who must be named in the text besides, or have their surname stand there; none of both are without
    those of another time. `firsts` and `seconds` are the other entities whose name may hold the first and the second of
    the two words.
    """

    people: frozenset[int]
    told: frozenset[int]
    firsts: frozenset[int]
    seconds: frozenset[int]


class _Part(Struct, frozen=True):
    """A word of a name held against one of the text: how far they are, and whether they merely stand for each other.

    `variant` is another spelling of the same given name (“Anthony” for “Antony”): no mistake alone, mended with one.
    """

    right: str
    found: Word
    far: float
    other: bool = False
    nickname: bool = False
    variant: bool = False


def commonness(folded: str, *, given: bool) -> float:
    """What it says that a part of a name agrees: much if it is rare."""
    rank = name_ranks(folded)[0 if given else 1]
    if rank is None:
        return Odds.RARE
    return Odds.COMMON if rank < (60 if given else 500) else 0.0


class _OfTime:
    """What was worked out about the names for texts of one time."""

    __slots__ = ("chances", "long", "named", "namesakes")

    def __init__(self) -> None:
        self.namesakes: dict[tuple[int, tuple[int, ...]], dict[str, list[tuple[int, int, int]]]] = {}
        self.chances: dict[tuple[str, str, str], Chance] = {}
        self.named: dict[tuple[str, str, str, int], bool] = {}
        self.long: dict[str, frozenset[int]] = {}


class Roster:
    """The names of some facts, and what was worked out about them whatever the text; as much of it as fits."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.index = index_of(facts)
        self.near = JointSieve(self._near_among)
        # The years in one of which the text is of; nobody of another time is meant.
        self._since, self._until = ALWAYS
        self._reach: dict[str, Reach] = {}
        self._keys: dict[str, list[bytes]] = {}
        self._numbers: dict[str, Numbers] = {}
        self._behind: dict[str, bool] = {}
        self._called: dict[str, frozenset[int]] = {}
        self._alone: dict[str, bool] = {}
        self.years = years_by_row(facts)
        self._written: dict[int, WrittenName] = {}
        self._now = _OfTime()
        self._times = {ALWAYS: self._now}
        self._beside: dict[tuple[str, str, str], frozenset[int]] = {}
        self._beyond: dict[tuple[str, str, str], frozenset[int]] = {}
        self.prior = 0.8 * math.log(max(1, self.index.people))
        self.crowded = min(1.0, self.prior / 5)
        self.crowd = math.log(max(1, self.index.others))
        # What no evidence can lift above even is never looked at.
        most = Odds.UNKNOWN_WORD + Odds.WHOLE_ROLE - self.prior
        self.other_given = most + Odds.OTHER_GIVEN + Odds.RARE + Odds.SAME_INITIAL + Odds.BOTH_GIVEN > 0
        self.other_surname = most + Odds.OTHER_SURNAME + Odds.RARE > 0
        self.other_surname_named = most + Odds.OTHER_SURNAME + Odds.RARE + Odds.ELSEWHERE > 0
        # What a word that is quite another, or near without a common key, must be itself at least.
        most += _LITTLE - Odds.UNKNOWN_WORD
        another = Odds.OTHER_GIVEN + Odds.BOTH_GIVEN + Odds.SAME_INITIAL + Odds.RARE
        self.least_given = -most - max(another, Odds.FULL - KEYLESS + Odds.RARE / 2)
        another = max(Odds.OTHER_SURNAME + Odds.RARE, Odds.FULL - KEYLESS)
        both = Odds.FULL - 2 * KEYLESS + (Odds.UNKNOWN_WORD - Odds.DICTIONARY) / 2
        self.least_surname = -most - Odds.SURNAME_ELSEWHERE - max(another, both)
        self.swapped = self.prior < Odds.SWAPPED + Odds.RARE
        lonely = Odds.LONELY + Odds.UNKNOWN_WORD + Odds.SPEAKS - 0.7 * self.prior
        self.lonely = lonely > 0
        self.lonely_titled = lonely + 0.7 * Odds.WHOLE_ROLE > 0
        # Whether a word alone may be meant as a name that the text does not introduce.
        self.alone = self.lonely or self.lonely_titled or self.index.others > 0

    def trim(self) -> None:
        """Forget all of what has grown too long."""
        by_word = (self._keys, self._reach, self._numbers, self._called, self._alone, self._behind)
        for known in (self._written, *by_word, self._beside, self._beyond):
            if len(known) > _MOST_KNOWN:
                known.clear()
        if sum([len(time.chances) for time in self._times.values()]) > _MOST_KNOWN:
            self._times.clear()

    def turn_to(self, year: int | None) -> None:
        """Look for people of whom somebody may write about the time of a year, or ever."""
        first = 0 if year is None else year - year % _SPAN
        self._since, self._until = years = ALWAYS if year is None else (first, first + _SPAN - 1)
        self._now = self._times.setdefault(years, _OfTime())

    def _near_among(self, words: Set[str]) -> list[str]:
        """Those of some words with a capital for which the index may offer something."""
        folded = {word: word.lower() if word.isascii() else fold(word) for word in words if not "a" <= word[0] <= "z"}
        every = list(dict.fromkeys(folded.values()))
        few, small = self._few, self.small
        near = few.among(every) if few else self._with_keys(every)
        near.update([word for word in every if word[:2] in small and word not in near and self._loosely_near(word)])
        # Words of two letters have no keys.
        tokens, bodies = self.index.tokens, self.index.bodies
        near.update([word for word in every if len(word) < 3 and (word in tokens or word in bodies)])
        return [word for word, one in folded.items() if one in near]

    def _with_keys(self, words: Sequence[str]) -> set[str]:
        """Those of some folded words that share a key with a word of a name; the keys are kept until they are used."""
        shared = self.index.words.keys_of(words)
        self._keys.update(shared)
        return set(shared)

    @cached_property
    def _few(self) -> Near | None:
        """The words of the names where few are known."""
        if not self.index.are_few:
            return None
        return Near(word for word in {*self.index.tokens, *self.index.bodies} if len(word) > 2)

    def _loosely_near(self, folded: str) -> tuple[str, ...]:
        """The words of people's names that an unknown word begins as and shares half of its letters with."""
        near = self.small.get(folded[:2], ())
        if not near or len(folded) < 4 or is_common(folded) or is_place(folded) or is_name(folded):
            return ()
        return tuple(token for token in near if _is_loosely(folded, token))

    def reach(self, folded: str) -> Reach:
        """What the index offers for a word."""
        found = self._reach.get(folded)
        if found is None:
            numbers, bodies = self.numbers(folded), self.index.bodies
            words = tuple(sorted(map(self.index.words.text, numbers.every - {numbers.own})))
            every = frozenset((folded, *words))
            others = frozenset[int]().union(*[bodies.get(word, ()) for word in every]) if self.index.others else _NOBODY
            found = self._reach[folded] = Reach(words, every, others)
        return found

    def numbers(self, folded: str) -> Numbers:
        """The words of names near a word, by number."""
        found = self._numbers.get(folded)
        if found is None:
            words = self.index.words
            keys = self._keys.pop(folded, None) or words.keys_of((folded,)).get(folded, [])
            own, every = words.number(folded), words.sharing(keys)
            every.discard(own)
            if not every:
                every.update(map(words.number, self._loosely_near(folded)))
            if own >= 0:
                every.add(own)
            found = self._numbers[folded] = Numbers(frozenset(every), own, words.count_partners(every))
        return found

    def called(self, folded: str) -> frozenset[int]:
        """The words of names for which a given name may stand, or that may stand for it, by number."""
        found = self._called.get(folded)
        if found is None:
            found = self._called[folded] = frozenset(map(self.index.words.number, nicknames(folded))) - {-1}
        return found

    def chance(self, one: str, after: str, other: str, near: Set[str]) -> Chance:
        """What a word may be meant as that another one follows; `after` is all up to the end of the other.

        `near` are all words of the text for which the index may offer something.
        """
        if not self.index.others:
            # Of people, another given name or surname counts where few are known only.
            if other not in near and not self.other_surname:
                return _NO_CHANCE
            if one not in near and not self.other_given and not nicknames(fold(one)):
                return _NO_CHANCE
        pair = (one, after, other)
        found = self._now.chances.get(pair)
        if found is None:
            found = self._now.chances[pair] = _chance(self, one, after, other, near)
        return found

    def may_be(self, row: int, one: str, after: str, other: str) -> bool:
        """Whether a word and the other that follows it may be meant as somebody whom the text names."""
        pair = (one, after, other, row)
        found = self._now.named.get(pair)
        if found is None:
            word, follows = _word(one), _following(after, other)
            found = self._now.named[pair] = follows is None or any(
                _may_be_person(self, row, form, word, follows, Odds.ELSEWHERE) for _, form, _ in self.forms(row)
            )
        return found

    def is_behind(self, word: str) -> bool:
        """Whether names hold a word and what is near it, if at all, only behind another word, and no person's does."""
        found = self._behind.get(word)
        if found is None:
            folded = fold(word)
            reach, own = self.reach(folded), folded not in vocabulary()["connecting"]
            near = reach.every
            forms = [form for row in reach.bodies for _, _, form in self.forms(row)]
            found = not any(word in self.index.tokens for word in near) and not any(
                form[0] in near or (own and folded in form) for form in forms
            )
            self._behind[word] = found
        return found

    def firsts(self, chance: Chance, before: str, one: str, after: str) -> frozenset[int]:
        """The other entities whose name may hold the first of two words, where a word stands before it, or none."""
        found = self._beside.get((before, one, after))
        if found is None:
            word, left = _word(one), _word(before) if before else None
            right = [*map(_word, _TOKEN.findall(after)), _ANY]
            found = _may_be_bodies(self, chance.firsts, self.reach(word.folded), left, word, right)
            self._beside[before, one, after] = found
        return found

    def seconds(self, chance: Chance, one: str, after: str, beyond: str) -> frozenset[int]:
        """The other entities whose name may hold the second of two words, where a word stands behind it, or none."""
        found = self._beyond.get((one, after, beyond))
        if found is None:
            *_, left, word = [_word(text) for text in (one, *_TOKEN.findall(after))]
            right = [_word(beyond), _ANY] if beyond else [None]
            found = _may_be_bodies(self, chance.seconds, self.reach(word.folded), left, word, right)
            self._beyond[one, after, beyond] = found
        return found

    def namesakes(self, number: int, last: str, kinds: tuple[int, ...]) -> list[tuple[int, int, int]]:
        """The people with a word in their name, by its number, whose last one begins or ends as another does.

        Each is a kind of partner, the partner and the row; some come twice. Those of another time are left out.
        """
        known = self._now.namesakes.get((number, kinds))
        if known is None:
            known = self._now.namesakes[number, kinds] = {}
            words = self.index.words
            for kind in kinds:
                for other, row in words.partners_of(number, kind):
                    if not self.is_of_time(row):
                        continue
                    own = self.written(row)[1] if kind == ANY else words.text(other if kind == SURNAME else number)
                    for ends in (own[0], "-" + own[-2:]):
                        known.setdefault(ends, []).append((kind, other, row))
        return [*known.get(last[0], ()), *known.get("-" + last[-2:], ())]

    @cached_property
    def small(self) -> Mapping[str, tuple[str, ...]]:
        """The words of people's names by their first letters, where few are known."""
        if not self.index.are_few:
            return {}
        found: dict[str, list[str]] = {}
        for token in self.index.tokens:
            if len(token) > 3:
                found.setdefault(token[:2], []).append(token)
        return {letters: tuple(tokens) for letters, tokens in found.items()}

    def far(self, folded: str, token: str) -> float | None:
        """How far a word is from one of a known name, by a wider measure where few names are known."""
        far = farness(folded, token)
        if far is None and token in self.small.get(folded[:2], ()) and _is_loosely(folded, token):
            return 3.2
        return far

    def is_of_time(self, row: int) -> bool:
        """Whether somebody may write about an entity in the years around the text."""
        first, last = self.years[row]
        return first <= self._until and last >= self._since

    def few_with(self, surname: str) -> tuple[int, ...]:
        """The people with a surname, if they are few."""
        every = self.index.surnames.get(surname, ())
        return every if len(every) <= _FEW_BEARERS else ()

    def bearers(self, surname: str) -> list[tuple[int, int, int]]:
        """The people of the time with a surname, and a name of two words, as `namesakes` has them; few or none."""
        if len(self.index.surnames.get(surname, ())) > _FEW_BEARERS:
            return []
        words = self.index.words
        every = words.partners_of(words.number(surname), GIVEN)
        return [(GIVEN, partner, row) for partner, row in every if self.is_of_time(row)]

    def long(self, surname: str) -> frozenset[int]:
        """The people of the time with a surname whose names are more, or other, than two words; few or none."""
        found = self._now.long.get(surname)
        if found is None:
            every, words = self.few_with(surname), self.index.words
            short = [row for _, row in words.partners_of(words.number(surname), GIVEN)] if every else ()
            found = self._now.long[surname] = frozenset(filter(self.is_of_time, set(every).difference(short)))
        return found

    def is_long(self, number: int) -> bool:
        """Whether somebody has a word, by its number, whose name is more, or other, than two words."""
        ends = self.index.words.partner_ends
        return ends[3 * number + ANY] != ends[3 * number + ANY + 1]

    def written(self, row: int) -> WrittenName:
        """An entity's name as it is written."""
        found = self._written.get(row)
        if found is None:
            found = self._written[row] = written_name(self.facts, row)
        return found

    def forms(self, row: int) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
        """The right forms of an entity's name, each with its words and with these folded."""
        return self.written(row)[2]

    def stands_alone(self, folded: str) -> bool:
        """Whether a word alone may be meant as a name that the text does not introduce, with all that can speak for it.

        Most are seen to be hopeless by the word itself.
        """
        found = self._alone.get(folded)
        if found is None:
            said = _STANDING[standing_alone(folded)]
            found = max(self._as_lonely(said), self._as_whole(said)) > _HOPELESS and any(
                self._as_lonely(said) - far > _HOPELESS or self._as_whole(said) - far > _HOPELESS
                for far in (self.far(folded, token) for token in self.reach(folded).words)
                if far is not None
            )
            self._alone[folded] = found
        return found

    def _as_lonely(self, said: float) -> float:
        if not (self.lonely or self.lonely_titled):
            return -math.inf
        return said + Odds.LONELY - 0.7 * self.prior + 0.7 * Odds.WHOLE_ROLE + Odds.SPEAKS + _LITTLE

    def _as_whole(self, said: float) -> float:
        return said + Odds.WHOLE - 0.7 + _LITTLE if self.index.others else -math.inf

    def is_alone(self, row: int, word: str) -> bool:
        """Whether a folded word is a whole right form of an entity's name."""
        return any(form == (word,) for _, _, form in self.forms(row))

    def words(self, row: int) -> frozenset[str]:
        """The words of all right forms of an entity's name, folded."""
        return frozenset(word for _, _, form in self.forms(row) for word in form)

    def row_of(self, entity: Entity) -> int:
        """The number of an entity that the text names; -1 where it goes by another form only."""
        words = [fold(word) for word in _TOKEN.findall(entity.name)]
        for word in words:
            for form in self.index.anchors.get(word, ()):
                if form.text == entity.name:
                    for row in form.entities:
                        if self.facts.entities[row].id == entity.id:
                            return row
        return -1

    def is_title(self, word: Word) -> bool:
        """Whether a word before a name is no given name: a title, an adjective of a place, an ordinary word."""
        vocab = vocabulary()
        folded = word.folded
        return (
            any(folded in vocab[use] for use in ("head", "honorific", "exclusive", "party", "function", "month"))
            or folded in self.index.titles
            or bool(expand(folded))
            or is_common(folded)
        )


class Search:
    """One search for near misses in a reading: what it has looked up already."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.facts: Facts = reading.facts
        self.roster = reading.facts.remembered("near misses", Roster)
        self.roster.trim()
        day = reading.date.last
        self._year = day.year if day else None
        self.roster.turn_to(self._year)
        self.text = reading.document.plain
        self.lines = lines_of(reading)
        self.covered = [mention.span for mention in reading.names if mention.form != WRONG]
        self._starts = [span.start for span in self.covered]
        if others := tuple(find_distinct(reading)):
            self._cover([mention.span for mention in others])
            # Somebody who is told from a person goes by the surname later, too.
            people = [mention for mention in others if any(entity.kind == "person" for entity in mention.entities)]
            last = {_TOKEN.findall(self.text[mention.span.start : mention.span.end])[-1] for mention in people}
            self._cover([Span(at, at + len(word)) for word in sorted(last) for at in reading.places(word)])
        self.places: dict[str, Sequence[int]] = {}
        self._beside: dict[tuple[int, int], float] = {}

    def is_covered(self, start: int, end: int) -> bool:
        """Whether a known name stands there."""
        at = bisect_left(self._starts, end)
        return at > 0 and self.covered[at - 1].end > start

    def _cover(self, spans: Iterable[Span]) -> None:
        """Take some more places as explained."""
        fresh = [span for span in spans if not self.is_covered(span.start, span.end)]
        self.covered = sorted([*self.covered, *fresh])
        self._starts = [span.start for span in self.covered]

    @cached_property
    def near(self) -> frozenset[str]:
        """The words of the text with a capital for which the index may offer something."""
        return frozenset(self.roster.near.pick_words(self.reading.words))

    def near_of(self, words: Set[str]) -> frozenset[str]:
        """Those of some words of the text for which the index may offer something."""
        return self.near.intersection(words) if self.roster.alone else frozenset(self.roster.near.pick(words))

    @cached_property
    def spelt(self) -> Mapping[str, Sequence[str]]:
        """The ways in which each word of the text is written, by its folded form."""
        return words_by_fold(self.reading)

    @cached_property
    def in_full(self) -> Mapping[int, tuple[Span, ...]]:
        """Where entities are named in full and rightly, by row; names of several words alone."""
        found: dict[int, tuple[Span, ...]] = {}
        for mention in self.reading.names:
            if mention.form in (NAME, ALIAS) and " " in self.text[mention.span.start : mention.span.end]:
                for entity in mention.entities:
                    row = self.roster.row_of(entity)
                    found[row] = (*found.get(row, ()), mention.span)
        return found

    def is_in_full(self, row: int, at: Span) -> bool:
        """Whether an entity is named in full and rightly in the sentence of a place."""
        sentence = self.reading.sentence_at(at.start)
        return any(sentence.start <= span.start < sentence.end for span in self.in_full.get(row, ()))

    @cached_property
    def named(self) -> Mapping[int, NameMention]:
        """The entities that the text names rightly, by row, with the last place of each."""
        found: dict[int, NameMention] = {}
        for mention in self.reading.names:
            if mention.form != WRONG:
                for entity in mention.entities:
                    row = self.roster.row_of(entity)
                    if row >= 0:
                        found[row] = mention
        return found

    def timely(self, row: int) -> bool:
        """Whether somebody may write about this entity at the time of the text."""
        first, last = self.roster.years[row]
        return self._year is None or first <= self._year <= last

    def is_told(self, row: int) -> bool:
        """Whether the text names somebody or has the surname."""
        return row in self.named or self.roster.written(row)[1] in self.spelt

    @cached_property
    def namesakes(self) -> Mapping[str, frozenset[int]]:
        """The people of the time whom the text names, by row, by each word of their right names."""
        found: dict[str, set[int]] = {}
        for row in self.named:
            entity = self.facts.entities[row]
            if entity.kind == "person" and self.roster.is_of_time(row):
                for name in (entity.name, entity.full_name, *entity.aliases, *entity.former):
                    for word in _TOKEN.findall(name):
                        found.setdefault(fold(word), set()).add(row)
        return {word: frozenset(rows) for word, rows in found.items()}

    def beside(self, row: int, at: Span) -> float:
        """How much of what is known of an entity stands in the sentence around a place, and how near to it."""
        key = (row, at.start)
        if key not in self._beside:
            sentence = self.reading.sentence_at(at.start)
            near = Span(max(sentence.start, at.start - 60), min(sentence.end, at.end + 90))
            words = [_with_expansions(self.text[span.start : span.end]) for span in (near, sentence)]
            self._beside[key] = _beside(self.facts, self.facts.entities[row], *words)
        return self._beside[key]


class Taken:
    """The places of guesses, none of which overlap, and the words that stand after a given name elsewhere."""

    __slots__ = ("_spans", "_starts", "introduced")

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]
        self.introduced: dict[str, bool] = {}

    def covers(self, at: int) -> bool:
        """Whether a guess stands at a place."""
        before = bisect_right(self._starts, at) - 1
        return before >= 0 and at < self._spans[before].end


def _is_loosely(one: str, token: str) -> bool:
    """Whether less than half of the letters of a known word is another."""
    most = len(token) // 2 - 1
    if abs(len(token) - len(one)) > most or least_distance(token, one) > most:
        return False
    return 0 < distance(token, one) <= most


_MOST_KNOWN = 50_000
_SPAN = 50  # years within which somebody is looked up for texts of all of them
_FEW_BEARERS = 60
_SHORT, _LONG, _KINDS = (GIVEN, SURNAME), (ANY,), (GIVEN, SURNAME, ANY)
_NOBODY: frozenset[int] = frozenset()
_NO_WORDS = Numbers(frozenset(), -1, 0)
_NOTHING = Reach((), frozenset(), _NOBODY)
_NO_CHANCE = Chance(_NOBODY, _NOBODY, _NOBODY, _NOBODY)


_UNTOLD = frozenset({"demonym", "region"})


def _with_expansions(text: str) -> set[str]:
    words = {fold(word) for word in _TOKEN.findall(text)}
    return words | {expanded for word in words for expanded in expand(word)}


def _beside(facts: Facts, entity: Entity, near: set[str], words: set[str]) -> float:
    """Log-odds of what is known of an entity that stands in a sentence: `near` are the words next to the place."""
    name = {fold(word) for word in _TOKEN.findall(entity.name)}
    vocab = vocabulary()
    best = 0.0
    for fact in facts.by_subject.get(entity.id, ()):
        value = fact.value
        if isinstance(value, Role):
            of = {word for part in value.of for word in _with_expansions(part)}
            body = bool((of - vocab["generic"] - vocab["function"] - name) & words)
            for title in (value.title, *value.aliases):
                wanted = {fold(word) for word in _TOKEN.findall(title)} - vocab["function"]
                if wanted and wanted <= near:
                    best = max(best, Odds.WHOLE_ROLE if body else Odds.ROLE)
                elif wanted and wanted <= words:
                    best = max(best, Odds.FAR_ROLE)
                elif body or 2 * len(wanted & words) >= len(wanted) > 0:
                    best = max(best, Odds.SOME_ROLE)
        elif isinstance(value, str) and fact.attribute not in _UNTOLD:
            wanted = {fold(word) for word in _TOKEN.findall(value)} - vocab["generic"] - vocab["function"] - name
            if wanted & words:
                best = max(best, Odds.SOME_ROLE)
    return best


# Names of two words and more


def _of_pairs(search: Search) -> Iterator[Guess]:
    """Guesses at names of which two neighbouring words of the text are a part."""
    roster = search.roster
    if roster.alone and not search.near:
        return
    namesakes = search.namesakes
    connecting = vocabulary()["connecting"]
    done: set[tuple[int, int]] = set()
    for match, near in _near_pairs(search):
        one, after, other = match.groups()
        # A sentence that begins with “In”: what holds it behind another word is not there.
        behind = roster.index.others and other not in near and roster.is_behind(one)
        if behind and fold(other) not in connecting and not search.lines.word_before(match.start()):
            continue
        chance = roster.chance(one, after, other, near)
        people = chance.people
        if chance.told:
            people = people.union([row for row in chance.told if search.is_told(row)])
        if namesakes:
            named = namesakes.get(fold(one), _NOBODY) | namesakes.get(fold(other), _NOBODY)
            people = people.union([row for row in named if roster.may_be(row, one, after, other)]) if named else people
        if chance is _NO_CHANCE and not people:
            continue
        first, second = match.start(), match.start(3)
        if search.is_covered(first, first + len(one)) and search.is_covered(second, second + len(other)):
            continue
        if people and _is_direct(after, other):
            words, number = search.lines.around(first)
            for row in people if number >= 0 else ():
                yield from _of_person(search, words, number, row)
        bodies = []
        if chance.firsts:
            before = search.lines.word_before(first)
            rows = roster.firsts(chance, before, one, after)
            if rows:  # few, of whose names one word more is asked for
                beyond = search.lines.word_after(match.end(3))
                rows = _may_be_bodies(
                    roster,
                    rows,
                    roster.reach(fold(one)),
                    _word(before) if before else None,
                    _word(one),
                    [*map(_word, _TOKEN.findall(after)), _word(beyond) if beyond else None],
                )
            bodies += [(first, row) for row in rows]
        if chance.seconds:
            beyond = search.lines.word_after(match.end(3))
            bodies += [(second, row) for row in roster.seconds(chance, one, after, beyond)]
        for at, row in bodies:
            if (at, row) not in done:
                done.add((at, row))
                yield from _of_body(search, at, row)


def _near_pairs(search: Search) -> Iterator[tuple[re.Match[str], frozenset[str]]]:
    """The pairs of words for one of which the index may offer something, with all such words of some of them."""
    matches = capital_pairs(search.text)
    while some := list(islice(matches, _AT_ONCE)):
        near = search.near_of({word for match in some for word in match.group(1, 3)})
        for match in some:
            if match[1] in near or match[3] in near:
                yield match, near


_AT_ONCE = 1000


def _is_direct(after: str, other: str) -> bool:
    """Whether nothing but initials and particles stand between a word and the other that what follows it ends with."""
    between = after[: -len(other)]
    return len(between) == 1 or vocabulary()["connecting"].isdisjoint(between.split())


def _chance(roster: Roster, one: str, after: str, other: str, near: Set[str]) -> Chance:
    people = told = firsts = seconds = _NOBODY
    if _is_direct(after, other):
        people, told = _people_of_pair(roster, one, after, other, one in near, other in near)
    if roster.index.others:
        first, second = _word(one), _word(other)
        between = [_word(word) for word in _TOKEN.findall(after)[:-1]]
        ones, others = [roster.reach(fold(word)) if word in near else _NOTHING for word in (one, other)]
        bodies = ones.bodies | others.bodies
        if len(bodies) > 12:
            bodies = ones.bodies & others.bodies
        firsts = _may_be_bodies(roster, bodies, ones, _ANY, first, (*between, second, _ANY))
        seconds = _may_be_bodies(roster, bodies, others, (first, *between)[-1], second, (_ANY,))
    return Chance(people, told, firsts, seconds) if people or told or firsts or seconds else _NO_CHANCE


def _word(text: str) -> Word:
    """A word that stands nowhere."""
    return Word(0, len(text), text, fold(text))


_ANY = _word("*")  # whatever word


class _Two:
    """Two neighbouring words of a text, as the given name and the surname that may be meant with them.

    Of people with a name of two words one may be exact and the other quite another (`another_given`,
    `another_surname`), if somebody is told of besides (`told`), or near without a key in common (`near_given`,
    `near_surname`). Most are seen to be hopeless by the words alone.
    """

    __slots__ = (
        "_called",
        "_first",
        "_most",
        "_roster",
        "_second",
        "another_given",
        "another_surname",
        "near_given",
        "near_surname",
        "one",
        "other",
        "told",
    )

    def __init__(self, roster: Roster, one: Word, other: Word) -> None:
        self.one, self.other = one, other
        self._roster, self._called = roster, nicknames(one.folded)
        self._first, self._second = _STANDING[standing_alone(one.folded)], _STANDING[standing_alone(other.folded)]
        self._most = Odds.WHOLE_ROLE - roster.prior + _LITTLE
        self.another_given = self._as_another_given() > 0
        odds = self._as_another_surname()
        self.another_surname = odds > 0
        self.told = odds + Odds.SURNAME_ELSEWHERE > 0
        odds = self._most + Odds.FULL - KEYLESS
        self.near_given = odds + Odds.RARE / 2 + self._first > 0
        both = odds - KEYLESS + (self._first + self._second) / 2
        self.near_surname = max(odds + self._second, both) + Odds.SURNAME_ELSEWHERE > 0

    def _as_another_given(self) -> float:
        odds = self._most + Odds.BOTH_GIVEN + Odds.OTHER_GIVEN + Odds.SAME_INITIAL + self._first
        return odds + commonness(self.other.folded, given=False)

    def _as_another_surname(self) -> float:
        return self._most + Odds.OTHER_SURNAME + commonness(self.one.folded, given=True) + self._second

    def odds(self, given: str, surname: str) -> float:
        """The odds at best that they are meant as somebody of a given name and a surname, both folded.

        Who is told of besides has ELSEWHERE more at best.
        """
        one, other, roster = self.one, self.other, self._roster
        if roster.swapped and given == other.folded and surname == one.folded:
            return math.inf
        far = 0.0 if given in self._called else _far_held(roster, given, one, given=True)
        if far is None or (far == _OTHER and surname != other.folded):
            return -math.inf
        other_far = _far_held(roster, surname, other, given=False)
        if other_far is None or (far and other_far == _OTHER):
            return -math.inf
        if far == _OTHER:
            return self._as_another_given()
        if other_far == _OTHER:
            return self._as_another_surname()
        odds = self._most + Odds.FULL - far - other_far
        if far and other_far:
            return odds + (self._first + self._second) / 2
        if not (far or other_far):
            return -math.inf
        wrong = self._second if other_far else self._first
        odds += wrong if other_far else wrong + Odds.RARE / 2
        one_letter = wrong == Odds.UNKNOWN_WORD and far + other_far <= 1.5
        return odds + Odds.ONE_LETTER * roster.crowded if one_letter else odds


def _far_held(roster: Roster, part: str, found: Word, *, given: bool) -> float | None:
    """How far a word is that is held for one of a name (folded), at least; None where it cannot be: see `_hold`."""
    if part == found.folded:
        return 0.0
    function = vocabulary()["function"]
    if found.folded in function and part in function and not given:
        return _OTHER
    expanded, found_expanded = expand(part), expand(found.folded)
    if part in found_expanded or found.folded in expanded or not frozenset(found_expanded).isdisjoint(expanded):
        return 0.0
    far = roster.far(found.folded, part)
    if far is not None:
        return far if len(found.text) > 2 else 0.2  # which may be held for another, too
    return None if found.folded in function else _OTHER


def _following(after: str, other: str) -> Word | None:
    """The first word of what follows a word, up to the other, that tells in a person's name; None if none does."""
    between = (*map(_word, _TOKEN.findall(after)[:-1]), _word(other))
    return next((word for word in between if not _is_passed_over(word)), None)


def _people_of_pair(
    roster: Roster, one: str, after: str, other: str, near_one: bool, near_other: bool
) -> tuple[frozenset[int], frozenset[int]]:
    """The people whose given name and surname two words may be meant as, and those who must be told of besides.

    The words are near, or one of them quite another. `after` is all from the one to the end of the other; `near_one`
    and `near_other` say whether the index may offer something for each. Whom the text names is found by the words that
    are exact (see Search.namesakes), if any is.
    """
    first, second, words = fold(one), fold(other), roster.index.words
    ones = roster.numbers(first) if near_one else _NO_WORDS
    others = roster.numbers(second) if near_other else _NO_WORDS
    found: list[tuple[int, int, int, int]] = []  # a kind of partner, a word, the partner, the row of somebody
    if others.every:
        if ones.every:
            few, many = (ones, others) if ones.partners <= others.partners else (others, ones)
            found += words.pairs(few.every, many.every)
        if len(others.every) > (others.own >= 0) and (called := roster.called(first)):
            found += words.pairs(called, others.every)
    is_surname, is_given = roster.other_given and others.own >= 0, roster.other_surname and ones.own >= 0
    if not (found or is_surname or is_given):
        return _NOBODY, _NOBODY
    found = [each for each in found if roster.is_of_time(each[3])]
    # What the words are themselves makes most hopeless.
    if is_surname:
        is_surname = _STANDING[standing_alone(first)] > roster.least_given or bool(roster.long(second))
    if is_given:
        is_given = _STANDING[standing_alone(second)] > roster.least_surname or roster.is_long(ones.own)
    if not (found or is_surname or is_given):
        return _NOBODY, _NOBODY
    follows = _following(after, other)
    if follows is None or follows.text != other:
        rows = {row for *_, row in found}
        if is_surname:
            rows.update(roster.few_with(second))
        if is_given:
            rows.update([row for *_, row in roster.namesakes(ones.own, second, _KINDS)])
        rows = set(filter(roster.is_of_time, rows))
        return (
            (frozenset(rows), _NOBODY)
            if follows is None
            else _may_be_people(roster, _Two(roster, _word(one), follows), rows)
        )
    two = _Two(roster, _word(one), follows)
    people = set(roster.long(second)) if is_surname else set[int]()
    told: set[int] = set()
    # What has a key in common was found already.
    if is_surname and (two.another_given or two.near_given):
        letters = letters_of(first)
        every = two.another_given or roster.small or _stands_for(first, first)
        for kind, partner, row in roster.bearers(second):
            if every or words.may_be_near(partner, letters):
                found.append((kind, others.own, partner, row))
    if is_given:
        found += [(kind, ones.own, partner, row) for kind, partner, row in roster.namesakes(ones.own, second, _LONG)]
        every = two.another_surname or bool(roster.small) or _stands_for(second, second)
        if every or two.told or two.near_surname:
            letters = letters_of(second)
            for kind, partner, row in roster.namesakes(ones.own, second, _SHORT):
                if every or kind != SURNAME or (two.near_surname and words.may_be_near(partner, letters)):
                    found.append((kind, ones.own, partner, row))
                elif two.told:
                    told.add(row)
    for kind, word, partner, row in found:
        if kind == ANY:
            people.add(row)
            continue
        given, surname = words.text(partner if kind == GIVEN else word), words.text(word if kind == GIVEN else partner)
        odds = two.odds(given, surname)
        if odds > 0:
            people.add(row)
        elif odds + Odds.ELSEWHERE > 0 and surname != second:
            told.add(row)
    if people:
        some, more = _may_be_people(roster, two, people)
        return some, more | told
    return _NOBODY, frozenset(told)


def _may_be_people(roster: Roster, two: _Two, rows: Iterable[int]) -> tuple[frozenset[int], frozenset[int]]:
    """Those of some people whose name may hold a word and the next, and those who must be told of besides."""
    people: list[int] = []
    told: list[int] = []
    for row in rows:
        forms = [(form, two.odds(*folded) if len(folded) == 2 else math.inf) for _, form, folded in roster.forms(row)]
        for elsewhere, found in ((0.0, people), (Odds.ELSEWHERE, told if roster.written(row)[0] else people)):
            likely = [form for form, odds in forms if odds + elsewhere > 0]
            if any(_may_be_person(roster, row, form, two.one, two.other, elsewhere) for form in likely):
                found.append(row)
                break
    return frozenset(people), frozenset(told)


def _stands_for(part: str, found: str) -> bool:
    """Whether a word may stand for one of a name whatever its letters, both folded."""
    function = vocabulary()["function"]
    return bool(expand(part) or expand(found)) or part in function or found in function


def _may_be_person(roster: Roster, row: int, form: tuple[str, ...], one: Word, other: Word, elsewhere: float) -> bool:
    """Whether a word and the next, initials passed over, may be neighbouring words of a form of a person's name.

    `elsewhere` is what it says at best that the right name stands elsewhere in the text.
    """
    for place in range(len(form) - 1):
        first = _hold(roster, form[place], one, person=True, given=place == 0)
        second = None if first is None else _hold(roster, form[place + 1], other, person=True, given=False)
        if first is None or second is None or (first.other and second.other):
            continue
        if len(form) > 2:
            return True
        whole = [first, second]
        if whole[0].nickname:
            whole[0] = _spelt_rightly(roster, row, form, whole[0])
        odds = _weigh_person(roster, row, whole, elsewhere)
        if odds is not None:
            wrong = [part for part in whole if part.far > 0]
            odds += sum(_STANDING[standing_alone(part.found.folded)] for part in wrong) / len(wrong)
            if len(wrong) == 1 and not wrong[0].other:
                odds += Odds.ONE_LETTER * roster.crowded
            if odds + Odds.WHOLE_ROLE > -_LITTLE:
                return True
    return roster.swapped and len(form) == 2 and (fold(form[0]), fold(form[1])) == (other.folded, one.folded)


_LITTLE = 1e-6  # more than sums in another order differ


def _may_be_bodies(
    roster: Roster,
    rows: frozenset[int],
    reach: Reach,
    before: Word | None,
    word: Word,
    after: Sequence[Word | None],
) -> frozenset[int]:
    """Those of some entities, none a person, whose name may hold a word, the one before it and those after it.

    None stands where there is no word that may be of one name with it, and _ANY for whatever may be there.
    """
    if not rows:
        return rows
    return frozenset(row for row in rows if _may_be_body(roster, row, reach.every, before, word, after)) or _NOBODY


def _may_be_body(
    roster: Roster, row: int, near: Set[str], before: Word | None, word: Word, after: Sequence[Word | None]
) -> bool:
    connecting, following = vocabulary()["connecting"], after[0]
    for _, form, folded in roster.forms(row):
        last = len(form) - 1
        for place in range(len(form)) if last and not near.isdisjoint(folded) else ():
            if folded[place] not in near or (place > 0 and before is None):
                continue
            beside = [(form[place - 1], before)] if place > 0 else []
            beside += zip(form[place + 1 :], after, strict=False)
            # Of two words none is quite another, of more at most one.
            if _are_held(roster, beside, last > 1):
                return True
        # The words in another order, of which the first is none of those that connect.
        own = _own_words(folded)
        is_own = word.folded in own
        if is_own and following and (following is _ANY or following.folded in own or following.folded in connecting):
            return True
        if before and (is_own or word.folded in connecting) and (before is _ANY or before.folded in own):
            return True
    return False


@lru_cache(maxsize=1 << 12)
def _own_words(folded: tuple[str, ...]) -> frozenset[str]:
    """The words of a name without those that connect."""
    return frozenset(folded) - vocabulary()["connecting"]


def _are_held(roster: Roster, beside: Sequence[tuple[str, Word | None]], spare: bool) -> bool:
    """Whether words may stand for these of a name; if there is one to spare, one of them may be quite another."""
    for part, found in beside:
        if found is None:
            return False
        if found is _ANY:
            continue
        held = _hold(roster, part, found, person=False, given=False)
        if held is None or (held.other and not spare):
            return False
        spare = spare and not held.other
    return True


def _of_person(search: Search, words: Sequence[Word], number: int, row: int) -> Iterator[Guess]:
    if not search.timely(row):
        return
    for _, form, _ in search.roster.forms(row):
        for place in range(len(form) - 1):
            guess = _align(search, words, number, row, form, place)
            if guess is not None:
                yield guess
    if search.roster.swapped:
        swapped = _swapped(search, words, number, row)
        if swapped is not None:
            yield swapped


def _of_body(search: Search, at: int, row: int) -> Iterator[Guess]:
    words, number = search.lines.around(at)
    if number < 0:
        return
    word = words[number].folded
    near = search.roster.reach(word).every
    for _, form, folded in search.roster.forms(row):
        if len(form) > 1:
            for place, part in enumerate(folded):
                if part in near:
                    guess = _align(search, words, number, row, form, place, person=False)
                    if guess is not None:
                        yield guess
    if 0.3 * search.roster.crowd < Odds.REORDERED:
        reordered = _reordered(search, words, number, row)
        if reordered is not None:
            yield reordered


def _align(
    search: Search,
    words: Sequence[Word],
    number: int,
    row: int,
    form: tuple[str, ...],
    place: int,
    *,
    person: bool = True,
) -> Guess | None:
    """The guess that the words around number `number`, which is word `place` of the form, are the form."""
    parts: list[_Part | None] = [None] * len(form)
    for step, order in ((-1, range(place - 1, -1, -1)), (1, range(place, len(form)))):
        at = number
        for wanted in order:
            if wanted != place:
                at = _step(search, words, at, step, person)
            if at < 0:
                return None
            part = _hold(search.roster, form[wanted], words[at], person=person, given=person and wanted == 0)
            if part is None:
                return None
            parts[wanted] = part
    whole = [part for part in parts if part is not None]
    if person and whole[0].nickname:
        whole[0] = _spelt_rightly(search.roster, row, form, whole[0])
    return _judge_person(search, row, whole, words) if person else _judge_body(search, row, whole)


def _spelt_rightly(roster: Roster, row: int, form: tuple[str, ...], part: _Part) -> _Part:
    """A nickname that is nearly the given name of another form of the same name: “Anthony” for “Antony”, not “Tony”."""
    for _, other, folded in roster.forms(row):
        given = folded[0]
        same = other[1:] == form[1:] and given != part.found.folded
        if same and roster.far(part.found.folded, given) is not None:
            return replace(part, right=other[0], variant=True)
    return part


def _is_passed_over(word: Word) -> bool:
    """Whether a word is none of those that tell in a person's name: an initial, “Jr.”."""
    return (len(word.text) == 1 and word.capital) or word.folded in vocabulary()["suffix"]


def _step(search: Search, words: Sequence[Word], at: int, step: int, person: bool) -> int:
    """The number of the next word of a name, initials of people passed over; -1 at its end."""
    while True:
        other = at + step
        if not 0 <= other < len(words):
            return -1
        one, two = (words[at], words[other]) if step == 1 else (words[other], words[at])
        if not search.lines.joined(one, two) or (person and "&" in search.text[one.end : two.start]):
            return -1
        word = words[other]
        if person and _is_passed_over(word):
            at = other
            continue
        return other


def _hold(roster: Roster, part: str, found: Word, *, person: bool, given: bool) -> _Part | None:
    folded = fold(part)
    function = vocabulary()["function"]
    if folded == found.folded and (found.capital or not part[0].isupper() or folded in function):
        return _Part(part, found, 0.0)
    if folded in function and found.folded in function and not given:
        return _Part(part, found, _OTHER, other=True)
    if part[0].isupper() and not found.capital:
        return None
    if given and is_nickname(folded, found.folded):
        return _Part(part, found, 0.0, nickname=True, variant=roster.far(found.folded, folded) is not None)
    if set(expand(folded)) & {*expand(found.folded), found.folded} or folded in expand(found.folded):
        return _Part(part, found, 0.0, variant=given and roster.far(found.folded, folded) is not None)
    if not person and is_other_english(folded, found.folded):
        return _Part(part, found, 0.0)
    far = roster.far(found.folded, folded)
    if far is not None and found.capital >= part[0].isupper() and (len(found.text) > 2 or part[0].islower()):
        return _Part(part, found, far)
    if not found.capital or found.folded in function:
        return None
    return _Part(part, found, _OTHER, other=True)


def _rebuilt(search: Search, parts: Sequence[_Part]) -> tuple[Span, str, tuple[Edit, ...]]:
    """Where the words stand, what should stand there, and the edits that make it so."""
    span = Span(parts[0].found.start, parts[-1].found.end)
    edits = tuple(
        Edit(Span(part.found.start, part.found.end), spelt_like(part.found.text, part.right))
        for part in parts
        if part.far > 0 or part.variant
    )
    text, at = "", span.start
    shown = search.reading.document.text
    for edit in edits:
        text += shown[at : edit.at.start] + edit.text
        at = edit.at.end
    return span, text + shown[at : span.end], edits


def _weigh_person(roster: Roster, row: int, parts: Sequence[_Part], elsewhere: float) -> float | None:
    """The odds that words are a person's name, as far as they say themselves; None where they are not."""
    given, surname = parts[:-1], parts[-1]
    wrong = [part for part in parts if part.far > 0]
    other_given = any(part.other for part in given)
    if not wrong or sum(part.other for part in parts) > 1:
        return None
    own = roster.words(row)
    if any(part.found.folded in own for part in wrong):
        return None  # another word of the same name
    if (surname.other and any(part.far > 0 for part in given)) or (other_given and surname.far > 0):
        return None
    odds = elsewhere - roster.prior + Odds.NICKNAME * sum(part.nickname for part in parts)
    if surname.other:
        if not roster.other_surname_named:
            return None
        if any(part.found.folded in vocabulary()["particle"] or is_family_name(part.found.folded) for part in given):
            return None
        if _share_that_differs(surname) > 0.75:
            return None
        odds += Odds.OTHER_SURNAME + commonness(given[0].found.folded, given=True)
        return odds
    if other_given:
        first = next(part for part in given if part.other)
        if not roster.other_given or roster.is_title(first.found):
            return None
        if any(part.found.folded in vocabulary()["patronymic"] for part in parts):
            return None  # another child of the same father
        odds = min(odds, Odds.BOTH_GIVEN - roster.prior)
        odds += Odds.OTHER_GIVEN + commonness(surname.found.folded, given=False)
        return odds + Odds.SAME_INITIAL * (first.found.text[0] == first.right[0])
    odds += Odds.FULL - sum(part.far for part in parts)
    if surname.far == 0:
        rarity = commonness(surname.found.folded, given=False)
        odds += rarity if rarity < 0 else rarity / 2
    return odds


def _judge_person(search: Search, row: int, parts: Sequence[_Part], words: Sequence[Word]) -> Guess | None:
    roster, surname = search.roster, parts[-1]
    elsewhere = _elsewhere(search, row, surname)
    weight = _weigh_person(roster, row, parts, elsewhere)
    other_given = any(part.other for part in parts[:-1])
    if weight is None or _is_joined(search, parts) or (other_given and row in search.in_full):
        return None
    odds = weight
    wrong = [part for part in parts if part.far > 0]
    if len(wrong) == 1 and not wrong[0].other and _is_one_letter(search, wrong[0]):
        odds += Odds.ONE_LETTER * roster.crowded
    if odds + Odds.UNKNOWN_WORD + Odds.WHOLE_ROLE <= 0:
        return None
    odds += sum(_STANDING[standing(part.found.folded, search.reading)] for part in wrong) / len(wrong)
    if _is_embedded(search, parts, words):
        odds += Odds.EMBEDDED
    if odds + Odds.WHOLE_ROLE <= 0:
        return None
    span, right, edits = _rebuilt(search, parts)
    if search.is_in_full(row, span):
        if not any(standing(part.found.folded, search.reading) is Standing.UNKNOWN for part in wrong):
            return None
        odds += Odds.SAME_SENTENCE
    role = search.beside(row, span)
    described = described_as(search.reading, span, search.facts.entities[row])
    if other_given and not described:
        role = min(role, Odds.SOME_ROLE) + Odds.NOT_DESCRIBED
    elif not described:
        role = min(role, Odds.FAR_ROLE)
        if described is False:
            in_use = all(standing(part.found.folded, search.reading) is Standing.NAME for part in wrong)
            role += Odds.OTHER_BEARER if in_use else Odds.OTHER_ROLE * roster.crowded
    if not elsewhere:
        again = max(_times(search, part.found) for part in wrong) - 1
        odds += Odds.AGAIN * roster.crowded * min(again, 5)
    odds += role
    if not (elsewhere or described):
        odds = min(odds, Odds.UNANCHORED + 9 * (1 - roster.crowded))
    return Guess(span, row, right, edits, odds)


def _is_one_letter(search: Search, part: _Part) -> bool:
    """Whether a word of five letters and more differs by one, is no word or name in use, and stands there once."""
    folded = part.found.folded
    if min(len(part.right), len(folded)) < 5 or distance(fold(part.right), folded) > 1:
        return False
    return standing(folded, search.reading) is Standing.UNKNOWN and _times(search, part.found) == 1


def _times(search: Search, word: Word) -> int:
    """How often the text has a word, written in any way; at most so often as it matters."""
    every = (at for variant in search.spelt.get(word.folded, ()) for at in places_of(search.text, variant))
    return sum(1 for _ in islice(every, _MOST_TIMES))


_MOST_TIMES = 6


def _elsewhere(search: Search, row: int, surname: _Part) -> float:
    """What it says that the right name stands elsewhere in the text."""
    mention = search.named.get(row)
    if mention is not None:
        return Odds.ELSEWHERE if mention.form in (NAME, ALIAS) else Odds.SURNAME_ELSEWHERE
    return Odds.SURNAME_ELSEWHERE if surname.far > 0 and search.roster.written(row)[1] in search.spelt else 0.0


def _share_that_differs(part: _Part) -> float:
    """How much of two words differs, from 0 to 1."""
    return distance(fold(part.right), part.found.folded) / max(len(part.right), len(part.found.text))


def _is_joined(search: Search, parts: Sequence[_Part]) -> bool:
    """Whether a hyphen joins another capitalised word to a name: a double name, and so another."""
    text, first, last = search.text, parts[0].found.start, parts[-1].found.end
    return (text[last : last + 1] == "-" and text[last + 1 : last + 2].isupper()) or (
        first > 1 and text[first - 1] == "-" and text[first - 2].isalpha()
    )


def _is_embedded(search: Search, parts: Sequence[_Part], words: Sequence[Word]) -> bool:
    """Whether a capitalised word that is no title stands right before or after, so that the name is a longer one."""
    first, last = parts[0].found, parts[-1].found
    before = next((word for word in reversed(words) if word.end <= first.start), None)
    after = next((word for word in words if word.start >= last.end), None)
    vocab = vocabulary()
    if (
        before is not None
        and before.capital
        and search.text[before.end : first.start] == " "
        and not (before.text.isupper() or search.roster.is_title(before))
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


def _swapped(search: Search, words: Sequence[Word], number: int, row: int) -> Guess | None:
    """The guess that two words are the two of a person's name in the wrong order."""
    if number + 1 >= len(words):
        return None
    word, after = words[number], words[number + 1]
    if search.text[word.end : after.start] != " ":
        return None
    for text, form, _ in search.roster.forms(row):
        if len(_TOKEN.findall(text)) > len(form):
            continue  # of a longer name, of which another part may be meant
        if len(form) == 2 and fold(form[0]) == after.folded and fold(form[1]) == word.folded:
            odds = Odds.SWAPPED - search.roster.prior + commonness(after.folded, given=True)
            if odds > 0:
                span, right = Span(word.start, after.end), f"{form[0]} {form[1]}"
                return Guess(span, row, right, (Edit(span, right),), odds + search.beside(row, span))
    return None


def _judge_body(search: Search, row: int, parts: Sequence[_Part]) -> Guess | None:
    wrong = [part for part in parts if part.far > 0]
    others = [part for part in wrong if part.other]
    kind = search.facts.entities[row].kind
    if not wrong or len(others) > 1 or len(wrong) > len(parts) // 2 + 1 or (kind != "work" and _is_of_it(parts[-1])):
        return None
    if any(is_place(part.found.folded) and is_place(fold(part.right)) for part in wrong):
        return None
    vocab = vocabulary()
    generic = vocab["generic"]
    # The titles of works may be made of words that mean nothing elsewhere.
    exact = [part for part in parts if part.far == 0 and (kind == "work" or part.found.folded not in vocab["function"])]
    telling = [part for part in exact if part.found.folded not in generic]
    if others and len(exact) < 2:
        return None
    if not telling and not all(_is_slip(search, part, len(exact) > 1) for part in wrong):
        return None
    odds = Odds.WHOLE + 0.8 * len(telling) + 0.2 * (len(parts) - len(wrong) - len(telling)) - 0.6 * search.roster.crowd
    for part in wrong:
        if part.other:
            odds -= Odds.OTHER_WORD
        elif part.found.folded in generic:
            odds -= min(part.far, Odds.OTHER_GENERIC) + 1.5
        else:
            odds += max(_STANDING[standing(part.found.folded, search.reading)], -1.5) - part.far
    span, right, edits = _rebuilt(search, parts)
    odds += search.beside(row, span) / 2
    if others:
        if search.is_in_full(row, span):
            return None
        return Guess(span, row, right, edits, min(odds, Odds.ANOTHER_BODY))
    return Guess(span, row, right, edits, odds + (1.5 if row in search.named else 0.0))


def _is_of_it(part: _Part) -> bool:
    """Whether the last word of a name is one of those it names, or an adjective: “Sri Lankan”, “a Liberal Democrat”."""
    return not part.other and part.far > 0 and is_derived(part.found.folded, fold(part.right))


def _is_slip(search: Search, part: _Part, firm: bool) -> bool:
    """Whether a word that differs tells by itself that a name of general words is meant: a slip, or a form of one word.

    “Northwest University” is none for Northwestern University, “Government Accounting Office” is one. `firm` says
    whether two words and more agree: then another ending (“National Farmer Union”) is one too.
    """
    found, right = part.found.folded, fold(part.right)
    if part.other or part.far > 2:
        return found[:5] == right[:5] and not found.startswith(right) and not right.startswith(found)
    if standing(found, search.reading) is Standing.UNKNOWN:
        return True
    return part.far <= 1 and (firm or not is_derived(found, right)) and not is_place(found)


def _reordered(search: Search, words: Sequence[Word], number: int, row: int) -> Guess | None:
    """The guess that the words around are those of a name in another order (“Economic Club of New York”)."""
    vocab = vocabulary()
    for text, form, _ in search.roster.forms(row):
        order = [fold(word) for word in form if fold(word) not in vocab["connecting"]]
        wanted = sorted(order)
        if len(wanted) > 6 or sum(word not in vocab["generic"] for word in wanted) < 2:
            continue  # “Miami University” is not the University of Miami
        for start in (number - 1, number):
            if start < 0:
                continue
            kept = _run(search, words, start, len(wanted))
            found = [word.folded for word in kept if word.folded not in vocab["connecting"]]
            if sorted(found) == wanted and found != order and any(word.capital for word in kept):
                span = Span(kept[0].start, kept[-1].end)
                if not search.is_covered(span.start, span.end):
                    return Guess(span, row, text, (Edit(span, text),), Odds.REORDERED - 0.3 * search.roster.crowd)
    return None


def _run(search: Search, words: Sequence[Word], start: int, length: int) -> list[Word]:
    """So many telling words from number `start`, with “of” and its like between them."""
    kept = [words[start]]
    telling = 1
    for other in words[start + 1 : start + 10]:
        if telling == length or search.text[kept[-1].end : other.start] != " ":
            break
        kept.append(other)
        telling += other.folded not in vocabulary()["connecting"]
    return kept


# Words alone


def _of_words(search: Search, introduced: frozenset[int], taken: Taken) -> Iterator[Guess]:
    """Guesses at words that stand alone: surnames of people whom the text introduces, names of one word."""
    roster = search.roster
    tokens, bodies = roster.index.tokens, roster.index.bodies
    known = frozenset(word for row in introduced for word in roster.words(row))
    former = [name for row in introduced for name in search.facts.entities[row].former]
    of_introduced = known.union([fold(word) for name in former for word in _TOKEN.findall(name)])
    words: Set[str] = frozenset(search.near if roster.alone else search.reading.words if known else ())
    words = {word for word in words if word[0].isupper()}
    if not roster.alone:
        # Only what is near a name that the text introduces.
        near_known = Near(known).among(list({fold(word) for word in words}))
        words = search.near_of({word for word in words if fold(word) in near_known})
    meant: dict[str, tuple[tuple[str, ...], bool]] = {}
    for word in words:
        folded = fold(word)
        if len(folded) < 3 or folded.isdigit() or folded in vocabulary()["function"]:
            continue
        near = roster.reach(folded).words if of_introduced or roster.stands_alone(folded) else ()
        if of_introduced.isdisjoint(near) and not roster.stands_alone(folded):
            continue
        firm = tuple(
            [token for token in near if token in known or (roster.lonely and token in tokens) or token in bodies]
        )
        if not firm and roster.lonely_titled:
            near = tuple([token for token in near if token in tokens])
        else:
            near = firm
        if not near or not introduced.isdisjoint(tokens.get(folded, ())):
            continue
        if _may_be_alone(search, folded, near, introduced):
            meant[word] = near, bool(firm)
    search.places.update(search.reading.places_of_names(meant))
    for word in meant:
        places = search.places.get(word, ())
        near, is_firm = meant[word]
        for at in places:
            if search.is_covered(at, at + len(word)) or taken.covers(at):
                continue
            if is_firm or _follows_title(search, at):
                yield from _of_word(search, at, near, introduced, taken)


def _may_be_alone(search: Search, folded: str, near: Sequence[str], introduced: frozenset[int]) -> bool:
    """Whether a word alone may be meant as one of known names, with all that can speak for it."""
    roster = search.roster
    said = _STANDING[standing(folded, search.reading)]
    lonely = Odds.LONELY - 0.7 * roster.prior if roster.lonely or roster.lonely_titled else -99.0
    for token in near:
        far = roster.far(folded, token)
        if far is None or is_derived(folded, token) or (far > 3.1 and said != Odds.UNKNOWN_WORD):
            continue
        rows = roster.index.tokens.get(token, ())[:40]
        if rows:
            odds = lonely if introduced.isdisjoint(rows) else Odds.SINGLE
            if said - far + odds + 0.7 * Odds.WHOLE_ROLE + Odds.SPEAKS > _HOPELESS:
                return True
        if said - far + Odds.WHOLE - 0.7 > _HOPELESS and any(
            roster.is_alone(row, token) for row in roster.index.bodies.get(token, ())[:40]
        ):
            return True
    return False


_HOPELESS = -1.0  # a guess of such odds changes nothing about a better one in its place


_WORD_BEFORE = re.compile(r"(\w+)\.?[ -]$")


def _follows_title(search: Search, at: int) -> bool:
    """Whether a word of a title or an honorific stands right before a place."""
    before = _WORD_BEFORE.search(search.text, max(0, at - 24), at)
    if before is None or not before[1][0].isupper():
        return False
    vocab, word = vocabulary(), fold(before[1])
    return word in vocab["honorific"] or word in vocab["head"] or word in search.roster.index.titles


def _of_word(search: Search, at: int, near: Sequence[str], introduced: frozenset[int], taken: Taken) -> Iterator[Guess]:
    words, number = search.lines.around(at)
    if number < 0:
        return
    vocab = vocabulary()
    word = words[number]
    first = number - 1 if number and _is_elided(search, words[number - 1], word) else number
    before = words[first - 1] if first and search.lines.joined(words[first - 1], words[first]) else None
    after = words[number + 1] if number + 1 < len(words) and search.lines.joined(word, words[number + 1]) else None
    if (
        after is not None
        and after.capital
        and not (after.folded in vocab["month"] or after.folded in vocab["function"])
    ):
        return
    titled = False
    if before is not None and before.capital:
        titled = (
            before.folded in vocab["honorific"]
            or before.folded in vocab["head"]
            or before.folded in search.roster.index.titles
        )
        if not titled and not search.roster.is_title(before):
            return
    said = _STANDING[standing(word.folded, search.reading)]
    odds = said - (2.0 if number and words[number - 1].folded in vocab["determiner"] else 0.0)
    odds -= 1.5 if word.folded in search.roster.index.tokens or word.folded in search.roster.index.bodies else 0.0
    speaks = after is not None and after.folded in vocab["speaks"]
    for token in near:
        far = search.roster.far(word.folded, token)
        if far is None or is_derived(word.folded, token) or (far > 3.1 and said != Odds.UNKNOWN_WORD):
            continue
        for row in search.roster.index.tokens.get(token, ())[:40]:
            if row in introduced or (search.roster.lonely_titled if titled else search.roster.lonely):
                more = _odds_of_person(search, word, token, row, row in introduced, titled, speaks, taken)
                yield from _guess_at(search, word, token, row, odds - far + more)
        for row in search.roster.index.bodies.get(token, ())[:40]:
            if search.roster.is_alone(row, token):
                more = Odds.WHOLE - 1.2 - 0.6 * search.roster.crowd + (0.5 if row in search.named else 0)
                more -= 2.0 if token.isdigit() or len(token) <= 4 else 0.0
                yield from _guess_at(search, word, token, row, odds - far + more)


_PRESENTING = re.compile(r", an? ")


def _is_elided(search: Search, one: Word, other: Word) -> bool:
    """Whether a word is the first letter of a surname: “O” of “O'Rourke”, “D” of “D'Souza”."""
    return len(one.text) == 1 and search.text[one.end : other.start] == "'"


def _odds_of_person(
    search: Search,
    word: Word,
    token: str,
    row: int,
    introduced: bool,
    titled: bool,
    speaks: bool,
    taken: Taken,
) -> float:
    """What speaks for a word alone being meant as a word of somebody's name."""
    if not search.timely(row):
        return -99.0
    odds = Odds.SINGLE if introduced else Odds.LONELY - 0.7 * search.roster.prior
    if token != search.roster.written(row)[1]:
        odds += Odds.GIVEN_ALONE
    if titled:
        odds += 0.7 * search.beside(row, Span(word.start, word.end))
    shortest = min(len(token), len(word.text))
    odds += Odds.TINY_WORD if shortest < 4 else Odds.SHORT_WORD if shortest == 4 else 0.0
    odds += Odds.SPEAKS * speaks
    if _PRESENTING.match(search.text, word.end):
        odds += Odds.PRESENTED
    return odds + (Odds.INTRODUCED if _is_introduced(search, word, taken) else 0.0)


def _guess_at(search: Search, word: Word, token: str, row: int, odds: float) -> Iterator[Guess]:
    right = next((part for _, form, _ in search.roster.forms(row) for part in form if fold(part) == token), "")
    if right:
        span, right = Span(word.start, word.end), spelt_like(word.text, right)
        yield Guess(span, row, right, (Edit(span, right),), odds)


def _is_introduced(search: Search, word: Word, taken: Taken) -> bool:
    """Whether the text has the word after a given name somewhere, so that it is somebody of that name."""
    found = taken.introduced.get(word.text)
    if found is None:
        places = search.places.get(word.text) or search.reading.places(word.text)
        found = any(_follows_given_name(search, at) for at in places if not taken.covers(at))
        taken.introduced[word.text] = found
    return found


def _follows_given_name(search: Search, at: int) -> bool:
    words, number = search.lines.around(at)
    if number < 1:
        return False
    before = words[number - 1]
    return (
        before.capital
        and len(before.text) > 1
        and search.lines.joined(before, words[number])
        and (is_given_name(before.folded) or not search.roster.is_title(before))
    )


# What the facts say of an entity in the sentence


def _of_values(search: Search) -> Iterator[Guess]:
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
            elif isinstance(fact.value, str) and fact.attribute not in _UNTOLD and fact.attribute != "party":
                values.update(dict.fromkeys(part.strip() for part in fact.value.split(",")))
        sentence = search.reading.sentence_at(mention.span.start)
        for value in values:
            form = tuple(_TOKEN.findall(value))
            if len(value) < 6 or not value[0].isupper() or len(form) > 6 or (sentence.start, value) in done:
                continue
            done.add((sentence.start, value))
            if not (fold(value) in vocab["party"] or is_place(fold(value))):
                yield from _of_value(search, sentence, form, entity)


def _of_value(search: Search, sentence: Span, form: tuple[str, ...], entity: Entity) -> Iterator[Guess]:
    text = search.text
    wanted = tuple(fold(word) for word in form)
    if all(word in search.spelt for word in wanted):
        return
    row = search.roster.row_of(entity)
    if row < 0:
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
            if not far or (is_derived(word.folded, wanted[0]) and far > 1):
                continue
            right, span = spelt_like(word.text, form[0]), Span(word.start, word.end)
            odds = Odds.VALUE - far + max(_STANDING[standing(word.folded, search.reading)], -2.0)
            yield Guess(span, row, right, (Edit(span, right),), odds)
        elif word.folded in wanted:
            guess = _align(search, words, number, row, form, wanted.index(word.folded), person=False)
            if guess is not None:
                yield guess


# All together


def _best(guesses: Iterable[Guess]) -> list[Guess]:
    """Of guesses that overlap, the one with the best odds; close rivals for one place take from its odds."""
    kept: list[Guess] = []
    places: list[tuple[Span, int]] = []  # of the guesses that were kept, with their numbers; none overlap
    for guess in sorted(guesses, key=lambda one: (-one.odds, one.span.start, -len(one.span), one.row, one.right)):
        first = last = bisect_left(places, (guess.span, 0))
        while first and places[first - 1][0].end > guess.span.start:
            first -= 1
        while last < len(places) and places[last][0].start < guess.span.end:
            last += 1
        at = min((number for _, number in places[first:last]), default=None)
        if at is None:
            places.insert(first, (guess.span, len(kept)))
            kept.append(guess)
        elif kept[at].row != guess.row and kept[at].odds - guess.odds < 1.0 and kept[at].right != guess.right:
            kept[at] = replace(kept[at], odds=kept[at].odds - 1.0 + (kept[at].odds - guess.odds) / 2)
    return sorted(kept, key=lambda one: one.span)


def search_names(reading: Reading) -> tuple[Search, list[Guess]]:
    """The search for near misses in a reading and the best guess at each place, whatever its odds; made once."""
    return reading.remembered("near misses", _search_names)


def _search_names(reading: Reading) -> tuple[Search, list[Guess]]:
    search = Search(reading)
    guesses = _best([*_of_pairs(search), *_of_values(search)])
    likely = [guess for guess in guesses if guess.odds > 0]
    introduced = frozenset({*search.named, *(guess.row for guess in likely)})
    return search, _best([*guesses, *_of_words(search, introduced, Taken(guess.span for guess in likely))])


def cite_entity(entity: Entity) -> Citation:
    """An entity's name as a finding cites it."""
    return Citation(id=entity.id, says=entity.name, file=entity.at.file, line=entity.at.line)


def citations(reading: Reading, entity: Entity) -> tuple[Citation, ...]:
    """An entity's name and a role of the time of the text, or another, as a finding cites them."""
    facts = reading.facts
    roles = [fact for fact in facts.by_subject.get(entity.id, ()) if fact.attribute == "role"]
    held = [fact for fact in roles if fact.holds.possible.meets(reading.date)]
    return (cite_entity(entity), *(facts.cite(fact) for fact in (held or roles)[:1]))


def spells_names_as_known(reading: Reading) -> Iterator[Problem]:
    """Find near misses of known names, by spelling and sound, where the evidence is more likely than not."""
    if not reading.facts.entities:
        return
    _, guesses = search_names(reading)
    for guess in guesses:
        if guess.odds >= 0:
            entity = reading.facts.entities[guess.row]
            yield Problem(
                at=guess.span,
                words={"name": entity.name},
                suggestions=(guess.right,),
                fix=Fix(guess.edits),
                facts=citations(reading, entity),
                confidence=confidence(guess.odds),
            )


# Strangers


def introduces_speakers(reading: Reading) -> Iterator[Problem]:
    """Find surnames that speak, were never introduced, and begin as that of somebody who was.

    They are too far from it for a slip of the pen: another name stands in place of the known one.
    """
    if not reading.facts.entities:
        return
    search, guesses = search_names(reading)
    guesses = [guess for guess in guesses if guess.odds > 0]
    introduced: dict[str, Entity] = {}
    for entity in [
        *(entity for mention in reading.names for entity in mention.entities if mention.form != WRONG),
        *(reading.facts.entities[guess.row] for guess in guesses),
    ]:
        surname = last_word(entity) if entity.kind == "person" and " " in entity.name else ""
        if len(surname) > 3:
            introduced.setdefault(surname, entity)
    if not introduced:
        return
    tried = {fold(_TOKEN.findall(search.text[guess.span.start : guess.span.end])[-1]) for guess in guesses}
    taken = Taken(guess.span for guess in guesses)
    by_sound: dict[str, list[str]] = {}
    for surname in introduced:
        by_sound.setdefault(sound(surname)[:4], []).append(surname)
    # Who begins alike has the same first letter.
    initials = {surname[0] for surname in introduced}
    capitals: dict[str, list[str]] = {}
    for word in reading.words:
        if word[0].isupper() and fold(word[0])[0] in initials and len(word) > 2:
            capitals.setdefault(fold(word), []).append(word)
    every = [folded for folded in sorted(capitals) if len(folded) > 4 and folded not in introduced]
    for folded, heard in zip(every, sounds(every), strict=True):
        near = [surname for surname in by_sound.get(heard[:4], ()) if _begins_alike(folded, surname)]
        if not near or is_ordinary(folded, reading):
            continue
        surname = max(near, key=lambda one: (_shared(folded, one), one))
        odds = Odds.STRANGER + (Odds.NAME_IN_USE if is_name(folded) else Odds.UNKNOWN_WORD) / 2
        odds += max(0, _shared(folded, surname) - 3) * 0.5
        if any(folded.startswith(form) for form in tried if len(form) > 4):
            odds += Odds.ELSEWHERE
        for span in _speaking(search, sorted(capitals[folded]), taken):
            entity = introduced[surname]
            right = surname_of(entity.name)
            yield Problem(
                at=span,
                words={"name": entity.name},
                suggestions=(right,),
                fix=Fix((Edit(span, right),)),
                facts=citations(reading, entity),
                confidence=confidence(odds),
            )


def _speaking(search: Search, written: Iterable[str], taken: Taken) -> Iterator[Span]:
    """The places where a surname speaks that nothing else explains."""
    for variant in written:
        for at in search.reading.places(variant):
            if not variant[0].isupper() or search.is_covered(at, at + len(variant)):
                continue
            if taken.covers(at):
                continue
            words, number = search.lines.around(at)
            if _speaks(search, words, number) and not _is_introduced(search, words[number], taken):
                yield Span(at, at + len(variant))


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
    if one[0] != other[0]:
        return False
    shorter = min(len(sound(one)), len(sound(other)))
    return shorter > 3 and _shared(one, other) == shorter and not is_derived(one, other)


def _speaks(search: Search, words: Sequence[Word], number: int) -> bool:
    """Whether a word alone, without a given name, is the subject of a verb of speech."""
    if number < 0:
        return False
    verbs = vocabulary()["speaks"]
    before = words[number - 1] if number and search.lines.joined(words[number - 1], words[number]) else None
    if before is not None and before.capital and not search.roster.is_title(before):
        return False
    after = words[number + 1] if number + 1 < len(words) else None
    if after is None or search.text[words[number].end : after.start] != " ":
        return False
    if after.folded in verbs:
        return True
    later = words[number + 2] if number + 2 < len(words) else None
    return after.folded in vocabulary()["auxiliary"] and later is not None and later.folded in verbs
