"""Whether the reports of two revisions are the same, byte by byte: what an optimisation must not change.

    python benchmarks/same_reports.py REVISION [--cases FOLDER] [--show N]

The revision is checked out into a folder of its own that is deleted afterwards; against it stands the working tree as
it is. Both check, keeping no results between runs and counting claims, every document of fixtures/ with its facts and
with none, and every case of `--cases` (by default shared/cases beside the project, where that is): articles,
corrections, and texts on a line of JSON, each with its own facts and date. The exit status is 1 where a report differs.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from texts import shared_cases

ROOT = Path(__file__).resolve().parent.parent
# Run in either tree: a line of JSON for each job, with the arguments of one check; its report goes to a file.
DRIVER = """
import io, json, os, sys
from pathlib import Path
from contextlib import redirect_stderr
from factlint.cli import cli
for line in open(sys.argv[1], encoding="utf-8"):
    job = json.loads(line)
    for kept in Path(os.environ["FACTLINT_CACHE_DIR"]).glob("*.run"):
        kept.unlink()  # results are worked out anew, facts and rules are not read again
    told = io.StringIO()
    try:
        with redirect_stderr(told):
            cli(["check", *job["arguments"], "--output", f"{sys.argv[2]}/{job['name']}.json"], standalone_mode=False)
    except SystemExit as stop:
        status = stop.code
    except Exception as error:
        status = f"{type(error).__name__}: {error}"
    with open(f"{sys.argv[2]}/{job['name']}.status", "w", encoding="utf-8") as file:
        file.write(f"{status}\\n{told.getvalue()}")
"""


def jobs(cases: Path | None, work: Path) -> Iterator[tuple[str, list[str]]]:
    """A name and the arguments of one check for everything there is; texts are written to the work folder."""
    for folder in sorted(path for path in (ROOT / "fixtures").iterdir() if path.is_dir()):
        articles = [
            path for path in folder.rglob("*") if path.is_file() and path.name not in ("report.json", "facts.yaml")
        ]
        yield from _with_and_without(f"fixture {folder.name}", sorted(articles), folder / "facts.yaml")
    if cases is None:
        return
    seed = cases / "seed" / "facts.yaml"
    for folder in [*sorted((cases / "articles").glob("*")), cases / "seed"]:
        date = folder / "date"
        told = ["--date", date.read_text().strip()] if date.exists() else []
        yield from _with_and_without(
            f"article {folder.name}", sorted(folder.glob("article.*")), folder / "facts.yaml", told
        )
    clean = sorted((cases / "clean").glob("*.txt"))
    for start in range(0, len(clean), 50):
        yield from _with_and_without(f"clean {start}", clean[start : start + 50], seed)
        for roster in sorted((cases / "rosters").glob("*.json")):
            if start == 0:
                yield f"clean {start} {roster.stem}", _arguments(clean[start : start + 50], roster)
    for path in sorted(cases.glob("*/*.jsonl")):
        if path.parent.name == "seed" or path.name == "expected.jsonl":
            continue
        facts = path.parent / "facts.yaml"
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            case = json.loads(line)
            yield from _texts(f"{path.parent.name} {number}", case, facts if facts.exists() else seed, work)


def _texts(name: str, case: dict[str, Any], facts: Path, work: Path) -> Iterator[tuple[str, list[str]]]:
    """The texts of a case on a line of JSON, with its own facts and date where it has them."""
    if "facts" in case:
        facts = work / f"{name}.facts.json"
        facts.write_text(json.dumps(case["facts"], ensure_ascii=False), "utf-8")
    date = case.get("date") or case.get("article_date")
    for key in ("text", "wrong_text", "right_text"):
        if case.get(key):
            path = work / f"{name} {key}.txt"
            path.write_text(case[key] + "\n", "utf-8")
            yield f"{name} {key}", _arguments([path], facts, ["--date", date] if date else [])


def _with_and_without(
    name: str, paths: list[Path], facts: Path, told: list[str] | None = None
) -> Iterator[tuple[str, list[str]]]:
    if not paths:
        return
    yield f"{name} without facts", _arguments(paths, None, told or [])
    if facts.exists():
        yield f"{name} with facts", _arguments(paths, facts, told or [])


def _arguments(paths: list[Path], facts: Path | None, told: list[str] | None = None) -> list[str]:
    given = ["--facts", str(facts)] if facts else []
    always = ["--isolated", "--jobs", "1", "--format", "json", "--quiet"]
    return [*always, *given, *(told or []), *map(str, paths)]


def run(tree: Path, list_of_jobs: Path, into: Path) -> None:
    """Check all jobs with the factlint of a tree."""
    into.mkdir()
    told = {"PYTHONPATH": str(tree), "FACTLINT_TODAY": "2026-01-01", "FACTLINT_CACHE_DIR": f"{into}-cache"}
    command = [sys.executable, "-c", DRIVER, str(list_of_jobs), str(into)]
    subprocess.run(command, check=True, env={**os.environ, **told, "PYTHONDONTWRITEBYTECODE": "1"}, cwd=into)


def differences(name: str, before: Path, after: Path) -> list[str]:
    """What one report has and the other hasn't, a line each."""
    status = [(folder / f"{name}.status").read_text("utf-8") for folder in (before, after)]
    told = [f"  status or messages: {status[0].strip()!r}, now {status[1].strip()!r}"] if status[0] != status[1] else []
    reports = [folder / f"{name}.json" for folder in (before, after)]
    data = [path.read_bytes() if path.exists() else b"" for path in reports]
    if data[0] == data[1]:
        return told
    found: list[set[str]] = []
    for one in data:
        told_of = set()
        for document in json.loads(one)["documents"] if one else ():
            where = Path(document["path"]).name
            for finding in document["findings"]:
                start = finding["start"]
                told_of.add(
                    f"{where}:{start['line']}:{start['column']} {finding['severity']} {finding['confidence']} "
                    f"[{finding['rule']}] {finding['message']} {finding['suggestions']}"
                )
            told_of.add(f"{where} claims {document.get('claims')}")
        found.append(told_of)
    told += [f"  - {line}" for line in sorted(found[0] - found[1])] + [
        f"  + {line}" for line in sorted(found[1] - found[0])
    ]
    if told:
        return told
    old, new = (one.decode("utf-8", "replace").splitlines() for one in data)
    return [f"  {line}" for line in difflib.unified_diff(old, new, lineterm="", n=0)]


def main() -> int:
    """Compare, print what differs, and say how much was compared."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("revision")
    parser.add_argument("--cases", type=Path, help="A folder of cases.")
    parser.add_argument("--show", type=int, default=20, help="How many lines of each difference are printed.")
    options = parser.parse_args()
    cases = options.cases or shared_cases()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "texts").mkdir()
        every = list(jobs(cases.resolve() if cases else None, folder / "texts"))
        lines = [json.dumps({"name": title, "arguments": arguments}, ensure_ascii=False) for title, arguments in every]
        (folder / "jobs").write_text("\n".join(lines) + "\n", "utf-8")
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--quiet", "--detach", str(folder / "tree"), options.revision], check=True)
        try:
            run(folder / "tree", folder / "jobs", folder / "before")
            run(ROOT, folder / "jobs", folder / "after")
        finally:
            subprocess.run([*git, "remove", "--force", str(folder / "tree")], check=True)
        count = 0
        for title, _ in every:
            told = differences(title, folder / "before", folder / "after")
            if told:
                count += 1
                print(title)
                print("\n".join(told[: options.show]))
    print(f"{len(every)} reports compared with those of {options.revision}: {count} differ")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
