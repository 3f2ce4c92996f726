"""The titles beside people's names held against the roles that they had at the time.

A title agrees where it says less than the facts; a post that the facts don't know contradicts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from enum import Enum
from functools import cache

from msgspec import Struct

from factlint.checks.descriptions import (
    Description,
    Token,
    Where,
    descriptions_beside,
    head_of,
    is_head,
    said_by,
    said_in,
    title_words,
    words_of,
)
from factlint.checks.neighbours import is_common, is_name
from factlint.facts.model import Entity, Fact, Facts, Role
from factlint.findings import Problem
from factlint.mentions import Reading
from factlint.names import ALIAS, FORMER, INITIALS, NAME, NICKNAME, SHORT, NameMention, index_of
from factlint.source import Span
from factlint.times import Period, Standing, parse_iso
from factlint.vocabulary import any_of, compact, fold, lines_of, parties, places, state_names, states, vocabulary

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|\w+(?:['-]\w+)*|[^\w\s]")
_WORD = re.compile(r"\w+")


class Verdict(Enum):
    """How a description stands to one role."""

    HELD = "held"
    ENDED = "ended"
    NOT_YET = "not yet"
    STILL = "still"  # called former, and holds
    RANK = "rank"  # another rank: deputy, majority, senior
    SHORTER = "shorter"  # “colonel” for a lieutenant colonel
    BODY = "body"  # the same title elsewhere
    FIELD = "field"  # the same kind of post, another field


class Judgement(Struct, frozen=True):
    """A verdict on a description by one role: the words that are at fault, what they should be, how sure."""

    verdict: Verdict
    fact: Fact
    at: Span
    right: str
    sure: float


class _Body(Struct, frozen=True):
    """Something that a role is held in: all ways to say it, its telling words, and the country or state that it is."""

    ways: tuple[frozenset[str], ...]
    telling: frozenset[str]
    place: str


class Bodies:
    """The bodies of roles, each worked out once."""

    __slots__ = ("_facts", "_known")

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._known: dict[str, _Body] = {}

    def of(self, name: str) -> _Body:
        """The body of a name."""
        if name not in self._known:
            self._known[name] = self._look(name)
        return self._known[name]

    def _look(self, name: str) -> _Body:
        ways = [name]
        place = places().get(compact(name), "")
        state = states().get(compact(name))
        if place:
            ways += [way for way, whole in places().items() if whole == place]
        if state:
            ways += [way for way, whole in states().items() if whole == state]
            place = compact(state)
        words = tuple(fold(word) for word in _WORD.findall(name))
        index = index_of(self._facts)
        for word in words:
            for form in index.anchors.get(word, ()):
                if form.folded == words:
                    for row in form.entities:
                        entity = self._facts.entities[row]
                        ways += [entity.name, *entity.aliases, *entity.former]
                        ways += [
                            str(fact.value)
                            for fact in self._facts.of(entity.id, "demonym")
                            if isinstance(fact.value, str)
                        ]
        generic = vocabulary()["generic"]
        sets = []
        for way in ways:
            parts = frozenset(words_of(way)) - {"the", "of", "and", "for"}
            if parts:
                sets.append(parts)
        telling = frozenset(words_of(name)) - generic - vocabulary()["preposition"]
        return _Body(tuple(dict.fromkeys(sets)), telling, place)

    def holders(self, title: str, of: Sequence[str], when: Period) -> list[Fact]:
        """The roles of a title in one of some bodies that are held at a time."""
        return [
            fact for name in of for fact in self._facts.holders(title, name) if fact.holds.at(when) is Standing.HOLDS
        ]

    def named(self, body: _Body, said: set[str]) -> bool:
        """Whether words of a text name the body."""
        if any(way <= said for way in body.ways):
            return True
        return bool(body.telling) and len(body.telling & said) * 2 > len(body.telling)


class _Object(Struct, frozen=True):
    """The body that a description names: its words, and whether it stands after a preposition."""

    tokens: tuple[Token, ...]
    after: bool

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.tokens[0].start, self.tokens[-1].end)


def object_of(phrase: Sequence[Token], head: int, title: Collection[str] = ()) -> _Object | None:
    """The capitalised words that say where a post is held: after “of” and its like, else before the title.

    The words of the title itself (folded) are passed over.
    """
    number = head + 1
    prepositions = vocabulary()["preposition"]
    while number < len(phrase) and phrase[number].folded not in prepositions - {"with"}:
        if number > head + 3 or phrase[number].folded in vocabulary()["stop"]:
            break
        number += 1
    if number < len(phrase) and phrase[number].folded in prepositions:
        found: list[Token] = []
        number += 1
        while number < len(phrase):
            token = phrase[number]
            if token.capital or (token.is_word and token.text[0].isdigit()):
                found.append(token)
            elif token.folded in ("of", "the", "for", "and", "de", "la") or token.text in ("&", "-", ".", "'"):
                if found:
                    following = phrase[number + 1] if number + 1 < len(phrase) else None
                    if following is None or not (following.capital or following.folded == "the"):
                        break
                elif token.folded not in ("the", "la"):
                    break
            elif found:
                break
            else:
                break
            number += 1
        while found and found[-1].folded in ("of", "the", "for", "and"):
            found.pop()
        if found:
            return _Object(tuple(found), True)
    ahead: list[Token] = []
    vocab = vocabulary()
    for token in reversed(phrase[:head]):
        small = vocab["past"] | vocab["then"] | vocab["month"] | vocab["function"]
        if not token.capital or (token.folded in small and not token.text.isupper()):
            if token.is_word and not token.capital and not ahead:
                continue
            break
        kinds = vocab["rank"] | vocab["exclusive"] | vocab["coming"]
        if is_head(token) or token.folded in kinds or token.folded in parties() or token.folded in title:
            if ahead:
                break
            continue
        ahead.append(token)
    return _Object(tuple(reversed(ahead)), False) if ahead else None


def place_of(tokens: Sequence[Token]) -> str:
    """The country or state that words name, alone."""
    words = [token.folded for token in tokens]
    for text in (" ".join(words), "".join(words)):
        if text in places():
            return places()[text]
    return ""


def judge(described: Description, fact: Fact, bodies: Bodies, when: Period, dated: bool) -> Judgement | None:
    """What a description is worth by one role; None where the two don't compare."""
    role = fact.value
    assert isinstance(role, Role)
    best: Judgement | None = None
    for title in (role.title, *role.aliases):
        found = _judge_title(described, fact, role, title, bodies, when, dated)
        if found is not None and (best is None or _better(found, best)):
            best = found
    return best


def _better(one: Judgement, other: Judgement) -> bool:
    if (one.verdict is Verdict.HELD) != (other.verdict is Verdict.HELD):
        return one.verdict is Verdict.HELD
    return one.sure < other.sure


def _judge_title(
    described: Description, fact: Fact, role: Role, title: str, bodies: Bodies, when: Period, dated: bool
) -> Judgement | None:
    phrase = described.tokens
    head = head_of(title)
    order = range(len(phrase) - 1, -1, -1) if described.where is Where.BEFORE else range(len(phrase))
    at = next((number for number in order if phrase[number].is_word and head in said_by(phrase[number].folded)), None)
    said = described.said
    wanted = set(title_words(title)) - vocabulary()["soft"]
    if at is None:
        if head not in said:
            return (
                _judge_exclusive(described, fact, role, title, wanted, bodies, when)
                or _judge_same_body(described, fact, role, bodies, when)
                or _judge_same_field(described, fact, role, wanted - {head}, when)
            )
        # A head of several words (“prime minister”) ends where the words so far hold it.
        at = next((number for number in range(len(phrase)) if head in said_in(phrase[: number + 1])), 0)
    start = at
    while start and _modifies(phrase[start - 1], wanted, start == at):
        start -= 1
    modifiers = said_in(phrase[start:at])
    title_span = Span(phrase[start].start, phrase[_last_of_title(phrase, at, wanted)].end)
    # Rank: a deputy is not the holder.
    above = vocabulary()["above"] | (set() if head in vocabulary()["forces"] else vocabulary()["lieutenant"])
    ranks, held_ranks = modifiers & above, wanted & above
    others = wanted - above - {head}
    lacking = wanted & vocabulary()["shortened"] - modifiers
    if head in vocabulary()["forces"] and not ranks and lacking and wanted <= lacking | {head}:
        return _at_time(described, Judgement(Verdict.SHORTER, fact, title_span, role.title, 0.7), when)
    if ranks != held_ranks:
        if (ranks | held_ranks) & vocabulary()["deputy"] or others & said or not others:
            sure = 0.92 if not others or others & said else 0.7
            return _at_time(described, Judgement(Verdict.RANK, fact, title_span, role.title, sure), when)
        return None
    scope = said_in(phrase[start : at + 4])
    for group in map(frozenset, lines_of("exclusive")):
        mine, theirs = scope & group, wanted & group
        if mine and theirs and not mine & theirs and not mine <= _title_parts(role):
            sure = 0.92 if len(wanted - theirs - said) <= 1 else 0.7
            return _at_time(described, Judgement(Verdict.RANK, fact, title_span, role.title, sure), when)
    # Weak ranks are often left out: only a plain addition to a title of several words counts.
    added = (modifiers & vocabulary()["beside"]) - wanted - {"acting", "interim", "senior"}
    if added and len(wanted) > 2 and len(wanted & said) >= 2 and wanted - said:
        return _at_time(described, Judgement(Verdict.RANK, fact, title_span, role.title, 0.85), when)
    field = others - said
    if field and not others & said:
        own = _field_words(phrase, start, at)
        if own:
            first = min(token.start for token in own)
            span = Span(min(first, phrase[at].start), max(phrase[at].end, max(token.end for token in own)))
            return _at_time(described, Judgement(Verdict.FIELD, fact, span, role.title, 0.7), when)
        if len(field) > 1 and head in vocabulary()["plain"]:
            return None
    body = _judge_complement(fact, role, title, bodies, object_of(phrase, at), said)
    body = body or _judge_body(described, fact, role, title, bodies, at, said | said_in(described.seat))
    if body is not None:
        return _at_time(described, body, when)
    return _judge_time(described, fact, role, title_span, when, dated)


def _last_of_title(phrase: Sequence[Token], head: int, wanted: set[str]) -> int:
    """The number of the last word of a title: its head, or “state” of “secretary of state”."""
    vocab = vocabulary()
    last = head
    number = head + 1
    while number < len(phrase):
        token = phrase[number]
        if token.folded in wanted or (token.folded in vocab["exclusive"] and number > head + 1):
            last = number
        elif token.folded not in ("of", "for", "to", "the", "and"):
            break
        number += 1
    return last


def _judge_complement(
    fact: Fact, role: Role, title: str, bodies: Bodies, stated: _Object | None, said: set[str]
) -> Judgement | None:
    """“Ambassador to X” held against the ambassador to another body: what the title itself names is another."""
    parts = re.split(r" (?:to|for|of) (?:the )?(?=[A-Z])", title, maxsplit=1)
    if len(parts) < 2 or stated is None or not stated.after:
        return None
    words = {token.folded.removesuffix("'s") for token in stated.tokens}
    known = [bodies.of(name) for name in (parts[1], *role.of)]
    if any(way <= said for way in known[0].ways) or any(way <= words for body in known for way in body.ways):
        return None
    if words & vocabulary()["exclusive"] or not words - vocabulary()["month"]:
        return None
    return Judgement(Verdict.BODY, fact, stated.span, parts[1], 0.9)


def _modifies(token: Token, wanted: set[str], adjacent: bool) -> bool:
    """Whether a word before the head of a title belongs to it."""
    vocab = vocabulary()
    if not token.is_word or any(token.folded in vocab[use] for use in ("determiner", "preposition", "party")):
        return False
    known = vocab["rank"] | vocab["exclusive"] | vocab["head"] | vocab["past"] | vocab["then"] | wanted
    return adjacent or token.capital or not known.isdisjoint(token.parts)


def _title_parts(role: Role) -> set[str]:
    return {word for title in (role.title, *role.aliases) for word in title_words(title)}


def _field_words(phrase: Sequence[Token], start: int, head: int) -> list[Token]:
    """The words that say the field of a post in the text: “law” of “law professor” and of “professor of law”."""
    vocab = vocabulary()
    skip = vocab["past"] | vocab["then"] | vocab["rank"] | vocab["head"] | vocab["function"] | set(parties())
    found = [
        token
        for token in phrase[max(start, head - 1) : head]
        if token.is_word
        and token.text.islower()
        and token.folded not in skip
        and len(token.text) > 2
        and not token.folded.endswith(("ing", "ed", "time", "ly"))
    ]
    if not found and head + 2 < len(phrase) and phrase[head + 1].folded in ("of", "for"):
        token = phrase[head + 2]
        if token.is_word and token.text.islower() and token.folded not in skip:
            found = [token]
    return found


def _judge_exclusive(
    described: Description, fact: Fact, role: Role, title: str, wanted: set[str], bodies: Bodies, when: Period
) -> Judgement | None:
    """Two heads that exclude each other: a senior is no junior, a senator no assemblyman."""
    phrase = described.tokens
    was = described.where is Where.WAS
    if described.past or described.coming or (was and fact.holds.since is not None):
        return None
    legislators = vocabulary()["legislator"]
    for group in (*map(frozenset, lines_of("class")), legislators):
        theirs = wanted & group
        if not theirs or fact.holds.at(when) is not Standing.HOLDS:
            continue
        for token in phrase:
            mine = said_in((token,)) & group
            weak = token.folded in vocabulary()["beside"] and not _is_last_head(phrase, token)
            if mine and not mine & theirs and not weak:
                start = token
                number = phrase.index(token)
                if group is not legislators and _is_elsewhere(role, bodies, object_of(phrase, number)):
                    continue
                if said_in(phrase[max(0, number - 2) : number]) & (vocabulary()["above"] | vocabulary()["past"]):
                    continue
                if number and phrase[number - 1].folded in vocabulary()["local"]:
                    start = phrase[number - 1]
                dated = group is legislators and fact.holds.since is not None
                sure = 0.6 if was else 0.93 if dated else 0.85
                return Judgement(Verdict.RANK, fact, Span(start.start, token.end), title, sure)
    return None


def _is_elsewhere(role: Role, bodies: Bodies, stated: _Object | None) -> bool:
    """Whether a description names a body, and none that the role is held in."""
    if stated is None or not role.of:
        return False
    words = {token.folded.removesuffix("'s") for token in stated.tokens}
    known = [bodies.of(name) for name in role.of]
    if place_of(stated.tokens) and not any(body.place for body in known):
        return True  # a country is no bank of it
    return not any(bodies.named(body, words) for body in known)


def _judge_same_body(described: Description, fact: Fact, role: Role, bodies: Bodies, when: Period) -> Judgement | None:
    """Another post, called the one, in a body that the person holds a post in."""
    phrase = described.tokens
    if described.past or described.coming or phrase[0].folded in ("a", "an"):
        return None
    standing = fact.holds.at(when)
    if standing is Standing.NOT_YET or (standing is Standing.ENDED) != (described.where is Where.WAS):
        return None
    posts = [number for number, token in enumerate(phrase) if is_head(token)]
    at = posts[-1] if described.where is Where.BEFORE else posts[0]
    kinds = said_in(phrase[at : at + 1])
    vocab = vocabulary()
    if kinds & (vocab["vague"] | set(title_words(role.title))) or (
        not described.definite and not kinds & vocab["sole"]
    ):
        return None
    if described.where is Where.BEFORE and (phrase[at].folded in vocab["beside"] or not described.seat):
        stated = object_of(phrase, at)
    else:
        stated = object_of((*phrase, *described.seat), at)
    if stated is None or not role.of or _is_elsewhere(role, bodies, stated):
        return None
    end = at
    while (
        end + 1 < len(phrase)
        and any(is_head(token) for token in phrase[end + 1 : end + 3])
        and (phrase[end + 1].folded not in vocab["preposition"])
    ):
        end += 1  # “chief financial officer”
    while (
        end + 2 < len(phrase)
        and phrase[end + 1].folded == "of"
        and phrase[end + 2].text.islower()
        and phrase[end + 2].folded not in vocab["function"]
    ):
        end += 2
    if any(fact.subject != other.subject for other in bodies.holders(phrase[at].text, role.of, when)):
        return None  # somebody else's post
    if any(bodies.of(name).place for name in role.of) and not kinds & vocab["sole"] and end == at:
        return None
    return Judgement(Verdict.FIELD, fact, Span(phrase[at].start, phrase[end].end), role.title, 0.6)


def _judge_same_field(
    described: Description, fact: Fact, role: Role, others: set[str], when: Period
) -> Judgement | None:
    """Another kind of post in the same field, called the one: a health minister who is health spokesman."""
    vocab = vocabulary()
    field = others - vocab["generic"] - vocab["rank"] - vocab["function"]
    phrase = described.tokens
    if not field or described.past or described.coming or phrase[0].folded in ("a", "an"):
        return None
    if fact.holds.at(when) is not Standing.HOLDS or any(word in places() for word in field):
        return None
    number = next((number for number, token in enumerate(phrase) if is_head(token)), 0)
    span = phrase[max(0, number - len(field)) : number + 1]
    if not number or not field <= said_in(span) or said_in(span[-1:]) & vocab["vague"]:
        return None
    return Judgement(Verdict.FIELD, fact, Span(span[0].start, span[-1].end), role.title, 0.55)


def _is_last_head(phrase: Sequence[Token], token: Token) -> bool:
    number = phrase.index(token) + 1
    if number >= len(phrase) or not phrase[number].is_word:
        return True
    return phrase[number].folded in vocabulary()["preposition"]


def _judge_body(
    described: Description, fact: Fact, role: Role, title: str, bodies: Bodies, head: int, said: set[str]
) -> Judgement | None:
    if not role.of:
        return None
    phrase = described.tokens
    known = [bodies.of(name) for name in role.of]
    whole = any(way <= said for body in known for way in body.ways)
    if whole and all(body.place == "" for body in known):
        return None
    stated = object_of(phrase, head, words_of(title)) or (
        object_of((phrase[head], *described.seat), 0) if described.seat else None
    )
    if stated is None:
        return None
    words = {token.folded.removesuffix("'s") for token in stated.tokens}
    if words <= set(title_words(title)) or words <= vocabulary()["month"]:
        return None
    place = place_of(stated.tokens)
    if not place and not stated.after:
        places = [place_of((token,)) for token in stated.tokens]
        place = next((found for found in places if found), "")
    generic = vocabulary()["generic"]
    known_words = [way for body in known for way in body.ways]
    right = role.of[0]
    at = stated.span
    if any(way <= words for body in known for way in body.ways) or (whole and stated.after):
        return None
    if place:
        places_known = {body.place for body in known if body.place}
        nation = next((found for found in (nation_of(name) for name in role.of) if found), "")
        if place in places_known or (nation and nation == place):
            return None
        if places_known:
            same_kind = (place in state_names()) == any(found in state_names() for found in places_known)
            return Judgement(Verdict.BODY, fact, at, right, 0.93 if same_kind else 0.4)
        if nation and not stated.after:
            span = next(Span(token.start, token.end) for token in stated.tokens if place_of((token,)))
            return Judgement(Verdict.BODY, fact, span, right, 0.85)
        return None
    initials = {
        "".join(word[0] for word in words_of(name) if word not in left_out)
        for name in role.of
        for left_out in (vocabulary()["soft"], vocabulary()["function"])
    }
    if words & initials:
        return None
    telling = words - generic - set(parties()) - {"us", "eu", "uk"}
    if not telling:
        of_words = sum(token.capital for token in stated.tokens) > 1 and not any(words & way for way in known_words)
        if not stated.after or not (of_words or any(token.text.isupper() for token in stated.tokens)):
            return None
        telling = words
    generic_head = head_of(title) in vocabulary()["plain"] and len(title_words(title)) == 1
    if any(body.telling & said for body in known):
        # Partly the same: another only where each has a word of its own.
        own = {word for word in words if len(word) > 2} - vocabulary()["soft"]
        for body in known:
            longest = max(body.ways, key=len)
            apart = own - longest, longest - said
            if not all(apart) or not frozenset().union(*apart) - generic or not body.telling & words:
                return None
        return Judgement(
            Verdict.BODY, fact, at, right, 0.9 if any(telling - max(body.ways, key=len) for body in known) else 0.7
        )
    if stated.after:
        seated = bool(described.seat) and stated.span.start >= described.seat[0].start
        local = head_of(title) in vocabulary()["sole"]
        if seated and not words & generic and (not local or any(longest & generic for longest in known[0].ways)):
            return None  # where somebody lives
        return Judgement(Verdict.BODY, fact, at, right, 0.6 if seated else 0.7 if generic_head else 0.9)
    if any(body.place for body in known) or any(
        is_common(token.folded) and not is_name(token.folded) for token in stated.tokens
    ):
        return None
    beside = stated.tokens[-1].end + 1 == min(token.start for token in phrase if token.start > stated.span.start)
    if all(token.text.isupper() for token in stated.tokens):
        return Judgement(Verdict.BODY, fact, at, right, 0.75)
    leads = not generic_head or head_of(title) in vocabulary()["sole"] | {"leader"}
    if beside and leads and not any("-" in token.text or token.text.endswith("'s") for token in stated.tokens):
        return Judgement(Verdict.BODY, fact, at, right, 0.6)
    return None


def nation_of(name: str) -> str:
    """The country that a body is of by its name: “U.K. government”, “U.S. Navy”."""
    for word in _TOKEN.findall(name):
        if word[0].isupper() and compact(word) in places():
            return places()[compact(word)]
    return ""


def _at_time(described: Description, found: Judgement, when: Period) -> Judgement | None:
    """A judgement by a role that was not held then counts for less, unless the text speaks of the past."""
    standing = found.fact.holds.at(when)
    if standing in (Standing.ENDED, Standing.NOT_YET):
        if described.past or described.where is Where.WAS:
            return found if standing is Standing.ENDED else None
        return None
    if standing is Standing.MAY_HOLD:
        return None  # nobody knows the bounds: no contradiction
    if described.past and standing is Standing.HOLDS and (found.fact.holds.since or found.fact.holds.until):
        return None
    return found


def _judge_time(described: Description, fact: Fact, role: Role, at: Span, when: Period, dated: bool) -> Judgement:
    held = Judgement(Verdict.HELD, fact, at, role.title, 1.0)
    standing = fact.holds.at(when)
    where = described.where
    if standing is Standing.MAY_HOLD:
        return held
    if described.coming:
        if standing is Standing.ENDED and (described.past or where in (Where.IS, Where.AFTER)):
            return Judgement(Verdict.ENDED, fact, at, role.title, 0.55)
        return held
    if standing is Standing.HOLDS:
        known = fact.holds.since is not None and not dated
        then = any(part in vocabulary()["then"] for token in described.tokens for part in token.parts)
        if described.past and known and not then and where is not Where.WAS:
            return Judgement(Verdict.STILL, fact, at, role.title, 0.85)
        return held
    if standing is Standing.ENDED:
        if described.past or described.beyond or where is Where.WAS:
            return held
        sure = {Where.BEFORE: 0.55, Where.AHEAD: 0.8, Where.AFTER: 0.92, Where.IS: 0.95}[where]
        owned = (
            token.folded in vocabulary()["owner"] or (token.text.endswith("'s") and token.capital)
            for token in described.tokens
        )
        if any(owned):
            sure = min(sure, 0.6)  # somebody's: not the post alone
        return Judgement(Verdict.ENDED, fact, at, f"former {role.title}", sure - (0.45 if dated else 0))
    if described.past and not dated:
        return Judgement(Verdict.NOT_YET, fact, at, role.title, 0.7)
    sure = {Where.BEFORE: 0.75, Where.AHEAD: 0.8, Where.AFTER: 0.85, Where.IS: 0.9, Where.WAS: 0.8}[where]
    return Judgement(Verdict.NOT_YET, fact, at, role.title, sure)


@cache
def _past_cue() -> re.Pattern[str]:
    year = r"(?:[Ii]n|of|[Ss]ince|[Uu]ntil|[Dd]uring) (?:[A-Z][a-z]+\.? )?(?:1[89]\d\d|20\d\d)"
    return re.compile(rf"\b(?:{year}|{any_of('past-cue')})\b")


_YEAR = re.compile(r"\b(?:in|during) (?:the )?(1[89]\d\d|20\d\d)\b")
PEOPLE_FORMS = frozenset({NAME, ALIAS, FORMER, NICKNAME, INITIALS, SHORT})


class Found(Struct, frozen=True):
    """A judgement with the person, the name in the text and the day that counted."""

    judgement: Judgement
    entity: Entity
    name: NameMention
    when: Period


def judge_titles(reading: Reading) -> tuple[Found, ...]:
    """What the titles beside the names of people are worth; worked out once for a reading."""
    return reading.remembered("titles judged", lambda one: tuple(_judge_all(one)))


def _judge_all(reading: Reading) -> Iterator[Found]:
    facts = reading.facts
    bodies = facts.remembered("bodies", Bodies)
    text = reading.document.plain
    people = [mention for mention in reading.names if any(entity.kind == "person" for entity in mention.entities)]
    for mention in people:
        entity = mention.entities[0]
        if mention.form not in PEOPLE_FORMS or len(mention.entities) > 1 or entity.kind != "person":
            continue
        roles = [fact for fact in facts.by_subject.get(entity.id, ()) if fact.attribute == "role"]
        beside = descriptions_beside(reading, mention.span) if roles else ()
        if not beside:
            continue
        sentence = reading.sentence_at(mention.span.start)
        said = text[sentence.start : sentence.end]
        when, dated = reading.date, bool(_past_cue().search(said))
        for described in beside:
            at = when
            if described.where is Where.WAS:
                year = _YEAR.search(said)
                if year:
                    at = _year(year[1])
            judged = [found for fact in roles if (found := judge(described, fact, bodies, at, dated)) is not None]
            held = {Verdict.HELD} if mention.form in (NAME, ALIAS) else {Verdict.HELD, Verdict.SHORTER}
            if not judged or any(found.verdict in held for found in judged):
                continue
            best = min(judged, key=lambda found: (_rank(found, at), found.verdict is Verdict.NOT_YET, -found.sure))
            yield Found(best, entity, mention, at)


def _rank(found: Judgement, when: Period) -> int:
    """Roles held at the time speak before roles that were not, but for another post than the text's last."""
    if found.verdict is Verdict.FIELD:
        return 2
    return 0 if found.fact.holds.at(when) in (Standing.HOLDS, Standing.MAY_HOLD) else 1


@cache
def _year(text: str) -> Period:
    return parse_iso(text)


def successor_of(facts: Facts, found: Found) -> Fact | None:
    """The role of the one other person who held a post at the time at which a text gives it to somebody else."""
    judged = found.judgement
    role = judged.fact.value
    assert isinstance(role, Role)
    if judged.verdict not in (Verdict.ENDED, Verdict.NOT_YET):
        return None
    others = [
        fact
        for fact in facts.holders(role.title, role.of[0] if role.of else "")
        if fact.subject != found.entity.id and fact.holds.at(found.when) is Standing.HOLDS
    ]
    return others[0] if len(others) == 1 else None


def titles_agree(reading: Reading, *, verdicts: list[str]) -> Iterator[Problem]:
    """Find titles beside names that the facts contradict.

    `verdicts` are those to report: rank (another post), body (the post of another body), field, ended, not yet, still.
    """
    for found in judge_titles(reading):
        judged = found.judgement
        if judged.verdict.value not in verdicts or successor_of(reading.facts, found) is not None:
            continue  # of a post that somebody else holds, the holders are asked for
        fact = judged.fact
        role = fact.value
        assert isinstance(role, Role)
        yield Problem(
            at=judged.at,
            words={
                "name": found.entity.name,
                "role": str(role),
                "since": str(fact.holds.since or "an unknown day"),
                "until": str(fact.holds.until or "an unknown day"),
            },
            suggestions=(judged.right,),
            facts=(reading.facts.cite(fact),),
            confidence=judged.sure,
        )
