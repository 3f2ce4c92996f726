"""Titles, posts, parties and states beside people's names, held against the roles that they had at the time.

What the text says of somebody is read from the words around the name alone (before it, in an apposition, after “is”);
where the facts say nothing comparable, nothing is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

from factlint.facts.model import Entity, Fact, Facts, Role
from factlint.findings import Problem
from factlint.mentions import Reading
from factlint.names import ALIAS, FORMER, INITIALS, NAME, SHORT, NameMention, fold, vocabulary, word_list
from factlint.source import Span
from factlint.times import Period, Standing

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|\w+(?:['-]\w+)*|[^\w\s]")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark of a sentence, with its place."""

    start: int
    end: int
    text: str
    folded: str

    @property
    def parts(self) -> list[str]:
        """Its words where hyphens join several, without possessive."""
        return self.folded.split("-")

    @property
    def is_word(self) -> bool:
        """Whether it is a word, not a mark."""
        return self.text[0].isalnum()

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()


class Where(Enum):
    """Where a description stands to the name that it describes."""

    BEFORE = "before"  # Secretary of State Antony Blinken
    AHEAD = "ahead"  # the US ambassador to NATO, Julie Smith
    AFTER = "after"  # Antony Blinken, the secretary of state,
    IS = "is"  # Antony Blinken is the secretary of state
    WAS = "was"  # … was …


@dataclass(frozen=True, slots=True)
class Description:
    """Words that say what somebody is: the words of the title with their places, and how it is qualified."""

    tokens: tuple[Token, ...]
    where: Where
    past: bool  # former, ex-, then-
    coming: bool  # -elect, nominee, candidate
    definite: bool


# Words


def _compact(text: str) -> str:
    return fold(text.removesuffix("'s").replace(".", "").replace("'", ""))


@cache
def _canonical() -> Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    """Ways to write a title by their first word, each with the way that stands for all; the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for line in word_list("titles"):
        use, _, words = line.partition(": ")
        if use == "same":
            first, *others = [tuple(word.split("-")) for word in words.split()]
            for other in others:
                found.setdefault(other[0], []).append((other, first))
    return {word: tuple(sorted(ways, key=lambda way: -len(way[0]))) for word, ways in found.items()}


@cache
def _places() -> Mapping[str, str]:
    """What stands for a country or state in one or more words (folded, without points), with its name folded."""
    found: dict[str, str] = {}
    for file in ("countries", "states"):
        for line in word_list(file):
            names = line.split("|")
            for name in names:
                found.setdefault(_compact(name), _compact(names[0]))
    return found


@cache
def _states() -> Mapping[str, str]:
    """What stands for a state of a federation (folded, without points), with its name."""
    return {_compact(name): line.split("|")[0] for line in word_list("states") for name in line.split("|")}


@cache
def _parties() -> Mapping[str, int]:
    """The words for a party with a number for each party."""
    for line in word_list("titles"):
        use, _, words = line.partition(": ")
        if use == "party":
            groups = words.split(" | ")
            return {word: number for number, group in enumerate(groups) for word in group.split()}
    return {}


@cache
def _exclusive() -> tuple[frozenset[str], ...]:
    return tuple(
        frozenset(line.partition(": ")[2].split()) for line in word_list("titles") if line.startswith("exclusive: ")
    )


def _canon(words: Sequence[str]) -> list[str]:
    """Folded words of a title with synonyms made one."""
    ways = _canonical()
    found: list[str] = []
    at = 0
    while at < len(words):
        for way, instead in ways.get(words[at], ()):
            if tuple(words[at : at + len(way)]) == way:
                found += instead
                at += len(way)
                break
        else:
            found.append(words[at])
            at += 1
    return found


def _split(text: str) -> list[str]:
    return [_compact(word) for word in _TOKEN.findall(text.replace("-", " ")) if word[0].isalnum()]


@cache
def _title_words(title: str) -> tuple[str, ...]:
    """The words of a title of the facts, synonyms made one, what stands in brackets left out."""
    return tuple(_canon(_split(re.sub(r"\([^)]*\)", " ", title))))


_PREPOSITIONS = frozenset({"of", "for", "to", "at", "in", "on", "with"})


@cache
def _head(title: str) -> str:
    """The word of a title that says what kind of post it is."""
    heads = vocabulary()["head"]
    words = _title_words(title)
    found = ""
    for word in words:
        if word in _PREPOSITIONS and found:
            break
        if word in heads:
            found = word
    return found or next((word for word in reversed(words) if word not in _PREPOSITIONS), "")


# Reading descriptions


def _tokens(text: str, span: Span) -> list[Token]:
    found = []
    coming = vocabulary()["coming"]
    for match in _TOKEN.finditer(text, span.start, span.end):
        word = match.group()
        stem, hyphen, last = word.rpartition("-")
        if hyphen and last in coming:
            found.append(Token(match.start(), match.start() + len(stem), stem, _compact(stem)))
            word = last
        found.append(Token(match.end() - len(word), match.end(), word, _compact(word)))
    return found


def _is_head(token: Token) -> bool:
    return not _head_words().isdisjoint(token.parts)


@cache
def _head_words() -> frozenset[str]:
    heads = vocabulary()["head"]
    return heads | {
        way[0][0] for ways in _canonical().values() for way in ways if len(way[0]) == 1 and way[1][-1] in heads
    }


_STOP = frozenset(
    {"and", "or", "but", "who", "which", "that", "said", "says", "told", "when", "where", "while", "as", "by"}
)


def _before(tokens: Sequence[Token], at: int, blocked: Sequence[Span]) -> tuple[Token, ...]:
    """The words right before token number `at` that may be its title, up to ten."""
    found: list[Token] = []
    number = at - 1
    preposition = False
    while number >= 0 and len(found) < 12:
        token = tokens[number]
        if not token.is_word:
            if token.text == "." and number and _is_abbreviation(tokens[number - 1]):
                number -= 1
                continue
            if token.text in "-–" and found:
                number -= 1
                continue
            break
        if token.folded in _STOP:
            break
        if token.folded in vocabulary()["function"] and not token.text.isupper():
            if token.folded in _PREPOSITIONS and number and found and _ahead_is_title(tokens, number):
                preposition = True
            elif token.folded in ("the", "a", "an"):
                found.append(token)
                if not preposition or not (number and tokens[number - 1].folded in _PREPOSITIONS):
                    break
                number -= 1
                continue
            elif token.folded in ("first", "second", "third", "then"):
                pass
            else:
                break
        if any(span.start <= token.start < span.end for span in blocked):
            break
        found.append(token)
        number -= 1
    return tuple(reversed(found))


def _ahead_is_title(tokens: Sequence[Token], number: int) -> bool:
    """Whether a preposition is a part of a title (“secretary of state”): the word before it is a head."""
    return number > 0 and _is_head(tokens[number - 1])


def _is_abbreviation(token: Token) -> bool:
    return len(token.text) == 1 or token.folded in _head_words() or token.folded in vocabulary()["honorific"]


_ENDS = frozenset({".", ";", ":", "—", "(", ")", "!", "?", '"', "“", "”"})


def _after(tokens: Sequence[Token], at: int, limit: int = 18) -> tuple[Token, ...]:
    """The words from token number `at` to the end of the phrase."""
    found: list[Token] = []
    for number in range(at, min(len(tokens), at + limit)):
        token = tokens[number]
        if token.text == "." and number and _is_abbreviation(tokens[number - 1]):
            continue
        if token.text in _ENDS or token.text == ",":
            break
        if token.folded in ("who", "which", "that", "whose", "when", "while", "where", "during", "but", "said", "says"):
            break
        found.append(token)
    return tuple(found)


_BE_NOW = frozenset({"is", "remains", "becomes", "serves"})
_BE_PAST = frozenset({"was", "became", "served", "been"})


def find_descriptions(text: str, sentence: Span, mention: Span, people: Sequence[Span]) -> Iterator[Description]:
    """What the words around a name say of whom it names. `people` are the places of other names of people."""
    tokens = _tokens(text, sentence)
    first = next((number for number, token in enumerate(tokens) if token.start >= mention.start), None)
    if first is None:
        return
    after = next((number for number, token in enumerate(tokens) if token.start >= mention.end), len(tokens))
    vocab = vocabulary()
    others = [span for span in people if not span.overlaps(mention)]
    before = _before(tokens, first, others)
    if any(_is_head(token) for token in before):
        described = _describe(before, Where.BEFORE)
        if described:
            yield described
    elif (
        first > 1
        and tokens[first - 1].text == ","
        and (after >= len(tokens) or tokens[after].text in ",.;(" or tokens[after].folded in ("of", "and"))
    ):
        ahead = _phrase_ahead(tokens, first - 1, others)
        described = _describe(ahead, Where.AHEAD) if ahead else None
        if described:
            yield described
    at = after
    if at < len(tokens) and tokens[at].text == "(":
        close = next((number for number in range(at, min(at + 12, len(tokens))) if tokens[number].text == ")"), None)
        if close is None:
            return
        at = close + 1
    if at < len(tokens) and tokens[at].folded == "of" and at + 1 < len(tokens):
        while at < len(tokens) and tokens[at].text != "," and at - after < 6:
            at += 1
    if at < len(tokens) and tokens[at].text == ",":
        start = at + 1
        if start < len(tokens) and tokens[start].folded == "who" and start + 1 < len(tokens):
            verb = tokens[start + 1].folded
            if verb in _BE_NOW | _BE_PAST:
                described = _describe(_after(tokens, start + 2), Where.IS if verb in _BE_NOW else Where.WAS)
                if described:
                    yield described
            return
        phrase = _after(tokens, start)
        if phrase and not _is_list(phrase, others, tokens, start):
            described = _describe(phrase, Where.AFTER)
            if described:
                yield described
        closing = next((number for number in range(start, len(tokens)) if tokens[number].text == ","), None)
        at = closing + 1 if closing is not None else len(tokens)
    if at < len(tokens) and tokens[at].folded in _BE_NOW | _BE_PAST | {"has"}:
        where = Where.IS if tokens[at].folded in _BE_NOW else Where.WAS
        start = at + 1
        if tokens[at].folded == "has":
            if not (start < len(tokens) and tokens[start].folded == "been"):
                return
            where, start = Where.IS, start + 1
        if start < len(tokens) and tokens[start].folded == "as":
            start += 1
        if start < len(tokens) and tokens[start].folded in ("not", "never", "no"):
            return
        described = _describe(_after(tokens, start), where)
        if described and (
            described.tokens[0].folded in ("the", "a", "an")
            or described.tokens[0].folded in vocab["past"]
            or _is_head(described.tokens[0])
            or described.tokens[0].capital
        ):
            yield described


def _phrase_ahead(tokens: Sequence[Token], comma: int, others: Sequence[Span]) -> tuple[Token, ...]:
    found: list[Token] = []
    number = comma - 1
    while number >= 0 and len(found) < 14:
        token = tokens[number]
        if not token.is_word:
            if token.text == "." and number and _is_abbreviation(tokens[number - 1]):
                number -= 1
                continue
            if token.text in "-–":
                number -= 1
                continue
            break
        if any(span.start <= token.start < span.end for span in others):
            return ()
        if token.folded in _STOP:
            break
        found.append(token)
        if token.folded in ("the", "a", "an") and not (
            number
            and tokens[number - 1].folded in _PREPOSITIONS
            and any(_is_head(other) for other in tokens[max(0, number - 6) : number - 1])
        ):
            break
        number -= 1
    found.reverse()
    last_head = max((number for number, token in enumerate(found) if _is_head(token)), default=None)
    if last_head is None:
        return ()
    # After the head only “of X” may stand before the comma: else the phrase ends in a name of its own.
    rest = found[last_head + 1 :]
    if rest and rest[0].folded not in _PREPOSITIONS:
        return ()
    return tuple(found)


def _is_list(phrase: Sequence[Token], others: Sequence[Span], tokens: Sequence[Token], start: int) -> bool:
    """Whether what follows a comma is the next of a list rather than an apposition: it names somebody."""
    first = phrase[0]
    if first.folded in ("and", "or", "but"):
        return True
    for number, token in enumerate(phrase):
        if any(span.start <= token.start < span.end for span in others):
            possessive = any(other.text in ("'s", "'") or other.text.endswith("'s") for other in phrase[: number + 3])
            preposition = any(other.folded in _PREPOSITIONS or other.folded == "by" for other in phrase[:number])
            return not (possessive or preposition)
        if token.folded in _PREPOSITIONS:
            break
    heads = [number for number, token in enumerate(phrase) if _is_head(token)]
    if heads and first.capital:
        following = phrase[heads[0] + 1 : heads[0] + 2]
        if following and following[0].capital and following[0].folded not in vocabulary()["generic"]:
            return True
    return False


def _describe(phrase: Sequence[Token], where: Where) -> Description | None:
    """The description that a phrase is, None if it has no title in it."""
    vocab = vocabulary()
    if not any(_is_head(token) for token in phrase):
        return None
    heads = [number for number, token in enumerate(phrase) if _is_head(token)]
    scope = phrase[: heads[-1] + 2] if where is Where.BEFORE else phrase[: heads[0] + 2]
    words = {part for token in scope for part in token.parts}
    past = bool(words & (vocab["past"] | vocab["then"]))
    every = {part for token in phrase for part in token.parts}
    coming = bool(every & vocab["coming"])
    definite = phrase[0].folded == "the"
    return Description(tuple(phrase), where, past, coming, definite)


# Judging


class Verdict(Enum):
    """How a description stands to one role."""

    HELD = "held"
    ENDED = "ended"
    NOT_YET = "not yet"
    STILL = "still"  # called former, and holds
    RANK = "rank"  # another rank: deputy, majority, senior
    BODY = "body"  # the same title elsewhere
    FIELD = "field"  # the same kind of post, another field
    OTHER = "other"  # no comparison


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on a description by one role: the words that are at fault, what they should be, how sure."""

    verdict: Verdict
    fact: Fact
    at: Span
    right: str
    sure: float


_STRONG = frozenset({"deputy", "vice", "assistant", "associate", "under", "sub"})
_WEAK = frozenset({"acting", "interim", "chief", "executive", "managing", "principal", "senior", "major", "lieutenant"})
_SOFT = frozenset({"affairs", "us", "united", "states", "person", "the", "a", "an", "and", *_PREPOSITIONS})
_GENERIC_HEADS = frozenset(
    {"member", "officer", "leader", "head", "executive", "director", "president", "chairman", "adviser", "partner"}
    | {"owner", "founder", "author", "manager", "aide", "analyst", "attorney", "writer", "editor", "fellow", "agent"}
)


def _one(word: str) -> str:
    for way, instead in _canonical().get(word, ()):
        if len(way) == 1 and len(instead) == 1:
            return instead[0]
    return word


def _said(tokens: Sequence[Token]) -> set[str]:
    words = [part for token in tokens if token.is_word for part in token.parts]
    return set(_canon(words)) | {_one(word) for word in words}


@dataclass(frozen=True, slots=True)
class _Body:
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
        from factlint.names import index_of

        ways = [name]
        place = _places().get(_compact(name), "")
        state = _states().get(_compact(name))
        if place:
            ways += [way for way, whole in _places().items() if whole == place]
        if state:
            ways += [way for way, whole in _states().items() if whole == state]
            place = _compact(state)
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
            parts = frozenset(_split(way)) - {"the", "of", "and", "for"}
            if parts:
                sets.append(parts)
        telling = frozenset(_split(name)) - generic - _PREPOSITIONS
        return _Body(tuple(dict.fromkeys(sets)), telling, place)

    def named(self, body: _Body, said: set[str]) -> bool:
        """Whether words of a text name the body."""
        if any(way <= said for way in body.ways):
            return True
        return bool(body.telling) and len(body.telling & said) * 2 > len(body.telling)


@dataclass(frozen=True, slots=True)
class _Object:
    """The body that a description names: its words, and whether it stands after a preposition."""

    tokens: tuple[Token, ...]
    after: bool

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.tokens[0].start, self.tokens[-1].end)


def _object(phrase: Sequence[Token], head: int) -> _Object | None:
    """The capitalised words that say where a post is held: after “of” and its like, else before the title."""
    number = head + 1
    while number < len(phrase) and not (phrase[number].folded in _PREPOSITIONS and phrase[number].folded != "with"):
        if number > head + 3 or phrase[number].folded in _STOP:
            break
        number += 1
    if number < len(phrase) and phrase[number].folded in _PREPOSITIONS:
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
        if not token.capital or token.folded in vocab["past"] | vocab["then"] | vocab["month"] | vocab["function"]:
            if token.is_word and not token.capital and not ahead:
                continue
            break
        kinds = vocab["rank"] | vocab["exclusive"] | vocab["coming"]
        if _is_head(token) or token.folded in kinds or token.folded in _parties():
            if ahead:
                break
            continue
        ahead.append(token)
    return _Object(tuple(reversed(ahead)), False) if ahead else None


def _place_of(tokens: Sequence[Token]) -> str:
    """The country or state that words name, alone."""
    words = [token.folded for token in tokens]
    for text in (" ".join(words), "".join(words)):
        if text in _places():
            return _places()[text]
    return ""


def _judge(described: Description, fact: Fact, bodies: Bodies, when: Period, dated: bool) -> Judgement | None:
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
    head = _head(title)
    order = range(len(phrase) - 1, -1, -1) if described.where is Where.BEFORE else range(len(phrase))
    at = next((number for number in order if phrase[number].is_word and head in _said((phrase[number],))), None)
    said = _said(phrase)
    wanted = set(_title_words(title)) - _SOFT
    if at is None:
        if head not in said:
            return _judge_exclusive(described, fact, title, wanted, when) or _judge_same_body(
                described, fact, role, bodies, when
            )
        at = next((number for number in order if _is_head(phrase[number])), 0)
    start = at
    while start and _modifies(phrase[start - 1], wanted, start == at):
        start -= 1
    modifiers = _said(phrase[start:at])
    title_span = Span(phrase[start].start, phrase[at].end)
    # Rank: a deputy is not the holder.
    ranks, held_ranks = modifiers & _STRONG, wanted & _STRONG
    others = wanted - _STRONG - {head}
    if ranks != held_ranks:
        if (ranks | held_ranks) & {"vice", "deputy"} or others & said or not others:
            sure = 0.92 if not others or others & said else 0.7
            return _at_time(described, Judgement(Verdict.RANK, fact, title_span, role.title, sure), when)
        return None
    scope = _said(phrase[start : at + 4])
    for group in _exclusive():
        mine, theirs = scope & group, wanted & group
        if mine and theirs and not mine & theirs and not mine <= _title_parts(role):
            sure = 0.92 if len(wanted - theirs - said) <= 1 else 0.7
            return _at_time(described, Judgement(Verdict.RANK, fact, title_span, role.title, sure), when)
    # Weak ranks are often left out: only a plain addition to a title of several words counts.
    added = (modifiers & _WEAK) - wanted - {"acting", "interim", "senior"}
    if added and len(wanted) > 2 and len(wanted & said) >= 2 and wanted - said:
        return _at_time(described, Judgement(Verdict.RANK, fact, title_span, role.title, 0.85), when)
    field = others - said
    if field and not others & said:
        own = _field_words(phrase, start, at)
        if own:
            first = min(token.start for token in own)
            span = Span(min(first, phrase[at].start), max(phrase[at].end, max(token.end for token in own)))
            return _at_time(described, Judgement(Verdict.FIELD, fact, span, role.title, 0.7), when)
        if len(field) > 1 and head in _GENERIC_HEADS:
            return None
    body = _judge_body(described, fact, role, title, bodies, at, said)
    if body is not None:
        return _at_time(described, body, when)
    return _judge_time(described, fact, role, title_span, when, dated)


def _modifies(token: Token, wanted: set[str], adjacent: bool) -> bool:
    """Whether a word before the head of a title belongs to it."""
    if not token.is_word or token.folded in ("the", "a", "an", *_PREPOSITIONS):
        return False
    vocab = vocabulary()
    known = vocab["rank"] | vocab["exclusive"] | vocab["head"] | vocab["past"] | vocab["then"] | wanted
    return adjacent or token.capital or not known.isdisjoint(token.parts)


def _title_parts(role: Role) -> set[str]:
    return {word for title in (role.title, *role.aliases) for word in _title_words(title)}


def _field_words(phrase: Sequence[Token], start: int, head: int) -> list[Token]:
    """The words that say the field of a post in the text: “law” of “law professor” and of “professor of law”."""
    vocab = vocabulary()
    skip = vocab["past"] | vocab["then"] | vocab["rank"] | vocab["head"] | vocab["function"] | set(_parties())
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
    described: Description, fact: Fact, title: str, wanted: set[str], when: Period
) -> Judgement | None:
    """Two heads that exclude each other: a senior is no junior, a senator no assemblyman."""
    phrase = described.tokens
    for group in (*_exclusive()[1:2], _LEGISLATORS):
        theirs = wanted & group
        if not theirs or fact.holds.at(when) in (Standing.ENDED, Standing.NOT_YET):
            continue
        for token in phrase:
            mine = _said((token,)) & group
            if mine and not mine & theirs and (token.folded not in _WEAK or _is_last_head(phrase, token)):
                start = token
                number = phrase.index(token)
                if number and phrase[number - 1].folded in ("state", "college", "high", "school"):
                    start = phrase[number - 1]
                dated = group is _LEGISLATORS and fact.holds.at(when) is Standing.HOLDS and bool(fact.holds.since)
                return Judgement(Verdict.RANK, fact, Span(start.start, token.end), title, 0.93 if dated else 0.85)
    return None


def _judge_same_body(described: Description, fact: Fact, role: Role, bodies: Bodies, when: Period) -> Judgement | None:
    """Another post, called the one, in a body that the person holds a post in."""
    if described.where not in (Where.AFTER, Where.IS) or not described.definite or described.past or described.coming:
        return None
    if fact.holds.at(when) in (Standing.ENDED, Standing.NOT_YET):
        return None
    phrase = described.tokens
    said = _said(phrase)
    if not any(bodies.of(name).telling and bodies.of(name).telling <= said for name in role.of):
        return None
    at = next(number for number, token in enumerate(phrase) if _is_head(token))
    end = at
    while end + 2 < len(phrase) and phrase[end + 1].folded == "of" and phrase[end + 2].text.islower():
        end += 2
    return Judgement(Verdict.FIELD, fact, Span(phrase[at].start, phrase[end].end), role.title, 0.6)


_LEGISLATORS = frozenset({"senator", "representative", "assemblyman", "delegate", "councilman", "alderman"})


def _is_last_head(phrase: Sequence[Token], token: Token) -> bool:
    number = phrase.index(token)
    return number + 1 >= len(phrase) or phrase[number + 1].folded in _PREPOSITIONS or not phrase[number + 1].is_word


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
    stated = _object(phrase, head)
    if stated is None:
        return None
    words = {token.folded.removesuffix("'s") for token in stated.tokens}
    if words <= set(_title_words(title)) or words <= vocabulary()["month"]:
        return None
    place = _place_of(stated.tokens)
    if not place and not stated.after:
        places = [_place_of((token,)) for token in stated.tokens]
        place = next((found for found in places if found), "")
    generic = vocabulary()["generic"]
    right = role.of[0]
    at = stated.span
    if any(way <= words for body in known for way in body.ways) or (whole and stated.after):
        return None
    if place:
        places_known = {body.place for body in known if body.place}
        nation = next((found for found in (_nation(name) for name in role.of) if found), "")
        if place in places_known or (nation and nation == place):
            return None
        if places_known:
            same_kind = (place in _state_names()) == any(found in _state_names() for found in places_known)
            return Judgement(Verdict.BODY, fact, at, right, 0.93 if same_kind else 0.4)
        if nation and not stated.after:
            span = next(Span(token.start, token.end) for token in stated.tokens if _place_of((token,)))
            return Judgement(Verdict.BODY, fact, span, right, 0.85)
        return None
    initials = {"".join(word[0] for word in _split(name) if word not in _SOFT) for name in role.of}
    if words & initials:
        return None
    telling = words - generic - set(_parties()) - {"us", "eu", "uk"}
    if not telling:
        if not stated.after or not any(token.text.isupper() for token in stated.tokens):
            return None
        telling = words
    generic_head = _head(title) in _GENERIC_HEADS and len(_title_words(title)) == 1
    if any(body.telling & said for body in known):
        # Partly the same: another only where each has a word of its own.
        for body in known:
            longest = max(body.ways, key=len)
            if not telling - longest or not longest - said or not body.telling & words:
                return None
        return Judgement(Verdict.BODY, fact, at, right, 0.9)
    if stated.after:
        return Judgement(Verdict.BODY, fact, at, right, 0.7 if generic_head else 0.9)
    return None


@cache
def _state_names() -> frozenset[str]:
    return frozenset(_compact(name) for name in _states().values())


def _nation(name: str) -> str:
    """The country that a body is of by its name: “U.K. government”, “U.S. Navy”."""
    for word in _TOKEN.findall(name):
        if word[0].isupper() and _compact(word) in _places():
            return _places()[_compact(word)]
    return ""


def _at_time(described: Description, found: Judgement, when: Period) -> Judgement | None:
    """A judgement by a role that was not held then counts for less, unless the text speaks of the past."""
    standing = found.fact.holds.at(when)
    if standing in (Standing.ENDED, Standing.NOT_YET):
        if described.past or described.where is Where.WAS:
            return found if standing is Standing.ENDED else None
        return None
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
        if described.past or where is Where.WAS:
            return held
        sure = {Where.BEFORE: 0.55, Where.AHEAD: 0.8, Where.AFTER: 0.92, Where.IS: 0.95}[where]
        if any(token.text.endswith("'s") and token.capital for token in described.tokens):
            sure = min(sure, 0.6)  # somebody's: not the post alone
        return Judgement(Verdict.ENDED, fact, at, f"former {role.title}", sure - (0.45 if dated else 0))
    if described.past and not dated:
        return Judgement(Verdict.NOT_YET, fact, at, role.title, 0.7)
    sure = {Where.BEFORE: 0.75, Where.AHEAD: 0.8, Where.AFTER: 0.85, Where.IS: 0.9, Where.WAS: 0.8}[where]
    return Judgement(Verdict.NOT_YET, fact, at, role.title, sure)


_PAST_CUE = re.compile(
    r"\b(?:in|of|since|until|during) (?:[A-Z][a-z]+\.? )?(?:1[89]\d\d|20\d\d)\b"
    r"|\b(?:then|at the time|years ago|back then|when)\b"
)
_YEAR = re.compile(r"\b(?:in|during|back in) (1[89]\d\d|20\d\d)\b")
_PEOPLE_FORMS = frozenset({NAME, ALIAS, FORMER, INITIALS, SHORT})


def described_as(reading: Reading, span: Span, entity: Entity) -> bool:
    """Whether the words around a name say what the facts say of an entity: the kind of post, and half of its title."""
    facts = reading.facts
    roles = [fact.value for fact in facts.by_subject.get(entity.id, ()) if isinstance(fact.value, Role)]
    if not roles:
        return False
    for described in find_descriptions(reading.document.plain, reading.sentence_at(span.start), span, ()):
        said = _said(described.tokens)
        for role in roles:
            for title in (role.title, *role.aliases):
                wanted = set(_title_words(title)) - _SOFT
                if _head(title) in said and len(wanted & said) * 2 >= len(wanted):
                    return True
    return False


@dataclass(frozen=True, slots=True)
class Found:
    """A judgement with the person, the name in the text and the day that counted."""

    judgement: Judgement
    entity: Entity
    name: NameMention
    when: Period


def judge_titles(reading: Reading) -> tuple[Found, ...]:
    """What the titles beside the names of people are worth; worked out once for a reading."""
    known: tuple[Found, ...] | None = reading.__dict__.get("_titles_judged")
    if known is None:
        known = reading.__dict__["_titles_judged"] = tuple(_judge_all(reading))
    return known


def _judge_all(reading: Reading) -> Iterator[Found]:
    facts = reading.facts
    bodies = Bodies(facts)
    text = reading.document.plain
    people = [mention for mention in reading.names if any(entity.kind == "person" for entity in mention.entities)]
    spans = [mention.span for mention in people]
    for mention in people:
        entity = mention.entities[0]
        if mention.form not in _PEOPLE_FORMS or len(mention.entities) > 1 or entity.kind != "person":
            continue
        roles = [fact for fact in facts.by_subject.get(entity.id, ()) if fact.attribute == "role"]
        if not roles:
            continue
        sentence = reading.sentence_at(mention.span.start)
        said = text[sentence.start : sentence.end]
        near = [span for span in spans if sentence.start <= span.start < sentence.end]
        when, dated = reading.date, bool(_PAST_CUE.search(said))
        for described in find_descriptions(text, sentence, mention.span, near):
            at = when
            if described.where is Where.WAS:
                year = _YEAR.search(said)
                if year:
                    at = _year(year[1])
            judged = [found for fact in roles if (found := _judge(described, fact, bodies, at, dated)) is not None]
            if not judged or any(found.verdict is Verdict.HELD for found in judged):
                continue
            best = min(judged, key=lambda found: (_rank(found, at), -found.sure))
            yield Found(best, entity, mention, at)


def _rank(found: Judgement, when: Period) -> int:
    """Roles held at the time speak before roles that were not."""
    return 0 if found.fact.holds.at(when) in (Standing.HOLDS, Standing.MAY_HOLD) else 1


# Tags: party and state


_TAG = re.compile(
    r" ?\(([A-Za-z]+)\.?(?:\)|[-–—, ]+([A-Z][\w. ]+?)\.?\))"
    r"|, ([A-Z])[-–—]([A-Z][a-z]+\.?|[A-Z]\.[A-Z]\.|[A-Z]{2})(?=[,.;) ]|$)"
)
_FROM = re.compile(r"(?: ?\([^)]{1,12}\))?,? (of|from) ((?:[A-Z][a-z]+\.?|[A-Z]\.(?:[A-Z]\.)?)(?: [A-Z][a-z]+\.?)?)")
_HOME = ("state", "home", "home state", "residence", "hometown", "constituency", "district", "birthplace")


@dataclass(frozen=True, slots=True)
class Tag:
    """A party or a state beside a name that is not the person's: what should stand there and the fact that says so."""

    at: Span
    kind: str
    right: str
    fact: Fact
    name: NameMention
    sure: float


def judge_tags(reading: Reading) -> Iterator[Tag]:
    """Hold parties and states beside names (“(R-Texas)”, “of Arizona”) against the facts."""
    facts = reading.facts
    text = reading.document.plain
    for mention in reading.names:
        entity = mention.entities[0]
        if mention.form not in _PEOPLE_FORMS or len(mention.entities) > 1 or entity.kind != "person":
            continue
        known = facts.by_subject.get(entity.id, ())
        if not known:
            continue
        end = mention.span.end
        tag = _TAG.match(text, end)
        if tag:
            party, state = (1, 2) if tag[1] else (3, 4)
            yield from _party(reading, known, mention, tag[party], Span(*tag.span(party)))
            if tag[state]:
                yield from _state(reading, known, mention, tag[state], Span(*tag.span(state)), 0.95)
        origin = _FROM.match(text, end)
        if origin:
            place = origin[2]
            if _compact(place) not in _states() and " " in place:
                place = place.split(" ")[0]
            span = Span(origin.start(2), origin.start(2) + len(place))
            yield from _state(reading, known, mention, place, span, 0.93 if origin[1] == "of" else 0.8)
        else:
            apposition = _APPOSITION.match(text, end)
            if apposition:
                place = apposition[1]
                if _compact(place) not in _states() and " " in place:
                    place = place.split(" ")[0]
                span = Span(apposition.start(1), apposition.start(1) + len(place))
                yield from _state(reading, known, mention, place, span, 0.75)


_APPOSITION = re.compile(r", an? (?:[\w-]+ ){0,4}from ((?:[A-Z][a-z]+\.?|[A-Z]\.(?:[A-Z]\.)?)(?: [A-Z][a-z]+\.?)?)")


def _party(reading: Reading, known: Sequence[Fact], mention: NameMention, said: str, at: Span) -> Iterator[Tag]:
    parties = _parties()
    claimed = parties.get(fold(said))
    if claimed is None or (len(said) == 1 and not said.isupper()):
        return
    held = [fact for fact in known if fact.attribute == "party" and isinstance(fact.value, str)]
    now = [fact for fact in held if fact.holds.at(reading.date) in (Standing.HOLDS, Standing.MAY_HOLD)]
    numbers = [_party_of(str(fact.value)) for fact in now]
    if now and all(number is not None and number != claimed for number in numbers):
        right = str(now[-1].value)
        if len(said) == 1:
            right = right[0].upper()
        yield Tag(at, "party", right, now[-1], mention, 0.93)


def _party_of(value: str) -> int | None:
    parties = _parties()
    return next((parties[fold(word)] for word in _WORD.findall(value) if fold(word) in parties), None)


def _state(
    reading: Reading, known: Sequence[Fact], mention: NameMention, said: str, at: Span, sure: float
) -> Iterator[Tag]:
    states = _states()
    claimed = states.get(_compact(said.strip()))
    if claimed is None:
        return
    theirs: list[tuple[str, Fact]] = []
    for fact in known:
        if isinstance(fact.value, Role):
            theirs += [(states[_compact(name)], fact) for name in fact.value.of if _compact(name) in states]
        elif isinstance(fact.value, str):
            found = list(_states_in(fact.value))
            if fact.attribute in _HOME:
                theirs += [(state, fact) for state in found]
            elif claimed in found:
                return
    if not theirs or any(state == claimed for state, _ in theirs):
        return
    held = [one for one in theirs if one[1].holds.at(reading.date) in (Standing.HOLDS, Standing.MAY_HOLD)]
    state, fact = (held or theirs)[-1]
    yield Tag(at, "state", _like(said, state), fact, mention, sure)


def _states_in(text: str) -> Iterator[str]:
    states = _states()
    for part in (text, *re.split(r", | in ", text)):
        if _compact(part.strip()) in states:
            yield states[_compact(part.strip())]


def _like(said: str, state: str) -> str:
    """A state's name written as the text writes that of another: in full, abbreviated, or as two letters."""
    line = next(line.split("|") for line in word_list("states") if line.split("|")[0] == state)
    if said in _states().values() or len(line) < 3:
        return line[1] if said.isupper() and len(said) == 2 and len(line) > 1 else state
    if said.isupper() and len(said) == 2:
        return line[1]
    return line[2] if line[2].endswith(".") else state


@cache
def _year(text: str) -> Period:
    from factlint.times import parse_iso

    return parse_iso(text)


# Nationality


_NATIONAL = ("nationality", "country", "citizenship")


def judge_nationality(reading: Reading) -> Iterator[Tag]:
    """Hold an adjective of a country before a name (“the British band the Stars”) against a known nationality."""
    facts = reading.facts
    if not any(True for attribute in _NATIONAL[:1] for _ in facts.saying(attribute)):
        return
    text = reading.document.plain
    for mention in reading.names:
        entity = mention.entities[0]
        if len(mention.entities) > 1 or entity.kind not in ("person", "organization", "work"):
            continue
        held = [
            fact
            for fact in facts.of(entity.id, "nationality")
            if fact.holds.at(reading.date) in (Standing.HOLDS, Standing.MAY_HOLD) and isinstance(fact.value, str)
        ]
        theirs = {found for fact in held for found in (_nation(str(fact.value)),) if found}
        if not theirs:
            continue
        sentence = reading.sentence_at(mention.span.start)
        tokens = [
            token
            for token in _tokens(text, Span(sentence.start, mention.span.start))
            if token.end <= mention.span.start
        ]
        for steps, token in enumerate(reversed(tokens[-6:])):
            if not token.is_word or token.folded in _STOP or token.folded in _PREPOSITIONS:
                break
            place = _place_of((token,))
            if place and token.capital and steps:
                if place not in theirs and place not in _state_names() and token.folded != place:
                    at = Span(token.start, token.end)
                    yield Tag(at, "nationality", str(held[-1].value), held[-1], mention, 0.85)
                break


# Somebody else's post


@dataclass(frozen=True, slots=True)
class Usurped:
    """A post that the text gives to somebody while the facts give it to somebody else then."""

    at: Span
    name: str
    holder: Fact
    sure: float


def judge_holders(reading: Reading) -> Iterator[Usurped]:
    """Find posts of one holder that the text gives to a known person who never had them."""
    facts = reading.facts
    text = reading.document.plain
    judged = {found.name.span for found in judge_titles(reading)}
    people = [mention for mention in reading.names if any(entity.kind == "person" for entity in mention.entities)]
    spans = [mention.span for mention in people]
    bodies = Bodies(facts)
    for mention in people:
        entity = mention.entities[0]
        if mention.form not in _PEOPLE_FORMS or len(mention.entities) > 1 or entity.kind != "person":
            continue
        if mention.span in judged:
            continue
        sentence = reading.sentence_at(mention.span.start)
        near = [span for span in spans if sentence.start <= span.start < sentence.end]
        own = [fact for fact in facts.by_subject.get(entity.id, ()) if fact.attribute == "role"]
        for described in find_descriptions(text, sentence, mention.span, near):
            if described.past or described.coming or described.where is Where.WAS:
                continue
            found = _holder(facts, bodies, described, own, entity, reading.date)
            if found is not None:
                at, holder, sure = found
                yield Usurped(at, text[mention.span.start : mention.span.end], holder, sure)


def _holder(
    facts: Facts, bodies: Bodies, described: Description, own: Sequence[Fact], entity: Entity, when: Period
) -> tuple[Span, Fact, float] | None:
    phrase = described.tokens
    said = _said(phrase)
    if any(isinstance(fact.value, Role) and _head(fact.value.title) in said for fact in own):
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
            at = next((n for n in range(end - 1, start - 1, -1) if _is_head(phrase[n])), end - 1)
            stated = _object(phrase, at)
            named = any(bodies.named(bodies.of(name), said) for name in role.of)
            if role.of and not named and (stated is not None or len(title.split()) == 1):
                return None
            everyone = {fact.value.of for fact in facts.holders(title) if isinstance(fact.value, Role)}
            if not named and len(everyone) > 1:
                return None
            return Span(phrase[start].start, phrase[end - 1].end), holders[0], 0.9 if named else 0.7
    return None


# Somebody of the same surname


def judge_namesakes(reading: Reading) -> Iterator[tuple[NameMention, Entity, Fact]]:
    """Find people whom the words beside their names contradict while they fit another person of that surname."""
    from factlint.names import index_of, surname_of

    facts = reading.facts
    text = reading.document.plain
    faults = {found.name.span: found.name for found in judge_titles(reading) if found.judgement.sure >= 0.7}
    faults |= {tag.name.span: tag.name for tag in judge_tags(reading) if tag.kind == "state" and tag.sure >= 0.7}
    if not faults:
        return
    index = index_of(facts)
    bodies = Bodies(facts)
    for span, mention in sorted(faults.items()):
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


def _fits(
    reading: Reading, facts: Facts, bodies: Bodies, text: str, mention: NameMention, other: Entity
) -> Fact | None:
    """The role by which the words beside a name fit another person; None where they contradict or say nothing."""
    known = facts.by_subject.get(other.id, ())
    states = [state for _, state in _said_states(text, mention.span.end)]
    roles = [fact for fact in known if fact.attribute == "role"]
    fitting: Fact | None = None
    for described in find_descriptions(text, reading.sentence_at(mention.span.start), mention.span, ()):
        judged = [
            found for fact in roles if (found := _judge(described, fact, bodies, reading.date, False)) is not None
        ]
        held = [found.fact for found in judged if found.verdict is Verdict.HELD]
        if judged and not held:
            return None
        fitting = fitting or (held[0] if held else None)
    for state in states:
        theirs = {
            _states().get(_compact(name)) for fact in roles if isinstance(fact.value, Role) for name in fact.value.of
        }
        if state not in theirs:
            return None
    return fitting


def _said_states(text: str, end: int) -> Iterator[tuple[int, str]]:
    """The states that a tag or “of” right after a name gives."""
    for match, group in ((_TAG.match(text, end), 2), (_FROM.match(text, end), 2)):
        if match and match[group] and _compact(match[group].strip()) in _states():
            yield match.start(group), _states()[_compact(match[group].strip())]


# Where somebody works


_WORKS = re.compile(
    r"(?:, [^,.;]{3,60},)? (?:also |now |still )?(?:writes (?:\w+ )?(?:in|for)"
    r"|(?:works|reports|plays|teaches|coaches) (?:\w+ )?(?:for|at|with)) ((?:the )?(?:[A-Z][\w'&-]*(?: (?:of|for|and) (?:the )?)?(?: |(?=[,.;]|$)))+)"
)


def judge_employers(reading: Reading) -> Iterator[Tag]:
    """Hold “writes for X”, “teaches at X” right after a name against the bodies of the person's roles."""
    facts = reading.facts
    text = reading.document.plain
    bodies = Bodies(facts)
    for mention in reading.names:
        entity = mention.entities[0]
        if mention.form not in _PEOPLE_FORMS or len(mention.entities) > 1 or entity.kind != "person":
            continue
        match = _WORKS.match(text, mention.span.end)
        if match is None:
            continue
        held = [
            fact
            for fact in facts.by_subject.get(entity.id, ())
            if isinstance(fact.value, Role)
            and fact.value.of
            and fact.holds.at(reading.date) in (Standing.HOLDS, Standing.MAY_HOLD)
        ]
        said = {_compact(word) for word in _TOKEN.findall(match[1]) if word[0].isalnum()} - {"the", "of", "and", "for"}
        of = [name for fact in held if isinstance(fact.value, Role) for name in fact.value.of]
        known = [bodies.of(name) for name in of]
        telling = said - vocabulary()["generic"]
        if not known or not telling or any(body.place or _nation(name) for body, name in zip(known, of, strict=True)):
            continue
        if any(body.telling & said or any(way <= said for way in body.ways) for body in known):
            continue
        if " ".join(sorted(said)) in _places() or any(word in _places() for word in said):
            continue
        at = Span(match.start(1), match.start(1) + len(match[1].rstrip()))
        yield Tag(at, "employer", of[-1], held[-1], mention, 0.75)


# The checks


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


def titles_agree(reading: Reading, *, verdicts: list[str]) -> Iterator[Problem]:
    """Find titles beside names that the facts contradict.

    `verdicts` are those to report: rank (another post), body (the post of another body), field, ended, not yet, still.
    """
    for found in judge_titles(reading):
        judged = found.judgement
        if judged.verdict.value not in verdicts:
            continue
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


def tags_agree(reading: Reading, *, kinds: list[str]) -> Iterator[Problem]:
    """Find what stands beside names and contradicts the facts.

    `kinds` are those to report: party, state, nationality, employer.
    """
    tags = [*judge_tags(reading)] if {"party", "state"} & set(kinds) else []
    if "nationality" in kinds:
        tags += judge_nationality(reading)
    if "employer" in kinds:
        tags += judge_employers(reading)
    for tag in sorted(tags, key=lambda one: one.at):
        if tag.kind in kinds:
            yield Problem(
                at=tag.at,
                words={"name": tag.name.entities[0].name},
                suggestions=(tag.right,),
                facts=(reading.facts.cite(tag.fact),),
                confidence=tag.sure,
            )


def posts_are_held(reading: Reading) -> Iterator[Problem]:
    """Find posts that the text gives to one known person while the facts give them to another on that day."""
    facts = reading.facts
    for found in sorted(judge_holders(reading), key=lambda one: one.at):
        holder = facts.by_id[found.holder.subject]
        yield Problem(
            at=found.at,
            words={"name": found.name, "role": str(found.holder.value), "holder": holder.name},
            suggestions=(holder.name,),
            facts=(facts.cite(found.holder),),
            confidence=found.sure,
        )
