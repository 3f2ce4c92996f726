"""The date that a document gives itself: in its metadata, in a dateline, in its name.

Only whole dates count, with a year: an article's date is never guessed.
"""

from __future__ import annotations

import re
from datetime import date

from msgspec.structs import replace

from factlint.source import Document, folded
from factlint.times import Period, parse_iso

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day|\.)?,? )?"
_DATE = (
    r"(?:(?P<iso>[12][0-9]{3}-[01][0-9]-[0-3][0-9])(?:[T ][0-9:.]{4,}(?:Z| ?[+-][0-9:]{4,5})?)?"
    rf"|{_WEEKDAY}(?:{_MONTH.format('m1')} (?P<d1>[0-3]?[0-9])(?:st|nd|rd|th)?,? (?P<y1>[12][0-9]{{3}})"
    rf"|(?P<d2>[0-3]?[0-9])(?:st|nd|rd|th)? {_MONTH.format('m2')},? (?P<y2>[12][0-9]{{3}})))"
)
_YEAR = re.compile("[12][0-9]{3}")  # no date is without one
_TIME = r"(?:,? (?:at |[-–|•·] )?[0-9]{1,2}[:.][0-9]{2}(?: ?[AaPp]\.?[Mm]\.?)?(?: [A-Z]{2,4})?)?"
# A line that is a date and nothing else, perhaps after a word such as “Published:”.
_LINE = re.compile(rf"(?:(?:[A-Z][a-z]+(?: on)?|Date|DATE)(?: date)?:? )?{_DATE}{_TIME}\.?")
# NAIROBI, Kenya, Jan. 9, 2022 (AP) - …
_DATELINE = re.compile(
    rf"[A-Z][A-Z.' -]+[A-Z](?:, [A-Z][\w. ]+)?,? \(?{_DATE}\)?(?: \([A-Z][\w. /-]*\))? ?(?:--?|[–—:])"
)
_NAME = re.compile(r"(?<![0-9])([12][0-9]{3})([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12][0-9]|3[01])(?![0-9])")
# How many of the first blocks may hold a dateline.
_TOP = 6


def date_of(document: Document, path: str) -> Document:
    """Give a document without a date from its metadata the one of its dateline, else of its file's name."""
    if document.date is not None:
        return document
    if (found := _dateline(document)) is not None:
        return replace(document, date=found, date_from="dateline")
    if (found := date_in_name(path)) is not None:
        return replace(document, date=found, date_from="file name")
    return document


def _dateline(document: Document) -> Period | None:
    """The date of a dateline among the first blocks."""
    seen = 0
    for block in document.blocks:
        if block.kind == "data":
            continue
        start, end = block.span.start, min(block.span.end, block.span.start + 120)
        if _YEAR.search(document.text, start, end):
            line = folded(document.text[start:end])
            match = _LINE.fullmatch(line.strip()) or _DATELINE.match(line.lstrip())
            if match and (found := _period(match)) is not None:
                return found
        seen += 1
        if seen == _TOP:
            break
    return None


def _period(match: re.Match[str]) -> Period | None:
    try:
        if match["iso"]:
            return parse_iso(match["iso"])
        year, month, day = match["y1"] or match["y2"], match["m1"] or match["m2"], match["d1"] or match["d2"]
        found = date(int(year), _MONTHS.index(month[:3].lower()) + 1, int(day))
    except ValueError:
        return None
    return Period(found, found)


def date_in_name(path: str) -> Period | None:
    """The date in a file's name, as 2022-01-09 or 20220109, or spread over its folders as 2022/01/09."""
    name = path.replace("\\", "/")
    match = _NAME.search(name.rsplit("/", 1)[-1]) or re.search(
        r"(?:^|/)([12][0-9]{3})(/)(0[1-9]|1[0-2])/(0[1-9]|[12][0-9]|3[01])/[^/]*$", name
    )
    if not match:
        return None
    try:
        found = date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return None
    return Period(found, found)


def parse_moment(text: str) -> Period | None:
    """The day of a moment as metadata writes it: an ISO date with or without a time, or a date in words."""
    text = text.strip()
    if match := re.match(r"[12][0-9]{3}(?:-[01][0-9](?:-[0-3][0-9])?)?(?=$|[T ])", text):
        try:
            return parse_iso(match[0])
        except ValueError:
            return None
    match = re.match(_DATE, text)
    return _period(match) if match else None
