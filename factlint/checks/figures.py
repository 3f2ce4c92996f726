"""Figures: numbers that articles repeat, known by a description, held against numbers that measure the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from factlint.claims import WRONG, Claim, Verdict, judge, problems_of, times_of
from factlint.descriptions import Spoken, alike, find_spoken, fold, says_same
from factlint.facts.model import Fact
from factlint.findings import Problem
from factlint.mentions import Reading
from factlint.numbers import PERCENT, SHARE, NumberMention, Quantity, in_prose, plain_number
from factlint.source import Span
from factlint.times import ALWAYS, Period

# A figure of one day is still spoken of so many days later.
_LINGERS = timedelta(days=3)
# A bare number of less than this part of the known one may be of some.
_SOME = 0.4
_AFTER = re.compile(r"(?:[ -](?:[^\W_]+(?:['-][^\W_]+)*)){1,5}")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


def figures_agree_with_facts(
    reading: Reading,
    *,
    currencies: dict[str, list[str]] = {},  # noqa: B006 - options are never changed
    growing: list[str] = [],  # noqa: B006
    hedges: list[str] = [],  # noqa: B006
    measures: list[str] = [],  # noqa: B006
    leads: dict[str, list[str]] = {},  # noqa: B006
    units: dict[str, list[str]] = {},  # noqa: B006
    whole: list[str] = [],  # noqa: B006
    general: list[str] = [],  # noqa: B006
) -> Iterator[Problem]:
    """Hold numbers against the figures of the facts; see `read_figures`."""
    if not reading.facts.rows_by_kind.get("figure"):
        return
    wording = Wording(currencies, growing, _any_of(hedges), frozenset(measures), leads, units, _any_of(whole), general)
    yield from problems_of(_read(reading, wording), reading.facts)


class Wording(Struct, frozen=True):
    """How figures are told; see `read_figures`."""

    currencies: Mapping[str, list[str]]
    growing: list[str]
    hedges: re.Pattern[str] | None
    measures: frozenset[str]
    leads: Mapping[str, list[str]]
    units: Mapping[str, list[str]]
    whole: re.Pattern[str] | None
    general: Sequence[str]


def _any_of(words: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE) if words else None


def read_figures(
    reading: Reading,
    *,
    currencies: dict[str, list[str]],
    growing: list[str],
    hedges: list[str],
    measures: list[str],
    leads: dict[str, list[str]],
    units: dict[str, list[str]],
    whole: list[str],
    general: list[str],
) -> Iterator[Claim]:
    """Read numbers that measure what a figure of the facts does, in sentences that speak of it.

    A number is held against a figure only if it has its unit: the same currency (`currencies`: signs and words of
    each), a share or percentage, or the unit's noun beside it (or the noun before one of the words `growing`: “cases
    rose to 151”). `units` are the forms of a unit and, after “=”, how many of the smallest of its kind it is, so that
    minutes are held against hours. Words of `hedges` before a number leave it undecided. A word of `measures` in a
    figure's name that the sentence does not say makes it doubtful; `leads` are the words that a number must follow if
    the figure's name has a word. `whole` are words that say all of a share. A unit of `general` (“people”)
    stands for whatever the name or `near` say is counted (“troops”).
    """
    yield from _read(
        reading,
        Wording(currencies, growing, _any_of(hedges), frozenset(measures), leads, units, _any_of(whole), general),
    )


def _read(reading: Reading, wording: Wording) -> Iterator[Claim]:
    if not reading.facts.rows_by_kind.get("figure"):
        return
    done: set[Span] = set()
    spoken = sorted(find_spoken(reading, "figure"), key=lambda one: (-one.coverage, one.sentence))
    for one in spoken:
        claim = _claim(reading, one, wording, done)
        if claim is not None:
            done.add(claim.at)
            yield claim


def _claim(reading: Reading, one: Spoken, wording: Wording, done: set[Span]) -> Claim | None:
    facts = reading.facts
    known = _known(reading, one)
    every = tuple(facts.of(one.entity.id, "value"))
    unit = next((fact.value.unit for fact in every if isinstance(fact.value, Quantity)), "")
    dates = [mention.at for mention in reading.dates_in(one.sentence)]
    numbers = [
        number
        for number in reading.numbers_in(one.sentence)
        if not number.ordinal and number.at not in done and not any(number.at.overlaps(at) for at in dates)
    ]
    fitting = []
    for number in numbers:
        strength = _measures(reading, number, unit, one, every, wording)
        if strength:
            fitting.append((strength, -_distance(number.at, one.at), _converted(reading, number, unit, wording)))
    if not fitting:
        return _all_of(reading, one, known, wording)
    for _, _, number in fitting:
        if judge(number.value, known) is Verdict.SUPPORTED and not _is_other(number.value, known):
            return _made(reading, one, number, Verdict.SUPPORTED, known, 1.0)
    strength, _, number = max(fitting, key=lambda item: item[:2])
    if not known:
        return _made(reading, one, number, Verdict.UNKNOWN, (), 1.0)
    values = [fact.value for fact in known if isinstance(fact.value, Quantity)]
    same_digits = any(_same_digits(number.value, value) for value in values)
    before = reading.document.plain[max(one.sentence.start, number.at.start - 40) : number.at.start]
    hedged = wording.hedges is not None and wording.hedges.search(before) and not same_digits
    if hedged or any(_is_said(other, value) for other in numbers for value in values):
        return _made(reading, one, number, Verdict.UNDECIDED, known, 1.0)
    return _made(
        reading, one, number, Verdict.CONTRADICTED, known, _sure(reading, one, number, strength, known, wording)
    )


def _sure(
    reading: Reading, one: Spoken, number: NumberMention, strength: int, known: tuple[Fact, ...], wording: Wording
) -> float:
    """How sure it is that a number that differs was meant for a figure."""
    values = [fact.value for fact in known if isinstance(fact.value, Quantity)]
    if any(_same_digits(number.value, value) for value in values):
        return 0.95  # millions for billions
    plain = reading.document.plain
    slipped = any(_slipped(number.value, value) for value in values)
    said = {fold(word) for at in one.at for word in (plain[at.start : at.end],)}
    sure = 0.92 if strength > 1 and (one.coverage >= 0.7 or slipped) else 0.75
    for word in _WORD.findall(one.entity.name):
        if word in wording.measures and not slipped and not any(says_same(word, other) for other in said):
            sure = min(sure, 0.7)  # what is measured isn't said
        leads = wording.leads.get(word)
        if leads is not None and not re.search(
            rf"\b(?:{'|'.join(leads)}):? (?:\w+ )?$", plain[max(0, number.whole.start - 40) : number.whole.start]
        ):
            sure = min(sure, 0.6)
    share = any(value.unit in (PERCENT, SHARE) for value in values)
    if share and one.coverage < 0.8 and not slipped:
        sure = min(sure, 0.75)  # a share of the same for something else
    lows = [value.low for value in values if value.low is not None]
    said_high = number.value.high
    if not share and lows and said_high is not None and said_high < _SOME * min(lows) and number.value.unit == "":
        sure = min(sure, 0.75)  # some of them, perhaps
    if one.coverage < 0.65 and not slipped:
        sure = min(sure, 0.6)
    if _other_clause(plain, one, number):
        sure = min(sure, 0.6)
    if any(fact.holds.possible == ALWAYS for fact in known) and times_of(reading, one.sentence):
        years = {mention.year for mention in reading.dates_in(one.sentence) if mention.year is not None}
        if years and reading.date.first is not None and reading.date.first.year not in years and not slipped:
            sure = min(sure, 0.7)  # of another time, perhaps
    return sure


def _is_said(number: NumberMention, value: Quantity) -> bool:
    """Whether a number is just the known one, whatever it is said of."""
    return value.exact is not None and value.exact > 10 and number.value.exact == value.exact


def _other_clause(plain: str, one: Spoken, number: NumberMention) -> bool:
    """Whether a proper name that the figure is known by stands in another clause than the number."""
    names = {word for word in _WORD.findall(one.entity.name) if word[:1].isupper()}
    parts = [at for at in range(one.sentence.start, one.sentence.end) if plain[at] == ";"]
    if not parts or not names:
        return False
    clause = sum(at < number.at.start for at in parts)
    return not any(
        sum(part < at.start for part in parts) == clause for at in one.at if plain[at.start : at.end] in names
    )


def _slipped(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers are near to each other, or have the same digits in another order."""
    if (one.exact is None and (one.low is None or one.high is None)) or not other.low or not other.high:
        return False
    middle, known = ((one.low or 0) + (one.high or 0)) / 2, (other.low + other.high) / 2
    if 0.8 < middle / known < 1.25:
        return True
    first, second = (
        sorted(plain_number(value).replace(",", "").strip("0.").replace(".", "")) for value in (middle, known)
    )
    return len(first) > 1 and first == second


def _converted(reading: Reading, number: NumberMention, unit: str, wording: Wording) -> NumberMention:
    """The number in the unit of the figure, if its own is another of the same kind."""
    sizes = _sizes(reading, number, unit, wording)
    if sizes is None or sizes[0] == sizes[1]:
        return number
    factor = sizes[0] / sizes[1]
    low, high = (None if end is None else end * factor for end in (number.value.low, number.value.high))
    after = _WORD.search(reading.document.plain, number.at.end)
    at = Span(number.at.start, after.end() if after else number.at.end)
    text = reading.document.text[at.start : at.end]
    return replace(number, at=at, text=text, value=Quantity(low, high, "", text))


def _sizes(reading: Reading, number: NumberMention, unit: str, wording: Wording) -> tuple[float, float] | None:
    """How large the unit beside a number is and how large that of a figure, if they are of one kind."""
    after = _AFTER.match(reading.document.plain, number.at.end, number.at.end + 30)
    following = after[0].strip(" -").split()[0].split("-")[0].casefold() if after else ""
    for kinds in wording.units.values():
        sizes: dict[str, float] = {}
        for line in kinds:
            forms, _, size = line.partition("=")
            sizes |= {form: float(size) for form in forms.split()}
        if unit in sizes and following in sizes:
            return sizes[following], sizes[unit]
    return None


def _all_of(reading: Reading, one: Spoken, known: tuple[Fact, ...], wording: Wording) -> Claim | None:
    """“All of the land” where the facts give a share that is less."""
    if wording.whole is None:
        return None
    values = [fact.value for fact in known if isinstance(fact.value, Quantity)]
    if not values or any(value.unit not in (PERCENT, SHARE) or value.high is None for value in values):
        return None
    plain = reading.document.plain
    names = [fold(word) for word in _WORD.findall(one.entity.name)]
    for match in wording.whole.finditer(plain, one.sentence.start, one.sentence.end):
        after = re.match(r" (?:of )?(?:the |its |their )?([a-z]+)", plain[match.end() : match.end() + 40])
        if after is None or not any(alike(fold(after[1]), word) for word in names):
            continue
        at = Span(match.start(), match.end())
        right = all((value.high or 0) >= 0.995 for value in values)
        value = values[0]
        return Claim(
            at,
            one.entity.name,
            "value",
            match[0],
            reading.date,
            Verdict.SUPPORTED if right else Verdict.CONTRADICTED,
            known,
            {"known": str(value)},
            () if right else (in_prose(value, "10 percent"),),
            confidence=0.91 if one.coverage > 0.7 else 0.75,
        )
    return None


def _made(
    reading: Reading, one: Spoken, number: NumberMention, verdict: Verdict, facts: tuple[Fact, ...], sure: float
) -> Claim:
    value = facts[0].value if facts else None
    suggestion: tuple[str, ...] = ()
    if verdict in WRONG and isinstance(value, Quantity):
        unit = f" {value.unit}" if number.at.end > number.whole.end else ""  # the number was in another unit
        suggestion = (in_prose(value, number.text) + unit,)
    return Claim(
        at=number.at,
        subject=one.entity.name,
        attribute="value",
        value=number.text,
        when=reading.date,
        verdict=verdict,
        facts=facts,
        words={"known": str(value) if value is not None else ""},
        suggestions=suggestion,
        confidence=sure,
    )


def _known(reading: Reading, one: Spoken) -> tuple[Fact, ...]:
    """The values of a figure at the times that a sentence speaks of; one of a few days ago still counts."""
    found: dict[str, Fact] = {}
    date = reading.date
    if date.first is not None:
        date = Period(date.first - _LINGERS, date.last)
    for when in times_of(reading, one.sentence) or (date,):
        for fact in reading.facts.of(one.entity.id, "value"):
            if fact.holds.possible.meets(when):
                found[fact.id] = fact
    return tuple(found.values())


def _distance(at: Span, words: tuple[Span, ...]) -> int:
    return min(max(at.start - word.end, word.start - at.end) for word in words)


def _measures(
    reading: Reading,
    number: NumberMention,
    unit: str,
    one: Spoken,
    every: tuple[Fact, ...],
    wording: Wording,
) -> int:
    """How surely a number measures what a figure does: 0 not at all, 1 perhaps, 2 by its unit."""
    plain = reading.document.plain
    after = _AFTER.match(plain, number.at.end, min(one.sentence.end, number.at.end + 60))
    following = [fold(word) for word in _WORD.findall(after[0])] if after else []
    currencies = wording.currencies
    signs = currencies.get(unit, [unit] if unit else [])
    if unit in currencies or unit in ("$", "€", "£", "¥"):
        if number.value.unit in signs or (following and following[0] in signs):
            return 2
        return 0
    if number.value.unit and number.value.unit not in (PERCENT, SHARE):
        return 0
    share = any(isinstance(fact.value, Quantity) and fact.value.unit in (PERCENT, SHARE) for fact in every)
    if share or unit == PERCENT:
        if number.value.unit not in (PERCENT, SHARE):
            return 0
        near = following[1:] if following[:1] == ["of"] else following
        words = [fold(word) for word in _WORD.findall(one.entity.name)]
        head = _OF.match(plain, number.at.end, one.sentence.end)
        if head is not None and not any(alike(fold(head[1]), word) for word in words):
            return 1
        beside = bool(near) and any(alike(near[0], word) or alike(near[-1], word) for word in words)
        return 2 if beside or one.coverage > 0.9 else 1
    if number.value.unit:
        return 0
    if unit:
        noun = fold(unit.split()[-1])
        right_after = following[: 5 if following[:1] == ["of"] else 3]
        if any(alike(word, noun) for word in right_after):
            return 2
        if noun in wording.general:
            counted = {fold(word) for text in (one.entity.name, *one.entity.near) for word in _WORD.findall(text)}
            if any(word in counted and word.endswith("s") for word in right_after):
                return 2
        if _sizes(reading, number, unit, wording) is not None:
            return 2
        if not _counts_else(following):
            nouns = (noun, *(word for word in _WORD.findall(one.entity.name) if word in wording.measures))
            if any(_grows_to(plain, number, one.sentence, word, wording.growing) for word in nouns):
                return 2
        return 2 if _told_of(plain, number, one, wording) else 0
    words = [fold(word) for word in _WORD.findall(one.entity.name)]
    return 1 if following and any(alike(following[0], word) for word in words if len(word) > 3) else 0


_OF = re.compile(
    r" of (?:all |the |its |their )*(?:[A-Z]\w+(?:'s)? )*(?:[a-z]+'s )?([a-z]+)"
    r"(?=[.,;:)]| (?:[a-z]+ed|in|on|from|with|for|to|is|are|was|were|that|who|which|and)\b|$)"
)


def _told_of(plain: str, number: NumberMention, one: Spoken, wording: Wording) -> bool:
    """Whether a word for what is measured stands right before the number: “killed 92 miners”."""
    measured = [word for word in _WORD.findall(one.entity.name) if word in wording.measures]
    text = plain[max(one.sentence.start, number.whole.start - 24) : number.whole.start]
    if any(text.endswith(f"{word} of ") for word in measured):
        return True
    before = _WORD.findall(plain[max(one.sentence.start, number.whole.start - 24) : number.whole.start])
    return bool(before) and any(says_same(word, fold(before[-1])) for word in measured)


def _counts_else(following: list[str]) -> bool:
    """Whether what follows a number may be a noun that it counts."""
    return bool(following) and following[0].endswith("s") and following[0] not in ("as", "is", "was", "has", "this")


def _grows_to(plain: str, number: NumberMention, sentence: Span, noun: str, growing: list[str]) -> bool:
    """Whether the number is what the noun before it came to: “cases in India rose to 151”."""
    before = plain[max(sentence.start, number.at.start - 90) : number.at.start]
    verb = re.search(r"\b(?:" + "|".join(map(re.escape, growing)) + r")\W+(?:\w+\W+){0,2}$", before, re.IGNORECASE)
    if verb is None:
        return False
    return any(alike(fold(word), noun) for word in _WORD.findall(before[: verb.start()]))


def _is_other(value: Quantity, known: tuple[Fact, ...]) -> bool:
    """Whether a number that could be right isn't: “more than” so many where a thousand times as many are known, or a
    range with other ends than the known one."""
    values = [fact.value for fact in known if isinstance(fact.value, Quantity)]
    if value.high is None:
        return any(_same_digits(Quantity(value.low, value.low), one) for one in values)
    return bool(values) and _is_range(value) and all(_is_range(one) and _ends_differ(value, one) for one in values)


def _is_range(value: Quantity) -> bool:
    return value.low is not None and value.high is not None and value.high > 1.2 * value.low


def _ends_differ(one: Quantity, other: Quantity) -> bool:
    pairs = ((one.low or 0.0, other.low or 0.0), (one.high or 0.0, other.high or 0.0))
    return any(abs(first - second) > 0.03 * max(first, second) for first, second in pairs)


def _same_digits(one: Quantity, other: Quantity) -> bool:
    """Whether two amounts differ by a factor of a thousand or a million and nothing else: millions for billions."""
    for first, second in ((one.low, other.low), (one.high, other.high)):
        if not first or not second:
            return False
        ratio = max(first, second) / min(first, second)
        if not any(abs(ratio / factor - 1) < 0.06 for factor in (1e3, 1e6, 1e9)):
            return False
    return True
