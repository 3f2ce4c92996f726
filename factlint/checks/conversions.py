"""A measure and the same in another unit behind it: “20 miles (32 kilometers)”, “100 degrees Fahrenheit (38 C)”.

No facts are needed. Both numbers may be rounded, and either may be the one that was measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from factlint.findings import Problem, Related
from factlint.mentions import Reading
from factlint.numbers import MAGNITUDES, NumberMention, plain_number
from factlint.prepared import prepared
from factlint.source import Span

_FAR = 0.06  # what is nearer than this part may be the rounding of a rounding
_FAR_IF_ABOUT = 0.15
_DIGITS = re.compile(r"(?P<digits>\d[\d,]*(?:\.(?P<decimals>\d+))?)(?:[ -](?P<magnitude>thousand|million|billion))?")
_QUALIFIER = (
    "about|around|approximately|roughly|nearly|almost|some|over|under|more than|less than|just over|just under|or"
)
_ABOUT = re.compile(rf"\b(?:{_QUALIFIER}) $")
_PART_OF = re.compile(r"\b(?:and|or|to|by|half|(?:half|third|quarter|fifth|tenth)s? (?:of|a))[ -](?:an? )?$")
_MINUS = re.compile(r"(?:^|[\s(])(?:[-−–]|minus )$")


class _Unit(Struct, frozen=True):
    """A unit: what it measures, and how many of the basic units it may be, each with what is added to it first."""

    kind: str
    ways: tuple[tuple[float, float], ...]


class _Measure(Struct, frozen=True):
    """A number with its unit: the value, the place value of its last digit, and of the last that is no zero."""

    value: float
    last: float
    least: float
    about: bool
    unit: _Unit


class _Units(Struct, frozen=True):
    """Units by their forms, and what stands right before a number in brackets, right behind it, and right before one
    that is the end of a range (“3 to 5 feet”), an area (“3 by 5 feet”) or a measure of two units (“6 feet 2 inches”).
    """

    known: Mapping[str, _Unit]
    before: re.Pattern[str]
    behind: re.Pattern[str]
    goes_on: re.Pattern[str]


@prepared
def _units(units: dict[str, list[str]]) -> _Units:
    known: dict[str, _Unit] = {}
    for kind, told in units.items():
        for entry in told:
            forms, _, ways = entry.partition("=")
            try:
                unit = _Unit(kind, tuple([_way(way) for way in ways.split("|")]))
            except ValueError:
                raise ValueError(f"“{entry}” is no unit: forms, “=”, and how many of the basic unit it is") from None
            known.update(dict.fromkeys(forms.split(", "), unit))
    any_of = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    return _Units(
        known,
        re.compile(rf"[ -]?(?P<unit>{any_of})(?:-(?:long|wide|high|tall|deep))? \((?:{_QUALIFIER})? ?[-−–]?$"),
        re.compile(rf"[ -]?(?P<unit>{any_of})\)"),
        re.compile(
            rf"(?:\d[\w.]*(?:[ -](?:{any_of}))? (?:to|and|or|by|x|through)"
            rf"|[\d–—×/⁄'’′]|\d-|[ \d-](?:{any_of})\.?,?(?: and| plus)?)[ -]?$"
        ),
    )


def _way(told: str) -> tuple[float, float]:
    """A factor, and after + or - what is added to a number before."""
    factor, sign, added = told.replace("-", "+-").partition("+")
    if not float(factor) > 0:
        raise ValueError(told)
    return float(factor), float(added) if sign else 0.0


def conversions_fit(reading: Reading, *, units: dict[str, list[str]] = {}) -> Iterator[Problem]:  # noqa: B006
    """Find a measure in brackets that the one before it does not give: “20 miles (23 kilometers)”.

    `units` are, by what they measure, forms of a unit and, after “=”, how many of the basic units it is; of what one
    word stands for (tons), any will do. What is added first (“0.5556-32”) tells where a scale of degrees begins.
    """
    places = sorted([at for lead, found in reading.beside_numbers.before.items() if lead[:1] == "(" for at in found])
    if not places or not units:
        return
    plain, known = reading.document.plain, _units(units)
    for at in places:
        match = known.before.search(plain, max(0, at - 60), at)
        if match is None:
            continue
        sentence = reading.sentence_at(match.start())
        numbers = reading.numbers_in(sentence)
        first = next((one for one in numbers if one.at.end == match.start()), None)
        second = _DIGITS.match(plain, at)
        unit = known.behind.match(plain, second.end()) if second is not None else None
        if first is None or second is None or unit is None:
            continue
        begins = max(0, first.at.start - 40)
        if known.goes_on.search(plain, begins, first.at.start):
            continue
        if (first.spelled and _PART_OF.search(plain, begins, first.at.start)) or any(
            one.at.end == first.at.start - 1 for one in numbers
        ):
            continue  # “two and a half”, “half a million”, “six 4-ounce fillets”
        one = _measure(plain, first, known.known[match["unit"]])
        other = _in_digits(plain, second, known.known[unit["unit"]])
        if one is None or other is None or one.unit.kind != other.unit.kind or one.unit == other.unit:
            continue
        given = _given(one, other)
        if given is not None:
            told = plain_number(_rounded(given, other.last) / _times(second))
            told += plain[second.end("digits") : second.end()]
            before = plain[first.at.start : match.end("unit")]
            yield Problem(
                Span(at, unit.end("unit")),
                {"known": told, "first": before},
                (told + plain[second.end() : unit.end("unit")],),
                None,
                (Related(Span(first.at.start, match.end("unit")), ""),),
                confidence=0.95,
            )


def _measure(plain: str, number: NumberMention, unit: _Unit) -> _Measure | None:
    """A number of a text with its unit; None where it is not one value."""
    match = _DIGITS.fullmatch(plain, number.at.start, number.at.end)
    if match is not None:
        return _in_digits(plain, match, unit)
    value = number.value.exact
    return _Measure(value, 1.0, 1.0, bool(number.qualifier), unit) if number.spelled and value is not None else None


def _in_digits(plain: str, match: re.Match[str], unit: _Unit) -> _Measure:
    digits, decimals, times = match["digits"].replace(",", ""), match["decimals"], _times(match)
    value = float(digits) * times
    last = times * 10.0 ** -len(decimals or "")
    least = last if decimals else last * 10 ** _zeros(digits)
    before = plain[max(0, match.start() - 20) : match.start()]
    return _Measure(-value if _MINUS.search(before) else value, last, least, _ABOUT.search(before) is not None, unit)


def _times(match: re.Match[str]) -> int:
    return MAGNITUDES.get(match["magnitude"] or "", 1)


def _zeros(digits: str) -> int:
    return len(digits) - len(digits.rstrip("0")) if digits.strip("0") else 0


def _given(one: _Measure, other: _Measure) -> float | None:
    """What one measure is in the unit of the other, if that is not what the other says."""
    nearest = None
    for factor, added in one.unit.ways:
        for other_factor, other_added in other.unit.ways:
            ways = [(factor, added, other_factor, other_added)]
            if added != other_added:
                ways.append((factor, 0.0, other_factor, 0.0))  # a difference of degrees
            for way in ways:
                given = _converted(one.value, *way)
                if _fits(one, other, given, _converted(other.value, way[2], way[3], way[0], way[1])):
                    return None
                nearest = given if nearest is None else nearest
    return nearest


def _converted(value: float, factor: float, added: float, other_factor: float, other_added: float) -> float:
    return (value + added) * factor / other_factor - other_added


def _fits(one: _Measure, other: _Measure, given: float, back: float) -> bool:
    for measure, value in ((other, given), (one, back)):
        away, size = abs(measure.value - value), max(abs(measure.value), abs(value))
        if away <= 0.55 * measure.last or away <= min(measure.least, 0.1 * size):
            return True
        if away <= (_FAR_IF_ABOUT if one.about or other.about else _FAR) * size:
            return True
    return False


def _rounded(value: float, last: float) -> float:
    return round(value / last) * last
