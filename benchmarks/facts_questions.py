"""Sampled questions on a roster, answered from the letter of its file and by factlint: the two must agree.

    python benchmarks/facts_questions.py ROSTER.json [NUMBER]

A question is (entity, attribute, day). The answers here are worked out from the texts of the file with nothing but the
comparison of dates, so that they share no code with factlint.
"""

from __future__ import annotations

import calendar
import json
import random
import re
import sys
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

NEVER, EVER = date.min, date.max
_IDS: dict[int, tuple[dict[str, Any], dict[str, dict[str, Any]]]] = {}


def bounds(text: str, missing: date) -> tuple[date, date]:
    """The first and the last day that a date of any precision may stand for."""
    if not text:
        return missing, missing
    parts = [int(part) for part in text.split("-")]
    first = date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)
    if len(parts) == 3:
        return first, first
    month = parts[1] if len(parts) > 1 else 12
    return first, date(parts[0], month, calendar.monthrange(parts[0], month)[1])


def ids(roster: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The people of a roster by the id that factlint gives them."""
    if id(roster) in _IDS:
        return _IDS[id(roster)][1]
    found: dict[str, dict[str, Any]] = {}
    _IDS[id(roster)] = (roster, found)
    for person in roster["people"]:
        plain = unicodedata.normalize("NFKD", person["name"])
        plain = "".join(character for character in plain if not unicodedata.combining(character))
        base = "people/" + re.sub(r"[\W_]+", "-", plain.casefold()).strip("-")
        name, number = base, 1
        while name in found:
            number += 1
            name = f"{base}-{number}"
        found[name] = person
    return found


def known(person: dict[str, Any], subject: str, attribute: str) -> list[tuple[str, str, str]]:
    """What a roster says of an attribute, as (id, from, until)."""
    if attribute == "role":
        roles = enumerate(person.get("roles", []))
        return [(f"{subject}/roles/{at}", role.get("from", ""), role.get("until", "")) for at, role in roles]
    if attribute in ("born", "died"):
        return [(f"{subject}/{attribute}", "", "")] if attribute in person else []
    values = person.get("attributes", {}).get(attribute, [])
    if not isinstance(values, list):
        return [(f"{subject}/attributes/{attribute}", "", "")]
    return [
        (f"{subject}/attributes/{attribute}/{at}", value.get("from", ""), value.get("until", ""))
        for at, value in enumerate(values)
    ]


def answer(roster: dict[str, Any], subject: str, attribute: str, day: date) -> tuple[str, list[str]]:
    """What is known on a day (known, outdated, not yet or unknown), and the ids of the facts that say so."""
    person = ids(roster)[subject]
    current, ended, coming = [], [], []
    for name, since, until in known(person, subject, attribute):
        earliest = NEVER if since == "unknown" else bounds(since, NEVER)[0]
        latest = EVER if until == "unknown" else bounds(until, EVER)[1]
        if day < earliest:
            coming.append((earliest, name))
        elif day > latest:
            ended.append((latest, name))
        else:
            current.append(name)
    if current:
        return "known", sorted(current)
    if ended:
        last = max(latest for latest, _ in ended)
        return "outdated", sorted(name for latest, name in ended if latest == last)
    if coming:
        first = min(earliest for earliest, _ in coming)
        return "not yet", sorted(name for earliest, name in coming if earliest == first)
    return "unknown", []


def questions(roster: dict[str, Any], number: int, seed: int) -> Iterator[tuple[str, str, date]]:
    """Sampled questions: on a bound, a day beside one, before or after all, and anywhere."""
    pick = random.Random(seed)
    people = ids(roster)
    names = list(people)
    for _ in range(number):
        subject = pick.choice(names)
        attribute = pick.choice(["role"] * 6 + ["party", "born", "died"])
        days = [
            day
            for _, since, until in known(people[subject], subject, attribute)
            for text in (since, until)
            if text and text != "unknown"
            for day in bounds(text, NEVER)
        ]
        kind = pick.randrange(4)
        if days and kind < 2:
            day = pick.choice(days) + timedelta(days=pick.choice((-1, 1)) if kind else 0)
        elif days and kind == 2:
            day = pick.choice((min(days) - timedelta(days=1), max(days) + timedelta(days=1)))
        else:
            day = date(pick.randint(1780, 2030), pick.randint(1, 12), pick.randint(1, 28))
        yield subject, attribute, day


def main() -> None:
    from factlint.facts.loading import load_facts
    from factlint.times import Period

    path, number = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    with open(path, encoding="utf-8") as file:
        roster = json.load(file)
    facts = load_facts([path])
    wrong = 0
    kinds: dict[str, int] = {}
    for subject, attribute, day in questions(roster, number, seed=1):
        expected = answer(roster, subject, attribute, day)
        knowledge, found = facts.about(subject, attribute, Period(day, day))
        kinds[expected[0]] = kinds.get(expected[0], 0) + 1
        if (knowledge.value, sorted(fact.id for fact in found)) != expected:
            wrong += 1
            print(f"{subject} {attribute} {day}: expected {expected}, found {knowledge.value} {found}")
    print(f"{number} questions, {wrong} answered otherwise than the file says; {kinds}")


if __name__ == "__main__":
    main()
