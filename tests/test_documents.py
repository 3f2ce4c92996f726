"""What the documents say is so: links lead somewhere, examples run, the reference is that of the rules."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from factlint.cli import cli
from factlint.explaining import REFERENCE_COMMAND, reference
from factlint.rules import load_rules

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_reference_is_up_to_date() -> None:
    kept = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert kept == reference(load_rules()), f"make it anew: {REFERENCE_COMMAND}"


def _blocks(path: Path, language: str) -> list[str]:
    """The blocks of code of a language in a document."""
    return re.findall(rf"^```{language}\n(.*?)^```$", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def _run(command: list[str], **more: object) -> subprocess.CompletedProcess[str]:
    told = {key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "FACTLINT_"))}
    told |= {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=told, check=False, **more)  # type: ignore[call-overload,no-any-return]


def test_the_readmes_program_prints_what_it_says(tmp_path: Path) -> None:
    program = next(block for block in _blocks(ROOT / "README.md", "python") if "check_text" in block)
    printed = next(block for block in _blocks(ROOT / "README.md", "text") if block.startswith("counts/contradicted"))
    done = _run([sys.executable, "-c", program], cwd=ROOT)
    assert (done.stdout, done.stderr) == (printed, "")
    path = tmp_path / "program.py"
    path.write_text(program, encoding="utf-8")
    typed = _run([sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "mypy"), str(path)], cwd=ROOT)
    assert typed.returncode == 0, typed.stdout


def test_the_readmes_findings_are_those_that_are_found() -> None:
    shown = next(
        block for block in _blocks(ROOT / "README.md", "text") if block.startswith("fixtures/seed/article.txt")
    )
    command = ["check", "fixtures/seed/article.txt", "--facts", "fixtures/seed/facts.yaml", "--isolated", "--no-cache"]
    done = _run([sys.executable, "-m", "factlint", *command], cwd=ROOT)
    assert done.returncode == 1
    for finding in shown.rstrip("\n").split("\n\n"):
        assert finding in done.stdout


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_commands_in_documents_can_be_given(path: Path) -> None:
    for block in (*_blocks(path, "sh"), *_blocks(path, "yaml"), *re.findall(r"`(factlint [^`\n]+)`", path.read_text())):
        for line in block.splitlines():
            for given in re.findall(
                r"(?:^|\s)factlint ((?:check|claims|why|rules|explain|report|facts|init|clean)\b.*)", line
            ):
                words = shlex.split(re.sub(r"\s+#.*|[|>&;].*", "", given))
                known, command = cli, None
                while words and hasattr(known, "get_command"):
                    command = known.get_command(_context(known), words.pop(0))  # type: ignore[arg-type]
                    assert command is not None, line
                    known = command  # type: ignore[assignment]
                options = {name for parameter in known.params for name in (*parameter.opts, *parameter.secondary_opts)}
                for word in words:
                    if word.startswith("-") and word != "-":
                        assert word.partition("=")[0] in {*options, "--help", "-h"}, line


def _context(command: object) -> object:
    import click

    assert isinstance(command, click.Command)
    return click.Context(command, parent=None if command is cli else click.Context(cli))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files(path: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"`[^`\n]*`", "", text)
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert (path.parent / target).exists(), target


def test_every_setting_is_documented() -> None:
    schema = json.loads((ROOT / "factlint" / "schemas" / "config.json").read_text(encoding="utf-8"))
    text = (ROOT / "docs" / "gate.md").read_text(encoding="utf-8")
    for key in (*schema["properties"], *schema["properties"]["overrides"]["items"]["properties"]):
        assert f"`{key}`" in text, key


def test_every_option_of_check_is_documented() -> None:
    text = "".join((ROOT / path).read_text(encoding="utf-8") for path in ("docs/gate.md", "docs/suppressing.md"))
    for parameter in cli.commands["check"].params:
        for name in parameter.opts:
            if name.startswith("--"):
                assert name in text, name


def test_examples_of_settings_can_be_read(tmp_path: Path) -> None:
    from factlint.config import load_config

    blocks = [block for block in _blocks(ROOT / "docs" / "gate.md", "yaml") if block.startswith("# .factlint.yaml")]
    assert blocks
    for number, block in enumerate(blocks):
        path = tmp_path / f"{number}.yaml"
        (tmp_path / "desk.yaml").write_text("{}\n", encoding="utf-8")
        path.write_text(block, encoding="utf-8")
        load_config(str(path))


def test_examples_of_rules_hold(tmp_path: Path) -> None:
    blocks = [block for block in _blocks(ROOT / "docs" / "writing-rules.md", "yaml") if "\nexamples:" in block]
    assert len(blocks) >= 2
    (tmp_path / "style").mkdir()
    for number, block in enumerate(blocks):
        (tmp_path / "style" / f"rule-{number}.yaml").write_text(block, encoding="utf-8")
    done = _run([sys.executable, "-m", "factlint", "rules", "--isolated", "--rules", str(tmp_path), "--test"])
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr


def test_other_examples_are_yaml() -> None:
    for path in DOCUMENTS:
        for block in _blocks(path, "yaml"):
            list(yaml.safe_load_all(block))
