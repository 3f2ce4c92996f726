"""Words that are misspelt: known misspellings, endings no word can have, slips of a word that the text itself uses.

Names, words with a capital that is theirs, addresses, phrases of another language and what is marked “[sic]” are passed
over; each distinct word is looked at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from factlint import words
from factlint.checks.spacing import find_words, is_address, is_name_in_use, is_named
from factlint.findings import Edit, Fix, Problem
from factlint.mentions import Reading
from factlint.source import Span

_SIC = re.compile(r"\W{1,3}[(\[]sic\b")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[ ,]+$")
_WORD_AFTER = re.compile(r"[ ,]+([^\W\d_]+)")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# From this share of words that no dictionary has, a text is not in English.
_FOREIGN = 0.25
_LONGEST = 32  # letters of a word
_LEAST = 6  # letters of a word that is held against the words of the text


def _unknown(reading: Reading) -> list[str]:
    """The distinct words of small letters alone that no dictionary has; none where the text is not in English."""
    rest = [word for word in reading.words.difference(words.common_words()) if word.islower() and word.isalpha()]
    unknown = [word for word in rest if 2 < len(word) < _LONGEST and not words.is_word(word)]
    small = len(reading.words & words.common_words().keys()) + len(rest)
    if small > 9 and len(unknown) > _FOREIGN * small:
        strange = [word for word in unknown if not words.corrections(word) and not _right_ending(word)]
        if len(strange) > _FOREIGN * small:
            return []
    return sorted(unknown)


def words_are_spelt_rightly(reading: Reading, *, allowed: list[str]) -> Iterator[Problem]:
    """Find known misspellings, impossible endings (“teachs”) and slips of a word that stands in the text, too.

    `allowed` words are right. A word with a capital is held against the words of the text alone, and only where no name
    is written so. What is one letter off a word of the text is doubtful in small letters: it may be a play on it.
    """
    text = reading.document.plain
    slips: dict[str, tuple[tuple[str, ...], float]] = {}
    for word in _unknown(reading):
        if word not in allowed:
            slips[word] = _meant(word, reading)
    for word in _capitalised(reading):
        if word.lower() not in allowed:
            meant, confidence = _meant(word.lower(), reading, capital=True)
            slips[word] = tuple(each.capitalize() for each in meant), confidence
    slips = {word: slip for word, slip in slips.items() if slip[0]}
    found = [(*place, *slips[place[2]]) for place in _places(reading, text, slips)] if slips else []
    counts: dict[str, int] = {}
    for _, _, word, _, _ in found:
        counts[word] = counts.get(word, 0) + 1
    for start, end, word, meant, confidence in sorted(found):
        at = Span(start, end)
        sure = confidence
        if counts[word] > 3 or text[start - 1 : start] in ("", "\n") or text[end : end + 1] in ("", "\n"):
            sure = min(sure, 0.7)  # a word that the text uses, or one that was cut with its line
        yield Problem(
            at=at,
            suggestions=meant,
            fix=Fix((Edit(at, meant[0]),), safe=len(meant) == 1 and sure >= 0.95),
            confidence=sure,
        )


def _meant(word: str, reading: Reading, capital: bool = False) -> tuple[tuple[str, ...], float]:
    """What an unknown word is meant for, and how surely it is."""
    known = words.corrections(word)
    if known and not capital:
        return known, 0.95 if len(word) > 4 else 0.9
    ending = _right_ending(word)
    if ending and not capital:
        return (ending,), 0.92
    if len(word) < _LEAST + capital:
        return (), 0.0
    stands = [near for near in known or _near_in_text(word, reading, capital) if _stands(near, reading, capital)]
    stands = [near for near in stands if words.frequency(near) >= 3.5 and not _inflects(word, near)]
    if stands:
        return (max(stands, key=lambda near: (words.frequency(near), near)),), 0.92 if capital else 0.8
    return (), 0.0


def _stands(word: str, reading: Reading, capital: bool) -> bool:
    return (word.capitalize() if capital else word) in reading.words


def _near_in_text(word: str, reading: Reading, capital: bool) -> Iterable[str]:
    """The common words one letter, or one exchange, away from a word; in a short text those of the text alone."""
    if len(reading.words) > _SHORT:
        return _near(word)
    common = (
        reading.remembered("common words with capitals", _capital_words)
        if capital
        else reading.remembered("common words", _common_words)
    )
    # Of six letters and more either the first two or the last two are left as they are.
    start, end = word[:2], word[-2:]
    return [near for near in common if (near[:2] == start or near[-2:] == end) and _is_one_off(word, near)]


_SHORT = 2500  # distinct words


def _common_words(reading: Reading) -> list[str]:
    return [word for word in reading.words & words.common_words().keys() if len(word) >= _LEAST - 1]


def _capital_words(reading: Reading) -> list[str]:
    common = words.common_words()
    return [lower for word in reading.words if word.istitle() and (lower := word.lower()) in common and len(lower) > 4]


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


def _near(word: str) -> Iterator[str]:
    """The words of the dictionary's core one letter, or one exchange of letters, away from a word."""
    common = words.common_words()
    for at in range(len(word) + 1):
        left, right = word[:at], word[at:]
        if right and left + right[1:] in common:
            yield left + right[1:]
        if len(right) > 1 and right[0] != right[1] and (swapped := left + right[1] + right[0] + right[2:]) in common:
            yield swapped
        for letter in _LETTERS:
            if left + letter + right in common:
                yield left + letter + right
            if right and right[0] != letter and left + letter + right[1:] in common:
                yield left + letter + right[1:]


def _capitalised(reading: Reading) -> Iterator[str]:
    """The distinct words with a capital that are no names in use and look like ordinary ones of the text."""
    common = words.common_words()
    for word in sorted(reading.words):
        if not _LEAST < len(word) < _LONGEST or not word[0].isupper() or not word[1:].islower() or not word.isascii():
            continue
        lower = word.lower()
        if lower in common or words.is_word(lower) or is_name_in_use(word):
            continue
        yield word


def _places(reading: Reading, text: str, sought: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """Where words stand as words of the text's language, and are not somebody's name or marked as they are."""
    for start, word in find_words(text, sought):
        end = start + len(word)
        if text[start - 1 : start] in ("'", "-") or text[end : end + 1] == "-":
            continue
        if is_address(text, start) or _SIC.match(text, end):
            continue
        if text[end : end + 1] == "'" and not text[end + 1 : end + 2].isalpha():
            continue
        if text[end : end + 1] == "." and text[end + 1 : end + 2].isalnum():
            continue
        before = _WORD_BEFORE.search(text, max(start - 30, 0), start)
        after = _WORD_AFTER.match(text, end)
        if any(side is not None and _is_strange(side.group(1)) for side in (before, after)):
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


def _is_strange(word: str) -> bool:
    """Whether a word beside tells of another language: small letters that no dictionary has, and no slip either."""
    return word.islower() and len(word) > 2 and not words.is_word(word) and not words.corrections(word)


def words_are_known(reading: Reading, *, allowed: list[str]) -> Iterator[Problem]:
    """Find words in small letters that the dictionary lacks, each where it first stands; `allowed` ones are right."""
    text = reading.document.plain
    sought = [word for word in _unknown(reading) if word not in allowed and not words.corrections(word)]
    if not sought:
        return
    first: dict[str, int] = {}
    for start, _, word in _places(reading, text, frozenset(sought)):
        first[word] = min(start, first.get(word, start))
    for word in sorted(first, key=first.__getitem__):
        meant = tuple(sorted(set(_near(word)), key=lambda near: (-words.frequency(near), near))[:3])
        yield Problem(at=Span(first[word], first[word] + len(word)), suggestions=meant, confidence=0.6)
