"""Measures in two units: what is right however it is written, and units that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlint.checks.conversions import conversions_fit
from factlint.facts.model import Facts
from factlint.findings import Problem
from factlint.mentions import Reading
from factlint.readers import read_document
from factlint.rules import load_rules

UNITS = next(rule.options["units"] for rule in load_rules() if rule.id == "contradictions/conversion")


def _problems(text: str, units: dict[str, list[str]] = UNITS) -> list[Problem]:
    return list(conversions_fit(Reading(read_document("a.txt", text.encode()), Facts()), units=units))


@given(st.integers(1, 99_999), st.integers(0, 3))
def test_what_is_converted_and_rounded_is_right(miles: int, decimals: int) -> None:
    kilometers = round(miles * 1.609344, decimals)
    assert not _problems(f"The road is {miles:,} miles ({kilometers:,} kilometers) long.")
    assert not _problems(f"The road is {kilometers:,} km ({miles:,} miles) long.")


@given(st.integers(10, 99_999))
def test_half_as_much_again_is_wrong(miles: int) -> None:
    assert _problems(f"The road is {miles:,} miles ({round(miles * 1.609344 * 1.5):,} kilometers) long.")


@given(st.integers(-60, 120))
def test_degrees_are_of_a_scale_or_differences(celsius: int) -> None:
    assert not _problems(f"It was {celsius} degrees Celsius ({round(celsius * 1.8 + 32)} F) in the shade.")
    assert not _problems(f"It was {abs(celsius)} degrees Celsius ({round(abs(celsius) * 1.8)} F) warmer.")


@pytest.mark.parametrize("unit", ["foot", "foot=", "foot=long", "foot=0", "foot=-1", "foot=1|"])
def test_a_unit_that_is_none_is_told(unit: str) -> None:
    with pytest.raises(ValueError, match="is no unit"):
        _problems("It is 3 miles (5 km) long.", {"length": [unit]})
