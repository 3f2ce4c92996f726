"""Quotation marks and brackets: what is paired stays quiet, what is not is found where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlint.checks import quotations
from factlint.facts.model import Facts
from factlint.findings import Problem
from factlint.mentions import Reading
from factlint.readers.plain import read_plain
from factlint.rules import Rule, load_rules
from factlint.source import Source

RULES = {rule.id: rule for rule in load_rules()}


def find(rule: str, text: str) -> list[Problem]:
    return list(rule_of(rule).find(Reading(read_plain(Source("t.txt", text)), Facts())))


def rule_of(rule: str) -> Rule:
    return RULES[f"quotations/{rule}"]


def spans(rule: str, text: str) -> list[str]:
    return [text[problem.at.start : problem.at.end] for problem in find(rule, text)]


WORDS = st.lists(st.sampled_from(["the", "harbour", "opened", "late", "in", "May"]), min_size=1, max_size=6)


@st.composite
def quoted(draw: st.DrawFn) -> str:
    """A paragraph whose marks are all right: words, quoted words and remarks in brackets."""
    opening, closing = draw(st.sampled_from([("“", "”"), ('"', '"')]))
    parts = []
    for _ in range(draw(st.integers(1, 5))):
        words = " ".join(draw(WORDS))
        parts.append(draw(st.sampled_from([words, f"{opening}{words}{closing}", f"({words})", f"[{words}]"])))
    return " ".join(parts) + "."


@given(st.lists(quoted(), min_size=1, max_size=4))
def test_paired_marks_are_quiet(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    for rule in ("unpaired", "wrong-way", "space-inside", "bracket"):
        assert spans(rule, text) == []


@given(WORDS, WORDS, WORDS)
def test_a_mark_taken_away_is_found(before: list[str], inside: list[str], after: list[str]) -> None:
    first, middle, last = " ".join(before), " ".join(inside), " ".join(after)
    assert spans("unpaired", f"{first} “{middle} {last}.") == ["“"]
    assert spans("unpaired", f"{first} {middle}” {last}.") == ["”"]
    assert spans("unpaired", f'{first} "{middle} {last}.') == ['"']
    assert spans("bracket", f"{first} ({middle} {last}.") == ["("]
    assert spans("bracket", f"{first} {middle}] {last}.") == ["]"]


@given(st.text(alphabet="“”\"‘’'()[] a.,5\n", max_size=60))
def test_any_marks_in_any_order(text: str) -> None:
    for rule in ("unpaired", "wrong-way", "mixed-style", "space-inside", "bracket", "turned-apostrophe"):
        for problem in find(rule, text):
            assert problem.at.start < problem.at.end <= len(text)
            for edit in problem.fix.edits if problem.fix else ():
                assert problem.at.contains(edit.at) or edit.at.end == problem.at.end


@pytest.mark.parametrize(
    "text",
    [
        "“The mill is old,” said the owner.\n\n“It was built in 1890.\n\n“It has four floors,” he said.",
        "The shelf is 12” deep and the door 6' 2\" high.",
        '"It was built in 1890," the owner said, "and it has a 12" wheel."',
        "Rock ’n’ roll of the ’90s: the boys’ band and the girls’ choir played ’em all.",
        "“She said ‘stop’ and we did,” the driver told us.",
        "He called it “a ‘very’ odd thing” (it was not [at all]).",
        "«C’est la vie», he said.",
        "“What did he say?” “Nothing.” “Nothing?”",
    ],
)
def test_right_ones(text: str) -> None:
    for rule in ("unpaired", "wrong-way", "space-inside", "bracket", "turned-apostrophe"):
        assert spans(rule, text) == []


def test_a_quotation_over_paragraphs_that_is_not_opened_again_is_doubtful() -> None:
    problems = find("unpaired", "“The mill is old.\n\nIt was built in 1890.\n\nIt has four floors,” he said.")
    assert [problem.at.start for problem in problems] == [0]
    assert problems[0].confidence < 0.9


def test_paragraphs_run_together_are_doubtful() -> None:
    part = "“The mill is old and it stands by the river where the road bends twice. "
    text = part * (quotations.LONG // len(part) + 2) + "It is old,” he said."
    assert all(problem.confidence < 0.9 for problem in find("unpaired", text))


def test_the_same_mark_inside() -> None:
    text = '"I asked him, "Who built the mill," quite early.'
    [problem] = find("unpaired", text)
    assert problem.at.start == text.index('"Who')
    assert problem.related[0].at.start == 0


def test_a_turned_mark_and_its_fix() -> None:
    [problem] = find("wrong-way", "“The mill is old, “the owner said.")
    assert problem.fix is not None
    assert problem.fix.edits[0].text == "” "
    assert spans("unpaired", "“The mill is old, “the owner said.") == []


def test_apostrophes_are_told_where_asked_for() -> None:
    text = "It’s old. We'll see. It’s late."
    reading = Reading(read_plain(Source("t.txt", text)), Facts())
    [problem] = quotations.marks_are_of_one_style(reading, speech=["said"], apostrophes=True)
    assert text[problem.at.start] == "'"
    assert problem.words["what"] == "1 straight apostrophes beside 2 curly ones"


def test_smileys_and_lists_are_no_brackets() -> None:
    assert spans("bracket", "We won :) and lost :( and\n1) slept\nb) ate.") == []


def test_a_remark_over_paragraphs_is_doubtful() -> None:
    problems = find("bracket", "The mill is old. (It was built in 1890.\n\nIt has four floors.)")
    assert [problem.confidence < 0.9 for problem in problems] == [True, True]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We will mend the crane in May, she said in a statement.", True),
        ("I am glad of it, said Kaldor.", True),
        ("– The crane is old, Mayor Kaldor told Reuters.", True),
        ("“We will mend it,” she said.", False),
        ("When I asked about the crane, she said nothing.", False),
        ("The crane is old, she said on Monday.", False),
        ("– The crane is old\n– The ferry is new", False),
    ],
)
def test_speech_without_marks(text: str, found: bool) -> None:
    assert bool(spans("unmarked-speech", text)) is found


def test_a_short_text_may_be_cut_out_of_a_longer_one() -> None:
    text = "The mill is old,” he said.\n\n"
    assert [problem.confidence < 0.9 for problem in find("unpaired", text)] == [True]
    assert [problem.confidence < 0.9 for problem in find("unpaired", text + "It is.\n\nHe left.")] == [False]


LINES = st.lists(st.sampled_from([*'“”"""\'‘’ab15 \n([).,—-', ", ", " said", '" ', ' "']), max_size=14).map("".join)


@given(LINES)
def test_pairs_that_are_passed_over_have_no_faults(text: str) -> None:
    document = read_plain(Source("t.txt", text))
    for block in document.blocks:
        if quotations._is_paired(document.text, block.span.start, block.span.end):
            said = quotations._said(("said",))
            assert quotations._pair(document.text, block.span, said) == ([], [], [])
