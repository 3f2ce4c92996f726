"""Words, phrases, sentences and paragraphs that stand twice where once is meant.

Only what is said twice in the same letters is found; what a language doubles on purpose is data of the rules.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from factlint.findings import Edit, Fix, Problem, Related
from factlint.mentions import Reading
from factlint.prepared import prepared
from factlint.source import OBJECT, Span, stretches

# A word and, looked ahead for, the same word again; nearly always the first stands after a space. A pattern that looks
# ahead for nothing finds it sooner.
_TWICE = re.compile(r" ([A-Za-zß-ÿ][a-zß-ÿ]*+)[ \n][\"“]?+(?i:\1)\b")
_DOUBLED = re.compile(r" ([A-Za-zß-ÿ][a-zß-ÿ]*+)(?=([ \n])([\"“]?+)((?i:\1))\b)")
_DOUBLED_FIRST = re.compile(r"[\n\"“('-](?i:([a-zß-ÿ]++))(?=([ \n])([\"“]?+)((?i:\1))\b)")
_DOUBLED_AT_START = re.compile(r"(?i)([a-zß-ÿ]++)(?=( )([\"“]?+)(\1)\b)")
# “[T]o To”: the letter that an editor changed, and the word once more.
_BRACKETED = re.compile(r"\[([A-Za-z])\]([a-z]*+)( (?i:\1)\2)\b")

LONG = 16  # words: a shorter paragraph may be a note or a heading that a manual repeats


class _Words(Struct, frozen=True):
    never: frozenset[str]
    seldom: frozenset[str]
    particles: frozenset[str]
    before_particles: frozenset[str]
    allowed: frozenset[str]
    titles: frozenset[str]


@prepared
def _words(*lists: list[str]) -> _Words:
    return _Words(*(frozenset(words) for words in lists))


def words_stand_once(
    reading: Reading,
    *,
    never: list[str],
    seldom: list[str],
    particles: list[str],
    before_particles: list[str],
    allowed: list[str],
    titles: list[str],
) -> Iterator[Problem]:
    """Find a word that stands twice in a row.

    `never` doubled words are certain (across a line break and before an opening quotation mark, too), `seldom` doubled
    ones doubtful, `particles` doubtful after one of `before_particles` (“checked in in March”); `allowed` ones and
    capitalised words are passed over, except `titles`, which no name doubles. Any other word is found, less surely
    where a quotation speaks or where the word is a part of a longer one.
    """
    text = reading.document.plain
    matches = [*_doubled(text), *_DOUBLED_FIRST.finditer(text)]
    start = _DOUBLED_AT_START.match(text)
    if start:
        matches.append(start)
    found: list[Problem] = []
    if matches:
        words = _words(never, seldom, particles, before_particles, allowed, titles)
        for match in matches:
            confidence = _confidence(reading, match, words)
            if confidence:
                first, mark = match[1], match[3]
                repair = Edit(Span(match.end(1), match.end(4)), "")
                found.append(
                    Problem(
                        at=Span(match.start(1), match.end(4)),
                        suggestions=(f"{first} {mark}" if mark else first,),
                        fix=None if mark else Fix((repair,), safe=confidence > 0.94),
                        confidence=confidence,
                    )
                )
    found += [
        Problem(
            at=Span(match.start(), match.end()),
            suggestions=(text[match.start() : match.start(3)],),
            fix=Fix((Edit(Span(match.start(3), match.end()), ""),), safe=True),
            confidence=0.97,
        )
        for match in (_BRACKETED.finditer(text) if "[" in text else ())
    ]
    end = -1
    for problem in sorted(found, key=lambda problem: problem.at):
        if problem.at.start >= end:
            end = problem.at.end
            yield problem


def _doubled(text: str) -> Iterator[re.Match[str]]:
    """The matches of a word after a space that stands twice."""
    at = 0
    while (twice := _TWICE.search(text, at)) and (match := _DOUBLED.match(text, twice.start())):
        yield match
        at = match.end()


def _confidence(reading: Reading, match: re.Match[str], words: _Words) -> float:
    """How surely the doubled word is a slip; 0 where it is none."""
    text = reading.document.plain
    first, gap, mark, second = match.groups()
    span = Span(match.start(1), match.end(4))
    plain = gap == " " and not mark
    if reading.document.text[match.start(2)] == "\t" and first not in words.never:
        return 0.0  # columns
    if first.islower() and second.islower():
        if len(first) == 1:
            if first == "s" and text[span.start - 1 : span.start] == "'" and plain:
                return 0.96
            return 0.97 if first == "a" and not _joined(text, span) else 0.0
        if first in words.allowed or (plain and _is_exclaimed(text, span)):
            return 0.0
        if not plain:
            return 0.92 if first in words.never and not _joined(text, span) else 0.0
        if _joined(text, span) or first in words.seldom or text.startswith(f" {second}", span.end):
            return 0.55
        if first in words.never:
            return 0.97
        if first in words.particles:
            return 0.55 if _word_before(text, span.start) in words.before_particles else 0.92
        return 0.7 if reading.quoted(span) else 0.92
    if not plain or _joined(text, span):
        return 0.0
    if first.istitle() and second.islower():
        return 0.95 if second in words.never and len(second) > 1 else 0.0
    if first.islower():
        return 0.6 if first in words.never and second.istitle() and len(first) > 1 else 0.0
    return 0.92 if first == second and first in words.titles else 0.0


def _joined(text: str, span: Span) -> bool:
    """Whether one of the words is only a part of a longer one: “in-fighting”, “third-party”, “you're”."""
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 2]
    return (bool(before) and before in "-'") or (len(after) == 2 and after[0] in "-'" and after[1].isalpha())


def _is_exclaimed(text: str, span: Span) -> bool:
    """Whether the words are a call of their own: “— my my, what a hat”."""
    before, after = text[max(span.start - 2, 0) : span.start].strip(), text[span.end : span.end + 1]
    return after in (",", "!") and (not before or before[-1] in "—–-\"“‘'.!?…")


def _word_before(text: str, offset: int) -> str:
    words = text[max(offset - 30, 0) : offset].split()
    return words[-1].lower() if words else ""


def _repeats(every: list[str] | list[int]) -> bool:
    """Whether one of some things stands there twice."""
    return len(set(every)) < len(every)


def passages_stand_once(reading: Reading, *, least_words: int = 8, near: int = 800) -> Iterator[Problem]:
    """Find passages of whole sentences, at least `least_words` words, that repeat earlier ones letter by letter.

    Paragraphs that stand again within `near` characters are sure, and so is what stands again at once. What stands
    further on, or is short, is doubtful (posts of a live page repeat on purpose; a manual repeats its notes).
    """
    text = reading.document.plain
    hashes, lengths = array("q"), array("I")
    for start, end in stretches(text):
        # As long as the text: a piece's place is the sum of those before.
        pieces = text[start:end].replace(". ", ".\n").split("\n")
        if end < len(text):
            pieces.pop()  # what stands behind the last line end is the next stretch
        if end - start == len(text) and not _repeats([piece for piece in pieces if len(piece) > 3 * least_words]):
            return
        hashes.extend(map(hash, pieces))
        lengths.extend(map(len, pieces))
    if not _repeats([one for one, length in zip(hashes, lengths, strict=True) if length > 3 * least_words]):
        return
    twice = {one for one, other in pairwise(sorted(hashes)) if one == other}
    first: dict[str, int] = {}
    starts = array("I")
    runs: list[tuple[int, int, int]] = []  # first piece, last piece, and the piece that the first repeats
    is_long = False
    at = 0
    for index, (one, length) in enumerate(zip(hashes, lengths, strict=True)):
        starts.append(at)
        at += length + 1
        if not length:  # between two paragraphs: a run goes on if it is so at the first place, too
            if runs and runs[-1][1] == index - 1 and not lengths[runs[-1][2] + index - runs[-1][0]]:
                runs[-1] = (runs[-1][0], index, runs[-1][2])
            continue
        if one not in twice:
            continue
        earlier = first.setdefault(text[starts[index] : at - 1], index)
        if earlier == index:
            continue
        is_long = is_long or length > 3 * least_words
        if runs and runs[-1][1] == index - 1 and runs[-1][2] + index - runs[-1][0] == earlier:
            runs[-1] = (runs[-1][0], index, runs[-1][2])
        else:
            runs.append((index, index, earlier))
    if not is_long:
        return
    for begin, last, earlier in runs:
        while not lengths[last]:
            last -= 1
        span = Span(starts[begin], starts[last] + lengths[last])
        count = len(text[span.start : span.end].split())
        if count < least_words:
            continue
        source = Span(starts[earlier], starts[earlier] + len(span))
        block, block_first = reading.block_at(span.start), reading.block_at(source.start)
        if block.kind in ("data", "cell"):
            continue
        whole = text[span.end : span.end + 1] in ("", "\n") and block.span.start == span.start
        gap = span.start - source.end
        again = text[source.end : source.end + 1] in ("", "\n") and block_first.span.start == source.start
        yield Problem(
            at=span,
            related=(Related(source, "the same stands here first"),),
            confidence=0.92 if (whole and again and gap <= near and count > LONG) or 0 <= gap <= 2 else 0.6,
        )


@prepared
def _phrases(starts: list[str]) -> re.Pattern[str]:
    """The pattern of two or three words that stand twice; words that begin alike are tried as one."""
    by_letter: dict[str, list[str]] = {}
    for start in starts:
        by_letter.setdefault(start[:1], []).append(re.escape(start[1:]))
    first = "|".join(f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())
    return re.compile(rf" ((?:{first}) \w++(?: \w++)?)( \1)\b")


def phrases_stand_once(reading: Reading, *, starts: list[str], allowed: list[str]) -> Iterator[Problem]:
    """Find two or three words in a row, the first one of `starts`, that stand twice: “of the of the”.

    `allowed` phrases are doubled on purpose (“again and again and again” holds “and again”).
    """
    text = reading.document.plain
    for match in _phrases(starts).finditer(text):
        phrase = match[1]
        span = Span(match.start(1), match.end())
        if phrase in allowed or text.startswith(f" {phrase}", span.end):
            continue
        first, *_, last = phrase.split()
        if first == last or last == _word_before(text, span.start):
            continue
        yield Problem(
            at=span,
            suggestions=(phrase,),
            fix=Fix((Edit(Span(match.start(2), match.end()), ""),)),
            confidence=0.92 if phrase.islower() and not reading.quoted(span) else 0.7,
        )


# A clause and, looked ahead for, a comma and the same clause again. What parts it from what stands before comes first,
# so that a pattern begins with the characters that are rare.
_CLAUSE = (
    r"([^.,;:!?\n]{12,120}+)"
    r"(?=([,;] (?i:and |or |but )?)((?i:\1))(?:[.,;:!?\n]|\Z| (?i:and|or|but)\b))"
)
_FIRST_CLAUSE = re.compile(_CLAUSE)
_CLAUSES = tuple(re.compile(parting + _CLAUSE) for parting in (", (?i:and |or |but )?", r"\. ", "\n"))


def clauses_stand_once(reading: Reading, *, least_words: int = 4) -> Iterator[Problem]:
    """Find a clause of at least `least_words` words that stands twice in a row, parted by a comma.

    Inside a quotation it is doubtful: speech repeats itself.
    """
    text = reading.document.plain
    matches = [match for pattern in _CLAUSES for match in pattern.finditer(text)]
    if first := _FIRST_CLAUSE.match(text):
        matches.append(first)
    for match in sorted(matches, key=lambda match: match.start()):
        clause = match[1].strip()
        said = clause.split()
        if len(said) < least_words or sum(word.islower() for word in said) < least_words - 1:
            continue
        if OBJECT in clause and not _is_written_twice(reading, match):
            continue  # other code, or another picture
        at = Span(match.start(1), match.end(3))
        if reading.block_at(at.start).kind in ("cell", "data"):
            continue
        sure = 0.6 if reading.quoted(at) else 0.92
        repair = Fix((Edit(Span(match.end(1), at.end), ""),))
        yield Problem(at, {"clause": clause}, (clause,), repair, confidence=sure)


def _is_written_twice(reading: Reading, match: re.Match[str]) -> bool:
    """Whether the file has the same at the two places of a clause, also where the prose has one mark for all code."""
    document = reading.document
    spans = [document.locate(Span(match.start(group), match.end(group))) for group in (1, 3)]
    one, other = (document.source.part(span.start, span.end) for span in spans)
    return one.lower() == other.lower()
