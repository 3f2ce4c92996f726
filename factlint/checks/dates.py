"""Dates held against the calendar, against each other and against the text's own date; no facts are needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from factlint.claims import Claim, Verdict, problems_of
from factlint.dates import MONTHS, WEEKDAYS, DateKind, DateMention
from factlint.findings import Problem, Related
from factlint.mentions import Reading
from factlint.source import Span
from factlint.times import month_end

# A date without a year is taken to be of the year that brings it nearest; within so many days that is sure.
_NEAR = 100

_WEEKDAY_WORD = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*\.?")


# A weekday beside a date


def weekdays_fit(reading: Reading) -> Iterator[Problem]:
    """Hold a weekday against the date beside it; see `read_weekdays`."""
    yield from problems_of(read_weekdays(reading), reading.facts)


def read_weekdays(reading: Reading) -> Iterator[Claim]:
    """Read weekdays beside dates. A date without a year is of the year that brings it nearest to the text's date."""
    text = reading.document.text
    if not any(word in reading.words for word in _WEEKDAY_WORDS):
        return
    for mention in reading.dates:
        if mention.kind is not DateKind.DAY or mention.weekday is None or mention.period is None:
            continue
        day = mention.period.first
        assert day is not None
        right = day.weekday() == mention.weekday
        sure = 0.97
        if mention.year is None:
            anchor = reading.date.first or day
            sure = 0.94 if abs((day - anchor).days) <= _NEAR else 0.6
        words = _WEEKDAY_WORD.search(text, mention.at.start, mention.at.end)
        suggestions: tuple[str, ...] = ()
        if not right and words is not None:
            before, after = text[mention.at.start : words.start()], text[words.end() : mention.at.end]
            full = len(words[0].rstrip(".")) > 5
            name = WEEKDAYS[day.weekday()] if full else WEEKDAYS[day.weekday()][:3] + "."
            suggestions = (before + name + after, *_other_days(text, mention, day))
        yield Claim(
            at=mention.at,
            subject=str(day),
            attribute="weekday",
            value=WEEKDAYS[mention.weekday],
            when=mention.period,
            verdict=Verdict.SUPPORTED if right else Verdict.CONTRADICTED,
            words={"known": WEEKDAYS[day.weekday()], "day": f"{MONTHS[day.month - 1]} {day.day}, {day.year}"},
            suggestions=suggestions,
            confidence=sure,
        )


_WEEKDAY_WORDS = (*WEEKDAYS, "Mon", "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri", "Sat", "Sun")


def _other_days(text: str, mention: DateMention, day: date) -> Iterator[str]:
    """The date with the nearest day that falls on the weekday given, if it is of the same month."""
    assert mention.weekday is not None
    step = (mention.weekday - day.weekday() + 3) % 7 - 3
    other = day + timedelta(days=step)
    if other.month == day.month:
        written = text[mention.at.start : mention.at.end]
        changed = re.sub(rf"(?<!\d)0?{day.day}(?!\d)", str(other.day), written, count=1)
        if changed != written:
            yield changed


# Days that are none


def days_exist(reading: Reading) -> Iterator[Problem]:
    """Find days that no calendar has: “February 30”, “Feb. 29, 2021”."""
    for mention in reading.dates:
        if mention.impossible and mention.month is not None:
            last = month_end(date(mention.year if mention.year is not None else 2000, mention.month, 1)).day
            written = mention.text
            changed = re.sub(rf"(?<!\d){mention.day}(?!\d)", str(last), written, count=1)
            words = {"month": MONTHS[mention.month - 1], "last": str(last), "year": str(mention.year or "")}
            yield Problem(mention.at, words, (changed,) if changed != written else (), confidence=0.95)


# Ranges

_RANGE = re.compile(r" ?[-–] ?|,? to | through | until | till | and ")
_RANGE_START = re.compile(r"\b(?:from|between|From|Between) (?:the )?(?:early |late |mid-)?$")


def ranges_run_forward(reading: Reading) -> Iterator[Problem]:
    """Find ranges of dates that end before they begin: “from 2017 to 2015”, “May 12 to May 9”."""
    plain = reading.document.plain
    for first, second in pairwise(reading.dates):
        between = plain[first.at.end : second.at.start]
        if not _RANGE.fullmatch(between):
            continue
        started = _RANGE_START.search(plain[max(0, first.at.start - 20) : first.at.start])
        if not started and between.strip() not in ("-", "–"):
            continue
        years = first.kind is second.kind is DateKind.YEAR
        dated = first.year is not None and second.year is not None
        same_month = (
            first.kind is second.kind is DateKind.DAY
            and first.month == second.month
            and first.year in (None, second.year)
            and (first.day or 0) > (second.day or 0)
        )
        backward = first.period is not None and second.period is not None and second.period.before(first.period)
        if not same_month and not ((years or dated) and backward):
            continue
        at = Span(first.at.start, second.at.end)
        yield Problem(at, {"first": first.text, "second": second.text}, confidence=0.92 if started else 0.9)


# Weeks


def weeks_agree(
    reading: Reading,
    *,
    events: list[str] = [],  # noqa: B006 - options are never changed
    least: int = 3,
) -> Iterator[Problem]:
    """Find one event that a text puts into this week and into the next.

    Two sentences speak of one event if they share one of the words `events`, in any form, and `least` words of more
    than three letters in all; or if each has one of them and they share two other words.
    """
    plain = reading.document.plain
    folded = plain.casefold()
    if "this week" not in folded or "next week" not in folded or not events:
        return
    told: dict[str, list[tuple[Span, Span, frozenset[str]]]] = {"this week": [], "next week": []}
    for match in re.finditer("this week|next week", folded):
        sentence = reading.sentence_at(match.start())
        stems = frozenset(_stem(word) for word in re.findall(r"\w{4,}", folded[sentence.start : sentence.end]))
        told[match[0]].append((Span(match.start(), match.end()), sentence, stems))
    wanted = frozenset(_stem(word) for word in events)
    for at, sentence, stems in told["next week"]:
        for other_at, other, other_stems in told["this week"]:
            shared = (stems & other_stems) - {"this", "next", "week"}
            both = stems & wanted and other_stems & wanted and len(shared - wanted) > 1
            if sentence != other and ((shared & wanted and len(shared) >= least) or both):
                yield Problem(at, {}, related=(Related(other_at, ""),), confidence=0.6)
                break


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    for ending in ("ings", "ing", "ers", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


# Anniversaries

_OF_YEAR = re.compile(r"(?:'s)?[ -](?:anniversary|birthday) of ")


def anniversaries_fit(reading: Reading, *, now: list[str] = []) -> Iterator[Problem]:  # noqa: B006
    """Hold “the 20th anniversary of …” against the year that it names and the text's own date.

    A word of `now` (“this year”) in the sentence tells that an anniversary is of these days, wherever its year stands.
    """
    anchor = reading.date
    if anchor.first is None or anchor.last is None:
        return
    plain = reading.document.plain
    current = _words(tuple(now)) if now else None
    for at in reading.find_words(("anniversary", "birthday")):
        sentence = reading.sentence_at(at)
        number = next((one for one in reading.numbers_in(sentence) if one.at.end == at - 1 and one.ordinal), None)
        if number is None or number.value.exact is None or plain[number.at.start - 1 : number.at.start] == "-":
            continue
        dates = [one for one in reading.dates_in(sentence) if one.year is not None and one.kind is not DateKind.DECADE]
        after = _OF_YEAR.match(plain, number.at.end)
        given = [one for one in dates if after is not None and 0 <= one.at.start - after.end() < 60]
        if not given and current is not None and current.search(plain, sentence.start, sentence.end):
            given = dates
        if not given or any(one.year != given[0].year for one in dates):
            continue
        year = given[0].year or 0
        off = anchor.first.year - year - number.value.exact
        if abs(off) < 2 or year > anchor.first.year:
            continue
        words = {"year": str(year), "known": str(anchor.first.year - year)}
        yield Problem(number.at, words, (), None, (Related(given[0].at, ""),), confidence=0.9)


# What has happened, and not yet


def past_is_past(
    reading: Reading,
    *,
    past: list[str] = [],  # noqa: B006
    open: list[str] = [],  # noqa: B006
) -> Iterator[Problem]:
    """Find what is told as past though its date is after the text's own.

    `past` are verbs that tell so, or endings after “-”; one of the words `open` near the date tells that it may be of
    what is to come.
    """
    anchor = reading.date
    if anchor.last is None or not past:
        return
    verbs, coming = _words(tuple(past)), _words(tuple(open))
    plain = reading.document.plain
    for mention in reading.dates:
        if mention.kind is not DateKind.DAY or mention.year is None or mention.period is None:
            continue
        first = mention.period.first
        if first is None or first <= anchor.last + timedelta(days=1):
            continue
        sentence = reading.sentence_at(mention.at.start)
        near = Span(max(sentence.start, mention.at.start - 80), min(sentence.end, mention.at.end + 60))
        if verbs.search(plain, near.start, near.end) and not coming.search(plain, near.start, near.end):
            yield Problem(mention.at, {"date": str(anchor)}, confidence=0.7)


@lru_cache(maxsize=16)
def _words(words: tuple[str, ...]) -> re.Pattern[str]:
    forms = (rf"\w{{3,}}{re.escape(word[1:])}" if word.startswith("-") else re.escape(word) for word in words)
    return re.compile(r"\b(?:" + "|".join(forms) + r")\b")
