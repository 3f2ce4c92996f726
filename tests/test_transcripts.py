"""The command line as users see it: each command with its exact output and exit status.

A transcript is a file of `$ command` lines, each followed by what it prints (standard output, then standard error with
`! ` before each line) and `[status]` where that is not 0. Before a command may stand variables for its environment, after
it `< FILE` for its standard input. Commands run in a copy of the folder `desk` beside them. With
FACTLINT_REWRITE=1 in the environment the transcripts are written anew: look at the difference before you commit it.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "tests" / "transcripts"
TRANSCRIPTS = sorted(path.stem for path in FOLDER.glob("*.txt"))
ENVIRONMENT = {
    "FACTLINT_TODAY": "2026-01-09",
    "PYTHONIOENCODING": "utf-8",
    "COLUMNS": "80",
    "NO_COLOR": "1",
}


def _commands(text: str) -> Iterator[str]:
    yield from (line[2:] for line in text.splitlines() if line.startswith("$ "))


def _run(command: str, folder: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "FACTLINT_"))}
    environment |= ENVIRONMENT | {"FACTLINT_CACHE_DIR": str(folder.parent / "cache"), "PYTHONPATH": str(ROOT)}
    words = shlex.split(command)
    while "=" in words[0]:
        name, _, value = words.pop(0).partition("=")
        environment[name] = value
    stdin = None
    if "<" in words:
        at = words.index("<")
        stdin = (folder / words[at + 1]).read_bytes()
        words = words[:at]
    if words[0] == "factlint":
        words = [sys.executable, "-m", "factlint", *words[1:]]
    elif words[0] == "cat":
        return (folder / words[1]).read_bytes().decode("utf-8")
    done = subprocess.run(words, cwd=folder, env=environment, input=stdin, capture_output=True, check=False)
    out = done.stdout.decode("utf-8").replace(str(folder.parent), "HOME").replace("\r\n", "\n")
    err = done.stderr.decode("utf-8").replace(str(folder.parent), "HOME")
    assert "Traceback" not in err
    if out and not out.endswith("\n"):
        out += "\n"
    out += "".join(f"! {line}".rstrip() + "\n" for line in err.splitlines())
    return out + (f"[{done.returncode}]\n" if done.returncode else "")


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_transcript(name: str, tmp_path: Path) -> None:
    path = FOLDER / f"{name}.txt"
    kept = path.read_text(encoding="utf-8")
    folder = tmp_path / "desk"
    shutil.copytree(FOLDER / "desk", folder)
    told = ""
    for command in _commands(kept):
        told += f"$ {command}\n{_run(command, folder)}\n"
    if os.environ.get("FACTLINT_REWRITE"):
        path.write_text(told, encoding="utf-8")
    assert told == kept
