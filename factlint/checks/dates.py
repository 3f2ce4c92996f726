"""Dates held against the calendar, against each other and against the text's own date; no facts are needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from factlint.claims import Claim, Verdict, problems_of
from factlint.dates import MONTHS, WEEKDAYS, DateKind, DateMention, find_starts
from factlint.findings import Problem, Related
from factlint.mentions import Reading
from factlint.numbers import NumberMention
from factlint.prepared import prepared
from factlint.source import Span, stretches
from factlint.times import month_end

# A date without a year is taken to be of the year that brings it nearest; within so many days that is sure.
_NEAR = 100

_WEEKDAY = "|".join(name[:3] for name in WEEKDAYS)
_WEEKDAY_WORD = re.compile(rf"(?:{_WEEKDAY})\w*\.?")


# Days of a month

_MONTH = "|".join(name[:3] for name in MONTHS)
_MONTH_WORDS = frozenset((*MONTHS, *(name[:3] for name in MONTHS), "Sept"))
_MONTH_ENDS = tuple(sorted(_MONTH_WORDS))
_BEFORE_THE = re.compile(rf"(?:{_MONTH})[a-z]*\.? the \Z")
_BEHIND_OF = re.compile(rf"\w+ of (?:{_MONTH})")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST = 60  # characters: no date is longer


def _days(reading: Reading) -> list[int]:
    """Where the number of a day stands beside a month, or a day in figures begins: no date is of a day without one."""
    return reading.remembered("days", _find_days)


def _find_days(reading: Reading) -> list[int]:
    plain, beside = reading.document.plain, reading.beside_numbers
    found: list[int] = []
    if not reading.words.isdisjoint(_MONTH_WORDS):
        found += [at for lead, places in beside.before.items() if _ends_in_month(lead) for at in places]
        found += [at for word in beside.after.keys() & _MONTH_WORDS for at in beside.after[word]]
        found += [at for at in beside.before.get("the", ()) if _BEFORE_THE.search(plain, max(at - 20, 0), at)]
        found += [at for at in beside.after.get("of", ()) if _BEHIND_OF.match(plain, at)]
    for word, places in beside.after.items():
        if len(word) == 2 and word.isdigit():
            found += [at for at in places if _ISO.match(plain, at)]
    return sorted(found)


def _ends_in_month(text: str) -> bool:
    return text in _MONTH_WORDS if text.isalpha() else text.rstrip(".").endswith(_MONTH_ENDS)


def _dates_by_block(reading: Reading, places: Iterable[int]) -> Iterator[tuple[DateMention, ...]]:
    """The dates of each block that some places stand in, by place; not of a block with decades like “'90s” alone."""
    plain = reading.document.plain
    for block in dict.fromkeys(reading.block_at(at).span for at in sorted(places)):
        if any(plain[at].isdigit() for at in find_starts(plain, block.start, block.end)):
            yield reading.dates_in(block)


def _dates_about(reading: Reading, places: Iterable[int]) -> Iterator[DateMention]:
    """The dates of the blocks that some places stand in, by place."""
    for dates in _dates_by_block(reading, places):
        yield from dates


# A weekday beside a date


def weekdays_fit(reading: Reading) -> Iterator[Problem]:
    """Hold a weekday against the date beside it; see `read_weekdays`."""
    yield from problems_of(read_weekdays(reading), reading.facts)


def read_weekdays(reading: Reading) -> Iterator[Claim]:
    """Read weekdays beside dates. A date without a year is of the year that brings it nearest to the text's date."""
    text, plain = reading.document.text, reading.document.plain
    places = [at for at in _days(reading) if _WEEKDAY_WORD.search(plain, max(at - _LONGEST, 0), at + _LONGEST)]
    for mention in _dates_about(reading, places):
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
    plain = reading.document.plain
    # Every month has 28 days.
    places = [
        at
        for at in _days(reading)
        if (plain[at : at + 2] > "28" and plain[at : at + 2].isdigit()) or plain[at + 4 : at + 5] == "-"
    ]
    for mention in _dates_about(reading, places):
        if mention.impossible and mention.month:
            last = month_end(date(mention.year if mention.year is not None else 2000, mention.month, 1)).day
            written = mention.text
            changed = re.sub(rf"(?<!\d){mention.day}(?!\d)", str(last), written, count=1)
            month, year = MONTHS[mention.month - 1], str(mention.year or "")
            words = {"month": month, "last": str(last), "year": year, "period": f"{month} {year}".rstrip()}
            yield Problem(mention.at, words, (changed,) if changed != written else (), confidence=0.95)


# Ranges

_RANGE = re.compile(r" ?[-–] ?|,? to | through | until | till | and ")
_RANGE_START = re.compile(r"\b(?:from|between|From|Between) (?:the )?(?:early |late |mid-)?$")


# What a date may begin with that has a year, or is of a day.
_DATED = (
    rf"(?:[12][0-9]{{3}}|'?[0-9]0s|[0-3]?[0-9](?:st|nd|rd|th)? (?:of )?(?:{_MONTH})"
    rf"|(?:{_MONTH})[a-z]*\.?,? (?:of |the )?[0-9]|(?:{_WEEKDAY}))"
)
_DASHED = {dash: re.compile(rf"{dash} ?{_DATED}") for dash in "-–"}
_STARTED = re.compile(rf"\b(?:[Ff]rom|[Bb]etween) (?:the )?(?:early |late |mid-)?{_DATED}")
_FAR = 80  # characters from “from” to the last digit of the date behind it, at most
_DIGIT = re.compile("[0-9]")


def ranges_run_forward(reading: Reading) -> Iterator[Problem]:
    """Find ranges of dates that end before they begin: “from 2017 to 2015”, “May 12 to May 9”."""
    for dates in _dates_by_block(reading, _ranges(reading)):
        yield from _backward(reading.document.plain, dates)


def _ranges(reading: Reading) -> Iterator[int]:
    """Where there may be two dates with a dash between them, or one behind “from” or “between” and what another may
    follow."""
    plain = reading.document.plain
    for dash, dashed in _DASHED.items():
        if dash in plain:
            for match in dashed.finditer(plain):
                if _DIGIT.search(plain, max(match.start() - _LONGEST, 0), match.start()):
                    yield match.start()
    years = [at for at in reading.number_places if plain[at] in "12" and plain[at : at + 4].isdigit()]
    for at in (*years, *_days(reading), *reading.beside_numbers.before.get("'", ())):
        near = plain[at - _FAR if at > _FAR else 0 : at]
        if "rom " in near or "etween " in near:
            for started in _STARTED.finditer(plain, max(at - _FAR, 0), at + _LONGEST):
                if _RANGE.search(plain, started.end(), started.start() + 2 * _LONGEST):
                    yield at


def _backward(plain: str, dates: Sequence[DateMention]) -> Iterator[Problem]:
    for first, second in pairwise(dates):
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

_WEEK = re.compile(" [Ww][Ee][Ee][Kk\N{KELVIN SIGN}]")  # all that is “week” where it is folded


def _may_tell_weeks(text: str) -> bool:
    """Whether a text may have “next week” in it, in any case: asked of its bytes, which is fast."""
    return "\N{KELVIN SIGN}" in text or any(
        b"xt week" in text[start:end].encode("latin-1", "replace").lower() for start, end in stretches(text)
    )


def _find_weeks(text: str) -> dict[str, list[Span]]:
    """Where a text has “this week” and “next week”, in any case."""
    found: dict[str, list[Span]] = {"this week": [], "next week": []}
    for match in _WEEK.finditer(text):
        at = match.start() - len("this")
        phrase = text[max(0, at) : match.start()].casefold()[-4:] + " week"
        if phrase in found:
            found[phrase].append(Span(at, match.end()))
    return found


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
    text = reading.document.plain
    if not events or not _may_tell_weeks(text):
        return
    weeks = _find_weeks(text)
    if not all(weeks.values()):
        return
    wanted = frozenset(_stem(word) for word in events)
    told: dict[str, list[tuple[Span, Span, frozenset[str]]]] = {phrase: [] for phrase in weeks}
    for phrase, places in weeks.items():
        for at in places:
            sentence = reading.sentence_at(at.start)
            said = re.findall(r"\w{4,}", text[sentence.start : sentence.end].casefold())
            stems = frozenset(map(_stem, said))
            if not wanted.isdisjoint(stems):  # both sentences have one
                told[phrase].append((at, sentence, stems))
    for at, sentence, stems in told["next week"]:
        for other_at, other, other_stems in told["this week"]:
            shared = (stems & other_stems) - {"this", "next", "week"}
            if sentence != other and ((shared & wanted and len(shared) >= least) or len(shared - wanted) > 1):
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
    places = reading.find_words(("anniversary", "birthday"))
    if not places:
        return
    plain = reading.document.plain
    current = _words(now) if now else None
    for at in places:
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


_YEARS = re.compile(r" (years|decades?) $")
_IN_YEAR = re.compile(
    r"(?:, (?:back )?in ([12][0-9]{3})(?![-–/\w])|,? (?:\(|(?:back )?in )([12][0-9]{3})(?=[.,;:!?)]|$))"
)
_YEAR_BEFORE = re.compile(r"\b[Ii]n ([12][0-9]{3})(?:, | [-–—] |—)(?:or )?$")


def years_ago_fit(reading: Reading) -> Iterator[Problem]:
    """Find “ten years ago, in 2010” and “in 2010, ten years ago” where the text's own date gives another number."""
    anchor = reading.date
    if anchor.first is None or anchor.last is None or anchor.first.year != anchor.last.year:
        return
    plain = reading.document.plain
    for at in reading.places("ago"):
        unit = _YEARS.search(plain, max(0, at - 9), at)
        if unit is None:
            continue
        numbers = reading.numbers_in(reading.sentence_at(at))
        number = next((one for one in numbers if one.at.end == unit.start()), None)
        if number is None or number.value.unit or number.ordinal:
            continue
        beside = _IN_YEAR.match(plain, at + 3) or _YEAR_BEFORE.search(
            plain, max(0, number.whole.start - 20), number.whole.start
        )
        ends = _ends_of(number, 10 if "decade" in unit[1] else 1)
        if beside is None or ends is None or ends[0] > _MOST_YEARS:
            continue
        year_at = Span(*beside.span(beside.lastindex or 1))
        year = int(plain[year_at.start : year_at.end])
        known = anchor.first.year - year
        if known < 1 or ends[0] - 1 <= known <= ends[1] + 1 or _is_of_another_time(reading, at, year, ends):
            continue
        words = {"year": str(year), "known": str(known)}
        yield Problem(Span(number.at.start, at + 3), words, (), None, (Related(year_at, ""),), confidence=0.92)


_MOST_YEARS = 1000


def _is_of_another_time(reading: Reading, at: int, year: int, ends: tuple[float, float]) -> bool:
    """Whether the paragraph of a place names another year, in which a year was so long ago."""
    block, plain = reading.block_at(at).span, reading.document.plain
    others = (int(other[0]) for other in _A_YEAR.finditer(plain, block.start, block.end))
    return any(ends[0] - 1 <= other - year <= ends[1] + 1 for other in others)


_A_YEAR = re.compile(r"\b[12][0-9]{3}\b")


def _ends_of(number: NumberMention, times: int) -> tuple[float, float] | None:
    """The least and the most that a number of years may stand for: a round one, or one of decades, for more or less."""
    low, high = number.value.low, number.value.high
    if low is None or high is None:
        return None
    slack = 0.15 * high * times if times > 1 or number.qualifier or (high >= 20 and high % 10 == 0) else 0.0
    return low * times - slack, high * times + slack


# What has happened, and not yet

_YEAR = re.compile("[0-9]{4}")


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
    plain, year = reading.document.plain, f"{anchor.last.year:04}"
    places = [at for at in _days(reading) if any(one[0] >= year for one in _YEAR.finditer(plain, at, at + _LONGEST))]
    if not places:
        return
    verbs, coming = _words(past), _words(open)
    for mention in _dates_about(reading, places):
        if mention.kind is not DateKind.DAY or mention.year is None or mention.period is None:
            continue
        first = mention.period.first
        if first is None or first <= anchor.last + timedelta(days=1):
            continue
        sentence = reading.sentence_at(mention.at.start)
        near = Span(max(sentence.start, mention.at.start - 80), min(sentence.end, mention.at.end + 60))
        if verbs.search(plain, near.start, near.end) and not coming.search(plain, near.start, near.end):
            yield Problem(mention.at, {"date": str(anchor)}, confidence=0.7)


@prepared
def _words(words: list[str]) -> re.Pattern[str]:
    forms = (rf"\w{{3,}}{re.escape(word[1:])}" if word.startswith("-") else re.escape(word) for word in words)
    return re.compile(r"\b(?:" + "|".join(forms) + r")\b")
