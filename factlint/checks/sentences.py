"""Sentences that are none: what a wrong full stop, a lost line or a machine leaves of them.

Everything here is told from word forms alone. A sentence is read only where its first or last words make it suspect;
headings, lists, captions, speech and short answers are left alone, and what is left is doubtful unless the sentence
before is broken, too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby, pairwise

from msgspec import Struct
from msgspec.structs import replace

from factlint import words
from factlint.findings import Edit, Fix, Problem
from factlint.mentions import Reading
from factlint.source import Span

_WORD = re.compile(r"[^\W\d_]+")
PROSE = 60  # a shorter paragraph may be a caption, a heading or an answer
LONGEST = 170  # a longer piece is seldom left by a full stop


# What words are


@cache
def _uses() -> Mapping[str, frozenset[str]]:
    return words.words_by_use("sentences.txt")


def _third(base: str) -> str:
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _regular(base: str, ending: str) -> str:
    """A form in -ed or -ing by rule; a last consonant is not doubled."""
    if base.endswith("e"):
        return base[:-1] + ending
    if ending == "ed" and base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ied"
    return base + ending


@cache
def _verbs() -> Mapping[str, str]:
    """The verb forms of factlint/data/verbs.txt: finite, past, both, participle."""
    read = words.words_by_use("verbs.txt")
    found: dict[str, str] = {}
    for base in read["pure"]:
        found[base] = found[_third(base)] = "finite"
    for use in ("finite", "past", "both", "participle"):
        found.update(dict.fromkeys(read[use], use))
    return found


@cache
def _sure_verbs() -> frozenset[str]:
    """The forms that are those of a verb whatever stands around, but for “to”."""
    return frozenset(word for word, form in _verbs().items() if form in ("finite", "past"))


def is_verb(word: str) -> bool:
    """Whether a word in small letters is a form that only a verb has, or nearly so; participles are not."""
    return form_of(word) in ("finite", "past", "both", "ed")


def is_listed_verb(word: str) -> bool:
    """Whether a word in small letters is one of the forms that the list of verbs has."""
    return word in _verbs()


@lru_cache(maxsize=16384)
def form_of(word: str) -> str:
    """What form a word in small letters is, as far as it tells.

    finite, past, both (past tense or participle), participle, ed (likewise, regular), ing, s (third person or plural),
    base (plain form or noun), or nothing.
    """
    known = _verbs().get(word)
    if known:
        return known
    if word in _grammar():
        return ""  # “with” and “off” only look like verbs
    if len(word) > 3 and word.endswith("ed"):
        if word.endswith("eed") and _is_base(word):
            return "base"
        return "ed" if words.is_word(word) else ""
    if len(word) > 4 and word.endswith("ing"):
        stem = word[:-3]
        if any(one in _verbs() or _is_base(one) for one in (stem, stem + "e", stem[:-1])):
            return "ing" if words.is_word(word) else ""
    if _is_base(word):
        return "base"
    if word.endswith("s") and (
        _is_base(word[:-1])
        or (word.endswith("es") and _is_base(word[:-2]))
        or (word.endswith("ies") and _is_base(word[:-3] + "y"))
    ):
        return "s"
    return ""


@cache
def _grammar() -> frozenset[str]:
    """The prepositions, pronouns and conjunctions, which have no forms."""
    uses = _uses()
    kinds = ("determiner", "preposition", "subject", "subordinate", "particle")
    return frozenset(word for kind in kinds for word in uses[kind])


def _is_base(word: str) -> bool:
    """Whether a word has the forms of a regular verb."""
    if len(word) < 3:
        return False
    doubled = word + word[-1]
    return any(words.is_word(_regular(stem, "ing")) and words.is_word(_regular(stem, "ed")) for stem in (word, doubled))


# What a sentence is made of


def _lowered(text: str) -> list[str]:
    """The words of a text in small letters."""
    if text.isascii():
        return _WORD.findall(text.lower())
    return [word.lower() for word in _WORD.findall(text)]  # a letter of a whole text may become two


def _has_verb(found: Sequence[str], text: str, command: bool = True) -> float:
    """How surely a sentence, given as its words in small letters, has a finite verb.

    With `command` a plain form at its beginning is one.
    """
    uses = _uses()
    nominal, prepositions, subjects, objects = uses["determiner"], uses["preposition"], uses["subject"], uses["object"]
    if not _sure_verbs().isdisjoint(found) and any(
        word in _sure_verbs() and (not index or found[index - 1] != "to") for index, word in enumerate(found)
    ):
        return 1.0
    sure = 0.0
    for index, word in enumerate(found):
        form = form_of(word)
        if not form or form in ("participle", "ing"):
            continue
        before = found[index - 1] if index else ""
        after = found[index + 1] if index + 1 < len(found) else ""
        if form in ("finite", "past"):
            continue  # behind “to”
        if index == 0:
            if form == "base" and command:
                return 1.0
        elif form in ("both", "ed") and after != "by" and _before_adverbs(found, index) not in _attributive():
            if index == 1 and form_of(before) == "ing" and not _follows_verb(after):
                continue  # “Citing repeated delays”
            return 1.0
        elif before in nominal or before in prepositions or before in ("s", "to"):
            continue
        elif before in subjects or (after in objects and (form == "s" or before.endswith("s"))):
            return 1.0
        else:
            sure = max(sure, 0.4)
    if "'" in text and _CONTRACTED.search(text):
        return 1.0
    return sure


def _before_adverbs(found: Sequence[str], index: int) -> str:
    """The word before another one, adverbs left out: “of communally owned”."""
    index -= 1
    while index > 0 and found[index].endswith("ly"):
        index -= 1
    return found[index] if index >= 0 else ""


def _follows_verb(word: str) -> bool:
    uses = _uses()
    return not word or word.endswith("ly") or any(word in uses[use] for use in ("object", "preposition", "determiner"))


@cache
def _attributive() -> frozenset[str]:
    """What a participle follows rather than a past tense: articles, possessives, prepositions."""
    uses = _uses()
    return (
        (uses["determiner"] - {"this", "that", "these", "those", "other", "many", "one"}) | uses["preposition"] | {"s"}
    )


_CONTRACTED = re.compile(r"(?i)\w'(?:re|ll|ve|d|m)\b|n't\b|\b(?:he|she|it|that|there|here|what|who|where|how|let)'s\b")

# Pieces of sentences

# Where a sentence may begin, with its first word, and the rest of it as far as it can be looked at without cutting the
# block into sentences: no mark inside but commas.
_START = re.compile(r" ([A-Z](?<=[.)”\"۔।] .)[a-z]*+)")
_LINE_START = re.compile(r"\n([A-Z][a-z]*+)")
_FIRST = re.compile(r"[A-Z][a-z]*")
_SPACE = re.compile(r"\s*")
_REST = re.compile(rf"[^.?!\n:;()\[\]]{{1,{LONGEST}}}\.(?=[ \n]|\Z)")
_STUMP = re.compile(r"([A-Z][a-z]{1,6}(?: [a-z]{2,6}){0,2})(?:\.(?:[ \n]|\Z)|\n|\Z)")
_NAME_SOON = re.compile(r"\w+(?: [a-z]+){0,3} [A-Z]")
_LONE_NAME = re.compile(r"([A-Z][a-z]{2,})\.(?: [A-Z]|\n|\Z)")
_NOUNS = re.compile(r"([A-Z][a-z-]*+(?:,? [a-z-]++){1,8})\.(?:[ \n]|\Z)")
_LISTING = ("including", "such as", "like", "especially", "namely", "particularly")
_LISTED = re.compile(r" [^.]{2,80}\.[\"”)]? ")


class Piece(Struct, frozen=True):
    """A piece of a sentence: what it is, where, how surely.

    `kind` is verbless, subjectless, turned (in the order of a question), clause (without its main clause) or stump.
    """

    kind: str
    at: Span
    confidence: float


@cache
def _suspects() -> frozenset[str]:
    """First words, as written, that make a sentence suspect whatever else it holds."""
    uses = _uses()
    first = uses["opener"] | uses["subordinate"] | uses["auxiliary"] | uses["turned"] | {"and", "or"}
    first |= {pair.partition("-")[0] for pair in uses["pair"]}
    return frozenset(word.capitalize() for word in first)


@lru_cache(maxsize=16384)
def _begun_by(word: str) -> frozenset[str]:
    """What may begin with a first word, as written; most words begin none.

    long (the sentence is suspect), lost (likewise, and without what should stand before it in the sentence; only so can
    the first of a block be a piece), stump, nouns.
    """
    lower, uses = word.lower(), _uses()
    found = set()
    form = form_of(lower) if lower in _verbs() or lower.endswith(("ed", "ing")) else ""
    if word in _suspects() or form in ("past", "both", "participle", "ed", "ing"):
        found.add("long")
        ways = ("auxiliary", "turned", "inverted")
        if form in ("past", "both", "ed") or lower in ("and", "or") or any(lower in uses[way] for way in ways):
            found.add("lost")
    if lower in uses["stump"]:
        found.add("stump")
    others = ("answer", "subject", "determiner", "preposition", "subordinate", "particle")
    if not any(lower in uses[use] for use in others):
        found.add("nouns")
    return frozenset(found)


def pieces_of(reading: Reading) -> tuple[Piece, ...]:
    """All pieces of sentences in a text, by place."""
    return reading.remembered("pieces of sentences", _pieces)


def _pieces(reading: Reading) -> tuple[Piece, ...]:
    by_place: dict[Span, Piece] = {}
    for piece in _single_pieces(_Text(reading)):
        by_place.setdefault(piece.at, piece)
    found = sorted(by_place.values(), key=lambda piece: piece.at)
    plain = reading.document.plain
    # Pieces come in runs: one that follows another is surer, and so is the other; not where both begin alike, as in
    # speeches: “To win. To work.”
    for index in range(1, len(found)):
        one, other = found[index - 1].at, found[index].at
        if 0 <= other.start - one.end <= 2 and _first_word(plain, one) != _first_word(plain, other):
            for place in (index - 1, index):
                found[place] = replace(found[place], confidence=max(found[place].confidence, 0.92))
    return tuple(found)


def _first_word(plain: str, at: Span) -> str:
    return plain[at.start : at.end].split(" ", 1)[0]


class _Text:
    """The prose with what is asked of it here: whether a sentence stands somewhere, and where in its paragraph."""

    __slots__ = ("plain", "reading")

    def __init__(self, reading: Reading) -> None:
        self.plain = reading.document.plain
        self.reading = reading

    def has_sentence(self, start: int, end: int, least: int = PROSE) -> bool:
        """Whether a sentence of a paragraph of prose, that nobody speaks, stands there.

        Paragraphs of less than `least` characters are no prose.
        """
        if not self.reading.document.blocks:
            return False
        block = self.reading.block_at(start)
        if block.kind not in ("paragraph", "item") or len(block.span) < least:
            return False
        if self.reading.sentence_at(start) != Span(start, end):
            return False
        quotations = self.reading.quotations
        quotation = bisect_right(quotations, Span(start, 1 << 62)) - 1
        return quotation < 0 or quotations[quotation].end <= start

    def is_first(self, start: int) -> bool:
        """Whether a sentence is the first of its paragraph."""
        space = _SPACE.match(self.plain, self.reading.block_at(start).span.start)
        return space is not None and space.end() == start


def _single_pieces(text: _Text) -> Iterator[Piece]:
    """All pieces, each by itself: sentences are begun by a mark and a space, or with a line."""
    plain = text.plain
    opening = _FIRST.match(plain)
    starts = [opening.span()] if opening else []
    starts += [match.span(1) for match in _LINE_START.finditer(plain)]
    for start, end in starts:
        begun = _begun_by(plain[start:end])
        if "lost" in begun or ("long" in begun and text.reading.block_at(start).span.start != start):
            yield from _long_piece(text, start, plain[start:end], True)
    listed = _after_lists(text)
    for match in _START.finditer(plain):
        start, end = match.span(1)
        first = match[1]
        begun = _begun_by(first)
        if not begun and start not in listed and plain[end : end + 1] != ".":
            continue  # nearly always
        mark = plain[start - 2]
        if ("long" in begun or start in listed) and mark not in "۔।":
            yield from _long_piece(text, start, first, "long" in begun)
        if mark in '.”"':
            if "stump" in begun:
                yield from _stump(text, start)
            if "nouns" in begun and (nouns := _NOUNS.match(plain, start)) is not None:
                yield from _nouns(text, start, nouns[1])
        if plain[end : end + 1] == "." and mark not in ')”"' and (name := _LONE_NAME.match(plain, start)) is not None:
            yield from _name(text, start, name[1])


def _after_lists(text: _Text) -> set[int]:
    """Where a sentence may begin after one that gives a list (“such as …”)."""
    found = set()
    for listing in _LISTING:
        word = listing.partition(" ")[0]
        for at in text.reading.places(word) if word in text.reading.words else ():
            if text.plain.startswith(listing, at) and (match := _LISTED.match(text.plain, at + len(listing))):
                found.add(match.end())
    return found


def _long_piece(text: _Text, start: int, first: str, suspect: bool) -> Iterator[Piece]:
    """What the sentence is that begins so, if it is a piece. It is suspect for its first word, or after a list."""
    rest = _REST.match(text.plain, start + len(first))
    if rest is None:
        return
    end = rest.end()
    said = text.plain[start:end]
    found = _lowered(said)
    if not 1 < len(found) <= 30:
        return
    kind = _kind(said, found, suspect)
    if kind is None:
        return
    if not text.has_sentence(start, end, 0 if kind[0] == "turned" else PROSE):
        return
    is_first = text.is_first(start)
    if not is_first or kind[0] in ("turned", "subjectless"):
        # A manual begins so: “Used for half-delay mode, which …”
        sure = kind[1] if not is_first or kind[0] == "turned" or form_of(first.lower()) == "past" else 0.7
        yield Piece(kind[0], Span(start, end), sure)


def _kind(text: str, found: list[str], suspect: bool) -> tuple[str, float] | None:
    """What sort of piece a sentence is, and how surely; None for a whole one.

    One that is not suspect for its first word is suspect as the rest of a list.
    """
    uses = _uses()
    word, second = found[0], found[1]
    if word in uses["answer"]:
        return None
    if word in uses["auxiliary"] or word in uses["turned"]:
        return _turned(text, found)
    if '"' in text or "“" in text:
        return None
    if word == "of" and "," not in text and second not in ("course", "late"):
        return "verbless", 0.8
    if word in ("and", "or") and (second in uses["auxiliary"] or form_of(second) == "past"):
        return ("subjectless", 0.7) if len(found) > 3 and found[2] not in uses["subject"] else None
    form = form_of(word)
    if word in uses["inverted"] and second not in uses["preposition"] and _NAME_SOON.match(text):
        return "subjectless", 0.75  # “Died Italian composer …”
    if form in ("past", "both", "ed") and word not in uses["command"] and not words.is_name(word.capitalize()):
        return _subjectless(text, found, form)
    if word in uses["subordinate"] or f"{word}-{second}" in uses["pair"]:
        if word in ("which", "whose") and not is_verb(second) and form_of(second) != "s":
            return None
        rest = text.split(",")[1:]
        if any(_has_verb(_lowered(part), part) for part in rest):
            return None
        return "clause", 0.7
    clause = _relative(found) if suspect and "," not in text else len(found)
    if word == "to" and second != "be" and form_of(second) in ("ing", "", "s"):
        return None
    verb = _has_verb(found[2:clause] if word == "to" else found[:clause], text, suspect and word != "to")
    if verb == 1 or (not suspect and not ("," in text and " and " in text)):
        return None
    if not suspect:
        return "verbless", 0.92 - 0.2 * verb
    if form == "ing" or word in uses["opener"] or word in ("and", "or"):
        return "verbless", 0.75 - 0.2 * verb
    return None


def _relative(found: Sequence[str]) -> int:
    """Where the first clause with a verb of its own begins: the number of its word."""
    uses = _uses()
    for index in range(2, len(found)):
        word = found[index]
        if word in uses["relative"]:
            after = found[index + 1] if index + 1 < len(found) else ""
            if word != "that" or after in uses["subject"] or is_verb(after):
                return index
    return len(found)


def _subjectless(text: str, found: list[str], form: str) -> tuple[str, float] | None:
    """A sentence that begins with a past tense, or with a participle that leads to no main clause."""
    uses = _uses()
    second = found[1]
    if form == "past":
        return ("subjectless", 0.9) if second not in uses["subject"] or second in ("you", "it") else None
    if second not in uses["follower"] and second not in uses["object"]:
        return None
    before, *rest = [_lowered(part) for part in text.split(",")]
    if any(part and part[0] not in uses["joining"] and _has_verb(part, "", False) == 1 for part in rest):
        return None
    lost = second in ("that", "whether") or _has_verb(before[1 : _relative(before)], "", False) < 1
    return ("subjectless", 0.9) if lost else None


def _turned(text: str, found: list[str]) -> tuple[str, float] | None:
    """A sentence that begins with an auxiliary verb and is no question."""
    uses = _uses()
    word, second = found[0], found[1]
    if "," in text and word in ("were", "could", "would", "do", "have") and second != "be":
        return None
    named = text[len(word) + 1 : len(word) + 2].isupper()
    if word in uses["turned"]:
        if second in uses["subject"]:
            return "turned", 0.75
        third = found[2] if len(found) > 2 else ""
        verb = second if not second.endswith("ly") and second not in ("not", "also", "never", "soon", "only") else third
        lost = word in ("will", "would", "could", "can") and len(found) > 3
        if lost and (verb in ("be", "have") or form_of(verb) == "base"):
            return "subjectless", 0.9 if verb in ("be", "have") else 0.7
        return None
    if named or second in uses["subject"] or second in uses["determiner"]:
        return "turned", 0.85
    return "subjectless", 0.9


def _stump(text: _Text, start: int) -> Iterator[Piece]:
    """A sentence of auxiliary verbs alone that begins there."""
    match = _STUMP.match(text.plain, start)
    if match is None:
        return
    found, stump, finite = match[1].lower().split(), _uses()["stump"], _verbs()
    if any(word not in stump for word in found):
        return
    if not any(finite.get(word) == "finite" or word == "be" for word in found):
        return
    end = match.end(1)
    end += text.plain[end : end + 1] == "."
    if text.has_sentence(start, end):
        sure = 0.92 if found[0] in _uses()["auxiliary"] or found[0] in ("will", "have", "had") else 0.7
        yield Piece("stump", Span(start, end), sure)


def _nouns(text: _Text, start: int, said: str) -> Iterator[Piece]:
    """Nouns joined by “and” that are a sentence of their own, the rest of a list: “Artisans and traders.”"""
    if " and " not in said and " or " not in said:
        return
    last = text.plain[start - 4 : start - 2] if start > 3 else ""
    if not (last.isascii() and last.isalpha() and last.islower()):
        return  # behind an abbreviation
    found = _lowered(said)
    if form_of(found[0]) not in ("", "s", "ing") or _has_verb(found, "", False) > 0.5:
        return
    if any(form_of(word) == "base" and before.endswith("s") for before, word in pairwise(found)):
        return  # “Opioids include heroin and pills.”
    end = start + len(said) + 1
    if text.has_sentence(start, end) and not text.is_first(start):
        yield Piece("verbless", Span(start, end), 0.75)


def _name(text: _Text, start: int, name: str) -> Iterator[Piece]:
    """A name alone between two sentences."""
    end = start + len(name) + 1
    from_mark = start if text.plain[start - 2] == "." else start - 2
    if words.is_name(name) and not words.is_word(name.lower()) and text.has_sentence(from_mark, end):
        yield Piece("verbless", Span(start, end), 0.6)


# Rules


def sentences_have_verbs(reading: Reading) -> Iterator[Problem]:
    """Find a sentence inside a paragraph that has no finite verb and begins like the rest of the one before.

    It begins with a preposition, “and” or a form in -ing, goes on with a list, or is a name alone.
    """
    yield from _told(reading, "verbless")


def sentences_have_subjects(reading: Reading) -> Iterator[Problem]:
    """Find a sentence that begins with a past tense, a participle or an auxiliary verb and has no subject."""
    yield from _told(reading, "subjectless")


def statements_have_their_order(reading: Reading) -> Iterator[Problem]:
    """Find a sentence in the order of a question that ends with a full stop."""
    yield from _told(reading, "turned")


def clauses_have_main_clauses(reading: Reading) -> Iterator[Problem]:
    """Find a subordinate clause that stands alone as a sentence."""
    yield from _told(reading, "clause")


def sentences_are_whole(reading: Reading) -> Iterator[Problem]:
    """Find a sentence of nothing but auxiliary verbs (“Is.”, “Will do”)."""
    yield from _told(reading, "stump")


def _told(reading: Reading, kind: str) -> Iterator[Problem]:
    for piece in pieces_of(reading):
        if piece.kind == kind:
            yield Problem(piece.at, confidence=piece.confidence)


_ASKED = re.compile(r"\b(?:how|what|who|where|as|than|whatever|whoever|which|why|whose)\b[^.?!]*$")
_ASKED_NEAR = re.compile(r"\b(?:what|who|whom|where|whatever|whoever)(?: [\w'’-]+){2,4} $")
_AS_CAN = re.compile(r"\b(?:as|than|what|how|where|whatever|whoever)(?: [\w'’-]+){1,4} $")


@cache
def _broken_ends() -> tuple[frozenset[str], re.Pattern[str]]:
    """The words that may end a broken sentence, with the full stop; and a full stop behind one of them."""
    uses = _uses()
    found = sorted(sorted(uses["never"] | uses["seldom"] | uses["dangling"]), key=len)
    behind = "|".join(rf"(?<= (?:{'|'.join(alike)})\.)" for _, alike in groupby(found, len))
    return frozenset(f"{word}." for word in found), re.compile(rf"\.(?=[ \n]|\Z)(?:{behind})")


def sentences_end_in_words_that_can(reading: Reading) -> Iterator[Problem]:
    """Find a sentence that ends in a word that ends none (“of the.”), or, less surely, in an auxiliary verb that has
    lost what it governs (“each have.”); surely if the next sentence has lost its beginning.
    """
    plain = reading.document.plain
    uses = _uses()
    never, before = uses["never"], uses["before"]
    following: dict[int, Piece] | None = None
    chunks, broken = _broken_ends()
    if reading.chunks.isdisjoint(chunks):
        return
    for match in broken.finditer(plain):
        end = match.start()
        last = plain.rfind(" ", 0, end) + 1
        word = plain[last:end]
        if word in never:
            sure = 0.92
            if word == "which" and plain.endswith("f so, ", 0, last):
                continue  # “if so, which.”
        elif word in uses["seldom"]:
            if word not in ("his", "into") and _ASKED_NEAR.search(plain, max(0, last - 60), last):
                continue  # “where it is from”
            sure = 0.0 if plain[max(0, last - 12) : last - 1].rpartition(" ")[2].lower() in uses["elided"] else 0.6
        else:
            sure = 0.75 if plain[max(0, last - 12) : last - 1].rpartition(" ")[2].lower() in before else 0.0
            of_be = word in ("is", "are", "was", "were")
            if (_ASKED if of_be else _AS_CAN).search(plain, max(0, last - 60), last):
                continue  # “how weak it is”, “as soon as you can”
        first = _FIRST.match(plain, end + 2)
        if following is None:
            following = {piece.at.start: piece for piece in pieces_of(reading)}
        if plain[end + 1 : end + 2] == " " and (
            end + 2 in following or (first and form_of(first[0].lower()) in ("ing", "ed", "participle"))
        ):
            sure = 0.93
        elif first is None:
            sure = min(sure, 0.7)  # at the end of a paragraph
        at = Span(last, end + 1)
        if reading.quoted(at) or word == "a":
            sure = min(sure, 0.6)
        if sure and reading.block_at(last).kind in ("paragraph", "item", "quote"):
            yield Problem(at, {"word": word}, confidence=sure)


_END = re.compile(r"[.!?…:;][\"'”’)\]]*$")


def _is_ended(plain: str, block: Span) -> bool:
    """Whether a mark stands at the end of a block."""
    if plain[max(block.start, block.end - 1) : block.end] in (".", "?", "!"):
        return True  # nearly always
    return _END.search(plain[block.start : block.end].rstrip()[-4:]) is not None


def paragraphs_end_with_marks(reading: Reading, *, least: int = 120) -> Iterator[Problem]:
    """Find a paragraph of prose without a mark at its end: of two sentences or more, between others that have one."""
    plain = reading.document.plain
    blocks = [block for block in reading.document.blocks if block.kind == "paragraph"]
    open_ended = [block for block in blocks if not _is_ended(plain, block.span)]
    if len(blocks) - len(open_ended) < 0.7 * len(blocks):
        return
    for block in open_ended:
        text = plain[block.span.start : block.span.end].rstrip()
        if len(text) < least or not text[-1].isalpha() or text[-1].isupper():
            continue
        if len(reading.sentences_of(block)) < 2:
            continue
        end = block.span.start + len(text)
        start = plain.rfind(" ", block.span.start, end) + 1
        if "/" in plain[start:end] or plain[start] in "#@":
            continue
        sentence = plain[reading.sentence_at(start).start : end]
        broken = _has_verb(_lowered(sentence), sentence) < 1
        yield Problem(
            Span(start, end),
            {},
            (plain[start:end] + ".",),
            None if broken else Fix((Edit(Span(end, end), "."),)),
            confidence=0.7,
        )
