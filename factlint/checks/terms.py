"""House terminology: the words that the facts file, or the options of a rule, ask for instead of others.

A term is found by its longest word among the distinct words of the text; only then is it looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from factlint.checks.spelling import hyphened_chunks
from factlint.facts.model import Facts, Site, Term
from factlint.findings import Citation, Edit, Fix, Problem
from factlint.mentions import Reading
from factlint.names import words_by_fold
from factlint.source import Span
from factlint.vocabulary import fold
from factlint.words import occurrences

_Wrong = tuple[str, Term]


def _index(facts: Facts) -> dict[str, list[_Wrong]]:
    """The wrong forms by their longest word, folded; built once for these facts."""
    return facts.remembered(
        "terms by word", lambda one: _by_word((wrong, term) for term in one.terms for wrong in term.wrong)
    )


def _by_word(terms: Iterable[_Wrong]) -> dict[str, list[_Wrong]]:
    """Wrong forms by their longest word, folded, and by its plural."""
    index: dict[str, list[_Wrong]] = {}
    for wrong, term in terms:
        words = _words(wrong)
        if words:
            longest = max(words, key=len)
            for word in (longest, f"{longest}s"):
                index.setdefault(word, []).append((wrong, term))
    return index


def _words(text: str) -> list[str]:
    return [fold(word) for word in "".join(c if c.isalnum() else " " for c in text).split()]


def _variants(wrong: str, use: str) -> Iterator[tuple[str, str]]:
    """How a wrong form may stand in a text, each with what it should be."""
    capital, right = wrong[0].upper() + wrong[1:], use[:1].upper() + use[1:]
    yield wrong, use
    if capital != wrong:
        yield capital, right
    if wrong.upper() not in (wrong, capital):
        yield wrong.upper(), use.upper()
    if not wrong.endswith("s") and not use.endswith("s") and wrong[-1].isalpha() and (not use or use[-1].isalpha()):
        plural = "s" if use else ""
        yield wrong + "s", use + plural
        if capital != wrong:
            yield capital + "s", right + plural


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
    found = list(_places(reading, _index(reading.facts)))
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


def _places(reading: Reading, index: Mapping[str, Sequence[_Wrong]]) -> Iterator[tuple[Span, str, Term]]:
    """Where wrong forms stand, each with the right one: in the order of the words that they have in common with it."""
    text = reading.document.plain
    for word in sorted(index.keys() & words_by_fold(reading).keys()):
        for wrong, term in index[word]:
            for form, right in _variants(wrong, term.use):
                if "-" in form and " " not in form and not any(form in chunk for chunk in hyphened_chunks(reading)):
                    continue
                for at in occurrences(text, form):
                    end = at + len(form)
                    if _whole(text, at, end) and (not right or not _inside(text, at, form, right)):
                        yield Span(at, end), right, term


def words_are_those_of_the_house(
    reading: Reading,
    *,
    instead: dict[str, str] = {},  # noqa: B006
) -> Iterator[Problem]:
    """Find words for which the house writes others: `instead` leads from a word to what is written for it.

    Forms are found as those of `uses_house_terms` are.
    """
    if instead:
        for span, right in _house_words(reading, instead):
            yield Problem(span, suggestions=(right,), fix=Fix((Edit(span, right),)), confidence=0.98)


def avoids_words(reading: Reading, *, words: list[str] = []) -> Iterator[Problem]:  # noqa: B006
    """Find words that the house does not print, in the forms that `uses_house_terms` finds."""
    if words:
        for span, _ in _house_words(reading, dict.fromkeys(words, "")):
            yield Problem(span, confidence=0.98)


def _house_words(reading: Reading, instead: Mapping[str, str]) -> Iterator[tuple[Span, str]]:
    """Where words stand, each with what is written for it, in the order of the text; of two that overlap the longer."""
    index = _by_word((wrong, Term(use, (wrong,), (), Site("", 0))) for wrong, use in instead.items())
    end = -1
    for span, right, _ in sorted(_distinct(list(_places(reading, index))), key=lambda one: (one[0].start, -one[0].end)):
        if span.start >= end:
            end = span.end
            yield span, right


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
