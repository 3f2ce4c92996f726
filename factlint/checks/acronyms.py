"""Short forms of organizations and what the text says that they stand for.

An expansion is read only where the text itself ties the two: one in brackets right after the other.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from factlint.facts.model import Entity, Facts
from factlint.findings import Citation, Edit, Fix, Problem, Related
from factlint.mentions import Reading
from factlint.names import NameForm, NameMention, index_of
from factlint.source import Span
from factlint.vocabulary import fold, vocabulary

_WORD = re.compile(r"\w+(?:'\w+)?")
# “Full Name (ABC)”, “ABC (Full Name)”: the brackets first, for they are rare; what they explain is read backwards.
_SHORT = re.compile(r"\((?:the )?([A-Z][A-Za-z0-9&.]{1,9})\)")
_PART = r"(?:[A-Z][\w'-]*|of|for|and|the|on|in|to|&)"
_LONG = re.compile(rf"\((?:the )?([A-Z][\w'-]*(?: {_PART}){{1,10}})\)")
_SHORT_BEFORE = re.compile(r"\b([A-Z][A-Za-z0-9&]{1,9}),? $")


def _is_short(text: str) -> bool:
    return sum(letter.isupper() for letter in text) >= 2


def _content(words: Sequence[str]) -> tuple[str, ...]:
    function = vocabulary()["function"]
    return tuple(part for word in words for part in fold(word).replace("'s", "").split("-") if part not in function)


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words).lower()


def _entities(facts: Facts, text: str) -> list[Entity]:
    """The entities that a short form names."""
    words = tuple(fold(word) for word in re.findall(r"\w+", text))
    index = index_of(facts)
    found: dict[str, Entity] = {}
    for word in words:
        for form in index.anchors.get(word, ()):
            if form.folded == words and _right(form):
                for row in form.entities:
                    entity = facts.entities[row]
                    found[entity.id] = entity
    return list(found.values())


def _right(form: NameForm) -> bool:
    return form.form in ("name", "alias", "former")


def _long_forms(entity: Entity) -> list[str]:
    return [
        form
        for form in (entity.full_name, entity.name, *entity.aliases, *entity.former)
        if form and len(form.split()) > 1
    ]


def _name_before(text: str, end: int, letters: str) -> Span | None:
    """The capitalised words right before a place, with “of” and its like between, as many as letters or a few more."""
    start = max(0, end - 120)
    line = text.rfind("\n", start, end)
    if line >= 0:
        start = line + 1
    words = [(match.start(), match.end(), match.group()) for match in _WORD.finditer(text, start, end)]
    if not words or text[words[-1][1] : end].strip() not in ("", ","):
        return None
    kept: list[tuple[int, int, str]] = []
    function = vocabulary()["function"]
    for place in reversed(words):
        if kept and text[place[1] : kept[-1][0]].strip() not in ("", "-", "&"):
            break
        capital = place[2][0].isupper()
        if not capital and (place[2] not in function or place[2] in ("a", "an", "by", "at", "with", "that", "as")):
            break
        kept.append(place)
        if len([1 for _, _, word in kept if word[0].isupper()]) >= len(letters) + 2:
            break
    kept.reverse()
    while kept and (not kept[0][2][0].isupper() or fold(kept[0][2]) in function):
        kept.pop(0)
    # The name begins with the letter that the short form begins with, if any of its words does.
    for number, (_, _, word) in enumerate(kept):
        if word[0].lower() == letters[0] and len(kept) - number > 1:
            rest = [other for _, _, other in kept[number:] if other[0].isupper()]
            if len(rest) <= len(letters):
                kept = kept[number:]
                break
    return Span(kept[0][0], kept[-1][1]) if len(kept) > 1 else None


def expands_acronyms_as_known(reading: Reading) -> Iterator[Problem]:
    """Find short forms that the text explains otherwise than the facts, and known names with another short form."""
    facts = reading.facts
    if not facts.entities:
        return
    text = reading.document.plain
    ends = [mention.span.end for mention in reading.names]
    for match in _SHORT.finditer(text):
        short = match[1]
        if not _is_short(short):
            continue
        letters = re.sub(r"[^a-z0-9]", "", short.lower())
        at = _name_before(text, match.start(), letters)
        if at is None:
            continue
        entities = _entities(facts, short)
        if entities:
            yield from _judge(reading, short, at, entities)
        else:
            end = match.start()
            named = reading.names[bisect_left(ends, end - 2) : bisect_right(ends, end)]
            yield from _other_short(named, short, Span(*match.span(1)))
    for match in _LONG.finditer(text):
        before = _SHORT_BEFORE.search(text, max(0, match.start() - 12), match.start())
        if before is not None and _is_short(before[1]):
            entities = _entities(facts, before[1])
            if entities:
                yield from _judge(reading, before[1], Span(*match.span(1)), entities)


def _judge(reading: Reading, short: str, at: Span, entities: Sequence[Entity]) -> Iterator[Problem]:
    text = reading.document.plain
    said = _content(_WORD.findall(text[at.start : at.end]))
    forms = [(entity, form) for entity in entities for form in _long_forms(entity)]
    if not forms or not said:
        return
    for _, form in forms:
        known = _content(_WORD.findall(form))
        if known == said or set(known) <= set(said) or set(said) <= set(known):
            return
    letters = re.sub(r"[^a-z0-9]", "", short.lower())
    alike = any(set(said) & set(_content(_WORD.findall(form))) for _, form in forms)
    fits = _initials(said) == letters
    if not alike and not fits:
        return
    right = [form for _, form in forms]
    yield Problem(
        at=at,
        words={"short": short},
        suggestions=tuple(dict.fromkeys(right)),
        fix=Fix((Edit(at, right[0]),)) if alike else None,
        facts=tuple(
            Citation(id=entity.id, says=f"{short}: {form}", file=entity.at.file, line=entity.at.line)
            for entity, form in forms[:1]
        ),
        confidence=0.95 if alike else 0.6,
    )


def _other_short(before: Sequence[NameMention], short: str, at: Span) -> Iterator[Problem]:
    """A known name `before` a short form that is not its own, but has the same letters or all but one."""
    for mention in before:
        if mention.form in ("name", "alias"):
            for entity in mention.entities:
                known = [form for form in (entity.name, *entity.aliases) if _is_short(form) and " " not in form]
                if (
                    known
                    and short not in known
                    and any(sorted(form.upper()) == sorted(short.upper()) for form in known)
                ):
                    yield Problem(
                        at=at,
                        words={"short": short},
                        suggestions=tuple(known),
                        fix=Fix((Edit(at, known[0]),)),
                        facts=(Citation(id=entity.id, says=entity.name, file=entity.at.file, line=entity.at.line),),
                        confidence=0.9,
                    )


def expands_acronyms_at_first(reading: Reading, *, known: list[str]) -> Iterator[Problem]:
    """Find organizations whose short form comes before, or without, what it stands for. `known` need no expansion."""
    facts = reading.facts
    seen: dict[str, Span] = {}
    explained: set[str] = set()
    text = reading.document.plain
    for mention in reading.names:
        entity = mention.entity
        if entity is None or entity.kind not in ("organization", "event", "work"):
            continue
        said = text[mention.span.start : mention.span.end]
        if " " in said:
            if entity.id in seen and entity.id not in explained:
                first = seen[entity.id]
                yield _unexplained(text, first, entity, Related(mention.span, "explained only here"))
            explained.add(entity.id)
        elif _is_short(said) and said not in known and _long_forms(entity):
            seen.setdefault(entity.id, mention.span)
    for identity, span in seen.items():
        if identity not in explained:
            yield _unexplained(text, span, facts.by_id[identity], None)


def _unexplained(text: str, span: Span, entity: Entity, related: Related | None) -> Problem:
    short = text[span.start : span.end]
    return Problem(
        at=span,
        words={"short": short},
        suggestions=(f"{_long_forms(entity)[0]} ({short})",),
        related=(related,) if related is not None else (),
        confidence=0.9,
    )
