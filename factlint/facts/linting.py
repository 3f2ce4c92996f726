"""The linter of facts files: what a fact can be held against without knowing the world.

Nothing here stops at a first fault; what a file says is judged as far as it could be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from msgspec import Struct

from factlint import yamlfile
from factlint.facts.loading import read_facts
from factlint.facts.model import Cited, Entity, Fact, Facts, Role, Site
from factlint.facts.records import derived_counts
from factlint.facts.written import parse_date, place_of
from factlint.findings import DocumentReport, Finding, Place, Severity
from factlint.findings import Site as FindingSite
from factlint.kept import digest
from factlint.numbers import Quantity
from factlint.source import line_and_column, line_starts
from factlint.times import Lifetime, Period
from factlint.yamlfile import FaultsError

GROUP = "facts"


class FactsRule(Struct, frozen=True):
    """A rule of the facts linter: its severity, what should hold, what is said where it doesn't, and why."""

    name: str
    severity: Severity
    summary: str
    message: str
    why: str


class Lint(Struct, frozen=True):
    """What is wrong at a place of a facts file.

    `words` fill the rule's message, `others` are places that it has to do with.
    """

    rule: str
    at: Site
    words: Mapping[str, str]
    others: tuple[tuple[Site, str], ...] = ()
    info: bool = False  # told, not held against the file


@cache
def facts_rules() -> Mapping[str, FactsRule]:
    """The rules of the facts linter by name."""
    root = yamlfile.load(Path(__file__).parent.parent / "data" / "facts-rules.yaml").root
    return {
        name: FactsRule(
            name,
            Severity(node["severity"].text),
            node["summary"].text,
            node["message"].text,
            " ".join(node["why"].text.split()),
        )
        for name, node in root.entries
    }


def lint_facts(
    paths: Sequence[str | Path],
    *,
    allow_outside: bool = False,
    today: date | None = None,
    stale_days: int | None = None,
    wanted: Callable[[str], bool] = lambda rule: True,
) -> tuple[DocumentReport, ...]:
    """Judge facts files and all that they include, one report for each file in their order.

    `today` is needed for what was announced and, with `stale_days`, for sources that were not checked for so long.
    `wanted` tells of a rule's id (facts/NAME) whether it is to be reported. Bundled packs that a file includes are not
    reported unless they are among `paths`.
    """
    facts, faults = read_facts(paths, allow_outside=allow_outside)
    unread = {fault.path for fault in faults if fault.rule == "schema"}
    lints = [
        Lint(fault.rule, Site(fault.path, fault.line or 1, fault.column or 1), {"fault": fault.message})
        for fault in faults
    ]
    for find in LINTS:
        lints.extend(lint for lint in find(facts) if lint.rule not in _OF_WHOLE or lint.at.file not in unread)
    if today is not None:
        lints.extend(find_announced_passed(facts, today))
        if stale_days is not None:
            lints.extend(find_stale(facts, today, stale_days))
    named = {str(path).replace("\\", "/") for path in paths}
    files = [file for file in facts.files if file in named or not file.startswith("pack:")]
    files += sorted({fault.path for fault in faults} - set(facts.files))
    return reports_of(files, [lint for lint in lints if wanted(f"{GROUP}/{lint.rule}")], facts)


def reports_of(files: Iterable[str], lints: Iterable[Lint], facts: Facts) -> tuple[DocumentReport, ...]:
    """What was found in some facts files as the reports that every renderer takes, one for each file."""
    by_file: dict[str, list[Lint]] = {}
    for lint in lints:
        by_file.setdefault(lint.at.file, []).append(lint)
    return tuple(_report(file, by_file.get(file, ()), facts) for file in files)


# What is found, one function for each rule


def find_untimely(facts: Facts) -> Iterator[Lint]:
    """Facts that end before they begin, lives that do, and roles outside of a life."""
    for fact in facts.facts:
        since, until = fact.holds.since, fact.holds.until
        if since and until and until.before(since):
            yield Lint("until-before-from", fact.at, {"since": str(since), "until": str(until)})
        days = fact.value
        if isinstance(days, Period) and days.first and days.last and days.last < days.first:
            yield Lint("until-before-from", fact.at, {"since": str(days.first), "until": str(days.last)})
    for entity in facts.entities:
        known = facts.by_subject.get(entity.id, ())
        life = {fact.attribute: fact for fact in known if fact.attribute in _LIFE}
        for began, ended in (("born", "died"), ("founded", "dissolved")):
            if began in life and ended in life:
                start, end = life[began].value, life[ended].value
                if isinstance(start, Period) and isinstance(end, Period) and end.before(start):
                    words = {"name": entity.name, "ended": ended, "until": str(end), "began": began}
                    words["since"] = str(start)
                    yield Lint("died-before-born", life[ended].at, words, ((life[began].at, f"{began} here"),))
        for fact in known:
            if isinstance(fact.value, Role):
                yield from _outside_life(entity, fact, fact.value, life)


_LIFE = ("born", "died", "founded", "dissolved")


def _outside_life(entity: Entity, fact: Fact, role: Role, life: Mapping[str, Fact]) -> Iterator[Lint]:
    since, until = fact.holds.since, fact.holds.until
    born, died = (life[key].value if key in life else None for key in ("born", "died"))
    words = {"name": entity.name, "title": str(role)}
    if isinstance(born, Period) and since and since.before(born):
        told = {"since": f"from {since}", "life": f"was born {born}"}
        yield Lint("role-outside-life", fact.at, words | told, ((life["born"].at, "born here"),))
    elif isinstance(died, Period) and since and died.before(since):
        told = {"since": f"from {since}", "life": f"died {died}"}
        yield Lint("role-outside-life", fact.at, words | told, ((life["died"].at, "died here"),))
    elif isinstance(died, Period) and until and died.before(until):
        told = {"since": f"until {until}", "life": f"died {died}"}
        yield Lint("role-outside-life", fact.at, words | told, ((life["died"].at, "died here"),))


def _sure_days(holds: Lifetime) -> tuple[int, int] | None:
    """The first and the last day (ordinals) on which a fact surely holds; None if there are none."""
    if holds.since_unknown or holds.until_unknown:
        return None
    first = holds.since.last.toordinal() if holds.since and holds.since.last else 1
    last = holds.until.first.toordinal() if holds.until and holds.until.first else date.max.toordinal()
    return (first, last) if first <= last else None


def find_crowded(facts: Facts) -> Iterator[Lint]:
    """Posts with more holders on one day than they have, and people who hold one twice."""
    posts: dict[tuple[str, tuple[str, ...]], list[tuple[int, int, Fact]]] = {}
    for fact in facts.saying("role"):
        if isinstance(fact.value, Role) and fact.value.of and (days := _sure_days(fact.holds)):
            key = (fact.value.title.casefold(), tuple(sorted(body.casefold() for body in fact.value.of)))
            posts.setdefault(key, []).append((*days, fact))
    holders = _holders_allowed(facts)
    for (title, bodies), spells in posts.items():
        if len(spells) < 2:
            continue
        allowed = holders.get((title, bodies), 1)
        for body in bodies:
            allowed = holders.get((title, (body,)), allowed)
        allowed = holders.get((title, ()), allowed) if (title, bodies) not in holders else allowed
        yield from _crowded(facts, spells, allowed)


def _holders_allowed(facts: Facts) -> dict[tuple[str, tuple[str, ...]], float]:
    """How many may hold a post, by its folded title and bodies."""
    found: dict[tuple[str, tuple[str, ...]], float] = {}
    for post in facts.posts:
        number = float("inf") if post.holders is None else float(post.holders)
        for title in (post.title, *post.aliases):
            if not post.of:
                found[title.casefold(), ()] = number
            for body in post.of:
                found[title.casefold(), (body.casefold(),)] = number
    return found


def find_unused_posts(facts: Facts) -> Iterator[Lint]:
    """Posts that nobody holds."""
    for post in facts.posts:
        if not any(True for title in (post.title, *post.aliases) for _ in facts.holders(title)):
            yield Lint("unused-post", post.at, {"post": post.title})


def _crowded(facts: Facts, spells: list[tuple[int, int, Fact]], allowed: float) -> Iterator[Lint]:
    """The worst day of a post that has too many holders, and days on which somebody holds it twice."""
    spells.sort(key=lambda spell: spell[:2])
    current: list[tuple[int, int, Fact]] = []
    worst: list[tuple[int, int, Fact]] = []
    worst_day = 0
    twice: set[str] = set()
    for spell in spells:
        first, last, fact = spell
        # On the day of a handover both are right: a spell that ends on this one's first day is over.
        current = [other for other in current if other[1] > first]
        if any(other[2].subject == fact.subject for other in current):
            if fact.subject not in twice:
                twice.add(fact.subject)
                other = next(other for other in current if other[2].subject == fact.subject)
                words = {"name": facts.by_id[fact.subject].name, "post": str(fact.value), "day": _day(first)}
                yield Lint("same-role-twice", fact.at, words, ((other[2].at, "and here"),))
            current = [other for other in current if other[2].subject != fact.subject or other[1] > last]
            if any(other[2].subject == fact.subject for other in current):
                continue
        current.append(spell)
        if len(current) > max(allowed, len(worst)) and first < last:
            worst, worst_day = list(current), first
    if worst:
        fact = worst[-1][2]
        role = fact.value
        assert isinstance(role, Role)
        names = list(dict.fromkeys(facts.by_id[spell[2].subject].name for spell in worst))
        shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        of = role.of[0] if len(role.of) == 1 else f"[{', '.join(role.of)}]"
        entry = f"{{title: {role.title}, of: {of}, holders: {len(worst)}}}"
        words = {"post": str(role), "count": str(len(worst)), "day": _day(worst_day), "names": shown, "entry": entry}
        others = tuple((spell[2].at, facts.by_id[spell[2].subject].name) for spell in worst[:-1][:5])
        undated = any(spell[2].holds == Lifetime() for spell in worst)
        yield Lint("two-holders", fact.at, words, others, info=undated)


def _day(ordinal: int) -> str:
    return "any day" if ordinal <= 1 else date.fromordinal(ordinal).isoformat()


def find_uneven_counts(facts: Facts) -> Iterator[Lint]:
    """Counts with two values on one day or none between two, and counts that the list of members contradicts."""
    for entity in facts.entities:
        counts: dict[str, list[Fact]] = {}
        members: list[Fact] = []
        for fact in facts.by_subject.get(entity.id, ()):
            if fact.attribute.startswith("count:"):
                counts.setdefault(fact.attribute.removeprefix("count:"), []).append(fact)
            elif fact.attribute == "member":
                members.append(fact)
        for what, values in counts.items():
            typed = [fact for fact in values if "/counts/" in fact.id]
            yield from _overlaps_and_gaps(f"{what} of {entity.name}", typed)
            if members and what == "members":
                yield from _against_members(entity, what, typed, members)
        yield from _members_twice(entity, members)
        for what, nouns in entity.nouns.items():
            if nouns and what not in counts:
                yield Lint("empty-count", entity.at, {"what": what, "name": entity.name})
    figures: dict[str, list[Fact]] = {}
    for entity in facts.entities_of("figure"):
        for fact in facts.of(entity.id, "value"):
            figures.setdefault(" ".join((entity.name, *entity.involves)), []).append(fact)
    for values in figures.values():
        if len(values) > 1:
            found = _overlaps_and_gaps(facts.by_id[values[0].subject].name, values)
            yield from (lint for lint in found if lint.rule == "overlap")  # a figure is of the days it was taken


def _overlaps_and_gaps(of: str, values: list[Fact]) -> Iterator[Lint]:
    """Values of one count (`of` names it) that contradict each other, and days between two without any."""
    timed = sorted(((days, fact) for fact in values if (days := _sure_days(fact.holds))), key=lambda item: item[0])
    last: tuple[tuple[int, int], Fact] | None = None  # the value that lasts longest of those before
    for after, other in timed:
        if last is None:
            last = (after, other)
            continue
        before, one = last
        words = {"of": of, "value": str(other.value), "other": str(one.value)}
        if after[0] < before[1] and one.value != other.value:
            words |= {"since": _day(after[0]), "until": _end(min(before[1], after[1]))}
            yield Lint("overlap", other.at, words, ((one.at, f"{one.value} here"),))
        if after[1] >= before[1]:
            last = (after, other)
        latest, earliest = one.holds.until, other.holds.since
        if latest and latest.last and earliest and earliest.first and earliest.first - latest.last > timedelta(days=1):
            words["since"] = (latest.last + timedelta(days=1)).isoformat()
            words["until"] = (earliest.first - timedelta(days=1)).isoformat()
            yield Lint("gap", other.at, words, ((one.at, f"{one.value} until {latest}"),))


def _end(ordinal: int) -> str:
    return "now" if ordinal >= date.max.toordinal() else date.fromordinal(ordinal).isoformat()


def _against_members(entity: Entity, what: str, typed: list[Fact], members: list[Fact]) -> Iterator[Lint]:
    stretches = list(derived_counts([(fact.holds, number, fact.announced) for number, fact in enumerate(members)]))
    for fact in typed:
        days = _sure_days(fact.holds)
        if days is None or not isinstance(fact.value, Quantity):
            continue
        sure = Period(date.fromordinal(days[0]), date.fromordinal(days[1]))
        # With an end open on both sides only the present can be told.
        for first, last, low, high, number, _ in stretches:
            if not Period(first, last).meets(sure) or (last == sure.first and first != last) or first == sure.last:
                continue
            if not _within(fact.value, low, high):
                listed = str(low) if low == high else f"{low} to {high}"
                when = f"from {first}" if first else f"until {last}" if last else "always"
                words = {"what": what, "name": entity.name, "value": str(fact.value), "listed": listed, "when": when}
                yield Lint("count-differs-from-members", fact.at, words, ((members[number].at, "the change then"),))
                break


def _within(value: Quantity, low: int, high: int) -> bool:
    """Whether a count may be one of the numbers from `low` to `high`."""
    least, most = value.low, value.high
    return (least is None or least <= high) and (most is None or most >= low)


def _members_twice(entity: Entity, members: list[Fact]) -> Iterator[Lint]:
    by_name: dict[str, list[tuple[int, int, Fact]]] = {}
    for fact in members:
        if days := _sure_days(fact.holds):
            by_name.setdefault(str(fact.value).casefold(), []).append((*days, fact))
    for spells in by_name.values():
        spells.sort(key=lambda spell: spell[:2])
        for (_, end, one), (start, _, other) in pairwise(spells):
            if start <= end:
                words = {"member": str(other.value), "name": entity.name, "day": _day(start)}
                yield Lint("member-twice", other.at, words, ((one.at, "and here"),))


_NAMED = frozenset({"person", "organization", "place", "event", "work"})


def find_shared_names(facts: Facts) -> Iterator[Lint]:
    """Names that belong to several, wrong forms that are somebody's right name, and untidy names."""
    names: dict[str, list[Entity]] = {}
    aliases: dict[str, list[Entity]] = {}
    for entity in facts.entities:
        if entity.kind not in _NAMED:
            continue
        names.setdefault(entity.name, []).append(entity)
        for alias in dict.fromkeys(entity.aliases):
            if alias != entity.name:
                aliases.setdefault(alias, []).append(entity)
        for name in (entity.name, *entity.aliases, *entity.wrong, *entity.former):
            if name != " ".join(name.split()) or not (name.isprintable() or _plain_form(name)):
                yield Lint("untidy-name", entity.at, {"text": name})
    for name, entities in names.items():
        for other in entities[1:]:
            first = entities[0]
            words = {"text": name, "name": _told(other, facts), "other": _told(first, facts)}
            yield Lint("namesakes", other.at, words, ((first.at, "the other"),))
    for alias, entities in aliases.items():
        for owner in names.get(alias, ()):
            for entity in entities:
                if entity is not owner:
                    words = {"text": alias, "name": _told(entity, facts), "other": _told(owner, facts)}
                    yield Lint("alias-of-another", entity.at, words, ((owner.at, "the other"),))
        for other in entities[1:]:
            first = entities[0]
            words = {"text": alias, "name": _told(other, facts), "other": _told(first, facts)}
            yield Lint("shared-alias", other.at, words, ((first.at, "the other"),))
    for entity in facts.entities:
        for wrong in dict.fromkeys(entity.wrong):
            for owner in [*names.get(wrong, ()), *aliases.get(wrong, ())][:1]:
                words = {"text": wrong, "name": entity.name, "other": _told(owner, facts)}
                yield Lint("wrong-form-is-right", entity.at, words, ((owner.at, "right here"),))
            if wrong in entity.distinct_from:
                words = {"text": wrong, "name": entity.name, "other": "somebody that it is distinct from"}
                yield Lint("wrong-form-is-right", entity.at, words)
    yield from _terms_both_ways(facts)


# Joiners, which some scripts spell words with.
_JOINERS = str.maketrans("", "", "\u200c\u200d")


def _plain_form(name: str) -> bool:
    """Whether all characters of a name can be seen."""
    return name.translate(_JOINERS).replace("\xa0", " ").isprintable()


def _told(entity: Entity, facts: Facts) -> str:
    """An entity so that it can be told from its namesakes: its kind, birth or country, and its line."""
    known = {fact.attribute: fact for fact in facts.by_subject.get(entity.id, ())}
    more = next((f"{key} {known[key].value}" for key in ("born", "founded", "date") if key in known), "")
    more = more or next((f"in {known[key].value}" for key in ("country", "headquarters") if key in known), "")
    return f"the {entity.kind} {entity.name}" + (f" ({more})" if more else "")


def _terms_both_ways(facts: Facts) -> Iterator[Lint]:
    used = {term.use: term for term in facts.terms if not term.near}
    for term in facts.terms:
        for wrong in term.wrong:
            if not term.near and (other := used.get(wrong)):
                words = {"text": wrong, "line": str(other.at.line)}
                yield Lint("term-both-ways", term.at, words, ((other.at, "there"),))


def find_unsourced(facts: Facts) -> Iterator[Lint]:
    """Facts without a source, told once for a file without any and once for an entity without any; unused sources."""
    cited: set[tuple[str, str]] = set()
    sourced_files: set[str] = set()
    for fact in facts.facts:
        if fact.source is not None:
            cited.add((fact.source.key, fact.source.title))
            sourced_files.add(fact.at.file)
    seen: set[str] = set()
    for entity in facts.entities:
        bare: dict[str, list[Fact]] = {}
        total: dict[str, int] = {}
        for fact in facts.by_subject.get(entity.id, ()):
            total[fact.at.file] = total.get(fact.at.file, 0) + 1
            if fact.source is None:
                bare.setdefault(fact.at.file, []).append(fact)
        for file, unsourced in bare.items():
            if file not in sourced_files:
                if file not in seen:
                    seen.add(file)
                    yield Lint("no-source", Site(file, 1, 1), {"what": "any fact of this file"})
            elif len(unsourced) == total[file] and entity.at.file == file:
                yield Lint("no-source", entity.at, {"what": f"what is known of {entity.name}"})
            else:
                for fact in unsourced:
                    yield Lint("no-source", fact.at, {"what": facts.cite(fact).says})
    for source, site in facts.sources:
        if (source.key, source.title) not in cited:
            yield Lint("unused-source", site, {"source": source.key})


def stale_sources(facts: Facts, today: date, days: int) -> Iterator[tuple[Cited, Site, int | None]]:
    """The sources that nobody checked within so many days, with their age in days (None: never), the oldest first."""
    found: list[tuple[int, Cited, Site]] = []
    for source, site in facts.sources:
        checked = parse_date(source.checked).last if source.checked and source.checked != "unknown" else None
        age = (today - checked).days if checked else -1
        if checked is None or age > days:
            found.append((age, source, site))
    for age, source, site in sorted(found, key=lambda item: (item[0] >= 0, -item[0], item[2].file, item[2].line)):
        yield source, site, None if age < 0 else age


def find_stale(facts: Facts, today: date, days: int) -> Iterator[Lint]:
    """Sources that were not checked for so many days."""
    for source, site, age in stale_sources(facts, today, days):
        told = f"was last checked on {source.checked}, {age} days ago" if age is not None else "was never checked"
        yield Lint("stale-source", site, {"source": source.title or source.key, "checked": told})


def find_announced_passed(facts: Facts, today: date) -> Iterator[Lint]:
    """Announcements whose day has come."""
    for fact in facts.facts:
        since = fact.holds.since
        if isinstance(fact.value, Period) and fact.attribute == "date":
            since = fact.value
        derived = fact.attribute.startswith("count:") and "/members/" in fact.id
        if fact.announced and since and since.last and since.last < today and not derived:
            yield Lint("announced-passed", fact.at, {"what": facts.cite(fact).says, "since": str(since)})


# What can only be said of a file of which all could be read.
_OF_WHOLE = frozenset({"count-differs-from-members", "empty-count", "gap", "no-source", "unused-post", "unused-source"})

LINTS: tuple[Callable[[Facts], Iterator[Lint]], ...] = (
    find_untimely,
    find_crowded,
    find_uneven_counts,
    find_unused_posts,
    find_shared_names,
    find_unsourced,
)


# From what was found to a report


_TOKEN = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\n]|'')*'|[^\s,#\[\]{}][^,#\[\]{}\n]*|.")


def _report(file: str, lints: Iterable[Lint], facts: Facts) -> DocumentReport:
    """The findings of one file by place."""
    try:
        text = yamlfile.decode(yamlfile.read_bytes(place_of(file)), file)
    except FaultsError:
        text = ""
    starts = line_starts(text)
    findings: list[Finding] = []
    seen: dict[tuple[str, str, str], int] = {}
    for lint in sorted(lints, key=lambda lint: (lint.at.line, lint.at.column, lint.rule, sorted(lint.words.items()))):
        rule = facts_rules()[lint.rule]
        start, end, excerpt = _place(text, starts, lint.at, lint.words.get("text", ""))
        piece = text[start.offset : end.offset]
        key = (lint.rule, piece, excerpt.strip())
        seen[key] = seen.get(key, 0) + 1
        print_of = "\0".join((f"{GROUP}/{lint.rule}", file, piece, excerpt.strip(), str(seen[key])))
        findings.append(
            Finding(
                rule=f"{GROUP}/{lint.rule}",
                severity=Severity.INFO if lint.info else rule.severity,
                message=rule.message.format_map({"text": piece, **lint.words}),
                text=piece,
                start=start,
                end=end,
                related=tuple(_related(file, text, starts, site, message) for site, message in lint.others),
                fingerprint=digest(print_of.encode("utf-8", "replace")).hex()[:16],
                excerpt=excerpt,
            )
        )
    findings.sort(key=lambda finding: (finding.start.offset, finding.rule))
    words = len(re.findall(r"\w+", text))
    as_of = str(facts.as_of) if facts.as_of else ""
    return DocumentReport(file, as_of, "facts" if as_of else "", words, tuple(findings))


def _related(file: str, text: str, starts: Sequence[int], site: Site, message: str) -> FindingSite:
    if site.file == file:
        start, end, _ = _place(text, starts, site)
        return FindingSite(start, end, message)
    place = Place(site.line, site.column, 0, site.column, site.column)
    return FindingSite(place, place, message, site.file)


def _place(text: str, starts: Sequence[int], at: Site, wanted: str = "") -> tuple[Place, Place, str]:
    """Start and end of what stands at a place (or of `wanted`, if it stands further on in that entry), and its line."""
    if at.line > len(starts):
        place = Place(at.line, at.column, len(text), at.column, at.column)
        return place, place, ""
    offset = min(starts[at.line - 1] + at.column - 1, len(text))
    found = _TOKEN.match(text, offset)
    length = len(found[0].rstrip()) if found else 0
    if wanted and found and wanted not in found[0]:
        # A name among others of the same entry: within a few lines of its beginning, if it stands there as it is.
        end = starts[at.line + 11] if at.line + 11 < len(starts) else len(text)
        again = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)").search(text, offset, end)
        if again:
            offset, length = again.start(), len(wanted)
    return _point(text, starts, offset), _point(text, starts, offset + length), _line(text, starts, offset)


def _line(text: str, starts: Sequence[int], offset: int) -> str:
    line, _ = line_and_column(starts, offset)
    end = starts[line] if line < len(starts) else len(text)
    return text[starts[line - 1] : end].rstrip("\r\n")


def _point(text: str, starts: Sequence[int], offset: int) -> Place:
    line, column = line_and_column(starts, offset)
    before = text[starts[line - 1] : offset]
    return Place(line, column, offset, len(before.encode("utf-16-le")) // 2 + 1, len(before.encode()) + 1)


def rule_of(name: str) -> Mapping[str, Any]:
    """A rule of the facts linter as `factlint explain` shows it: summary, severity and why."""
    rule = facts_rules()[name]
    return {"summary": rule.summary, "severity": rule.severity.value, "rationale": rule.why}
