"""Rule files that cannot be used: every fault at its place, whatever stands there."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlint import yamlfile
from factlint.rules import load_rules, read_rule
from factlint.source import InputError
from factlint.yamlfile import FaultsError, YamlFile

ROOT = Path(__file__).parent.parent
RULE: dict[str, Any] = yamlfile.plain(yamlfile.load(ROOT / "rules/counts/contradicted.yaml").root)


def faults_of(tmp_path: Path, change: dict[str, Any], name: str = "mine") -> list[str]:
    folder = tmp_path / "house"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yaml").write_text(json.dumps({**RULE, **change}), encoding="utf-8")
    with pytest.raises(FaultsError) as caught:
        load_rules([str(tmp_path)])
    return [fault.message for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"check": "counts_agre_with_facts"}, "did you mean “counts_agree_with_facts”?"),
        ({"check": "words_are_known", "options": {}}, "the check “words_are_known” needs the option “allowed”"),
        ({"options": {"parts": []}}, "has no option “parts”; did you mean “part”?"),
        ({"options": {"part": 3}}, "the option “part” takes"),
        ({"severity": "eror"}, "“eror” is none of"),
        ({"factlint": 2}, "version"),
        ({"examples": []}, "a rule needs two examples that find something"),
    ],
)
def test_faults_of_rule_files(tmp_path: Path, change: dict[str, Any], fault: str) -> None:
    found = faults_of(tmp_path, change)
    assert any(fault in message for message in found), found


def test_a_name_that_is_no_rule_id(tmp_path: Path) -> None:
    assert "is no rule id" in faults_of(tmp_path, {}, name="My Rule")[0]


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The place of everything inside of a value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        yield (*path, key)
        yield from _places(item, (*path, key))


@given(st.data())
def test_whatever_stands_in_a_rule_file_is_a_rule_or_a_fault(data: st.DataObject) -> None:
    rule = copy.deepcopy(RULE)
    *path, last = data.draw(st.sampled_from(list(_places(rule))))
    owner: Any = rule
    for key in path:
        owner = owner[key]
    owner[last] = data.draw(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=4), st.just([]), st.just({}))
    )
    try:
        file: YamlFile = yamlfile.parse(json.dumps(rule), "rule.json")
        found, faults = read_rule(file, "house/mine")
    except InputError:
        return
    assert found is not None or faults
