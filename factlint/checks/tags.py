"""Parties, states, nationalities and employers beside names, held against the facts.

What stands right beside a name alone is read, and only where the facts say something of the same kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from msgspec import Struct

from factlint.checks.descriptions import descriptions_beside, is_head, tokens_of
from factlint.checks.titles import PEOPLE_FORMS, Bodies, nation_of, place_of
from factlint.facts.model import Fact, Role
from factlint.findings import Problem
from factlint.mentions import Reading
from factlint.names import NameMention
from factlint.source import Span
from factlint.times import Standing
from factlint.vocabulary import (
    any_of,
    compact,
    fold,
    lines_of,
    parties,
    places,
    state_names,
    states,
    vocabulary,
    written_like,
)

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|\w+(?:['-]\w+)*|[^\w\s]")
_WORD = re.compile(r"\w+")


# Tags: party and state


_TAG = re.compile(
    r" ?\(([A-Za-z]+)\.?(?:\)|[-–—, ]+([A-Z][\w. ]+?)\.?\))"
    r"|, ([A-Z])[-–—]([A-Z][a-z]+\.?|[A-Z]\.[A-Z]\.|[A-Z]{2})(?=[,.;) ]|$)"
)
_FROM = re.compile(r"(?: ?\([^)]{1,12}\))?,? (of|from) ((?:[A-Z][a-z]+\.?|[A-Z]\.(?:[A-Z]\.)?)(?: [A-Z][a-z]+\.?)?)")
_HOME = ("state", "home", "home state", "residence", "hometown", "constituency", "district", "birthplace")


class Tag(Struct, frozen=True):
    """A party or a state beside a name that is not the person's: what should stand there and the fact that says so."""

    at: Span
    kind: str
    right: str
    fact: Fact
    name: NameMention
    sure: float


def judge_tags(reading: Reading) -> Iterator[Tag]:
    """Hold parties and states beside names (“(R-Texas)”, “of Arizona”) against the facts."""
    facts = reading.facts
    text = reading.document.plain
    for mention in reading.names:
        entity = mention.entities[0]
        if mention.form not in PEOPLE_FORMS or len(mention.entities) > 1 or entity.kind != "person":
            continue
        known = facts.by_subject.get(entity.id, ())
        if not known:
            continue
        end = mention.span.end
        tag = _TAG.match(text, end)
        if tag:
            party, state = (1, 2) if tag[1] else (3, 4)
            yield from _party(reading, known, mention, tag[party], Span(*tag.span(party)))
            if tag[state]:
                yield from _state(reading, known, mention, tag[state], Span(*tag.span(state)), 0.95)
        member = _MEMBER.match(text, end)
        if member:
            yield from _party(reading, known, mention, member[1], Span(*member.span(1)))
        yield from _adjectives(reading, known, mention)
        origin = _FROM.match(text, end)
        if origin:
            place = origin[2]
            if compact(place) not in states() and " " in place:
                place = place.split(" ")[0]
            span = Span(origin.start(2), origin.start(2) + len(place))
            yield from _state(reading, known, mention, place, span, 0.93 if origin[1] == "of" else 0.8)
        else:
            apposition = _APPOSITION.match(text, end)
            if apposition:
                place = apposition[1]
                if compact(place) not in states() and " " in place:
                    place = place.split(" ")[0]
                span = Span(apposition.start(1), apposition.start(1) + len(place))
                yield from _state(reading, known, mention, place, span, 0.75)


_MEMBER = re.compile(r", (?:an?|the) ((?:[A-Z]\w+ )?[A-Z]\w+)(?=,| from| of| who| and|[.;]|$)")
_APPOSITION = re.compile(
    r", (?:an?|the) (?:[\w-]+ ){0,4}from ((?:[A-Z][a-z]+\.?|[A-Z]\.(?:[A-Z]\.)?)(?: [A-Z][a-z]+\.?)?)"
)


def _party(reading: Reading, known: Sequence[Fact], mention: NameMention, said: str, at: Span) -> Iterator[Tag]:
    claimed = parties().get(fold(said).replace(" ", "-"))
    if claimed is None or (len(said) == 1 and not said.isupper()):
        return
    held = [fact for fact in known if fact.attribute == "party" and isinstance(fact.value, str)]
    now = [fact for fact in held if fact.holds.at(reading.date) in (Standing.HOLDS, Standing.MAY_HOLD)]
    numbers = [_party_of(str(fact.value)) for fact in now]
    if now and all(number is not None and number != claimed for number in numbers):
        right = str(now[-1].value)
        if len(said) == 1:
            right = right[0].upper()
        yield Tag(at, "party", right, now[-1], mention, 0.93)


def _adjectives(reading: Reading, known: Sequence[Fact], mention: NameMention) -> Iterator[Tag]:
    """Hold the party in a title (“Democratic Sen. X”, “X, a Republican senator”) against the facts."""
    text = reading.document.plain
    held = [fact for fact in known if fact.attribute == "party" and isinstance(fact.value, str)]
    now = [fact for fact in held if fact.holds.at(reading.date) in (Standing.HOLDS, Standing.MAY_HOLD)]
    numbers = {_party_of(str(fact.value)) for fact in now}
    if not now or None in numbers:
        return
    sentence = reading.sentence_at(mention.span.start)
    said = text[sentence.start : sentence.end]
    if not any(word in said for word in _party_words()):
        return
    for described in descriptions_beside(reading, mention.span):
        if described.past or any(token.text.endswith("'s") for token in described.tokens):
            continue
        for token, following in pairwise(described.tokens):
            claimed = parties().get(token.folded)
            if claimed is not None and token.text in _party_words() and claimed not in numbers:
                place = place_of((following,)) in state_names()
                if (
                    is_head(following)
                    or following.folded in vocabulary()["coming"]
                    or (place and not following.text.isupper())
                ):
                    right = _adjective(str(now[-1].value))
                    yield Tag(Span(token.start, token.end), "party", right, now[-1], mention, 0.92)


@cache
def _party_words() -> frozenset[str]:
    return frozenset(word.capitalize() for word in vocabulary()["party"] if len(word) > 3)


def _adjective(value: str) -> str:
    """A party as the word before a title: “Democratic” of “Democrat”."""
    number = _party_of(value)
    return next((word.capitalize() for word in lines_of("party-adjective")[0] if parties()[word] == number), value)


def _party_of(value: str) -> int | None:
    known = parties()
    whole = known.get(fold(value).replace(" ", "-"))
    if whole is not None:
        return whole
    return next((known[fold(word)] for word in _WORD.findall(value) if fold(word) in known), None)


def _state(
    reading: Reading, known: Sequence[Fact], mention: NameMention, said: str, at: Span, sure: float
) -> Iterator[Tag]:
    claimed = states().get(compact(said.strip()))
    if claimed is None:
        return
    theirs: list[tuple[str, Fact]] = []
    for fact in known:
        if isinstance(fact.value, Role):
            theirs += [(states()[compact(name)], fact) for name in fact.value.of if compact(name) in states()]
        elif isinstance(fact.value, str):
            found = list(_states_in(fact.value))
            if fact.attribute in _HOME:
                theirs += [(state, fact) for state in found]
            elif claimed in found:
                return
    if not theirs or any(state == claimed for state, _ in theirs):
        return
    held = [one for one in theirs if one[1].holds.at(reading.date) in (Standing.HOLDS, Standing.MAY_HOLD)]
    state, fact = (held or theirs)[-1]
    yield Tag(at, "state", written_like(said, state), fact, mention, sure)


def said_states(text: str, end: int) -> Iterator[str]:
    """The states that a tag or “of” right after a name gives."""
    for match in (_TAG.match(text, end), _FROM.match(text, end)):
        if match and match[2] and compact(match[2].strip()) in states():
            yield states()[compact(match[2].strip())]


def _states_in(text: str) -> Iterator[str]:
    for part in (text, *re.split(r", | in ", text)):
        if compact(part.strip()) in states():
            yield states()[compact(part.strip())]


# Nationality


_NATIONAL = ("nationality", "country", "citizenship")


_NATIVE = re.compile(r", (?:the|an?) (?:[a-z-]+ )?([A-Z][\w-]+) [a-z]")


def judge_nationality(reading: Reading) -> Iterator[Tag]:
    """Hold an adjective of a country before a name (“the British band the Stars”) against a known nationality."""
    facts = reading.facts
    if not any(True for attribute in _NATIONAL[:1] for _ in facts.saying(attribute)):
        return
    text = reading.document.plain
    for mention in reading.names:
        entity = mention.entities[0]
        if len(mention.entities) > 1 or entity.kind not in ("person", "organization", "work"):
            continue
        held = [
            fact
            for fact in facts.of(entity.id, "nationality")
            if fact.holds.at(reading.date) in (Standing.HOLDS, Standing.MAY_HOLD) and isinstance(fact.value, str)
        ]
        theirs = {found for fact in held for found in (nation_of(str(fact.value)),) if found}
        if not theirs:
            continue
        sentence = reading.sentence_at(mention.span.start)
        tokens = [
            token
            for token in tokens_of(text, Span(sentence.start, mention.span.start))
            if token.end <= mention.span.start
        ]
        apposition = _NATIVE.match(text, mention.span.end)
        if apposition:
            place = places().get(compact(apposition[1]), "")
            if place and place not in theirs and place not in state_names() and compact(apposition[1]) != place:
                yield Tag(Span(*apposition.span(1)), "nationality", str(held[-1].value), held[-1], mention, 0.75)
        for steps, token in enumerate(reversed(tokens[-6:])):
            if not token.is_word or token.folded in vocabulary()["stop"] or token.folded in vocabulary()["preposition"]:
                break
            place = place_of((token,))
            if place and token.capital and steps:
                if place not in theirs and place not in state_names() and token.folded != place:
                    at = Span(token.start, token.end)
                    yield Tag(at, "nationality", str(held[-1].value), held[-1], mention, 0.85)
                break


# Where somebody works


@cache
def _works() -> re.Pattern[str]:
    verbs = rf"(?:{any_of('writes')}) (?:\w+ )?(?:in|for)|(?:{any_of('works')}) (?:\w+ )?(?:for|at|with)"
    body = r"(?:the )?(?:[A-Z][\w'&-]*(?: (?:of|for|and) (?:the )?)?(?: |(?=[,.;]|$)))+"
    verbs += rf"|(?:{any_of('leads')})"
    return re.compile(rf"(?:, [^,.;]{{3,60}},|, who)? (?:also |now |still )?(?:{verbs}) ({body})")


def judge_employers(reading: Reading) -> Iterator[Tag]:
    """Hold “writes for X”, “teaches at X” right after a name against the bodies of the person's roles."""
    facts = reading.facts
    text = reading.document.plain
    bodies = facts.remembered("bodies", Bodies)
    for mention in reading.names:
        entity = mention.entities[0]
        if mention.form not in PEOPLE_FORMS or len(mention.entities) > 1 or entity.kind != "person":
            continue
        match = _works().match(text, mention.span.end)
        if match is None:
            continue
        held = [
            fact
            for fact in facts.by_subject.get(entity.id, ())
            if isinstance(fact.value, Role)
            and fact.value.of
            and fact.holds.at(reading.date) in (Standing.HOLDS, Standing.MAY_HOLD)
        ]
        said = {compact(word) for word in _TOKEN.findall(match[1]) if word[0].isalnum()} - {"the", "of", "and", "for"}
        of = [name for fact in held if isinstance(fact.value, Role) for name in fact.value.of]
        known = [bodies.of(name) for name in of]
        telling = said - vocabulary()["generic"]
        if not known or not telling or any(body.place for body in known):
            continue
        if any(body.telling & said or any(way <= said for way in body.ways) for body in known):
            continue
        if " ".join(sorted(said)) in places() or any(word in places() for word in said):
            continue
        at = Span(match.start(1), match.start(1) + len(match[1].rstrip()))
        yield Tag(at, "employer", of[-1], held[-1], mention, 0.75)


def tags_agree(reading: Reading, *, kinds: list[str]) -> Iterator[Problem]:
    """Find what stands beside names and contradicts the facts.

    `kinds` are those to report: party, state, nationality, employer.
    """
    tags = [*judge_tags(reading)] if {"party", "state"} & set(kinds) else []
    if "nationality" in kinds:
        tags += judge_nationality(reading)
    if "employer" in kinds:
        tags += judge_employers(reading)
    for tag in sorted(tags, key=lambda one: one.at):
        if tag.kind in kinds:
            yield Problem(
                at=tag.at,
                words={"name": tag.name.entities[0].name},
                suggestions=(tag.right,),
                facts=(reading.facts.cite(tag.fact),),
                confidence=tag.sure,
            )
