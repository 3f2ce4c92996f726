"""Days and periods: any date as the days that it may stand for. Nothing here asks what day it is."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import Enum

from msgspec import Struct

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class Period(Struct, frozen=True):
    """The days from `first` to `last`, both included; None is open on that side.

    A date of any precision is the period of the days that it may stand for: 2022-01 is the 31 days of
    January 2022.
    """

    first: date | None
    last: date | None

    def covers(self, other: Period) -> bool:
        """Whether every day of `other` is a day of this period."""
        return (self.first is None or (other.first is not None and self.first <= other.first)) and (
            self.last is None or (other.last is not None and other.last <= self.last)
        )

    def meets(self, other: Period) -> bool:
        """Whether the two share a day."""
        return (self.first is None or other.last is None or self.first <= other.last) and (
            self.last is None or other.first is None or other.first <= self.last
        )

    def before(self, other: Period) -> bool:
        """Whether every day of this period is before every day of `other`."""
        return self.last is not None and other.first is not None and self.last < other.first

    def __str__(self) -> str:
        """The shortest ISO form: 2022, 2022-01, 2022-01-09, or first/last with .. for an open side."""
        first, last = self.first, self.last
        if first is None or last is None:
            return f"{first or '..'}/{last or '..'}"
        if first == last:
            return first.isoformat()
        if first.day == 1 and (first.year, first.month) == (last.year, last.month) and last == month_end(first):
            return first.isoformat()[:7]
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
            return first.isoformat()[:4]
        return f"{first}/{last}"


ALWAYS = Period(None, None)


def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    if day.month == 12:
        return day.replace(day=31)
    return day.replace(month=day.month + 1, day=1) - timedelta(days=1)


def parse_iso(text: str) -> Period:
    """The period of an ISO date of year, month or day precision; ValueError says what is wrong."""
    match = _ISO.fullmatch(text)
    if not match:
        raise ValueError(f"“{text}” is not a date such as 2022, 2022-01 or 2022-01-09")
    year, month, day = match.groups()
    try:
        if day:
            first = last = date(int(year), int(month), int(day))
        elif month:
            first = date(int(year), int(month), 1)
            last = month_end(first)
        else:
            first, last = date(int(year), 1, 1), date(int(year), 12, 31)
    except ValueError:
        raise ValueError(f"there is no day {text}") from None
    return Period(first, last)


class Standing(Enum):
    """How a lifetime stands to a day or period."""

    HOLDS = "holds"  # on every day of it
    MAY_HOLD = "may hold"  # on some of its days, or the bounds are too coarse or unknown to tell
    ENDED = "ended"  # it was over before
    NOT_YET = "not yet"  # it begins after


class Lifetime(Struct, frozen=True):
    """When a fact holds: it began on a day of `since` and ended on a day of `until`, both days included.

    None is open: held from ever, or still holds. An unknown bound is somewhere, nobody knows where: on that side
    the fact may hold on any day, so it can support a claim and never contradicts one alone.
    """

    since: Period | None = None
    until: Period | None = None
    since_unknown: bool = False
    until_unknown: bool = False

    def at(self, when: Period) -> Standing:
        """How the fact stands to the days of `when`."""
        if self.since is not None and when.before(Period(self.since.first, None)):
            return Standing.NOT_YET
        if self.until is not None and Period(None, self.until.last).before(when):
            return Standing.ENDED
        surely = Period(self.since.last if self.since else None, self.until.first if self.until else None)
        if self.since_unknown and (self.until is None or not Period(self.until.first, self.until.last).meets(when)):
            return Standing.MAY_HOLD
        if self.until_unknown and (self.since is None or not self.since.meets(when)):
            return Standing.MAY_HOLD
        if surely.first is not None and surely.last is not None and surely.first > surely.last:
            return Standing.MAY_HOLD
        return Standing.HOLDS if surely.covers(when) else Standing.MAY_HOLD

    @property
    def possible(self) -> Period:
        """All the days on which the fact may hold."""
        return Period(self.since.first if self.since else None, self.until.last if self.until else None)
