"""Words that are misspelt: known misspellings, endings no word can have, slips of a word that the text itself uses.

Names, words with a capital that is theirs, addresses, phrases of another language and what is marked “[sic]” are passed
over; each distinct word is looked at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import islice

from msgspec import Struct

from factlint import words
from factlint.checks.spacing import is_address, is_name_in_use, is_named
from factlint.findings import Edit, Fix, Problem
from factlint.mentions import Reading
from factlint.prepared import prepared
from factlint.sieve import JointSieve, Sieve
from factlint.source import Span

_RARE = 6.2  # Zipf frequency of a word up to which it is looked for in a text by itself
_SIC = re.compile(r"\W{1,3}[(\[]sic\b")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[ ,]+$")
_WORD_AFTER = re.compile(r"[ ,]+([^\W\d_]+)")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# From this share of words that no dictionary has, a text is not in English.
_FOREIGN = 0.25
_LONGEST = 32  # letters of a word
_LEAST = 6  # letters of a word that is held against the words of the text


def _odd_among(judged: Set[str]) -> list[str]:
    """Those of some distinct words that may be slips, or that others may be slips of: see `odd_words`."""
    common = words.common_words()
    found = []
    for word in frozenset(judged).difference(common):
        if not word.isalpha():
            odd = not word.isdigit()
        elif word.islower():
            odd = 2 < len(word) < _LONGEST and not words.is_word(word)
        elif word.istitle():
            odd = len(word) > 4 if word.lower() in common else _may_be_slip(word)
        else:
            odd = False
        if odd:
            found.append(word)
    return found


_ODD = JointSieve(_odd_among)


def odd_words(reading: Reading) -> list[str]:
    """The distinct words of a text that its rules of spelling and of print look at, sorted.

    They are words in small letters that no dictionary has, words with a capital: ordinary ones and those that may be
    slips of such, and what has both letters and digits.
    """
    return reading.remembered("odd words", lambda reading: _ODD.pick_words(reading.words))


def hyphened_chunks(reading: Reading) -> list[str]:
    """The distinct runs without space that have a hyphen."""
    return reading.remembered("hyphened chunks", lambda reading: [run for run in reading.marked if "-" in run])


def unknown_words(reading: Reading) -> tuple[str, ...]:
    """The distinct words of a text, of small letters alone, that no dictionary has; none if it is not in English."""
    return reading.remembered("unknown words", _unknown_words)


def _unknown_words(reading: Reading) -> tuple[str, ...]:
    return () if is_foreign(reading) else _unknown(reading)


def _unknown(reading: Reading) -> tuple[str, ...]:
    return tuple([word for word in odd_words(reading) if word.islower() and word.isalpha()])


def is_foreign(reading: Reading) -> bool:
    """Whether a text is not in English."""
    return reading.remembered("foreign", _is_in_another_language)


def _is_in_another_language(reading: Reading) -> bool:
    unknown = _unknown(reading)
    return len(unknown) > _FOREIGN * 9 and _is_foreign(unknown, reading.words)


def _is_foreign(unknown: Sequence[str], seen: Set[str]) -> bool:
    """Whether too many of the words in small letters are unknown ones, and no slips."""
    common = words.common_words()
    enough = int(len(unknown) / _FOREIGN) + 1  # so many ordinary words are English, and soon found
    if sum(1 for _ in islice(filter(common.__contains__, seen), enough)) == enough:
        return False
    small = sum((word.islower() and word.isalpha()) or word in common for word in seen)
    if small < 10 or len(unknown) <= _FOREIGN * small:
        return False
    strange = [word for word in unknown if not words.corrections(word) and not _right_ending(word)]
    return len(strange) > _FOREIGN * small


def words_are_spelt_rightly(reading: Reading, *, allowed: list[str]) -> Iterator[Problem]:
    """Find known misspellings, impossible endings (“teachs”) and slips of a word that stands in the text, too.

    `allowed` words are right. A word with a capital is held against the words of the text alone, and only where no name
    is written so. What is one letter off a word of the text is doubtful in small letters: it may be a play on it.
    """
    text = reading.document.plain
    slips: dict[str, tuple[tuple[str, ...], float]] = {}
    for word in unknown_words(reading):
        slip = _meant(word, reading)
        if slip[0] and word not in allowed:
            slips[word] = slip
    for word, other in _meant_with_capital(reading):
        if word.lower() not in allowed:
            slips[word] = (other.capitalize(),), 0.92
    found = [(*place, *slips[place[2]]) for place in _places(reading, text, slips.keys())]
    counts: dict[str, int] = {}
    for _, _, word, _, _ in found:
        counts[word] = counts.get(word, 0) + 1
    for start, end, word, meant, confidence in sorted(found):
        at = Span(start, end)
        sure = confidence
        if counts[word] > 1 and confidence < 0.7:
            continue  # a term of its subject
        if len(word) == 4 and confidence < 0.7 and not _follows_common(text, start):
            continue
        if counts[word] > 3 or text[start - 1 : start] in ("", "\n") or text[end : end + 1] in ("", "\n"):
            sure = min(sure, 0.7)  # a word that the text uses, or one that was cut with its line
        yield Problem(
            at=at,
            suggestions=meant,
            fix=Fix((Edit(at, meant[0]),), safe=len(meant) == 1 and sure >= 0.95),
            confidence=sure,
        )


def _follows_common(text: str, start: int) -> bool:
    """Whether a frequent word stands before an offset, so that no other language is likely: not “café au lait”."""
    before = _WORD_BEFORE.search(text, max(start - 30, 0), start)
    return before is not None and words.frequency(before[1]) >= 5


def _meant(word: str, reading: Reading) -> tuple[tuple[str, ...], float]:
    """What an unknown word in small letters is meant for, and how surely it is."""
    known = words.corrections(word)
    ending = _right_ending(word)
    if known or ending:
        return known or (ending,), 0.92 if not known else 0.95 if len(word) > 4 else 0.9
    if len(word) < 4:
        return (), 0.0
    least = 3.5 if len(word) >= _LEAST else 4.0 if len(word) > 4 else 5.5
    near = [other for other in _near(word) if words.frequency(other) >= least and not _inflects(word, other)]
    stands = [other for other in near if other in reading.words]
    if stands and len(word) >= _LEAST:
        return _likeliest(stands), 0.8
    return _likeliest(near), 0.6


def _meant_with_capital(reading: Reading) -> Iterator[tuple[str, str]]:
    """The distinct words with a capital that are slips of ordinary ones which the text has with a capital, too.

    With each goes what is meant, in small letters: by the known misspellings, else what is one letter off.
    """
    common = words.common_words()
    others: dict[str, str] = {}
    ordinary = []
    for word in odd_words(reading):
        lower = word.lower()
        if lower in common:
            ordinary.append(lower)
        elif not word.islower() and (word.isalpha() or _may_be_slip(word)):
            others[lower] = word
    if not others or not ordinary:
        return
    near = _one_off(others, ordinary)
    for lower in near.keys() | _KNOWN.pick(others.keys()):
        word = others[lower]
        stand = [
            other
            for other in words.corrections(lower) or near[lower]
            if words.frequency(other) >= 3.5 and not _inflects(lower, other) and other.capitalize() in reading.words
        ]
        if stand and not is_name_in_use(word) and not words.is_word(lower):
            yield word, _likeliest(stand)[0]


_KNOWN = Sieve(words.corrections)


def _may_be_slip(word: str) -> bool:
    """Whether a word has a capital and seven letters or more: it is none if it is a name in use, or of a dictionary."""
    return _LEAST < len(word) < _LONGEST and word[0].isupper() and word[1:].islower() and word.isascii()


def _likeliest(near: list[str]) -> tuple[str, ...]:
    return (max(near, key=lambda other: (words.frequency(other), other)),) if near else ()


def _one_off(strange: Iterable[str], others: Iterable[str]) -> dict[str, list[str]]:
    """Those of other words that are one letter, or one exchange of letters, away from each of some words."""
    # Of n letters one such slip leaves the first or the last (n - 1) // 2 as they are; it changes n by one at most.
    by_half: dict[str, list[str]] = {}
    for word in strange:
        half = (len(word) - 1) // 2
        by_half.setdefault(word[:half], []).append(word)
        by_half.setdefault(word[-half:], []).append(word)
    found: dict[str, list[str]] = {}
    for other in others:
        halves = _halves(other)
        if not by_half.keys().isdisjoint(halves):
            for word in {word for half in halves for word in by_half.get(half, ())}:
                if _is_one_off(word, other):
                    found.setdefault(word, []).append(other)
    return found


@lru_cache(maxsize=8192)
def _halves(word: str) -> tuple[str, ...]:
    """The halves that a word may have in common with one of a letter more or less, or as many."""
    half = len(word) // 2
    return word[:half], word[: half - 1], word[-half:], word[1 - half :]


def _is_one_off(one: str, other: str) -> bool:
    """Whether two words differ by one letter more, less or other, or by two neighbours that changed places."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1 or one == other:
        return False
    at = 0
    while at < len(short) and short[at] == long[at]:
        at += 1
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    return short[at + 1 :] == long[at + 1 :] or (
        short[at + 2 :] == long[at + 2 :] and short[at] == long[at + 1] and short[at + 1] == long[at]
    )


def _right_ending(word: str) -> str:
    """The right form of a word whose ending its last letters forbid: “teachs”, “partys”, “makeing”."""
    if word.endswith("s") and len(word) > 4:
        stem = word[:-1]
        if stem.endswith(("sh", "ss", "x", "zz", "tch", "each", "oach", "nch", "rch", "ouch")) and words.is_word(
            stem + "es"
        ):
            return stem + "es"
        if stem.endswith("y") and stem[-2] not in "aeiou" and words.is_word(stem[:-1] + "ies"):
            return stem[:-1] + "ies"
    if word.endswith("eing") and words.is_word(word[:-3]) and words.is_word(word[:-4] + "ing"):
        return word[:-4] + "ing"
    return ""


def _inflects(word: str, other: str) -> bool:
    """Whether one of two words is the other with an ending: “legislations”, “influencer”."""
    short, long = sorted((word, other), key=len)
    if long.startswith((short, short[:-1])):
        return True
    return len(short) == len(long) and short[:-1] == long[:-1]


@lru_cache(maxsize=4096)
def _near(word: str) -> frozenset[str]:
    """The words of the dictionary's core one letter, or one exchange of letters, away from a word."""
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {left + right[1:] for left, right in parts if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1}
    found |= {left + letter + right[1:] for left, right in parts if right for letter in _LETTERS}
    found |= {left + letter + right for left, right in parts for letter in _LETTERS}
    found.discard(word)
    return frozenset(found & words.common_words().keys())


def _places(reading: Reading, text: str, sought: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """Where words stand as words of the text's language, and are not somebody's name or marked as they are."""
    for start, word in [(at, each) for each, places in reading.places_of(sought).items() for at in places]:
        end = start + len(word)
        if text[start - 1 : start] in ("'", "-", "]") or text[end : end + 1] in ("-", "[", "("):
            continue  # a part of a word, or one that an editor changed: “[h]onesty”
        if is_address(text, start) or _SIC.match(text, end):
            continue
        if text[end : end + 1] == "'" and not text[end + 1 : end + 2].isalpha():
            continue
        if text[end : end + 1] == "." and text[end + 1 : end + 2].isalnum():
            continue
        before = _WORD_BEFORE.search(text, max(start - 30, 0), start)
        after = _WORD_AFTER.match(text, end)
        if any(side is not None and is_strange(side.group(1)) for side in (before, after)):
            continue
        if word[0].isupper() and (
            (
                before is not None
                and before.group(1)[0].isupper()
                and before.group().endswith(" ")
                and _inside(text, start)
            )
            or (after is not None and after.group(1)[0].isupper() and text[end] == " ")
        ):
            continue  # a part of a longer name
        if not is_named(reading, Span(start, end)):
            yield start, end, word


def _inside(text: str, start: int) -> bool:
    return text[start - 1 : start] == " " and text[start - 2 : start - 1].isalpha()


def is_strange(word: str) -> bool:
    """Whether a word beside tells of another language: small letters that no dictionary has, and no slip either."""
    return word.islower() and len(word) > 2 and not words.is_word(word) and not words.corrections(word)


def words_are_known(reading: Reading, *, allowed: list[str]) -> Iterator[Problem]:
    """Find words in small letters that the dictionary lacks, each where it first stands; `allowed` ones are right."""
    text = reading.document.plain
    sought = [word for word in unknown_words(reading) if word not in allowed and not words.corrections(word)]
    first: dict[str, int] = {}
    for start, _, word in _places(reading, text, sought):
        first[word] = min(start, first.get(word, start))
    for word in sorted(first, key=first.__getitem__):
        meant = tuple(sorted(_near(word), key=lambda near: (-words.frequency(near), near))[:3])
        yield Problem(at=Span(first[word], first[word] + len(word)), suggestions=meant, confidence=0.6)


# Words for others


class _Phrase(Struct, frozen=True):
    """A wrong phrase: what its first run of letters may be, the others, all but its first letter, what is meant.

    It is looked for by a `part` of it, which stands at the `offset`.
    """

    first: frozenset[str]
    rest: frozenset[str]
    tail: str
    part: str
    offset: int
    pattern: re.Pattern[str]
    right: str


@prepared
def _phrases(pairs: list[list[str]]) -> tuple[Mapping[str, list[_Phrase]], JointSieve]:
    """The wrong phrases by their rarest run of letters but the first, and what picks these runs.

    What to look for is a rare word that many of them have, so that it is few; else all but the first letter.
    """
    counts = Counter(word for wrong, _ in pairs for word in set(wrong.split(" ")[1:]))
    common = words.common_words()
    found: dict[str, list[_Phrase]] = {}
    for wrong, right in pairs:
        rare = [word for word in wrong.split(" ")[1:] if common.get(word, 0.0) < _RARE]
        part = max(rare, key=lambda word: (counts[word], len(word)), default=wrong[1:])
        first, *rest = re.findall(r"\w+", wrong)
        either = frozenset((first, first[0].upper() + first[1:]))
        pattern = re.compile(rf"\b[{wrong[0]}{wrong[0].upper()}]{re.escape(wrong[1:])}\b")
        phrase = _Phrase(either, frozenset(rest), wrong[1:], part, wrong.index(part, 1), pattern, right)
        found.setdefault(min(rest, key=lambda word: common.get(word, 0.0), default=""), []).append(phrase)
    return found, JointSieve(lambda words: list(words & found.keys()))


def words_are_not_confused(reading: Reading, *, phrases: list[list[str]]) -> Iterator[Problem]:
    """Find phrases that have a word for another of the same sound: “could of”, “more then”, “their is”.

    Each item of `phrases` is a wrong phrase and what is meant.
    """
    seen = reading.words
    plain = reading.document.plain
    by_word, sieve = _phrases(phrases)
    found = []
    for phrase in (phrase for word in (*sieve.pick_words(seen), "") for phrase in by_word.get(word, ())):
        if phrase.rest <= seen and not phrase.first.isdisjoint(seen):
            part = phrase.part
            for place in reading.places(part) if part.isalnum() else words.occurrences(plain, part):
                start = place - phrase.offset
                if start >= 0 and plain.startswith(phrase.tail, start + 1):
                    match = phrase.pattern.match(plain, start)
                    if match is not None:
                        found.append((start, match, phrase.right))
    end = -1
    for start, match, right in sorted(found, key=lambda item: (item[0], -len(item[1].group()))):
        if start < end:
            continue
        at = Span(start, match.end())
        end = at.end
        if match.group()[0].isupper():
            right = right[0].upper() + right[1:]
        if _SIC.match(plain, at.end) or plain[at.end : at.end + 1] == "-" or is_address(plain, at.start):
            continue
        yield Problem(at, {}, (right,), Fix((Edit(at, right),)), confidence=0.6 if reading.quoted(at) else 0.92)


@prepared
def _articles(heard: Sequence[str], written: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    """An article, small and with a capital, before a word with which it may be wrong by its first letter."""
    vowel = "|".join(("[aeiou]", *sorted({re.escape(word[:1]) for word in heard})))
    other = "|".join(("[^aeiou]", *sorted({re.escape(word[:1]) for word in written})))
    before = r"[\w.'’&/-]"
    # A pattern that begins with one letter is the fastest to look for.
    return tuple(
        re.compile(
            rf"{letter}((?= (?:{vowel}))(?<!{before}{letter})|n(?= (?:{other}))(?<!{before}{letter}n))"
            r" (?=([a-z]{2,})\b(?!['.]\w))"
        )
        for letter in "aA"
    )


def articles_fit_their_words(
    reading: Reading, *, vowels: list[str], consonants: list[str], either: list[str], never: list[str]
) -> Iterator[Problem]:
    """Find “a” before a vowel and “an” before a consonant.

    Words that begin with one of `vowels` (“hour”) sound like a vowel though they are written with a consonant, those
    with one of `consonants` (“europ”, “union”) the other way round; those with one of `either` stand behind both.
    Before the words `never`, “a” is the letter.
    """
    plain = reading.document.plain
    matches = [match for pattern in _articles(vowels, consonants) for match in pattern.finditer(plain)]
    heard, written, both = tuple(vowels), tuple(consonants), tuple(either)
    for match in sorted(matches, key=re.Match[str].start):
        article, word = match.group()[:-1], match[2]
        vowel = word.startswith(heard) or (word[0] in "aeiou" and not word.startswith(written))
        if vowel == (len(article) == 2) or word.startswith(both) or word in never or len(word) < 3:
            continue
        if not words.is_word(word):
            continue
        if article == "A" and not _opens(plain, match.start()):
            continue  # “vitamin A is”, “Group A and”
        at = Span(match.start(), match.end(2))
        right = article[0] + ("" if len(article) == 2 else "n")
        if is_address(plain, at.start) or is_named(reading, at):
            continue
        repair = Fix((Edit(Span(match.start(), match.end(1)), right),))
        yield Problem(at, {}, (f"{right} {word}",), repair, confidence=0.6 if reading.quoted(at) else 0.92)


def _opens(plain: str, at: int) -> bool:
    before = plain[max(0, at - 3) : at].rstrip(" \"“‘'(")
    return not before or before[-1] in ".!?:\n—–-"


_ORDINAL = re.compile(r"(?<![\w.,/-])(\d{1,4})(-)?([a-z]{1,2})\b(?![-/.]\d)")
_HYPHENED_ORDINAL = re.compile(r"[0-9]-[a-z]{1,2}\b")
_ENDINGS = {"1": "st", "2": "nd", "3": "rd"}
_ENGLISH = ("st", "nd", "rd", "th")


def ordinals_are_written_rightly(reading: Reading, *, foreign: list[str]) -> Iterator[Problem]:
    """Find ordinals with a wrong ending, “21th”, or with a hyphen before it, “19-th”, and before one of `foreign`.

    The last are doubtful, and passed over behind round numbers and from 100 on: “a 100-m race”.
    """
    plain = reading.document.plain
    figures, hyphened = [word for word in odd_words(reading) if word[0].isdigit()], hyphened_chunks(reading)
    if not any(word[-1] in "tdh" for word in figures) and not any(map(_HYPHENED_ORDINAL.search, hyphened)):
        return
    # An ordinal has no space in it: it stands in one of the distinct words or runs, and begins with its number.
    distinct = [match for run in (*figures, *hyphened) for match in _ORDINAL.finditer(run)]
    starts = {match[1] if match[2] else match[0] for match in distinct if _right_ordinal(match, foreign)}
    for at in sorted(at for places in reading.places_of(starts).values() for at in places):
        match = _ORDINAL.match(plain, at)
        right = _right_ordinal(match, foreign) if match is not None else ""
        if match is not None and right and not is_address(plain, at):
            span = Span(at, match.end())
            sure = 0.92 if match[3] in _ENGLISH else 0.7
            yield Problem(span, {}, (right,), Fix((Edit(span, right),)), confidence=sure)


def _right_ordinal(match: re.Match[str], foreign: Collection[str]) -> str:
    """What an ordinal should be; empty where it is right."""
    number, hyphen, ending = match.groups()
    right = "th" if number[-2:-1] == "1" else _ENDINGS.get(number[-1], "th")
    if ending in _ENGLISH:
        return number + right if hyphen or ending != right else ""
    doubtful = not hyphen or ending not in foreign or len(number) > 2 or number[-1] == "0"
    return "" if doubtful else number + right
