"""What differs between two sets of facts, and which articles become wrong or right by it.

Facts are compared by what they say, not by where they stand: a file that was only reordered has not changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from factlint.facts.model import Entity, Fact, Facts
from factlint.facts.showing import period_text
from factlint.findings import Finding, Report, Severity


class Change(Struct, frozen=True):
    """A difference: what was said before and what is said now, either empty; `site` is where the newer stands.

    `what` is added, removed or changed; `subject` the name of the entity or term.
    """

    what: str
    subject: str
    before: str
    after: str
    site: str

    def __str__(self) -> str:
        sign = {"added": "+", "removed": "-", "changed": "~"}[self.what]
        told = f"{self.before} → {self.after}" if self.before and self.after else self.before or self.after
        return f"{sign} {self.subject}: {told} ({self.site})"


def find_changes(old: Facts, new: Facts) -> Iterator[Change]:
    """The differences between two sets of facts, by entity in the order of the new ones, what is gone last."""
    before = _by_name(old)
    seen: set[tuple[str, str, int]] = set()
    for key, entity in _by_name(new).items():
        seen.add(key)
        other = before.get(key)
        if other is None:
            yield Change("added", entity.name, "", f"new {entity.kind}", _site(entity))
        else:
            yield from _names_changed(other, entity)
        yield from _facts_changed(old, other, new, entity)
    for key, entity in before.items():
        if key not in seen:
            yield Change("removed", entity.name, f"{entity.kind} is gone", "", _site(entity))
    yield from _terms_changed(old, new)


def _by_name(facts: Facts) -> dict[tuple[str, str, int], Entity]:
    """Entities by kind, name and number among their namesakes."""
    found: dict[tuple[str, str, int], Entity] = {}
    for entity in facts.entities:
        number = 0
        while (entity.kind, entity.name, number) in found:
            number += 1
        found[entity.kind, entity.name, number] = entity
    return found


def _names_changed(old: Entity, new: Entity) -> Iterator[Change]:
    for label, before, after in (
        ("alias", old.aliases, new.aliases),
        ("wrong form", old.wrong, new.wrong),
        ("former name", old.former, new.former),
        ("not to be confused with", old.distinct_from, new.distinct_from),
    ):
        for name in after:
            if name not in before:
                yield Change("added", new.name, "", f"{label} “{name}”", _site(new))
        for name in before:
            if name not in after:
                yield Change("removed", new.name, f"{label} “{name}”", "", _site(new))


def _facts_changed(old: Facts, before: Entity | None, new: Facts, after: Entity) -> Iterator[Change]:
    known = old.by_subject.get(before.id, ()) if before else ()
    gone = [fact for fact in known if fact.attribute != "former name"]
    come: list[Fact] = []
    for fact in new.by_subject.get(after.id, ()):
        if fact.attribute == "former name":
            continue
        same = next((other for other in gone if _content(other) == _content(fact)), None)
        if same is None:
            come.append(fact)
        else:
            gone.remove(same)
    for fact in come:
        other = _counterpart(fact, gone)
        if other is None:
            yield Change("added", after.name, "", _told(fact), f"{fact.at.file}:{fact.at.line}")
        else:
            gone.remove(other)
            yield Change("changed", after.name, _told(other), _told(fact), f"{fact.at.file}:{fact.at.line}")
    for fact in gone:
        yield Change("removed", after.name, _told(fact), "", f"{fact.at.file}:{fact.at.line}")


def _content(fact: Fact) -> tuple[object, ...]:
    return (fact.attribute, fact.value, fact.holds, fact.announced)


def _counterpart(fact: Fact, others: Iterable[Fact]) -> Fact | None:
    """The fact that this one stands for now: of one attribute, with the same value or beginning, or the only one."""
    alike = [other for other in others if other.attribute == fact.attribute]
    for same in (
        [other for other in alike if other.value == fact.value],
        [other for other in alike if fact.holds.since is not None and other.holds.since == fact.holds.since],
    ):
        if same:
            return same[0]
    return alike[0] if len(alike) == 1 and fact.attribute not in ("role", "member") else None


def _told(fact: Fact) -> str:
    period = period_text(fact.holds)
    name = "" if fact.attribute == "role" else fact.attribute.removeprefix("count:").replace("_", " ") + " "
    return f"{name}{fact.value}" + (f" {period}" if period else "") + (" (announced)" if fact.announced else "")


def _terms_changed(old: Facts, new: Facts) -> Iterator[Change]:
    before = {(term.use, term.wrong, term.near): term for term in old.terms}
    after = {(term.use, term.wrong, term.near): term for term in new.terms}
    for key, term in after.items():
        if key not in before:
            yield Change("added", term.use, "", f"term, not {', '.join(term.wrong)}", f"{term.at.file}:{term.at.line}")
    for key, term in before.items():
        if key not in after:
            told = f"term, not {', '.join(term.wrong)}"
            yield Change("removed", term.use, told, "", f"{term.at.file}:{term.at.line}")


def _site(entity: Entity) -> str:
    return f"{entity.at.file}:{entity.at.line}"


class Turn(Struct, frozen=True):
    """A place of an article that became wrong or right: `now` is wrong or right, the finding that came or went."""

    path: str
    now: str
    finding: Finding

    def __str__(self) -> str:
        at = self.finding.start
        told = "becomes wrong" if self.now == "wrong" else "is right now, was said to be wrong"
        return f"{self.path}:{at.line}:{at.column}: {told}: {self.finding.message} [{self.finding.rule}]"


def find_turns(before: Report, after: Report) -> Iterator[Turn]:
    """The findings of warning or error that came or went between two reports on the same documents, by place."""
    old = {document.path: document.findings for document in before.documents}
    new = {document.path: document.findings for document in after.documents}
    for path in dict.fromkeys((*old, *new)):
        was, now = (
            {
                (finding.rule, finding.start.offset, finding.end.offset): finding
                for finding in findings.get(path, ())
                if finding.severity is not Severity.INFO
            }
            for findings in (old, new)
        )
        turns = [Turn(path, "wrong", finding) for key, finding in now.items() if key not in was]
        turns += [Turn(path, "right", finding) for key, finding in was.items() if key not in now]
        yield from sorted(turns, key=lambda turn: (turn.finding.start.offset, turn.now, turn.finding.rule))
