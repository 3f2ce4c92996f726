"""Numbers in prose: where they may be, and what stands beside them, is found before any is read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlint import numbers
from factlint.facts.model import Facts
from factlint.library import check_text, load_facts
from factlint.mentions import Reading
from factlint.readers.plain import read_plain
from factlint.source import Source, Span

PIECES = """
    one|two|Twenty|twenty-five|HUNDRED|a hundred|A dozen|a half|a-third|one-third|first|31st|5|40|1,200|2.5|$3|US$40|A$2|us$4
    |€5|3bn|12/5|%|percent|per cent|million|from|to|killed|more than|people|a|A|the|x|éx|_|-|–|.|,|“|\n|$|US|²|٣
""".replace("\n    ", "").split("|")
TEXTS = st.lists(
    st.tuples(st.sampled_from(PIECES), st.sampled_from([" ", " ", " ", "", "-", ", "])).map("".join), max_size=12
).map("".join)


def _reading(text: str) -> Reading:
    return Reading(read_plain(Source("t.txt", text)), Facts())


@given(TEXTS)
def test_every_number_has_its_place_and_what_is_beside_it(text: str) -> None:
    reading = _reading(text)
    plain = reading.document.plain
    beside = reading.beside_numbers
    found = reading.numbers_in(Span(0, len(plain)))
    assert found == tuple(numbers.find_numbers(plain, Span(0, len(plain)), reading.number_places))
    for number in found:
        start, end = number.at.start, number.at.end
        leads = [lead for lead, places in beside.before.items() if any(start <= at < end for at in places)]
        before = plain[:start]
        word = before[:-1].rpartition(" ")[2][-39:] if before.endswith(" ") else before[-1:]
        assert word in leads
        if not number.value.unit and not re.match(r"\w", plain[end:]):
            follows = [word for word, places in beside.after.items() if any(start <= at < end for at in places)]
            assert any(plain[end + 1 :].startswith(word) for word in follows)


@given(TEXTS)
def test_words_for_numbers_are_found_however_many_there_are(text: str) -> None:
    few = _reading(text)
    many = _reading(text + "\n" + " ".join(sorted(numbers.NUMBER_WORDS)))
    whole = Span(0, len(few.document.plain))
    assert few.number_places == [at for at in many.number_places if at < whole.end]
    assert few.numbers_in(whole) == many.numbers_in(whole)


@pytest.mark.parametrize(
    "text",
    [
        "It took place on 2021-00-10 there.",
        "He has one ſix of them, 5 mıllion and a ſcore, 3 \u212a there.",
        "It was twıce as many as before: from 5 to 20 it grew, a twofold, a fivefold rıse.",
        "It doubled, a tenfold rise from 2 to 20. It quadrupled, a fıvefold rise from 2 to 20.",
        "The \ue001 state has \ue0015 members and 12 members in \ue001, bought for \ue001 million.",
        "The plant was bought for $40 million \ue001. Brandt will be bought for \ue001 million.",
        "Straße and ﬁne. The vote takes place next week, on Monday. The vote takes place this week.",
    ],
)
def test_letters_that_only_look_like_others_stop_no_rule(text: str) -> None:
    check_text(
        text, load_facts(["pack:international-organizations"]), date="2022-01-09"
    )  # a rule that fails is an error
