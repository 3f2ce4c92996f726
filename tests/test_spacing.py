"""Missing and needless space, words run together, marks that stand twice or alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlint import words
from factlint.checks import spacing
from factlint.facts.model import Facts
from factlint.findings import Problem
from factlint.mentions import Reading
from factlint.readers.plain import read_plain
from factlint.source import Source

Check = Callable[[Reading], Iterator[Problem]]
CHECKS: tuple[Check, ...] = (
    spacing.marks_are_followed_by_space,
    spacing.words_are_apart,
    spacing.no_space_before_marks,
    spacing.marks_stand_once,
    spacing.marks_follow_words,
)


def find(check: Check, text: str) -> list[tuple[str, str]]:
    """What a check finds for sure or nearly so: the text and the first suggestion."""
    reading = Reading(read_plain(Source("t.txt", text)), Facts())
    said = reading.document.text
    return [
        (said[problem.at.start : problem.at.end], problem.suggestions[0] if problem.suggestions else "")
        for problem in check(reading)
        if problem.confidence >= 0.9
    ]


def repair(check: Check, text: str) -> str:
    reading = Reading(read_plain(Source("t.txt", text)), Facts())
    edits = [edit for problem in check(reading) if problem.fix for edit in problem.fix.edits]
    for edit in sorted(edits, key=lambda edit: -edit.at.start):
        text = text[: edit.at.start] + edit.text + text[edit.at.end :]
    return text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They left the town.The rain went on.", "town.The"),
        ("They met in Paris,where it rained.", "Paris,where"),
        ("It was “late”.The mayor left.", "late”.The"),
        ("It was his “favourite”.Since then it rained.", "favourite”.Since"),
        ("The North Alliance (NAL)said so.", "NAL)said"),
        ("It opened on 15 May 2024.(AP)", "2024.(AP"),
        ("Is it late?The mayor left.", "late?The"),
        ("The result is in:The mayor lost.", "in:The"),
        ("They live in Washington, D.C.The house is old.", "C.The"),
        ("Write to desk@example.org.The office is open.", "org.The"),
    ],
)
def test_space_is_missing(text: str, expected: str) -> None:
    assert [text for text, _ in find(spacing.marks_are_followed_by_space, text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "See www.Example.com/The.End, http://a.example/B.C and C:\\Dir.Name.",
        "The U.S.A. and U.S.Army, Ph.D. work, a B.Sc. and J.R.R. Tolkien's 3.5 per cent at 5p.m.",
        "Node.JS, ASP.NET and Booking.Com are names; so is @the.Desk.",
        "Tweet(s), (un)likely, f(x)dx, H(2)O and 1,000.50 or 10:30.",
        "Mr. O'Neil's 2.0 and v2.0.Beta, Fig.3, x.y.z, and so on...and more",
        "def main(): return os.Path.Join(a,b)",
    ],
)
def test_no_space_is_missing(text: str) -> None:
    assert find(spacing.marks_are_followed_by_space, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They saw thenarrow square.", "the narrow"),
        ("The plans of the party's harvestthis autumn.", "harvest this"),
        ("All regionalelectionsin autumn are late.", "regional elections in"),
        ("They came, and itwas late.", "it was"),
        ("The partyAll members met.", "party All"),
        ("They met PresidentMarta Ruiz.", "President Marta"),
        ("Marta Ruiz left. They saw Ruizover there.", "Ruiz over"),
        ("They wouldbackEU plans, and the EU said so.", "would back EU"),
        ("A law of theU.S. Senate.", "the U"),
        ("Theterrorist fled.", "The terrorist"),
        ("In The2024 vote.", "The 2024"),
        ("The crowd, andI was there.", "and I"),
        ("NATO met. NATOhas a plan.", "NATO has"),
    ],
)
def test_words_run_together(text: str, expected: str) -> None:
    assert [suggestion for _, suggestion in find(spacing.words_are_apart, text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "iPhone, McDonald, YouTube, DeSantis, LaGuardia, MacBook and PlayStation are names.",
        "Robertson, Washington, Hispanic, Franklin, Willis, Anderson, Thatcher and Overton are names.",
        "Healthcare, livestream, cryptocurrency, lockdown, whistleblower, onboarding and inflight.",
        "hepatitis, melatonin, sushi, tostadas, tempura, ofuro and theropod",
        "#thenarrow @thenarrow thenarrow.example www.thenarrow.example/ofthe thenarrow@example.org",
        "They were talkin' and singin' all day.",
        "A catlike smile and a fastball; the lockdown of megacities.",
        "La casa del señor está en la calle de los mayores y todos los demás.",
    ],
)
def test_words_apart(text: str) -> None:
    assert find(spacing.words_are_apart, text) == []


def test_doubtful_runs_are_sure_beside_sure_ones() -> None:
    alone = "They found the whole housepolicy strange."
    assert find(spacing.words_are_apart, alone) == []
    together = alone + " They saw thenarrow square, thenarrow road and thenarrow gate."
    assert ("housepolicy", "house policy") in find(spacing.words_are_apart, together)


COMMON = sorted(word for word, value in words.common_words().items() if value >= 4.5 and len(word) > 4)


def test_grammar_before_a_frequent_word_is_found() -> None:
    runs = [first + second for first in ("the", "and", "with", "which") for second in COMMON]
    runs = [run for run in runs if not words.is_word(run)]
    missed = [run for run in runs if not find(spacing.words_are_apart, f"They saw {run} there.")]
    assert len(missed) <= len(runs) // 1000  # “witherror” may be a form of “wither”


@given(st.sampled_from(COMMON))
def test_words_of_the_dictionary_are_never_found(word: str) -> None:
    assert find(spacing.words_are_apart, f"They saw {word} and {word.capitalize()} there.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nurses , doctors", "Nurses, doctors"),
        ("It rained .", "It rained."),
        ("It 's late, and they did n't go.", "It's late, and they didn't go."),
        ("The town’ s mayor", "The town’s mayor"),
        ("It cost 10, 000 euros", "It cost 10,000 euros"),
        ("Jones & Co. , a firm", "Jones & Co., a firm"),
    ],
)
def test_space_before_marks(text: str, expected: str) -> None:
    assert repair(spacing.no_space_before_marks, text) == expected


@pytest.mark.parametrize(
    "text", ["He waited . . . and left.", "It grew .5 percent", "Nice :) day ;-)", "« Non ! » dit-il ; oui."]
)
def test_space_before_marks_that_is_right(text: str) -> None:
    assert find(spacing.no_space_before_marks, text) == []


@pytest.mark.parametrize(
    ("check", "text", "expected"),
    [
        (spacing.marks_stand_once, "It rained,, they left.", [(",,", ",")]),
        (spacing.marks_stand_once, "It rained,. They left.", [(",.", ".")]),
        (spacing.marks_stand_once, "“It rained,”, they said.", [(",”,", ",”")]),
        (spacing.marks_stand_once, "It rained... They left?! At 5 p.m., Smith Jr., of Acme Inc., did.", []),
        (spacing.marks_follow_words, "It rained. , Now.", [(". ,", ".")]),
        (spacing.marks_follow_words, "It rained.\n, they said.", [(",", "")]),
        (spacing.marks_follow_words, "It rained . . . and at Acme Inc. , they left.", []),
    ],
)
def test_marks(check: Check, text: str, expected: list[tuple[str, str]]) -> None:
    assert find(check, text) == expected


@pytest.mark.parametrize("check", CHECKS)
@given(text=st.text(alphabet="aThe ofB.,;:!?\"“”’'()\n1U…#@/", max_size=50))
def test_anything_can_be_read(check: Check, text: str) -> None:
    reading = Reading(read_plain(Source("t.txt", text)), Facts())
    for problem in check(reading):
        assert 0 <= problem.at.start < problem.at.end <= len(reading.document.text)
        assert problem.fix is None or all(
            problem.at.start <= edit.at.start <= edit.at.end <= problem.at.end for edit in problem.fix.edits
        )


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize(
    "text",
    [
        "It rained.They left,and thenarrow square was wet .",
        "Nurses , doctors and cooks went home,, they said,. It 's late.",
        "It rained. , Now, , they left. The partyAll members met.",
    ],
)
def test_fixes_leave_nothing_to_find(check: Check, text: str) -> None:
    once = repair(check, text)
    assert repair(check, once) == once


# What the looks of a chunk alone leave out

CHUNKS = st.lists(
    st.sampled_from([*".,;:!?…)]”\"“‘(['’-—/&", *"aAI1_é", "us", "The", "n't", "'s", "U.S", "Inc"]), max_size=6
)


@given(CHUNKS.map("".join))
def test_what_a_rule_may_look_for_is_an_odd_chunk(chunk: str) -> None:
    reading = Reading(read_plain(Source("t.txt", f"Then {chunk} there.")), Facts())
    patterns = (
        *(spacing._NO_SPACE.search, spacing._BEFORE_BRACKET.search, spacing._TWO_MARKS.search),
        *(spacing._AROUND_QUOTE.search, spacing._MARK_ALONE.match, spacing._CUT_OFF.match, spacing._MARK_FIRST.match),
    )
    if any(look(run) for look in patterns for run in reading.chunks):
        assert reading.odd


@given(CHUNKS.map("".join), CHUNKS.map("".join), st.sampled_from([" ", "\n", "\n\n", " (", " “", "s\n"]))
def test_a_mark_that_lacks_space_somewhere_is_told_by_its_chunk(before: str, chunk: str, gap: str) -> None:
    reading = Reading(read_plain(Source("t.txt", f"{before}{gap}{chunk} end.")), Facts())
    text = reading.document.plain
    for match in spacing._NO_SPACE.finditer(text):
        if spacing._after_mark(reading, text, match.start(), match.end()):
            start = max(text.rfind(" ", 0, match.start()), text.rfind("\n", 0, match.start())) + 1
            assert spacing._may_lack_space(text[start:].replace("\n", " ").split(" ")[0])


PARTS = st.sampled_from(
    [
        "the",
        "The",
        "in",
        "is",
        "over",
        "will",
        "news",
        "News",
        "back",
        "Brai",
        "Clint",
        "Paris",
        "on",
        "says",
        "Mc",
        "NATO",
        "US",
        "war",
        "room",
        "and",
    ]
)


@given(st.lists(PARTS, min_size=1, max_size=3).map("".join), st.frozensets(PARTS))
def test_a_word_parts_alike_in_all_texts_without_the_words_asked_for(word: str, known: frozenset[str]) -> None:
    split, asked = spacing._alone(word)
    assert spacing._split(word, known.difference(asked)) == split
