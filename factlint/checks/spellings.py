"""Two spellings of one name in one text; no facts are needed, and where there are some they say which is right.

A pair is two words a letter apart that stand beside one and the same name; what are right spellings of one thing each
(American and British, a plural, a people, a transliteration in use) is no pair.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, lru_cache
from itertools import combinations
from operator import itemgetter

from msgspec import Struct

from factlint.checks.neighbours import Lines, Word, is_common, is_name, is_other_english, lines_of, spelt_like
from factlint.checks.spelling import hyphened_chunks, is_foreign
from factlint.findings import Edit, Fix, Problem, Related
from factlint.mentions import Reading
from factlint.names import find_distinct, index_of, words_by_fold
from factlint.nearness import Near, distance, least_distance, shorter, sound
from factlint.sieve import Sieve
from factlint.source import Span, stretches
from factlint.vocabulary import fold, is_given_name, is_nickname, is_place, vocabulary, word_list
from factlint.words import common_words, is_word


class _Seat(Struct, frozen=True):
    """A word of the text among its neighbours: the name before it and the name after it, folded, where there are."""

    word: Word
    before: Word | None
    after: Word | None


def _seats(lines: Lines, variants: Iterable[str], places: Mapping[str, Sequence[int]]) -> list[_Seat]:
    found = []
    for variant in variants:
        for at in places.get(variant, ()):
            word = Word(at, at + len(variant), variant, fold(variant))
            before, after = lines.before(word), lines.after(word)
            found.append(
                _Seat(
                    word,
                    before if before is not None and before.capital and len(before.text) > 1 else None,
                    after if after is not None and after.capital and len(after.text) > 1 else None,
                )
            )
    return found


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
    """Whether two folded words are right spellings of one: American and British, a plural, a transliteration."""
    if is_other_english(one, other):
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
    return (one in groups and groups[one] == groups.get(other)) or is_nickname(one, other) or _sound_foreign(one, other)


def _sound_foreign(one: str, other: str) -> bool:
    """Whether two folded words that are neither names in use nor words may be one foreign name, written by ear."""
    if not any(is_name(word) or is_common(word) for word in (one, other)):
        foreign = [one, other]
        for pattern, instead in _FOREIGN:
            foreign = [pattern.sub(instead, word) for word in foreign]
        return foreign[0] == foreign[1]
    return False


def _close_pairs(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of words one letter apart, or two where they are long: without one of its letters each they are one."""
    pairs: Iterable[tuple[str, str]]
    if len(words) < 6:
        pairs = combinations(words, 2)
    else:
        first: dict[str, str] = {}
        groups: dict[str, list[str]] = {}
        for word in words:
            for key in set(shorter(word)):
                other = first.setdefault(key, word)
                if other is not word:
                    groups.setdefault(key, [other]).append(word)
        pairs = {pair for group in groups.values() for pair in combinations(group, 2)}
    for one, other in pairs:
        if abs(len(one) - len(other)) < 2 and least_distance(one, other) < 3:
            away = distance(one, other)
            long = max(len(one), len(other)) > 6
            if away == 1 or (away == 2 and long and not set(shorter(one)).isdisjoint(shorter(other))):
                yield (one, other) if one < other else (other, one)


_SHORTEST = 4  # letters of a word of a pair
_HYPHENED = re.compile(r"[^\W\d_a-z]\w+-([^\W\d_A-Z]\w{3,})")


def _hyphened(reading: Reading) -> frozenset[str]:
    """The words in small letters that follow a capitalised word and a hyphen somewhere: parts of names, maybe."""
    chunks = hyphened_chunks(reading)
    return reading.words.intersection(_HYPHENED.findall(" ".join(chunks))) if chunks else frozenset()


# Two capitalised words with nothing between them but what may be inside a name, and some that may not. The characters
# that the first is looked for by leave out the marks that a text is full of.
_BESIDE = re.compile(
    r"([A-Z\xaa-\u1fff\u2070-\U0010ffff](?<![\W\d_])(?<!\w.)\w++)(?=[^\w\n,;:!?()\"“”]{1,4}+([^\W\d_a-z]\w+))"
)


def _side_by_side(reading: Reading) -> Set[tuple[str, str]]:
    """The capitalised words of a text that stand side by side, folded."""
    return reading.remembered("side by side", _find_side_by_side)


def _find_side_by_side(reading: Reading) -> Set[tuple[str, str]]:
    text = reading.document.plain
    pairs: set[tuple[str, str]] = set()
    for start, end in stretches(text):
        pairs.update([(fold(one), fold(other)) for one, other in set(_BESIDE.findall(text, start, end))])
    return pairs


def _beside_one_name(reading: Reading) -> Iterator[tuple[str, str]]:
    """The close pairs of capitalised words, folded, that stand before one name, or after one; and some more.

    Words of a few letters make no pair.
    """
    befores: dict[str, list[str]] = {}
    afters: dict[str, list[str]] = {}
    for one, other in _side_by_side(reading):
        if len(other) >= _SHORTEST:
            afters.setdefault(one, []).append(other)
        if len(one) >= _SHORTEST:
            befores.setdefault(other, []).append(one)
    for side in (befores, afters):
        for words in side.values():
            if len(words) > 1:
                yield from _close_pairs(words)


def _close_to(small: Set[str], large: Set[str]) -> Iterator[tuple[str, str]]:
    """The close pairs of folded words of which one is among the `small` ones, the other one of these or the `large`."""
    near = Near(small).close_among(large)
    yield from (pair for pair in _close_pairs([*small, *near.difference(small)]) if not small.isdisjoint(pair))


_TOKEN = re.compile(r"\w+")


def _told_apart(reading: Reading) -> frozenset[tuple[str, str]]:
    """The pairs of folded words in which names of the text differ that the facts tell from each other."""
    return reading.remembered("told apart", _find_told_apart)


def _find_told_apart(reading: Reading) -> frozenset[tuple[str, str]]:
    return frozenset(
        (fold(word), fold(other))
        for mention in find_distinct(reading)
        for word in _TOKEN.findall(reading.document.plain[mention.span.start : mention.span.end])
        for entity in mention.entities
        for name in (entity.name, *entity.aliases)
        for other in _TOKEN.findall(name)
    )


_LETTERS = re.compile(r"[^\d_]+")
_DIGITS = re.compile(r"\d+")


def _are_codes(one: str, other: str) -> bool:
    """Whether two words have digits, and other ones or few letters: “TX2041” and “TY2041” are two things."""
    digits = [_DIGITS.findall(word) for word in (one, other)]
    return all(digits) and (digits[0] != digits[1] or len("".join(_LETTERS.findall(one))) < 6)


def spells_names_alike(reading: Reading) -> Iterator[Problem]:
    """Find two spellings of one name in a text: one word of it is the same, the other a letter or two away.

    Where nothing says which of the two is right, both places are found, and neither has a fix.
    """
    small = _hyphened(reading)
    near = set(_beside_one_name(reading))
    if not (near or small):
        return
    every = words_by_fold(reading)
    if small:
        large = {word.lower() if word.isascii() else fold(word) for word in reading.words if word[0].isupper()}
        near.update(_close_to({fold(word) for word in small}, large))
    spelt = {
        one: [word for word in every[one] if word[0].isupper() or word in small]
        for one in {word for pair in near for word in pair}
        if len(one) >= _SHORTEST and one in every
    }
    vocab = vocabulary()
    lines = lines_of(reading)
    problems: dict[Span, Problem] = {}
    apart = _told_apart(reading)
    pairs = []
    for one, other in sorted(near):
        if not (spelt.get(one) and spelt.get(other)) or _are_codes(one, other):
            continue
        if (one, other) in apart or (other, one) in apart:
            continue
        plain = [word for word in (one, other) if word in vocab["function"] or word in vocab["month"]]
        if len(plain) > 1 or (plain and any(_is_known(word, reading) for word in {one, other}.difference(plain))):
            continue
        is_small = any(word[0].islower() for word in (*spelt[one], *spelt[other]))
        if _same_otherwise(one, other) or (is_small and is_common(one) and is_common(other)):
            continue
        pairs.append((one, other))
    both = {word for pair in pairs for word in pair}
    places = reading.places_of_names({variant for word in both for variant in spelt[word]})
    seats_of = {word: _seats(lines, spelt[word], places) for word in both}
    for one, other in pairs:
        seats = [seats_of[word] for word in (one, other)]
        for problem in _disagreement(reading, (one, other), seats):
            problems.setdefault(problem.at, problem)
    yield from (problems[span] for span in sorted(problems))


def _disagreement(reading: Reading, pair: tuple[str, str], seats: Sequence[Sequence[_Seat]]) -> Iterator[Problem]:
    """The places where two near words stand beside one name."""
    for side in ("before", "after"):
        mine, theirs = (
            {other.folded for seat in of_word if (other := getattr(seat, side)) is not None} for of_word in seats
        )
        for shared in sorted(mine & theirs):
            first, second = (
                [seat for seat in of_word if getattr(seat, side) and getattr(seat, side).folded == shared]
                for of_word in seats
            )
            sure = _sure_of_disagreement(reading, pair, side, getattr(first[0], side), first, second)
            if sure < 0.5:
                continue
            wrong = _less_likely(reading, pair, seats)
            sure = min(sure, 0.85) if wrong is None else sure
            if wrong != 1:
                yield from (_disagreeing(reading, side, seat, second[0], sure, wrong == 0) for seat in first)
            if wrong != 0:
                yield from (_disagreeing(reading, side, seat, first[0], sure, wrong == 1) for seat in second)


def _is_known(folded: str, reading: Reading) -> bool:
    return is_name(folded) or _is_known_word(folded, reading)


def _is_known_word(folded: str, reading: Reading) -> bool:
    return is_common(folded) or folded in reading.words or is_place(folded)


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
    names = [is_name(word) for word in pair]
    heard_alike = sound(pair[0]) == sound(pair[1])
    if distance(*pair) > 1 and not (heard_alike and max(map(len, pair)) > 7):
        sides = [word or name for word, name in zip(words, names, strict=True)]
        if all(sides) or not any(sides):
            return 0.0  # two letters make another name of one in use, and of two that nobody knows
    weak = (
        shared.folded in vocab["function"] | vocab["month"] | vocab["honorific"]
        or shared.folded in vocab["party"]
        or shared.folded in reading.words
    )
    titled = shared.folded in vocab["head"] or is_place(shared.folded)
    other_side = "after" if side == "before" else "before"
    if side == "after" and not heard_alike and _in_one_sentence(reading, first, second):
        return 0.0  # relatives, who are often named alike
    if weak or titled:
        nexts = [
            {getattr(seat, other_side).folded for seat in group if getattr(seat, other_side) is not None}
            for group in (first, second)
        ]
        if all(names) and any(nexts) and not nexts[0] & nexts[1]:
            return 0.0
        if nexts[0] and nexts[1] and not nexts[0] & nexts[1]:
            return 0.7 if any(words) and not all(words) and not any(names) and min(map(len, pair)) > 6 else 0.0
        if weak and (all(words) or not any(words + names)):
            return 0.0
    if any(words) and any(names) and not all(words) and not all(names) and words != names:
        return 0.0
    if all(words):
        return 0.6 if not weak and not titled and distance(*pair) == 1 else 0.0
    if all(names) and not any(words):
        return 0.75
    known = [word or name for word, name in zip(words, names, strict=True)]
    if any(known) and not all(known):
        return 0.92 if distance(*pair) == 1 else 0.8
    if not any(known):
        return 0.92 if distance(*pair) == 1 else 0.85
    return 0.7


def _in_one_sentence(reading: Reading, first: Sequence[_Seat], second: Sequence[_Seat]) -> bool:
    sentences = [{reading.sentence_at(seat.word.start) for seat in seats} for seats in (first, second)]
    return not sentences[0].isdisjoint(sentences[1])


def _less_likely(reading: Reading, pair: tuple[str, str], seats: Sequence[Sequence[_Seat]]) -> int | None:
    """Which of two spellings is the wrong one: the unknown to the facts, the rarer, the unknown word; None if equal."""
    known = [False, False]
    if reading.facts.entities:
        index = index_of(reading.facts)
        known = [word in index.tokens or word in index.bodies for word in pair]
    scores = [(known[number], len(seats[number]), _is_known(word, reading)) for number, word in enumerate(pair)]
    return None if scores[0] == scores[1] else 0 if scores[0] < scores[1] else 1


def _disagreeing(reading: Reading, side: str, seat: _Seat, good: _Seat, sure: float, wrong: bool) -> Problem:
    other = getattr(seat, side)
    model = getattr(good, side)
    shown = reading.document.text
    span = Span(min(seat.word.start, other.start), max(seat.word.end, other.end))
    right = shown[good.word.start : good.word.end]
    if right.isupper() and not seat.word.text.isupper():
        right = right[0] + right[1:].lower()
    right = spelt_like(seat.word.text, right)
    edit = Edit(Span(seat.word.start, seat.word.end), right)
    whole = shown[span.start : edit.at.start] + right + shown[edit.at.end : span.end]
    there = Span(min(good.word.start, model.start), max(good.word.end, model.end))
    return Problem(
        at=span,
        words={"other": shown[there.start : there.end]},
        suggestions=(whole,),
        fix=Fix((edit,)) if wrong else None,
        related=(Related(there, "said differently here"),),
        confidence=sure,
    )


# A name alone, against the longer ones of the text


_LEAST = 5  # letters of a name that is held against another
_MANY = 300  # names of a text


def _may_be_strange(word: str) -> bool:
    if len(word) < _LEAST or not (word[0].isupper() and word[-1].islower()):
        return False
    return word.lower() not in common_words() and word.isalpha()


_MAY_BE_STRANGE = Sieve(_may_be_strange)


@lru_cache(maxsize=1 << 14)
def _is_strange(folded: str) -> bool:
    """Whether a word, folded, is neither a name in use nor a word."""
    return not (is_name(folded) or is_common(folded) or is_place(folded) or is_word(folded))


@lru_cache(maxsize=1 << 12)
def _is_no_name(folded: str) -> bool:
    """Whether a word right before a name is no part of it: a title, the first word of a sentence."""
    vocab = vocabulary()
    if folded in vocab["head"] or folded in vocab["honorific"] or folded in vocab["function"]:
        return True
    return is_common(folded) and not is_given_name(folded)


def spells_names_alike_later(reading: Reading) -> Iterator[Problem]:
    """Find a name alone that is neither a name in use nor a word, and a letter away from the last word of a longer one.

    Where the text has the longer one once and that name more often, the longer one is in doubt.
    """
    if not _OF_SPELLING.isdisjoint(reading.words):
        return  # the text may speak of how a name is spelt
    befores: dict[str, list[str]] = {}
    firsts = set()
    for one, other in _side_by_side(reading):
        befores.setdefault(other, []).append(one)
        firsts.add(one)
    longer = {last for last, before in befores.items() if len(last) >= _LEAST and not all(map(_is_no_name, before))}
    if not longer:
        return
    # Of few names those with the same first letter are looked at, of many those with a key in common.
    keys_of: Callable[[str], Iterable[str]] = shorter if len(longer) > _MANY else itemgetter(0)
    lasts: dict[str, list[str]] = {}
    for last in longer:
        for key in set(keys_of(last)):
            lasts.setdefault(key, []).append(last)
    for word in _MAY_BE_STRANGE.pick_words(reading.words):
        folded = fold(word)
        if folded in longer or folded in firsts:
            continue
        near = {
            last
            for key in keys_of(folded)
            for last in lasts.get(key, ())
            if last[0] == folded[0]
            and -2 < len(last) - len(folded) < 2
            and least_distance(folded, last) < 2
            and distance(folded, last) == 1
        }
        if len(near) != 1 or not _is_strange(folded) or is_foreign(reading):
            continue
        (last,) = near
        if _end_otherwise(folded, last) or (folded, last) in _told_apart(reading):
            continue
        if _same_otherwise(folded, last) and not (_sound_foreign(folded, last) and len(reading.places(word)) == 1):
            continue
        written = words_by_fold(reading)[last]
        names = [variant for variant in written if variant[0].isupper() and not variant.isupper()]
        if names:
            yield from _said_otherwise(reading, word, names[0])


def _end_otherwise(one: str, name: str) -> bool:
    """Whether one may be another form of a name, both folded: “Ivanova” of “Ivanov”, “Instituto” of “Institute”."""
    if one[-1] == name[-1] or (name[:-1] not in (one, one[:-1]) and name != one[:-1]):
        return False
    return "a" in (one[-1], name[-1]) or is_common(name)


def _said_otherwise(reading: Reading, word: str, name: str) -> Iterator[Problem]:
    """The problem that a name alone and the last word of a longer one differ."""
    mine, theirs = reading.places(word), reading.places(name)
    swapped = len(mine) > 1 and len(theirs) == 1 and _is_strange(fold(name))
    if swapped:
        word, name, mine, theirs = name, word, theirs, mine
    known = reading.facts.entities and fold(word) in index_of(reading.facts).tokens
    if known or len(mine) > max(1, len(theirs) - 1):
        return
    there = Span(theirs[0], theirs[0] + len(name))
    plain = reading.document.plain
    if any(_RELATIVE.search(plain, max(0, at - 16), at) for at in (*mine, *theirs)):
        return
    for at in mine:
        span = Span(at, at + len(word))
        yield Problem(
            at=span,
            words={"other": name},
            suggestions=(name,),
            fix=Fix((Edit(span, name),)) if len(theirs) > len(mine) and not swapped else None,
            related=(Related(there, "said differently here"),),
            confidence=0.75 if swapped else 0.92 if len(mine) == 1 else 0.6,
        )


_OF_SPELLING = frozenset({"spelling", "spellings", "misspelled", "misspelling", "misspellings"})
_RELATIVE = re.compile(
    r"\b(?:aunt|brother|cousin|daughter|father|husband|mother|nephew|niece|sister|son|uncle|wife),? $"
)
