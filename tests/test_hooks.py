"""The pre-commit hooks, with the real pre-commit: installed from this tree, run by commits of a real repository.

pre-commit installs factlint and what it needs with pip; where no registry can be reached the tests are skipped, though
never in continuous integration.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FACTS = """\
factlint: 1
as_of: 2022-01-09
sources:
  nato: {title: NATO member countries, checked: 2022-01-09}
organizations:
  - name: NATO
    source: nato
    counts:
      - of: members
        nouns: [allies]
        values:
          - {value: 29, from: 2017-06-05, until: 2020-03-26, source: nato}
          - {value: 30, from: 2020-03-27, source: nato}
"""
HOOKS = """\
repos:
  - repo: {repository}
    rev: {revision}
    hooks:
      - id: factlint-fix
      - id: factlint
      - id: factlint-facts
"""

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


class Desk:
    """A repository whose commits are checked."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "GITHUB_", "FACTLINT_"))}
        kept.pop("PYTHONPATH", None)
        scripts = str(Path(sys.executable).parent)
        self.environment = kept | {
            "PATH": scripts + os.pathsep + kept.get("PATH", ""),
            "PRE_COMMIT_HOME": str(home / "pre-commit"),
            "FACTLINT_CACHE_DIR": str(home / "cache"),
            "FACTLINT_TODAY": "2022-01-09",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            **{f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        }

    def run(self, *command: str) -> tuple[int, str]:
        """The status of a command in the repository, and what it printed."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stdout

    def git(self, *words: str) -> str:
        """What a command of git that must succeed printed."""
        status, printed = self.run("git", *words)
        assert status == 0, printed
        return printed.strip()

    def commit(self, **files: str) -> tuple[int, str]:
        """Write files, add all, and commit."""
        for name, text in files.items():
            (self.folder / f"{name}.txt").write_text(text)
        self.git("add", "--all")
        return self.run("git", "commit", "--quiet", "--message", "copy")


def _repository(folder: Path, desk: Desk) -> str:
    """A repository of factlint as it is in this tree; its only revision."""
    for name in ("factlint", "rules"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, folder / name)
    at = ("-C", str(folder))
    desk.git(*at, "init", "--quiet")
    desk.git(*at, "add", "--all")
    desk.git(*at, "commit", "--quiet", "--message", "all")
    return desk.git(*at, "rev-parse", "HEAD")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    home = tmp_path_factory.mktemp("hooks")
    (home / "desk").mkdir()
    (home / "factlint").mkdir()
    desk = Desk(home / "desk", home)
    revision = _repository(home / "factlint", desk)
    desk.git("init", "--quiet")
    (desk.folder / ".pre-commit-config.yaml").write_text(
        HOOKS.format(repository=home / "factlint", revision=revision), encoding="utf-8"
    )
    (desk.folder / ".factlint.yaml").write_text("facts: facts.yaml\nexclude: [archive.txt]\n")
    (desk.folder / "facts.yaml").write_text(FACTS)
    status, printed = desk.run("pre-commit", "install", "--install-hooks")
    if status:
        log = home / "pre-commit" / "pre-commit.log"
        told = printed + (log.read_text(encoding="utf-8") if log.is_file() else "")
        unreachable = (
            "Could not find a version",
            "No matching distribution",
            "Connection",
            "Name or service not known",
        )
        if not os.environ.get("CI") and any(words in told for words in unreachable):
            pytest.skip("pre-commit could not install factlint: no registry can be reached")
        pytest.fail(told)
    return desk


def test_a_commit_fails_and_then_passes(desk: Desk) -> None:
    status, printed = desk.commit(article="The 29 NATO allies met.\n")
    assert status == 1
    assert "article.txt:1:5: error [counts/contradicted] NATO had 30 allies on 2022-01-09, not 29" in printed
    assert "factlint (facts files)...................................................Passed" in printed
    status, printed = desk.commit(article="The 30 NATO allies met.\n")
    assert (status, "Failed" in printed) == (0, False), printed
    assert desk.git("status", "--porcelain") == ""


def test_safe_fixes_are_made_and_the_commit_is_stopped_once(desk: Desk) -> None:
    status, printed = desk.commit(mended="The 30 NATO allies met , and and left.\n")
    assert status == 1
    assert "files were modified by this hook" in printed
    assert "2 fixes applied in 1 file" in printed
    assert (desk.folder / "mended.txt").read_text() == "The 30 NATO allies met, and left.\n"
    status, printed = desk.commit()
    assert status == 0, printed


def test_what_is_excluded_does_not_stop_a_commit(desk: Desk) -> None:
    status, printed = desk.commit(archive="The 16 NATO allies met , long ago.\n")
    assert status == 0, printed


def test_texts_are_held_against_each_other(desk: Desk) -> None:
    files = {f"text_{number:03}": "The talks went on.\n" for number in range(60)}
    files["text_000"] = "The Norland Bank was founded in 1949.\n"
    files["text_059"] = "The Norland Bank, which was founded in 1951, is old.\n"
    status, printed = desk.commit(**files)
    assert status == 1
    assert "text_059.txt:1:40: error [contradictions/between-texts]" in printed
    assert printed.count("1 finding (1 error) in 6") == 2  # one process for each of the two hooks
    desk.git("rm", "--quiet", "--force", "text_059.txt")
    status, printed = desk.commit()
    assert status == 0, printed


def test_a_facts_file_is_judged(desk: Desk) -> None:
    (desk.folder / "facts.yaml").write_text(FACTS.replace("until: 2020-03-26", "until: 2016-03-26"))
    status, printed = desk.commit()
    assert status == 1
    assert "error [facts/until-before-from]" in printed
    (desk.folder / "facts.yaml").write_text(FACTS)
    status, printed = desk.commit(last="The end.\n")
    assert status == 0, printed
