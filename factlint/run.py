"""A run over many files: settings, facts and rules for each, on one or several processes, and one report of all.

The report is the same whatever the number of processes and the order of the files. A file that cannot be read is a
failure in the report, and all others are checked.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from factlint import kept
from factlint.baseline import with_fingerprints
from factlint.config import Settings
from factlint.facts.loading import load_facts_and_digest
from factlint.facts.model import Facts
from factlint.files import STDIN
from factlint.findings import DocumentReport, Failure, Finding, Report, Severity
from factlint.lint import Result, Statement, check_document, check_statements, order
from factlint.packing import PackingError, pack, unpack
from factlint.readers import decode, read_document
from factlint.rules import Rule, changed, check_function, choose, load_rules, matches, option_faults
from factlint.source import Document, InputError
from factlint.times import Period, parse_iso
from factlint.waivers import (
    SIDE_SUFFIX,
    Waived,
    Waiver,
    apply_waivers,
    find_waivers,
    parse_side_waivers,
    waiver_rules,
)

# What is used when nothing is said of facts.
DEFAULT_PACKS = ("pack:countries-and-territories", "pack:international-organizations")
DEFAULT_NOTE = "no facts were given: held against the bundled packs ({})"

# How many files' findings are kept for one set of facts and rules, and in how many bytes.
MOST_KEPT = 20_000
MOST_BYTES = 50_000_000

# Below this many bytes in all, further processes cost more than they bring.
WORTH_PROCESSES = 400_000


class Judge(Struct, frozen=True):
    """What files with the same settings are judged by: facts, rules, and the dates that apply.

    `forced` is the date for all, `fallback` (with where it is from) that of documents that give none.
    """

    facts: Facts
    rules: tuple[Rule, ...]
    forced: Period | None
    fallback: Period
    fallback_from: str
    known_rules: frozenset[str]
    today: Period
    require_reason: bool = False
    with_claims: bool = False
    identity: bytes = b""
    waiver_severities: Mapping[str, str] = {}


class Checked(Struct, frozen=True):
    """One document as it was checked, before anything is waived."""

    path: str
    date: str
    date_from: str
    words: int
    result: Result
    waivers: tuple[Waiver, ...] = ()


class Options(Struct, frozen=True):
    """What is asked of a run beside the settings. `today` is the day it is run on."""

    today: Period
    date: Period | None = None
    jobs: int = 1
    cache: str | None = None
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
    facts, digest = load_facts_and_digest(names, allow_outside=settings.allow_outside, cache=options.cache)
    rules = load_rules(settings.rules, cache=options.cache, with_examples=False)
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
        options.today,
        settings.require_reason,
        options.with_claims,
        waiver_severities=_waiver_severities(settings),
    )
    if options.cache is not None:
        judge = replace(judge, identity=_identity(judge, digest))
    return judge, notes


def _identity(judge: Judge, facts: str) -> bytes:
    """All that a judge's findings follow from, beside the files."""
    rules = [
        (rule.id, rule.check, rule.severity.value, rule.message, sorted(rule.options.items())) for rule in judge.rules
    ]
    dates = (str(judge.forced), str(judge.fallback), judge.fallback_from)
    told = (facts, dates, judge.with_claims, sorted(judge.known_rules), rules)
    return kept.code_digest() + marshal.dumps(told, 2)  # of the version in which equal values are equal bytes


def chosen_rules(rules: Iterable[Rule], settings: Settings) -> tuple[Rule, ...]:
    """The rules that settings ask for, with the severities and options that they give them.

    InputError names a pattern that fits no rule, or an option that a rule doesn't take.
    """
    known = tuple(rules)
    where = settings.origin
    asked = [
        (key, pattern) for key in ("select", "ignore", "severity", "options") for pattern in getattr(settings, key)
    ]
    if asked:
        names = [*(rule.id for rule in known), *waiver_rules()]
        for key, pattern in asked:
            if pattern != "all" and not any(matches(name, pattern) for name in names):
                raise InputError(f"{key}: {_no_rule(pattern, names)}", where)
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


def _waiver_severities(settings: Settings) -> Mapping[str, str]:
    """What settings make of the rules by which waivers are judged, where they say anything: a severity, or off."""
    made = {
        name: severity
        for pattern, severity in settings.severity.items()
        for name in waiver_rules()
        if matches(name, pattern)
    }
    off = {name: "off" for pattern in settings.ignore for name in waiver_rules() if matches(name, pattern)}
    return {**made, **off}


def _with_options(rule: Rule, options: Mapping[str, Any] | None) -> Rule:
    return replace(rule, options={**rule.options, **options}) if options else rule


def _refuse_options(rule: Rule, options: Mapping[str, Any], where: str) -> None:
    from factlint.config import node_of
    from factlint.yamlfile import FaultsError, YamlFile

    faults = option_faults(YamlFile(where, node_of(None)), rule.check, node_of(options))
    if faults:
        raise FaultsError([replace(fault, message=f"options: {rule.id}: {fault.message}") for fault in faults])


def _no_rule(pattern: str, names: Sequence[str]) -> str:
    from factlint.yamlfile import nearest

    guess = nearest(pattern, [*names, *(name.partition("/")[0] for name in names)])
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


def check_bytes(path: str, data: bytes, judge: Judge, name: str = "", side: bytes = b"") -> Checked:
    """Check the bytes of a file; InputError if they are no text. `side` is what the file of waivers beside it holds."""
    return check_read(path, dated(read_document(path, data, name or None), judge), judge, side)


def check_read(path: str, document: Document, judge: Judge, side: bytes = b"") -> Checked:
    """Check a document; `path` is what it is reported under."""
    result = check_document(document, judge.facts, judge.rules, with_claims=judge.with_claims)
    waivers = find_waivers(document)
    if side:
        beside = path + SIDE_SUFFIX
        waivers += parse_side_waivers(decode(side, beside).text, beside, document)
    return Checked(path, str(document.date or ""), document.date_from, result.words, result, waivers)


def waived(findings: Iterable[Finding], waivers: Sequence[Waiver], judge: Judge) -> Waived:
    """Hold back what waivers cover, and judge the waivers."""
    if not waivers:
        return Waived(tuple(findings), ())
    assert judge.today.last is not None
    found = apply_waivers(
        findings,
        waivers,
        known_rules=judge.known_rules,
        today=judge.today.last,
        ran={rule.id for rule in judge.rules},
        off=judge.known_rules - {rule.id for rule in judge.rules if rule.enabled},
        require_reason=judge.require_reason,
    )
    if not judge.waiver_severities:
        return found
    return replace(found, about=_as_set(found.about, judge), beside=_as_set(found.beside, judge))


def _as_set(findings: Iterable[Finding], judge: Judge) -> tuple[Finding, ...]:
    """Findings about waivers with the severities that the settings give them."""
    kept = []
    for finding in findings:
        severity = judge.waiver_severities.get(finding.rule, finding.severity.value)
        if severity != "off":
            kept.append(replace(finding, severity=Severity(severity)))
    return tuple(kept)


# Many documents


class Plan(Struct, frozen=True):
    """Which file is judged by which judge (by number), and what was assumed."""

    tasks: tuple[tuple[str, int], ...]
    judges: tuple[Judge, ...]
    notes: tuple[str, ...]
    options: Options


def plan_run(paths: Sequence[str], settings_of: Callable[[str], Settings], options: Options) -> Plan:
    """Load what the settings of some files name, each once. What cannot be used raises its error."""
    judges: list[Judge] = []
    notes: dict[str, None] = {}
    known: list[Settings] = []
    tasks = []
    for path in paths:
        settings = settings_of(path).for_file(path)
        if settings not in known:
            judge, told = judge_of(settings, options)
            notes.update(dict.fromkeys(told))
            known.append(settings)
            judges.append(judge)
        tasks.append((path, known.index(settings)))
    return Plan(tuple(tasks), tuple(judges), tuple(notes), options)


def run(
    paths: Sequence[str],
    settings_of: Callable[[str], Settings],
    options: Options,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Check files, each by the settings that apply to it, into one report, before the baseline.

    `progress` is told how many files are done, of how many.
    """
    return run_plan(plan_run(paths, settings_of, options), progress)


def run_plan(plan: Plan, progress: Callable[[int, int], None] = lambda done, total: None) -> Report:
    """Check the files of a plan into one report, before the baseline."""
    checked: list[Checked] = []
    failures: list[Failure] = []
    for done, outcome in enumerate(_outcomes(plan), 1):
        progress(done, len(plan.tasks))
        if isinstance(outcome, Failure):
            failures.append(outcome)
        else:
            checked.append(outcome)
            failures.extend(outcome.result.failures)
    checked.sort(key=lambda one: one.path)
    between, crashed = _between(checked, plan.judges)
    judge_of_path = {path: plan.judges[number] for path, number in plan.tasks}
    documents: list[DocumentReport] = []
    for one in checked:
        judge = judge_of_path.get(one.path) or plan.judges[0]  # standard input under a name of its own
        every = sorted((*one.result.findings, *between.get(one.path, ())), key=order)
        found = waived(with_fingerprints(one.path, every), one.waivers, judge)
        findings = sorted((*found.kept, *found.about), key=order)
        documents.append(
            DocumentReport(
                one.path,
                one.date,
                one.date_from,
                one.words,
                tuple(findings),
                one.result.claims,
                tuple(sorted(found.waived, key=order)),
            )
        )
        if found.beside:
            documents.append(DocumentReport(one.path + SIDE_SUFFIX, "", "", 0, found.beside))
    return Report(tuple(documents), tuple(sorted((*failures, *crashed), key=str)), plan.notes)


def side_of(path: str) -> bytes:
    """What the file of waivers beside a file holds; nothing where there is none."""
    try:
        with open(path + SIDE_SUFFIX, "rb") as file:
            return file.read()
    except OSError:
        return b""


# Several processes


class _Work(Struct):
    """What a process checks files with."""

    judges: tuple[Judge, ...] = ()


_work = _Work()


def _begin(judges: tuple[Judge, ...], parent: int) -> None:
    import signal
    from threading import Thread

    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process stops all
    Thread(target=_end_with, args=(parent,), daemon=True).start()
    _work.judges = judges


def _end_with(parent: int) -> None:
    """End this process when the one that began it is gone, however that ended."""
    from time import sleep

    while os.getppid() == parent:
        sleep(0.5)
    os._exit(1)


def _check_in_process(tasks: Sequence[tuple[str, int]]) -> list[Checked | Failure]:
    return [_check_path(path, _work.judges[judge]) for path, judge in tasks]


def _check_path(path: str, judge: Judge) -> Checked | Failure:
    try:
        return check_read(path, dated(read_document(path, read_file(path)), judge), judge, side_of(path))
    except InputError as error:
        return failure_of(error, path)


def failure_of(error: InputError, path: str = "") -> Failure:
    """An error of input as part of a report."""
    return Failure(error.message, error.path or path, error.line, error.column)


def _outcomes(plan: Plan) -> Iterator[Checked | Failure]:
    """What each file of a plan gave, in the order of the plan."""
    options = plan.options
    store = _Store(options.cache, plan)
    jobs = min(options.jobs or _usable_cpus(plan.tasks), len(plan.tasks))
    if jobs <= 1 or any(path == STDIN for path, _ in plan.tasks):
        yield from (_outcome(path, number, plan, store) for path, number in plan.tasks)
    else:
        yield from _by_processes(plan, store)
    store.close()


def _outcome(path: str, number: int, plan: Plan, store: _Store) -> Checked | Failure:
    """What one file gave, now or in an earlier run."""
    options = plan.options
    name = (options.stdin_name or STDIN) if path == STDIN else path
    try:
        data = options.stdin if path == STDIN else read_file(path)
        side = side_of(name)
        found = store.find(path, number, data, side)
        if found is None:
            judge = plan.judges[number]
            document = dated(read_document(name, data), judge)
            del data  # a long text takes much room, in each of its forms
            found = check_read(name, document, judge, side)
            del document
            store.keep(path, found)
        return found
    except InputError as error:
        return failure_of(error, name)


def _by_processes(plan: Plan, store: _Store) -> Iterator[Checked | Failure]:
    """What each file gave: what earlier runs found is kept, all others are parted among processes."""
    ready: dict[str, Checked] = {}
    for path, number in plan.tasks:
        with suppress(InputError):  # is told by the process that reads it again
            found = store.find(path, number, read_file(path), side_of(path))
            if found is not None:
                ready[path] = found
    fresh = _computed([task for task in plan.tasks if task[0] not in ready], plan.judges, plan.options.jobs)
    for path, _ in plan.tasks:
        if path in ready:
            yield ready.pop(path)
        else:
            outcome = next(fresh)
            store.keep(path, outcome)
            yield outcome


def _computed(tasks: Sequence[tuple[str, int]], judges: tuple[Judge, ...], jobs: int) -> Iterator[Checked | Failure]:
    jobs = min(jobs or _usable_cpus(tasks), len(tasks))
    if jobs <= 1:
        yield from (_check_path(path, judges[number]) for path, number in tasks)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    for judge in judges:  # import what checks need once, before the processes part
        for rule in judge.rules:
            if not rule.between:
                check_function(rule.check)
    context = get_context("fork" if sys.platform == "linux" else "spawn")
    pool = ProcessPoolExecutor(jobs, context, _begin, (judges, os.getpid()))
    try:
        size = max(1, min(16, len(tasks) // (jobs * 4)))
        chunks = [tasks[at : at + size] for at in range(0, len(tasks), size)]
        with _uninterrupted():  # a process that is just beginning must not be
            futures = deque(pool.submit(_check_in_process, chunk) for chunk in chunks)
        while futures:
            yield from futures.popleft().result()
    except BaseException:
        for process in list(getattr(pool, "_processes", {}).values()):
            process.terminate()
        pool.shutdown()  # all that waits is given up, now that nobody is left to do it
        raise
    pool.shutdown()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait for a moment; processes that begin meanwhile don't get it at all."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


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
    for one in checked:
        for name, stated in one.result.statements.items():
            statements.setdefault(name, []).extend((one.path, statement) for statement in stated)
    return check_statements(statements, [rules[name] for name in sorted(rules)])


# What is kept of files that did not change


class _Store:
    """What earlier runs found, by everything that it follows from: the bytes of the file, its name, facts, rules,
    settings, dates and the program."""

    def __init__(self, folder: str | None, plan: Plan) -> None:
        self.folder = folder
        self.old: dict[bytes, bytes] = {}
        self.new: dict[bytes, bytes] = {}
        self.keys: dict[str, bytes] = {}
        self.name = ""
        if folder is None:
            return
        self.judges = [kept.digest(judge.identity) for judge in plan.judges]
        self.name = kept.digest(b"".join(sorted(set(self.judges)))).hex()[:40]
        data = kept.read(folder, self.name, "run")
        if data is not None:
            with suppress(ValueError, EOFError, TypeError):
                found = marshal.loads(data)
                self.old = found if isinstance(found, dict) else {}

    def find(self, path: str, judge: int, data: bytes, side: bytes) -> Checked | None:
        """What was kept of a file as it is now: `data` are its bytes, `side` those of the file of waivers beside it."""
        if self.folder is None or path == STDIN:
            return None
        key = kept.digest(self.judges[judge] + path.encode("utf-8", "surrogateescape") + b"\0" + data + b"\0" + side)
        self.keys[path] = key
        found = self.old.get(key)
        if found is None:
            return None
        try:
            checked = unpack(found)
        except PackingError:
            return None
        self.new[key] = found
        return checked if isinstance(checked, Checked) else None

    def keep(self, path: str, outcome: Checked | Failure) -> None:
        """Keep what a file gave, unless something failed."""
        if path not in self.keys or isinstance(outcome, Failure) or outcome.result.failures:
            return
        with suppress(PackingError):
            self.new[self.keys[path]] = pack(outcome)

    def close(self) -> None:
        """Write what is kept, if anything is new: what this run saw and, as far as there is room, what others did."""
        if self.folder is None or not self.new.keys() - self.old.keys():
            return
        entries = {**self.new}
        size = sum(map(len, entries.values()))
        for key, value in self.old.items():
            size += len(value)
            if len(entries) > MOST_KEPT or size > MOST_BYTES:
                break
            entries.setdefault(key, value)
        kept.write(self.folder, self.name, "run", marshal.dumps(entries))
