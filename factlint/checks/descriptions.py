"""What the words around a person's name say of the person: a title before it, in an apposition, after “is”.

Only the sentence of the name is read; a description has a word for a post in it, or there is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache, cached_property, lru_cache

from msgspec import Struct

from factlint.facts.model import Entity, Role
from factlint.mentions import Reading
from factlint.source import Span
from factlint.vocabulary import canonical, canonical_word, compact, heads, places, vocabulary

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|\w+(?:['-]\w+)*|[^\w\s]")


class Token(Struct, frozen=True):
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


class Description(Struct, frozen=True, dict=True):
    """Words that say what somebody is: the words of the title with their places, and how it is qualified."""

    tokens: tuple[Token, ...]
    where: Where
    past: bool  # former, ex-, then-
    coming: bool  # -elect, nominee, candidate
    definite: bool
    beyond: bool = False  # the last, the 17th: of any time
    seat: tuple[Token, ...] = ()  # “of X” after the name of whom the words before it describe

    @cached_property
    def said(self) -> set[str]:
        """Its words, and what they stand for."""
        return said_in(self.tokens)


# Titles


def words_of(text: str) -> list[str]:
    return [compact(word) for word in _TOKEN.findall(text.replace("-", " ")) if word[0].isalnum()]


@cache
def title_words(title: str) -> tuple[str, ...]:
    """The words of a title of the facts, synonyms made one, what stands in brackets left out."""
    return tuple(canonical(words_of(re.sub(r"\([^)]*\)", " ", title))))


@cache
def head_of(title: str) -> str:
    """The word of a title that says what kind of post it is."""
    posts = vocabulary()["head"]
    words = title_words(title)
    found = ""
    for word in words:
        if word in vocabulary()["preposition"] and found:
            break
        if word in posts:
            found = word
    return found or next((word for word in reversed(words) if word not in vocabulary()["preposition"]), "")


def said_in(tokens: Sequence[Token]) -> set[str]:
    words = [part for token in tokens if token.is_word for part in token.parts]
    return set(canonical(words)) | {canonical_word(word) for word in words}


@lru_cache(maxsize=1 << 12)
def said_by(word: str) -> frozenset[str]:
    """The same of a word alone, folded."""
    return frozenset(said_in((Token(0, len(word), "a", word),)))


# Reading descriptions


def tokens_of(text: str, span: Span) -> list[Token]:
    found = []
    coming = vocabulary()["coming"]
    for match in _TOKEN.finditer(text, span.start, span.end):
        word = match.group()
        stem, hyphen, last = word.rpartition("-")
        if hyphen and last in coming:
            found.append(Token(match.start(), match.start() + len(stem), stem, compact(stem)))
            word = last
        folded = word.lower() if word.isascii() and word.isalpha() else compact(word)
        found.append(Token(match.end() - len(word), match.end(), word, folded))
    return found


def is_head(token: Token) -> bool:
    return not heads().isdisjoint(token.parts)


# Letters that are of one word though they do not stand together, and letters of which others may be made.
_APART = re.compile(r"[A-Za-z]\.[A-Za-z]\.|'(?!s\b)|[^\x00-\x7f]")
_LETTERS = re.compile(r"[a-z]+")


def _may_have_head(sentence: str) -> bool:
    """Whether one of the words of a sentence may say what kind of post somebody has; without a look at each."""
    return not heads().isdisjoint(_LETTERS.findall(sentence.lower())) or _APART.search(sentence) is not None


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
        if token.folded in vocabulary()["stop"]:
            break
        if token.folded in vocabulary()["function"] and not token.text.isupper():
            if token.folded in vocabulary()["preposition"] and number and found and _ahead_is_title(tokens, number):
                preposition = True
            elif token.folded in ("the", "a", "an"):
                found.append(token)
                if not preposition or not (number and tokens[number - 1].folded in vocabulary()["preposition"]):
                    break
                number -= 1
                continue
            elif token.folded in ("first", "second", "third", "then"):
                pass
            else:
                break
        if any(span.start <= token.start < span.end for span in blocked):
            break
        if not found and not _may_touch(tokens, number):
            break
        found.append(token)
        number -= 1
    return tuple(reversed(found))


def _may_touch(tokens: Sequence[Token], number: int) -> bool:
    """Whether a word right before a name may end a title: a post, a name, or what follows “of”, but no verb."""
    token = tokens[number]
    if token.capital or is_head(token) or not token.text.isalpha():
        return True
    prepositions = vocabulary()["preposition"]
    for at in range(number - 1, max(0, number - 5), -1):
        if tokens[at].capital or not tokens[at].is_word:
            return False
        if tokens[at].folded in prepositions and _ahead_is_title(tokens, at):
            return True
    return False


def _ahead_is_title(tokens: Sequence[Token], number: int) -> bool:
    """Whether a preposition is a part of a title (“secretary of state”): the word before it is a head."""
    return number > 0 and is_head(tokens[number - 1])


def _is_abbreviation(token: Token) -> bool:
    return len(token.text) == 1 or token.folded in heads() or token.folded in vocabulary()["honorific"]


_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
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
        if token.folded in vocabulary()["breaks"]:
            break
        found.append(token)
    return tuple(found)


def find_descriptions(text: str, sentence: Span, mention: Span, people: Sequence[Span]) -> Iterator[Description]:
    """What the words around a name say of whom it names. `people` are the places of other names of people."""
    if not _may_have_head(text[sentence.start : sentence.end]):
        return
    tokens = tokens_of(text, sentence)
    first = next((number for number, token in enumerate(tokens) if token.start >= mention.start), None)
    if first is None:
        return
    after = next((number for number, token in enumerate(tokens) if token.start >= mention.end), len(tokens))
    vocab = vocabulary()
    verbs = vocab["be"] | vocab["been"]
    others = [span for span in people if not span.overlaps(mention)]
    before = _before(tokens, first, others)
    if any(is_head(token) for token in before):
        described = _describe(before, Where.BEFORE, _seat(tokens, after))
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
        closed = start < len(tokens) and tokens[start].folded in verbs  # the comma ends what stands before the name
        if start < len(tokens) and tokens[start].folded == "who" and start + 1 < len(tokens):
            verb = tokens[start + 1].folded
            if verb in verbs:
                described = _describe(_after(tokens, start + 2), Where.IS if verb in vocab["be"] else Where.WAS)
                if described:
                    yield described
            return
        phrase = () if closed else _after(tokens, start)
        if phrase and not _is_list(phrase, others, tokens, start) and not _speaks(phrase, tokens):
            described = _describe(phrase, Where.AFTER)
            if described:
                yield described
        closing = next((number for number in range(start, len(tokens)) if tokens[number].text == ","), None)
        closing = at if closed else closing
        at = closing + 1 if closing is not None else len(tokens)
    if at < len(tokens) and tokens[at].folded in verbs | {"has"}:
        where = Where.IS if tokens[at].folded in vocab["be"] else Where.WAS
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
            or is_head(described.tokens[0])
            or described.tokens[0].capital
        ):
            yield described


def _seat(tokens: Sequence[Token], after: int) -> tuple[Token, ...]:
    """The words that say after a name where the post before it is held: “of Harvard University”; no state."""
    if after + 1 >= len(tokens) or tokens[after].folded != "of" or not tokens[after + 1].capital:
        return ()
    found = list(tokens[after : after + 2])
    for token in tokens[after + 2 : after + 8]:
        if not (token.capital or token.folded in ("of", "and", "for", "the")):
            break
        found.append(token)
    while not found[-1].capital:
        found.pop()
    return () if places().get(" ".join(token.folded for token in found[1:])) else tuple(found)


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
        if token.folded in vocabulary()["stop"]:
            break
        found.append(token)
        if token.folded in ("the", "a", "an") and not (
            number
            and tokens[number - 1].folded in vocabulary()["preposition"]
            and any(is_head(other) for other in tokens[max(0, number - 6) : number - 1])
        ):
            break
        number -= 1
    found.reverse()
    last_head = max((number for number, token in enumerate(found) if is_head(token)), default=None)
    if last_head is None:
        return ()
    # After the head only “of X” may stand before the comma: else the phrase ends in a name of its own.
    rest = found[last_head + 1 :]
    if rest and rest[0].folded not in vocabulary()["preposition"]:
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
            preposition = any(
                other.folded in vocabulary()["preposition"] or other.folded == "by" for other in phrase[:number]
            )
            return not (possessive or preposition)
        if token.folded in vocabulary()["preposition"]:
            break
    posts = [number for number, token in enumerate(phrase) if is_head(token)]
    if posts and first.capital:
        following = phrase[posts[0] + 1 : posts[0] + 2]
        if following and following[0].capital and following[0].folded not in vocabulary()["generic"]:
            return True
    return False


def _speaks(phrase: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Whether what follows a comma is a clause of its own that says who speaks: “…, the majority leader said”."""
    verbs = vocabulary()["speaks"]
    following = next((token for token in tokens if token.start >= phrase[-1].end), None)
    return any(token.folded in verbs for token in phrase) or (following is not None and following.folded in verbs)


def _describe(phrase: Sequence[Token], where: Where, seat: tuple[Token, ...] = ()) -> Description | None:
    """The description that a phrase is, None if it has no title in it; `seat` follows the name."""
    vocab = vocabulary()
    if not any(is_head(token) for token in phrase):
        return None
    posts = [number for number, token in enumerate(phrase) if is_head(token)]
    scope = phrase[: posts[-1] + 2] if where is Where.BEFORE else phrase[: posts[0] + 2]
    words = {part for token in scope for part in token.parts}
    past = bool(words & (vocab["past"] | vocab["then"]))
    every = {part for token in phrase for part in token.parts}
    coming = bool(every & vocab["coming"])
    definite = phrase[0].folded == "the" or phrase[0].text.endswith("'s")
    beyond = any(token.folded in vocab["beyond"] or _ORDINAL.fullmatch(token.text) for token in scope)
    return Description(tuple(phrase), where, past, coming, definite, beyond, seat)


def descriptions_beside(reading: Reading, at: Span) -> tuple[Description, ...]:
    """What the words around a name of the text say of whom it names; worked out once for a place."""
    known = reading.remembered("descriptions beside names", _nothing_described)
    if at not in known:
        sentence = reading.sentence_at(at.start)
        people = reading.remembered("places of people", _people_of)
        first, last = bisect_left(people, sentence.start, key=_start), bisect_left(people, sentence.end, key=_start)
        known[at] = tuple(find_descriptions(reading.document.plain, sentence, at, people[first:last]))
    return known[at]


def _nothing_described(_: Reading) -> dict[Span, tuple[Description, ...]]:
    return {}


def _people_of(reading: Reading) -> list[Span]:
    return [mention.span for mention in reading.names if any(entity.kind == "person" for entity in mention.entities)]


def _start(span: Span) -> int:
    return span.start


def described_as(reading: Reading, span: Span, entity: Entity) -> bool | None:
    """Whether the words around a name say what the facts say of an entity: the kind of post, and half of its title.

    None where they give no title, or the facts none.
    """
    facts = reading.facts
    roles = [fact.value for fact in facts.by_subject.get(entity.id, ()) if isinstance(fact.value, Role)]
    if not roles:
        return None
    described = None
    for description in find_descriptions(reading.document.plain, reading.sentence_at(span.start), span, ()):
        said = description.said
        for role in roles:
            for title in (role.title, *role.aliases):
                wanted = set(title_words(title)) - vocabulary()["soft"]
                if head_of(title) in said and len(wanted & said) * 2 >= len(wanted):
                    return True
        described = False
    return described
