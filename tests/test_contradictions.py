"""Contradictions inside a text and between texts: the rules read the same, and the grouping of texts changes nothing."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from factlint.facts.model import Facts
from factlint.lint import check_document, check_statements
from factlint.readers.plain import read_plain
from factlint.rules import load_rules
from factlint.source import Source

RULES = {rule.id: rule for rule in load_rules()}
BETWEEN = RULES["contradictions/between-texts"]


def test_both_rules_read_the_same() -> None:
    inside = RULES["contradictions/in-text"].options
    between = {name: value for name, value in BETWEEN.options.items() if name != "days"}
    assert between == inside


def _found(texts: dict[str, str]) -> set[tuple[str, str]]:
    """The findings between some texts, as (path, text)."""
    stated = {
        path: check_document(read_plain(Source(path, text)), Facts(), [BETWEEN]).statements.get(BETWEEN.check, ())
        for path, text in texts.items()
    }
    statements = {BETWEEN.check: [(path, one) for path in sorted(stated) for one in stated[path]]}
    found, failures = check_statements(statements, [BETWEEN])
    assert failures == []
    return {(path, finding.text) for path, findings in found.items() for finding in findings}


def test_between_texts_in_any_order() -> None:
    texts = {
        "a.txt": "Ana Kaldor, 52, won. The Norland Bank was founded in 1949.",
        "b.txt": "The 57-year-old Ana Kaldor lost. Founded in 1949, the Norland Bank is old.",
        "c.txt": "The Norland Bank, which was founded in 1951, is old.",
    }
    every = {frozenset(_found(dict(order))) for order in permutations(texts.items())}
    assert every == {frozenset({("b.txt", "57"), ("c.txt", "1951")})}


@given(st.integers(1, 60), st.integers(1, 60), st.integers(-9, 9))
def test_parts_make_their_total(one: int, other: int, off: int) -> None:
    rule = RULES["contradictions/parts"]
    text = f"The crash hurt {one + other + off} people: {one} women and {other} men.\n"
    if one + other + off < 1:
        return
    found = check_document(read_plain(Source("a.txt", text)), Facts(), [rule]).findings
    assert bool(found) == bool(off)


@given(st.integers(1, 500), st.integers(1, 500), st.integers(0, 100))
def test_a_share_that_is_rounded_is_right(part: int, whole: int, told: int) -> None:
    rule = RULES["contradictions/percentage"]
    text = f"It passed in {part} of the {whole} towns, or {told} percent.\n"
    found = check_document(read_plain(Source("a.txt", text)), Facts(), [rule]).findings
    if part <= whole and abs(100 * part / whole - told) <= 1:
        assert not found
    if part <= whole and abs(100 * part / whole - told) >= 2:
        assert found
