"""Compiled patterns that are kept: the same matches, whatever became of the entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from factlint import patterns

_PATTERNS = [
    (r"(?P<first>\w+) (?P<second>[a-zà-ÿ]+)\b", re.IGNORECASE),
    (r"\bword(?:s|y)?\b # comment", re.VERBOSE),
    (r"(?<!\d)(\d{1,3}(?:,\d{3})*+)(?!\d)", 0),
    *((rf"\b(?:needle{number}|[“”‘’]{{{number},}})", 0) for number in range(1, 15)),
]
_TEXTS = ["Many WORDS here: 1,234 words and 56", "needle3 “““ needle12", "Où Élan vital"]


@pytest.fixture(autouse=True)
def own_dictionary() -> Iterator[None]:
    """Python's dictionary and compiler as they were before."""
    before, engine = dict(re._cache), re._compiler._sre  # type: ignore[attr-defined]
    re.purge()
    yield
    re.purge()
    re._cache.update(before)  # type: ignore[attr-defined]
    re._compiler._sre = engine  # type: ignore[attr-defined]
    patterns._compiled.clear()


def _found() -> list[object]:
    return [
        [(match.span(), match.groups(), match.groupdict()) for match in re.compile(pattern, flags).finditer(text)]
        for pattern, flags in _PATTERNS
        for text in _TEXTS
    ]


def test_recalled_patterns_match_as_compiled_ones(tmp_path: Path) -> None:
    expected = _found()
    patterns.keep(tmp_path, [])
    re.purge()
    recalled = patterns.recall(tmp_path)
    assert {entry[0] for entry in recalled} >= {pattern for pattern, _ in _PATTERNS}
    kept = re._cache[str, _PATTERNS[0][0], int(re.IGNORECASE)]  # type: ignore[attr-defined]
    assert re.compile(*_PATTERNS[0]) is kept
    assert kept.flags == re.IGNORECASE | re.UNICODE
    assert _found() == expected


def test_what_was_recorded_is_kept_as_if_compiled_once_more(tmp_path: Path) -> None:
    _found()
    patterns.keep(tmp_path / "compiled", [])
    re.purge()
    assert patterns.recall(tmp_path / "empty") == []
    _found()
    assert {pattern for pattern, _ in patterns._compiled} >= {pattern for pattern, _ in _PATTERNS}
    patterns.keep(tmp_path / "recorded", [])
    recorded, compiled = patterns.recall(tmp_path / "recorded"), patterns.recall(tmp_path / "compiled")
    assert recorded and [entry for entry in compiled if entry in recorded] == recorded


def test_patterns_of_bytes_are_kept_too(tmp_path: Path) -> None:
    _found()
    pattern = re.compile(rb"(?P<name>[a-z]+)\xe9")
    patterns.keep(tmp_path, [])
    re.purge()
    patterns.recall(tmp_path)
    kept = re._cache[bytes, pattern.pattern, 0]  # type: ignore[attr-defined]
    match = kept.search(b"caf\xe9")
    assert match is not None and match["name"] == b"caf"


def test_few_new_patterns_are_not_worth_writing(tmp_path: Path) -> None:
    _found()
    patterns.keep(tmp_path, [])
    entry = next(tmp_path.iterdir())
    before = entry.read_bytes()
    recalled = patterns.recall(tmp_path)
    re.compile("another one")
    patterns.keep(tmp_path, recalled)
    assert entry.read_bytes() == before


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"\xe9\x00\x00\x00\x00", None])
def test_damaged_entries_are_compiled_as_ever(tmp_path: Path, damage: bytes | None) -> None:
    expected = _found()
    patterns.keep(tmp_path, [])
    entry = next(tmp_path.iterdir())
    entry.write_bytes(entry.read_bytes()[:-40] if damage is None else damage)
    re.purge()
    assert patterns.recall(tmp_path) == []
    assert _found() == expected


class _Flags(int):
    """What Python 3.13 keeps where no flags were given: a number of a class of its own."""


def test_flags_may_be_of_a_class_of_their_own(tmp_path: Path) -> None:
    for pattern, flags in _PATTERNS:
        re._cache[str, pattern, _Flags(flags)] = re.compile(pattern, flags)  # type: ignore[attr-defined]
    patterns.keep(tmp_path, [])
    re.purge()
    assert len(patterns.recall(tmp_path)) >= len(_PATTERNS)


def test_no_recalled_pattern_is_dropped_for_others(tmp_path: Path) -> None:
    for number in range(600):
        re.compile(f"needle{number}")
    patterns.keep(tmp_path, [])
    re.purge()
    recalled = patterns.recall(tmp_path)
    first = re._cache[str, recalled[0][0], 0]  # type: ignore[attr-defined]
    for number in range(100):
        re.compile(f"another{number}")
    assert re.compile(recalled[0][0]) is first


def test_a_full_entry_is_begun_anew(tmp_path: Path) -> None:
    for number in range(patterns._MOST):
        re.compile(f"needle{number}")
    patterns.keep(tmp_path, [])
    re.purge()
    recalled = patterns.recall(tmp_path)
    _found()
    patterns.keep(tmp_path, recalled)
    re.purge()
    patterns.recall.cache_clear()
    assert {entry[0] for entry in patterns.recall(tmp_path)} == {pattern for pattern, _ in _PATTERNS}
