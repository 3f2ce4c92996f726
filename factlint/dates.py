"""Dates in prose: days, months, years, decades and weekdays in every usual form, each as the days it may stand for.

What a date leaves out is filled in from the text's own date, never from a clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum

from msgspec import Struct

from factlint.source import Span
from factlint.times import Period, month_end


class DateKind(Enum):
    """How precise a date in prose is."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    WEEKDAY = "weekday"
    RELATIVE = "relative"


class DateMention(Struct, frozen=True):
    """A date in a text. `period` are the days that it may stand for, None for a day that does not exist or a date that
    can't be placed without knowing the text's own.

    `weekday` (0 is Monday) is that given with it; `year`, `month` and `day` are as written, None where they are not.
    """

    at: Span
    text: str
    kind: DateKind
    period: Period | None
    weekday: int | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def impossible(self) -> bool:
        """Whether there is no such day in any year, or in the year that is given."""
        if self.kind is not DateKind.DAY or self.month is None or self.day is None:
            return False
        return day_of(self.year if self.year is not None else 2000, self.month, self.day) is None


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_MONTH = (
    r"Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?"
)
_WEEKDAY = (
    r"Mon(?:day|\.)|Tue(?:sday|s?\.)|Wed(?:nesday|s?\.)|Thu(?:rsday|rs?\.|\.)|Fri(?:day|\.)|Sat(?:urday|\.)"
    r"|Sun(?:day|\.)"
)
_YEAR = r"1[0-9]{3}|20[0-9]{2}|21[0-9]{2}"
_DAY_NUMBER = r"[0-3]?[0-9]"
# Words that a bare year, or a month that is also another word, follows.
_PREPOSITIONS = (
    "in", "since", "of", "by", "until", "till", "from", "through", "during", "before", "after", "between", "early",
    "late", "around", "circa",
)  # fmt: skip
_BEFORE_YEAR = "|".join(
    f"(?<=\\b{word})"
    for word in (
        *(f"[{word[0].upper()}{word[0]}]{word[1:]}[ ]" for word in _PREPOSITIONS),
        *("to[ ]", "and[ ]", "the[ ]", "The[ ]", "year[ ]", "mid-"),
    )
)
_DATE = re.compile(
    rf"""
    (?<![\w/.])
    (?:
      (?P<iso>(?P<iy>{_YEAR})-(?P<im>[0-9]{{2}})-(?P<id>[0-9]{{2}}))(?![\w-])
    | (?:(?P<w1>{_WEEKDAY})(?:,?[ ]|[ ]\(|,[ ]the[ ]|[ ]the[ ])(?:on[ ])?)?
      (?:
        (?P<m1>{_MONTH})[ ](?:the[ ])?(?P<d1>{_DAY_NUMBER})(?:st|nd|rd|th)?(?![\w%]|[.,:][0-9]{{1,2}}(?![0-9])|,[0-9])
        (?:,?[ ](?P<y1>{_YEAR})(?![\w%]|,[0-9]|[ ](?:people|troops|members|men|women)))?
      | (?P<d2>{_DAY_NUMBER})(?:st|nd|rd|th)?[ ](?:of[ ])?(?P<m2>{_MONTH})(?![\w'])
        (?:,?[ ](?P<y2>{_YEAR})(?![\w%]|,[0-9]))?
      )
      (?:,?[ ]\(?(?:a[ ])?(?P<w2>{_WEEKDAY})\)?(?!\w))?
    | (?P<m3>{_MONTH})(?:,|[ ]of)?[ ](?P<y3>{_YEAR})(?![\w%]|,[0-9])
    | (?P<decade>(?:1[0-9]|20)[0-9]0(?:'s|s))(?!\w)
    | (?P<short_decade>'[0-9]0s)(?!\w)
    | (?P<century>[0-9]{{1,2}})(?:st|nd|rd|th)[ -]century\b
    | (?P<w3>{"|".join(WEEKDAYS)})(?![\w-]|'s\w)
    | (?P<relative>(?:this|next|last|This|Next|Last)[ ](?:week|month|year|weekend)|[Yy]esterday|[Tt]oday|[Tt]omorrow)\b
    | (?P<m4>January|February|April|June|July|August|September|October|November|December|(?<=\b[Ii]n[ ])(?:March|May)
        |(?<=\b(?:early|since|until)[ ])(?:March|May)|(?<=\b(?:last|late|next|this)[ ])(?:March|May))(?![\w-])
    | (?:{_BEFORE_YEAR}|(?<=\()|(?<=[0-9]-)|(?<=[0-9]–)|(?<=,[ ]))(?P<y5>{_YEAR})(?![\w%]|[.,][0-9]|[ ]?/)
    | (?<![A-Za-z]-)(?P<y6>{_YEAR})(?=[-–](?:{_YEAR})(?![\w%]))
    )
    """,
    re.VERBOSE,
)
# Where a date may begin. The set of first letters stands first, so that the search skips to them.
_START = re.compile(
    r"""
    [0-9'JFMASONDTWLYtnly](?<![\w/.].)
    (?: (?<=[0-9]) | (?<=')[0-9]0s | (?<=J)(?:an|un|ul) | (?<=F)(?:eb|ri) | (?<=M)(?:ar|ay|on) | (?<=A)(?:pr|ug)
      | (?<=S)(?:ep|at|un) | (?<=O)ct | (?<=N)ov | (?<=D)ec | (?<=T)(?:ue|hu) | (?<=W)ed
      | (?:(?<=[Tt])his|(?<=[Nn])ext|(?<=[Ll])ast)[ ](?:week|month|year) | (?<=[Tt])o(?:day|morrow)\b
      | (?<=[Yy])esterday\b )
    """,
    re.VERBOSE,
)


def find_dates(plain: str, span: Span, anchor: Period | None = None) -> Iterator[DateMention]:
    """Find the dates, months, years and weekdays of a part of a text, by place.

    What a date leaves out is filled in from `anchor`, the text's own date: the year that brings it nearest; the week
    around it for a weekday alone. Without one such a date has no period.
    """
    yield from dates_at(plain, find_starts(plain, span.start, span.end), span.end, anchor)


def find_starts(plain: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Find the places where a date may begin, cheaply: no date begins anywhere else."""
    for match in _START.finditer(plain, start, len(plain) if end is None else end):
        yield match.start()


def dates_at(plain: str, starts: Iterable[int], end: int, anchor: Period | None) -> Iterator[DateMention]:
    """The dates before `end` that begin at some of the places given, in order; see `find_dates`."""
    at = 0
    for start in starts:
        if start < at:
            continue
        match = _DATE.match(plain, start, end)
        if match is not None:
            at = match.end()
            mention = _mention(match, anchor)
            if mention is not None:
                yield mention


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, if there is such a one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_number(name: str) -> int:
    """The number of a month by its name or abbreviation, from 1."""
    return [month[:3] for month in MONTHS].index(name[:3].capitalize()) + 1


def weekday_number(name: str) -> int:
    """The number of a weekday by its name or abbreviation; Monday is 0."""
    return [day[:3] for day in WEEKDAYS].index(name[:3].capitalize())


def year_of(year: int) -> Period:
    """The days of a year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def _mention(match: re.Match[str], anchor: Period | None) -> DateMention | None:
    at, text, group = Span(match.start(), match.end()), match[0], match.group
    if group("iso"):
        year, month, day = int(group("iy")), int(group("im")), int(group("id"))
        found = day_of(year, month, day)
        if month > 12 or day > 31:
            return None
        return DateMention(at, text, DateKind.DAY, _one(found), None, year, month, day)
    name = group("m1") or group("m2")
    if name:
        weekday_name = group("w1") or group("w2")
        weekday = weekday_number(weekday_name) if weekday_name else None
        month, day = month_number(name), int(group("d1") or group("d2"))
        written = group("y1") or group("y2")
        if day == 0 or (name in ("May", "Mar", "Jan", "Sun") and not written and not group("d1") and not group("d2")):
            return None
        if written:
            return DateMention(
                at, text, DateKind.DAY, _one(day_of(int(written), month, day)), weekday, int(written), month, day
            )
        return DateMention(at, text, DateKind.DAY, _near(anchor, month, day), weekday, None, month, day)
    if group("m3"):
        year, month = int(group("y3")), month_number(group("m3"))
        first = date(year, month, 1)
        return DateMention(at, text, DateKind.MONTH, Period(first, month_end(first)), None, year, month)
    if group("decade"):
        year = int(group("decade")[:4])
        return DateMention(at, text, DateKind.DECADE, Period(date(year, 1, 1), date(year + 9, 12, 31)), None, year)
    if group("short_decade"):
        year = 1900 + int(group("short_decade")[1:3])
        return DateMention(at, text, DateKind.DECADE, Period(date(year, 1, 1), date(year + 9, 12, 31)), None, year)
    if group("century"):
        number = int(group("century"))
        if not 1 <= number <= 22:
            return None
        first_year = max(100 * (number - 1), 1)
        return DateMention(at, text, DateKind.CENTURY, Period(date(first_year, 1, 1), date(100 * number, 12, 31)), None)
    if group("w3"):
        return DateMention(at, text, DateKind.WEEKDAY, _around(anchor, 7), weekday_number(text))
    if group("relative"):
        return DateMention(at, text, DateKind.RELATIVE, _relative(text.lower(), anchor))
    if group("m4"):
        month = month_number(group("m4"))
        return DateMention(at, text, DateKind.MONTH, _near_month(anchor, month), None, None, month)
    year = int(group("y5") or group("y6"))
    return DateMention(at, text, DateKind.YEAR, year_of(year), None, year)


def _one(day: date | None) -> Period | None:
    return None if day is None else Period(day, day)


def _near(anchor: Period | None, month: int, day: int) -> Period | None:
    """The day of a month in the year that brings it nearest to the anchor."""
    if anchor is None or anchor.first is None or anchor.last is None:
        return None
    middle = anchor.first + (anchor.last - anchor.first) / 2
    days = [day_of(middle.year + step, month, day) for step in (-1, 0, 1) if 0 < middle.year + step < 9999]
    known = [one for one in days if one is not None]
    return _one(min(known, key=lambda one: abs((one - middle).days))) if known else None


def _near_month(anchor: Period | None, month: int) -> Period | None:
    found = _near(anchor, month, 15)
    if found is None or found.first is None:
        return None
    first = found.first.replace(day=1)
    return Period(first, month_end(first))


def _around(anchor: Period | None, days: int) -> Period | None:
    if anchor is None or anchor.first is None or anchor.last is None:
        return None
    return Period(_shifted(anchor.first, -days), _shifted(anchor.last, days))


def _shifted(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _relative(words: str, anchor: Period | None) -> Period | None:
    """The days of “last week”, “next month”, “today” … as said on the anchor's day (or days)."""
    if anchor is None or anchor.first is None or anchor.last is None:
        return None
    which, _, unit = words.partition(" ")
    if not unit:
        step = {"yesterday": -1, "today": 0, "tomorrow": 1}[which]
        return Period(_shifted(anchor.first, step), _shifted(anchor.last, step))
    step = {"last": -1, "this": 0, "next": 1}[which]
    first, last = anchor.first, anchor.last
    if unit in ("week", "weekend"):
        # Weeks begin on Sunday or on Monday: either is right, so a week is at least the days of both.
        before = 6 if first.weekday() == 6 else first.weekday() + 1
        after = 6 if last.weekday() == 6 else 6 - last.weekday()
        return Period(_shifted(first, 7 * step - before), _shifted(last, 7 * step + after))
    if unit == "month":
        months = (first.year * 12 + first.month - 1 + step, last.year * 12 + last.month - 1 + step)
        end = date(months[1] // 12, months[1] % 12 + 1, 1)
        return Period(date(months[0] // 12, months[0] % 12 + 1, 1), month_end(end))
    return Period(date(first.year + step, 1, 1), date(last.year + step, 12, 31))
