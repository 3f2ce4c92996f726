"""What holds when: sampled questions on a made-up roster, answered by the letter of its dates."""

from __future__ import annotations

import json
import random
import sys
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from factlint.facts.loading import load_facts
from factlint.facts.model import Knowledge, Role
from factlint.facts.written import lifetime
from factlint.times import Period, Standing, parse_iso

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

from facts_questions import answer, questions

TITLES = ("Mayor", "Senator", "Judge", "Minister")
PLACES = ("Aldby", "Norland", "Eastmark")


def made_up_roster(seed: int, people: int) -> dict[str, object]:
    """People with roles over time: some bounds coarse, open or unknown, some roles handed over on one day."""
    pick = random.Random(seed)

    def bound(day: date) -> str:
        return pick.choice([day.isoformat()] * 4 + [day.isoformat()[:7], day.isoformat()[:4], "unknown"])

    roster = []
    for number in range(people):
        day = date(pick.randint(1900, 2000), pick.randint(1, 12), pick.randint(1, 28))
        roles = []
        for _ in range(pick.randint(0, 4)):
            end = day + timedelta(days=pick.randint(0, 3000))
            role = {"title": pick.choice(TITLES), "of": pick.choice(PLACES), "from": bound(day), "until": bound(end)}
            for key in ("from", "until"):
                if pick.random() < 0.1:
                    del role[key]
            roles.append(role)
            day = end
        parties = [{"value": "Greens", "until": bound(day)}, {"value": "Blues", "from": bound(day)}]
        roster.append({"name": f"Person {number}", "roles": roles, "attributes": {"party": parties}})
    return {"factlint": 1, "people": roster}


def test_a_thousand_sampled_questions(tmp_path: Path) -> None:
    """(entity, attribute, day), on, beside and between the bounds."""
    roster = made_up_roster(7, 120)
    path = tmp_path / "roster.json"
    path.write_text(json.dumps(roster))
    facts = load_facts([path])
    asked = list(questions(roster, 1000, seed=11))
    assert len(asked) == 1000
    seen = set()
    for subject, attribute, day in asked:
        knowledge, known = facts.about(subject, attribute, Period(day, day))
        expected, paths = answer(roster, subject, attribute, day)
        assert (knowledge.value, sorted(fact.id for fact in known)) == (expected, paths), (subject, attribute, day)
        seen.add(knowledge)
    assert seen == set(Knowledge)


def test_on_the_day_of_a_handover_both_are_right(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text(
        "factlint: 1\npeople:\n"
        "  - {name: A, roles: [{title: Mayor, of: Aldby, from: 1990-05-01, until: 1995-06-30}]}\n"
        "  - {name: B, roles: [{title: Mayor, of: Aldby, from: 1995-06-30}]}\n"
    )
    facts = load_facts([tmp_path / "f.yaml"])
    for day, holders in (("1995-06-29", ["A"]), ("1995-06-30", ["A", "B"]), ("1995-07-01", ["B"])):
        when = parse_iso(day)
        found = [fact for fact in facts.holders("Mayor", "Aldby") if fact.holds.at(when) is Standing.HOLDS]
        assert [facts.by_id[fact.subject].name for fact in found] == holders
        assert all(isinstance(fact.value, Role) for fact in found)


def test_unknown_bounds_support_and_never_contradict(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text(
        "factlint: 1\npeople:\n  - {name: A, attributes: {party: [{value: Greens, from: unknown, until: 1999-12-31}]}}\n"
        "  - {name: B, attributes: {party: [{value: Greens, from: 2000-01-01, until: unknown}]}}\n"
    )
    facts = load_facts([tmp_path / "f.yaml"])
    for name, day, knowledge, standing in (
        ("a", "1950-01-01", Knowledge.KNOWN, Standing.MAY_HOLD),
        ("a", "1999-12-31", Knowledge.KNOWN, Standing.HOLDS),
        ("a", "2000-01-01", Knowledge.OUTDATED, Standing.ENDED),
        ("b", "1999-12-31", Knowledge.NOT_YET, Standing.NOT_YET),
        ("b", "2000-01-01", Knowledge.KNOWN, Standing.HOLDS),
        ("b", "2050-01-01", Knowledge.KNOWN, Standing.MAY_HOLD),
    ):
        found, known = facts.about(f"people/{name}", "party", parse_iso(day))
        assert (found, known[0].holds.at(parse_iso(day))) == (knowledge, standing), (name, day)


DAYS = st.dates(date(1990, 1, 1), date(1992, 12, 31))
BOUNDS = DAYS.flatmap(lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]]))


@given(st.one_of(st.just(""), BOUNDS), st.one_of(st.just(""), BOUNDS), DAYS)
@settings(max_examples=300)
def test_a_lifetime_says_of_each_day_what_its_bounds_say(since: str, until: str, day: date) -> None:
    """By trying every day that the bounds may stand for."""
    holds = lifetime(since, until)
    starts = _days(since) or [date.min]
    ends = _days(until) or [date.max]
    possible = {start <= day <= end for start in starts for end in ends if start <= end}
    standing = holds.at(Period(day, day))
    if possible == {True}:
        assert standing in (Standing.HOLDS, Standing.MAY_HOLD)
    if standing is Standing.HOLDS:
        assert possible <= {True}
    if standing is Standing.ENDED:
        assert all(day > end for end in ends)
    if standing is Standing.NOT_YET:
        assert all(day < start for start in starts)


def _days(bound: str) -> list[date]:
    if not bound:
        return []
    period = parse_iso(bound)
    assert period.first is not None
    assert period.last is not None
    return [period.first + timedelta(days=number) for number in range((period.last - period.first).days + 1)]
