"""factlint at a terminal: progress, --watch, Ctrl-C, completion; and what it leaves behind when it is stopped."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

pty = pytest.importorskip("pty")

ROOT = Path(__file__).parent.parent
FACTS = """\
factlint: 1
as_of: 2022-01-09
organizations:
  - name: NATO
    counts:
      - {of: members, nouns: [allies], values: [{value: 29, until: 2020-03-26}, {value: 30, from: 2020-03-27}]}
"""
PATIENCE = 60  # seconds until a test gives up


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "facts.yaml").write_text(FACTS)
    (folder / "article.txt").write_text("The 29 NATO allies met.\n")
    return folder


def _environment(desk: Path, more: Mapping[str, str] = {}) -> dict[str, str]:
    told = {key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "FACTLINT_", "NO_COLOR"))}
    told |= {"PYTHONPATH": str(ROOT), "FACTLINT_CACHE_DIR": str(desk.parent / "cache"), "TERM": "xterm", **more}
    return told


def _heed_ctrl_c() -> None:
    """Let a new process end on Ctrl-C, even where these tests run in the background of a shell, which ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """A command at a terminal of its own: what it prints, as it prints it."""

    def __init__(self, desk: Path, *arguments: str, stdout: Any = None, columns: int = 100) -> None:
        import termios

        self.master, slave = pty.openpty()
        termios.tcsetwinsize(slave, (40, columns))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "factlint", *arguments],
            cwd=desk,
            env={key: value for key, value in _environment(desk).items() if key != "COLUMNS"},
            stdin=slave,
            stdout=slave if stdout is None else stdout,
            stderr=slave,
            start_new_session=True,
            preexec_fn=_heed_ctrl_c,
        )
        os.close(slave)
        self.printed = ""

    def until(self, pattern: str) -> str:
        """Wait until something is printed that fits; what was printed up to it is forgotten."""
        import select

        end = time.monotonic() + PATIENCE
        while not (match := re.search(pattern, self.printed)):
            ready, _, _ = select.select([self.master], [], [], max(0, end - time.monotonic()))
            try:
                data = os.read(self.master, 65536) if ready else b""
            except OSError:  # all who could write have gone
                data = b""
            if not data:
                pytest.fail(f"“{pattern}” is not in what was printed:\n{self.printed}")
            self.printed += data.decode("utf-8", "replace")
        said, self.printed = self.printed[: match.end()], self.printed[match.end() :]
        return said

    def run_with(self, pattern: str) -> str:
        """Wait for the end of a run of --watch that prints what fits; one that was begun too early is passed over."""
        return self.until(f"(?s){pattern}.*?watching for changes")

    def stop(self, sign: int) -> int:
        """Send a signal to all processes and wait for the status."""
        os.killpg(self.process.pid, sign)
        return self.process.wait(PATIENCE)


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        if terminal.process.poll() is None:
            terminal.stop(signal.SIGKILL)
        os.close(terminal.master)


def _replace(path: Path, text: str) -> None:
    """Put a new file in the place of another, as editors do."""
    beside = path.with_suffix(".new~")
    beside.write_text(text)
    os.replace(beside, path)


def test_watch(desk: Path, terminals: list[Terminal]) -> None:
    pytest.importorskip("watchfiles")
    (desk / ".factlint.yaml").write_text("facts: facts.yaml\n")
    terminal = Terminal(desk, "check", ".", "--watch", "--format", "json:out.json", "--format", "text")
    terminals.append(terminal)
    assert "\x1b[1;31m" in terminal.run_with("NATO had 30 allies")  # in colour
    _replace(desk / "article.txt", "The 30 NATO allies met.\n")
    terminal.run_with("no findings")
    _replace(desk / "facts.yaml", FACTS.replace("value: 30", "value: 31"))
    terminal.run_with("NATO had 31 allies")
    _replace(desk / ".factlint.yaml", "fact: facts.yaml\n")
    terminal.run_with("did you mean “facts”")
    _replace(desk / ".factlint.yaml", "facts: facts.yaml\nseverity: {counts: info}\n")
    terminal.run_with("1 info")
    (desk / "inner").mkdir()
    (desk / "inner" / "second.txt").write_text("The 27 NATO allies met.\n")
    terminal.run_with("in 2 documents")
    _replace(desk / "inner" / "second.txt", "The 31 NATO allies met.\n")
    terminal.run_with(r"1 finding[^\n]* in 2 documents")
    assert terminal.stop(signal.SIGINT) == 130
    assert not list(desk.rglob("*.tmp"))


def test_watch_of_one_file(desk: Path, terminals: list[Terminal]) -> None:
    pytest.importorskip("watchfiles")
    terminal = Terminal(desk, "check", "article.txt", "--facts", "facts.yaml", "--watch", "--fix")
    terminals.append(terminal)
    terminal.run_with("NATO had 30 allies")
    _replace(desk / "article.txt", "The 30 NATO allies met , then left.\n")
    terminal.run_with("1 fix applied")
    assert (desk / "article.txt").read_text() == "The 30 NATO allies met, then left.\n"
    _replace(desk / "article.txt.factlint", "ignore[dates] line 1 -- as the source has it\n")
    terminal.run_with("1 fix applied")
    assert (desk / "article.txt.factlint").read_text() == ""
    assert terminal.stop(signal.SIGINT) == 130


def test_progress_at_a_terminal_only(desk: Path, terminals: list[Terminal]) -> None:
    for number in range(120):
        (desk / f"text-{number}.txt").write_text("The 30 NATO allies met.\n")
    arguments = ("check", ".", "--facts", "facts.yaml", "--no-cache", "--statistics")
    terminal = Terminal(desk, *arguments, stdout=subprocess.DEVNULL)
    terminals.append(terminal)
    said = terminal.until(r"121 of 121 files\r\x1b\[K")
    assert "[#" in said
    assert terminal.process.wait(PATIENCE) == 1
    quiet = Terminal(desk, *arguments, "--quiet", stdout=subprocess.DEVNULL)
    terminals.append(quiet)
    assert quiet.process.wait(PATIENCE) == 1
    piped = subprocess.run(
        [sys.executable, "-m", "factlint", *arguments],
        cwd=desk,
        env=_environment(desk),
        capture_output=True,
        check=False,
    )
    assert piped.stderr == b""


def test_lines_are_as_wide_as_the_terminal(desk: Path, terminals: list[Terminal]) -> None:
    (desk / "article.txt").write_text(
        "The talks went on and on. " * 10 + "The 29 NATO allies met. " + "So be it. " * 30
    )
    terminal = Terminal(desk, "check", "article.txt", "--facts", "facts.yaml", "--select", "counts", columns=60)
    terminals.append(terminal)
    said = re.sub(r"\x1b\[[0-9;]*m", "", terminal.until("suggestion"))
    shown, under = (line.rstrip("\r") for line in said.splitlines()[1:3])
    assert len(shown) <= 60
    assert shown[under.index("^") :].startswith("29 NATO")


# Stopped in the middle


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _wait_for(condition: Any) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks for processes in /proc")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_stays_and_no_file_is_half_written(desk: Path, sign: signal.Signals) -> None:
    text = "The 29 NATO allies met , and and left. Nobody knew of the 28 NATO allies.\n" * 2000
    for number in range(60):
        (desk / f"text-{number}.txt").write_text(text)
    kept = {path: path.read_bytes() for path in desk.iterdir()}
    command = [sys.executable, "-m", "factlint", "check", ".", "--facts", "facts.yaml", "--jobs", "2", "--no-cache"]
    process = subprocess.Popen(
        [*command, "--format", "json:out.json"],
        cwd=desk,
        env=_environment(desk),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=_heed_ctrl_c,
    )
    try:
        assert _wait_for(lambda: len(_children(process.pid)) >= 2)
        children = _children(process.pid)
        # Ctrl-C reaches all processes of a terminal, other signals only the one they are sent to.
        (os.killpg if sign == signal.SIGINT else os.kill)(process.pid, sign)
        _, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == (130 if sign == signal.SIGINT else -sign)
        assert b"Traceback" not in err
        assert _wait_for(lambda: not any(map(_alive, children)))
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    assert {path: path.read_bytes() for path in desk.iterdir()} == kept


_FIXED_IN_A_LOOP = """
import os, random, signal, sys, time
from factlint.cli import cli
path, times = sys.argv[1], int(sys.argv[2])
old = b"The 30 NATO allies met , and and left.\\n" * 60
new = b"The 30 NATO allies met, and left.\\n" * 60
def fix():
    try:
        cli(["check", path, "--isolated", "--facts", "pack:international-organizations", "--select", "spacing",
             "--select", "repetition/doubled-word", "--fix", "--format", "json:" + os.devnull, "--quiet"],
            standalone_mode=False)
    except SystemExit:
        pass
random.seed(11)
seen = set()
open(path, "wb").write(old)
fix()
assert open(path, "rb").read() == new, open(path, "rb").read()[:200]
start = time.monotonic()
open(path, "wb").write(old)
fix()
latest = 1.1 * (time.monotonic() - start)
for _ in range(times):
    open(path, "wb").write(old)
    child = os.fork()
    if child == 0:
        fix()
        os._exit(0)
    time.sleep(random.uniform(0, latest))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    now = open(path, "rb").read()
    seen.add(now == new)
    latest *= 0.95 if now == new else 1.05  # around the moment of the change, however busy the machine is
    if now not in (old, new):
        sys.exit("neither old nor new")
print(sorted(seen))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_fix_killed_at_random_moments_leaves_old_or_new(desk: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FIXED_IN_A_LOOP, str(desk / "article.txt"), "200"],
        capture_output=True,
        text=True,
        env=_environment(desk),
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "[False, True]\n"


# Completion


def _completed(desk: Path, *words: str) -> list[str]:
    environment = _environment(
        desk, {"_FACTLINT_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
    )
    done = subprocess.run(
        [sys.executable, "-m", "factlint"], cwd=desk, env=environment, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device")
def test_an_output_without_room_is_told(desk: Path) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "factlint", "check", "article.txt", "--facts", "facts.yaml"],
            cwd=desk,
            env=_environment(desk),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("the output cannot be written: ")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device")
@pytest.mark.parametrize("words", ["chek", "explain no/such", "check --facts nosuch.yaml article.txt"])
def test_a_complaint_without_room_leaves_the_status(desk: Path, words: str) -> None:
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "factlint", *words.split()]
        done = subprocess.run(command, cwd=desk, env=_environment(desk), stderr=full, check=False)
    assert done.returncode == 2


@pytest.mark.parametrize("closed", [">&-", ">&- 2>&-", ">/dev/null 2>&-", ">&- <&-"])
def test_closed_outputs_leave_the_status(desk: Path, closed: str) -> None:
    command = f'"{sys.executable}" -m factlint check article.txt --facts facts.yaml {closed}'
    done = subprocess.run(["sh", "-c", command], cwd=desk, env=_environment(desk), capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")


def test_a_closed_input_is_an_empty_one(desk: Path) -> None:
    command = f'"{sys.executable}" -m factlint check - --facts facts.yaml <&-'
    done = subprocess.run(["sh", "-c", command], cwd=desk, env=_environment(desk), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_completion(desk: Path) -> None:
    assert _completed(desk, "factlint", "cl") == ["plain,claims", "plain,clean"]
    assert "plain,--select" in _completed(desk, "factlint", "check", "--se")
    assert _completed(desk, "factlint", "check", "--select", "dates/we") == ["plain,dates/weekday"]
    assert _completed(desk, "factlint", "check", "--format", "sa") == ["plain,sarif"]
    assert _completed(desk, "factlint", "check", "--fail-on", "wa") == ["plain,warning"]
    assert _completed(desk, "factlint", "explain", "names/mis") == ["plain,names/misspelled"]
    assert _completed(desk, "factlint", "check", "arti") == ["file,arti"]
    assert "plain,check" in _completed(desk, "factlint", "facts", "")
    environment = _environment(desk, {"_FACTLINT_COMPLETE": "zsh_source"})
    done = subprocess.run(
        [sys.executable, "-m", "factlint"], env=environment, capture_output=True, text=True, check=False
    )
    assert "#compdef factlint" in done.stdout
