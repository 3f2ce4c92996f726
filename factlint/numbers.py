"""Numbers as prose has them: “30”, “thirty”, “more than 100,000”, “1.5 million”, “two-thirds”, each as an interval.

An interval holds every value that a careful reader would let the words stand for: an exact count is one number, a
rounded one its rounding, “more than” is open above. Two numbers contradict each other only if their intervals are
disjoint.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from factlint.source import Span, stretches

PERCENT = "percent"
SHARE = "share"  # a fraction of a whole: “two-thirds”, “four in ten”
_EPSILON = 1e-9


class Quantity(Struct, frozen=True):
    """The values from `low` to `high`, both included; None is open on that side.

    `unit` is what is measured: percent (then 30 percent is 0.3), share, a currency's sign, any other word, or nothing
    for a plain number. `text` is how it was written.
    """

    low: float | None
    high: float | None
    unit: str = ""
    text: str = ""

    @property
    def exact(self) -> float | None:
        """The one value that it can be, if there is one."""
        return self.low if self.low == self.high else None

    def __str__(self) -> str:
        if self.text:
            return self.text
        factor = 100 if self.unit == PERCENT else 1
        unit = f" {self.unit}" if self.unit not in ("", SHARE) else ""
        if self.low is not None and self.low == self.high:
            return plain_number(self.low * factor) + unit
        if self.low is None:
            return f"at most {plain_number((self.high or 0) * factor)}{unit}"
        if self.high is None:
            return f"at least {plain_number(self.low * factor)}{unit}"
        return f"{plain_number(self.low * factor)} to {plain_number(self.high * factor)}{unit}"


class NumberMention(Struct, frozen=True):
    """A number in a text. `at` is the number itself with its sign and magnitude, `whole` also what qualifies it
    (“more than”); `qualifier` is that in small letters. `ordinal` tells “31st” from “31”."""

    at: Span
    text: str
    value: Quantity
    ordinal: bool
    qualifier: str
    whole: Span
    spelled: bool


def plain_number(value: float) -> str:
    """A number in digits: commas in thousands, no needless decimals."""
    if abs(value - round(value)) < 1e-6:
        return f"{round(value):,}"
    return f"{value:,.6f}".rstrip("0").rstrip(".")


def disjoint(one: Quantity, other: Quantity) -> bool:
    """Whether no value fits both; units are not looked at."""
    return _below(one, other) or _below(other, one)


def _below(one: Quantity, other: Quantity) -> bool:
    if one.high is None or other.low is None:
        return False
    return one.high < other.low - _EPSILON * max(1.0, abs(other.low))


# The words for numbers: the grammar of English, not vocabulary of a rule.

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINAL_UNITS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_ORDINAL_TENS = ["twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth"]
MAGNITUDES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SHORT = {"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
_SMALL: dict[str, int] = {
    **{word: number for number, word in enumerate(_UNITS)},
    **{word: 20 + 10 * number for number, word in enumerate(_TENS)},
}
_ORDINALS: dict[str, int] = {
    **{word: number for number, word in enumerate(_ORDINAL_UNITS)},
    **{word: 20 + 10 * number for number, word in enumerate(_ORDINAL_TENS)},
    "hundredth": 100,
    "thousandth": 1000,
}
_PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4, "third": 3, "thirds": 3}
_PARTS |= {word: number for word, number in _ORDINALS.items() if 3 < number <= 100}
_PARTS |= {word + "s": number for word, number in _ORDINALS.items() if 3 < number <= 100}
_SOME = {
    "dozens": (24, None),
    "scores": (40, None),
    "hundreds": (100, None),
    "thousands": (1000, None),
    "millions": (10**6, None),
    "billions": (10**9, None),
}
_DOZENS = {"dozen": 12, "score": 20, "gross": 144}

# Every number that is written without digits has one of these in it.
NUMBER_WORDS = frozenset({*_SMALL, *_ORDINALS, *MAGNITUDES, *_PARTS, *_SOME, *_DOZENS})

_AT_LEAST = ("more than", "at least", "over", "no fewer than", "no less than", "upwards of", "in excess of", "north of")
_AT_MOST = (
    "fewer than", "less than", "up to", "at most", "under", "no more than", "not more than", "as many as", "as much as",
    "below", "a maximum of",
)  # fmt: skip
_BELOW = ("nearly", "almost", "close to", "just under", "not quite", "approaching")
_ABOUT = ("about", "around", "roughly", "some", "approximately", "an estimated", "circa", "or so", "more or less")
_JUST = ("exactly", "only", "just", "precisely", "all", "a total of")

_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_SMALL_WORD = "|".join(sorted(_SMALL, key=len, reverse=True))
_ORDINAL_WORD = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_MAGNITUDE_WORD = "hundred|thousand|million|billion|trillion"
_PART_WORD = "|".join(sorted(_PARTS, key=len, reverse=True))
_WORDS = rf"(?:{_SMALL_WORD}|a(?=[ ](?:{_MAGNITUDE_WORD})\b))(?:[ -](?:and[ ])?(?:{_SMALL_WORD}|{_MAGNITUDE_WORD})\b)*"
_QUALIFIERS = "|".join(sorted((*_AT_LEAST, *_AT_MOST, *_BELOW, *_ABOUT, *_JUST), key=len, reverse=True)).replace(
    " ", " +"
)
_NUMBER = re.compile(
    rf"""
    (?<![\w.,/:$€£¥])(?<![^\d]-)
    (?P<sign>US\$|A\$|C\$|[$€£¥])?
    (?:
      (?P<fraction>[0-9]{{1,3}}(?:,[0-9]{{3}})*/[0-9]{{1,3}}(?:,[0-9]{{3}})*(?![0-9/,]))
    | (?P<digits>{_DIGITS})
      (?:(?P<ordinal>st|nd|rd|th)\b
        |(?P<short>k|K|m|mn|mln|M|bn|b|B|tn)\b(?!-)
        |[ -](?P<magnitude>{_MAGNITUDE_WORD})\b
      )?
    | (?P<ordinal_words>(?:(?:{"|".join(_TENS)})-)?(?:{_ORDINAL_WORD})\b)
    | (?P<part>(?:a|one|{_SMALL_WORD})[ -](?:{_PART_WORD})\b|\bhalf\b)
    | (?P<words>\b{_WORDS}\b)
    | (?P<dozen>\b(?:(?:a|{_SMALL_WORD})[ ](?:half-)?)?dozen\b)
    | (?P<some>\b(?:{"|".join(_SOME)})\b)
    )
    (?P<percent>\ ?%|[ -](?:percent|per\ cent|percentage\ points?|pc)\b)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_QUALIFIED = re.compile(rf"(?<!\w)({_QUALIFIERS}) +(?:the +)?$", re.IGNORECASE)
_IN = re.compile(r" (?:in|out of)(?: every)? $")
_RANGE = re.compile(r" ?[-–] ?| to | and ", re.IGNORECASE)
_RANGE_START = re.compile(r"\b(?:between|from) $", re.IGNORECASE)
_PLAIN_NUMBER = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")


# One character in one byte, all digits alike: so they are looked for ten times as fast as with a pattern for digits.
_DIGITS_ALIKE = bytes(ord("0") if ord("0") <= code <= ord("9") else ord("_") for code in range(256))
_ZEROS = re.compile(b"00*")
_NEXT = re.compile(r"\w+(?: ?(?=%)|.?)(%|\w*)", re.DOTALL)
_INSIDE = frozenset(".,/:-")  # no number begins behind these
_A = ("a", "A")  # but behind one of these and a hyphen it does: “a-third”
_LONGEST = 40  # characters of a word before a number, and the space


# What may be right behind a number as the unit that is a part of it.
PER_HUNDRED = frozenset({"%", "percent", "per", "percentage", "pc"})


def find_digits(plain: str) -> list[int]:
    """Find where runs of digits begin."""
    found: list[int] = []
    for start, end in stretches(plain):
        alike = plain[start:end].encode("latin-1", "replace").translate(_DIGITS_ALIKE)
        found += [start + match.start() for match in _ZEROS.finditer(alike)]
    return found


class Beside(Struct, frozen=True):
    """What stands right beside the numbers of a text, with the places where they, or words and digits in them, begin.

    `before` is by the last characters (up to 39) without space before the space before a number, or by the one before
    it that is no space. `after` is by the word (or nothing) that begins one character behind it, or by “%”. What a
    number is made of, as in “twenty-five million”, counts as numbers, too.
    """

    before: Mapping[str, Sequence[int]]
    after: Mapping[str, Sequence[int]]


def beside(plain: str, places: Iterable[int]) -> Beside:
    """What stands right beside the numbers that begin, or go on, at some places."""
    before: defaultdict[str, list[int]] = defaultdict(list)
    after: defaultdict[str, list[int]] = defaultdict(list)
    following = _NEXT.match
    for at in places:
        match = following(plain, at)
        assert match is not None
        after[match[1]].append(at)
        last = plain[at - 1 : at]
        if (plain[at - 2 : at - 1] in _A and last in (" ", "-")) or last in _SIGNS:
            for start in _starts(plain, at):
                before[_lead(plain, start)].append(at)
        elif last == " ":
            before[plain[at - _LONGEST if at > _LONGEST else 0 : at - 1].rpartition(" ")[2]].append(at)
        elif last not in _INSIDE:
            before[last].append(at)
    return Beside(before, after)


def _lead(plain: str, start: int) -> str:
    last = plain[start - 1 : start]
    return plain[max(start - _LONGEST, 0) : start - 1].rpartition(" ")[2] if last == " " else last


def find_numbers(plain: str, span: Span, places: Sequence[int] | None = None) -> Iterator[NumberMention]:
    """Find the numbers of a part of a text, by place; parts of dates and times are among them.

    `places` are those of all runs of digits and of all NUMBER_WORDS there, in order, where they are known.
    """
    matches = list(_NUMBER.finditer(plain, span.start, span.end) if places is None else _matches(plain, span, places))
    at = 0
    while at < len(matches):
        match = matches[at]
        read = _read(match)
        if (
            read is None
            or plain[max(0, match.start() - 1) : match.start()] == "-"
            or (match.end() < len(plain) and match["digits"] and plain[match.end()].isalpha())
        ):
            at += 1
            continue
        low, high, unit, ordinal = read
        end = match.end()
        after = matches[at + 1] if at + 1 < len(matches) else None
        if after is not None and not ordinal:
            joined = _joined(plain, match, read, after)
            if joined is not None:
                low, high, unit = joined
                end = after.end()
                at += 1
        before = _QUALIFIED.search(plain, max(span.start, match.start() - 24), match.start())
        qualifier = " ".join(before[1].lower().split()) if before else ""
        if qualifier and not ordinal:
            low, high = _qualified(low, high, qualifier)
        yield NumberMention(
            Span(match.start(), end),
            plain[match.start() : end],
            Quantity(low, high, unit, plain[match.start() : end]),
            ordinal,
            qualifier,
            Span(before.start() if before else match.start(), end),
            spelled=not match["digits"] and not match["fraction"],
        )
        at += 1


def _matches(plain: str, span: Span, places: Sequence[int]) -> Iterator[re.Match[str]]:
    """The matches that begin at one of the places, at a currency's sign or at “a” before it."""
    at = span.start
    for place in places:
        if place < at:
            continue
        for start in _starts(plain, place):
            match = _NUMBER.match(plain, start, span.end) if start >= at else None
            if match is not None:
                at = match.end()
                yield match
                break


def _starts(plain: str, place: int) -> list[int]:
    """Where a number may begin that has its first digits or word at a place, in order."""
    starts = [place]
    if plain[place - 1 : place] in (" ", "-") and plain[place - 2 : place - 1] in ("a", "A"):
        starts.append(place - 2)
    for start in list(starts):
        if plain[start - 1 : start] in _SIGNS:
            before = plain[max(start - 3, 0) : start].upper()
            starts += [start - 1, *(start - len(sign) for sign in _LONG_SIGNS if before.endswith(sign))]
    return sorted(starts)


_SIGNS = tuple("$€£¥")
_LONG_SIGNS = ("US$", "A$", "C$")

_Read = tuple[float | None, float | None, str, bool]


def _read(match: re.Match[str]) -> _Read | None:
    """The least and the most value of a match, its unit, and whether it is an ordinal."""
    unit = match["sign"] or ""
    low: float | None
    high: float | None
    ordinal = False
    if match["fraction"]:
        top, bottom = (float(part.replace(",", "")) for part in match["fraction"].split("/"))
        if not bottom:
            return None
        low = high = top / bottom
        unit = SHARE
    elif match["digits"]:
        number = float(match["digits"].replace(",", ""))
        factor = 1
        if match["magnitude"]:
            factor = MAGNITUDES[small(match["magnitude"])]
        elif match["short"]:
            if not unit and match["short"].lower() in ("b", "m") and not match["short"].isupper():
                factor = _SHORT[small(match["short"])]
            elif match["short"] in ("m", "b") and not unit:
                return None
            else:
                factor = _SHORT[small(match["short"])]
        ordinal = bool(match["ordinal"])
        low, high = _rounded(number, match["digits"], factor, percent=bool(match["percent"]))
    elif match["ordinal_words"]:
        low = high = float(_ordinal(match["ordinal_words"].lower()))
        ordinal = True
    elif match["part"]:
        first, _, part = match["part"].lower().replace("-", " ").rpartition(" ")
        top = _SMALL.get(first, 1)
        low = high = top / _PARTS[part]
        unit = SHARE
    elif match["dozen"]:
        words = match["dozen"].lower().split()
        number = _SMALL.get(words[0], 1) * (6 if "half" in match["dozen"].lower() else 12)
        low = high = float(number)
        if len(words) == 1:
            return None
    elif match["some"]:
        least, most = _SOME[small(match["some"])]
        low, high = float(least), most
    else:
        value = _spelled(small(match["words"]))
        if value is None:
            return None
        low = high = float(value)
    if match["percent"]:
        low = None if low is None else low / 100
        high = None if high is None else high / 100
        unit = PERCENT
    return low, high, unit, ordinal


def _rounded(number: float, digits: str, factor: int, *, percent: bool) -> tuple[float, float]:
    """The interval that a number in digits is rounded to; a plain count stands for itself."""
    value = number * factor
    decimals = len(digits.partition(".")[2])
    if decimals:
        half = 0.5 * 10**-decimals * factor
    elif factor > 1 or percent:
        half = 0.5 * factor
    else:
        zeros = len(digits.replace(",", "")) - len(digits.replace(",", "").rstrip("0"))
        half = min(0.5 * 10.0**zeros, 0.05 * value) if value >= 1000 and zeros >= 2 else 0.0
    return value - half, value + half


def _ordinal(words: str) -> int:
    total = 0
    for word in words.split("-"):
        total += _SMALL.get(word, 0) or _ORDINALS.get(word, 0)
    return total


def small(text: str) -> str:
    """A text in small letters as a pattern that looks at no case takes it: “ſ” is an “s”, “ı” an “i”."""
    return text.casefold().replace("\N{LATIN SMALL LETTER DOTLESS I}", "i")


def _spelled(text: str) -> int | None:
    """The value of number words; None if they are no number together (“two twenty”)."""
    total = current = 0
    last = 0
    for word in re.split(r"[ -]", text):
        if word == "and":
            continue
        if word == "a":
            current = last = 1
        elif word in _SMALL:
            value = _SMALL[word]
            if last and not (last >= 20 and last % 10 == 0 and value < 10) and last != 100:
                return None
            current += value
            last = value
        elif word == "hundred":
            current = (current or 1) * 100
            last = 100
        else:
            total += (current or 1) * MAGNITUDES[word]
            current, last = 0, 0
    return total + current


def _joined(
    plain: str, match: re.Match[str], read: _Read, after: re.Match[str]
) -> tuple[float | None, float | None, str] | None:
    """A range (“21 million to 70 million”) or a ratio (“four in ten”) of two numbers; None if they are two."""
    between = plain[match.end() : after.start()]
    other = _read(after)
    if other is None or other[3] or len(between) > 16:
        return None
    if _IN.fullmatch(between) and read[0] == read[1] and other[0] == other[1] and not read[2] and not other[2]:
        if other[0] and read[0] is not None and read[0] < other[0] and match["percent"] is None and _is_base(other[0]):
            return read[0] / other[0], read[0] / other[0], SHARE
        return None
    if not _RANGE.fullmatch(between):
        return None
    if between.strip().lower() == "and" and not _RANGE_START.search(plain[max(0, match.start() - 9) : match.start()]):
        return None
    low, high, unit = read[0], other[1], other[2] or read[2]
    if low is None or high is None:
        return None
    if unit == PERCENT and read[2] != PERCENT:
        low /= 100
    for name, factor in MAGNITUDES.items():
        if after["magnitude"] and after["magnitude"].lower() == name and not match["magnitude"]:
            low = low * factor if low * factor <= high else low
    return (low, high, unit) if low <= high else None


def _is_base(number: float) -> bool:
    """Whether a number is one that ratios are told by: “four in ten”, “1 in 500”."""
    return number <= 12 or (number % 10 == 0 and number <= 100) or number in (200, 500, 1000, 10_000, 100_000, 10**6)


def _qualified(low: float | None, high: float | None, qualifier: str) -> tuple[float | None, float | None]:
    if qualifier in _AT_LEAST:
        return low, None
    if qualifier in _AT_MOST:
        return None, high
    if qualifier in _BELOW:
        return (None if low is None else low * 0.9), high
    if qualifier in _ABOUT:
        return (None if low is None else low * 0.9), (None if high is None else high * 1.1)
    return low, high


# Values of a facts file


def parse_quantity(value: Any, unit: str = "") -> Quantity:
    """Read a value of a facts file: a number, the words of an article, the ends of a range, or a mapping with
    at_least, at_most, about or exactly. ValueError says what is wrong with it."""
    unit = {"%": PERCENT, "per cent": PERCENT}.get(unit, unit)
    if isinstance(value, bool) or value is None:
        raise ValueError("this is no number")
    if isinstance(value, int | float):
        number = _scaled(float(value), unit)
        return Quantity(number, number, unit)
    if isinstance(value, str):
        return _parse_text(value, unit)
    if isinstance(value, Mapping):
        return _parse_mapping(value, unit)
    if isinstance(value, Sequence):
        if len(value) != 2:
            raise ValueError("a range has two ends")
        first, last = parse_quantity(value[0], unit), parse_quantity(value[1], unit)
        if first.low is not None and last.high is not None and first.low > last.high:
            raise ValueError(f"the range ends at {last}, below its beginning {first}")
        return Quantity(first.low, last.high, first.unit or last.unit)
    raise ValueError("this is no number")


def _scaled(number: float, unit: str) -> float:
    return number / 100 if unit == PERCENT else number


def _parse_text(text: str, unit: str) -> Quantity:
    said = " ".join(text.split())
    if _PLAIN_NUMBER.fullmatch(said):
        number = _scaled(float(said.replace(",", "")), unit)
        return Quantity(number, number, unit, said)
    found = [mention for mention in find_numbers(said, Span(0, len(said))) if not mention.ordinal]
    if not found:
        raise ValueError(f"“{text}” is no number")
    first = found[0]
    quantity = first.value
    rest = said[first.whole.end :].strip()
    if len(found) == 2 and re.fullmatch(
        r"(?:of|out of|in)(?: (?:the|every|all))?", said[first.at.end : found[1].whole.start].strip()
    ):
        # “about half of 11”, “two of 15”: a part of a whole
        whole = found[1].value
        if quantity.unit in (SHARE, PERCENT) and quantity.low is not None and whole.low is not None:
            high = None if quantity.high is None or whole.high is None else quantity.high * whole.high
            return Quantity(quantity.low * whole.low, high, unit, said)
        rest = ""
    if unit == PERCENT and quantity.unit == "":
        quantity = Quantity(
            None if quantity.low is None else quantity.low / 100,
            None if quantity.high is None else quantity.high / 100,
            PERCENT,
        )
    return Quantity(quantity.low, quantity.high, unit or quantity.unit or rest.lower(), said)


def _parse_mapping(value: Mapping[Any, Any], unit: str) -> Quantity:
    unknown = [key for key in value if key not in ("at_least", "at_most", "about", "exactly")]
    if unknown:
        raise ValueError(f"unknown key “{unknown[0]}”; known: at_least, at_most, about, exactly")
    if not value:
        raise ValueError("this is no number")
    low: float | None = None
    high: float | None = None
    for key, given in value.items():
        one = parse_quantity(given, unit)
        unit = unit or one.unit
        if key == "at_least":
            low = one.low
        elif key == "at_most":
            high = one.high
        elif key == "exactly":
            low, high = one.low, one.high
        else:
            low, high = _qualified(one.low, one.high, "about")
    if low is not None and high is not None and low > high:
        raise ValueError("at_most is below at_least")
    return Quantity(low, high, unit)


def spelled_out(number: int) -> str:
    """A number from 0 to 999 in words, as prose has it: “twenty-one”."""
    if number < 20:
        return _UNITS[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens - 2] + (f"-{_UNITS[ones]}" if ones else "")
    hundreds, rest = divmod(number, 100)
    return f"{_UNITS[hundreds]} hundred" + (f" and {spelled_out(rest)}" if rest else "")


def in_prose(quantity: Quantity, like: str = "") -> str:
    """A quantity as prose has it, without its noun: “$21 billion to $70 billion”, “80 percent”, “240”.

    `like` is what stands in the text: its signs and words are used where they fit.
    """
    if quantity.text and not re.fullmatch(r"[\d.,]+", quantity.text):
        return quantity.text
    sign = next((mark for mark in ("US$", "$", "€", "£", "¥") if mark in like), "")
    percent = ("%" if "%" in like else " percent") if quantity.unit == PERCENT else ""
    factor = 100 if quantity.unit == PERCENT else 1
    ends = [None if end is None else sign + _short_number(end * factor, like) for end in (quantity.low, quantity.high)]
    if ends[0] == ends[1] and ends[0] is not None:
        return ends[0] + percent
    if ends[0] is None or ends[1] is None:
        return f"at most {ends[1]}{percent}" if ends[0] is None else f"at least {ends[0]}{percent}"
    return f"{ends[0]} to {ends[1]}{percent}"


def _short_number(value: float, like: str) -> str:
    """A number as the text would write it: in words, with a magnitude word, or in digits."""
    spelled = bool(like) and not any(character.isdigit() for character in like)
    if spelled and value == int(value) and 0 <= value < 100:
        words = spelled_out(int(value))
        return words.capitalize() if like[:1].isupper() else words
    if any(word in like.lower() for word in ("million", "billion", "trillion")) or value >= 10**9:
        for name, magnitude in reversed(MAGNITUDES.items()):
            if magnitude >= 10**6 and value >= magnitude:
                return f"{plain_number(round(value / magnitude, 6))} {name}"
    return plain_number(value)


def ordinal_of(number: int) -> str:
    """A number as an ordinal in digits: “31st”."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
