"""Counts: “all 30 NATO allies”, “the 27-nation bloc”, “its 31st member”, held against what the facts count then."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from factlint.claims import (
    WRONG,
    Claim,
    Mark,
    Match,
    Verdict,
    find_patterns,
    judge,
    known_at,
    problems_of,
    skeleton_of,
    times_of,
    told_time,
)
from factlint.dates import DateKind
from factlint.facts.model import Entity, Fact, Facts
from factlint.findings import Problem
from factlint.mentions import Reading
from factlint.names import NameMention
from factlint.numbers import NumberMention, Quantity, in_prose, ordinal_of
from factlint.prepared import prepared
from factlint.source import Span
from factlint.times import ALWAYS, Period

COUNT = "count:"
_CAPITALISED = re.compile(r"(?<!\w)([A-Z]\w+) $")

# Counts of people (their prizes, their terms) are looked for only where there are not more of them.
FEW_PEOPLE = 2000

# A definite count of fewer than this part of the whole may be of some that the text named before (“the two allies”).
_WHOLE_FROM = 0.45


def counts_agree_with_facts(
    reading: Reading,
    *,
    whole: list[str] = [],  # noqa: B006 - options are never changed
    part: list[str] = [],  # noqa: B006
    definite: list[str] = [],  # noqa: B006
    ordinal: list[str] = [],  # noqa: B006
    generic: list[str] = [],  # noqa: B006
    hedges: list[str] = [],  # noqa: B006
    usual: list[str] = [],  # noqa: B006
    alike: list[list[str]] = [],  # noqa: B006
    every: list[str] = [],  # noqa: B006
) -> Iterator[Problem]:
    """Hold counts against the facts of the time; see `read_counts`."""
    claims = read_counts(
        reading,
        whole=whole,
        part=part,
        definite=definite,
        ordinal=ordinal,
        generic=generic,
        hedges=hedges,
        usual=usual,
        alike=alike,
        every=every,
    )
    yield from problems_of(claims, reading.facts)


def read_counts(
    reading: Reading,
    *,
    whole: list[str],
    part: list[str],
    definite: list[str],
    ordinal: list[str],
    generic: list[str],
    hedges: list[str],
    usual: list[str],
    alike: list[list[str]],
    every: list[str],
) -> Iterator[Claim]:
    """Read what a text says of how many something has.

    `whole` are patterns of counts of all; `definite` of such as may also be of some that were named before; `part` of
    some, which are wrong only if they are more than all; `ordinal` of a place in the order of joining. `generic` are
    words that stand for the one organization in reach; `hedges` words before a count that leave it undecided;
    `usual` nouns that may be counted of anything, so that they don't tell of what. `alike` are sets of nouns that count
    the same things of a body: whoever has so many members that are countries has so many nations. `every` are words
    that say something of all.
    """
    counted = _counted(reading.facts, alike)
    if not counted.nouns:
        return
    nouns, named = counted.pattern, _named(reading, counted)
    told_apart = _told_apart(whole, definite, part, ordinal) and counted.plain and not reading.folds_oddly
    sentences = _sentences(reading, named, counted, told_apart)
    if not sentences and not named:
        return
    reach = _Reach(reading, counted, tuple(generic), named)
    kinds = (("whole", whole), ("definite", definite), ("part", part), ("ordinal", ordinal))
    for sentence in sentences:
        if not reading.numbers_in(sentence):
            continue
        skeleton = skeleton_of(reading.document.plain, sentence, _marks(reading, sentence, reach, nouns))
        seen: set[Span] = set()
        for kind, patterns in kinds:
            for match in find_patterns(skeleton, patterns):
                value = match.roles["value"]
                if value.at in seen:
                    continue
                claim = _claim(reading, sentence, kind, match, reach, counted, hedges, usual)
                if claim is not None:
                    seen.add(value.at)
                    yield claim
    if any(word in reading.spelt for word in every):
        yield from _of_every(reading, reach, every)


def _of_every(reading: Reading, reach: _Reach, every: Sequence[str]) -> Iterator[Claim]:
    """Read what is said of all members (“all Norland League countries use the krone”) where the facts count some of
    whom it is true (“countries using the krone”)."""
    plain = reading.document.plain
    for mention in reach.mentions:
        entity = _entity(mention)
        for what, called in entity.nouns.items():
            for noun in (what, *called):
                head, _, rest = noun.casefold().partition(" ")
                verb, _, rest = rest.partition(" ")
                if not rest or not verb.endswith("ing"):
                    continue
                before = _EVERY_BEFORE.search(plain, max(0, mention.span.start - 20), mention.span.start)
                if before is None or before[1].casefold() not in every:
                    continue
                said = re.compile(
                    rf" (?:member )?{re.escape(head)}s? (\w+) (?:\w+ ){{0,2}}?{re.escape(rest)}\b", re.IGNORECASE
                )
                found = said.match(plain, mention.span.end)
                if found is None or found[1][:2] != verb[:2]:
                    continue
                known = known_at(reading.facts, entity.id, COUNT + what, reading.date)
                total = _total(reading, entity, COUNT + what)
                some = max((fact.value.high or 0 for fact in known if isinstance(fact.value, Quantity)), default=0.0)
                if not some:
                    continue
                right = total == some
                at = Span(*before.span(1))
                value = known[0].value
                told = (
                    in_prose(value, "Ten" if plain[at.start].isupper() else "ten")
                    if isinstance(value, Quantity)
                    else ""
                )
                yield Claim(
                    at,
                    entity.name,
                    COUNT + what,
                    before[1],
                    reading.date,
                    Verdict.SUPPORTED if right else Verdict.CONTRADICTED,
                    known,
                    {"noun": noun, "known": str(value), "when": "", "until": ""},
                    () if right else (told,),
                    confidence=0.93 if total else 0.75,
                )


_EVERY_BEFORE = re.compile(r"\b([A-Za-z]+) (?:of )?(?:the )?$")


def _total(reading: Reading, entity: Entity, but: str) -> float:
    """The largest of the other counts of an entity at the text's date; 0 if there is none."""
    return max(
        (
            fact.value.high or 0.0
            for what in entity.nouns
            if COUNT + what != but
            for fact in known_at(reading.facts, entity.id, COUNT + what, reading.date)
            if isinstance(fact.value, Quantity)
        ),
        default=0.0,
    )


class _Counted(Struct, frozen=True):
    """What the facts count: the entities with counts, their nouns in small letters and in the singular, too, and for
    each noun the entities that it may count of."""

    entities: Mapping[str, Entity]
    attributes: Mapping[tuple[str, str], str]  # (entity id, noun) → attribute
    nouns: Mapping[str, frozenset[str]]
    firsts: frozenset[str]  # the first words of the nouns
    pattern: re.Pattern[str]  # any of the nouns
    plain: bool  # whether all of the nouns begin with letters
    named: Mapping[str, frozenset[str]]  # the last words of names, with the ids of those called so


def _counted_of(facts: Facts, alike: tuple[tuple[str, ...], ...]) -> _Counted:
    entities: dict[str, Entity] = {}
    attributes: dict[tuple[str, str], str] = {}
    nouns: dict[str, set[str]] = {}
    rows = [row for kind in ("organization", "place", "event", "work") for row in facts.rows_by_kind.get(kind, ())]
    people = facts.rows_by_kind.get("person", ())
    rows += people if len(people) <= FEW_PEOPLE else ()
    for row in rows:
        entity = facts.entities[row]
        for what, called in entity.nouns.items():
            entities[entity.id] = entity
            said = {form for noun in (what, *called) for form in (noun.casefold(), _singular(noun.casefold()))}
            more = [noun for nouns in alike if entity.kind == "organization" and said & set(nouns) for noun in nouns]
            for noun in (what, *called, *more):
                for form in (noun.casefold(), _singular(noun.casefold())):
                    attributes.setdefault((entity.id, form), COUNT + what)
                    nouns.setdefault(form, set()).add(entity.id)
    firsts = frozenset(re.split(r"\W", noun.lstrip(), maxsplit=1)[0] for noun in nouns)
    pattern = _compiled(tuple(sorted(nouns, key=lambda noun: (-len(noun), noun))))
    by_noun = {noun: frozenset(ids) for noun, ids in nouns.items()}
    plain = all(first.isalnum() for first in firsts)
    return _Counted(entities, attributes, by_noun, firsts, pattern, plain, _ends_of_names(entities.values()))


def _counted(facts: Facts, alike: list[list[str]]) -> _Counted:
    known = facts.remembered("what is counted", _nothing_counted)
    found = next((counted for nouns, counted in known if nouns == alike), None)
    if found is None:
        found = _counted_of(facts, tuple(map(tuple, alike)))
        known.append((alike, found))
    return found


def _nothing_counted(_: Facts) -> list[tuple[list[list[str]], _Counted]]:
    return []


def _singular(noun: str) -> str:
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


@lru_cache(maxsize=8)
def _compiled(nouns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, nouns)) + r")(?!\w)", re.IGNORECASE)


class _Reach:
    """Which organizations a text mentions where, and whom a generic word stands for."""

    def __init__(self, reading: Reading, counted: _Counted, generic: tuple[str, ...], named: list[NameMention]) -> None:
        self.reading = reading
        self.counted = counted
        self.mentions = named
        self._starts = [mention.span.start for mention in named]
        self.generic = _compiled(generic) if generic else None

    def inside(self, span: Span) -> list[NameMention]:
        """The organizations mentioned in a part of the text."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return [mention for mention in self.mentions[first:last] if span.contains(mention.span)]

    def meant(self, at: Span, sentence: Span, word: str, value: Quantity) -> tuple[Entity, float] | None:
        """The organization that a generic word stands for, and how sure that is."""
        found = self._by_mention(at, sentence, word)
        return found or (self._by_word_before(at) or self._by_value(value) if word else None)

    def _by_word_before(self, at: Span) -> tuple[Entity, float] | None:
        """The one organization that has the capitalised word before a generic one in its name: “the European bloc”."""
        match = _CAPITALISED.search(self.reading.document.plain, max(0, at.start - 30), at.start)
        if match is None:
            return None
        word = match[1].casefold()
        found = [
            entity
            for entity in self.counted.entities.values()
            if any(word in name.casefold().split() for name in (entity.name, *entity.aliases))
        ]
        return (found[0], 0.91) if len(found) == 1 else None

    def _by_value(self, value: Quantity) -> tuple[Entity, float] | None:
        """The one organization that ever had so many: where none is mentioned, the number tells who is meant."""
        facts = self.reading.facts
        found = {
            entity.id: entity
            for (subject, _), attribute in self.counted.attributes.items()
            for entity in (self.counted.entities[subject],)
            if judge(value, facts.of(subject, attribute)) is Verdict.SUPPORTED
        }
        return (next(iter(found.values())), 0.9) if len(found) == 1 and value.exact is not None else None

    def _by_mention(self, at: Span, sentence: Span, word: str) -> tuple[Entity, float] | None:
        by_name = self.counted.named.get(word.casefold().rpartition(" ")[2], frozenset())
        here = _distinct(self.inside(sentence))
        if len(here) == 1:
            return here[0], 0.93
        if len(here) > 1:
            before = [mention for mention in self.inside(sentence) if mention.span.end <= at.start]
            fitting = [mention for mention in before or self.inside(sentence) if _entity(mention).id in by_name]
            return (_entity((fitting or before or [self.inside(sentence)[0]])[-1]), 0.7)
        block = self.reading.block_at(at.start).span
        before = [mention for mention in self.mentions if mention.span.end <= sentence.start]
        near = _distinct(mention for mention in before if block.contains(mention.span))
        if len(near) == 1:
            return near[0], 0.92
        every = _distinct(self.mentions)
        if len(every) == 1:
            return every[0], 0.91
        if len(by_name) == 1:
            return self.counted.entities[next(iter(by_name))], 0.91 if not every else 0.8
        return (_entity(before[-1]), 0.7) if before else None


def _ends_of_names(entities: Iterable[Entity]) -> Mapping[str, frozenset[str]]:
    """The last words of the names of what is counted (“alliance”), with those called so."""
    found: dict[str, set[str]] = {}
    for entity in entities:
        for name in (entity.name, *entity.aliases):
            first, _, last = name.casefold().rpartition(" ")
            if first:
                found.setdefault(last, set()).add(entity.id)
    return {word: frozenset(ids) for word, ids in found.items()}


def _distinct(mentions: Iterable[NameMention]) -> list[Entity]:
    return list({_entity(mention).id: _entity(mention) for mention in mentions}.values())


def _entity(mention: NameMention) -> Entity:
    assert mention.entity is not None
    return mention.entity


def _named(reading: Reading, counted: _Counted) -> list[NameMention]:
    """Where something that has counts is named."""
    return [
        mention
        for mention in reading.names
        if mention.entity is not None and mention.entity.id in counted.entities and mention.form != "wrong"
    ]


def _sentences(reading: Reading, named: list[NameMention], counted: _Counted, told_apart: bool) -> list[Span]:
    """The sentences that may hold a count: with a noun of something counted in them. If patterns are `told_apart`, it
    stands right behind a number, or something counted is named."""
    plain, nouns = reading.document.plain, counted.pattern
    if told_apart:
        behind = reading.beside_numbers.after
        numbers = [at for word, found in behind.items() if word.lower() in counted.firsts for at in found]
        places = [run.end() + 1 for run in (_RUN.match(plain, at) for at in numbers) if run]
        sentences = reading.sentences_at(at for at in places if nouns.match(plain, at))
        names = reading.sentences_at(mention.span.start for mention in named)
        sentences = sorted({*sentences, *(one for one in names if nouns.search(plain, one.start, one.end))})
    else:
        sentences = reading.sentences_at(at for at in reading.find_words(counted.firsts) if nouns.match(plain, at))
    for mention in named:  # “the EU 27”
        after = plain[mention.span.end : mention.span.end + 2]
        if after[1:].isdigit() and (sentence := reading.sentence_at(mention.span.start)) not in sentences:
            sentences.append(sentence)
    return sentences


_RUN = re.compile(r"\w+")
_BESIDE = re.compile(r"\{value:(?:number|ordinal)\}[ -]\{noun:\w+\}|\{\w+:organization\}")


@prepared
def _told_apart(*kinds: list[str]) -> bool:
    """Whether no match of some patterns goes without a name, or without a noun right behind the number."""
    needed = (re.sub(r"\[[^]]*\]|\([^)]*\)", "|", pattern) for patterns in kinds for pattern in patterns)
    return all(_BESIDE.search(pattern) for pattern in needed)


def _marks(reading: Reading, sentence: Span, reach: _Reach, nouns: re.Pattern[str]) -> Iterator[Mark]:
    plain = reading.document.plain
    for mention in reach.inside(sentence):
        yield Mark("organization", mention.span, _entity(mention))
    for date in reading.dates_in(sentence):
        if date.kind is not DateKind.WEEKDAY:
            yield Mark("date", date.at, date)
    for number in reading.numbers_in(sentence):
        if number.ordinal:
            yield Mark("ordinal", number.at, number)
        elif not number.value.unit and not _is_year(number.text):
            yield Mark("number", number.at, number)
    for match in nouns.finditer(plain, sentence.start, sentence.end):
        noun = match[0].casefold()
        # “30 members”, “the 30-member alliance”, “its 30th member”
        yield Mark("unit" if noun == _singular(noun) else "noun", Span(match.start(), match.end()), noun)
    if reach.generic is not None:
        for match in reach.generic.finditer(plain, sentence.start, sentence.end):
            yield Mark("generic", Span(match.start(), match.end()), match[0])


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and text[0] in "12"


def _claim(
    reading: Reading,
    sentence: Span,
    kind: str,
    match: Match,
    reach: _Reach,
    counted: _Counted,
    hedges: Sequence[str],
    usual: Sequence[str],
) -> Claim | None:
    number: NumberMention = match.roles["value"].mention
    subject = match.roles.get("subject")
    noun = match.roles["noun"].mention if "noun" in match.roles else ""
    sure, is_it = 0.95, subject is None and _IT.match(match.text) is not None
    if subject is not None and subject.kind == "organization":
        entity: Entity = subject.mention
    else:
        word = subject.mention if subject is not None else ""
        found = reach.meant(subject.at if subject else match.at, sentence, word, _whole_number(number))
        owners = counted.nouns.get(noun, frozenset())
        if found is None or (found[0].id, noun) not in counted.attributes:
            if len(owners) != 1 or noun in usual:
                return None
            found = counted.entities[next(iter(owners))], 0.9
        entity, sure = found
        if is_it and not _is_it(reading, sentence, match, entity, reach):
            return None
        if (
            subject is None
            and noun in usual
            and not _is_usual_of(noun)
            and not any(_entity(mention).id == entity.id for mention in reach.inside(sentence))
        ):
            return None  # “all 50 states” may be anybody's
    attribute = counted.attributes.get((entity.id, noun)) if noun else _main_count(reading.facts, entity)
    if attribute is None:
        return None
    value = _whole_number(number)
    document = reading.date
    own = times_of(reading, sentence)
    is_subject = subject is not None and subject.kind != "generic" and "(" not in match.text
    if not (is_subject or (subject is None and _is_subject(reading, sentence, match, entity, reach))):
        every = reading.facts.of(entity.id, attribute)
        if judge(value, every) is not Verdict.SUPPORTED:
            sure = min(sure, 0.7)  # it never had so many: somebody else may be meant
    hedged = _is_hedged(reading, sentence, number, hedges)
    made = _judged(reading.facts, entity, attribute, value, kind, own, document)
    verdict, facts, when, now_right = made
    if hedged and verdict in WRONG:
        verdict = Verdict.UNDECIDED
    if now_right or (verdict is Verdict.OUTDATED and _HAD.search(match.text) is not None):
        sure = min(sure, 0.6)  # “when the wall fell, NATO had 16 members”
    undated = any(fact.holds.possible == ALWAYS for fact in facts)
    if kind == "ordinal" and facts and (undated or (not own and not _is_news(reading, sentence))):
        most = max((fact.value.high or 0.0 for fact in facts if isinstance(fact.value, Quantity)), default=0.0)
        if (value.high or 0.0) < most:
            sure = min(sure, 0.6)  # “it had joined as its 16th member”: of another day, which is not said
    known = facts[0].value if facts and isinstance(facts[0].value, Quantity) else None
    suggestions = (_in_style(known, number),) if verdict in WRONG and known is not None else ()
    noun_told = noun or attribute.removeprefix(COUNT)
    before = {
        str(fact.holds.until)
        for fact in reading.facts.of(entity.id, attribute)
        if verdict is Verdict.OUTDATED and fact not in facts and judge(value, [fact]) is Verdict.SUPPORTED
    }
    return Claim(
        at=number.at,
        subject=entity.name,
        attribute=attribute,
        value=number.text,
        when=when,
        verdict=verdict,
        facts=facts,
        words={
            "noun": _plural(noun_told),
            "known": str(known) if known is not None else "",
            "when": f" on {told}" if (told := told_time(when)) and len(told) == 10 else f" in {told}" if told else "",
            "until": f" (that was right until {min(before)})" if len(before) == 1 and "None" not in before else "",
        },
        suggestions=suggestions,
        confidence=sure,
    )


def _begins_with(reading: Reading, sentence: Span, entity: Entity, reach: _Reach) -> int:
    """Where the name of one with which a sentence begins ends there; -1 if it doesn't, or names others."""
    mentions = reach.inside(sentence)
    if {_entity(mention).id for mention in mentions} != {entity.id}:
        return -1
    first = mentions[0].span
    return first.end if reading.document.plain[sentence.start : first.start] in ("", "The ") else -1


def _is_subject(reading: Reading, sentence: Span, match: Match, entity: Entity, reach: _Reach) -> bool:
    """Whether “its” before a count means the one that the sentence begins with: “Kaldor Foods sold 40 of its 512”."""
    return _ITS.match(match.text) is not None and _begins_with(reading, sentence, entity, reach) >= 0


_HAD = re.compile(r"\b(?:had|consisted|was|were)\b", re.IGNORECASE)
_IT = re.compile(r"it\b", re.IGNORECASE)
_ITS = re.compile(r"(?:its|their)\b", re.IGNORECASE)


# What a sentence may bring in that “it” means then: “NATO opened a center in Tallinn. It has 39 members.”
_ANOTHER = re.compile(
    r"'s\b|\b(?:[Aa]n?|[Ii]ts|[Tt]he) (?:[\w-]+ ){0,3}?"
    r"(?:agency|arm|assembly|board|body|bureau|center|centre|coalition|commission|committee|corps|council|court|delegation"
    r"|department|force|fund|group|mission|office|panel|parliament|secretariat|service|team|unit)\b"
)


def _is_it(reading: Reading, sentence: Span, match: Match, entity: Entity, reach: _Reach) -> bool:
    """Whether “it” at the beginning of a sentence means one with which the sentence before in its paragraph begins.

    That sentence names no other, and no time of its own.
    """
    if match.at.start != sentence.start or sentence.start <= reading.block_at(sentence.start).span.start:
        return False
    before = reading.sentence_at(sentence.start - 2)
    end = _begins_with(reading, before, entity, reach)
    if end < 0 or times_of(reading, before):
        return False
    return _ANOTHER.search(reading.document.plain, end, before.end) is None


def _is_usual_of(noun: str) -> bool:
    """Whether a noun tells by itself that something is counted in an organization: “member states”, “allies”."""
    return "member" in noun or "ally" in noun or "allies" in noun or "participating" in noun


def _is_news(reading: Reading, sentence: Span) -> bool:
    """Whether a sentence tells of the days around the text's date: “on Monday”, “yesterday”."""
    return any(date.kind in (DateKind.WEEKDAY, DateKind.RELATIVE) for date in reading.dates_in(sentence))


def _plural(noun: str) -> str:
    if noun.endswith("s"):
        return noun
    return noun[:-1] + "ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else noun + "s"


def _main_count(facts: Facts, entity: Entity) -> str | None:
    return COUNT + next(iter(entity.nouns)) if entity.nouns else None


def _whole_number(number: NumberMention) -> Quantity:
    """A count in digits is exact, however round it is."""
    if number.qualifier or "," in number.text or not number.text.isdigit():
        return number.value
    return Quantity(float(number.text), float(number.text), "", number.text)


def _judged(
    facts: Facts,
    entity: Entity,
    attribute: str,
    value: Quantity,
    kind: str,
    own: Sequence[Period],
    document: Period,
) -> tuple[Verdict, tuple[Fact, ...], Period, bool]:
    """The verdict on a count, the facts it rests on, the time that was judged, and whether it would be right today.

    A sentence with times of its own is judged as of these; right at any of them is right.
    """
    outcomes = []
    for when in (*own, document):
        known = known_at(facts, entity.id, attribute, when)
        outcomes.append((_judge(value, known, kind), known, when))
    told = outcomes[:-1] or outcomes
    for outcome in told:
        if outcome[0] is Verdict.SUPPORTED:
            return (*outcome, False)
    wrong = [outcome for outcome in told if outcome[0] is Verdict.CONTRADICTED]
    if not wrong:
        return (*told[-1], False)
    verdict, known, when = wrong[-1]
    if any(fact.announced for fact in known) or len({fact.value for fact in known}) > 3 or when == ALWAYS:
        # With no date at all only what was never right is wrong.
        every = tuple(facts.of(entity.id, attribute))
        if any(_judge(value, [fact], kind) is not Verdict.CONTRADICTED for fact in every):
            return Verdict.UNDECIDED, known, when, False
    if any(
        judge(value, [fact]) is Verdict.SUPPORTED
        for fact in facts.of(entity.id, attribute)
        if fact not in known and fact.holds.possible.before(when)
    ):
        verdict = Verdict.OUTDATED
    return verdict, known, when, bool(own) and outcomes[-1][0] is Verdict.SUPPORTED


def _judge(value: Quantity, known: Sequence[Fact], kind: str) -> Verdict:
    verdict = judge(value, known)
    if verdict is not Verdict.CONTRADICTED or kind in ("whole", "ordinal"):
        return verdict
    totals = [fact.value for fact in known if isinstance(fact.value, Quantity)]
    most = max((total.high if total.high is not None else float("inf") for total in totals), default=0.0)
    least = value.low if value.low is not None else 0.0
    if least > most:
        return verdict
    if kind == "part" or (value.high is not None and value.high < _WHOLE_FROM * most):
        return Verdict.UNDECIDED
    return verdict


def _is_hedged(reading: Reading, sentence: Span, number: NumberMention, hedges: Sequence[str]) -> bool:
    if not hedges:
        return False
    before = reading.document.plain[max(sentence.start, number.at.start - 60) : number.at.start]
    return _compiled(tuple(hedges)).search(before) is not None


def _in_style(known: Quantity, like: NumberMention) -> str:
    """A known count as the text would write it: in words or digits, as an ordinal or not."""
    exact = known.exact
    if like.ordinal and exact is not None:
        return ordinal_of(int(exact))
    return in_prose(Quantity(known.low, known.high), like.text)
