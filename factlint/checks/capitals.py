"""Capitals and small letters where prose has the other.

A common word with a capital inside a sentence, a name or the beginning of a sentence with a small letter, a title that
is half in capitals. Names in use, headings, headlines and brands are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path

from factlint import words
from factlint.checks.sentences import form_of
from factlint.checks.spacing import is_address, is_name_in_use, is_named
from factlint.findings import Edit, Fix, Problem
from factlint.mentions import Reading
from factlint.source import Span

_DATA = Path(__file__).parent.parent / "data"

LONG = 1500  # a longer block holds paragraphs and crossheads that were run together

# A capitalised word between words in small letters, with nothing but spaces around.
_INSIDE = re.compile(r"(?<=[a-z] )[A-Z][a-z]*(?= [a-z])")
_BEFORE = re.compile(r"(?:^|[\s(])([A-Za-z'’-]+) $")
_NEXT = re.compile(r" (\w+)")
_CAPITALISED = re.compile(r"\b[A-Z]")
_WORD = re.compile(r"\b\w")
_SMALL_START = re.compile(r"[a-z][a-z]*")
_AFTER_STOP = re.compile(r"(?<=[a-z%)\d][a-z%)\d][.!?] )([a-z]+)(?=[ ,'])")


def common_words_are_small(
    reading: Reading,
    *,
    function: list[str],
    verbs: list[str],
    before: list[str],
    titles: list[str],
    posts: list[str],
) -> Iterator[Problem]:
    """Find a common word that has a capital inside a sentence.

    Sure of the words `function`, which no name consists of, and of forms that only verbs have but for those of `verbs`;
    a noun is doubtful, and found only after one of the words `before`, with a small letter elsewhere in the text or not
    known with a capital. Words of `titles` after it (“of”) make it the beginning of a title. Those of `posts`, in the
    plural, are small after a number or “member” (“27 Ministers”).
    """
    plain = reading.document.plain
    sure, openers, of = frozenset(function), frozenset(before), frozenset(titles)
    known: dict[str, str] = {}
    plain_nouns: dict[str, bool] = {}
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
        if kind == "function" and previous[1] in ("a", "an", "the"):
            continue  # “an About page”
        following = _NEXT.match(plain, match.end())
        block = reading.block_at(match.start())
        if block.kind == "heading" or _is_headline(reading, match.start()):
            continue
        at = Span(match.start(), match.end())
        if following is not None and following[1] in of and kind == "noun":
            continue
        if is_named(reading, at):
            continue
        small = word[0].lower() + word[1:]
        confidence = 0.92
        if kind == "noun":
            if previous[1] not in openers:
                continue
            if word not in plain_nouns:
                plain_nouns[word] = _is_plain_noun(reading, word)
            if not plain_nouns[word]:
                continue
            confidence = 0.6
        elif len(block.span) > LONG or reading.quoted(at):
            confidence = 0.7
        yield Problem(at, {}, (small,), Fix((Edit(at, small),)), confidence=confidence)
    if posts:
        yield from _posts(reading, tuple(posts))


def _kind(word: str, function: frozenset[str], verbs: Sequence[str]) -> str:
    """What sort of word it is: function, verb, noun, or nothing where it may be a name."""
    small = word.lower()
    if small in function:
        return "function"
    if len(word) < 4 or is_name_in_use(word):
        return ""
    form = form_of(small)
    if form in ("finite", "past", "both", "ed") and small not in verbs:
        return "verb"
    if small.endswith("ly") and words.is_common(small) and words.is_word(small[:-2]) and small not in verbs:
        return "adverb"
    return "noun" if words.is_common(small) else ""


@lru_cache(maxsize=8)
def _numbered(posts: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        rf" (?:\d{{1,3}}|two|three|four|five|six|seven|eight|nine|ten|member) ({'|'.join(posts)})\b(?! [A-Z])"
    )


def _posts(reading: Reading, posts: tuple[str, ...]) -> Iterator[Problem]:
    """Common nouns in the plural with a capital after a number: “27 Ministers”."""
    plain = reading.document.plain
    if not any(post in plain for post in posts):
        return
    for match in _numbered(posts).finditer(plain):
        at = Span(match.start(1), match.end(1))
        if reading.block_at(at.start).kind == "heading" or is_named(reading, at) or _is_headline(reading, at.start):
            continue
        small = match[1].lower()
        yield Problem(at, {}, (small,), Fix((Edit(at, small),)), confidence=0.7)


def _is_plain_noun(reading: Reading, word: str) -> bool:
    """Whether a noun stands in small letters elsewhere in the text, and nowhere else with a capital."""
    plain = reading.document.plain
    stem = word.lower().rstrip("s")
    once = sum(1 for _ in islice(words.places_of(plain, word), 2)) == 1
    return once and any(one.startswith(stem) for one in reading.words)


def _is_headline(reading: Reading, at: int) -> bool:
    """Whether a sentence has so many capitals that it is a headline or a title."""
    sentence = reading.sentence_at(at)
    text = reading.document.plain[sentence.start : sentence.end]
    count = len(_WORD.findall(text))
    return count < 6 or len(_CAPITALISED.findall(text)) > 0.35 * count


def sentences_begin_with_capitals(reading: Reading, *, brands: list[str]) -> Iterator[Problem]:
    """Find a paragraph, heading or sentence that begins with a small letter.

    Words of `brands` are written so; a paragraph counts only if it ends like a sentence and begins with a common word.
    Inside a paragraph a full stop after an abbreviation is none.
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
    for match in _AFTER_STOP.finditer(plain):
        if match[1] in written_so or not words.is_common(match[1]):
            continue
        start = match.start(1)
        token = plain[max(0, start - 20) : start - 2].rpartition(" ")[2]
        if words.is_abbreviation(token) or "." in token:
            continue
        if not words.is_word(token.lower()) and not _ENDS_IN_FIGURE.search(token):
            continue
        sure = 0.92 if plain[start - 2] == "." and reading.block_at(start).kind == "paragraph" else 0.6
        yield _small(Span(start, match.end(1)), match[1], sure)


# A year, a percentage or a bracket: the full stop after it numbers no list.
_ENDS_IN_FIGURE = re.compile(r"^(?:1[5-9]|20)\d\d$|%$|\w\)$")


def _small(at: Span, word: str, confidence: float) -> Problem:
    capital = word[0].upper() + word[1:]
    return Problem(at, {}, (capital,), Fix((Edit(at, capital),)), confidence=confidence)


# Names


@cache
def _countries() -> frozenset[str]:
    """The names of countries and their people, of one word, in small letters."""
    found: set[str] = set()
    for line in (_DATA / "countries.txt").read_text(encoding="utf-8").split("\n"):
        if line and line[0] != "#":
            found.update(name.lower() for name in line.split("|") if name.isalpha() and name.istitle())
    return frozenset(found)


_PRONOUN = re.compile(r"(?<![\w.@#'/-])i(?:'(?:m|ve|ll|d))?(?= ([a-z]{2,}))")


def names_have_capitals(
    reading: Reading, *, names: list[str], common: list[str], honorifics: list[str]
) -> Iterator[Problem]:
    """Find the name of a country or people, or one of `names` (days, months, languages), with a small letter.

    Those of `common` are other words, too, in small letters (“china”, “turkey”, “polish”). The pronoun I and, before a
    name, the `honorifics` are found likewise.
    """
    text = reading.document.plain
    found = []
    for word in sorted(_wanted(tuple(names), tuple(common)) & reading.words):
        found += list(re.finditer(rf"(?<![\w.@#/-]){word}(?![\w@/]|-[a-z]*:|\.\w)", text))
    if "i" in reading.words:
        found += [
            match
            for match in _PRONOUN.finditer(text)
            if len(match[0]) > 1 or form_of(match[1]) in ("finite", "past", "both", "ed", "base")
        ]
    for word in honorifics:
        if word in reading.words:
            found += list(re.finditer(rf"(?<![\w.@#/-]){word}(?=\.? [A-Z][a-z])", text))
    for match in sorted(found, key=lambda match: match.start()):
        at = Span(match.start(), match.end())
        if is_address(text, at.start) or is_named(reading, at):
            continue
        capital = match[0][0].upper() + match[0][1:]
        fix = Fix((Edit(at, capital),), safe=True)
        yield Problem(at, {}, (capital,), fix, confidence=0.7 if reading.quoted(at) else 0.95)


@lru_cache(maxsize=8)
def _wanted(names: tuple[str, ...], common: tuple[str, ...]) -> frozenset[str]:
    return (_countries() | {name.lower() for name in names}) - frozenset(common)


# Titles


def titles_are_of_one_case(reading: Reading, *, titles: list[str]) -> Iterator[Problem]:
    """Find one of `titles` of which some words have a capital and others have none (“foreign Minister”)."""
    plain = reading.document.plain
    lower = plain.lower()
    if len(lower) != len(plain):  # a letter that has no small form of one character
        return
    for title in titles:
        at = lower.find(title)
        while at >= 0:
            end = at + len(title)
            span, said = Span(at, end), plain[at:end]
            at = lower.find(title, end)
            if plain[span.start - 1 : span.start].isalnum() or plain[end : end + 1].isalnum() or said.isupper():
                continue
            capitals = [word[0].isupper() for word in re.split("[ -]", said) if word not in _JOINING]
            if all(capitals) or not any(capitals):
                continue
            if capitals[0] and _begins(plain, span.start):
                continue
            if reading.block_at(span.start).kind == "heading" or is_named(reading, span):
                continue
            whole = " ".join(word if word in _JOINING else word.capitalize() for word in said.split(" "))
            yield Problem(span, {}, (whole, said.lower()), confidence=0.8 if capitals[0] else 0.92)


_JOINING = frozenset({"of", "for", "and", "the", "to"})


def _begins(plain: str, at: int) -> bool:
    """Whether a sentence may begin here: at a line's start, after a mark or a quotation mark."""
    before = plain[max(0, at - 2) : at]
    return not before or before[-1] in "\n\"“‘'(—–-•|*" or before[0] in '.?!:;…”"—–-•|/*'
