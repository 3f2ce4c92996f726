"""Capitals and small letters where prose has the other.

A common word with a capital inside a sentence, a name or the beginning of a sentence with a small letter, a title that
is half in capitals. Names in use, headings, headlines and brands are left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice

from factlint import words
from factlint.checks.sentences import form_of, is_listed_verb
from factlint.checks.spacing import is_address, is_name_in_use, is_named
from factlint.findings import Edit, Fix, Problem
from factlint.mentions import Reading
from factlint.prepared import prepared
from factlint.sieve import JointSieve
from factlint.source import OBJECT, Span

DEFINED = 3  # a word that has its capital so often inside sentences has it on purpose
LONG = 1500  # a longer block holds paragraphs and crossheads that were run together

# A capitalised word between words in small letters, with nothing but spaces around.
_INSIDE = re.compile(r" ([A-Z](?<=[a-z] .)[a-z]*+)(?= [a-z])")
_BEFORE = re.compile(r"(?:^|[\s(])([A-Za-z'’-]+) $")
_NEXT = re.compile(r" (\w+)")
_CAPITALISED = re.compile(r"\b[A-Z]")
_WORD = re.compile(r"\b\w")
_CAPITAL_BEFORE = re.compile(r"[A-Z][\w'-]* $")
_AUXILIARY = frozenset(("Is", "Was", "Are", "Were", "Has", "Have", "Had", "Would", "Should", "Could", "And", "But"))
_IN_FAITH = re.compile(r"\b(?:God|Lord|Christ|Jesus|Almighty|Allah|Heaven)\b")
_QUESTIONS = frozenset(("What", "Who", "How", "Why", "Where", "When", "Which", "Whose", "Is", "Are", "Will", "Can"))
_TITLE_QUESTION = re.compile(r"(?: \w+){1,5}\?")
_SMALL_START = re.compile(r"[a-z][a-z]*")
# After each of the marks: a pattern that begins with characters alone is several times as quick.
_AFTER_STOP = tuple(re.compile(rf"{mark} (?<=[a-z%)\d][a-z%)\d]. )([a-z]+)(?=[ ,'])") for mark in (r"\.", "!", r"\?"))


def common_words_are_small(
    reading: Reading,
    *,
    function: list[str],
    verbs: list[str],
    before: list[str],
    titles: list[str],
    posts: list[str],
    labels: list[str],
) -> Iterator[Problem]:
    """Find a common word that has a capital inside a sentence.

    Sure of the words `function`, which no name consists of, and of forms that only verbs have but for those of `verbs`;
    a noun is doubtful, and found only after one of the words `before`, with a small letter elsewhere in the text or not
    known with a capital. Words of `titles` after it (“of”) make it the beginning of a title. Those of `posts`, in the
    plural, are small after a number or “member” (“27 Ministers”). What stands beside one of `labels` (“press Enter”)
    and what a text writes so time and again is doubtful.
    """
    plain = reading.document.plain
    known = _kinds(function, verbs)
    places = [(match.start(1), word, kind) for match in _INSIDE.finditer(plain) if (kind := known(word := match[1]))]
    counts = Counter([word for _, word, _ in places])
    for start, word, kind in places:
        at = Span(start, start + len(word))
        previous = _BEFORE.search(plain, max(0, start - 30), start)
        if previous is None:
            continue
        confidence = 0.92 if previous[1].islower() else _after_capital(reading, previous, kind, word)
        if not confidence or (kind == "function" and previous[1].lower() in ("a", "an", "the")):
            continue  # “an About page”
        following = _NEXT.match(plain, at.end)
        block = reading.block_at(start)
        if block.kind == "heading" or _is_headline(reading, start):
            continue
        if is_named(reading, at):
            continue
        small = word[0].lower() + word[1:]
        if kind == "noun":
            if counts[word] > 1 or (following is not None and following[1] in titles):
                continue
            if previous[1] in titles and _CAPITAL_BEFORE.search(
                plain, max(0, previous.start(1) - 30), previous.start(1)
            ):
                continue  # “the Court of Appeals”
            sure_of = previous[1] in before and _is_plain_noun(reading, word)
            confidence = 0.7 if sure_of else 0.6
        elif len(block.span) > LONG or reading.quoted(at):
            confidence = 0.7
        elif counts[word] >= DEFINED or previous[1] in labels or (following is not None and following[1] in labels):
            confidence = 0.6  # “You” as a contract defines it, “Our” of a king; “press Enter”
        elif word in ("He", "His", "Him") and _IN_FAITH.search(plain, max(0, start - 300), start):
            continue
        elif kind == "function" and _TITLE_QUESTION.match(plain, at.end) and word in _QUESTIONS:
            confidence = 0.6  # “in his book What is Art? he says”
        yield Problem(at, {}, (small,), Fix((Edit(at, small),)), confidence=confidence)
    if posts:
        yield from _posts(reading, posts)


def _after_capital(reading: Reading, previous: re.Match[str], kind: str, word: str) -> float:
    """How surely a capital is wrong after another word with one: the first of a sentence, or a name before its verb."""
    if kind == "function":
        opens = previous[1] in words.abbreviations()["starters"]
        if opens:
            return 0.92 if reading.sentence_at(previous.start(1)).start == previous.start(1) else 0.0
        return 0.92 if word in _AUXILIARY else 0.0
    return 0.7 if kind in ("verb", "adverb") else 0.0


@prepared
def _kinds(function: list[str], verbs: list[str]) -> Callable[[str], str]:
    """A function that tells the sort of a word: function, verb, adverb, noun, or nothing where it may be a name."""
    sure = frozenset(function)

    @lru_cache(maxsize=8192)
    def kind_of(word: str) -> str:
        small = word.lower()
        if small in sure:
            return "function"
        if len(word) < 4 or is_name_in_use(word):
            return ""
        if not (words.is_common(small) or small.endswith("ed") or is_listed_verb(small)):
            return ""  # neither of the below, which is cheaper to see
        form = form_of(small)
        if form in ("finite", "past", "both", "ed") and small not in verbs:
            return "verb"
        if small.endswith("ly") and words.is_common(small) and words.is_word(small[:-2]) and small not in verbs:
            return "adverb"
        return "noun" if words.is_common(small) else ""

    return kind_of


_NUMBER_BEFORE = re.compile(r" (?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|member) $")
_LONGEST_NUMBER = len(" member ")


@prepared
def _posts_by_word(posts: list[str]) -> tuple[frozenset[tuple[str, int]], re.Pattern[str]]:
    """The first words of posts, each with how many characters stand before it, and a pattern of all."""
    firsts = (re.search(r"\w+", post) for post in posts)
    every = frozenset((first[0], first.start()) for first in firsts if first)
    return every, re.compile(rf"(?:{'|'.join(posts)})\b(?! [A-Z])")


def _posts(reading: Reading, posts: list[str]) -> Iterator[Problem]:
    """Common nouns in the plural with a capital after a number: “27 Ministers”."""
    plain, seen = reading.document.plain, reading.words
    firsts, pattern = _posts_by_word(posts)
    starts = {at - before for word, before in firsts if word in seen for at in reading.places(word) if at >= before}
    for start in sorted(starts):
        match = pattern.match(plain, start)
        if match is None or not _NUMBER_BEFORE.search(plain, max(0, start - _LONGEST_NUMBER), start):
            continue
        at = Span(start, match.end())
        if reading.block_at(at.start).kind == "heading" or is_named(reading, at) or _is_headline(reading, at.start):
            continue
        small = match[0].lower()
        yield Problem(at, {}, (small,), Fix((Edit(at, small),)), confidence=0.7)


def _is_plain_noun(reading: Reading, word: str) -> bool:
    """Whether a noun stands in small letters elsewhere in the text, and nowhere else with a capital."""
    plain = reading.document.plain
    stem = word.lower().rstrip("s")
    once = sum(1 for _ in islice(words.places_of(plain, word), 2)) == 1
    every = reading.remembered("words in lines", lambda reading: "\n" + "\n".join(reading.words))
    return once and f"\n{stem}" in every


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
    stops = [match for pattern in _AFTER_STOP for match in pattern.finditer(plain)]
    for match in sorted(stops, key=re.Match[str].start):
        if match[1] in written_so or not words.is_common(match[1]):
            continue
        start = match.start(1)
        ending = _LAST_TOKEN.search(plain, max(0, start - 24), start - 2)
        token = ending.group().rpartition("-")[2] if ending else ""
        if words.is_abbreviation(token) or "." in token:
            continue
        known = words.is_word(token.lower()) or _ENDS_IN_FIGURE.search(token) is not None
        if not known and not (len(token) > 3 and match[1].capitalize() in words.abbreviations()["starters"]):
            continue
        sure = 0.92 if plain[start - 2] == "." and reading.block_at(start).kind == "paragraph" else 0.6
        if _DEFINED.match(plain, match.end(1)) and match[1].capitalize() not in words.abbreviations()["starters"]:
            sure = min(sure, 0.7)  # “mode is the kind of …”: a name in code
        yield _small(Span(start, match.end(1)), match[1], sure)


_LAST_TOKEN = re.compile(r"\S*$")
_DEFINED = re.compile(r"(?:,| (?:is|are|can|must|may|should|will|has|specifies|defaults|returns|and)\b)")

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
    for line in words.data_lines("countries.txt"):
        found.update(name.lower() for name in line.split("|") if name.isalpha() and name.istitle())
    return frozenset(found)


_PLACED = re.compile(r" (?:in|from|to|of) $")
_PRONOUN = re.compile(r"i(?<![\w.@#'/-]i)(?:'(?:m|ve|ll|d))?(?= ([a-z]{2,}))")


def names_have_capitals(
    reading: Reading, *, names: list[str], common: list[str], seldom: list[str], honorifics: list[str]
) -> Iterator[Problem]:
    """Find the name of a country or people, or one of `names` (days, months, languages), with a small letter.

    Those of `common` are other words, too, in small letters (“china”, “turkey”, “polish”); the `seldom` ones of these
    are doubtful (“french doors”), unless they stand as a place does (“in japan,”). The pronoun I and, before a name,
    the `honorifics` are found likewise.
    """
    text = reading.document.plain
    found = []
    wanted = _wanted(names, common) & reading.words
    for word in (*reading.words.intersection(seldom), *wanted):
        found += list(re.finditer(rf"{word}(?<![\w.@#/-]{word})(?![\w@/]|-[a-z]*:|\.\w)", text))
    if "i" in reading.words:
        found += [
            match
            for match in _PRONOUN.finditer(text)
            if len(match[0]) > 1 or form_of(match[1]) in ("finite", "past", "both", "ed", "base")
        ]
    for word in honorifics:
        if word in reading.words:
            # Not behind a number, or code: “2 ms.”
            alone = rf"{word}(?<![\w.@#/-]{word})" + (rf"(?<![\d{OBJECT}] ms)" if word == "ms" else "")
            found += list(re.finditer(rf"{alone}(?=\.? [A-Z][a-z])", text))
    for match in sorted(found, key=lambda match: match.start()):
        at = Span(match.start(), match.end())
        if is_address(text, at.start) or is_named(reading, at):
            continue
        capital = match[0][0].upper() + match[0][1:]
        fix = Fix((Edit(at, capital),), safe=True)
        doubtful = reading.quoted(at) or (match[0] in seldom and not _is_placed(text, at))
        yield Problem(at, {}, (capital,), fix, confidence=0.7 if doubtful else 0.95)


def _is_placed(text: str, at: Span) -> bool:
    """Whether a word stands as the name of a place: behind a preposition, and before a mark or a word of grammar."""
    after = _NEXT.match(text, at.end)
    small = after is None or (after[1].islower() and form_of(after[1]) == "" and words.frequency(after[1]) > 5.5)
    return small and _PLACED.search(text, max(0, at.start - 8), at.start) is not None


@prepared
def _wanted(names: list[str], common: list[str]) -> frozenset[str]:
    return (_countries() | {name.lower() for name in names}) - frozenset(common)


# Titles


def titles_are_of_one_case(reading: Reading, *, titles: list[str]) -> Iterator[Problem]:
    """Find one of `titles` of which some words have a capital and others have none (“foreign Minister”)."""
    plain = reading.document.plain
    parts, by_word, sieve = _parts_of(titles)
    seen = sieve.pick_words(reading.words)
    pieces = [piece for word in seen for piece in word.split("_")]
    large = {piece.lower() for piece in pieces if piece[:1].isupper()}
    small = {piece.lower() for piece in pieces if not piece[:1].isupper()}
    if not (large and small) or "İ" in plain:  # the one letter that has no small form of one character
        return
    both, every = large | small, reading.words
    mixed = [
        titles[number]
        for number in sorted({number for word in large for number in by_word.get(word, ())})
        if (own := parts[number]) <= both
        and not small.isdisjoint(own)
        and all(word in every or word.capitalize() in every or word.upper() in every for word in own)
    ]
    if not mixed:
        return
    for title, starts in _titles_at(reading, mixed, [word for word in seen if not word.islower()]).items():
        for start in sorted(starts):
            end = start + len(title)
            span, said = Span(start, end), plain[start:end]
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


def _titles_at(reading: Reading, titles: list[str], written: list[str]) -> Mapping[str, set[int]]:
    """Where titles begin in whatever case, with a capital at the beginning of one of their words, by title.

    `written` are the words of the text with a capital that are words of titles.
    """
    plain = reading.document.plain
    by_word: dict[str, list[tuple[str, int]]] = {}
    for title in titles:
        for match in re.finditer("[^ _-]+", title):
            by_word.setdefault(match[0], []).append((title, match.start()))
    found: dict[str, set[int]] = {title: set() for title in titles}
    written = [word for word in written if not by_word.keys().isdisjoint(word.lower().split("_"))]
    for word, places in reading.places_of_names(written).items():
        for match in re.finditer("[^_]+", word):
            for title, before in by_word.get(match[0].lower(), ()):
                for at in places:
                    start = at + match.start() - before
                    if start >= 0 and plain[start : start + len(title)].lower() == title:
                        found[title].add(start)
    return found


@prepared
def _parts_of(titles: list[str]) -> tuple[list[frozenset[str]], Mapping[str, list[int]], JointSieve]:
    """The words of each title, the titles' numbers by these, and what picks them from a text's, however written."""
    parts = [frozenset(re.split("[ _-]", title)) for title in titles]
    every: dict[str, list[int]] = {}
    for number, own in enumerate(parts):
        for word in own:
            every.setdefault(word, []).append(number)
    sieve = JointSieve(
        lambda words: [
            word
            for word in words
            if word.lower() in every or ("_" in word and not every.keys().isdisjoint(word.lower().split("_")))
        ]
    )
    return parts, every, sieve


_JOINING = frozenset({"of", "for", "and", "the", "to"})


def _begins(plain: str, at: int) -> bool:
    """Whether a sentence may begin here: at a line's start, after a mark or a quotation mark."""
    before = plain[max(0, at - 2) : at]
    return not before or before[-1] in "\n\"“‘'(—–-•|*" or before[0] in '.?!:;…”"—–-•|/*'
