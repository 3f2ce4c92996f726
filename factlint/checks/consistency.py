"""One form for one thing: of two ways to write the same that a text uses both, the rarer is found.

Which forms are two ways to write one is data of the rules; where both are as frequent, the later one is found. Speech
is left as it is, and does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import lru_cache

from msgspec import Struct

from factlint import words
from factlint.checks.spacing import is_address
from factlint.checks.spelling import hyphened_chunks
from factlint.findings import Edit, Fix, Problem, Related
from factlint.mentions import Reading
from factlint.prepared import prepared
from factlint.sieve import JointSieve
from factlint.source import Span


def _rarer(found: Mapping[str, list[Span]], said: Mapping[str, str], most: int, sure: float) -> Iterator[Problem]:
    """The places of all forms but the most frequent, at most so many of each.

    `found` are the places by form, `said` what to write instead of the form at a place, by the most frequent form.
    """
    usual = max(found, key=lambda way: (len(found[way]), -found[way][0].start))
    count = len(found[usual])
    for way, places in found.items():
        if way == usual:
            continue
        told = {"usual": said[usual], "count": str(len(places)), "usual_count": str(count)}
        related = (Related(found[usual][0], "the other form stands here"),)
        for at in places[:most]:
            yield Problem(at, told, (said[usual],), None, related, (), sure)


def _unquoted(reading: Reading, places: Iterable[int], length: int, *, undotted: bool = False) -> list[Span]:
    """Those of the places of a form where it is a word of its own, outside quotations and addresses."""
    plain = reading.document.plain
    spans = (Span(at, at + length) for at in places if _stands_alone(plain, at, at + length, undotted))
    return [at for at in spans if not reading.quoted(at) and not is_address(plain, at.start)]


def _stands_alone(plain: str, start: int, end: int, undotted: bool) -> bool:
    """Whether a form is a word of its own; a full stop behind an `undotted` one would make it another form."""
    before, after = plain[start - 1 : start], plain[end : end + 1]
    if before and (before.isalnum() or before in "_.@#&/-"):
        return False
    if after == ".":
        following = plain[end + 1 : end + 2]
        return not undotted and not following.isalnum() and following != "_"
    return not after or not (after.isalnum() or after in "_&/-@")


class _Way(Struct, frozen=True):
    """A way to write something: of which item it is one, its longest run of letters or digits and where that begins.

    What is `hyphened` has no space; with a full stop behind it, an `undotted` one is another way.
    """

    item: int
    text: str
    run: str
    offset: int
    hyphened: bool
    undotted: bool


@prepared
def _ways(forms: list[list[str]]) -> tuple[Mapping[str, list[_Way]], JointSieve]:
    """The ways to write each item, by the longest run of each: a way stands only where this is a word of the text.

    The sieve picks these runs.
    """
    found: dict[str, list[_Way]] = {}
    for item, ways in enumerate(forms):
        for way in ways:
            run = max(re.findall(r"\w+", way), key=len, default="")
            hyphened = "-" in way and " " not in way
            found.setdefault(run, []).append(_Way(item, way, run, way.index(run), hyphened, f"{way}." in ways))
    return found, JointSieve(lambda words: list(words & found.keys()))


def _places(reading: Reading, way: _Way) -> Iterator[int]:
    plain = reading.document.plain
    if not way.run:
        return words.occurrences(plain, way.text)
    starts = (at - way.offset for at in reading.places(way.run) if at >= way.offset)
    return (at for at in starts if plain.startswith(way.text, at))


def forms_are_used_alike(reading: Reading, *, forms: list[list[str]], most: int = 3) -> Iterator[Problem]:
    """Find the rarer of two or more forms of one thing, with how often each stands in the text outside quotations.

    Each item of `forms` lists the ways to write it. At most so many places are told for each. A form that is a part of
    a name, as the word before it shows, is not counted.
    """
    plain = reading.document.plain
    problems: list[Problem] = []
    by_run, sieve = _ways(forms)
    hyphened = hyphened_chunks(reading)
    items: dict[int, list[_Way]] = {}
    for run in (*sieve.pick_words(reading.words), ""):
        for way in by_run.get(run, ()):
            if not way.hyphened or any(way.text in chunk for chunk in hyphened):
                items.setdefault(way.item, []).append(way)
    for ways in items.values():
        if len(ways) < 2:
            continue
        found = {}
        for way in ways:
            spans = _unquoted(reading, _places(reading, way), len(way.text), undotted=way.undotted)
            kept = [at for at in spans if not (way.text.isupper() and _is_named(plain, at))]
            if kept:
                found[way.text] = kept
        if len(found) > 1:
            problems += _rarer(found, {way: way for way in found}, most, 0.75)
    yield from sorted(problems, key=lambda problem: problem.at)


_WORD_BEFORE = re.compile(r"([A-Z][\w'&-]*) $")
_COMPANY = re.compile(r" (?:[A-Z]\w+ )?(?:Inc|Corp|Co|LLC|Ltd|Bancorp|Steel|Foods|Open|Weekly|Today|News|Airways)\b")


def _is_named(plain: str, at: Span) -> bool:
    """Whether a form belongs to a name: a name stands before it, or a company's word behind it."""
    match = _WORD_BEFORE.search(plain, max(0, at.start - 24), at.start)
    if match is not None and not words.is_common(match[1].lower()):
        return True
    return _COMPANY.match(plain, at.end) is not None


def compounds_are_written_alike(reading: Reading, *, prefixes: list[str], most: int = 3) -> Iterator[Problem]:
    """Find a word that a text writes both with a hyphen and in one (“cease-fire”, “ceasefire”), at the rarer form.

    With one of `prefixes` (“re-”) the two forms may be two words.
    """
    plain = reading.document.plain
    problems: list[Problem] = []
    both: dict[str, set[tuple[str, str]]] = {}
    by_first: dict[str, list[tuple[str, str, int]]] = {}
    for chunk in hyphened_chunks(reading):
        for match in _HYPHENED.finditer(chunk):
            joined = match[1] + match[2]
            by_first.setdefault(match[1], []).append((match[0], chunk, match.start()))
            if joined in reading.words and match[1] not in prefixes:
                both.setdefault(joined, set()).add((match[1], match[0]))
    for joined in sorted(both):
        spans = (
            Span(at.start + start, at.start + start + len(way))
            for first, way in both[joined]
            for longer, chunk, start in by_first[first]
            if longer.startswith(way)
            for at in reading.chunks_at((chunk,))
        )
        hyphened = [at for at in sorted(spans) if not reading.quoted(at)]
        whole = _unquoted(reading, reading.places(joined), len(joined))
        if hyphened and whole:
            first = plain[hyphened[0].start : hyphened[0].end]
            problems += _rarer({"-": hyphened, "": whole}, {"-": first, "": joined}, most, 0.75)
    yield from sorted(problems, key=lambda problem: problem.at)


_HYPHENED = re.compile(r"(?<![\w-])([a-z]{1,})-([a-z]{3,})(?![\w-])")


def spellings_are_of_one_kind(
    reading: Reading, *, endings: list[list[str]], pairs: list[list[str]], never: list[str], most: int = 3
) -> Iterator[Problem]:
    """Find a word that a text spells in two ways, at the rarer one.

    `endings` are regular expressions and what stands for them in the other spelling (“our”, “or”), `pairs` single words
    and their other spelling; words of `never` are other words than what they look like.
    """
    seen = reading.words
    problems: list[Problem] = []
    other = _others(endings, pairs)
    both = [
        (word, second)
        for word in other.sieve.pick_words(seen)
        for second in other(word)
        if second in seen and second != word and word not in never and second not in never
    ]
    for word, second in both:
        found = {way: _unquoted(reading, reading.places(way), len(way)) for way in (word, second)}
        if all(found.values()):
            problems += _rarer(found, {word: word, second: second}, most, 0.8)
    yield from sorted(problems, key=lambda problem: problem.at)


class _Others:
    """The other spellings of a word, by rules and by a list; of a pair only the first one leads to the second.

    `sieve` picks the words that may have some.
    """

    __slots__ = ("_any", "_known", "_pairs", "_rules", "sieve")

    def __init__(self, endings: list[list[str]], pairs: list[list[str]]) -> None:
        self._rules = [(re.compile(one), two) for one, two in endings]
        self._pairs = {pair[0]: pair[1] for pair in pairs}
        self._any = re.compile("|".join(f"(?:{one})" for one, _ in endings) or r"(?!)")
        self._known = lru_cache(maxsize=4096)(self._find)
        self.sieve = JointSieve(self._may_have)

    def _may_have(self, judged: Set[str]) -> list[str]:
        pairs, search = self._pairs, self._any.search
        return [word for word in judged if len(word) > 3 and word.islower() and (word in pairs or search(word))]

    def __call__(self, word: str) -> tuple[str, ...]:
        return self._known(word)

    def _find(self, word: str) -> tuple[str, ...]:
        listed = (self._pairs[word],) if word in self._pairs else ()
        return (*listed, *(pattern.sub(instead, word) for pattern, instead in self._rules if pattern.search(word)))


@prepared
def _others(endings: list[list[str]], pairs: list[list[str]]) -> _Others:
    return _Others(endings, pairs)


# Dates and amounts

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONTH = "(?:" + "|".join(_MONTHS) + ")"
_DAY_FIRST = re.compile(rf"(?<![\w.,/:-])(?:[12]?\d|3[01])(?:st|nd|rd|th)? {_MONTH}\b(?! \d{{1,2}}\b)")
_DAY = re.compile(r"(?:[12]?\d|3[01])(?:st|nd|rd|th)? $")
_MONTH_FIRST = re.compile(rf"\b{_MONTH} (?:[12]?\d|3[01])(?:st|nd|rd|th)?\b(?![:.]\d)")


def dates_are_of_one_order(reading: Reading, *, most: int = 3) -> Iterator[Problem]:
    """Find days before months where the text mostly has months before days, or the reverse."""
    plain = reading.document.plain
    written = [month for month in _MONTHS if month in reading.words]
    first, second = [], []
    for at in sorted(at for places in reading.places_of(written).values() for at in places):
        before = _DAY.search(plain, max(0, at - 7), at)
        if before and (match := _DAY_FIRST.match(plain, before.start())):
            first.append(Span(match.start(), match.end()))
        elif match := _MONTH_FIRST.match(plain, at):
            second.append(Span(match.start(), match.end()))
    first, second = (
        [at for at in spans if not reading.quoted(at) and not is_address(plain, at.start)] for spans in (first, second)
    )
    if first and second:
        said = {way: plain[places[0].start : places[0].end] for way, places in (("d", first), ("m", second))}
        yield from _rarer({"d": first, "m": second}, said, most, 0.75)


def amounts_are_of_one_form(reading: Reading, *, currencies: list[list[str]], most: int = 3) -> Iterator[Problem]:
    """Find amounts in digits with the word for a currency in a text that has its sign elsewhere.

    Each item of `currencies` is a sign and the word for it in the plural.
    """
    plain = reading.document.plain
    problems: list[Problem] = []
    for sign, word in currencies:
        if word not in reading.words or sign not in plain:
            continue
        with_sign, with_word = _amounts(sign, word)
        matches = [_amount_before(plain, at, at + len(word), with_word) for at in reading.places(word)]
        spelt = [Span(*match.span()) for match in matches if match is not None]
        spelt = [at for at in spelt if not reading.quoted(at)]
        if not spelt:
            continue
        matches = [with_sign.match(plain, at) for at in words.occurrences(plain, sign)]
        signed = [Span(*match.span()) for match in matches if match is not None]
        signed = [at for at in signed if not reading.quoted(at)]
        if not signed:
            continue
        usual = plain[signed[0].start : signed[0].end]
        told = {"usual": usual, "count": str(len(spelt)), "usual_count": str(len(signed))}
        related = (Related(signed[0], "the sign stands here"),)
        for at in spelt[:most]:
            amount = plain[at.start : at.end].removesuffix(f" {word}")
            fix = Fix((Edit(at, sign + amount),))
            problems.append(Problem(at, told, (sign + amount,), fix, related, (), 0.75))
    yield from sorted(problems, key=lambda problem: problem.at)


_SCALES = (" thousand", " million", " billion", " trillion")


@lru_cache(maxsize=16)
def _amounts(sign: str, word: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    number = rf"\d[\d,]*(?:\.\d+)?(?:{'|'.join(_SCALES)})?"
    return re.compile(rf"(?<![A-Za-z]){re.escape(sign)} ?{number}"), re.compile(rf"\b{number} {word}\b")


def _amount_before(plain: str, at: int, end: int, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The amount in digits that ends with the word for a currency, which stands from `at` to `end`."""
    start = max(at - 1, 0)
    for scale in _SCALES:
        if plain.endswith(scale, 0, start):
            start -= len(scale)
    while start > 0 and (plain[start - 1].isdecimal() or plain[start - 1] in ",."):
        start -= 1
    return pattern.search(plain, start, end)


_DECADE = re.compile(r"\b(1[0-9]|20)([0-9]0)'s\b(?! (?:most|best|first|last|biggest|[a-z]+(?:est|ing)))")


def decades_have_no_apostrophe(reading: Reading) -> Iterator[Problem]:
    """Find a decade that is written as a possessive: “the 1970's”."""
    plain = reading.document.plain
    for zero in words.occurrences(plain, "0's"):
        match = _DECADE.match(plain, zero - 3) if zero > 2 else None
        if match is not None:
            at = Span(match.start(), match.end())
            right = match[1] + match[2] + "s"
            before = plain[max(0, at.start - 12) : at.start].lower()
            sure = 0.8 if before.endswith(("the ", "early ", "late ", "mid-")) else 0.6
            yield Problem(at, {}, (right,), Fix((Edit(at, right),)), confidence=sure)
