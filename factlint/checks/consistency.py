"""One form for one thing: of two ways to write the same that a text uses both, the rarer is found.

Which forms are two ways to write one is data of the rules; where both are as frequent, the later one is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from factlint.findings import Edit, Fix, Problem, Related
from factlint.mentions import Reading
from factlint.source import Span


def forms_are_used_alike(reading: Reading, *, forms: list[list[str]], most: int = 3) -> Iterator[Problem]:
    """Find the rarer of two or more forms of one thing, with how often each stands in the text outside quotations.

    Each item of `forms` lists the ways to write it. At most so many places are told for each.
    """
    plain = reading.document.plain
    for ways in forms:
        if sum(way in plain for way in ways) < 2:
            continue
        found: dict[str, list[Span]] = {}
        for way in ways:
            places = [Span(match.start(), match.end()) for match in _form(way).finditer(plain)]
            kept = [at for at in places if not reading.quoted(at)]
            if kept:
                found[way] = kept
        if len(found) > 1:
            yield from _rarer(found, most)


@lru_cache(maxsize=1024)
def _form(way: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.-]){re.escape(way)}(?![\w-]|\.\w)")


def _rarer(found: dict[str, list[Span]], most: int) -> Iterator[Problem]:
    usual = max(found, key=lambda way: (len(found[way]), -found[way][0].start))
    for way, places in found.items():
        if way == usual:
            continue
        words = {"usual": usual, "count": str(len(places)), "usual_count": str(len(found[usual]))}
        for at in places[:most]:
            yield Problem(at, words, (usual,), None, (Related(found[usual][0], ""),), confidence=0.7)


_IZE = re.compile(r"\b([A-Za-z]{3,}?)(is|iz)(e|es|ed|ing|ation|ations)\b")


def endings_are_used_alike(reading: Reading, *, never: list[str], most: int = 3) -> Iterator[Problem]:
    """Find a word in -ise where the text has it in -ize elsewhere, or the reverse; `never` have no other spelling."""
    plain = reading.document.plain
    only = frozenset(never)
    found: dict[str, dict[str, list[Span]]] = {}
    for match in _IZE.finditer(plain):
        stem = match[1].lower()
        if stem + "ise" in only or stem + "ize" in only:
            continue
        at = Span(match.start(), match.end())
        if not reading.quoted(at):
            found.setdefault(stem, {}).setdefault(match[2], []).append(at)
    for ways in found.values():
        if len(ways) < 2:
            continue
        usual = max(ways, key=lambda way: (len(ways[way]), -ways[way][0].start))
        for way, places in ways.items():
            if way == usual:
                continue
            for at in places[:most]:
                text = plain[at.start : at.end]
                right = re.sub(rf"{way}(?=(?:e|es|ed|ing|ation|ations)$)", usual, text)
                yield Problem(at, {"usual": right}, (right,), None, (Related(ways[usual][0], ""),), confidence=0.8)


_DECADE = re.compile(r"\b(1[0-9]|20)([0-9]0)'s\b(?! (?:most|best|first|last|biggest|[a-z]+(?:est|ing)))")


def decades_have_no_apostrophe(reading: Reading) -> Iterator[Problem]:
    """Find a decade that is written as a possessive: “the 1970's”."""
    plain = reading.document.plain
    if "0's" not in plain:
        return
    for match in _DECADE.finditer(plain):
        at = Span(match.start(), match.end())
        right = match[1] + match[2] + "s"
        before = plain[max(0, at.start - 12) : at.start].lower()
        sure = 0.8 if before.endswith(("the ", "early ", "late ", "mid-")) else 0.6
        yield Problem(at, {}, (right,), Fix((Edit(at, right),)), confidence=sure)
