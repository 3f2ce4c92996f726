"""How fast factlint is, beside codespell, proselint and typos: one command measures all of it.

    python benchmarks/run.py [--quick] [--texts FOLDER] [--roster FACTS_FILE] [--json FILE] [--paste]
    python benchmarks/run.py --profile [--json FILE] [--paste]

Whole processes, interleaved: every round runs each program once, and a figure is the median of the rounds. Where a
machine is shared, time of the processor (user and system, of all processes) says more than time on the clock; both are
kept. Peak memory is that of the largest process. The other programs live in an environment that is made at the first
run (`--tools` tells where), with what factlint depends on; factlint itself runs from this folder, by that environment's
Python. What it keeps of facts and rules is warm; what it keeps of results is deleted before each run.

Text is that of `--texts`, by default shared/cases/clean beside the project where that is; elsewhere it is made up
(see texts.py). `--json` keeps the figures, group by group, `--paste` puts those of docs/performance.json into
docs/performance.md and draws docs/performance.svg. `--quick` takes less than a minute, on little text, once. For Unix.
"""

from __future__ import annotations

import argparse
import configparser
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import show
from texts import shared_cases

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "fixtures" / "seed"
DOCS = ROOT / "docs" / "performance.json"
OTHERS = ("codespell", "proselint", "typos")
GROUPS = ("start", "one", "many", "jobs", "text", "facts", "rules")
ENOUGH = 100.0  # seconds of one program in one group, after which it isn't run again
FACTLINT = "import sys; from factlint.__main__ import start; sys.argv[0] = 'factlint'; start()"
FINDALL = """
import os, re, sys
for name in [sys.argv[1]] if os.path.isfile(sys.argv[1]) else [entry.path for entry in os.scandir(sys.argv[1])]:
    with open(name, encoding="utf-8") as file:
        re.findall(r"\\w+", file.read())
"""


@dataclass(frozen=True)
class Run:
    """One process: seconds on the clock and of the processor, and the most memory in MB."""

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True)
class Case:
    """What is run: a program on a text. `before` is called before each run and not measured; `size` is in bytes."""

    group: str
    label: str
    program: str
    command: tuple[str, ...]
    size: int
    fine: tuple[int, ...] = (0, 1)
    before: Callable[[], object] = lambda: None
    environment: tuple[tuple[str, str], ...] = ()


@dataclass
class Bench:
    """Where everything is: the environment of the programs, the folder of made texts, the options."""

    python: str
    bin: Path
    work: Path
    texts: Path | None
    rounds: int
    limit: float
    started: dict[str, float] = field(default_factory=dict)

    def path(self, name: str) -> Path:
        """A place in the folder of made texts."""
        return self.work / name

    def run(
        self, command: Sequence[str], fine: Sequence[int], environment: Iterable[tuple[str, str]] = ()
    ) -> Run | None:
        """Run one process to its end; None where it takes longer than the limit."""
        told = {
            "PATH": f"{self.bin}{os.pathsep}{os.environ.get('PATH', '')}",
            "HOME": str(self.work),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "FACTLINT_TODAY": "2026-01-01",
            **dict(environment),
        }
        with open(self.path("errors"), "wb") as errors:
            start = time.perf_counter()
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors, env=told, cwd=self.work
            )
            timer = threading.Timer(self.limit, process.kill)
            timer.start()
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode == -9 and wall >= self.limit:
            return None
        if process.returncode not in fine:
            said = self.path("errors").read_text("utf-8", "replace")[-600:]
            raise SystemExit(f"{' '.join(command)[:300]}: exit {process.returncode}\n{said}")
        return Run(
            wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
        )


# The programs


def tools(folder: Path) -> Path:
    """The environment of the programs, made where there is none or the lists of requirements have changed."""
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg")
    wanted = [*config["options"]["install_requires"].split("\n")[1:], *OTHERS]
    stamp = folder / "made-for.txt"
    if not stamp.exists() or stamp.read_text() != "\n".join(wanted):
        print(f"making {folder} with {', '.join(OTHERS)}", file=sys.stderr)
        if not (folder / "bin" / "python").exists():
            subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        command = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*command, *wanted], check=True, stderr=subprocess.DEVNULL)
        stamp.write_text("\n".join(wanted))
    return folder / "bin"


def versions(bench: Bench) -> dict[str, str]:
    """The version of each program."""
    code = f"import json, importlib.metadata as m; print(json.dumps({{n: m.version(n) for n in {OTHERS!r}}}))"
    done = subprocess.run([bench.python, "-c", code], capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(done.stdout)
    return {**found, "python": platform.python_version()}


def others(bench: Bench, group: str, label: str, path: Path, size: int) -> Iterator[Case]:
    """The other programs on a text, each as it is used by itself, on one thread."""
    yield Case(group, label, "codespell", (str(bench.bin / "codespell"), str(path)), size, (0, 65))
    yield Case(
        group, label, "typos", (str(bench.bin / "typos"), "--isolated", "--threads", "1", str(path)), size, (0, 2)
    )
    yield Case(group, label, "proselint", (str(bench.bin / "proselint"), "check", str(path)), size, (0, 1))


def factlint(
    bench: Bench,
    group: str,
    label: str,
    path: Path,
    size: int,
    *told: str,
    facts: Path = SEED / "facts.yaml",
    program: str = "factlint",
    keep: str = "facts",
) -> Case:
    """Factlint on a text, with all its default rules.

    `keep` says what is kept from earlier runs: nothing, facts and rules, or results too.
    """
    cache = bench.path("cache-" + "".join(filter(str.isalnum, f"{group}{label}{program}")))
    start = (bench.python, "-c", FACTLINT, "check", "--isolated", "--facts", str(facts), *told)
    environment = (("FACTLINT_CACHE_DIR", str(cache)),)

    def before() -> None:
        if keep == "nothing":
            shutil.rmtree(cache, ignore_errors=True)
            return
        if not cache.exists():
            for primed in (bench.path("primer.txt"), *((path,) if keep == "results" else ())):
                bench.run((*start, str(primed)), (0, 1), environment)
        if keep == "facts":
            for kept in cache.glob("*.run"):
                kept.unlink()

    return Case(group, label, program, (*start, str(path)), size, (0, 1), before, environment)


# What is measured


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files of a folder."""
    return path.stat().st_size if path.is_file() else sum(entry.stat().st_size for entry in path.iterdir())


def make(bench: Bench, kind: str, name: str, *told: object) -> Path:
    """Make a text, a roster or rules, in a process of its own: its memory would count with that of the next."""
    path = bench.path(name)
    if not path.exists():
        arguments = [sys.executable, str(ROOT / "benchmarks" / "texts.py"), kind, str(path), *map(str, told)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        subprocess.run(arguments, check=True, env=environment)
    return path


def cases(bench: Bench, group: str, quick: bool, roster: Path | None) -> list[Case]:
    """The cases of a group, in the order of a round."""
    made: list[Case] = []
    texts = bench.texts
    if group == "start":
        path = SEED / "article.txt"
        size = size_of(path)
        made = [factlint(bench, group, "seed article", path, size)]
        made.append(
            factlint(bench, group, "seed article", path, size, program="factlint, nothing kept", keep="nothing")
        )
        made.append(
            factlint(bench, group, "seed article", path, size, program="factlint, same file again", keep="results")
        )
        made += others(bench, group, "seed article", path, size)
        made.append(Case(group, "seed article", "python -c pass", (bench.python, "-c", "pass"), size))
    elif group in ("one", "many"):
        megabytes, number = (0.5, 60) if quick else (5, 2000)
        if group == "one":
            path = make(bench, "write_file", f"one-{megabytes}.txt", texts or "", megabytes)
            label = f"one file of {megabytes} MB"
        else:
            path = make(bench, "write_files", f"many-{number}", texts or "", number)
            label = f"{number:,} files"
        size = size_of(path)
        made = [factlint(bench, group, label, path, size, "--jobs", "1"), *others(bench, group, label, path, size)]
        made.append(Case(group, label, "re.findall", (bench.python, "-c", FINDALL, str(path)), size))
    elif group == "jobs":
        number = 200 if quick else 2000
        path = make(bench, "write_files", f"many-{number}", texts or "", number)
        for jobs in ("1", "2"):
            label = "one job" if jobs == "1" else f"{jobs} jobs"
            made.append(factlint(bench, group, label, path, size_of(path), "--jobs", jobs))
    elif group == "text":
        path = bench.path("primer.txt")
        made = [factlint(bench, group, "a line", path, size_of(path), "--jobs", "1")]
        made += others(bench, group, "a line", path, size_of(path))
        for megabytes in (0.25, 1) if quick else (1, 5, 20, 50):
            path = make(bench, "write_drawn", f"drawn-{megabytes}.txt", texts or "", megabytes)
            label = f"{megabytes} MB"
            size = size_of(path)
            made += [factlint(bench, group, label, path, size, "--jobs", "1"), *others(bench, group, label, path, size)]
    elif group == "facts":
        path = make(bench, "write_files", f"many-{30 if quick else 300}", texts or "", 30 if quick else 300)
        size = size_of(path)
        made += others(bench, group, "", path, size)
        for number in (10, 12_767) if quick else (10, 1_000, 12_767, 100_000):
            facts = roster if roster and number == 12_767 else make(bench, "write_roster", f"{number}.json", number)
            label = f"{number:,} entities"
            for program, keep in (("factlint", "facts"), ("factlint, nothing kept", "nothing")):
                made.append(
                    factlint(bench, group, label, path, size, "--jobs", "1", facts=facts, program=program, keep=keep)
                )
    elif group == "rules":
        path = make(bench, "write_files", f"many-{30 if quick else 300}", texts or "", 30 if quick else 300)
        size = size_of(path)
        made += others(bench, group, "", path, size)
        known = sorted(f"{rule.parent.name}/{rule.stem}" for rule in (ROOT / "rules").glob("*/*.yaml"))
        for share in (8, 4, 2):
            chosen = known[::share]
            told = [word for name in chosen for word in ("--select", name)]
            made.append(factlint(bench, group, f"{len(chosen)} of the rules", path, size, "--jobs", "1", *told))
        made.append(factlint(bench, group, "the default rules", path, size, "--jobs", "1"))
        for number in (100,) if quick else (100, 1000):
            rules = make(bench, "write_rules", f"rules-{number}", number)
            label = f"and {number:,} of one's own"
            made.append(factlint(bench, group, label, path, size, "--jobs", "1", "--rules", str(rules)))
    return made


def measure(bench: Bench, every: Sequence[Case]) -> list[dict[str, Any]]:
    """Run all cases in turn, round by round; a row for each."""
    runs: list[list[Run]] = [[] for _ in every]
    over: dict[str, int] = {}  # the first case for which a program takes too long
    for number in range(bench.rounds):
        for at, (case, found) in enumerate(zip(every, runs, strict=True)):
            if at >= over.get(case.program, len(every)) or (
                number and (not found or sum(run.wall for run in found) > ENOUGH)
            ):
                continue
            case.before()
            run = bench.run(case.command, case.fine, case.environment)
            if run is None:
                over[case.program] = at
                found.clear()
            else:
                found.append(run)
            print(".", end="", flush=True, file=sys.stderr)
    print(file=sys.stderr)
    rows = []
    for case, found in zip(every, runs, strict=True):
        row: dict[str, Any] = {"group": case.group, "label": case.label, "program": case.program, "bytes": case.size}
        row["runs"] = len(found)
        if found:
            row["wall"] = round(statistics.median(run.wall for run in found), 4)
            row["cpu"] = round(statistics.median(run.cpu for run in found), 4)
            row["cpu_least"] = round(min(run.cpu for run in found), 4)
            row["cpu_most"] = round(max(run.cpu for run in found), 4)
            row["peak_mb"] = round(max(run.peak for run in found), 1)
        else:
            row["over"] = bench.limit
        rows.append(row)
    return rows


def machine() -> str:
    """What kind of machine this is, by no name."""
    return f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}"


def keep(path: Path, groups: dict[str, Any]) -> None:
    """Write groups of figures to a JSON file, beside those that it has of other groups."""
    known = json.loads(path.read_text("utf-8")) if path.exists() else {}
    path.write_text(json.dumps({**known, **groups}, indent=1, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")


def main() -> None:
    """Measure, print, keep and paste, as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="Little text, one round.")
    parser.add_argument("--texts", type=Path, help="A folder of articles (.txt).")
    parser.add_argument("--roster", type=Path, help="A facts file of about 12,767 entities.")
    parser.add_argument("--tools", type=Path, help="The environment of the other programs.")
    parser.add_argument("--only", nargs="+", choices=GROUPS, default=GROUPS, metavar="GROUP", help=", ".join(GROUPS))
    parser.add_argument("--rounds", type=int, help="How often each is run (5; 1 if quick).")
    parser.add_argument("--limit", type=float, default=300.0, help="Seconds that one run may take.")
    parser.add_argument("--work", type=Path, help="A folder for what is made, kept for the next run.")
    parser.add_argument("--json", type=Path, help="Keep the figures here.")
    parser.add_argument("--profile", action="store_true", help="What each stage and each rule costs, instead.")
    parser.add_argument("--paste", action="store_true", help="Put the figures into docs/; alone: measure nothing.")
    options = parser.parse_args()
    shared = shared_cases()
    texts = options.texts or (shared / "clean" if shared else None)
    roster = options.roster or (shared / "rosters" / "congress-all.json" if shared else None)
    if options.paste and not options.json:
        show.paste(json.loads(DOCS.read_text("utf-8")), DOCS)
        return
    made = {"date": time.strftime("%Y-%m-%d"), "machine": machine(), "text": "real" if texts else "made up"}
    if options.profile:
        import stages

        figures = {"profile": {**made, **stages.profile(texts, options.quick)}}
        print(show.profile_table(figures["profile"]))
        if options.json:
            keep(options.json, figures)
    else:
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        programs = tools((options.tools or cache / "factlint-benchmarks").resolve())
        with tempfile.TemporaryDirectory() as folder:
            work = (options.work or Path(folder)).resolve()
            work.mkdir(parents=True, exist_ok=True)
            for cached in work.glob("cache-*"):
                shutil.rmtree(cached)
            rounds = options.rounds or (1 if options.quick else 5)
            bench = Bench(
                str(programs / "python"), programs, work, texts.resolve() if texts else None, rounds, options.limit
            )
            bench.path("primer.txt").write_text("The vote was on Monday. Nothing else was said.\n")
            known = versions(bench)
            for group in options.only:
                rows = measure(bench, cases(bench, group, options.quick, roster.resolve() if roster else None))
                print(show.table(group, rows) + "\n", flush=True)
                if options.json:
                    keep(options.json, {group: {**made, "rounds": rounds, "versions": known, "rows": rows}})
    if options.paste:
        show.paste(json.loads(options.json.read_text("utf-8")), options.json)


if __name__ == "__main__":
    main()
