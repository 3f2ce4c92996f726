"""factlint as a library, as its documentation shows it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import factlint
from factlint import CheckError, FaultsError, InputError, check_file, check_text, load_facts, select_rules

FACTS = """\
factlint: 1
as_of: 2022-01-09
organizations:
  - name: NATO
    counts:
      - {of: members, nouns: [allies], values: [{value: 29, until: 2020-03-26}, {value: 30, from: 2020-03-27}]}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "facts.yaml"
    path.write_text(FACTS)
    return path


def test_text_is_checked(path: Path) -> None:
    facts = load_facts([path])
    (finding,) = check_text("The 29 NATO allies met.", facts)
    assert finding.rule == "counts/contradicted"
    assert finding.suggestions == ("30",)
    assert finding.fingerprint
    assert check_text("The 29 NATO allies met.", facts, date="2019-05-01") == ()
    assert check_text("The 29 NATO allies met.", path) == (finding,)
    assert check_text("The 29 NATO allies met.", facts, rules=select_rules(ignore=["counts"])) == ()


def test_waived_text(path: Path) -> None:
    text = "The 29 NATO allies met. <!-- factlint: ignore[counts] -- as the source has it -->\n"
    assert check_text(text, path, name="post.md") == ()


def test_file_is_checked(path: Path, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("The 29 NATO allies met.")
    report = check_file(article, path, date="2021")
    assert (report.date, report.date_from, report.words) == ("2021", "option", 5)
    assert len(report.findings) == 1
    with pytest.raises(InputError, match="cannot be read"):
        check_file(tmp_path / "none.txt", path)


def test_bad_input(path: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("factlint: 2\n")
    with pytest.raises(FaultsError):
        check_text("Text.", bad)
    with pytest.raises(InputError, match="did you mean"):
        select_rules(select=["nams"])
    with pytest.raises(ValueError, match="is not a date"):
        check_text("Text.", path, date="yesterday")
    with pytest.raises(AttributeError):
        factlint.nothing  # noqa: B018


def test_a_crash_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from factlint import checks, rules

    monkeypatch.setitem(checks.CHECKS, "words_stand_once", "json:loads")
    rules.check_function.cache_clear()
    with pytest.raises(CheckError) as caught:
        check_text("The 29 NATO allies met.", path)
    rules.check_function.cache_clear()
    assert len(caught.value.report.findings) == 1


def test_threads_share_facts(path: Path) -> None:
    facts = load_facts([path])
    rules = select_rules()
    texts = [f"The {number} NATO allies met." for number in range(24, 40)]
    expected = [check_text(text, facts, rules=rules) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: check_text(text, facts, rules=rules), texts * 3)) == expected * 3
