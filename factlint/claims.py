"""What mentions say together: claims about known things, read by patterns and held against what was true then.

A pattern is data. It is matched against the skeleton of a sentence, in which each mention is one mark, so that no
pattern does arithmetic with offsets. `judge` is the only comparison of what is claimed with what is known.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from factlint.dates import DateKind
from factlint.facts.model import Fact, Facts, Knowledge
from factlint.findings import DOUBTFUL, Problem, Related
from factlint.mentions import Reading
from factlint.numbers import Quantity, disjoint
from factlint.source import Span
from factlint.times import ALWAYS, Period

if TYPE_CHECKING:
    from factlint.rules import Rule


class Verdict(Enum):
    """How a claim stands to the facts."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    OUTDATED = "outdated"  # it was right at another time
    UNDECIDED = "undecided"  # it was read, and can't be decided: hedged, too vague, or about a part
    UNKNOWN = "unknown"  # the facts say nothing of it


WRONG = (Verdict.CONTRADICTED, Verdict.OUTDATED)


class Claim(Struct, frozen=True):
    """A claim at a place of the prose: of whom (`subject`, a name), what (`attribute`), which value, on which days.

    `facts` are those that the verdict rests on. The rest is for the problem that a wrong claim is: see Problem.
    """

    at: Span
    subject: str
    attribute: str
    value: str
    when: Period
    verdict: Verdict
    facts: tuple[Fact, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    confidence: float = 1.0


def problems_of(claims: Iterable[Claim], facts: Facts) -> Iterator[Problem]:
    """The problems that wrong claims are."""
    for claim in claims:
        if claim.verdict in WRONG and claim.confidence >= DOUBTFUL:
            yield Problem(
                claim.at,
                {"subject": claim.subject, "value": claim.value, **claim.words},
                claim.suggestions,
                None,
                claim.related,
                tuple(facts.cite(fact) for fact in claim.facts),
                claim.confidence,
            )


def judge(claimed: Quantity, known: Iterable[Fact]) -> Verdict:
    """Hold a number against the facts of one attribute at one time: any that it fits supports it."""
    values = [fact.value for fact in known if isinstance(fact.value, Quantity)]
    if not values:
        return Verdict.UNKNOWN
    return Verdict.CONTRADICTED if all(disjoint(claimed, value) for value in values) else Verdict.SUPPORTED


def known_at(facts: Facts, subject: str, attribute: str, when: Period) -> tuple[Fact, ...]:
    """The facts of an attribute that hold, or may hold, on the days of `when`; none where nothing is known of then."""
    knowledge, known = facts.about(subject, attribute, when)
    return known if knowledge is Knowledge.KNOWN else ()


def times_of(reading: Reading, sentence: Span) -> tuple[Period, ...]:
    """The times that a sentence gives itself: days, months, years, as far as they are placed."""
    kinds = (DateKind.DAY, DateKind.MONTH, DateKind.YEAR, DateKind.DECADE)
    return tuple(mention.period for mention in reading.dates_in(sentence) if mention.period and mention.kind in kinds)


def told_time(when: Period) -> str:
    """A time for a message; nothing where it is every day."""
    return "" if when == ALWAYS else str(when)


# Skeletons and patterns

# What a mark stands for; each is one character that no text holds by right.
MARKS = {
    kind: chr(0xE000 + number)
    for number, kind in enumerate(
        ("organization", "number", "ordinal", "noun", "date", "person", "place", "event", "work", "generic", "unit")
    )
}
_MARK_OF = {mark: kind for kind, mark in MARKS.items()}
# A text that holds one all the same must not be taken for a mention.
_NO_MARK = re.compile(f"[{''.join(_MARK_OF)}]")


class Mark(Struct, frozen=True):
    """A mention in a skeleton."""

    kind: str
    at: Span
    mention: Any


class Skeleton(Struct, frozen=True):
    """A sentence with its mentions as marks; `marks` are by their place in `text`."""

    text: str
    marks: Mapping[int, Mark]
    sentence: Span
    _places: tuple[tuple[int, int], ...]  # (in the skeleton, in the prose), at the start of each part

    def prose(self, offset: int) -> int:
        """Where a place of the skeleton stands in the prose."""
        found = self._places[0]
        for place in self._places:
            if place[0] > offset:
                break
            found = place
        return found[1] + offset - found[0]


def skeleton_of(plain: str, sentence: Span, marks: Iterable[Mark]) -> Skeleton:
    """The skeleton of a sentence with some mentions; of two that overlap the one that comes first in `marks` stays."""
    taken: list[Mark] = []
    for mark in marks:
        if sentence.contains(mark.at) and not any(mark.at.overlaps(other.at) for other in taken):
            taken.append(mark)
    taken.sort(key=lambda mark: mark.at)
    parts: list[str] = []
    places = [(0, sentence.start)]
    by_place: dict[int, Mark] = {}
    at, length = sentence.start, 0
    for mark in taken:
        before = _NO_MARK.sub("\N{REPLACEMENT CHARACTER}", plain[at : mark.at.start])
        parts += (before, MARKS[mark.kind])
        length += len(before)
        by_place[length] = mark
        length += 1
        at = mark.at.end
        places.append((length, at))
    parts.append(_NO_MARK.sub("\N{REPLACEMENT CHARACTER}", plain[at : sentence.end]))
    return Skeleton("".join(parts), by_place, sentence, tuple(places))


class Match(Struct, frozen=True):
    """A pattern found in a skeleton: its span in the prose, and the mention in each of its roles."""

    at: Span
    roles: Mapping[str, Mark]
    text: str
    before: str


_TOKEN = re.compile(
    r"\{words(?::(?P<most>\d+))?\}|\{(?P<role>\w+):(?P<kinds>[\w|]+)\}|(?P<end>\{end\})|\\(?P<itself>.)|(?P<open>\[)|(?P<close>\])"
)


@lru_cache(maxsize=512)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    r"""A pattern as a regular expression over skeletons; ValueError if it is none.

    `{role:kind}` is a mention (`kind` may be several, parted by |), `{words}` or `{words:4}` at most so many words,
    `{end}` the end of a clause, `\\(` a bracket, `[…]` may be missing, `(…|…)` are alternatives; everything else is
    what it says, in either case.
    """
    parts = [r"(?<!\w)"]
    at = 0
    for token in _TOKEN.finditer(pattern):
        parts.append(_literal(pattern[at : token.start()]))
        at = token.end()
        if token["role"]:
            marks = "".join(MARKS[kind] for kind in token["kinds"].split("|"))
            parts.append(f"(?P<{token['role']}>[{marks}])")
        elif token["itself"]:
            parts.append(re.escape(token["itself"]))
        elif token["end"]:
            parts.append(r"(?=\s*(?:[.,;:!?)]|$))")
        elif token["open"]:
            parts.append("(?:")
        elif token["close"]:
            parts.append(")?")
        else:
            most = token["most"] or "8"
            parts.append(rf"(?:[\w'&.-]+,? ){{0,{most}}}?")
    parts.append(_literal(pattern[at:]))
    if pattern[-1].isalnum():
        parts.append(r"(?!\w)")
    try:
        return re.compile("".join(parts), re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"the pattern “{pattern}” can't be read: {error.msg}") from None


@lru_cache(maxsize=512)
def _needed(pattern: str) -> tuple[str, ...]:
    """The marks of the roles that no match of a pattern goes without, the kinds of each role together."""
    needed = []
    depth = 0
    for part in re.finditer(r"\\.|[\[(]|[\])]|\{\w+:[\w|]+\}", pattern):
        if part[0] in "[(":
            depth += 1
        elif part[0] in "])":
            depth -= 1
        elif part[0][0] == "{" and not depth and (token := _TOKEN.fullmatch(part[0])) and token["role"]:
            needed.append("".join(MARKS[kind] for kind in token["kinds"].split("|")))
    return tuple(needed)


def _literal(text: str) -> str:
    if text.replace(" ", "").isalnum():
        return text
    return re.sub(r"[^\w\s()|]", lambda match: re.escape(match[0]), text).replace("(", "(?:")


@lru_cache(maxsize=512)
def _possible(patterns: tuple[str, ...], marks: frozenset[str]) -> tuple[re.Pattern[str], ...]:
    """The patterns that may match where there are some marks and no others."""
    return tuple(
        compile_pattern(pattern)
        for pattern in patterns
        if all(not marks.isdisjoint(kinds) for kinds in _needed(pattern))
    )


def find_patterns(skeleton: Skeleton, patterns: Sequence[str]) -> Iterator[Match]:
    """Find patterns in a skeleton, an earlier pattern first; no two matches share a mention in the role `value`."""
    seen: set[int] = set()
    for pattern in _possible(tuple(patterns), frozenset(mark for mark in _MARK_OF if mark in skeleton.text)):
        for match in pattern.finditer(skeleton.text):
            roles = {
                role: skeleton.marks[match.start(role)] for role in match.groupdict() if match.group(role) is not None
            }
            key = match.start("value") if "value" in roles else match.start()
            if key in seen:
                continue
            seen.add(key)
            span = Span(skeleton.prose(match.start()), _end(skeleton, match.end()))
            yield Match(span, roles, match[0], skeleton.text[: match.start()])


def _end(skeleton: Skeleton, offset: int) -> int:
    last = skeleton.marks.get(offset - 1)
    return last.at.end if last else skeleton.prose(offset)


# All claims of a text, for the sheet and the counts of a report

# The functions that read claims with the options of a rule, by the check that the rule calls, as module:function.
CLAIM_READERS: dict[str, str] = {
    "ages_agree_with_facts": "factlint.checks.attributes:read_ages",
    "capitals_agree_with_facts": "factlint.checks.attributes:read_capitals",
    "counts_agree_with_facts": "factlint.checks.counts:read_counts",
    "events_are_dated_as_known": "factlint.checks.events:read_event_dates",
    "lives_are_dated_as_known": "factlint.checks.events:read_lives",
    "figures_agree_with_facts": "factlint.checks.figures:read_figures",
    "members_agree_with_facts": "factlint.checks.attributes:read_members",
    "places_agree_with_facts": "factlint.checks.attributes:read_places",
    "statements_agree_with_facts": "factlint.checks.stated:read_statements",
    "weekdays_fit": "factlint.checks.dates:read_weekdays",
}


def find_claims(reading: Reading, rules: Iterable[Rule]) -> tuple[Claim, ...]:
    """All claims of a text by place: those that rules read, and every other number and date, which nothing is known of.

    A claim that several rules read is the one that was decided.
    """
    found: dict[Span, Claim] = {}
    for rule in rules:
        where = CLAIM_READERS.get(rule.check)
        if where is None:
            continue
        module, _, function = where.partition(":")
        read: Callable[..., Iterator[Claim]] = getattr(import_module(module), function)
        for claim in read(reading, **rule.options):
            known = found.get(claim.at)
            if known is None or _RANK[claim.verdict] < _RANK[known.verdict]:
                found[claim.at] = claim
    taken = sorted(found)
    for claim in _others(reading):
        index = bisect_right(taken, claim.at)
        if not any(claim.at.overlaps(other) for other in taken[max(index - 1, 0) : index + 1]):
            found[claim.at] = claim
    return tuple(sorted(found.values(), key=lambda claim: claim.at))


def _others(reading: Reading) -> Iterator[Claim]:
    """Every number that counts or measures something, and every day, as a claim that nothing is known of."""
    plain = reading.document.plain
    for block in reading.document.blocks:
        if block.kind == "data":
            continue
        dates = [mention for mention in reading.dates_in(block.span) if mention.kind is not DateKind.WEEKDAY]
        starts = [mention.at.start for mention in dates]
        for mention in dates:
            if mention.kind is DateKind.DAY:
                yield Claim(mention.at, "", "date", mention.text, reading.date, Verdict.UNKNOWN)
        for number in reading.numbers_in(block.span):
            index = bisect_right(starts, number.at.start)
            near = dates[max(index - 1, 0) : index + 1]
            if number.ordinal or any(number.at.overlaps(mention.at) for mention in near) or number.text == "one":
                continue
            if number.value.unit or _PLURAL.match(plain, number.at.end):
                yield Claim(number.at, "", "number", number.text, reading.date, Verdict.UNKNOWN)


# A noun in the plural within three words of a number, or one joined to it by a hyphen.
_PLURAL = re.compile(
    r"(?:[ -][a-z'-]+){0,2}[ -](?:[a-z]+s|people|percent|men|women|children)\b|-[a-z]+"
    r"|(?: (?:[A-Z][\w'-]*,?|and)){1,6} (?:[a-z]+s|people|men|women|children)\b"
)


_ORDER = (*WRONG, Verdict.SUPPORTED, Verdict.UNDECIDED, Verdict.UNKNOWN)
_RANK = {verdict: number for number, verdict in enumerate(_ORDER)}


def count_claims(reading: Reading, rules: Iterable[Rule]) -> dict[str, int]:
    """How many claims have which verdict."""
    counts = {verdict.value: 0 for verdict in Verdict}
    for claim in find_claims(reading, rules):
        counts[claim.verdict.value] += 1
    return counts
