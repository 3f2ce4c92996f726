"""Space that is missing, or stands where none belongs: between sentences, between words, before and around marks.

What looks like an address, a name of a file, code or a handle is passed over; how words run together is told from rare
words by how often their parts are used. Each distinct word is looked at once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache, lru_cache

from msgspec import Struct

from factlint import words
from factlint.checks.sentences import form_of, is_verb
from factlint.findings import Edit, Fix, Problem
from factlint.mentions import Reading
from factlint.prepared import prepared
from factlint.sieve import JointSieve, Sieve
from factlint.source import OBJECT, Span
from factlint.vocabulary import is_given_name, is_surname

SURE = 0.95  # from here on a repair is safe
SEVERAL = 3  # so many words surely run together, and few doubtful ones: then those are sure, too
COMPOUND = 0.45  # two words that could be one, reported only in a text where others are surely run together


@cache
def _glue() -> Mapping[str, frozenset[str]]:
    """The words of factlint/data/glue.txt by use."""
    return words.words_by_use("glue.txt")


@cache
def _camel_names() -> frozenset[str]:
    return frozenset(name for line in words.data_lines("camel-names.txt") for name in line.split())


def _is_surname_or_given_name(word: str) -> bool:
    return is_surname(word) or is_given_name(word)


@lru_cache(maxsize=65536)
def is_name_in_use(word: str) -> bool:
    """Whether a word with its capital is a name in use, or another word that is written with a capital."""
    return words.is_name(word) or _is_surname_or_given_name(word.lower())


def is_address(text: str, at: int) -> bool:
    """Whether what stands at an offset is an address, a handle, a name of a file or code, and no prose."""
    return _ADDRESS.search(text, *_token(text, at)) is not None


def is_named(reading: Reading, span: Span) -> bool:
    """Whether a span stands in a name that the facts know."""
    index = bisect_right(reading.names, span.start, key=lambda mention: mention.span.start) - 1
    return index >= 0 and reading.names[index].span.contains(span)


def _token(text: str, at: int) -> tuple[int, int]:
    """What stands between space around an offset."""
    low, high = max(at - 200, 0), min(at + 200, len(text))
    start = max(text.rfind(" ", low, at), text.rfind("\n", low, at), low - 1) + 1
    ends = [end for end in (text.find(" ", at, high), text.find("\n", at, high)) if end >= 0]
    return start, min(ends, default=high)


# Missing space after a mark

# A mark or a closing sign with a letter, an opening quotation mark or a bracket right behind it.
_NO_SPACE = re.compile(r"[.,;:!?…)\]”](?=[^\W\d_]|[“‘(])")
_LEFT = re.compile(r"(?:[^\W\d_]+(?:'[^\W\d_]+)?|\d+%?)$")
_RIGHT = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"://|www\.|[@#_\\{}<>=|~`^$*]|\.(?:com|org|net|gov|edu)\b|/.*[./]", re.IGNORECASE)
_CLOSED = "”’\"')]"
# What the rest of a word may be after a bracket: “tweet(s)”, “advise(d)”.
_AFFIXES = frozenset(("s", "es", "ed", "d", "ing", "ly", "er", "ers", "n", "t", "al", "r"))


def marks_are_followed_by_space(reading: Reading) -> Iterator[Problem]:
    """Find a mark with a word right behind it: “in 2019.Citing”, “Paris,the”, “(AP)reported”.

    Never in addresses, handles, file names and code; initials, abbreviations and decimals are right without space.
    """
    text = reading.document.plain
    written = reading.document.text
    found: list[tuple[int, int, int, float]] = []
    for chunk in reading.chunks_at(_LACKING.pick(reading.odd)):
        for match in _BEFORE_BRACKET.finditer(text, chunk.start, chunk.end):
            found += [(start, end, at, 0.92) for start, end, at in _before_bracket(text, match.start())]
        for match in _NO_SPACE.finditer(text, chunk.start, chunk.end):
            at = match.end()
            judged = _after_mark(reading, text, match.start(), at)
            if judged is not None:
                confidence, start, end = judged
                found.append((start, end, at, confidence))
    for start, end, at, confidence in sorted(found):
        yield Problem(
            at=Span(start, end),
            suggestions=(f"{written[start:at]} {written[at:end]}",),
            fix=Fix((Edit(Span(at, at), " "),), safe=confidence >= SURE),
            confidence=confidence,
        )


_BEFORE_BRACKET = re.compile(r"(?<=[a-z])\((?=[A-Z])")
_BRACKETED = re.compile(r"\(([A-Z][^()\n]*)\)(?=[ .,;:?!\n]|$)")
_NUMERAL = re.compile(r"[IVX]+[a-z]?")


def _before_bracket(text: str, at: int) -> Iterator[tuple[int, int, int]]:
    """A bracket without space before it, with the words around: “the party(NPP)”, not “iron(II)” or “f(x)”."""
    match, left = _BRACKETED.match(text, at), _LEFT.search(text, max(at - 40, 0), at)
    if match is None or left is None:
        return
    inside = match[1]
    if len(left.group()) < 3 or not _is_known(left.group()) or is_address(text, at):
        return
    if len(inside) > 1 and not _NUMERAL.fullmatch(inside) and (inside.isupper() or " " in inside):
        yield left.start(), at + 1 + len(inside.split(" ", 1)[0]), at


def _may_lack_space(chunk: str) -> bool:
    """Whether space may be missing in a chunk, wherever it stands: what stands around is thought to allow it."""
    marks = list(_NO_SPACE.finditer(chunk))
    if marks and chunk[0] in _CLOSED + ".,;:!?…":
        return True  # the word on the left may stand in the line before
    text = chunk + " "
    return any(_after_mark(None, text, match.start(), match.end()) for match in marks) or (
        _BEFORE_BRACKET.search(chunk) is not None
    )


_LACKING = Sieve(_may_lack_space)


def _after_mark(reading: Reading | None, text: str, mark_at: int, at: int) -> tuple[float, int, int] | None:
    """How surely space is missing between the mark at `mark_at` and `at`, and where the words around it stand.

    Without a reading `text` is a chunk that may stand anywhere.
    """
    mark = text[mark_at]
    head = mark_at
    while head > 0 and mark_at - head < 4 and text[head - 1] in _CLOSED + ".!?…":
        head -= 1
    left_match = _LEFT.search(text, max(head - 40, 0), head)
    if left_match is None:
        return None
    left, start = left_match.group(), left_match.start()
    opening = text[at] in "“‘("
    right_match = _RIGHT.match(text, at + opening)
    if right_match is None:
        right_match = re.compile(r"[\"“‘(]*([^\W\d_]+|\d+)").match(text, at + opening)
        if right_match is None or not opening:
            return None
    right, end = right_match.group().strip('"“‘('), right_match.end()
    if mark in "”)]" or (mark in ".,!?…;:" and text[at] == "("):
        return _at_bracket(reading, text, mark, left, right, start, mark_at, at, end)
    if reading is not None and reading.block_at(mark_at).kind == "data":
        return None
    confidence = _between_words(text, mark, left, right, start, at, end, opening)
    return (confidence, start, end) if confidence else None


def _between_words(text: str, mark: str, left: str, right: str, start: int, at: int, end: int, opening: bool) -> float:
    glue = _glue()
    starters = words.abbreviations()["starters"]
    before = text[start - 1 : start]
    after = text[end : end + 1]
    token_start, token_end = _token(text, at)
    address = _ADDRESS.search(text, token_start, token_end) is not None
    starts = right in starters or (opening and right[:1].isupper())
    if address:
        # An address at the end of a sentence, and the next one glued to it.
        piece = left.lower() in glue["domains"] and right in starters and mark in ".,;"
        return 0.92 if piece and text[end : end + 1] in " '" and end >= token_end - 2 else 0.0
    if after in ("(", "_"):
        return 0.0
    if after == "." and text[end + 1 : end + 2].isalnum():
        return 0.0 if len(right) < 3 or len(left) < 4 else 0.75  # “os.Path.Join”, “a.m.The”, “go.Now.Then”
    known_left = left.isdigit() or _is_known(left)
    known_right = _is_known(right) or starts
    if mark == "." and _CAMEL.search(right) and right not in _camel_names():
        return 0.7  # “types.SimpleNamespace”
    if mark in ".!?…":
        return _after_stop(text, mark, left, right, before, start, end, known_left, known_right, starts, opening)
    if mark == ",":
        if left.isdigit():
            if right in ("a", "d", "b") or not known_right or len(right) < 2:
                return 0.0
            return 0.92 if len(right) > 2 and before not in (".", "-", "/") else 0.6
        if len(left) < 2 or (len(right) < 2 and not (right in ("a", "I", "A") and after == " ")):
            return 0.0
        if text.count(",", token_start, token_end - 1) > 2 or before in ("-", "/"):
            return 0.6
        return 0.96 if known_left and known_right else 0.75
    if len(left) < 2 or len(right) < 3 or not left[-1].islower() or before in ("-", "/", ":") or "/" in after:
        return 0.0
    if mark == ";":
        return 0.95 if known_left and known_right else 0.7
    if not (known_left and known_right) or left.lower() in ("http", "https", "mailto", "re", "site", "tel"):
        return 0.0
    return 0.92 if opening or (right[0].isupper() and right in starters) or starts else 0.7


def _after_stop(
    text: str,
    mark: str,
    left: str,
    right: str,
    before: str,
    start: int,
    end: int,
    known_left: bool,
    known_right: bool,
    starts: bool,
    opening: bool,
) -> float:
    """How surely a sentence ends and another begins at a mark without space."""
    glue = _glue()
    after = text[end : end + 1]
    if opening:
        return 0.96 if mark == "." and len(left) > 1 and left[0] != before else 0.92
    if right[0].islower():
        if mark != "." or len(right) < 3 or len(left) < 3 or right in glue["domains"] or left[0].isupper():
            return 0.0
        if after == "." or before in ("-", ".", "/") or not left.islower():
            return 0.0
        sure = words.frequency(left) + words.frequency(right)
        return 0.7 if sure > 9.5 and words.frequency(left) > 3.5 and words.frequency(right) > 4.5 else 0.0
    if len(right) == 1 and not (right in "AI" and after in (" ", "'")):
        return 0.0
    if right in glue["endings"] or (before == "." and not starts):
        return 0.0
    if left.isdigit():
        line = text.rfind("\n", max(start - 40, 0), start) + 1
        if not text[line:start].strip(" ([*-•") and len(left) < 3:
            return 0.6  # the number of a list
        if before in (".", "-", "/", "v", "V"):
            return 0.0
        return 0.96 if known_right else 0.91
    if len(left) == 1:
        if before == "." and starts:
            return 0.93  # “in Washington, D.C.The”
        return 0.0 if left.isupper() or before else 0.6
    if words.is_abbreviation(left) and left not in words.abbreviations()["either"]:
        if left in words.abbreviations()["title"]:
            return 0.93 if after != "." else 0.6
        return 0.92 if known_right and left[0].isupper() else 0.6
    if mark in "!?":
        return 0.93 if known_left and starts else 0.8
    if text[start + len(left) : start + len(left) + 3] == "...":
        return 0.7  # “No...There”: a way to set an ellipsis
    if left.islower() and not known_left and not starts:
        return 0.75  # “binascii.Error”
    if starts:
        return 0.97
    if known_left and known_right:
        return 0.96
    return 0.92 if (known_left and left[-1].islower()) or known_right else 0.75


def _at_bracket(
    reading: Reading | None, text: str, mark: str, left: str, right: str, start: int, mark_at: int, at: int, end: int
) -> tuple[float, int, int] | None:
    """The same after a closing bracket or quotation mark, and before a bracket that follows a full stop."""
    token_start, token_end = _token(text, at)
    if _ADDRESS.search(text, token_start, token_end):
        return None
    if text[at] == "(":
        # “in 2024.(AP)” and “the Red Sea.(Maria”: not “e.g.(1)” and not “f.(x)”
        if mark not in ".!?" or len(left) < 2 or not (right[0].isupper() or right.isdigit()):
            return None
        if right.isdigit() and len(right) < 3:
            return None  # a footnote
        return 0.95 if len(right) > 1 or right.isdigit() else 0.75, start, end
    if text[at] in "“‘":
        return (0.93, start, end) if mark == "”" and text[at] == "“" else None
    if len(right) < 2 and right not in ("a", "I"):
        return None
    if mark == ")":
        if right in _AFFIXES:
            return None
        if reading is None:
            return (0.95, start, end) if _is_known(right) else None
        opened = text.rfind("(", max(mark_at - 200, 0), mark_at)
        inside = text[opened + 1 : mark_at]
        before = text[opened - 1 : opened] if opened > 0 else " "
        if opened < 0 or not before.isspace():
            return None  # “f(x)dx”, “NATO(the)re”
        if " " not in inside and not inside.isupper() and not inside.isdigit():
            return None  # “(un)likely”, “(bio)chemistry”
        if len(inside) < 2 or not _is_known(right) or (inside.isdigit() and len(right) < 3):
            return None
        return 0.95 if right[0].islower() or " " in inside else 0.8, start, end
    if mark == "]":
        return None
    # A closing quotation mark; the wrong way round it would open a quotation.
    if not _is_known(right) or not (reading is None or reading.quoted(Span(mark_at - 1, mark_at))):
        return None
    return 0.95, start, end


def _is_known(word: str) -> bool:
    """Whether a run of letters is a word, a name, or an acronym."""
    lower = word.lower()
    if "'" in lower:
        lower = lower.partition("'")[0]
        word = word.partition("'")[0]
    if words.frequency(lower) >= 2 and (len(lower) > 2 or words.frequency(lower) > 5):
        return True
    return word[:1].isupper() and (word.isupper() or is_name_in_use(word))


# Words run together

_CAMEL = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_HAS_CAMEL = re.compile(r"\w*[a-zß-ÿ][A-Z]\w*")
_ACRONYM = re.compile(r"([A-Z]{2,})([a-z]{2,})")
_YEAR = re.compile(r"\b(?:([A-Za-z]{2,})((?:1[89]|20)\d\d)|((?:1[89]|20)\d\d)([a-z]{3,}))\b")
_WORD_BEFORE = re.compile(r"([^\W\d_]+) $")
_WORD_AFTER = re.compile(r" ([^\W\d_]+)")
_LONGEST = 48  # letters of what may be words run together
# From this share of distinct words that no dictionary has, a text is not in English.
_FOREIGN = 0.25


class _Split(Struct, frozen=True):
    """How a run of letters parts into words, and how surely it should."""

    parts: tuple[str, ...]
    confidence: float


class _Asked:
    """The words of a text that has none, and what was asked for."""

    __slots__ = ("words",)

    def __init__(self) -> None:
        self.words: set[str] = set()

    def __contains__(self, word: str) -> bool:
        self.words.add(word)
        return False


_WHOLE: tuple[None, tuple[str, ...]] = (None, ())


@lru_cache(maxsize=65536)
def _alone(word: str) -> tuple[_Split | None, tuple[str, ...]]:
    """How a word parts in a text that has none of some words, and these; with one of them it may part otherwise."""
    asked = _Asked()
    split = _split(word, asked)
    return (split, tuple(asked.words)) if split is not None or asked.words else _WHOLE


def _glued_among(judged: Set[str]) -> list[str]:
    """Those of some distinct words that part into others, or may in some text."""
    rest = frozenset(judged).difference(words.common_words())
    return [
        word
        for word in rest
        if 3 < len(word) < _LONGEST
        and not (word.isalpha() and ((word.istitle() and not _seams(word)) or (word.islower() and words.is_word(word))))
        and any(_alone(word))
    ]


_GLUED = JointSieve(_glued_among)


def words_are_apart(reading: Reading) -> Iterator[Problem]:
    """Find words run together: “meetingAll”, “thenarrow”, “Ruizover”, “wouldbackParis”.

    Told by a list of words with their frequencies: a run that is no word parts into frequent ones. Rarer words, names,
    brands (“iPhone”, “McDonald”), handles and addresses are passed over. Runs of two words that could be a compound
    (“warroom”) are found for sure only in a text with surer ones.
    """
    candidates: dict[str, _Split] = {}
    known = reading.words
    for word in _GLUED.pick_words(known):
        split, asked = _alone(word)
        if not known.isdisjoint(asked):
            split = _split(word, known)
        if split is not None and split.confidence:
            candidates[word] = split
    text = reading.document.plain
    names, likely = _identifiers(candidates, text)
    for name in names:
        del candidates[name]
    if not candidates or _is_foreign(known):
        return
    found = []
    for word, starts in reading.places_of(candidates).items():
        split = candidates[word]
        if len(starts) > 2 and split.confidence < 0.94:
            continue  # a word that the text uses
        end = len(word)
        sure_of = [_in_place(reading, text, start, start + end, split, split.confidence) for start in starts]
        if word[0].isupper() and not all(sure_of):
            continue  # what is a name at one place is one at the others
        found += [(start, start + end, split, here) for start, here in zip(starts, sure_of, strict=True) if here]
    sure = sum(confidence >= 0.9 for *_, confidence in found)
    many = sure >= SEVERAL and sure >= 2 * (len(found) - sure)
    for start, end, split, confidence in sorted(found, key=lambda item: item[:2]):
        lifted = 0.9 if many else 0.7 if sure else confidence
        edits, at = [], start
        for part in split.parts[:-1]:
            at += len(part)
            edits.append(Edit(Span(at, at), " "))
        yield Problem(
            at=Span(start, end),
            suggestions=(" ".join(split.parts),),
            fix=Fix(tuple(edits), safe=confidence >= SURE and text[start:end] not in likely),
            confidence=max(confidence, lifted),
        )


def _identifiers(candidates: Iterable[str], text: str) -> tuple[list[str], frozenset[str]]:
    """Those of some words that name something in a program, in a text about programs: “nextToken”, “isEmpty”; and those
    that would in such a text.

    They begin small and go on in words with capitals, none a name alone. A text is about programs if enough of them
    begin with no word of grammar and go on as neither a name nor a sentence may (“foundChina”, “meetingAll”).
    """
    begins, starters = _glue()["begins"], words.abbreviations()["starters"]
    found, telling, others = [], set(), 0
    for word in candidates:
        first, *rest = _CAMEL.split(word)
        if not rest or not first.islower():
            continue
        names = [piece.lower() for piece in rest if piece.istitle() and is_name_in_use(piece)]
        if all(words.frequency(name) >= 3 for name in names):
            found.append(word)
        if names or rest[0] in starters:
            others += 1
        elif first not in begins and all(piece.istitle() for piece in rest):
            telling.add(word)
    least = max(2, others) if OBJECT in text else max(3, 3 * others)
    ordinary = (word for word in telling if all(words.frequency(one.lower()) >= 3 for one in _CAMEL.split(word)))
    return found if len(telling) >= least else [], frozenset(ordinary)


def _is_foreign(known: frozenset[str]) -> bool:
    """Whether too many of the distinct words of a text are no English."""
    rest = known.difference(words.common_words())
    small = [word for word in rest if word.islower() and len(word) > 2 and word.isalpha()]
    most = _FOREIGN * (len(known) - len(rest) + len(small))
    if len(known) <= 9 or len(small) <= most:
        return False
    return sum(not words.is_word(word) and _lower_split(word) is None for word in small) > most


def _is_strange(match: re.Match[str] | None) -> bool:
    """Whether the word beside is of another language: in small letters, and in no dictionary."""
    if match is None:
        return False
    word = match.group(1)
    return word.islower() and len(word) > 2 and not words.is_word(word) and _lower_split(word) is None


def _in_place(reading: Reading, text: str, start: int, end: int, split: _Split, confidence: float) -> float:
    """The confidence of a split where the word stands: none in addresses, handles and known names."""
    glue = _glue()
    before, after = text[start - 1 : start], text[end : end + 2]
    if before in ("@", "#", "/", "\\", "&", "$", "=", "+") or after[:1] in ("@", "/", "(", "=", "\\"):
        return 0.0
    if before == "." and text[start - 2 : start - 1].isalnum() and split.parts[0].islower():
        return 0.0
    if split.parts[-1] == "U":
        return confidence if after in (".S", ".N", ".K") else 0.0
    if split.parts[-1] == "I" and not (after[:1] == " " or after[:1] == "'"):
        return 0.0
    if after[:1] == "." and after[1:].isalnum() and after[1:].islower():
        return 0.0
    token_start, token_end = _token(text, start)
    if _ADDRESS.search(text, token_start, token_end):
        return 0.0
    if after[:1] == "'" and not after[1:].isalpha():
        return 0.0  # “talkin'”
    if before == "'" and confidence < 0.95:
        return 0.0
    if (before == "-" or after[:1] == "-") and confidence < 0.93:
        return 0.0
    if text[start].isupper() and split.parts[-1].islower() and confidence < SURE:
        # Between other capitals it is rather a part of a name: “Banco Linhas Azuis”.
        name, rest = split.parts[0], split.parts[-1]
        spoken = name in reading.words or (words.is_name(name) and (len(rest) > 3 or (rest == "and" and len(name) > 4)))
        if (
            not spoken
            and after[:1] == " "
            and text[end + 1 : end + 2].isupper()
            and text[end + 1 : end + 3] not in ("I ", "I'")
        ):
            return 0.0
        named = spoken or words.is_name(split.parts[0]) or len(split.parts) > 2
        if not named and before == " " and _CAPITAL_BEFORE.search(text, max(start - 20, 0), start):
            return 0.0
        if rest in glue["governs"] and after[:1] in (",", ".", ";", ":", "!", "?", ")", "'"):
            return 0.0  # what governs a word stands before one
        if name not in reading.words and _is_surname(text, start):
            return 0.0
    if is_named(reading, Span(start, end)):
        return 0.0
    beside = (_WORD_BEFORE.search(text, max(start - 30, 0), start), _WORD_AFTER.match(text, end))
    return min(confidence, 0.6) if any(map(_is_strange, beside)) else confidence


_ENDINGS = (
    "ers",
    "er",
    "ors",
    "or",
    "able",
    "ness",
    "like",
    "less",
    "ish",
    "wise",
    "ings",
    "ists",
    "ist",
    "isms",
    "ism",
)


def _is_derived(word: str) -> bool:
    """Whether a word is made of a verb with an ending: “formatters”, “hasher”, “growable”."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            stems = (stem, stem + "e", stem[:-1] if stem[-1] == stem[-2] else stem)
            if any(len(one) > 2 and words.frequency(one) >= 2 and form_of(one) for one in stems):
                return True
    return False


_GIVEN = re.compile(r"([A-Z][a-z]+) $")


def _is_surname(text: str, start: int) -> bool:
    """Whether a word with a capital stands behind a given name: “Tom Okafor”."""
    before = _GIVEN.search(text, max(start - 20, 0), start)
    return before is not None and is_given_name(before[1].lower())


@lru_cache(maxsize=65536)
def _lower_split(word: str) -> _Split | None:
    """How a word in small letters, that no dictionary has, parts into words; None where it doesn't."""
    if words.is_word(word) or not word.isalpha() or _is_derived(word) or words.corrections(word):
        return None
    glue = _glue()
    best: _Split | None = None
    best_score = 0.0
    for at in range(1, len(word)):
        left, right = word[:at], word[at:]
        if (len(right) == 1 and right != "a") or (len(left) == 1 and left != "a"):
            continue
        if not (one := words.frequency(left)) or not (two := words.frequency(right)):
            continue
        confidence = _pair(left, right, one, two, glue)
        score = confidence * 20 + one + two
        if confidence >= COMPOUND and score > best_score:
            best, best_score = _Split((left, right), confidence), score
    if best is None and len(word) > 9:
        best = _triple(word, glue)
    return best


def _pair(left: str, right: str, one: float, two: float, glue: Mapping[str, frozenset[str]]) -> float:
    """How surely two words, of Zipf frequencies `one` and `two`, were run together."""
    long = len(left) + len(right)
    first = left in glue["begins"] or left in glue["may-begin"]
    if right == "a":
        return 0.9 if left in glue["begins"] and long > 3 else 0.0
    if first and (right in glue["ends"] or right in glue["begins"] or right in glue["may-end"]) and long > 4:
        return 0.97 if left in glue["begins"] or right in glue["begins"] else 0.93
    if left in glue["begins"]:
        if right in glue["ends"] or right in glue["begins"] or (len(right) > 3 and two >= 3.5):
            return 0.97
        if len(right) > 2 and two >= 4.3:
            return 0.93
        return 0.7 if two >= 2 and len(right) > 3 else 0.0
    if right in glue["ends"]:
        if len(left) > 3 and one >= 3.5:
            return 0.96
        return 0.92 if len(left) > 2 and one >= 4.5 else 0.6 if one >= 3 and len(left) > 4 else 0.0
    if right in glue["ends-of-names"] and len(left) > 3 and one >= 4:
        return 0.6
    if left in glue["may-begin"]:
        if left in ("be", "by") and (len(right) < 4 or two < 4.8) and not (len(right) > 6 and two >= 4.3):
            return 0.0
        return 0.8 if len(right) > 3 and two >= 4.3 else 0.5 if len(right) > 4 and two > 3.8 else 0.0
    if left == "a":
        return 0.75 if len(right) > 3 and two >= 4.3 else 0.0
    if right in glue["may-end"]:
        if len(left) < 4 or one < (4 if len(left) < 6 else 3.5):
            return 0.0
        if right == "in" and (words.is_word(left + "g") or words.is_word(left + "ing")):
            return 0.5
        return 0.9 if left.endswith(("s", "ed", "tion", "ment", "ity", "nt")) and len(left) > 4 else 0.7
    if len(left) < 3 or len(right) < 3 or min(one, two) < 3.8:
        return 0.0
    if right in glue["verbs"] and one >= 4:
        return 0.9
    if words.is_word(left[:-1]) and words.is_word(left[-1] + right):
        return COMPOUND  # “namespace”, “homeownership”: the letter may belong to either
    if left[-1] == "s" and left[-2:] != "ss" and len(left) > 4 and left not in glue["plurals"] and two >= 4:
        return 0.85
    if left.endswith("ed") and len(left) > 4 and two >= 4:
        return 0.85
    return COMPOUND if len(left) > 3 and len(right) > 3 and min(one, two) >= 4.2 else 0.0


def _triple(word: str, glue: Mapping[str, frozenset[str]]) -> _Split | None:
    """How a long run parts into three words, one of them a word of grammar."""
    for at in range(len(word) - 2, 5, -1):
        rest, last = word[:at], word[at:]
        if last in glue["ends"] or last in glue["may-end"]:
            inner = _lower_split(rest)
            if inner is not None and len(inner.parts) == 2 and inner.confidence >= COMPOUND:
                return _Split((*inner.parts, last), 0.93)
    for at in range(2, min(6, len(word) - 6)):
        first, rest = word[:at], word[at:]
        if first in glue["begins"] or first in glue["may-begin"]:
            inner = _lower_split(rest)
            if inner is not None and len(inner.parts) == 2 and inner.confidence >= COMPOUND:
                return _Split((first, *inner.parts), 0.93)
    return None


def _split(word: str, known: frozenset[str] | _Asked) -> _Split | None:
    """How a word as written parts into words; `known` are the words of the text."""
    if word.islower():
        if not word.isalpha():
            return _year_split(word)
        split = _lower_split(word)
        if (
            split is None
            and word[0] == "s"
            and len(word) > 4
            and not words.is_word(word)
            and words.frequency(word[1:]) > 4
        ):
            return _Split(("s", word[1:]), 0.55)  # “Smith'scampaign”; sure only after an apostrophe
        return split
    if word.isupper() or "_" in word:
        return None
    if not word.isalpha():
        return _year_split(word)
    if word[1:].islower():
        return _capital_split(word, known) if len(word) > 4 else None
    if _HAS_CAMEL.fullmatch(word):
        return _camel_split(word, known)
    acronym = _ACRONYM.fullmatch(word)
    if acronym is not None and acronym[1] in known:
        rest, glue = acronym[2], _glue()
        if rest in glue["ends"] or (len(rest) > 3 and words.frequency(rest) >= 4 and rest != "wide"):
            return _Split((acronym[1], rest), 0.92)
    return None


def _year_split(word: str) -> _Split | None:
    match = _YEAR.fullmatch(word)
    if match is None:
        return None
    left, right = (match[1], match[2]) if match[1] else (match[3], match[4])
    other = left if match[1] else right
    grammar = _glue()["begins"] if match[1] else _glue()["ends"]
    if other.lower() in grammar or (match[1] and other.lower() in _glue()["may-begin"]):
        return _Split((left, right), 0.96)
    if other.islower() and len(other) > 3 and words.frequency(other) >= 4:
        return _Split((left, right), 0.9)
    return None


_CAPITAL_BEFORE = re.compile(r"[A-Z][a-z]*\.? $")


@cache
def _grammar() -> frozenset[str]:
    glue = _glue()
    uses = ("begins", "may-begin", "ends", "may-end", "ends-of-names", "verbs")
    return frozenset(word for use in uses for word in glue[use])


def _seams(word: str) -> list[int]:
    """Where a word with a capital may part: before an ordinary word, if one of the two is a word of grammar or both
    have four letters or more.
    """
    grammar, common, last = _grammar(), words.common_words(), len(word)
    found = []
    for at in range(1 if word[0] == "I" else 2, last - 1):
        rest = word[at:]
        if rest in common and (3 < at < last - 3 or rest in grammar or word[:at].lower() in grammar):
            found.append(at)
    return found


def _capital_split(word: str, known: frozenset[str] | _Asked) -> _Split | None:
    """How a word with a capital parts: a name and what follows it, or the first words of a sentence."""
    common, lower = words.common_words(), word.lower()
    seams = _seams(word)
    if not seams or lower in common:
        return None
    glue = _glue()
    best: _Split | None = None
    for at in seams:
        name, rest = word[:at], word[at:]
        low, two = name.lower(), common[rest]
        confidence = 0.0
        spoken = name in known
        if rest in glue["ends"] or rest in glue["verbs"] or rest in glue["ends-of-names"]:
            if (len(name) > 3 or (len(name) > 2 and spoken)) and (spoken or words.is_name(name)):
                confidence = 0.94
            elif len(name) > 4 and len(rest) > 2 and _is_surname_or_given_name(low):
                confidence = 0.9
            elif low in glue["begins"] or (words.frequency(low) >= 4.3 and len(rest) > 2):
                confidence = 0.92
            elif len(name) > 3 and (rest == "of" or len(rest) > 3) and words.frequency(low) >= 3.5:
                confidence = 0.92  # “Crownof”, “Elveswill”
        elif rest in glue["may-end"] and spoken and len(name) > 3 and not words.is_word(low):
            confidence = 0.9
        elif rest in glue["may-end"] and len(name) > 4 and words.frequency(low) >= 4:
            confidence = 0.7  # “Unionis”
        grammar = low in glue["begins"] or low in glue["may-begin"]
        opens = low in glue["begins"] and len(low) > 2 and len(rest) > 3 and two >= 4.2
        if opens or (grammar and len(word) > 5 and (rest in glue["begins"] or rest in glue["may-end"])):
            confidence = max(confidence, 0.92)
        elif low in glue["may-begin"] and len(rest) > 4 and two >= 4.5:
            confidence = max(confidence, 0.6)
        elif (spoken and len(rest) > 3 and two >= 4.2 and not words.is_word(low) and len(name) > 3) or (
            spoken and len(name) > 4 and len(rest) > 4 and two >= 3
        ):
            confidence = max(confidence, 0.9)
        elif len(name) > 3 and len(rest) > 4 and two >= 4 and is_verb(rest) and not words.is_word(low):
            confidence = max(confidence, 0.7)
        if confidence and (best is None or confidence > best.confidence):
            best = _Split((name, rest), confidence)
    return None if best is None or _is_said(word, lower) else best


def _is_said(word: str, lower: str) -> bool:
    """Whether a word with a capital is a word or a name in use, or a form of one."""
    if is_name_in_use(word) or words.is_word(lower):
        return True
    return lower.endswith(("s", "n")) and (is_name_in_use(word[:-1]) or words.is_word(lower[:-1]))


def _camel_split(word: str, known: frozenset[str] | _Asked) -> _Split | None:
    """How a word with a capital inside parts; brands and the particles of names are whole."""
    if word in _camel_names() or words.is_name(word):
        return None
    pieces = [piece for piece in _CAMEL.split(word) if piece]
    glue = _glue()
    if len(pieces) > 4 or pieces[0] in glue["particles"] or len(pieces[0]) < 2:
        return None
    if len(pieces[-1]) == 1:
        # “theU.S.” and “andI”; where they stand decides.
        grammar = pieces[0] in glue["begins"] or pieces[0] in glue["ends"] or words.frequency(pieces[0]) >= 4
        return _Split(tuple(pieces), 0.94) if len(pieces) == 2 and pieces[1] in "UI" and grammar else None
    parts: list[str] = []
    confidences: list[float] = []
    for index, piece in enumerate(pieces):
        inner = None
        if piece.islower():
            if not words.is_word(piece):
                inner = _lower_split(piece)
                if inner is None:
                    return None
        elif piece[1:].islower():
            inner = _capital_split(piece, known) if len(piece) > 4 else None
        elif not piece.isupper():
            return None
        if inner is not None:
            confidences.append(inner.confidence)
        parts += inner.parts if inner is not None else (piece,)
        if index:
            confidence = _seam(pieces[index - 1], inner.parts[0] if inner is not None else piece, known)
            if not confidence:
                return None
            confidences.append(confidence)
    return _Split(tuple(parts), max(confidences) if min(confidences) >= COMPOUND else min(confidences))


def _seam(left: str, right: str, known: frozenset[str] | _Asked) -> float:
    """How surely space is missing between a part and the capital after it."""
    glue = _glue()
    lower = right.lower()
    right_known = words.frequency(lower) >= 3 or is_name_in_use(right) or (right.isupper() and right in known)
    spoken = right in known
    if left.islower():
        if len(left) < 3 and left not in glue["begins"] and left not in glue["may-begin"]:
            return 0.0
        if not right_known and not spoken:
            return 0.75 if words.frequency(left) >= 4 else 0.0
        return 0.96 if words.frequency(left) >= 3.5 else 0.9 if spoken else 0.7
    if left in glue["titles"]:
        return 0.96 if right_known or spoken else 0.9
    if left.lower() in glue["begins"] and len(left) > 2:
        if spoken or (is_name_in_use(right) and words.frequency(lower) < 4):
            return 0.94
        return 0.8 if right_known else 0.6
    if left in known and spoken:
        return 0.75
    if spoken and is_name_in_use(left):
        return 0.6
    return COMPOUND if right_known and (words.frequency(left.lower()) >= 4 or is_name_in_use(left)) else 0.0


# Space before a mark

# What belongs to the word before and begins a chunk: a mark without a word behind it, and what is cut off a word.
_MARK_ALONE = re.compile(r"[,.;:!?](?:[\s\"”’)\]]|$)")
_CUT_OFF = re.compile(r"(?:'(?:s|re|ve|ll|m)|n't)(?![\w'’])")
_CUT_OFF_LATER = re.compile(r"'(?<=[a-rt-z]')( +)s(?= [a-z])")
_THOUSANDS = re.compile(r"(?<![\d,.])\d{1,3},$")


def no_space_before_marks(reading: Reading) -> Iterator[Problem]:
    """Find space before a mark that belongs to the word before: “Paris , and”, “it 's”, “10, 000”.

    Space of a kind that French sets before marks is right, and so are ellipses, decimals (“ .5”) and emoticons.
    """
    text = reading.document.plain
    written = reading.document.text
    found: list[tuple[int, int, int, int, float]] = []
    for chunk in reading.chunks_at([chunk for chunk in reading.odd if _MARK_ALONE.match(chunk)]):
        start, end = _space_from(text, chunk.start), chunk.start + 1
        confidence = _before_mark(text, start, end) if start < chunk.start else 0.0
        if confidence and written[start : end - 1].strip(" ") == "":
            word = _LEFT.search(text, max(start - 30, 0), start)
            found.append((word.start() if word else start - 1, end, start, end - 1, confidence))
    for start, end, first, last in _cut_off(reading, text):
        word = _LEFT.search(text, max(start - 30, 0), start)
        begin = word.start() if word else start
        if text[begin:start].lower() not in ("the", "a", "an", "of", "and", "or"):
            found.append((begin, end, first, last, 0.93))
    for at in words.occurrences(text, ", 000"):
        number = _THOUSANDS.search(text, max(at - 4, 0), at + 1)
        if number is not None and text[at + 5 : at + 6] != "," and not text[at + 5 : at + 6].isdecimal():
            found.append((number.start(), at + 5, at + 1, at + 2, 0.93))
    for start, end, first, last, confidence in sorted(found):
        yield Problem(
            at=Span(start, end),
            suggestions=(written[start:first] + written[last:end],),
            fix=Fix((Edit(Span(first, last), ""),), safe=confidence >= SURE),
            confidence=confidence,
        )


def _space_from(text: str, end: int) -> int:
    """Where the spaces before an offset begin; the offset itself where there are none."""
    start = end
    while start and text[start - 1] == " ":
        start -= 1
    return start


def _cut_off(reading: Reading, text: str) -> Iterator[tuple[int, int, int, int]]:
    """What is cut off with its apostrophe, “it 's” and “it' s”, as (start, end) of it and of the space in it."""
    cut = [chunk for chunk in reading.odd if _CUT_OFF.match(chunk)]
    if not (cut or "s" in reading.chunks) or not (" '" in text or " n't" in text or "' s" in text):
        return
    for chunk in reading.chunks_at(cut):
        start = _space_from(text, chunk.start)
        if start < chunk.start and "a" <= text[start - 1 : start] <= "z":
            match = _CUT_OFF.match(text, chunk.start)
            assert match is not None
            yield start, match.end(), start, chunk.start
    if "s" in reading.chunks:
        for match in _CUT_OFF_LATER.finditer(text):
            yield *match.span(), *match.span(1)


def _before_mark(text: str, start: int, end: int) -> float:
    """How surely the space from `start` before the mark that ends at `end` is wrong."""
    sure = _space_before(text, start, end)
    if sure and _ADDRESS.search(text, *_token(text, start - 1)):
        return 0.0  # “X=Y ;”
    word = text[max(start - 12, 0) : start].rpartition(" ")[2]
    # “a function instead of a !”: a mark that is spoken of
    return 0.6 if sure and word in _glue()["governs"] else sure


def _space_before(text: str, start: int, end: int) -> float:
    mark = text[end - 1]
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if not before:
        return 0.0
    abbreviated = before == "." and mark == "," and _is_abbreviated(text, start - 1)
    if not (abbreviated or before.isalnum() or before in "%)]”’\"'"):
        return 0.0
    if after and not (after.isspace() or after in '"”’)]'):
        return 0.0
    if after == ")" and mark in ":;":
        return 0.0
    if mark == "." and text[end : end + 2] in (" .", ". ", ".."):
        return 0.0
    if after in "\"'" and after and not text[end + 1 : end + 2].isspace() and end + 1 < len(text):
        return 0.0  # the mark belongs to what the quotation mark opens
    if mark in ":!?" and text[end : end + 2] in (" )", " (", " -"):
        return 0.0
    if mark in ";:!?" and "«" in text:
        return 0.0  # French
    if mark == ":":
        # “Score : 3”, “3 : 2”: a way to set tables
        return 0.0 if before.isdigit() else 0.6
    if mark in "!?":
        return 0.91 if before.isalpha() else 0.8
    return 0.96 if before.isalnum() or before in "%)]" else 0.92


def _is_abbreviated(text: str, at: int) -> bool:
    """Whether the full stop at an offset belongs to an abbreviation or an initial."""
    start = max(text.rfind(" ", max(at - 30, 0), at), text.rfind("\n", max(at - 30, 0), at), max(at - 30, 0) - 1) + 1
    word = text[start:at].lstrip("(\"“‘'[-—–")
    bare = word.rpartition("-")[2].rpartition("—")[2].rpartition("–")[2].rpartition("(")[2]
    if not bare:
        return False
    if words.is_abbreviation(bare) or "." in bare or (len(bare) == 1 and bare.isalpha()):
        return True
    lower = bare.lower()
    return bare[-1].isalpha() and not (words.frequency(lower) > 2 or is_name_in_use(bare)) and len(bare) < 7


# Marks that stand twice, or alone

_TWO_MARKS = re.compile(r"[.,;:!?…][.,;:!?…]+")
_MARK_SPACE_MARK = re.compile(r"[.,;:!?…](?: ++[.,;:])+(?![\w.,;:)(])")
_MARK_FIRST = re.compile(r"[.,;:](?![\w.,;:)(])|[!?]$")
_AROUND_QUOTE = re.compile(r"([.,])[\"”]\1(?![.,\w])")


def marks_stand_once(reading: Reading) -> Iterator[Problem]:
    """Find two marks where one belongs: “said,.”, “Paris,, and”, “,” on both sides of a quotation mark.

    Ellipses, marks of excitement (“?!”) and a comma after an abbreviation's full stop are right.
    """
    text = reading.document.plain
    found: list[tuple[int, int, str, float, bool]] = []
    for chunk in reading.chunks_at(_DOUBLED.pick(reading.odd)):
        for match in _TWO_MARKS.finditer(text, chunk.start, chunk.end):
            start, end = match.span()
            kept, confidence = _two_marks(text, start, end)
            if confidence and not _ADDRESS.search(text, *_token(text, start)):
                said = match.group()
                found.append((start, end, kept, confidence, len(set(said)) == 1 and said[0] in ",;"))
        for match in _AROUND_QUOTE.finditer(text, chunk.start, chunk.end):
            before = text[match.start() - 1 : match.start()]
            if before in '"“' or (before == " " and match[1] == "."):
                continue  # the mark itself is quoted, or stands alone: “git add .”
            if match[1] != "." or not _is_abbreviated(text, match.start()):
                kept = reading.document.text[match.start() : match.end() - 1]
                found.append((match.start(), match.end(), kept, 0.92, False))
    for start, end, kept, confidence, safe in sorted(found):
        yield Problem(
            at=Span(start, end),
            suggestions=(kept,),
            fix=Fix((Edit(Span(start, end), kept),), safe=safe),
            confidence=confidence,
        )


def _has_two_marks(chunk: str) -> bool:
    """Whether two marks may stand in a chunk where one belongs; only what should stand there depends on its place."""
    text = f" {chunk} "
    return _AROUND_QUOTE.search(chunk) is not None or any(
        _two_marks(text, *match.span())[1] for match in _TWO_MARKS.finditer(text)
    )


_DOUBLED = Sieve(_has_two_marks)


def _two_marks(text: str, start: int, end: int) -> tuple[str, float]:
    """What should stand for a run of marks, and how surely it should; 0 where the run is right."""
    run = text[start:end]
    distinct = set(run)
    if run == ",." and text[end : end + 1].isalnum() and text[_token(text, start)[0]] == ".":
        return "", 0.0  # “.bashrc,.zshrc”
    if start == 0 or text[start - 1].isspace() or distinct <= {"!", "?"} or "…" in run or "..." in run:
        return "", 0.0
    after = text[end : end + 1]
    if after and not (after.isspace() or after in "\"”’')]" or after.isalpha()):
        return "", 0.0
    ends = not after or after == "\n" or (after.isspace() and text[end + 1 : end + 2].isupper())
    first, last = run[0], run[-1]
    if distinct == {"."}:
        return ".", 0.92 if ends and len(run) == 2 and not text[start - 1].isdigit() else 0.6
    if distinct == {":"}:
        return ":", 0.6 if len(run) == 2 and not after.isalpha() else 0.0
    if len(distinct) == 1:
        return first, 0.96
    if first == "." and last != ".":
        if _is_abbreviated(text, start):
            return "", 0.0
        lower = text[max(start - 20, 0) : start].split()[-1:] or [""]
        sure = lower[0].islower() and words.frequency(lower[0].strip("\"“‘('")) >= 3
        return last if last != "," or not ends else ".", 0.93 if sure else 0.6
    if first in "!?":
        return first, 0.0 if last in ",;:" else 0.6
    if last in "!?":
        return last, 0.85
    return "." if ends and "." in distinct else "," if "," in distinct else first, 0.94


def marks_follow_words(reading: Reading) -> Iterator[Problem]:
    """Find a mark that no word stands before: after another one (“border. , Now”), at the start of a line."""
    text = reading.document.plain
    found: list[tuple[int, int, str, float]] = []
    past = 0
    for chunk in reading.chunks_at([chunk for chunk in reading.odd if _MARK_FIRST.match(chunk)]):
        space = _space_from(text, chunk.start)
        if len(chunk) == 1 and text[space - 1 : space] in ("", "\n"):
            at = chunk.start
            if not text.startswith((".", " ."), at + 1) and reading.block_at(at).kind != "data":
                found.append((at, at + 1, "", 0.92 if text[at + 1 : at + 2] == " " else 0.6))
        match = _MARK_SPACE_MARK.match(text, space - 1) if past < space < chunk.start else None
        if match is None:
            continue
        start, past = match.span()
        run = match.group().replace(" ", "")
        if set(run) == {"."} and (len(run) > 2 or text[max(start - 2, 0) : start].endswith((" ", "."))):
            continue  # an ellipsis with spaces
        if start == 0 or text[start - 1].isspace() or text[start - 1] in ".!?…" or run[0] in "!?…":
            continue
        if run[0] == "." and run[1] != "." and _is_abbreviated(text, start):
            continue
        if run[0] == ":" and run[1] in ".;:":
            continue
        found.append((start, past, run[0], 0.94 if run[1] in ",." else 0.9))
    for start, end, kept, confidence in sorted(found):
        same = bool(kept) and set(text[start:end]) == {kept, " "}
        yield Problem(
            at=Span(start, end),
            suggestions=(kept,) if kept else (),
            fix=Fix((Edit(Span(start, end), kept),), safe=same) if kept else None,
            confidence=confidence,
        )


# The comma between speech and who speaks

_QUOTED_SPEECH = re.compile(r" [\"“]([A-Z][^\"“”\n]{12,}?)[\"”]")
_SPEECH_FIRST = re.compile(r"(?<=[a-z]) (\w+) ([A-Z][a-z]+)(?: [A-Z][a-z]+)?\.(?:\s|$)")


@prepared
def _last_letters(verbs: list[str]) -> frozenset[str]:
    return frozenset(verb[-1:] for verb in verbs)


def speech_is_parted(
    reading: Reading, *, verbs: list[str], before: list[str], not_after: list[str], not_before: list[str]
) -> Iterator[Problem]:
    """Find the comma that is missing between speech and its verb: “he said “We won.””, “it is late says Maria.”

    A quotation of a whole sentence behind one of `verbs` takes a comma; so does what is said before one of the verbs
    `before` and a name that end the sentence, unless a word of `not_after` (“as”, “what”) stands there, or one of
    `not_before` (“says Tuesday”) in the place of the name.
    """
    text = reading.document.plain
    found: list[tuple[int, int, int]] = []
    lasts = _last_letters(verbs)
    for opening in '"“':
        for at in (mark - 1 for mark in words.occurrences(text, opening) if mark):
            if text[at] == " " and text[at - 1 : at] in lasts and (match := _QUOTED_SPEECH.match(text, at)):
                word, said = _LEFT.search(text, max(at - 20, 0), at), match[1]
                if word is not None and word.group() in verbs and said[-1] in ".,!?" and said.count(" ") > 2:
                    found.append((word.start(), at + 2, at))
    for verb in filter(reading.words.__contains__, before):
        for at in words.occurrences(text, f" {verb}"):
            match = _SPEECH_FIRST.match(text, at)
            if match is None or match[1] != verb or match[2] in not_before:
                continue
            word_start = text.rfind(" ", 0, at) + 1
            if text[word_start:at] not in not_after and not reading.quoted(Span(at, match.end(1))):
                found.append((word_start, match.end(1), at))
    written = reading.document.text
    for start, end, at in sorted(found):
        yield Problem(
            at=Span(start, end),
            suggestions=(f"{written[start:at]},{written[at:end]}",),
            fix=Fix((Edit(Span(at, at), ","),)),
            confidence=0.91,
        )
