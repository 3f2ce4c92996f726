"""One form for one thing: of two ways to write the same that a text uses both, the rarer is found.

Which forms are two ways to write one is data of the rules; where both are as frequent, the later one is found. Speech
is left as it is, and does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from factlint import words
from factlint.checks.spacing import is_address
from factlint.findings import Edit, Fix, Problem, Related
from factlint.mentions import Reading
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


def _unquoted(reading: Reading, pattern: re.Pattern[str], addresses: bool = True) -> list[Span]:
    """Where a pattern matches outside quotations and (unless they cannot hold it) addresses."""
    found = []
    for match in pattern.finditer(reading.document.plain):
        at = Span(match.start(), match.end())
        if not reading.quoted(at) and not (addresses and is_address(reading.document.plain, at.start)):
            found.append(at)
    return found


def _unquoted_forms(reading: Reading, way: str, places: Iterable[int], *, undotted: bool = False) -> list[Span]:
    """Those of the places of a form where it is a word of its own, outside quotations and addresses."""
    plain, form = reading.document.plain, _form(way, undotted)
    spans = (Span(at, at + len(way)) for at in places if form.match(plain, at))
    return [at for at in spans if not reading.quoted(at) and not is_address(plain, at.start)]


def forms_are_used_alike(reading: Reading, *, forms: list[list[str]], most: int = 3) -> Iterator[Problem]:
    """Find the rarer of two or more forms of one thing, with how often each stands in the text outside quotations.

    Each item of `forms` lists the ways to write it. At most so many places are told for each. A form that is a part of
    a name, as the word before it shows, is not counted.
    """
    plain = reading.document.plain
    problems: list[Problem] = []
    for ways in forms:
        if sum(reading.words.issuperset(_runs(way)) and way in plain for way in ways) < 2:
            continue
        found = {}
        for way in ways:
            places = _unquoted_forms(reading, way, words.occurrences(plain, way), undotted=f"{way}." in ways)
            kept = [at for at in places if not (way.isupper() and _is_named(plain, at))]
            if kept:
                found[way] = kept
        if len(found) > 1:
            problems += _rarer(found, {way: way for way in found}, most, 0.75)
    yield from sorted(problems, key=lambda problem: problem.at)


@lru_cache(maxsize=1024)
def _runs(way: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", way))


@lru_cache(maxsize=1024)
def _form(way: str, undotted: bool = False) -> re.Pattern[str]:
    """A form as a word of its own; an `undotted` one has no full stop behind it, which would make it another form."""
    stop = r"\." if undotted else r"\.\w"
    return re.compile(rf"(?<![\w.@#&/-]){re.escape(way)}(?![\w&/-]|{stop}|@)")


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
    if "-" not in plain:
        return
    apart = frozenset(prefixes)
    both: dict[str, set[str]] = {}
    for chunk in reading.chunks:
        if "-" in chunk:
            for match in _HYPHENED.finditer(chunk):
                joined = match[1] + match[2]
                if joined in reading.words and match[1] not in apart:
                    both.setdefault(joined, set()).add(match[0])
    places = words.places_of_each(plain, both)
    for joined in sorted(both):
        spans = (
            Span(at, at + len(way))
            for way in both[joined]
            for at in words.occurrences(plain, way)
            if _HYPHENED.match(plain, at)
        )
        hyphened = [at for at in sorted(spans) if not reading.quoted(at)]
        whole = _unquoted_forms(reading, joined, places.get(joined, ()))
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
    other = _others(tuple((one, two) for one, two in endings), tuple((one, two) for one, two in pairs))
    apart = frozenset(never)
    both = [
        (word, second)
        for word in sorted(word for word in seen if len(word) > 3 and word.islower() and other.may_have(word))
        for second in other(word)
        if second in seen and second != word and word not in apart and second not in apart
    ]
    places = words.places_of_each(reading.document.plain, {word for pair in both for word in pair}) if both else {}
    for word, second in both:
        found = {way: _unquoted_forms(reading, way, places.get(way, ())) for way in (word, second)}
        if all(found.values()):
            problems += _rarer(found, {word: word, second: second}, most, 0.8)
    yield from sorted(problems, key=lambda problem: problem.at)


_MOST_REMEMBERED = 200_000  # words that were asked for


class _Others:
    """The other spellings of a word, by rules and by a list; of a pair only the first one leads to the second."""

    __slots__ = ("_any", "_known", "_pairs", "_rules")

    def __init__(self, endings: tuple[tuple[str, str], ...], pairs: tuple[tuple[str, str], ...]) -> None:
        self._rules = [(re.compile(one), two) for one, two in endings]
        self._pairs = dict(pairs)
        self._known: dict[str, bool] = {}
        self._any = re.compile("|".join(f"(?:{one})" for one, _ in endings) or r"(?!)")

    def may_have(self, word: str) -> bool:
        """Whether a word has another spelling, told in one look."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) > _MOST_REMEMBERED:
                self._known.clear()
            known = self._known[word] = word in self._pairs or self._any.search(word) is not None
        return known

    def __call__(self, word: str) -> Iterator[str]:
        if word in self._pairs:
            yield self._pairs[word]
        for pattern, instead in self._rules:
            if pattern.search(word):
                yield pattern.sub(instead, word)


@lru_cache(maxsize=8)
def _others(endings: tuple[tuple[str, str], ...], pairs: tuple[tuple[str, str], ...]) -> _Others:
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
    for at in sorted(at for places in words.places_of_each(plain, written).values() for at in places):
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
        if sign not in plain or word not in reading.words:
            continue
        signed, spelt = (_unquoted(reading, pattern, False) for pattern in _amounts(sign, word))
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


@lru_cache(maxsize=16)
def _amounts(sign: str, word: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    number = r"\d[\d,]*(?:\.\d+)?(?: (?:thousand|million|billion|trillion))?"
    return re.compile(rf"(?<![A-Za-z]){re.escape(sign)} ?{number}"), re.compile(rf"\b{number} {word}\b")


_DECADE = re.compile(r"\b(1[0-9]|20)([0-9]0)'s\b(?! (?:most|best|first|last|biggest|[a-z]+(?:est|ing)))")


def decades_have_no_apostrophe(reading: Reading) -> Iterator[Problem]:
    """Find a decade that is written as a possessive: “the 1970's”."""
    plain = reading.document.plain
    if "0's" not in plain:
        return
    for match in _DECADE.finditer(plain):
        at = Span(match.start(), match.end())
        right = match[1] + match[2] + "s"
        before = plain[max(0, at.start - 12) : at.start].lower()
        sure = 0.8 if before.endswith(("the ", "early ", "late ", "mid-")) else 0.6
        yield Problem(at, {}, (right,), Fix((Edit(at, right),)), confidence=sure)
