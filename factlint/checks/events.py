"""When and where: dates and places of events, of founding, birth and death, held against the facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from datetime import timedelta
from functools import lru_cache
from itertools import pairwise

from factlint.claims import (
    WRONG,
    Claim,
    Mark,
    Verdict,
    find_patterns,
    problems_of,
    skeleton_of,
)
from factlint.dates import MONTHS, WEEKDAYS, DateKind, DateMention
from factlint.descriptions import Spoken, find_spoken
from factlint.facts.model import Entity, Fact, Facts
from factlint.findings import Problem
from factlint.mentions import Reading
from factlint.prepared import prepared
from factlint.source import Span
from factlint.times import Period

_PRECISE = (DateKind.DAY, DateKind.MONTH, DateKind.YEAR, DateKind.DECADE, DateKind.CENTURY)
# An event that comes again (an election, an address) is the known one only if its date is this near.
_RECURS = timedelta(days=75)
# A weekday alone speaks of a day within a week or so of the text's own.
_WEEK = timedelta(days=9)


def events_are_dated_as_known(
    reading: Reading,
    *,
    recurring: list[str] = [],  # noqa: B006 - options are never changed
    beside: list[str] = [],  # noqa: B006
    later: list[str] = [],  # noqa: B006
) -> Iterator[Problem]:
    """Hold the dates of events against the facts; see `read_event_dates`."""
    yield from problems_of(read_event_dates(reading, recurring=recurring, beside=beside, later=later), reading.facts)


def read_event_dates(reading: Reading, *, recurring: list[str], beside: list[str], later: list[str]) -> Iterator[Claim]:
    """Read dates in sentences that speak of an event: by its name or most words of it, or by what it is called
    (`mentions`) with all that it involves near. Of an event that comes again (with a word of `recurring` in its name)
    only a date near the known one is of the same. Words of `beside` between an event and a date part them, and so do
    they before the event where a comma follows it; a word of `later` in the sentence tells that the date may be that of
    what came after the event.
    """
    facts = reading.facts
    if not facts.rows_by_kind.get("event"):
        return
    seen: set[tuple[Span, str]] = set()
    parting, after = _words(beside), _words(later)
    for one in (*find_spoken(reading, "event"), *_called(reading)):
        known = [
            fact
            for fact in (*facts.of(one.entity.id, "date"), *facts.of(one.entity.id, "weekday"))
            if isinstance(fact.value, Period | str)
        ]
        if not known or (one.sentence, one.entity.id) in seen:
            continue
        seen.add((one.sentence, one.entity.id))
        comes_again = any(word in one.entity.name.casefold() for word in recurring)
        claim = _dated(reading, one, known, comes_again, parting, after)
        if claim is not None:
            yield claim


def _dated(
    reading: Reading,
    one: Spoken,
    known: Sequence[Fact],
    comes_again: bool,
    parting: re.Pattern[str],
    later: re.Pattern[str],
) -> Claim | None:
    """What a sentence says of an event's date: supported if any of its dates fits, else its nearest date is wrong."""
    periods = [(fact, fact.value) for fact in known if isinstance(fact.value, Period)]
    weekdays = [(fact, str(fact.value)) for fact in known if not isinstance(fact.value, Period)]
    dates = [mention for mention in reading.dates_in(one.sentence) if mention.kind is not DateKind.RELATIVE]
    told = [mention for mention in dates if mention.kind in _PRECISE and mention.period is not None]
    for first, second in pairwise(told):
        if _is_range(reading, first, second) and not _begins_with(periods, first):
            return _claim(reading, one, first, Verdict.CONTRADICTED, [fact for fact, _ in periods], 0.9)
    for mention in told:
        if any(mention.period.meets(period) for _, period in periods if mention.period):
            return _claim(reading, one, mention, Verdict.SUPPORTED, [fact for fact, _ in periods], 1.0)
    alone = [mention for mention in dates if mention.kind is DateKind.WEEKDAY]
    wrong = [
        mention
        for mention in told
        if periods and _may_be(mention, periods[0][1], comes_again, one) and not _parted(reading, one, mention, parting)
    ]
    if wrong:
        mention = min(wrong, key=lambda found: _distance(found.at, one.at))
        sure = 0.93 if one.coverage > 0.99 else 0.91 if one.coverage >= 0.7 else 0.7
        if mention.year is None and mention.kind is DateKind.MONTH:
            sure = min(sure, 0.8)
        if _distance(mention.at, one.at) > 60:
            sure = min(sure, 0.75)
        if any(
            not any(at.start < match.end() and match.start() < at.end for at in one.at)
            for match in later.finditer(reading.document.plain, one.sentence.start, one.sentence.end)
        ):
            sure = min(sure, 0.7)
        return _claim(reading, one, mention, Verdict.CONTRADICTED, [fact for fact, _ in periods], sure)
    for mention in alone:
        assert mention.weekday is not None
        for fact, name in weekdays:
            right = WEEKDAYS[mention.weekday] == name
            verdict = Verdict.SUPPORTED if right else Verdict.CONTRADICTED
            return _claim(reading, one, mention, verdict, [fact], 0.9, name)
        for fact, period in periods:
            if period.first is None or period.first != period.last or not _is_near(reading, period):
                continue
            right = period.first.weekday() == mention.weekday
            verdict = Verdict.SUPPORTED if right else Verdict.CONTRADICTED
            return _claim(reading, one, mention, verdict, [fact], 0.8, WEEKDAYS[period.first.weekday()])
    return None


def _is_range(reading: Reading, first: DateMention, second: DateMention) -> bool:
    """Whether two dates are told as the ends of one period: “from 2007 to 2011”."""
    plain = reading.document.plain
    return plain.endswith(("from ", "From ", "between ", "Between "), 0, first.at.start) and plain[
        first.at.end : second.at.start
    ] in (" to ", " until ", " through ", " and ")


def _begins_with(periods: Sequence[tuple[Fact, Period]], first: DateMention) -> bool:
    """Whether one of some periods of more than a day may begin on a date; so may a period that is shorter."""
    for _, period in periods:
        if period.first is None or first.period is None or period.last is None:
            return True
        if period.last.year - period.first.year < 1 or first.period.meets(Period(period.first, period.first)):
            return True
        if first.period.first is not None and first.period.first.year == period.first.year:
            return True
    return False


def _is_near(reading: Reading, period: Period) -> bool:
    anchor = reading.date
    if anchor.first is None or anchor.last is None or period.first is None:
        return False
    return anchor.first - _WEEK <= period.first <= anchor.last + _WEEK


def _may_be(mention: DateMention, known: Period, comes_again: bool, one: Spoken) -> bool:
    """Whether a date that differs from an event's may have been meant for it."""
    assert mention.period is not None
    if mention.kind in (DateKind.DECADE, DateKind.CENTURY):
        return one.coverage > 0.99 and not comes_again
    first, last = mention.period.first, mention.period.last
    if first is None or last is None or known.first is None or known.last is None:
        return False
    if comes_again or mention.year is None:
        return first <= known.last + _RECURS and known.first - _RECURS <= last
    return True


def _parted(reading: Reading, one: Spoken, mention: DateMention, parting: re.Pattern[str]) -> bool:
    """Whether a word between the event and a date tells that the date is another's."""
    nearest = min(one.at, key=lambda at: max(at.start - mention.at.end, mention.at.start - at.end))
    start, end = (
        sorted((nearest.end, mention.at.start))
        if nearest.end <= mention.at.start
        else (
            mention.at.end,
            nearest.start,
        )
    )
    plain = reading.document.plain
    if parting.search(plain, start, max(start, end)) is not None:
        return True
    first = one.at[0]
    comma = mention.at.start > nearest.end and ", " in plain[nearest.end : mention.at.start]
    return comma and parting.search(plain, max(one.sentence.start, first.start - 12), first.start) is not None


def _distance(at: Span, words: Sequence[Span]) -> int:
    return min(max(at.start - word.end, word.start - at.end) for word in words)


def _claim(
    reading: Reading,
    one: Spoken,
    mention: DateMention,
    verdict: Verdict,
    facts: Sequence[Fact],
    sure: float,
    known: str = "",
) -> Claim:
    value = facts[0].value if facts else None
    if not known and isinstance(value, Period):
        known = date_like(value, mention)
    return Claim(
        at=mention.at,
        subject=one.entity.name,
        attribute="date",
        value=mention.text,
        when=reading.date,
        verdict=verdict,
        facts=tuple(facts),
        words={"known": known},
        suggestions=(known,) if verdict in WRONG and known else (),
        confidence=sure,
    )


def date_like(period: Period, mention: DateMention) -> str:
    """A known date as a text would write it that has another there: “December 30, 2021”, “30 December”, “1947”."""
    first, last = period.first, period.last
    if first is None or last is None:
        return str(period)
    if first == last and mention.kind is DateKind.DAY:
        month = MONTHS[first.month - 1]
        if re.search(r"[A-Z][a-z]{2,3}\.", mention.text):
            month = month[:3] + "." if len(month) > 5 else month
        day_first = mention.text[:1].isdigit() and "-" not in mention.text
        text = f"{first.day} {month}" if day_first else f"{month} {first.day}"
        if "-" in mention.text and mention.text[:4].isdigit():
            return first.isoformat()
        if mention.year is None and (mention.period is None or mention.period.first is None):
            return text
        if mention.year is None and mention.period and mention.period.first and mention.period.first.year == first.year:
            return text
        return f"{text} {first.year}" if day_first else f"{text}, {first.year}"
    if mention.kind is DateKind.YEAR or (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        if last.year - first.year == 9 and first.year % 10 == 0:
            return f"the {first.year}s"
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    if first.month == last.month and first.year == last.year:
        return f"{MONTHS[first.month - 1]} {first.year}" if mention.year is not None else MONTHS[first.month - 1]
    return str(period)


def _called(reading: Reading) -> Iterator[Spoken]:
    """Sentences that call an event by one of its `mentions`, with all that it involves in the same paragraph."""
    plain, words = reading.document.plain, reading.words
    for entity, involved in reading.facts.remembered("events that are called", _events_called):
        if not all(last in words if last.isalnum() else last in plain for last in involved):
            continue
        for called in sorted(entity.mentions, key=len, reverse=True):
            first, lead, pattern = _spelt(called)
            for at in reading.find_words((first,)):
                match = pattern.match(plain, at - lead)
                sentence = reading.sentence_at(at)
                if match and _involved(reading, entity, sentence, reading.block_at(at).span):
                    yield Spoken(entity, sentence, 0.99, (Span(at - lead, match.end()),))


def _events_called(facts: Facts) -> tuple[tuple[Entity, tuple[str, ...]], ...]:
    """The events that are called by something, with the last words of the names of what they involve."""
    return tuple(
        (entity, tuple(name.split()[-1] for name in entity.involves))
        for entity in facts.entities_of("event")
        if entity.mentions and entity.involves
    )


@lru_cache(maxsize=1024)
def _spelt(phrase: str) -> tuple[str, int, re.Pattern[str]]:
    """The first word of a phrase in small letters, where it begins there, and a pattern of the phrase in any case."""
    word = re.search(r"\w+", phrase)
    first, lead = (word[0].lower(), word.start()) if word else ("", 0)
    return first, lead, re.compile(rf"{re.escape(phrase)}(?!\w)", re.IGNORECASE)


def _involved(reading: Reading, entity: Entity, sentence: Span, block: Span) -> bool:
    """Whether all that an event involves is named in a sentence, or most of it there and the rest in its paragraph or
    anywhere before."""
    missing = []
    for name in entity.involves:
        last = name.split()[-1]
        if not re.search(rf"\b{re.escape(last)}\b", reading.document.plain[sentence.start : sentence.end]):
            missing.append(last)
    return len(missing) < len(entity.involves) and all(
        re.compile(rf"\b{re.escape(last)}\b").search(reading.document.plain, 0, block.end) for last in missing
    )


@prepared
def _words(words: list[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b" if words else r"(?!)", re.IGNORECASE)


# Birth, death, founding, end


def lives_are_dated_as_known(
    reading: Reading,
    *,
    patterns: dict[str, list[str]] = {},  # noqa: B006
    years_ago: dict[str, list[str]] = {},  # noqa: B006
) -> Iterator[Problem]:
    """Hold dates of birth, death, founding and end against the facts; see `read_lives`."""
    yield from problems_of(read_lives(reading, patterns=patterns, years_ago=years_ago), reading.facts)


def read_lives(reading: Reading, *, patterns: dict[str, list[str]], years_ago: dict[str, list[str]]) -> Iterator[Claim]:
    """Read when somebody was born or something founded: `patterns` by the attribute of the facts, with {subject:…} and
    {value:date}; in `years_ago` the value is a number of years before the text's own date."""
    for sentence, mentions, attributes in _sentences_with_names(reading, {*patterns, *years_ago}):
        values = [
            *(Mark("date", found.at, found) for found in reading.dates_in(sentence) if found.kind in _PRECISE),
            *(Mark("number", number.at, number) for number in reading.numbers_in(sentence) if not number.ordinal),
        ]
        if not values:
            continue
        marks = [*(Mark(_kind(entity), span, entity) for span, entity in mentions), *values]
        skeleton = skeleton_of(reading.document.plain, sentence, marks)
        for attribute in sorted(attributes):
            for match in find_patterns(skeleton, patterns.get(attribute, ())):
                claim = _life(reading, match.roles["subject"].mention, attribute, match.roles["value"].mention)
                if claim is not None:
                    yield claim
            for match in find_patterns(skeleton, years_ago.get(attribute, ())):
                number = match.roles["value"].mention
                claim = _ago(reading, match.roles["subject"].mention, attribute, number.at, number.value.exact)
                if claim is not None:
                    yield claim


def _kind(entity: Entity) -> str:
    return entity.kind if entity.kind in ("person", "organization", "place", "event", "work") else "organization"


def _sentences_with_names(
    reading: Reading, attributes: Set[str]
) -> Iterator[tuple[Span, list[tuple[Span, Entity]], Set[str]]]:
    """The sentences that name something of which the facts give one of some attributes, with all that they name and
    those of the attributes that are given of any of it."""
    facts = reading.facts.by_subject
    named = [(mention.span, mention.entity) for mention in reading.names if mention.entity is not None]
    given = {span: {fact.attribute for fact in facts.get(entity.id, ())} & attributes for span, entity in named}
    known = [span for span, of_it in given.items() if of_it]
    if not known:
        return
    found: dict[Span, list[tuple[Span, Entity]]] = {}
    for span, entity in named:
        found.setdefault(reading.sentence_at(span.start), []).append((span, entity))
    for sentence in sorted(reading.sentences_at(span.start for span in known)):
        mentions = found[sentence]
        yield sentence, mentions, frozenset[str]().union(*[given[span] for span, _ in mentions])


def _life(reading: Reading, entity: Entity, attribute: str, mention: DateMention) -> Claim | None:
    facts = [fact for fact in reading.facts.of(entity.id, attribute) if isinstance(fact.value, Period)]
    if not facts or mention.period is None:
        return None
    right = any(mention.period.meets(fact.value) for fact in facts if isinstance(fact.value, Period))
    value = facts[0].value
    known = date_like(value, mention) if isinstance(value, Period) else ""
    return Claim(
        at=mention.at,
        subject=entity.name,
        attribute=attribute,
        value=mention.text,
        when=reading.date,
        verdict=Verdict.SUPPORTED if right else Verdict.CONTRADICTED,
        facts=tuple(facts),
        words={"known": known, "what": attribute},
        suggestions=() if right else (known,),
        confidence=0.93,
    )


def _ago(reading: Reading, entity: Entity, attribute: str, at: Span, years: float | None) -> Claim | None:
    facts = [fact for fact in reading.facts.of(entity.id, attribute) if isinstance(fact.value, Period)]
    anchor = reading.date
    if not facts or years is None or anchor.first is None or anchor.last is None:
        return None
    value = facts[0].value
    assert isinstance(value, Period)
    if value.first is None or value.last is None:
        return None
    least, most = anchor.first.year - value.last.year - 1, anchor.last.year - value.first.year
    right = least - 1 <= years <= most + 1 or (years % 5 == 0 and abs(years - most) <= 0.06 * years)
    return Claim(
        at=at,
        subject=entity.name,
        attribute=attribute,
        value=reading.document.text[at.start : at.end],
        when=reading.date,
        verdict=Verdict.SUPPORTED if right else Verdict.CONTRADICTED,
        facts=tuple(facts),
        words={"known": date_words(value), "what": attribute},
        suggestions=() if right else (str(most),),
        confidence=0.93,
    )


def date_words(period: Period) -> str:
    """A known date in a message: “1948”, “April 1949”, “April 4, 1949”."""
    first, last = period.first, period.last
    if first is None or last is None:
        return str(period)
    if first == last:
        return f"{MONTHS[first.month - 1]} {first.day}, {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{MONTHS[first.month - 1]} {first.year}"
    return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
