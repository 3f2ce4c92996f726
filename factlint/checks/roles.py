"""Posts that are somebody else's: of another holder on that day, or of a namesake.

A post counts as somebody's only where the facts know exactly one holder on that day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from factlint.checks.descriptions import Description, Where, descriptions_beside, head_of, is_head, said_in, title_words
from factlint.checks.tags import judge_tags, said_states
from factlint.checks.titles import PEOPLE_FORMS, Bodies, Verdict, judge, judge_titles, object_of, successor_of
from factlint.facts.model import Entity, Fact, Facts, Role
from factlint.findings import Problem
from factlint.mentions import Reading
from factlint.names import ALIAS, NAME, NameMention, index_of, surname_of
from factlint.source import Span
from factlint.times import Period, Standing
from factlint.vocabulary import compact, fold, states, vocabulary

_WORD = re.compile(r"\w+")


# Somebody else's post


class Usurped(Struct, frozen=True):
    """A post that the text gives to somebody while the facts give it to somebody else then."""

    at: Span
    name: str
    holder: Fact
    sure: float
    right: str = ""  # what the post should be where the name is right


def judge_holders(reading: Reading) -> Iterator[Usurped]:
    """Find posts of one holder that the text gives to a known person who never had them, or had them at another time.

    Either the post is wrong or the name: both are found together where they stand side by side.
    """
    facts = reading.facts
    text = reading.document.plain
    for late in judge_titles(reading):
        successor = successor_of(facts, late)
        if successor is not None:
            judged = late.judgement
            yield Usurped(_both(judged.at, late.name.span), late.entity.name, successor, judged.sure, judged.right)
    settled = {late.name.span for late in judge_titles(reading)}
    people = [mention for mention in reading.names if any(entity.kind == "person" for entity in mention.entities)]
    bodies = facts.remembered("bodies", Bodies)
    for mention in people:
        entity = mention.entities[0]
        if mention.form not in PEOPLE_FORMS or len(mention.entities) > 1 or entity.kind != "person":
            continue
        if mention.span in settled:
            continue
        own = [fact for fact in facts.by_subject.get(entity.id, ()) if fact.attribute == "role"]
        for described in descriptions_beside(reading, mention.span):
            if described.past or described.coming or described.where is Where.WAS:
                continue
            found = _holder(facts, bodies, described, own, entity, reading.date)
            if found is not None:
                at, holder, sure = found
                right = _post_there(own, holder, reading.date)
                yield Usurped(_both(at, mention.span), text[mention.span.start : mention.span.end], holder, sure, right)


def _post_there(own: Sequence[Fact], holder: Fact, when: Period) -> str:
    """The title of the post that somebody has in the body of another's, if any."""
    bodies = set(holder.value.of) if isinstance(holder.value, Role) else set()
    for fact in own:
        if isinstance(fact.value, Role) and fact.holds.at(when) is Standing.HOLDS and bodies & set(fact.value.of):
            return fact.value.title
    return ""


def _both(one: Span, other: Span) -> Span:
    """A title and a name as one place, where they stand side by side."""
    first, second = sorted((one, other))
    return Span(first.start, second.end) if second.start - first.end <= _SIDE_BY_SIDE else one


_SIDE_BY_SIDE = 25  # characters, as of “… of the United States, ”


def _holder(
    facts: Facts, bodies: Bodies, described: Description, own: Sequence[Fact], entity: Entity, when: Period
) -> tuple[Span, Fact, float] | None:
    phrase = described.tokens
    said = said_in(phrase)
    if any(isinstance(fact.value, Role) and head_of(fact.value.title) in said for fact in own):
        return None
    if said & (vocabulary()["rank"] - {"chief", "executive", "first", "second", "general"}):
        return None
    for start in range(len(phrase)):
        for end in range(min(len(phrase), start + 6), start, -1):
            title = " ".join(token.text for token in phrase[start:end])
            holders = [
                fact
                for fact in facts.holders(title)
                if fact.subject != entity.id
                and fact.holds.at(when) is Standing.HOLDS
                and (fact.holds.since is not None or fact.holds.until is not None)
            ]
            if len(holders) != 1:
                continue
            role = holders[0].value
            assert isinstance(role, Role)
            at = next((n for n in range(end - 1, start - 1, -1) if is_head(phrase[n])), end - 1)
            stated = object_of(phrase, at)
            if stated is not None and {token.folded for token in stated.tokens} <= set(title_words(role.title)):
                stated = None
            named = any(bodies.named(bodies.of(name), said) for name in role.of)
            if role.of and not named and (stated is not None or len(title.split()) == 1):
                return None
            everyone = {fact.value.of for fact in facts.holders(title) if isinstance(fact.value, Role)}
            if not named and len(everyone) > 1:
                return None
            return Span(phrase[start].start, phrase[end - 1].end), holders[0], 0.9 if named else 0.8
    return None


# Somebody of the same surname


def judge_namesakes(reading: Reading) -> Iterator[tuple[NameMention, Entity, Fact]]:
    """Find people whom the words beside their names contradict while they fit another person of that surname."""
    facts = reading.facts
    text = reading.document.plain
    faults = {found.name.span: found.name for found in judge_titles(reading) if found.judgement.sure >= 0.7}
    faults |= {tag.name.span: tag.name for tag in judge_tags(reading) if tag.kind == "state" and tag.sure >= 0.7}
    faults |= {mention.span: mention for mention in _otherwise_titled(reading)}
    if not faults:
        return
    index = index_of(facts)
    bodies = facts.remembered("bodies", Bodies)
    for _, mention in sorted(faults.items()):
        entity = mention.entities[0]
        words = _WORD.findall(surname_of(entity.name))
        rows = index.surnames.get(fold(words[-1]), ()) if words else ()
        fitting = []
        for row in rows[:30]:
            other = facts.entities[row]
            if other.id == entity.id:
                continue
            fact = _fits(reading, facts, bodies, text, mention, other)
            if fact is not None:
                fitting.append((other, fact))
        if len(fitting) == 1:
            yield mention, *fitting[0]


def _otherwise_titled(reading: Reading) -> Iterator[NameMention]:
    """People named in full right after a title of which none of theirs has the head, though they have some."""
    facts = reading.facts
    surnames = index_of(facts).surnames
    for mention in reading.names:
        entity = mention.entities[0]
        if mention.form not in (NAME, ALIAS) or len(mention.entities) > 1 or entity.kind != "person":
            continue
        words = _WORD.findall(surname_of(entity.name))
        if not words or len(surnames.get(fold(words[-1]), ())) < 2:
            continue
        roles = [fact.value for fact in facts.by_subject.get(entity.id, ()) if isinstance(fact.value, Role)]
        heads = {head_of(title) for role in roles for title in (role.title, *role.aliases)}
        for described in descriptions_beside(reading, mention.span):
            now = described.where is Where.BEFORE and not described.past and not described.coming
            if now and heads and heads.isdisjoint(said_in(described.tokens)):
                yield mention


def _fits(
    reading: Reading, facts: Facts, bodies: Bodies, text: str, mention: NameMention, other: Entity
) -> Fact | None:
    """The role by which the words beside a name fit another person; None where they contradict or say nothing."""
    known = facts.by_subject.get(other.id, ())
    stated = list(said_states(text, mention.span.end))
    roles = [fact for fact in known if fact.attribute == "role"]
    fitting: Fact | None = None
    for described in descriptions_beside(reading, mention.span):
        judged = [found for fact in roles if (found := judge(described, fact, bodies, reading.date, False)) is not None]
        held = [found.fact for found in judged if found.verdict is Verdict.HELD]
        if judged and not held:
            return None
        fitting = fitting or (held[0] if held else None)
    for state in stated:
        theirs = {
            states().get(compact(name)) for fact in roles if isinstance(fact.value, Role) for name in fact.value.of
        }
        if state not in theirs:
            return None
    return fitting


def names_the_right_person(reading: Reading) -> Iterator[Problem]:
    """Find people whose title or state is that of another known person of the same surname."""
    for mention, other, fact in judge_namesakes(reading):
        yield Problem(
            at=mention.span,
            words={"name": other.name, "role": str(fact.value)},
            suggestions=(other.name,),
            facts=(reading.facts.cite(fact),),
            confidence=0.85,
        )


def posts_are_held(reading: Reading) -> Iterator[Problem]:
    """Find posts that the text gives to one known person while the facts give them to another on that day."""
    facts = reading.facts
    for found in sorted(judge_holders(reading), key=lambda one: one.at):
        holder = facts.by_id[found.holder.subject]
        yield Problem(
            at=found.at,
            words={"name": found.name, "role": str(found.holder.value), "holder": holder.name},
            suggestions=(holder.name, found.right) if found.right else (holder.name,),
            facts=(facts.cite(found.holder),),
            confidence=found.sure,
        )
