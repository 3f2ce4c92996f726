"""Capitals and small letters where prose has the other: a common word with a capital inside a sentence, a sentence or
paragraph that begins with a small letter. Names, titles, headings and brands are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factlint import words
from factlint.checks.spacing import is_name_in_use, is_named
from factlint.findings import Edit, Fix, Problem
from factlint.mentions import Reading
from factlint.source import Span

# A capitalised word between words in small letters, with nothing but spaces around.
_INSIDE = re.compile(r"(?<=[a-z] )[A-Z][a-z]*(?= [a-z])")
_BEFORE = re.compile(r"(?:^|[\s(])([A-Za-z'’-]+) $")
_NEXT = re.compile(r" (\w+)")
_CAPITALISED = re.compile(r"\b[A-Z]")
_WORD = re.compile(r"\b\w")
_SMALL_START = re.compile(r"[a-z][a-z]*")
_AFTER_STOP = re.compile(r"(?<=[a-z]{3}[.!?] )([a-z]+)(?= )")


def common_words_are_small(
    reading: Reading, *, function: list[str], endings: list[str], before: list[str], titles: list[str]
) -> Iterator[Problem]:
    """Find a common word that has a capital inside a sentence.

    Sure of the words `function`, which no name consists of, and of verbs with one of `endings`; a noun is doubtful, and
    found only after one of the words `before`, with a small letter elsewhere in the text or not known with a capital.
    Words of `titles` after it (“of”) make it the beginning of a title.
    """
    plain = reading.document.plain
    sure, verbs, openers, of = frozenset(function), tuple(endings), frozenset(before), frozenset(titles)
    known: dict[str, str] = {}
    for match in _INSIDE.finditer(plain):
        word = match[0]
        kind = known.get(word)
        if kind is None:
            kind = known[word] = _kind(word, sure, verbs)
        if not kind:
            continue
        previous = _BEFORE.search(plain, max(0, match.start() - 30), match.start())
        if previous is None or not previous[1].islower():
            continue
        following = _NEXT.match(plain, match.end())
        block = reading.block_at(match.start())
        if block.kind == "heading" or _is_headline(reading, match.start()):
            continue
        at = Span(match.start(), match.end())
        if following is not None and following[1] in of and kind != "function":
            continue
        if is_named(reading, at):
            continue
        small = word[0].lower() + word[1:]
        confidence = 0.92
        if kind == "noun":
            if previous[1] not in openers or not _is_plain_noun(reading, word):
                continue
            confidence = 0.6
        elif kind == "verb":
            confidence = 0.9
        if reading.quoted(at):
            confidence = min(confidence, 0.7)
        yield Problem(at, {}, (small,), Fix((Edit(at, small),)), confidence=confidence)


def _kind(word: str, function: frozenset[str], endings: tuple[str, ...]) -> str:
    """What sort of word it is: function, verb, noun, or nothing where it may be a name."""
    small = word.lower()
    if small in function:
        return "function"
    if len(word) < 4 or is_name_in_use(word):
        return ""
    if small.endswith(endings) and words.is_word(small):
        return "verb"
    return "noun" if words.is_common(small) else ""


def _is_plain_noun(reading: Reading, word: str) -> bool:
    """Whether a noun stands in small letters elsewhere in the text, and nowhere else with a capital."""
    plain = reading.document.plain
    stem = word.lower().rstrip("s")
    return len(re.findall(rf"\b{word}\b", plain)) == 1 and re.search(rf"\b{stem}", plain) is not None


def _is_headline(reading: Reading, at: int) -> bool:
    """Whether a sentence has so many capitals that it is a headline or a title."""
    sentence = reading.sentence_at(at)
    text = reading.document.plain[sentence.start : sentence.end]
    count = len(_WORD.findall(text))
    return count < 6 or len(_CAPITALISED.findall(text)) > 0.35 * count


def sentences_begin_with_capitals(reading: Reading, *, brands: list[str], openers: list[str]) -> Iterator[Problem]:
    """Find a paragraph, heading or sentence that begins with a small letter.

    Words of `brands` are written so; a paragraph counts only if it ends like a sentence and begins with a common word.
    After a full stop inside a paragraph only the words `openers` count, which begin sentences and follow no
    abbreviation.
    """
    plain = reading.document.plain
    written_so = frozenset(brands)
    blocks = [block for block in reading.document.blocks if block.kind in ("paragraph", "heading")]
    for number, block in enumerate(blocks):
        match = _SMALL_START.match(plain, block.span.start)
        if match is None or match[0] in written_so or not words.is_common(match[0]):
            continue
        if plain[match.end() : match.end() + 1] not in (" ", "'", ","):
            continue
        text = plain[block.span.start : block.span.end].rstrip()
        if not text.endswith((".", "?", "!", "”", '"')) or len(text) < 8:
            continue
        earlier = plain[blocks[number - 1].span.start : blocks[number - 1].span.end].rstrip() if number else "."
        goes_on = not earlier.endswith((".", "?", "!", "”", '"', ")"))
        yield _small(Span(match.start(), match.end()), match[0], 0.6 if goes_on else 0.8)
    begin = frozenset(openers)
    for match in _AFTER_STOP.finditer(plain):
        if match[1] not in begin:
            continue
        start = match.start(1)
        token = plain[max(0, start - 20) : start - 2].rpartition(" ")[2]
        if words.is_abbreviation(token) or "." in token or not words.is_common(token.lower()):
            continue
        yield _small(Span(start, match.end(1)), match[1], 0.9 if plain[start - 2] == "." else 0.7)


def _small(at: Span, word: str, confidence: float) -> Problem:
    capital = word[0].upper() + word[1:]
    return Problem(at, {}, (capital,), Fix((Edit(at, capital),)), confidence=confidence)
