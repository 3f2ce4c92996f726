"""Figures: numbers that articles repeat, known by a description, held against numbers that measure the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from factlint.claims import WRONG, Claim, Verdict, judge, problems_of, times_of
from factlint.descriptions import Spoken, alike, find_spoken, fold
from factlint.facts.model import Fact
from factlint.findings import Problem
from factlint.mentions import Reading
from factlint.numbers import PERCENT, SHARE, NumberMention, Quantity, in_prose
from factlint.source import Span
from factlint.times import Period

# A figure of one day is still spoken of so many days later.
_LINGERS = timedelta(days=3)
_AFTER = re.compile(r"(?:[ -](?:[^\W_]+(?:['-][^\W_]+)*)){1,5}")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


def figures_agree_with_facts(
    reading: Reading,
    *,
    currencies: dict[str, list[str]] = {},  # noqa: B006 - options are never changed
    growing: list[str] = [],  # noqa: B006
    hedges: list[str] = [],  # noqa: B006
    general: list[str] = [],  # noqa: B006
) -> Iterator[Problem]:
    """Hold numbers against the figures of the facts; see `read_figures`."""
    claims = read_figures(reading, currencies=currencies, growing=growing, hedges=hedges, general=general)
    yield from problems_of(claims, reading.facts)


def read_figures(
    reading: Reading,
    *,
    currencies: dict[str, list[str]],
    growing: list[str],
    hedges: list[str],
    general: Sequence[str] = (),
) -> Iterator[Claim]:
    """Read numbers that measure what a figure of the facts does, in sentences that speak of it.

    A number is held against a figure only if it has its unit: the same currency (`currencies`: signs and words of
    each), a share or percentage, or the unit's noun beside it (or the noun before one of the words `growing`: “cases
    rose to 151”). A unit of `general` (“people”) stands for whatever the name or `near` say is counted (“troops”).
    Words of `hedges` before it leave it undecided.
    """
    if not reading.facts.rows_by_kind.get("figure"):
        return
    hedge = re.compile(r"\b(?:" + "|".join(map(re.escape, hedges)) + r")\b", re.IGNORECASE) if hedges else None
    done: set[Span] = set()
    spoken = sorted(find_spoken(reading, "figure"), key=lambda one: (-one.coverage, one.sentence))
    for one in spoken:
        claim = _claim(reading, one, currencies, growing, hedge, done, general)
        if claim is not None:
            done.add(claim.at)
            yield claim


def _claim(
    reading: Reading,
    one: Spoken,
    currencies: Mapping[str, list[str]],
    growing: list[str],
    hedge: re.Pattern[str] | None,
    done: set[Span],
    general: Sequence[str],
) -> Claim | None:
    facts = reading.facts
    known = _known(reading, one)
    every = tuple(facts.of(one.entity.id, "value"))
    unit = next((fact.value.unit for fact in every if isinstance(fact.value, Quantity)), "")
    dates = [mention.at for mention in reading.dates_in(one.sentence)]
    fitting = []
    for number in reading.numbers_in(one.sentence):
        if number.ordinal or number.at in done or any(number.at.overlaps(at) for at in dates):
            continue
        strength = _measures(reading, number, unit, one, every, currencies, growing, general)
        if strength:
            fitting.append((strength, -_distance(number.at, one.at), number))
    if not fitting:
        return None
    for _, _, number in fitting:
        if judge(number.value, known) is Verdict.SUPPORTED and not _is_other(number.value, known):
            return _made(reading, one, number, Verdict.SUPPORTED, known, 1.0)
    strength, _, number = max(fitting, key=lambda item: item[:2])
    if not known:
        return _made(reading, one, number, Verdict.UNKNOWN, (), 1.0)
    same_digits = any(_same_digits(number.value, fact.value) for fact in known if isinstance(fact.value, Quantity))
    before = reading.document.plain[max(one.sentence.start, number.at.start - 40) : number.at.start]
    if hedge is not None and hedge.search(before) and not same_digits:
        return _made(reading, one, number, Verdict.UNDECIDED, known, 1.0)
    sure = 0.92 if one.coverage >= 0.7 and strength > 1 else 0.75
    if one.coverage < 0.65 and not same_digits:
        sure = 0.6
    if same_digits:
        sure = max(sure, 0.95)  # millions for billions
    return _made(reading, one, number, Verdict.CONTRADICTED, known, sure)


def _made(
    reading: Reading, one: Spoken, number: NumberMention, verdict: Verdict, facts: tuple[Fact, ...], sure: float
) -> Claim:
    value = facts[0].value if facts else None
    suggestion = (in_prose(value, number.text),) if verdict in WRONG and isinstance(value, Quantity) else ()
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
    currencies: Mapping[str, list[str]],
    growing: list[str],
    general: Sequence[str],
) -> int:
    """How surely a number measures what a figure does: 0 not at all, 1 perhaps, 2 by its unit."""
    plain = reading.document.plain
    after = _AFTER.match(plain, number.at.end, min(one.sentence.end, number.at.end + 60))
    following = [fold(word) for word in _WORD.findall(after[0])] if after else []
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
        beside = bool(near) and any(alike(near[0], word) or alike(near[-1], word) for word in words)
        return 2 if beside or one.coverage > 0.9 else 1
    if number.value.unit:
        return 0
    if unit:
        noun = fold(unit.split()[-1])
        right_after = following[: 5 if following[:1] == ["of"] else 3]
        if any(alike(word, noun) for word in right_after):
            return 2
        if noun in general:
            counted = {fold(word) for text in (one.entity.name, *one.entity.near) for word in _WORD.findall(text)}
            if any(word in counted and word.endswith("s") for word in right_after):
                return 2
        return 2 if _grows_to(plain, number, one.sentence, noun, growing) and not _counts_else(following) else 0
    words = [fold(word) for word in _WORD.findall(one.entity.name)]
    return 1 if following and any(alike(following[0], word) for word in words if len(word) > 3) else 0


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
