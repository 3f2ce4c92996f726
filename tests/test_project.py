"""The project's own rules: style, types, layers; what starts quickly; what its documents say."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
    ],
    ids=lambda command: " ".join(command),
)
def test_tools_find_nothing(command: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_layers_are_kept() -> None:
    code = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(config_filename='setup.cfg'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


# What a plain check does without: it would make every start slower.
SLOW = {"jsonschema", "ftfy", "yaml", "pathspec", "watchfiles", "difflib", "tempfile", "concurrent.futures"}


def test_a_warm_start_imports_little(tmp_path: Path) -> None:
    code = (
        "import sys; from factlint.cli import cli\n"
        "try:\n cli(sys.argv[1:], standalone_mode=False)\nexcept SystemExit: pass\n"
        "print(chr(10).join(sys.modules), file=sys.stderr)"
    )
    article, facts = ROOT / "fixtures/seed/article.txt", ROOT / "fixtures/seed/facts.yaml"
    command = [sys.executable, "-c", code, "check", str(article), "--facts", str(facts), "--isolated"]
    environment = {"FACTLINT_CACHE_DIR": str(tmp_path), "PATH": ""}
    for _ in range(2):
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, cwd=tmp_path)
    loaded = set(done.stderr.split())
    assert "factlint.lint" in loaded
    assert sorted(loaded & SLOW) == []


def test_python_versions_agree() -> None:
    text = (ROOT / "setup.cfg").read_text(encoding="utf-8")
    assert "python_requires = >=3.11" in text
    assert re.findall(r"Python :: 3\.(\d+)", text) == ["11", "12", "13", "14"]


def test_schemas_are_schemas() -> None:
    import jsonschema

    for path in sorted((ROOT / "factlint/schemas").glob("*.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        known = {"errorMessage", "patternErrorMessage"}
        assert known  # keywords of our own are allowed beside those of the standard
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_package_is_installed() -> None:
    text = (ROOT / "setup.cfg").read_text(encoding="utf-8")
    listed = set(re.search(r"\npackages =\n((?:    .*\n)+)", text)[1].split())  # type: ignore[index]
    found = {".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "factlint").rglob("*.py")}
    assert listed == found | {"factlint.rules_data"}
