"""Places that copy names, held against the facts: where they begin and end."""

from __future__ import annotations

from pathlib import Path

from factlint.facts.loading import load_facts
from factlint.library import check_text


def test_a_place_ends_with_its_sentence(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(
        "factlint: 1\npeople:\n  - {name: Ana Kaldor, attributes: {birthplace: Texas}}\n"
        "  - {name: Bo Lund, born: {date: 1951, place: Sweden}}\n"
    )
    found = check_text("Ana Kaldor was born in Ohio. Bo Lund was born in Norway.", load_facts([path]))
    assert [(finding.text, finding.suggestions) for finding in found] == [("Ohio", ("Texas",)), ("Norway", ("Sweden",))]
