"""Contradictions inside a text, and between the texts of a run: two values of one thing. No facts are needed.

What a text states is read once, as small statements with a key and a value; two statements of one key whose values
can't both be right contradict each other, in one text or in two. Which of them is right nobody says here, so nothing is
fixed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from factlint.dates import DateKind
from factlint.findings import Problem, Related
from factlint.mentions import Reading
from factlint.numbers import PERCENT, NumberMention
from factlint.source import Span
from factlint.words import is_common

_CAPITALISED = r"(?:[A-Z](?=[\w'-]*?[a-z])[\w'-]*+|[A-Z]{2,}+)"
_NAME = re.compile(rf"(?<![\w.]){_CAPITALISED}(?: (?:of |the |de |and )?{_CAPITALISED})*")
_FULL_NAME = r"(?:[A-Z][\w'-]*[a-z](?: [A-Z]\.)? [A-Z][\w'-]*[a-z])"
_AGE = re.compile(rf"({_FULL_NAME}), (\d{{1,2}})(?=,)")


class Statement(Struct, frozen=True):
    """What a text states: `key` of what, `low` to `high` the value, `day` the text's own date as an ordinal (0: none),
    `slack` by how much two values of it may differ and both be right."""

    at: Span
    key: str
    said: str
    low: float
    high: float
    day: int = 0
    slack: float = 0.0


def texts_agree(
    statements: Sequence[tuple[str, Statement]],
    *,
    heads: list[str] = [],  # noqa: B006 - options are never changed
    events: list[str] = [],  # noqa: B006
    change: list[str] = [],  # noqa: B006
    days: int = 2,
) -> Iterator[tuple[str, Problem]]:
    """Hold what the texts of a run state against each other: of two places the later, by path, is found.

    Statements of quantities are of one thing only if their texts are at most so many `days` apart.
    """
    for key, found in _by_key(statements).items():
        for number, (path, statement) in enumerate(found):
            for other_path, other in found[:number]:
                if other_path != path and _contradict(statement, other, days if key.startswith("quantity") else 0):
                    related = (Related(other.at, "", other_path),)
                    yield path, Problem(statement.at, {"other": other.said}, related=related, confidence=0.9)
                    break


def _by_key(statements: Sequence[tuple[str, Statement]]) -> dict[str, list[tuple[str, Statement]]]:
    found: dict[str, list[tuple[str, Statement]]] = {}
    for path, statement in statements:
        found.setdefault(statement.key, []).append((path, statement))
    return {key: found[key] for key in sorted(found)}


def _contradict(one: Statement, other: Statement, days: int) -> bool:
    if days and one.day and other.day and abs(one.day - other.day) > days:
        return False
    slack = max(one.slack, other.slack)
    if one.key.startswith("age") and one.day and other.day:
        years = (one.day - other.day) / 365.25
        return abs((one.low - other.low) - years) > 1.01
    return one.low > other.high + slack or other.low > one.high + slack


def text_agrees(
    reading: Reading,
    *,
    heads: list[str] = [],  # noqa: B006
    events: list[str] = [],  # noqa: B006
    change: list[str] = [],  # noqa: B006
) -> Iterator[Problem]:
    """Find two values of one thing in a text; both places are told, the later is found."""
    statements = list(_read(reading, tuple(heads), tuple(events), tuple(change)))
    for found in _by_key([("", statement) for statement in statements]).values():
        found.sort(key=lambda one: one[1].at)
        for number, (_, statement) in enumerate(found):
            for _, other in found[:number]:
                if _contradict(statement, other, 0):
                    related = (Related(other.at, ""),)
                    sure = 0.9 if not statement.key.startswith("quantity") else 0.75
                    yield Problem(statement.at, {"other": other.said}, related=related, confidence=sure)
                    break


def read_statements(reading: Reading) -> Iterator[Statement]:
    """What a text states that other texts may state otherwise; see the rule for the words."""
    yield from _read(reading, HEADS, EVENTS, CHANGE)


# What the rule between texts reads, as the rule inside a text has it in its options: statements are read once, before
# any rule sees them.
HEADS = ("death toll", "toll", "population", "budget", "price tag", "turnout", "attendance", "number of deaths")
EVENTS = ("founded", "established", "born", "built", "opened", "died", "created", "launched", "signed", "elected")
CHANGE = (
    "from", "earlier", "previous", "previously", "up", "down", "initially", "first", "revised", "another", "other",
    "additional", "more", "less", "than",
)  # fmt: skip


def _read(
    reading: Reading, heads: tuple[str, ...], events: tuple[str, ...], change: tuple[str, ...]
) -> Iterator[Statement]:
    day = reading.date.first.toordinal() if reading.date.first is not None else 0
    yield from _ages(reading, day)
    yield from _years(reading, events)
    yield from _quantities(reading, heads, change, day)


def _ages(reading: Reading, day: int) -> Iterator[Statement]:
    plain = reading.document.plain
    for match in _AGE.finditer(plain):
        at = Span(match.start(2), match.end(2))
        value = float(match[2])
        yield Statement(at, f"age of {match[1]}", match[2], value, value, day, 1.0)


@lru_cache(maxsize=8)
def _event_pattern(events: tuple[str, ...]) -> re.Pattern[str]:
    """An event with its year: what stands before the event is looked at only where one is found."""
    return re.compile(
        rf"\b({'|'.join(map(re.escape, events))}) (?:[a-z]+ ){{0,3}}?(?:in |on )"
        r"(?:[A-Z][a-z]+ (?:\d{1,2}, )?)?((?:1[0-9]|20)\d\d)(?!\w|-|,\d)"
    )


_SUBJECT = re.compile(rf"({_NAME.pattern}),? (?:which |who |that )?(?:was |were )?$")
_LONGEST_SUBJECT = 120  # characters; longer names are none


def _years(reading: Reading, events: tuple[str, ...]) -> Iterator[Statement]:
    """“The Norland Bank was founded in 1949”: the year of an event of something with a name of two words or more."""
    if not events or not any(event in reading.words for event in events):
        return
    plain = reading.document.plain
    for match in _event_pattern(events).finditer(plain):
        start = max(reading.block_at(match.start()).span.start, match.start() - _LONGEST_SUBJECT)
        subject = _SUBJECT.search(plain[start : match.start()])
        name = subject[1].removeprefix("The ") if subject else ""
        if " " not in name or reading.quoted(Span(match.start(), match.end())):
            continue
        year = float(match[2])
        yield Statement(Span(match.start(2), match.end(2)), f"{match[1]} {name}", match[2], year, year)


_OF_NAME = re.compile(r"(?: (?:of|from|in|for) (?:the )?[A-Z]\w+)?")


def _quantities(reading: Reading, heads: tuple[str, ...], change: tuple[str, ...], day: int) -> Iterator[Statement]:
    """“The death toll of X rose to 81”: a number after one of the heads, of the proper name nearest to it."""
    plain = reading.document.plain
    folded = plain.casefold()
    stop = frozenset(change)
    seen: set[Span] = set()
    for head in heads:
        for place in re.finditer(rf"\b{re.escape(head)}\b", folded):
            sentence = reading.sentence_at(place.start())
            names = [
                match[0] for match in _NAME.finditer(plain, place.end(), sentence.end) if not _is_first(match, sentence)
            ]
            numbers = [
                number
                for number in reading.numbers_in(sentence)
                if number.at.start > place.end() and not number.ordinal and not _is_date(reading, number, sentence)
            ]
            if not names or not numbers:
                continue
            number = numbers[0]
            named = _OF_NAME.match(plain, place.end(), number.at.start)
            start = named.end() if named else place.end()
            between = re.findall(r"[a-z]+", folded[start : number.at.start])
            if stop & set(between) or number.at.start - place.end() > 60 or len(numbers) > 1:
                continue
            low, high = number.value.low, number.value.high
            if low is None or high is None or number.qualifier:
                continue
            if number.at in seen:
                continue
            seen.add(number.at)
            last = names[0].split()[-1]
            yield Statement(number.at, f"quantity {head.split()[-1]} {last}", number.text, low, high, day)


def _is_first(match: re.Match[str], sentence: Span) -> bool:
    """Whether a capital is only that of the sentence's first word."""
    return match.start() == sentence.start and " " not in match[0] and is_common(match[0].casefold())


def _is_date(reading: Reading, number: NumberMention, sentence: Span) -> bool:
    return any(date.at.overlaps(number.at) and date.kind is not DateKind.WEEKDAY for date in reading.dates_in(sentence))
