"""Places, capitals, membership and ages of known things, held against the facts of the time.

Two places contradict each other only if they are of one kind: a state and another state, a country and another.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice

from factlint.claims import WRONG, Claim, Verdict, problems_of, times_of
from factlint.descriptions import find_spoken, fold
from factlint.facts.model import Entity, Fact
from factlint.findings import Problem
from factlint.mentions import Reading
from factlint.names import NameMention
from factlint.prepared import prepared
from factlint.source import Span
from factlint.times import ALWAYS, Period
from factlint.vocabulary import word_list
from factlint.words import places_of

# A place as prose names it: capitalised words, with what parts them.
_PLACE = r"(?:the )?[A-Z][\w.'-]*(?:,? (?:of |and )?[A-Z][\w.'-]*)*(?: area)?"
_IN = re.compile(rf" (?:in|at) ({_PLACE})")
_WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*")
_COMPASS = ("northern", "southern", "eastern", "western", "north", "south", "east", "west", "central")
_EMPTY = frozenset({"the", "area", "city", "of", "and", "near", "town", "county", "province"})


@cache
def _states() -> Mapping[str, str]:
    """The names and abbreviations of the states, folded, each with the name that stands for all of them."""
    found: dict[str, str] = {}
    for line in word_list("states"):
        names = [name.strip() for name in re.split(r"[|:,;=]", line) if name.strip()]
        for name in names:
            found[_plain(name)] = _plain(names[0])
    return found


@cache
def _countries() -> frozenset[str]:
    return frozenset(
        _plain(name) for line in word_list("countries") for name in re.split(r"[|:;=]", line) if name.strip()
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace(".", "").split())


def _state(text: str) -> str:
    """The state that a place is or lies in, as its name tells; empty if it tells none."""
    for part in (text, *text.split(",")):
        found = _states().get(_plain(part))
        if found:
            return found
    return ""


def _agree(claimed: str, known: str) -> Verdict:
    """Whether two places may be the same, one may lie in the other, or they are different for sure."""
    said, right = _plain(claimed), _plain(known)
    words = {word for word in _WORD.findall(said) if word not in _EMPTY}
    others = {word for word in _WORD.findall(right) if word not in _EMPTY}
    if _towns_differ(said, right):
        return Verdict.CONTRADICTED
    if said in right or right in said or words & others:
        return Verdict.SUPPORTED
    one, other = _state(claimed), _state(known)
    if one and other:
        return Verdict.SUPPORTED if one == other else Verdict.CONTRADICTED
    lies_in = right.rpartition(", ")[2]
    if said in _countries() and lies_in in _countries():
        return Verdict.CONTRADICTED if _called(said) != _called(lies_in) else Verdict.SUPPORTED
    if said in _countries() or right in _countries():
        both = said in _countries() and right in _countries()
        return Verdict.CONTRADICTED if both else Verdict.UNDECIDED
    return Verdict.UNDECIDED if one and one == _plain(known) else Verdict.CONTRADICTED


def _towns_differ(said: str, right: str) -> bool:
    """Whether two places, folded, are two towns, each with what it lies in: “el paso, texas”, “laredo, texas”."""
    (one, _, in_one), (other, _, in_other) = said.partition(", "), right.partition(", ")
    if not in_one or not in_other or one in other or other in one:
        return False
    return not {one, other} & (_states().keys() | _countries())


def places_agree_with_facts(
    reading: Reading,
    *,
    located: list[str] = [],  # noqa: B006 - options are never changed
    after: dict[str, list[str]] = {},  # noqa: B006
    before: dict[str, list[str]] = {},  # noqa: B006
    regions: dict[str, list[str]] = {},  # noqa: B006
    groups: list[str] = [],  # noqa: B006
) -> Iterator[Problem]:
    """Hold places of birth, of institutions and of events against the facts; see `read_places`."""
    claims = read_places(reading, located=located, after=after, before=before, regions=regions, groups=groups)
    yield from problems_of(claims, reading.facts)


def read_places(
    reading: Reading,
    *,
    located: list[str],
    after: dict[str, list[str]],
    before: dict[str, list[str]],
    regions: dict[str, list[str]],
    groups: list[str],
) -> Iterator[Claim]:
    """Read where somebody was born, where an institution stands (one with a word of `located` in its name) and where
    an event was, and which region a place lies in.

    `after` are regular expressions, by the attribute of the facts, of what stands between a name and the place that
    follows; `before` of what stands between a place and the name that follows. `regions` are parts of the world with
    their adjectives, `groups` what leads from a body to a list of regions that its members are from.
    """
    plain = reading.document.plain
    institutions = frozenset(located)
    for mention in reading.names:
        entity = mention.entity
        if entity is None:
            continue
        facts = {fact.attribute: fact for fact in reading.facts.by_subject.get(entity.id, ())}
        if not facts:
            continue
        if "born place" in facts:
            facts.setdefault("birthplace", facts["born place"])
        said = _said_beside(plain, mention.span, facts, after, before)
        if said is not None:
            yield _place(reading, entity, *said, 0.92)
        elif entity.kind == "place" and "country" in facts:
            lies = _IN_COUNTRY.match(plain, mention.span.end)
            if lies is not None and _plain(lies[1]) in _countries():
                yield _place(reading, entity, facts["country"], lies, 0.92)
        elif institutions & set(entity.name.split()):
            known = facts.get("headquarters") or facts.get("place") or facts.get("country")
            match = _STANDS_IN.match(plain, mention.span.end) or _STANDS_OF.search(
                plain, max(0, mention.span.start - 40), mention.span.start
            )
            if known is not None and match is not None and _same_kind(match[1], str(known.value)):
                yield _place(reading, entity, known, match, 0.91)
        yield from _regions(reading, mention, entity)
        if "region" in facts and groups:
            yield from _members_regions(reading, mention, entity, regions, groups)
    for one in find_spoken(reading, "event"):
        for fact in reading.facts.of(one.entity.id, "place"):
            last = one.at[-1]
            sentence = Span(last.end, _clause_end(plain, last.end, one.sentence.end))
            found = list(_IN.finditer(plain, sentence.start, sentence.end))
            if found and one.coverage >= 0.66:
                near = found[0].start() - last.end < 3
                alike = _same_kind(found[0][1], str(fact.value))
                if near or alike:
                    yield _place(reading, one.entity, fact, found[0], 0.91 if alike else 0.7)


_STANDS_IN = re.compile(rf",? (?:an? (?:\w+ ){{1,3}})?(?:in|at) ({_PLACE})")
_STANDS_OF = re.compile(r"(?<![\w.-])((?:[A-Z][a-z]+ )?[A-Z][a-z]+)'s $")
_IN_COUNTRY = re.compile(rf",? in ({_PLACE})")
_LIST = re.compile(r"[A-Z]\w+(?: [A-Z]\w+)?(?:(?:, and |, | and )[A-Z]\w+(?: [A-Z]\w+)?)+")


def _said_beside(
    plain: str,
    name: Span,
    facts: Mapping[str, Fact],
    after: Mapping[str, list[str]],
    before: Mapping[str, list[str]],
) -> tuple[Fact, re.Match[str]] | None:
    """The place that stands right after a name or right before it, and the fact that it is held against."""
    for attribute, patterns in after.items():
        if attribute in facts and (match := _leading(tuple(patterns)).match(plain, name.end)):
            return facts[attribute], match
    for attribute, patterns in before.items():
        if attribute in facts and (
            match := _trailing(tuple(patterns)).search(plain, max(0, name.start - 50), name.start)
        ):
            return facts[attribute], match
    return None


@cache
def _leading(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(patterns)})({_PLACE})")


@cache
def _trailing(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.-])((?!The )(?:[A-Z][a-z]+ ){{0,2}}[A-Z][a-z]+)(?:{'|'.join(patterns)})$")


def _members_regions(
    reading: Reading, mention: NameMention, body: Entity, regions: Mapping[str, list[str]], groups: list[str]
) -> Iterator[Claim]:
    """Read the parts of the world that the members of a body are said to be from: “57 European and African states”."""
    plain = reading.document.plain
    known = [fact for fact in reading.facts.of(body.id, "region") if isinstance(fact.value, str)]
    sentence = reading.sentence_at(mention.span.start)
    lead = re.compile(rf"(?:{'|'.join(groups)})").search(plain, mention.span.end, sentence.end)
    if lead is None or len(known) < 2:
        return
    listed = _LIST.match(plain, lead.end(), sentence.end)
    if listed is None:
        return
    right = " ".join(str(fact.value) for fact in known).casefold()
    items = list(re.finditer(r"[A-Z]\w+(?: [A-Z]\w+)?", listed[0]))
    named = [(item, name) for item in items for name, forms in regions.items() if item[0] in (name, *forms)]
    held = [
        (item, name, any(word in right for word in (name.casefold(), *map(str.casefold, regions[name]))))
        for item, name in named
    ]
    if len(held) < 2 or not any(fits for _, _, fits in held):
        return
    for item, name, fits in held:
        at = Span(listed.start() + item.start(), listed.start() + item.end())
        verdict = Verdict.SUPPORTED if fits else Verdict.CONTRADICTED
        told = ", ".join(str(fact.value) for fact in known)
        yield Claim(
            at,
            body.name,
            "region",
            name,
            reading.date,
            verdict,
            tuple(known[:1]),
            {"known": told, "what": "regions"},
            confidence=0.92,
        )


def _same_kind(claimed: str, known: str) -> bool:
    if _state(claimed) and _state(known):
        return True
    return _plain(claimed) in _countries() and _plain(known) in _countries()


def _clause_end(plain: str, start: int, end: int) -> int:
    at = plain.find(";", start, end)
    return end if at < 0 else at


def _place(reading: Reading, entity: Entity, fact: Fact, match: re.Match[str], sure: float) -> Claim:
    end = min(match.end(1), reading.sentence_at(match.start(1)).end)
    said = match[1][: end - match.start(1)].rstrip()
    verdict = _agree(said, str(fact.value))
    text = said.removeprefix("the ")
    start = match.start(1) + len(said) - len(text)
    if text.endswith(".") and (start + len(text) >= reading.sentence_at(start).end or len(text) > 6) and _is_stop(text):
        text = text[:-1]  # the full stop of the sentence
    at = Span(start, start + len(text))
    return _claim(reading, entity, fact, at, verdict, sure)


def _is_stop(text: str) -> bool:
    """Whether the full stop at the end of a place is not that of an abbreviation (“N.D.”, “Conn.”)."""
    last = text.rpartition(" ")[2][:-1]
    return "." not in last and not (len(last) < 6 and _plain(last) in _states() and last.casefold() != _state(last))


def _claim(reading: Reading, entity: Entity, fact: Fact, at: Span, verdict: Verdict, sure: float) -> Claim:
    known = str(fact.value)
    return Claim(
        at=at,
        subject=entity.name,
        attribute=fact.attribute,
        value=reading.document.text[at.start : at.end],
        when=reading.date,
        verdict=verdict,
        facts=(fact,),
        words={"known": known, "what": fact.attribute.replace("_", " ")},
        suggestions=(known,) if verdict in WRONG else (),
        confidence=sure,
    )


def _regions(reading: Reading, mention: NameMention, entity: Entity) -> Iterator[Claim]:
    """“southern Italy” in a sentence about something that the facts put into northern Italy."""
    plain = reading.document.plain
    for fact in reading.facts.by_subject.get(entity.id, ()):
        if not isinstance(fact.value, str):
            continue
        words = fact.value.split()
        compass = [word for word in words if word in _COMPASS]
        if len(compass) != 1 or len(words) < 2:
            continue
        sentence = reading.sentence_at(mention.span.start)
        if plain.startswith("'s", mention.span.end):
            continue  # “Bavaria's neighbours in northern Germany”
        start = f"(?:{'|'.join(_COMPASS)})"
        pattern = re.compile(r"\b" + re.escape(fact.value).replace(re.escape(compass[0]), start) + r"\b", re.IGNORECASE)
        for match in pattern.finditer(plain, mention.span.end, min(sentence.end, mention.span.end + 60)):
            right = match[0].casefold() == fact.value.casefold()
            at = Span(match.start(), match.end())
            yield _claim(reading, entity, fact, at, Verdict.SUPPORTED if right else Verdict.CONTRADICTED, 0.92)


# Capitals and members


def capitals_agree_with_facts(
    reading: Reading,
    *,
    patterns: list[str] = [],  # noqa: B006
    reverse: list[str] = [],  # noqa: B006
    links: list[str] = [],  # noqa: B006
    onward: list[str] = [],  # noqa: B006
) -> Iterator[Problem]:
    """Hold “X, the capital of Y” and “Y's capital, X” against the facts; see `read_capitals`."""
    yield from problems_of(
        read_capitals(reading, patterns=patterns, reverse=reverse, links=links, onward=onward), reading.facts
    )


def read_capitals(
    reading: Reading, *, patterns: list[str], reverse: list[str], links: list[str], onward: list[str]
) -> Iterator[Claim]:
    """Read which town is said to be the capital of which country, at the time that the sentence gives or the text's.

    `patterns` are regular expressions of what stands between the town and the country, `reverse` of what stands between
    the country (or a word for its people, as “Swedish”) and the town. Of a country that the facts don't know, `links`
    stand between a town and “Norland's capital” after it, `onward` between that and a town after it.
    """
    if "capital" not in reading.words:
        return
    plain = reading.document.plain
    mentions = [mention for mention in reading.names if mention.entity is not None and mention.entity.kind == "place"]
    peoples = list(_demonyms(reading))
    seen: set[Span] = set()
    widest = max(map(len, (*links, *onward)), default=0) + len("capital")
    marks = sorted([*((mention.span, _entity(mention)) for mention in mentions), *peoples], key=lambda mark: mark[0])
    for number, (first, one) in enumerate(marks):
        for second, other in marks[number + 1 :]:
            if second.start - first.end >= 40:
                break
            between = plain[first.end : second.start]
            if "capital" not in between:
                continue
            claim = None
            if (first, one) not in peoples and any(re.fullmatch(pattern, between) for pattern in patterns):
                claim = _capital(reading, other.name, (other.name, *other.aliases), other, one, first)
            elif any(re.fullmatch(pattern, between) for pattern in reverse):
                claim = _capital(reading, one.name, (one.name, *one.aliases), one, other, second)
            if claim is not None:
                seen.add(claim.at)
                yield claim
    for at in reading.find_words(("capital",)):
        country = _COUNTRY_BEFORE.search(plain, max(0, at - 40), at)
        names = (_called(country[1]) or _called(country[1].rpartition(" ")[2])) if country else ()
        if not names and (of := _OF_COUNTRY.match(plain, at)):
            names = _called(of[1])
            country = of
        if country is None or not names:
            continue
        start = min(country.start(1), at)
        nearest = bisect_left(mentions, start - widest, key=_end)
        for mention in islice(mentions, nearest, None):
            if mention.span.start > at + widest:
                break
            before = plain[mention.span.end : start] if mention.span.end <= start else None
            after = plain[at + len("capital") : mention.span.start] if mention.span.start > at > start else None
            if mention.span not in seen and (before in links or after in onward):
                claim = _capital(reading, names[0], names, None, _entity(mention), mention.span)
                if claim is not None:
                    seen.add(claim.at)
                    yield claim


def _end(mention: NameMention) -> int:
    return mention.span.end


_OF_COUNTRY = re.compile(r"capital of (?:the )?([A-Z]\w+(?: [A-Z]\w+)?)\b")
_COUNTRY_BEFORE = re.compile(r"(?<![\w-])([A-Z]\w+(?: [A-Z]\w+)?)(?:'s)? $")


@cache
def _countries_called() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for use in ("countries", "states"):
        for line in word_list(use):
            names = tuple(name.strip() for name in line.split("|"))
            found |= {name.casefold(): names for name in names}
    return found


def _called(word: str) -> tuple[str, ...]:
    """All that a country or state is called by which has a name or an adjective."""
    return _countries_called().get(word.casefold(), ())


def _demonyms(reading: Reading) -> Iterator[tuple[Span, Entity]]:
    """The places of words for a country's people right before “capital”, with the country."""
    plain = reading.document.plain
    for at in places_of(plain, "capital"):
        word = _LAST_WORD.search(plain, max(0, at - 30), at)
        if word and word[1][0].isupper():
            for fact in reading.facts.saying("demonym", word[1]):
                yield Span(word.start(1), word.end(1)), reading.facts.by_id[fact.subject]
                break


_LAST_WORD = re.compile(r"([^\W\d_]+) $")


def _capital(
    reading: Reading, country: str, names: tuple[str, ...], entity: Entity | None, town: Entity, at: Span
) -> Claim | None:
    """The claim that a town is the capital of a country with some names, which is an entity of the facts or none."""
    facts = reading.facts
    times = times_of(reading, reading.sentence_at(at.start))
    when = times[0] if len(times) == 1 else reading.date
    known = [
        (fact, facts.by_id[fact.subject].name)
        for name in names
        for fact in facts.saying("capital_of", name)
        if fact.holds.possible.meets(when)
    ]
    if entity is not None:
        known += [(fact, str(fact.value)) for fact in facts.of(entity.id, "capital") if fact.holds.possible.meets(when)]
    if not known:
        return None
    theirs = {fold(name) for name in (town.name, *town.aliases, *town.former)}
    right = any(fact.subject == town.id or fold(name) in theirs for fact, name in known)
    verdict = Verdict.SUPPORTED if right else Verdict.CONTRADICTED
    fact, name = known[0]
    return Claim(
        at,
        country,
        "capital",
        reading.document.text[at.start : at.end],
        when,
        verdict,
        (fact,),
        {"known": name},
        (name,) if verdict in WRONG else (),
        confidence=0.95,
    )


def _entity(mention: NameMention) -> Entity:
    assert mention.entity is not None
    return mention.entity


def members_agree_with_facts(
    reading: Reading,
    *,
    between: list[str] = [],  # noqa: B006
    joined: list[str] = [],  # noqa: B006
    left: list[str] = [],  # noqa: B006
    doubts: list[str] = [],  # noqa: B006
) -> Iterator[Problem]:
    """Hold “NATO member Ukraine” and “Finland joined NATO in 2022” against the lists of members; see `read_members`."""
    claims = read_members(reading, between=between, joined=joined, left=left, doubts=doubts)
    yield from problems_of(claims, reading.facts)


def read_members(
    reading: Reading, *, between: list[str], joined: list[str], left: list[str], doubts: list[str]
) -> Iterator[Claim]:
    """Read who is a member of what (with one of `between` between the two names, in either order), who joined when
    (`joined`) and who left when (`left`); a word of `doubts` before them leaves it open.

    A pattern is a regular expression of what stands between the names; after “…” of what must follow the second.
    """
    plain = reading.document.plain
    mentions = [mention for mention in reading.names if mention.entity is not None]
    if not any(mention.entity and mention.entity.kind == "organization" for mention in mentions):
        return
    doubt = re.compile(r"\b(?:" + "|".join(map(re.escape, doubts)) + r")\b", re.IGNORECASE) if doubts else None
    for number, first in enumerate(mentions):
        for second in mentions[number + 1 : number + 3]:
            gap = plain[first.span.end : second.span.start]
            if len(gap) > 40 or "\n" in gap:
                continue
            sentence = reading.sentence_at(first.span.start)
            if doubt and doubt.search(plain, max(sentence.start, first.span.start - 40), second.span.end):
                continue
            one, other = _entity(first), _entity(second)
            if _parts(plain, gap, second.span.end, joined) and other.kind == "organization":
                yield from _joining(reading, other, one, second.span, sentence, left=False)
            elif _parts(plain, gap, second.span.end, left) and other.kind == "organization":
                yield from _joining(reading, other, one, second.span, sentence, left=True)
            elif _parts(plain, gap, second.span.end, between):
                body, who, at = (one, other, second.span) if one.kind == "organization" else (other, one, first.span)
                claim = _membership(reading, body, who, at, sentence)
                if claim is not None:
                    yield claim


def _parts(plain: str, gap: str, end: int, patterns: list[str]) -> bool:
    """Whether one of some patterns is what stands between two names, and what follows the second."""
    for pattern in patterns:
        between, _, after = pattern.partition("…")
        if re.fullmatch(between, gap) and (not after or re.compile(after).match(plain, end)):
            return True
    return False


def _members(reading: Reading, body: Entity, who: Entity) -> tuple[list[Fact], bool]:
    """The facts of one member of a body, and whether the body has a list of members at all."""
    names = {fold(name) for name in (who.name, *who.aliases)}
    listed = list(reading.facts.of(body.id, "member"))
    return [fact for fact in listed if fold(str(fact.value)) in names], len(listed) > 1


def _membership(reading: Reading, body: Entity, who: Entity, at: Span, sentence: Span) -> Claim | None:
    if who.kind not in ("place", "organization") or body.kind != "organization":
        return None
    known, listed = _members(reading, body, who)
    if not listed or (not known and who.kind != "place"):
        return None
    if known and any(fact.holds.possible.meets(reading.date) for fact in known):
        verdict = Verdict.SUPPORTED
    else:
        verdict = Verdict.CONTRADICTED
    if verdict is Verdict.CONTRADICTED and any(mention.period for mention in reading.dates_in(sentence)):
        verdict = Verdict.UNDECIDED
    told = "" if not known else str(known[0].holds.since or "")
    return Claim(
        at,
        who.name,
        f"member of {body.name}",
        reading.document.text[at.start : at.end],
        reading.date,
        verdict,
        tuple(known[:1]),
        {"body": body.name, "since": f" (since {told})" if told else ""},
        confidence=0.92 if reading.date != ALWAYS else 0.6,
    )


def _joining(reading: Reading, body: Entity, who: Entity, at: Span, sentence: Span, *, left: bool) -> Iterator[Claim]:
    known, _ = _members(reading, body, who)
    if not known:
        return
    for mention in reading.dates_in(Span(at.end, min(sentence.end, at.end + 30))):
        if mention.year is None or mention.period is None or mention.at.start - at.end > 20:
            continue
        since = [bound for fact in known if (bound := fact.holds.until if left else fact.holds.since) is not None]
        if not since:
            return
        right = any(mention.period.meets(period) for period in since)
        yield Claim(
            mention.at,
            who.name,
            f"member of {body.name}",
            mention.text,
            reading.date,
            Verdict.SUPPORTED if right else Verdict.CONTRADICTED,
            tuple(known[:1]),
            {"body": body.name, "since": f" ({'until' if left else 'since'} {since[0]})"},
            () if right else (str(since[0].first.year if since[0].first else since[0]),),
            confidence=0.93,
        )
        return


# Ages


def ages_agree_with_facts(
    reading: Reading,
    *,
    after: list[str] = [],  # noqa: B006
    before: list[str] = [],  # noqa: B006
) -> Iterator[Problem]:
    """Hold ages against dates of birth, as of the text's date; see `read_ages`."""
    yield from problems_of(read_ages(reading, after=after, before=before), reading.facts)


def read_ages(reading: Reading, *, after: list[str], before: list[str]) -> Iterator[Claim]:
    """Read ages beside names: “Ana Kaldor, 52,” and “52-year-old Ana Kaldor”. A year more or less is right.

    `after` and `before` are regular expressions of what follows a name and of what stands before it, with one group,
    the age.
    """
    plain, anchor = reading.document.plain, reading.date
    if anchor.first is None or anchor.last is None or not after or not before:
        return
    following, preceding = _beside_ages(after, before)
    for mention in reading.names:
        entity = mention.entity
        if entity is None or entity.kind != "person":
            continue
        known = [fact for fact in reading.facts.of(entity.id, "born") if isinstance(fact.value, Period)]
        if not known or any(reading.facts.of(entity.id, "died")):
            continue
        match = following.match(plain, mention.span.end) or preceding.search(
            plain, max(0, mention.span.start - 40), mention.span.start
        )
        if match is not None and match.lastindex:
            at = Span(*match.span(match.lastindex))
            yield _age(reading, entity, known[0], at, int(match[match.lastindex]))


@prepared
def _beside_ages(after: list[str], before: list[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile("|".join(after)), re.compile("|".join(f"{one}$" for one in before))


def _age(reading: Reading, entity: Entity, fact: Fact, at: Span, age: int) -> Claim:
    born, anchor = fact.value, reading.date
    assert isinstance(born, Period)
    least = most = age
    if born.first and born.last and anchor.first and anchor.last:
        least, most = anchor.first.year - born.last.year - 1, anchor.last.year - born.first.year
        if born.first == born.last and anchor.first == anchor.last:
            had = (anchor.first.month, anchor.first.day) >= (born.first.month, born.first.day)
            least = most = anchor.first.year - born.first.year - (not had)
    right = least <= age <= most
    near = least - 1 <= age <= most + 1
    return Claim(
        at,
        entity.name,
        "age",
        str(age),
        anchor,
        Verdict.SUPPORTED if right else Verdict.CONTRADICTED,
        (fact,),
        {"known": str(least) if least == most else f"{least} or {most}"},
        () if right else (str(most),),
        confidence=0.7 if near else 0.93,
    )
