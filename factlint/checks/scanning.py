"""What is left of print that a machine has read: letters for others, digits in words, words cut at line ends, specks.

What is read is a word only by its parts; what was printed is one that everybody uses. Only distinct words that no
dictionary has are looked at, and only where the text is in English.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from factlint import words
from factlint.checks.spacing import is_address, is_name_in_use, is_named
from factlint.checks.spelling import hyphened_chunks, is_strange, odd_words, unknown_words
from factlint.findings import Edit, Fix, Problem
from factlint.mentions import Reading
from factlint.source import Span

_LONGEST = 24  # letters of a word
SEVERAL = 3  # so many distinct misread words make a text one that was read by machine
# How often a word is used at least that a run of so many letters was misread from (on the Zipf scale).
_LEAST = {3: 6.2, 4: 5.4, 5: 4.0, 6: 3.5}
_NUMERAL = re.compile(r"[ivxl]+")


@cache
def _misreadings() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The pairs of factlint/data/misreadings.txt by use: what is read, and what was printed."""
    found = {}
    for line in words.data_lines("misreadings.txt"):
        use, _, pairs = line.partition(": ")
        found[use] = tuple((pair.partition(">")[0], pair.partition(">")[2]) for pair in pairs.split())
    return found


# Letters for others


def words_are_read_rightly(reading: Reading) -> Iterator[Problem]:
    """Find a word that no dictionary has and that a misread letter made of a frequent one: “goverrnnent”, “tbe”, “aud”.

    Sure where several letters stand for others of the same shape (“rn”, “m”) or where a text has three such words.
    """
    slips = {}
    for word in unknown_words(reading):
        if len(word) <= _LONGEST and not _NUMERAL.fullmatch(word):
            printed, confidence = _printed(word)
            if confidence:
                slips[word] = printed, confidence
    if not slips:
        return
    text = reading.document.plain
    found = []
    for start, word in [(at, slip) for slip in slips for at in reading.places(slip)]:
        end = start + len(word)
        if text[start - 1 : start] in ("'", "-", ".") or text[end : end + 1] in ("-", "[", "(", "=", "_"):
            continue
        if is_address(text, start) or is_named(reading, Span(start, end)) or _is_among_strange(text, start, end):
            continue
        found.append((start, end, word))
    counts = Counter(word for *_, word in found)
    several = len(counts) >= SEVERAL
    for start, end, word in sorted(found):
        printed, confidence = slips[word]
        if counts[word] >= SEVERAL:
            confidence = 0.6  # a word that the text uses
        elif several:
            confidence = 0.9
        at = Span(start, end)
        yield Problem(at, {}, (printed,), Fix((Edit(at, printed),)), confidence=confidence)


@lru_cache(maxsize=4096)
def _printed(word: str) -> tuple[str, float]:
    """The frequent word that an unknown one was misread from, and how surely; 0 for none."""
    least = _LEAST.get(len(word), 0.0)
    for use, confidence, longer in (("shapes", 0.92 if len(word) > 4 else 0.8, 2.5), ("letters", 0.7, 3.5)):
        best, often = "", 0.0
        for seen, meant in _misreadings()[use]:
            at = word.find(seen)
            while at >= 0:
                printed = word[:at] + meant + word[at + len(seen) :]
                used = words.frequency(printed)
                if used >= (least or longer) and used > often and not _is_inflected(word, printed):
                    best, often = printed, used
                at = word.find(seen, at + 1)
        if best:
            return best, confidence
    return "", 0.0


def _is_inflected(word: str, other: str) -> bool:
    """Whether the two differ in their last letter alone, and in one that may be an ending."""
    return word[:-1] == other[:-1] and word[-1] in "sdnyre"


def _is_among_strange(text: str, start: int, end: int) -> bool:
    """Whether a word stands beside words of another language."""
    before = _WORD_BEFORE.search(text, max(start - 30, 0), start)
    after = _WORD_AFTER.match(text, end)
    return any(side is not None and is_strange(side[1]) and not _printed(side[1])[1] for side in (before, after))


_WORD_BEFORE = re.compile(r"([^\W\d_]+)[ ,]+$")
_WORD_AFTER = re.compile(r"[ ,]+([^\W\d_]+)")

# Digits in words, letters in numbers

_CODE_BEFORE = re.compile(r"(?<![^\W_])([0-9A-F]+) $")
_CODE_AFTER = re.compile(r" ([0-9A-F]+)(?![^\W_])")
_FRACTION = re.compile(r"\.\d")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")


def words_have_no_digits(reading: Reading) -> Iterator[Problem]:
    """Find a digit in a word (“l0ng”, “mini5ter”) and a letter in a number (“2O19”, “l998”), with what was printed."""
    slips = {}
    for word in odd_words(reading):
        if len(word) > 1 and not word.isalpha() and word.isalnum():
            slip = _without_digits(word)
            if slip is not None:
                slips[word] = slip
    if not slips:
        return
    text = reading.document.plain
    for start, word in sorted([(at, slip) for slip in slips for at in reading.places(slip)]):
        end = start + len(word)
        if text[start - 1 : start] in tuple("-/.@#_+") or text[end : end + 1] in tuple("/(=_"):
            continue
        if (text[end : end + 1] == "-") != (text[end : end + 2] == "--"):
            continue
        if word[0].isalpha() and word[-1].isdigit() and _FRACTION.match(text, end):
            continue  # a version: “email5.1”
        if is_address(text, start) or is_named(reading, Span(start, end)) or _is_among_codes(text, start, end):
            continue
        printed, confidence = slips[word]
        at = Span(start, end)
        yield Problem(at, {}, (printed,), Fix((Edit(at, printed),)), confidence=confidence)


def _is_among_codes(text: str, start: int, end: int) -> bool:
    """Whether digits and the letters A to F stand beside a code of the same length: “51B0 6736”."""
    if set(text[start:end]) - _HEXADECIMAL:
        return False
    beside = (_CODE_BEFORE.search(text, max(0, start - _LONGEST), start), _CODE_AFTER.match(text, end))
    return any(
        code and len(code[1]) == end - start and not code[1].isdigit() and _without_digits(code[1]) is None
        for code in beside
    )


_HEXADECIMAL = frozenset("0123456789ABCDEF")


def _without_digits(word: str) -> tuple[str, float] | None:
    """The word that one with digits was misread from, or the number with letters, and how surely."""
    letters = sum(character.isalpha() for character in word)
    digits = len(word) - letters
    if letters > digits and letters > 1 and not _ORDINAL.fullmatch(word):
        for printed in _replaced(word, _misreadings()["digits"]):
            lower = printed.lower()
            if words.frequency(lower) >= (5 if len(word) < 4 else 3) and (printed[1:].islower()):
                return printed, 0.93 if len(word) > 3 else 0.8
        return None
    if (digits > letters or word[1:] == "O") and word[-1] != "l" and word.isascii():
        for printed in _replaced(word, _misreadings()["numbers"]):
            year = len(printed) == 4 and printed[:2] in ("17", "18", "19", "20")
            inside = word[0].isdigit() and word[-1].isdigit()
            if printed.isdigit() and (year or inside or word[:-1].isdigit()):
                return printed, 0.93 if year or inside else 0.8
    return None


def _replaced(word: str, pairs: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """The word with its wrong characters replaced: one of them in each of its ways, the others in their first."""
    first = dict(reversed(pairs))
    wrong = [character for character in word if character in first]
    for seen, meant in pairs:
        if seen in wrong:
            yield "".join(meant if character == seen else first.get(character, character) for character in word)


_ONE = re.compile(r"[1l|](?<![\w.,:;$€£%'/-][1l|])(?=('(?:m|ve|ll|d)\b)| ([a-z]+(?:n't)?)\b)")


def pronouns_are_letters(reading: Reading, *, verbs: list[str]) -> Iterator[Problem]:
    """Find a digit, an l or a stroke for the pronoun I: before “'m”, “'ve”, or one of `verbs` (“1 think”)."""
    text = reading.document.plain
    digits = [at for sign in "1l" if sign in reading.words for at in reading.places(sign)]
    places = sorted([*digits, *words.occurrences(text, "|")])
    for match in filter(None, (_ONE.match(text, at) for at in places if text[at + 1 : at + 2] in ("'", " "))):
        if match[2] and match[2] not in verbs:
            continue
        before = text[max(match.start() - 14, 0) : match.start()].rstrip().rpartition(" ")[2].lower()
        if before[-1:].isdigit() or before in ("number", "no.", "chapter", "section", "part", "step", "day", "type"):
            continue
        at = Span(match.start(), match.start() + 1)
        if is_address(text, at.start):
            continue
        yield Problem(at, {}, ("I",), Fix((Edit(at, "I"),)), confidence=0.93 if match[1] else 0.8)


# Words in two

_HYPHEN_SPACE = re.compile(r"- (?=([a-z]+)(?![\w'-]))")
_BEFORE = re.compile(r"(?<![\w'-])[A-Za-z][a-z]*$")


def words_are_whole(reading: Reading, *, joining: list[str], prefixes: list[str]) -> Iterator[Problem]:
    """Find a word in two pieces: “inter- national” as at a line's end, “govern-ment”, “gov ernment”.

    A hyphen before one of `joining` (“two- and three-year”) is right, and so is one behind one of `prefixes` (“co-op”).
    """
    text = reading.document.plain
    found: dict[Span, tuple[str, float]] = {}
    # A hyphen behind a letter and before a space ends one of the runs without space.
    broken = [run for run in hyphened_chunks(reading) if len(run) > 1 and run[-1] == "-"]
    for hyphen in [run.end - 1 for run in reading.chunks_at(broken)]:
        match = _HYPHEN_SPACE.match(text, hyphen) if not text[hyphen - 1 : hyphen].isspace() else None
        left = _BEFORE.search(text, max(hyphen - _LONGEST, 0), hyphen) if match is not None else None
        if match is not None and left is not None and match[1] not in joining:
            whole = _at_line_end(left.group(), match[1])
            if whole:
                found[Span(left.start(), match.end(1))] = whole
    for piece, starts in reading.places_of(unknown_words(reading)).items():
        for start in starts:
            for match in _pieces(text, start, start + len(piece)):
                whole = _joined(match)
                if whole and not (match[2] == "-" and match[1].lower() in prefixes):
                    found.setdefault(Span(match.start(), match.end()), whole)
                    break
    places = [at for at in sorted(found) if not is_address(text, at.start) and not is_named(reading, at)]
    several = len({found[at][0] for at in places}) >= SEVERAL
    for at in places:
        word, confidence = found[at]
        yield Problem(at, {}, (word,), Fix((Edit(at, word),)), confidence=0.9 if several else confidence)


_PAIR = re.compile(r"(?<![\w'.-])([A-Za-z][a-z]*)( |-)([a-z]+)(?![\w'-])")


def _pieces(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """An unknown run of letters with the run after it and with the one before, if a space or a hyphen parts them."""
    match = _PAIR.match(text, start)
    if match is not None:
        yield match
    before = max(text.rfind(" ", 0, start - 1), text.rfind("\n", 0, start - 1)) + 1 if start > 1 else 0
    if start - before < _LONGEST:
        match = _PAIR.match(text, before)
        if match is not None and match.end() == end:
            yield match


def _at_line_end(left: str, right: str) -> tuple[str, float] | None:
    """The word that a hyphen and a space part, and how surely; None where they are of none."""
    if words.frequency((left + right).lower()) >= 2.5:
        return left + right, 0.93
    return (f"{left}-{right}", 0.7) if len(right) > 2 and _is_word(left) and _is_word(right) else None


def _joined(match: re.Match[str]) -> tuple[str, float] | None:
    """The word that two pieces are of, one of which is no word, and how surely; None where they are of none."""
    left, right = match[1], match[3]
    whole = left + right
    used = words.frequency(whole.lower())
    if used < 3:
        return None
    if len(left) == 1 and left not in "aAI":
        return (whole, 0.92) if used > 4 else None
    if is_name_in_use(left) and left[0].isupper():
        return None
    if match[2] == "-":
        return whole, 0.75  # “teen-ager”
    if left in words.common_words() and len(left) < 4 and words.frequency(left) > 6:
        return whole, 0.75  # “in struct”
    weak = len(right) < 3 or len(left) < 3
    return whole, 0.8 if weak and used < 4.5 else 0.92


def _is_word(word: str) -> bool:
    return words.is_word(word.lower())


# Specks

_SPECKS = "|~^¬¦■□_\\▪•·*§°"
_SURELY = 8  # so many of them no list or table is set with in a line
_SPECK = re.compile(rf"(?<=[a-z,;] )[{re.escape(_SPECKS)}](?= ([a-z]+))")


def signs_are_no_specks(reading: Reading, *, told: list[str]) -> Iterator[Problem]:
    """Find a sign alone between words of a sentence (“the | house”): a speck, or the rest of a table or list.

    Where a paragraph has more than one of a kind, the signs part what they stand between; before one of `told`
    (“the ~ sign”) it is spoken of.
    """
    text = reading.document.plain
    # A sign between two spaces is a run of its own in the folded prose, too.
    signs = reading.chunks.intersection(_SPECKS)
    places = sorted(at for sign in signs for at in words.occurrences(text, sign))
    for match in filter(None, (_SPECK.match(text, at) for at in places)):
        at = Span(match.start(), match.end())
        block = reading.block_at(at.start)
        if block.kind not in ("paragraph", "quote", "item"):
            continue
        several = text.count(f" {match[0]} ", block.span.start, block.span.end) > 1
        if (
            several
            or match[1] in told
            or len(block.span) < 60
            or is_address(text, max(at.start - 2, 0))
            or is_address(text, at.end + 1)
        ):
            continue
        repair = Fix((Edit(Span(at.start, at.end + 1), ""),))
        yield Problem(at, {}, (), repair, confidence=0.9 if match[0] in _SPECKS[:_SURELY] else 0.7)
