"""Quotation marks and brackets: each opening one has its closing one, the right way round, without space inside.

A quotation that goes on over paragraphs is right without a closing mark where the next paragraph opens again. Primes,
apostrophes and feet and inches are no quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from factlint.findings import Edit, Fix, Problem, Related
from factlint.mentions import Reading
from factlint.source import Block, Span

_CURLY = re.compile("[“”]")
_STRAIGHT = re.compile(r'(?<!\d)"')
_BRACKETS = re.compile(r"[()\[\]]")
_PAIRS = {")": "(", "]": "["}
_SPACE_BEFORE_CLOSING = re.compile(r"(?<=[^\s“(])[ ]+”")
_SPACE_AFTER_OPENING = re.compile(r"“[ ]+(?=\w)")
_LIST_MARK = re.compile(r"(?<![\w])\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})\)")
_SMILEY = re.compile(r"[:;=8][-o^]?[()\[\]]|[()\[\]][-o^]?[:;=]")


def marks_are_paired(reading: Reading) -> Iterator[Problem]:
    """Find a quotation mark without its partner: one that is opened and not closed, or closed and not opened."""
    text = reading.document.text
    if "“" not in text and "”" not in text:
        return
    blocks = [block for block in reading.document.blocks if block.kind != "data"]
    for number, block in enumerate(blocks):
        opened = -1
        # Where straight marks stand among the curly ones, or two single ones, one of those may be the partner.
        mixed = any(text.find(mark, block.span.start, block.span.end) >= 0 for mark in ('"', "‘‘", "''", "``"))
        for match in _CURLY.finditer(text, block.span.start, block.span.end):
            at = match.start()
            if match[0] == "“":
                if opened >= 0 and _is_closing_place(text, at):
                    # ”said” set as “said: reported by marks_point_the_right_way
                    opened = -1
                    continue
                if opened >= 0:
                    yield Problem(Span(opened, opened + 1), {"what": "opened"}, confidence=0.75)
                opened = at
            elif opened >= 0:
                opened = -1
            elif not _goes_on(text, blocks, number, at) and not _is_inches(text, at):
                yield Problem(Span(at, at + 1), {"what": "closed"}, confidence=0.7 if mixed else 0.92)
        if opened >= 0 and not _is_continued(text, blocks, number):
            yield Problem(Span(opened, opened + 1), {"what": "opened"}, confidence=0.7 if mixed else 0.9)


def _is_inches(text: str, at: int) -> bool:
    return text[at - 1 : at].isdigit()


def _is_closing_place(text: str, at: int) -> bool:
    """Whether an opening mark stands where a closing one belongs: after a comma and before who said it."""
    return text[max(0, at - 2) : at] in (", ", "? ", "! ") and text[at + 1 : at + 2].isalpha()


def _goes_on(text: str, blocks: list[Block], number: int, at: int) -> bool:
    """Whether a closing mark may end a quotation that an earlier paragraph opened and left open."""
    for earlier in reversed(blocks[max(0, number - 8) : number]):
        part = text[earlier.span.start : earlier.span.end]
        opening, closing = part.rfind("“"), part.rfind("”")
        if opening > closing:
            return True
        if closing >= 0:
            return False
    return False


def _is_continued(text: str, blocks: list[Block], number: int) -> bool:
    """Whether the next paragraphs take up the quotation that this one leaves open."""
    for later in blocks[number + 1 : number + 3]:
        part = text[later.span.start : later.span.end].lstrip()
        if part[:1] in ("“", "‘"):
            return True
        opening, closing = part.find("“"), part.find("”")
        if closing >= 0 and (opening < 0 or closing < opening):
            return True
    return False


def marks_point_the_right_way(reading: Reading, *, speech: list[str]) -> Iterator[Problem]:
    """Find an opening mark where a closing one belongs: inside a quotation, before who said it.

    `speech` are the verbs of saying.
    """
    text = reading.document.text
    if "“" not in text:
        return
    said = _said(tuple(speech))
    for block in reading.document.blocks:
        opened = -1
        for match in _CURLY.finditer(text, block.span.start, block.span.end):
            at = match.start()
            if match[0] == "”":
                opened = -1
            elif opened >= 0 and _is_closing_place(text, at) and said.match(text, at + 1):
                end = at + 1
                while end < block.span.end and (text[end].isalnum() or text[end] in "-'’"):
                    end += 1
                start = at - 1
                fix = Fix((Edit(Span(start, at + 1), "” "),))
                yield Problem(
                    Span(at, end),
                    {},
                    ("” " + text[at + 1 : end],),
                    fix,
                    (Related(Span(opened, opened + 1), ""),),
                    confidence=0.95,
                )
                opened = -1
            else:
                opened = at


@lru_cache(maxsize=8)
def _said(verbs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        r"(?:(?:[A-Z][\w'’.-]*|he|she|it|they|the \w+) ){1,4}(?:" + "|".join(verbs) + r")\b", re.IGNORECASE
    )


def marks_hug_their_words(reading: Reading) -> Iterator[Problem]:
    """Find a space inside quotation marks: before the closing or after the opening one."""
    text = reading.document.text
    if "”" in text:
        for match in _SPACE_BEFORE_CLOSING.finditer(text):
            at = Span(match.start(), match.end())
            alone = "“" not in text[reading.block_at(match.start()).span.start : match.start()]
            yield Problem(at, {}, ("”",), Fix((Edit(Span(at.start, at.end - 1), ""),), safe=not alone), confidence=0.96)
    if "“ " in text:
        for match in _SPACE_AFTER_OPENING.finditer(text):
            at = Span(match.start(), match.end())
            before = text[match.start() - 1 : match.start()]
            if before and before.isalpha():
                continue  # a closing mark the wrong way round
            yield Problem(at, {}, ("“",), Fix((Edit(Span(at.start + 1, at.end), ""),), safe=True), confidence=0.93)


def brackets_are_paired(reading: Reading) -> Iterator[Problem]:
    """Find a bracket without its partner in its paragraph."""
    text = reading.document.text
    if not any(mark in text for mark in "()[]"):
        return
    for block in reading.document.blocks:
        if block.kind == "data":
            continue
        yield from _brackets(text, block)


def _brackets(text: str, block: Block) -> Iterator[Problem]:
    opened: list[int] = []
    ignored = {
        at
        for pattern in (_LIST_MARK, _SMILEY)
        for match in pattern.finditer(text, block.span.start, block.span.end)
        for at in range(match.start(), match.end())
        if pattern is _SMILEY or text[match.start()] != "("
    }
    for match in _BRACKETS.finditer(text, block.span.start, block.span.end):
        at, mark = match.start(), match[0]
        if mark in "([":
            opened.append(at)
        elif opened and text[opened[-1]] == _PAIRS[mark]:
            opened.pop()
        elif at not in ignored:
            yield Problem(Span(at, at + 1), {"what": "closed"}, confidence=0.92)
    for at in opened:
        if at not in ignored:
            yield Problem(Span(at, at + 1), {"what": "opened"}, confidence=0.92)


def straight_marks_are_paired(reading: Reading) -> Iterator[Problem]:
    """Find a paragraph with an odd number of straight quotation marks that no next paragraph explains."""
    text = reading.document.text
    if '"' not in text:
        return
    blocks = [block for block in reading.document.blocks if block.kind != "data"]
    for number, block in enumerate(blocks):
        found = list(_STRAIGHT.finditer(text, block.span.start, block.span.end))
        if len(found) % 2 == 0:
            continue
        following = blocks[number + 1 : number + 2]
        if following and text[following[0].span.start : following[0].span.end].lstrip()[:1] == '"':
            continue
        before = blocks[max(number - 1, 0) : number]
        if before and text[before[0].span.start : before[0].span.end].count('"') % 2:
            continue
        at = found[-1].start()
        yield Problem(Span(at, at + 1), {}, confidence=0.8)
