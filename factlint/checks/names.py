"""Known names in the form that the house wants: listed wrong forms, diacritics, references, honorifics, former names.

Every name here is one that the text has; what is only near a known name is the business of near_misses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import normalize

from factlint.checks.near_misses import citations, cite_entity
from factlint.facts.model import Entity
from factlint.findings import Edit, Fix, Problem
from factlint.mentions import Reading
from factlint.names import ALIAS, FORMER, INITIALS, NAME, SHORT, WRONG, NameMention, surname_of
from factlint.source import Span
from factlint.times import Standing
from factlint.vocabulary import any_of, fold

_TOKEN = re.compile(r"\w+")


def avoids_wrong_forms(reading: Reading) -> Iterator[Problem]:
    """Find forms of names that the facts file lists as wrong.

    One that differs from a right form in capitals, marks or diacritics only is found where it stands exactly so.
    """
    for mention in reading.names:
        if mention.form == WRONG or is_listed_as_wrong(reading, mention):
            right = mention.entities[0].name
            shown = reading.document.text[mention.span.start : mention.span.end]
            right = right.upper() if shown.isupper() and len(shown) > 4 else right
            yield Problem(
                at=mention.span,
                words={"name": right},
                suggestions=tuple(entity.name for entity in mention.entities),
                fix=Fix((Edit(mention.span, right),)) if len(mention.entities) == 1 else None,
                facts=tuple(cited for entity in mention.entities for cited in citations(reading, entity)),
                confidence=0.99 if len(mention.entities) == 1 else 0.8,
            )


def is_listed_as_wrong(reading: Reading, mention: NameMention) -> bool:
    """Whether a known name stands there just as the facts file lists it as wrong."""
    entity = mention.entity
    if entity is None or not entity.wrong or mention.form not in (NAME, ALIAS):
        return False
    said = normalize("NFC", reading.document.plain[mention.span.start : mention.span.end])
    return said in entity.wrong and said not in (entity.name, entity.full_name, *entity.aliases)


def _exact_forms(entity: Entity, form: str) -> Iterator[str]:
    for name in (entity.name, *entity.aliases, entity.full_name, *entity.former):
        if name:
            yield surname_of(name) if form in (SHORT, INITIALS) else name


def keeps_diacritics(reading: Reading) -> Iterator[Problem]:
    """Find known names that the text writes without, or with other, diacritics than any right form has."""
    shown = reading.document.text
    for mention in reading.names:
        if mention.form not in (NAME, ALIAS, SHORT) or len(mention.entities) > 1:
            continue
        if is_listed_as_wrong(reading, mention):
            continue  # told as such
        entity = mention.entities[0]
        said = shown[mention.span.start : mention.span.end]
        if said.isascii() and entity.name.isascii() and all(alias.isascii() for alias in entity.aliases):
            continue
        forms = list(_exact_forms(entity, mention.form))
        plain = reading.document.plain[mention.span.start : mention.span.end]
        if any(form.casefold() == plain.casefold() for form in forms):
            continue
        right = next((form for form in forms if _folded_words(form) == _folded_words(plain)), "")
        if not right or _letters(right) == _letters(plain):
            continue
        right = right.upper() if said.isupper() else right
        yield Problem(
            at=mention.span,
            words={"name": entity.name},
            suggestions=(right,),
            fix=Fix((Edit(mention.span, right),)),
            facts=(cite_entity(entity),),
            confidence=0.9,
        )


def _folded_words(text: str) -> list[str]:
    return [fold(word) for word in _TOKEN.findall(text)]


def _letters(text: str) -> str:
    return "".join(_TOKEN.findall(text)).casefold()


def introduces_people_in_full(reading: Reading) -> Iterator[Problem]:
    """Find people whose first mention is not their full name."""
    seen: set[str] = set()
    for mention in reading.names:
        entity = mention.entity
        if entity is None or entity.kind != "person" or entity.id in seen:
            continue
        seen.add(entity.id)
        if mention.form in (SHORT, INITIALS) and reading.block_at(mention.span.start).kind != "heading":
            yield Problem(
                at=mention.span,
                words={"name": entity.name},
                suggestions=(entity.name,),
                fix=Fix((Edit(mention.span, entity.name),)),
                facts=(cite_entity(entity),),
                confidence=0.9,
            )


def shortens_names_later(reading: Reading) -> Iterator[Problem]:
    """Find full names of people that the text has introduced before, outside quotations and headings."""
    seen: set[str] = set()
    for mention in reading.names:
        entity = mention.entity
        if entity is None or entity.kind != "person" or mention.form not in (NAME, ALIAS):
            continue
        if reading.block_at(mention.span.start).kind == "heading" or reading.quoted(mention.span):
            continue
        short = surname_of(reading.document.text[mention.span.start : mention.span.end])
        if entity.id in seen and short:
            yield Problem(
                at=mention.span,
                words={"name": entity.name},
                suggestions=(short,),
                fix=Fix((Edit(mention.span, short),)),
                confidence=0.9,
            )
        seen.add(entity.id)


def takes_honorifics(reading: Reading) -> Iterator[Problem]:
    """Find “Mr” and “Ms” and their like before a name whose bearer the facts say is of the other sex."""
    text = reading.document.plain
    for mention in reading.names:
        entity = mention.entity
        if entity is None or entity.kind != "person":
            continue
        before = _HONORIFIC.search(text, max(0, mention.span.start - 8), mention.span.start)
        if before is None:
            continue
        for fact in reading.facts.by_subject.get(entity.id, ()):
            if fact.attribute in ("gender", "sex") and isinstance(fact.value, str):
                sex = fold(fact.value)[:1]
                said = before[1]
                if (said == "Mr" and sex in "fw") or (said != "Mr" and sex == "m"):
                    at = Span(*before.span(1))
                    right = "Ms" if said == "Mr" else "Mr"
                    yield Problem(
                        at=at,
                        words={"name": entity.name},
                        suggestions=(right,),
                        fix=Fix((Edit(at, right),)),
                        facts=(reading.facts.cite(fact),),
                        confidence=0.93,
                    )


_HONORIFIC = re.compile(r"\b(Mr|Ms|Mrs|Miss)\.? $")


@cache
def _formerly() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('formerly')})\W+(?:\w+\W+){{0,2}}$")


@cache
def _nowadays() -> re.Pattern[str]:
    return re.compile(rf"[^.;]{{0,15}}\b(?:{any_of('nowadays')})\b")


_YEAR = re.compile(r"\b(?:1[89]\d\d|20\d\d)\b")


def uses_names_of_the_time(reading: Reading) -> Iterator[Problem]:
    """Find names that were right until they changed, in a text of a later day."""
    text = reading.document.plain
    for mention in reading.names:
        entity = mention.entity
        if mention.form != FORMER or entity is None:
            continue
        said = _folded_words(text[mention.span.start : mention.span.end])
        named = [fact for fact in reading.facts.of(entity.id, "former name") if _folded_words(str(fact.value)) == said]
        if not named or any(fact.holds.at(reading.date) is not Standing.ENDED for fact in named):
            continue
        sentence = reading.sentence_at(mention.span.start)
        before = text[max(sentence.start, mention.span.start - 40) : mention.span.start]
        after = text[mention.span.end : mention.span.end + 40]
        if _formerly().search(before) or _nowadays().match(after):
            continue
        dated = _YEAR.search(text, sentence.start, sentence.end)
        right = entity.name
        yield Problem(
            at=mention.span,
            words={"name": right, "until": str(named[0].holds.until or "")},
            suggestions=(right,),
            fix=Fix((Edit(mention.span, right),)),
            facts=tuple(reading.facts.cite(fact) for fact in named),
            confidence=0.6 if dated else 0.9,
        )
