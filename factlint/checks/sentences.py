"""Sentences that are none: what a wrong full stop, a lost line or a machine leaves of them.

Everything here is a guess about grammar from word forms alone; headings, lists, captions, quotations and short answers
are left alone, and the rules say how often they were right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from factlint.findings import Problem
from factlint.mentions import Reading
from factlint.source import Block, Span

_WORD = re.compile(r"[^\W\d_]+")
_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_LAST_WORD = re.compile(r"([^\W\d_]+)\.$")
_PROSE = 60  # a shorter paragraph may be a caption, a heading or an answer


@cache
def _finite() -> frozenset[str]:
    text = (Path(__file__).parent.parent / "data" / "finite-verbs.txt").read_text(encoding="utf-8")
    lines = [line.partition(": ")[2] for line in text.splitlines() if not line.startswith("#")]
    return frozenset(word for line in lines for word in line.split())


def _has_verb(text: str, first: bool = True) -> bool:
    """Whether a sentence seems to have a finite verb; `first` whether its first word may be it."""
    found = _WORD.findall(text.lower())
    rest = found if first else found[1:]
    if any(word in _finite() or (word.endswith("ed") and len(word) > 4) for word in rest):
        return True
    return "'s " in text or "'re " in text or "'ll " in text or "n't" in text or "'ve " in text or "'m " in text


def _prose(reading: Reading) -> Iterator[Block]:
    """The paragraphs that are long enough to be prose."""
    for block in reading.document.blocks:
        if block.kind in ("paragraph", "item") and len(block.span) >= _PROSE:
            yield block


def sentences_have_verbs(
    reading: Reading, *, openers: list[str], participles: list[str], answers: list[str]
) -> Iterator[Problem]:
    """Find a sentence inside a paragraph that has no verb of its own and begins like the rest of the one before.

    It begins with one of `openers` (prepositions and conjunctions), with a participle that one of `participles` follows
    (“Warned of …”), or goes on with a list. One that begins with one of `answers` (“No”, “Not”) is spoken style.
    """
    plain = reading.document.plain
    opening, following, spoken = frozenset(openers), frozenset(participles), frozenset(answers)
    for block in _prose(reading):
        sentences = reading.sentences_of(block)
        for number, sentence in enumerate(sentences):
            if number == 0:
                continue
            text = plain[sentence.start : sentence.end]
            if len(text) > 160 or text[0] in "\"“'‘([" or not text.endswith(".") or reading.quoted(sentence):
                continue
            found = _WORD.findall(text.lower())
            if not 2 <= len(found) <= 18 or found[0] in spoken or _has_marks(text):
                continue
            previous = plain[sentences[number - 1].start : sentences[number - 1].end]
            if not previous.endswith(".") or reading.quoted(sentences[number - 1]):
                continue
            kind = _fragment(text, found, opening, following)
            if kind:
                yield Problem(sentence, {}, confidence=kind)


def _has_marks(text: str) -> bool:
    return any(mark in text for mark in '“”":;()[]–—…?!|/@')


def _fragment(text: str, found: list[str], opening: frozenset[str], following: frozenset[str]) -> float:
    """How surely a sentence is a fragment; 0 if it seems none."""
    first = found[0]
    if (
        first.endswith("ed")
        and len(first) > 4
        and len(found) > 2
        and found[1] in following
        and not _has_verb(text, False)
    ):
        return 0.8
    if first.endswith("ed") and len(found) > 2 and found[1] in ("out", "up", "off", "down") and "," not in text:
        return 0.6
    if first.endswith("ing") and len(first) > 5 and len(found) > 2 and not _has_verb(text):
        return 0.7
    if first in opening and not _has_verb(text):
        return 0.7
    if "," in text and " and " in text and len(found) > 4 and not _has_verb(text) and first.islower():
        return 0.6
    return 0.0


def sentences_are_whole(reading: Reading, *, auxiliaries: list[str], most: int = 3) -> Iterator[Problem]:
    """Find a sentence of nothing but auxiliary verbs (“Is.”, “Will do”), of at most so many words."""
    plain = reading.document.plain
    known = frozenset(auxiliaries)
    for block in _prose(reading):
        for number, sentence in enumerate(reading.sentences_of(block)):
            if len(sentence) > 24 or number == 0:
                continue
            text = plain[sentence.start : sentence.end]
            found = _WORD.findall(text.lower())
            if not 1 <= len(found) <= most or any(word not in known for word in found) or text[-1] in "?!":
                continue
            if reading.quoted(sentence) or text[0] in "\"“'‘":
                continue
            yield Problem(sentence, {}, confidence=0.92)


def sentences_end_in_words_that_can(
    reading: Reading, *, never: list[str], seldom: list[str], subjects: list[str]
) -> Iterator[Problem]:
    """Find a sentence that ends in a word that ends none: `never` (“the.”, “of their.”), or, less surely, an auxiliary
    of `seldom` after one of `subjects` (“each have.”).
    """
    plain = reading.document.plain
    words, doubtful, before = frozenset(never), frozenset(seldom), frozenset(subjects)
    if not (words & reading.words or doubtful & reading.words):
        return
    for block in _prose(reading):
        sentences = reading.sentences_of(block)
        for number, sentence in enumerate(sentences):
            match = _LAST_WORD.search(plain, max(sentence.start, sentence.end - 20), sentence.end)
            if match is None:
                continue
            word = match[1]
            if word in words:
                sure = 0.9 if number + 1 < len(sentences) else 0.7
            elif word in doubtful:
                earlier = _WORD.findall(plain[max(sentence.start, match.start() - 20) : match.start()].lower())
                if not earlier or earlier[-1] not in before or number + 1 == len(sentences):
                    continue
                sure = 0.75
            else:
                continue
            yield Problem(Span(match.start(), sentence.end), {"word": word}, confidence=sure)


def paragraphs_end_with_marks(reading: Reading, *, least: int = 120) -> Iterator[Problem]:
    """Find a paragraph of prose without a mark at its end: of two sentences or more, between others that have one."""
    plain = reading.document.plain
    blocks = [block for block in reading.document.blocks if block.kind == "paragraph"]
    ended = [bool(_END.search(plain[block.span.start : block.span.end].rstrip()[-4:])) for block in blocks]
    if sum(ended) < 0.7 * len(blocks):
        return
    for number, block in enumerate(blocks):
        text = plain[block.span.start : block.span.end].rstrip()
        if ended[number] or len(text) < least or not text[-1].isalpha():
            continue
        if len(reading.sentences_of(block)) < 2 or text[-1].isupper():
            continue
        end = block.span.start + len(text)
        start = plain.rfind(" ", block.span.start, end) + 1
        yield Problem(Span(start, end), {}, (plain[start:end] + ".",), confidence=0.7)
