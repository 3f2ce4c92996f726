"""The GitHub action: its one step of its own, run as a runner runs it, with what it writes for the runner."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEP = next(step for step in ACTION["runs"]["steps"] if step.get("id") == "run")
# What `env` of the step is filled from: inputs by their names, and the event.
INPUTS = {name: value["default"] for name, value in ACTION["inputs"].items()}
FACTS = """\
factlint: 1
as_of: 2022-01-09
organizations:
  - name: NATO
    counts:
      - {of: members, nouns: [allies], values: [{value: 29, until: 2020-03-26}, {value: 30, from: 2020-03-27}]}
"""

pytestmark = pytest.mark.skipif(os.name == "nt" or shutil.which("bash") is None, reason="the action's step needs bash")


class Runner:
    """A workspace, and the files by which a step talks to the runner."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "workspace"
        self.folder.mkdir()
        self.output, self.summary = folder / "output", folder / "summary"
        tools = folder / "tools"
        tools.mkdir()
        (tools / "factlint").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m factlint "$@"\n')
        (tools / "factlint").chmod(0o755)
        (tools / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        (tools / "python").chmod(0o755)
        self.path = f"{tools}{os.pathsep}{os.environ['PATH']}"
        self.cache = folder / "cache"

    def run(self, base: str = "", folder: Path | None = None, **inputs: str) -> tuple[int, str, dict[str, str]]:
        """The status of the step, what it printed, and its outputs."""
        given = INPUTS | {name.replace("_", "-"): value for name, value in inputs.items()}
        environment = {
            "PATH": self.path,
            "HOME": str(self.folder),
            "PYTHONPATH": str(ROOT),
            "FACTLINT_CACHE_DIR": str(self.cache),
            "FACTLINT_TODAY": "2022-01-09",
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
        }
        for name, expression in STEP["env"].items():
            word = expression.removeprefix("${{ ").removesuffix(" }}")
            environment[name] = given[word.removeprefix("inputs.")] if word.startswith("inputs.") else base
        self.output.write_text("")
        self.summary.write_text("")
        script = self.folder.parent / "step.sh"
        script.write_text(STEP["run"], encoding="utf-8")
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        done = subprocess.run(
            command,
            cwd=folder or self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        outputs = dict(line.split("=", 1) for line in self.output.read_text().splitlines())
        return done.returncode, done.stdout, outputs


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    made = Runner(tmp_path)
    (made.folder / "facts.yaml").write_text(FACTS)
    (made.folder / "wrong.txt").write_text("The 29 NATO allies met.\n")
    (made.folder / "right.txt").write_text("The 30 NATO allies met.\n")
    return made


def test_inputs_are_all_used() -> None:
    used = json.dumps(ACTION["runs"])
    for name in ACTION["inputs"]:
        assert f"inputs.{name} " in used or f"inputs.{name}" in json.dumps(ACTION["outputs"]), name
    assert "${{" not in STEP["run"]  # nothing that anybody can name is put into the script


def test_findings(runner: Runner) -> None:
    status, printed, outputs = runner.run(facts="facts.yaml", sarif_file="out.sarif")
    assert status == 1
    assert outputs == {"findings": "1", "files-with-findings": "1", "success": "false"}
    (line,) = printed.splitlines()
    assert line.startswith("::error file=wrong.txt,line=1,endLine=1,col=5,endColumn=7,title=factlint%3A counts/")
    assert runner.summary.read_text().startswith("### factlint: 1 finding (1 error)\n")
    log = json.loads((runner.folder / "out.sarif").read_text())
    schema = json.loads((ROOT / "tests/schemas/sarif-2.1.0.json").read_text())
    jsonschema.validators.validator_for(schema)(schema).validate(log)
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["counts/contradicted"]
    assert json.loads((runner.folder / "factlint.json").read_text())["summary"]["findings"] == 1


def test_nothing_found(runner: Runner) -> None:
    status, printed, outputs = runner.run(src="right.txt", facts="facts.yaml", sarif_file="out.sarif")
    assert (status, printed) == (0, "")
    assert outputs == {"findings": "0", "files-with-findings": "0", "success": "true"}
    assert json.loads((runner.folder / "out.sarif").read_text())["runs"][0]["results"] == []
    status, _, outputs = runner.run(src="wrong.txt right.txt", facts="facts.yaml", fail_on="never")
    assert (status, outputs["success"], outputs["findings"]) == (0, "true", "1")


def test_what_is_not_wanted_is_left_out(runner: Runner) -> None:
    status, printed, _ = runner.run(facts="facts.yaml", annotations="false", summary="false", args="--select names")
    assert (status, printed, runner.summary.read_text()) == (0, "", "")
    (runner.folder / "desk.yaml").write_text("facts: facts.yaml\nseverity: {counts: info}\n")
    status, printed, _ = runner.run(config="desk.yaml")
    assert status == 0
    assert printed.startswith("::notice file=wrong.txt")


def test_what_cannot_be_done_is_told(runner: Runner) -> None:
    runner.run(facts="facts.yaml")
    (runner.folder / "facts.yaml").write_text("factlint: 2\n")
    status, printed, outputs = runner.run(facts="facts.yaml", sarif_file="out.sarif")
    assert (status, outputs) == (2, {"success": "false"})
    assert "facts.yaml:1:11: " in printed
    assert "::error title=factlint::" in printed
    (runner.folder / "facts.yaml").write_text(FACTS)
    (runner.folder / "broken.txt").write_bytes(b"a\0b")
    status, printed, outputs = runner.run(facts="facts.yaml")
    assert (status, outputs["findings"], outputs["success"]) == (2, "1", "false")
    assert "::error file=broken.txt,title=factlint::not text" in printed


def test_no_article_gives_the_runner_a_command(runner: Runner) -> None:
    text = "The 29 NATO allies met.\n::add-mask::x , y\n  ::set-output name=a::b , c\n##[group]x , y\n"
    (runner.folder / "::add-mask::z.txt").write_text(text)
    (runner.folder / "::stop-commands::z.txt").write_bytes(b"\0")
    for args in ("", "--format text", "--format csv"):
        _, printed, _ = runner.run(facts="facts.yaml", args=args)
        for line in printed.splitlines():
            assert not line.lstrip().startswith("::") or line.startswith(("::error file=", "::warning file=")), line
            assert "##[" not in line or line.startswith("::")
    _, printed, _ = runner.run(facts="facts.yaml", args="--diff --select spacing")
    lines = printed.splitlines()
    assert lines[0].startswith("::stop-commands::")
    token = lines[0].removeprefix("::stop-commands::")
    end = lines.index(f"::{token}::")
    assert any("add-mask::x" in line for line in lines[1:end])
    assert not [line for line in lines[end + 1 :] if line.lstrip().startswith("::") and "title=factlint" not in line]


def test_changed_files_only(runner: Runner, tmp_path: Path) -> None:
    def git(*words: str, cwd: Path = runner.folder) -> str:
        command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always"]
        return subprocess.run([*command, *words], cwd=cwd, check=True, capture_output=True, text=True).stdout.strip()

    git("init", "--quiet", "--initial-branch=main")
    (runner.folder / "program.py").write_text("members = 29  # NATO allies\n")
    git("add", ".")
    git("commit", "--quiet", "-m", "one")
    base = git("rev-parse", "HEAD")
    (runner.folder / "nëw , text.txt").write_text("The 28 NATO allies met.\n")
    (runner.folder / "program.py").write_text("members = 30  # NATO allies , all\n")
    (runner.folder / "right.txt").unlink()
    git("add", ".")
    git("commit", "--quiet", "-m", "two")
    status, printed, outputs = runner.run(base, facts="facts.yaml", changed_only="true")
    assert (status, outputs["findings"]) == (1, "1")
    assert printed.startswith("::error file=nëw %2C text.txt,line=1")
    status, _, outputs = runner.run("0" * 40, facts="facts.yaml", changed_only="true")
    assert (status, outputs["findings"]) == (1, "2")
    status, printed, outputs = runner.run(git("rev-parse", "HEAD"), facts="facts.yaml", changed_only="true")
    assert (status, printed, outputs["findings"]) == (0, "", "0")
    shallow = tmp_path / "shallow"
    git("clone", "--quiet", "--depth=1", f"file://{runner.folder}", str(shallow), cwd=tmp_path)
    git("config", "uploadpack.allowAnySHA1InWant", "true")
    status, _, outputs = runner.run(base, shallow, facts="facts.yaml", changed_only="true")
    assert (status, outputs["findings"]) == (1, "1")
