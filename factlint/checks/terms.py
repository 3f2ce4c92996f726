"""House terminology: the words that the facts file asks for instead of others.

A term is found by its longest word among the distinct words of the text; only then is it looked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from factlint.facts.model import Facts, Term
from factlint.findings import Citation, Edit, Fix, Problem
from factlint.mentions import Reading
from factlint.names import words_by_fold
from factlint.source import Span
from factlint.vocabulary import fold

_Wrong = tuple[str, Term]


def _index(facts: Facts) -> dict[str, list[_Wrong]]:
    """The wrong forms by their longest word, folded; built once for these facts."""
    index = facts.__dict__.get("_terms_by_word")
    if index is None:
        index = {}
        for term in facts.terms:
            for wrong in term.wrong:
                words = _words(wrong)
                if words:
                    index.setdefault(max(words, key=len), []).append((wrong, term))
        facts.__dict__["_terms_by_word"] = index
    found: dict[str, list[_Wrong]] = index
    return found


def _words(text: str) -> list[str]:
    return [fold(word) for word in "".join(c if c.isalnum() else " " for c in text).split()]


def _variants(wrong: str, use: str) -> Iterator[tuple[str, str]]:
    """How a wrong form may stand in a text, each with what it should be."""
    capital, right = wrong[0].upper() + wrong[1:], use[0].upper() + use[1:]
    yield wrong, use
    if capital != wrong:
        yield capital, right
    if wrong.upper() not in (wrong, capital):
        yield wrong.upper(), use.upper()
    if not wrong.endswith("s") and not use.endswith("s") and wrong[-1].isalpha() and use[-1].isalpha():
        yield wrong + "s", use + "s"
        if capital != wrong:
            yield capital + "s", right + "s"


def _inside(text: str, at: int, wrong: str, right: str) -> bool:
    """Whether the wrong form at `at` is only a part of the right one."""
    offset = right.find(wrong)
    return offset >= 0 and text.startswith(right, at - offset)


def uses_house_terms(reading: Reading) -> Iterator[Problem]:
    """Find words for which the facts file has another.

    A form in lower case is found capitalised and in capitals, too, with a plural -s where both forms take it; a form
    with capitals as it stands or in capitals. A term with `near` counts only in a sentence with one of those.
    """
    if not reading.facts.terms:
        return
    index = _index(reading.facts)
    text = reading.document.plain
    present = words_by_fold(reading)
    found: list[tuple[Span, str, Term]] = []
    for word in present:
        for key in (word, word[:-1]) if word.endswith("s") else (word,):
            for wrong, term in index.get(key, ()):
                for form, right in _variants(wrong, term.use):
                    at = text.find(form)
                    while at >= 0:
                        end = at + len(form)
                        if _whole(text, at, end) and not _inside(text, at, form, right):
                            found.append((Span(at, end), right, term))
                        at = text.find(form, end)
    end = -1
    for span, right, term in sorted(_distinct(found), key=lambda one: (one[0].start, -one[0].end)):
        if span.start < end or not _near(reading, span, term):
            continue
        end = span.end
        yield Problem(
            at=span,
            suggestions=(right,),
            fix=Fix((Edit(span, right),)),
            facts=(
                Citation(id=f"terms/{term.use}", says=f"house term: {term.use}", file=term.at.file, line=term.at.line),
            ),
            confidence=0.95 if term.near else 0.98,
        )


def _distinct(found: list[tuple[Span, str, Term]]) -> list[tuple[Span, str, Term]]:
    return list({(span, right, id(term)): (span, right, term) for span, right, term in found}.values())


def _whole(text: str, start: int, end: int) -> bool:
    return not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())


def _near(reading: Reading, span: Span, term: Term) -> bool:
    if not term.near:
        return True
    sentence = reading.sentence_at(span.start)
    words = reading.document.plain[sentence.start : sentence.end].casefold()
    return any(near.casefold() in words for near in term.near)
