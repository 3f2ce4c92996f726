"""A word of a text among its neighbours, and what the word itself is: ordinary, a name in use, or neither.

Neighbours are looked up one line at a time and only around the places that somebody asks for.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cache, lru_cache

from msgspec import Struct

from factlint.mentions import Reading
from factlint.vocabulary import expand, fold, is_given_name, is_place, is_surname, vocabulary
from factlint.words import is_abbreviation
from factlint.words import is_common as is_common_word
from factlint.words import is_name as is_proper

_TOKEN = re.compile(r"\w+")
_LAST = re.compile(r"(?<!\w)(\w+)[^\w\n]{1,4}$")
_NEXT = re.compile(r"[^\w\n]{1,4}(\w+)")
_WORD_BEFORE = re.compile(r"(?<!\w)(\w+)[^\w\n]+$")
_NAME_GAP = re.compile(r"(?: & |(?:\.?'?[ -]|[-'–])'?)\Z")


# How far the neighbourhood of a word reaches, in characters.
_BEFORE, _AFTER = 72, 96
_MOST_PLACES = 200  # places whose words are remembered


class Word(Struct, frozen=True):
    """A word of the text with its place, as written and folded."""

    start: int
    end: int
    text: str
    folded: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _ends_gap(character: str) -> bool:
    """Whether what stands between two words of one name may end in a character, or in it and one more of these."""
    return character in "-–'.&" or character.isspace()


class Lines:
    """The neighbours of a word on its line."""

    __slots__ = ("_known", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._known: dict[int, tuple[list[Word], int]] = {}

    def around(self, at: int) -> tuple[list[Word], int]:
        """The words of the neighbourhood of a word that stands at `at`, and the word's number among them, or -1."""
        known = self._known.get(at)
        if known is None:
            if len(self._known) >= _MOST_PLACES:
                self._known.clear()
            known = self._known[at] = self._around(at)
        return known

    def _around(self, at: int) -> tuple[list[Word], int]:
        text = self.text
        start = max(text.rfind("\n", 0, at) + 1, at - _BEFORE)
        end = text.find("\n", at, at + _AFTER)
        end = end if end >= 0 else min(at + _AFTER, len(text))
        window = text[start:end]
        every = _TOKEN.findall(window)
        folded = _TOKEN.findall(window.lower()) if window.isascii() else [fold(word) for word in every]
        words, place = [], start
        for word, low in zip(every, folded, strict=True):
            place = text.index(word, place)
            words.append(Word(place, place + len(word), word, low))
            place += len(word)
        # Words that the neighbourhood begins or ends in the middle of are none of it.
        if words and words[0].start == start > 0 and _is_of_word(text[start - 1]):
            del words[0]
        if words and words[-1].end == end < len(text) and _is_of_word(text[end]):
            del words[-1]
        return words, next((number for number, word in enumerate(words) if word.start == at), -1)

    def word_before(self, at: int) -> str:
        """The word before the one at a place that may be of one name with it, as `around` has it; empty for none."""
        text = self.text
        if at < 2 or "\n" in text[at - 2 : at]:
            return ""
        # What stands between them ends in one of few marks, and what is before that is no comma or bracket.
        if not (_ends_gap(text[at - 1]) and (_ends_gap(text[at - 2]) or _is_of_word(text[at - 2]))):
            return ""
        if text[at - 2] == ".":
            last = text[max(0, at - 24) : at - 2].rpartition(" ")[2]
            if last.isalpha() and len(last) > 1 and fold(last) not in vocabulary()["honorific"]:
                return ""  # the end of a sentence
        match = _WORD_BEFORE.search(text, max(0, at - 20), at)
        if match is None or match.start() < at - 16:
            match = _WORD_BEFORE.search(text, max(0, at - _BEFORE), at)
        if match is None:
            return ""
        word = Word(*match.span(1), match[1], fold(match[1]))
        return match[1] if self.joined(word, Word(at, at, "", "")) else ""

    def word_after(self, end: int) -> str:
        """The word after the one that ends at a place, if it may be of one name with it; empty for none."""
        match = _NEXT.match(self.text, end)
        return match[1] if match is not None else ""

    def before(self, word: Word) -> Word | None:
        """The word before another, if the two can be parts of one name."""
        match = _LAST.search(self.text, max(0, word.start - 72), word.start)
        if match is None:
            return None
        found = Word(match.start(), match.end(1), match[1], fold(match[1]))
        return found if self.joined(found, word) else None

    def after(self, word: Word) -> Word | None:
        """The word after another, if the two can be parts of one name."""
        match = _NEXT.match(self.text, word.end)
        if match is None:
            return None
        found = Word(match.start(1), match.end(), match[1], fold(match[1]))
        return found if self.joined(word, found) else None

    def joined(self, one: Word, other: Word) -> bool:
        """Whether two neighbouring words can be parts of one name."""
        gap = self.text[one.end : other.start]
        if gap == " ":
            return True
        if "\n" in gap or not gap:
            return False
        if gap.strip() == ".":
            return len(one.text) == 1 or one.folded in vocabulary()["honorific"]
        return bool(_NAME_GAP.match(gap)) and "." not in gap


def lines_of(reading: Reading) -> Lines:
    """The lines of a text, cut into words once for all checks of names."""
    return reading.remembered("lines", lambda one: Lines(one.document.plain))


class Standing(Enum):
    """What a form is in itself."""

    ORDINARY = "ordinary"  # a word of the language, a country
    NAME = "name"  # a name in use
    UNKNOWN = "unknown"


def standing(folded: str, reading: Reading) -> Standing:
    """What a folded word of a text is in itself; one that the text also writes small is ordinary."""
    return Standing.ORDINARY if folded in reading.words else standing_alone(folded)


@lru_cache(maxsize=1 << 14)
def standing_alone(folded: str) -> Standing:
    """What a folded word is whatever the text: ordinary are a common one, a country, a month and a title."""
    if (
        is_common(folded)
        or folded in _ordinary()
        or is_place(folded)
        or bool(expand(folded))
        or is_abbreviation(folded)
    ):
        return Standing.ORDINARY
    return Standing.NAME if is_name(folded) else Standing.UNKNOWN


@cache
def _ordinary() -> frozenset[str]:
    vocab = vocabulary()
    return frozenset().union(*[vocab[use] for use in ("function", "month", "honorific", "head", "party")])


def is_ordinary(folded: str, reading: Reading) -> bool:
    """Whether a folded word is a common one, a country, a month or a title, or written small in the same text."""
    return standing(folded, reading) is Standing.ORDINARY


def is_common(folded: str) -> bool:
    """Whether a folded word is an ordinary English one."""
    return folded in vocabulary()["generic"] or is_common_word(folded)


def is_name(folded: str) -> bool:
    """Whether a folded word is a given name, a surname or another name in use."""
    return is_given_name(folded) or is_surname(folded) or is_proper(folded.capitalize())


def is_family_name(folded: str) -> bool:
    """Whether a folded word is a surname and no given name, so that it stands first where families do."""
    return is_surname(folded) and not is_given_name(folded)


_ENGLISH = (
    (re.compile(r"is(?=e|ation|ing|er)"), "iz"),
    (re.compile(r"ence$|ence(?=s$)"), "ense"),
    (re.compile(r"our(?=$|s$|ed$|able$|ite$|ing$)"), "or"),
    (re.compile(r"re$"), "er"),
    (re.compile(r"(?<=[ai][sn])er(?=$|s$)|(?<=dvis)er|(?<=nvey)er"), "or"),
    (re.compile(r"ll(?=ed|ing|er|or)"), "l"),
    (re.compile(r"ogue$"), "og"),
    (re.compile(r"mme$"), "m"),
    (re.compile(r"women$"), "woman"),
    (re.compile(r"men$"), "man"),
)


def is_other_english(one: str, other: str) -> bool:
    """Whether two folded words are the American and the British spelling of one."""
    if one[0] != other[0] and len(one) > 2 and len(other) > 2:
        return False
    return any(pattern.sub(instead, one) == pattern.sub(instead, other) for pattern, instead in _ENGLISH)


def is_derived(one: str, other: str) -> bool:
    """Whether one of two folded words is the other with an ending of a plural, a people or an adjective."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and long[len(short) :] in vocabulary()["ending"]


def spelt_like(model: str, right: str) -> str:
    """A right word in capitals where the text's is."""
    return right.upper() if model.isupper() and len(model) > 3 else right
