"""A run over many files: settings, facts and rules for each, on one or several processes, and one report of all.

The report is the same whatever the number of processes and the order of the files. A file that cannot be read is a
failure in the report, and all others are checked.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from factlint.config import Settings
from factlint.facts.loading import load_facts
from factlint.facts.model import Facts
from factlint.findings import DocumentReport, Failure, Finding, Report
from factlint.lint import Result, Statement, check_document, check_statements, order
from factlint.readers import read_document
from factlint.rules import Rule, changed, choose, load_rules, matches, option_faults
from factlint.source import Document, InputError
from factlint.times import Period, parse_iso

# What is used when nothing is said of facts.
DEFAULT_PACKS = ("pack:countries-and-territories", "pack:international-organizations")
DEFAULT_NOTE = "no facts were given: held against the bundled packs ({})"

# Below this many bytes in all, further processes cost more than they bring.
WORTH_PROCESSES = 400_000


@dataclass(frozen=True, slots=True)
class Judge:
    """What files with the same settings are judged by: facts, rules, and the dates that apply.

    `forced` is the date for all, `fallback` (with where it is from) that of documents that give none.
    """

    facts: Facts
    rules: tuple[Rule, ...]
    forced: Period | None
    fallback: Period
    fallback_from: str
    known_rules: frozenset[str]
    with_claims: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """One document as it was checked, before anything is waived."""

    path: str
    date: str
    date_from: str
    words: int
    result: Result
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked of a run beside the settings. `today` is the day it is run on."""

    today: Period
    date: Period | None = None
    jobs: int = 1
    cache: Any = None
    with_claims: bool = False
    stdin: bytes = b""
    stdin_name: str = ""


def judge_of(settings: Settings, options: Options) -> tuple[Judge, tuple[str, ...]]:
    """Load what settings name; with it come notes on what was assumed. FaultsError tells what is wrong."""
    names = settings.facts
    notes: tuple[str, ...] = ()
    if names is None:
        names = DEFAULT_PACKS
        notes = (DEFAULT_NOTE.format(", ".join(names)),)
    facts = load_facts(names, allow_outside=settings.allow_outside, cache=options.cache)
    rules = load_rules(settings.rules, cache=options.cache)
    fallback, origin = options.today, "today"
    if settings.date:
        fallback, origin = parse_iso(settings.date), "config"
    elif facts.as_of is not None:
        fallback, origin = facts.as_of, "facts"
    judge = Judge(
        facts,
        chosen_rules(rules, settings),
        options.date,
        fallback,
        origin,
        frozenset(rule.id for rule in rules),
        options.with_claims,
    )
    return judge, notes


def chosen_rules(rules: Iterable[Rule], settings: Settings) -> tuple[Rule, ...]:
    """The rules that settings ask for, with the severities and options that they give them.

    InputError names a pattern that fits no rule, or an option that a rule doesn't take.
    """
    known = tuple(rules)
    where = settings.path or "the command line"
    for key in ("select", "ignore", "severity", "options"):
        for pattern in getattr(settings, key):
            if pattern != "all" and not any(matches(rule.id, pattern) for rule in known):
                raise InputError(f"{key}: {_no_rule(pattern, known)}", where)
    made = []
    for rule in known:
        severity = ""
        for pattern, told in settings.severity.items():
            if matches(rule.id, pattern):
                severity = told
        options = settings.options.get(rule.id)
        if severity == "off":
            continue
        if options:
            _refuse_options(rule, options, where)
        made.append(changed(rule, severity or None, options) if severity else _with_options(rule, options))
    return choose(made, settings.select, settings.ignore)


def _with_options(rule: Rule, options: Mapping[str, Any] | None) -> Rule:
    return replace(rule, options={**rule.options, **options}) if options else rule


def _refuse_options(rule: Rule, options: Mapping[str, Any], where: str) -> None:
    from factlint.config import node_of
    from factlint.yamlfile import FaultsError, YamlFile

    faults = option_faults(YamlFile(where, node_of(None)), rule.check, node_of(options))
    if faults:
        raise FaultsError([replace(fault, message=f"options: {rule.id}: {fault.message}") for fault in faults])


def _no_rule(pattern: str, rules: Sequence[Rule]) -> str:
    from factlint.yamlfile import nearest

    guess = nearest(pattern, [*(rule.id for rule in rules), *(rule.group for rule in rules)])
    return f"there is no rule “{pattern}”" + (f"; did you mean “{guess}”?" if guess else "")


# One document


def dated(document: Document, judge: Judge) -> Document:
    """The document with the date that it is judged as of."""
    if judge.forced is not None:
        return replace(document, date=judge.forced, date_from="option")
    if document.date is not None:
        return document
    return replace(document, date=judge.fallback, date_from=judge.fallback_from)


def read_file(path: str) -> bytes:
    """The bytes of a file; InputError says why it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path) from None


def check_bytes(path: str, data: bytes, judge: Judge, name: str = "") -> Checked:
    """Check the bytes of a file; InputError if they are no text."""
    document = dated(read_document(path, data, name or None), judge)
    result = check_document(document, judge.facts, judge.rules, with_claims=judge.with_claims)
    words = len(document.text.split())
    return Checked(path, str(document.date or ""), document.date_from, words, result, document)


# Many documents


@dataclass(slots=True)
class _Work:
    """What a process needs to check files: the judges, by number, and which file goes to which."""

    judges: list[Judge] = field(default_factory=list)


_work = _Work()


def _begin(judges: list[Judge]) -> None:
    import signal

    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process stops all
    _work.judges = judges


def _check_one(task: tuple[str, int]) -> Checked | Failure:
    path, number = task
    try:
        checked = check_bytes(path, read_file(path), _work.judges[number])
    except InputError as error:
        return failure_of(error, path)
    return replace(checked, document=None)


def failure_of(error: InputError, path: str = "") -> Failure:
    """An error of input as part of a report."""
    return Failure(error.message, error.path or path, error.line, error.column)


def run(
    paths: Sequence[str],
    settings_of: Callable[[str], Settings],
    options: Options,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Check files, each by the settings that apply to it, into one report, before baseline and side files.

    `progress` is told how many files are done. Settings, facts or rules that cannot be used raise their error.
    """
    judges: list[Judge] = []
    notes: dict[str, None] = {}
    by_settings: list[tuple[Settings, int]] = []
    tasks: list[tuple[str, int]] = []
    for path in paths:
        settings = settings_of(path).for_file(path)
        number = next((at for known, at in by_settings if known == settings), -1)
        if number < 0:
            judge, told = judge_of(settings, options)
            notes.update(dict.fromkeys(told))
            number = len(judges)
            judges.append(judge)
            by_settings.append((settings, number))
        tasks.append((path, number))
    checked: list[Checked] = []
    failures: list[Failure] = []
    done = 0
    for outcome in _outcomes(tasks, judges, options):
        done += 1
        progress(done, len(tasks))
        if isinstance(outcome, Failure):
            failures.append(outcome)
        else:
            checked.append(outcome)
            failures.extend(outcome.result.failures)
    between, crashed = _between(checked, judges)
    failures.extend(crashed)
    documents = tuple(
        DocumentReport(
            one.path,
            one.date,
            one.date_from,
            one.words,
            tuple(sorted((*one.result.findings, *between.get(one.path, ())), key=order)),
            one.result.claims,
        )
        for one in sorted(checked, key=lambda one: one.path)
    )
    return Report(documents, tuple(sorted(failures, key=str)), tuple(notes))


def _outcomes(tasks: list[tuple[str, int]], judges: list[Judge], options: Options) -> Iterable[Checked | Failure]:
    _work.judges = judges
    jobs = min(options.jobs or _usable_cpus(tasks), len(tasks))
    if any(path == "-" for path, _ in tasks) or jobs <= 1:
        for path, number in tasks:
            if path == "-":
                try:
                    yield check_bytes(options.stdin_name or "-", options.stdin, judges[number])
                except InputError as error:
                    yield failure_of(error, options.stdin_name or "-")
            else:
                yield _check_one((path, number))
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    for judge in judges:  # load what checks need once, before the processes part
        for rule in judge.rules:
            if not rule.between:
                from factlint.rules import check_function

                check_function(rule.check)
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    pool = ProcessPoolExecutor(jobs, context, _begin, (judges,))
    try:
        chunk = max(1, min(16, len(tasks) // (jobs * 4)))
        yield from pool.map(_check_one, tasks, chunksize=chunk)
    except BaseException:
        for process in list(getattr(pool, "_processes", {}).values()):
            process.terminate()
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


def _usable_cpus(tasks: Sequence[tuple[str, int]]) -> int:
    """How many processes a run is worth."""
    size = 0
    for path, _ in tasks:
        with suppress(OSError):
            size += os.path.getsize(path)
        if size > WORTH_PROCESSES and len(tasks) > 1:
            return os.cpu_count() or 1
    return 1


def _between(checked: Sequence[Checked], judges: Sequence[Judge]) -> tuple[dict[str, list[Finding]], list[Failure]]:
    rules = {rule.id: rule for judge in judges for rule in judge.rules if rule.between}
    if not rules or len(checked) < 2:
        return {}, []
    statements: dict[str, list[tuple[str, Statement]]] = {}
    for one in sorted(checked, key=lambda one: one.path):
        for name, stated in one.result.statements.items():
            statements.setdefault(name, []).extend((one.path, statement) for statement in stated)
    return check_statements(statements, [rules[name] for name in sorted(rules)])
