"""The commands. The only module that uses click, prints, exits, or asks what day it is.

Exit status: 0 nothing at or above --fail-on, 1 something is, 2 the run could not be done as asked.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, Any, NoReturn

import click
from msgspec import Struct
from msgspec.structs import replace

from factlint import VERSION
from factlint.source import InputError

if TYPE_CHECKING:
    from factlint.config import Settings
    from factlint.findings import Failure, Finding, Report
    from factlint.run import Options, Plan
    from factlint.times import Period

LEVELS = ("error", "warning", "info", "never")
NOTHING, FOUND, FAILED = 0, 1, 2
BASELINE = ".factlint-baseline.json"
WITH_RULES = ("sarif",)  # formats that tell more of rules than their ids

# Commands that are loaded when they are called, as module:name.
LATER = {
    "claims": "factlint.cli_claims:claims",
    "explain": "factlint.cli_rules:explain",
    "facts": "factlint.cli_facts:facts",
    "init": "factlint.cli_init:init",
    "rules": "factlint.cli_rules:list_rules",
    "why": "factlint.cli_claims:why",
}


class Commands(click.Group):
    """A group of commands that tells the nearest one to a word that is none, and loads some when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *(LATER if ctx.parent is None else ())})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if ctx.parent is None and cmd_name in LATER:
            from importlib import import_module

            module, _, name = LATER[cmd_name].partition(":")
            command: click.Command = getattr(import_module(module), name)
            return command
        return super().get_command(ctx, cmd_name)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            from factlint.yamlfile import nearest

            guess = nearest(args[0], self.list_commands(ctx))
            hint = f" Did you mean “{guess}”?" if guess else ""
            raise click.UsageError(f"There is no command “{args[0]}”.{hint}", ctx) from None


class Word(click.Choice[str]):
    """One of some words; a word that is none is told the nearest."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value in self.choices:
            return str(value)
        from factlint.yamlfile import nearest

        guess = nearest(str(value), self.choices)
        hint = f"; did you mean “{guess}”?" if guess else f": {', '.join(self.choices)}."
        raise click.BadParameter(f"“{value}” is none of the words that it takes{hint}", ctx, param)


def main() -> None:
    """Run the command line."""
    # Nearly all that is made is let go of at once: to look for cycles as often as by default costs a sixth of a run.
    gc.set_threshold(400_000, 50, 50)
    gc.enable()
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever began this: the exit status is all that is asked for
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
    try:
        cli(prog_name="factlint", standalone_mode=False)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        click.echo("stopped", err=True)
        sys.exit(130)
    except click.ClickException as error:
        with suppress(OSError):
            error.show()
        sys.exit(FAILED)
    except InputError as error:
        _fail(error)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        _close_unwritten()
        sys.exit(FAILED)
    except OSError as error:
        _close_unwritten()
        with suppress(OSError):
            _complain(f"{error.filename or 'the output cannot be written'}: {error.strerror or error}")
        sys.exit(FAILED)
    except RecursionError:
        click.echo("factlint: the input is nested too deeply", err=True)
        sys.exit(FAILED)


def _close_unwritten() -> None:
    """Let go of what standard output could not take, so that it is not tried again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(error: InputError) -> NoReturn:
    with suppress(OSError):  # the status says it, too
        _complain(str(error))
    sys.exit(FAILED)


def _complain(text: str) -> None:
    for line in text.split("\n"):
        say(line, err=True)


def say(text: str, *, err: bool = False) -> None:
    """Print a line so that nothing in it acts on a terminal or on the runner of a CI server."""
    from factlint.renderers.escaping import log_line, visible

    click.echo(log_line(visible(text)), err=err)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, "-V", "--version", message="%(prog)s %(version)s")
def cli() -> None:
    """The linter for facts in prose.

    Holds articles against a canonical facts file, as of each article's date, and against themselves.
    """


# What several commands do


def today() -> Period:
    """This day; FACTLINT_TODAY in the environment stands for it where runs must be repeated."""
    from datetime import date

    from factlint.times import Period

    told = os.environ.get("FACTLINT_TODAY")
    if told:
        return parse_date(told)
    day = date.today()
    return Period(day, day)


def parse_date(text: str) -> Period:
    """A date of an option."""
    from factlint.times import parse_iso

    try:
        return parse_iso(text)
    except ValueError as error:
        raise click.UsageError(f"--date: {error}.") from None


def cache_folder(no_cache: bool = False) -> str | None:
    """Where things are kept between runs, if they are."""
    from factlint import kept

    return None if no_cache else kept.own_folder()


def formats_of(given: Sequence[str], output: str | None, default: str = "") -> list[tuple[str, str]]:
    """The formats asked for, each with the file that it goes to (empty: standard output)."""
    from factlint.renderers import RENDERERS

    if not given:
        given = [default or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")]
    made = []
    for one in given:
        name, _, place = one.partition(":")
        if name not in RENDERERS:
            from factlint.yamlfile import nearest

            guess = nearest(name, RENDERERS)
            hint = f" Did you mean “{guess}”?" if guess else f" There are {', '.join(RENDERERS)}."
            raise click.UsageError(f"There is no format “{name}”.{hint}")
        made.append((name, place))
    if output:
        free = [at for at, (_, place) in enumerate(made) if not place]
        if len(free) != 1:
            raise click.UsageError("--output names the file of one format: give the others as --format NAME:FILE.")
        made[free[0]] = (made[free[0]][0], output)
    if sum(not place for _, place in made) > 1:
        raise click.UsageError("Only one format can go to standard output: give the others as --format NAME:FILE.")
    return made


def write_out(text: str, place: str = "") -> None:
    """Write a report to a file (whole or not at all), or to standard output."""
    data = text.encode("utf-8")
    if place:
        try:
            if os.path.exists(place) and not os.path.isfile(place):
                with open(place, "wb") as file:
                    file.write(data)
                return
            from factlint.fixes import write_whole

            write_whole(place, data)
        except OSError as error:
            raise InputError(f"cannot be written: {error.strerror or error}", place) from None
        return
    sys.stdout.flush()
    encoding = sys.stdout.encoding or "utf-8"
    if encoding.lower().replace("-", "") != "utf8" and sys.stdout.isatty():
        data = text.encode(encoding, "backslashreplace")
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
        return
    buffer.write(data)
    buffer.flush()


def _color(place: str) -> bool:
    if place or os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def _width(place: str) -> int:
    """How wide lines of an article are shown: as the terminal is, else 100 columns."""
    if place or not sys.stdout.isatty():
        return 100
    from shutil import get_terminal_size

    return min(max(get_terminal_size((100, 24)).columns, 40), 120)


def rules_told(formats: Iterable[tuple[str, str]], settings_of: Callable[[str], Settings]) -> Mapping[str, Any]:
    """What formats tell of rules, by id; nothing where no format tells anything of them."""
    if not any(name in WITH_RULES for name, _ in formats):
        return {}
    from factlint.explaining import rule_infos
    from factlint.rules import load_rules

    return rule_infos(load_rules(settings_of(".").rules, cache=cache_folder()))


def print_report(
    report: Report, formats: Iterable[tuple[str, str]], rules: Mapping[str, Any], *, waived: bool = True
) -> None:
    """Render a report in all its formats, each to its place."""
    from factlint.renderers import render

    for name, place in formats:
        bright, width = (_color(place), _width(place)) if name == "text" else (False, 100)
        text = render(report, name, rules=rules, version=VERSION, color=bright, width=width, waived=waived)
        write_out(text, place)


def complain_of(failures: Iterable[Failure]) -> bool:
    """Tell what failed on standard error; whether anything did."""
    told = [str(failure) for failure in failures]
    for line in told:
        _complain(line)
    return bool(told)


def status_of(report: Report, fail_on: Callable[[str], str]) -> int:
    """The exit status for a report; `fail_on` gives the least severity that counts in a file."""
    if report.failures:
        return FAILED
    ranks = {"info": 0, "warning": 1, "error": 2, "never": 3}
    for document in report.documents:
        least = ranks[fail_on(document.path)]
        if any(finding.severity.rank >= least for finding in document.findings):
            return FOUND
    return NOTHING


def settings_finder(
    given: Sequence[str], isolated: bool, facts: Sequence[str], rules: Sequence[str], **told: Any
) -> Callable[[str], Settings]:
    """The settings of each path: those of the nearest configuration, with what the command line says."""
    from factlint.config import Settings, finder, load_config, parse_values, with_values

    base = Settings() if isolated else None
    values: dict[str, Any] = {}
    for one in given:
        key, equals, value = one.partition("=")
        if equals and not os.path.exists(one):
            for more, said in parse_values(_as_yaml(key, value)).items():
                both = isinstance(said, Mapping) and isinstance(values.get(more), Mapping)
                values[more] = {**values[more], **said} if both else said
        else:
            if not os.path.isfile(one):
                raise InputError("there is no such configuration file; settings are given as KEY=VALUE", one)
            base = load_config(one)
    if facts:
        values["facts"] = tuple(facts)
    values.update({key: tuple(value) for key, value in told.items() if value})
    found = finder(base)

    def settings_of(path: str) -> Settings:
        settings = with_values(found(path), values)
        if facts or told.get("select"):  # the command line comes before overrides for some files
            overridden = {"facts": facts, "select": told.get("select")}
            settings = replace(
                settings,
                overrides=tuple(
                    replace(one, values={key: value for key, value in one.values.items() if not overridden.get(key)})
                    for one in settings.overrides
                ),
            )
        return replace(settings, rules=(*settings.rules, *rules), on_line=bool(values or rules))

    return settings_of


def _as_yaml(key: str, value: str) -> str:
    """KEY=VALUE as YAML; a dot in the key goes one level down."""
    import json

    first, *rest = key.split(".", 1)
    if rest and first == "options":
        rule, _, option = rest[0].rpartition(".")
        rest = [rule, option] if rule else rest
    inner = value
    for name in reversed(rest):
        inner = "{" + json.dumps(name) + ": " + inner + "}"
    return f"{json.dumps(first)}: {inner}\n"


# Words that the shell completes


def complete_rules(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """The rules and groups that begin so."""
    del context, parameter
    from factlint.rules import load_rules

    rules = load_rules(cache=cache_folder())
    return [
        name for name in sorted({rule.group for rule in rules} | {rule.id for rule in rules}) if name.startswith(begun)
    ]


def complete_formats(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """The formats that begin so."""
    del context, parameter
    from factlint.renderers import RENDERERS

    return [name for name in RENDERERS if name.startswith(begun)]


# Options that several commands share


def rules_option(name: str = "rules") -> Callable[[Any], Any]:
    """--rules, as a parameter of some name."""
    told = "A folder of rules of your own."
    return click.option("--rules", name, multiple=True, metavar="DIR", type=click.Path(), help=told)


config_option = click.option(
    "--config", multiple=True, metavar="FILE|KEY=VALUE", help="A configuration file, or one setting."
)
isolated_option = click.option("--isolated", is_flag=True, help="Look for no configuration file.")
facts_option = click.option(
    "--facts",
    multiple=True,
    metavar="FILE",
    type=click.Path(),
    help="A facts file, or pack:NAME; may be given several times.",
)
date_option = click.option("--date", metavar="DATE", help="Judge as of this date, whatever the articles say.")
output_option = click.option("--output", metavar="FILE", type=click.Path(), help="Write what is reported to a file.")


# check

_FORMATS = "checkstyle, csv, github, gitlab, json, jsonl, junit, markdown, rdjson, sarif or text"
formats_option = click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FMT[:FILE]",
    shell_complete=complete_formats,
    help=f"{_FORMATS}; may be given several times, each with a file.",
)


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path())
@facts_option
@rules_option()
@date_option
@formats_option
@output_option
@click.option(
    "--select",
    multiple=True,
    metavar="GLOB",
    shell_complete=complete_rules,
    help="Run only these rules: ids, groups or patterns.",
)
@click.option("--ignore", multiple=True, metavar="GLOB", shell_complete=complete_rules, help="Don't run these rules.")
@click.option("--fail-on", type=Word(LEVELS), help="The least severity that makes the exit status 1.")
@click.option("--fix", is_flag=True, help="Mend what has only one thinkable repair.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: apply every suggestion that is a fix.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--baseline", metavar="FILE", type=click.Path(), help="Hold back the findings that this file lists.")
@click.option("--write-baseline", is_flag=True, help="Write all present findings to the baseline.")
@click.option("--prune-baseline", "--prune", is_flag=True, help="Drop from the baseline what is found no more.")
@click.option("--no-waived", is_flag=True, help="Leave waived findings out of SARIF.")
@click.option("--stdin-filename", metavar="NAME", help="What standard input (-) is called; its suffix tells the kind.")
@click.option("--jobs", "-j", type=click.IntRange(min=0), default=0, help="Processes; 0, the default: as many as pay.")
@click.option("--no-cache", is_flag=True, help="Read everything anew, keep nothing.")
@click.option("--statistics", is_flag=True, help="Show how often each rule found something.")
@config_option
@isolated_option
@click.option("--show-settings", is_flag=True, help="Show what settings apply, and check nothing.")
@click.option(
    "--files-from",
    metavar="LIST",
    type=click.Path(),
    help="Check the texts that a list of files names: one a line, or parted by NUL; - for standard input.",
)
@click.option("--force-exclude", is_flag=True, help="Leave out excluded files even if they are named.")
@click.option("--watch", is_flag=True, help="Check again whenever a file changes.")
@click.option("--quiet", "-q", is_flag=True, help="No notes and no progress on standard error.")
def check(
    paths: tuple[str, ...],
    facts: tuple[str, ...],
    rules: tuple[str, ...],
    date: str | None,
    formats: tuple[str, ...],
    output: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    baseline: str | None,
    write_baseline: bool,
    prune_baseline: bool,
    no_waived: bool,
    stdin_filename: str | None,
    jobs: int,
    no_cache: bool,
    statistics: bool,
    config: tuple[str, ...],
    isolated: bool,
    show_settings: bool,
    files_from: str | None,
    force_exclude: bool,
    watch: bool,
    quiet: bool,
) -> None:
    """Check articles: files, folders, or - for standard input."""
    from factlint import patterns

    cache = cache_folder(no_cache)
    recalled = patterns.recall(cache) if cache else []

    from factlint.run import Options

    asked = formats_of(formats, output)

    def prepare() -> _Check:
        """What is asked for, by the settings as they are now."""
        settings_of = settings_finder(config, isolated, facts, rules, select=select, ignore=ignore)
        return _Check(
            paths=paths or (() if files_from else (".",)),
            files_from=files_from or "",
            settings_of=settings_of,
            options=options,
            formats=asked,
            fail_on=fail_on,
            fix=fix,
            unsafe=unsafe_fixes,
            diff=diff,
            baseline=baseline or settings_of(".").baseline,
            write_baseline=write_baseline,
            prune=prune_baseline,
            waived=not no_waived,
            statistics=statistics,
            force_exclude=force_exclude,
            quiet=quiet,
            partial=bool(select or ignore),
        )

    options = Options(
        today=today(),
        date=parse_date(date) if date else None,
        jobs=jobs,
        cache=cache,
        with_claims=any(name in ("json", "jsonl", "markdown") for name, _ in asked),
        stdin_name=stdin_filename or "",
    )
    if show_settings:
        path = paths[0] if paths else "."
        settings = prepare().settings_of(path).for_file(path)
        say(f"# from {settings.origin}")
        click.echo(settings.as_text(), nl=False)
        return
    if watch:
        if "-" in (*paths, files_from):
            raise click.UsageError("--watch needs files to watch, not standard input.")
        _watch(prepare, config)
    status = prepare().run()
    if cache:
        patterns.keep(cache, recalled)
    sys.exit(status)


class _Check(Struct, frozen=True):
    """One `factlint check`, which can be run again."""

    paths: Sequence[str]
    files_from: str
    settings_of: Callable[[str], Settings]
    options: Options
    formats: Sequence[tuple[str, str]]
    fail_on: str | None
    fix: bool
    unsafe: bool
    diff: bool
    baseline: str
    write_baseline: bool
    prune: bool
    waived: bool
    statistics: bool
    force_exclude: bool
    quiet: bool
    partial: bool  # whether only some of the configured rules are run

    def run(self) -> int:
        """Check once; returns the exit status."""
        from factlint.files import STDIN, find_files
        from factlint.readers import READERS
        from factlint.run import plan_run, run_plan

        def excluded(path: str) -> bool:
            return self.settings_of(path).excludes(path)

        found = find_files([*self.paths, *self._listed(excluded)], READERS, excluded, force_exclude=self.force_exclude)
        options = self.options
        if STDIN in found.paths:
            options = replace(options, stdin=sys.stdin.buffer.read())
        plan = plan_run(found.paths, self.settings_of, options)
        failures = list(found.failures)
        if self.fix or self.diff:
            with _no_commands() if self.diff else nullcontext():
                changed, stdin, failed = self._mend(plan)
            failures += failed
            if self.diff:
                return FAILED if complain_of(failures) else FOUND if changed else NOTHING
            if stdin is not None:  # what is mended goes to standard output, the report on it elsewhere
                plan = plan_run(found.paths, self.settings_of, replace(options, stdin=stdin))
                return self._finish(plan, run_plan(plan, self._progress), failures, to_stderr=True)
        return self._finish(plan, run_plan(plan, self._progress), failures)

    def _listed(self, excluded: Callable[[str], bool]) -> Sequence[str]:
        """The files that --files-from names."""
        from factlint.files import STDIN, listed_files
        from factlint.readers import READERS
        from factlint.run import read_file

        if not self.files_from:
            return ()
        if self.files_from == STDIN and STDIN in self.paths:
            raise click.UsageError("Standard input can't be both an article and the list of --files-from.")
        data = sys.stdin.buffer.read() if self.files_from == STDIN else read_file(self.files_from)
        return listed_files(data, READERS, excluded)

    def _finish(self, plan: Plan, report: Report, failures: Sequence[Failure], *, to_stderr: bool = False) -> int:
        notes = () if self.quiet else report.notes
        report = replace(report, failures=(*failures, *report.failures), notes=notes)
        if self.write_baseline:
            return self._write_baseline(plan, report)
        report = self._held_back(plan, report)
        rules = rules_told(self.formats, self.settings_of)
        if not any(name == "text" and not place for name, place in self.formats) and not to_stderr:
            for note in report.notes:
                click.echo(f"note: {note}", err=True)
        if to_stderr:
            from factlint.renderers import render

            click.echo(render(report, "text", version=VERSION), err=True, nl=False)
            others = [(name, place) for name, place in self.formats if place]
            print_report(report, others, rules, waived=self.waived)
        elif self.statistics:
            write_out(_statistics(report))
        else:
            print_report(report, self.formats, rules, waived=self.waived)
        complain_of(report.failures)
        return status_of(report, lambda path: self.fail_on or self.settings_of(path).for_file(path).fail_on)

    def _write_baseline(self, plan: Plan, report: Report) -> int:
        from factlint.baseline import baseline_of, load_baseline, write_baseline

        path = self.baseline or BASELINE
        made = baseline_of(report, path, load_baseline(path) if os.path.exists(path) else None, self._ran(plan))
        if complain_of(report.failures):
            return FAILED
        write_baseline(made)
        count = len(made.entries)
        click.echo(f"{count:,} finding{'' if count == 1 else 's'} written to {path}", err=True)
        return NOTHING

    def _ran(self, plan: Plan) -> set[str]:
        """The rules that were run, so that what they don't find any more is gone."""
        from factlint.waivers import waiver_rules

        ran = {rule.id for judge in plan.judges for rule in judge.rules}
        return ran if self.partial else ran.union(waiver_rules())

    def _held_back(self, plan: Plan, report: Report) -> Report:
        """The report without what the baseline holds back; what it holds in vain is told, or dropped."""
        from factlint.baseline import hold_back, load_baseline, pruned, write_baseline

        if not self.baseline:
            if self.prune:
                raise click.UsageError("--prune-baseline needs a baseline: give --baseline FILE.")
            return report
        known = load_baseline(self.baseline)
        report, idle = hold_back(report, known)
        ran = self._ran(plan)
        stale = [entry for entry in idle if entry.rule in ran]
        if self.prune and not report.failures:
            left = pruned(known, stale)
            write_baseline(left)
            dropped = len(known.entries) - len(left.entries)
            if not self.quiet:
                click.echo(f"{dropped:,} of {len(known.entries):,} dropped from {self.baseline}", err=True)
        elif stale and not self.quiet:
            click.echo(f"note: {len(stale):,} of {self.baseline} fit nothing any more: --prune-baseline", err=True)
        return report

    def _not_in_baseline(self, path: str, findings: Sequence[Finding]) -> Sequence[Finding]:
        from factlint.baseline import hold_back, load_baseline
        from factlint.findings import DocumentReport, Report

        if not self.baseline:
            return findings
        report = Report((DocumentReport(path, "", "", 0, tuple(findings)),))
        return hold_back(report, load_baseline(self.baseline))[0].documents[0].findings

    def _mend(self, plan: Plan) -> tuple[bool, bytes | None, list[Failure]]:
        """Mend the files of a plan, or show how they would change.

        Whether any does, what standard input was made if it is among them, and what failed.
        """
        from factlint.files import STDIN
        from factlint.findings import Failure
        from factlint.fixes import write_fixed
        from factlint.mending import mend
        from factlint.run import failure_of

        failures = []
        stdin = None
        fixed = files = 0
        for outcome in mend(plan, unsafe=self.unsafe, keep=self._not_in_baseline):
            if isinstance(outcome, Failure):
                failures.append(outcome)
                continue
            if outcome.path == STDIN and not self.diff:
                stdin = outcome.fixed.data
                sys.stdout.buffer.write(stdin)
                sys.stdout.buffer.flush()
            if not outcome.fixed.stable and not self.quiet:
                say(f"note: {outcome.path}: some fixes undo each other and were left", err=True)
            if outcome.fixed.data == outcome.before:
                continue
            files += 1
            fixed += outcome.fixed.applied
            if self.diff:
                write_out(outcome.diff)
            elif outcome.path != STDIN:
                try:
                    write_fixed(outcome.path, outcome.before, outcome.fixed.data)
                except InputError as error:
                    failures.append(failure_of(error, outcome.path))
        if not self.quiet and files and not self.diff:
            fixes = f"{fixed} fix{'' if fixed == 1 else 'es'}"
            click.echo(f"{fixes} applied in {files} file{'' if files == 1 else 's'}", err=True)
        return files > 0, stdin, failures

    def _progress(self, done: int, total: int) -> None:
        """A bar on long runs, where somebody can see it."""
        if self.quiet or total < 100 or not sys.stderr.isatty() or (done % 10 and done != total):
            return
        width = 30
        full = done * width // total
        end = "\r\x1b[K" if done == total else ""
        sys.stderr.write(f"\r[{'#' * full}{'.' * (width - full)}] {done:,} of {total:,} files{end}")
        sys.stderr.flush()

    def every_path(self) -> Sequence[str]:
        """The files and folders that are checked, named here or in a list."""
        return [*self.paths, *self._listed(lambda path: self.settings_of(path).excludes(path))]

    def written(self) -> set[str]:
        """The files that a run writes, beside articles that it mends."""
        return {place for _, place in self.formats if place}


# Watching


def _watch(prepare: Callable[[], _Check], config: Sequence[str]) -> NoReturn:
    """Check now, and again whenever a file changes that a check reads, until interrupted."""
    try:
        from watchfiles import watch
    except ImportError:
        raise click.UsageError("--watch needs an extra: pip install 'factlint[watch]'.") from None
    from factlint.watching import Watched, watched_of

    def look(before: Watched) -> Watched:
        try:
            once = prepare()
            files = [one for one in (*config, once.baseline, once.files_from) if os.path.isfile(one)]
            written = once.written()
            return watched_of(
                once.every_path(), once.settings_of, files=files, written=written, cache=once.options.cache
            )
        except InputError:
            return before  # the run tells what is wrong with the settings

    watched = look(Watched(frozenset({os.getcwd()})))
    while True:
        new = True
        # Times out at once: the first run begins when the watch has begun, so that no change falls in between.
        for changes in watch(
            *sorted(watched.folders),
            watch_filter=lambda change, path, watched=watched: watched.counts(path),  # type: ignore[misc]
            recursive=False,
            yield_on_timeout=True,
            rust_timeout=100,
            raise_interrupt=True,
        ):
            if not changes and not new:
                continue
            now = look(watched)
            if now != watched:
                watched = now
                break
            new = False
            _again(prepare)


def _again(prepare: Callable[[], _Check]) -> None:
    if sys.stdout.isatty():
        click.clear()
    try:
        prepare().run()
    except InputError as error:
        _complain(str(error))
    click.echo("watching for changes; stop with Ctrl-C", err=True)


@contextmanager
def _no_commands() -> Iterator[None]:
    """Keep a runner of GitHub Actions from acting on what is printed meanwhile: lines of articles as they are."""
    from secrets import token_hex

    told = os.environ.get("GITHUB_ACTIONS") == "true" and not _goes_to_a_file()
    token = token_hex(16)  # nothing in an article can end it
    if told:
        write_out(f"::stop-commands::{token}\n")
    try:
        yield
    finally:
        if told:
            write_out(f"::{token}::\n")


def _goes_to_a_file() -> bool:
    """Whether standard output is kept in a file, where no runner reads it."""
    import stat

    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except OSError:
        return False


def _statistics(report: Report) -> str:
    """How often each rule found something, the most frequent first."""
    counts: dict[tuple[str, str], int] = {}
    for document in report.documents:
        for finding in document.findings:
            key = (finding.rule, finding.severity.value)
            counts[key] = counts.get(key, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    width = len(f"{max(counts.values(), default=0):,}")
    return "".join(f"{count:>{width},}  {severity:<7}  {rule}\n" for (rule, severity), count in ordered)


# report, clean


@cli.command()
@click.argument("saved", metavar="RUN.json", type=click.Path())
@formats_option
@output_option
@click.option("--no-waived", is_flag=True, help="Leave waived findings out of SARIF.")
def report(saved: str, formats: tuple[str, ...], output: str | None, no_waived: bool) -> None:
    """Render a saved JSON report in other formats. The exit status is 0 unless it can't be done."""
    from factlint.renderers.json import parse_report
    from factlint.run import read_file

    data = sys.stdin.buffer.read() if saved == "-" else read_file(saved)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"byte 0x{data[error.start]:02x} at offset {error.start} is not UTF-8", saved) from None
    read = parse_report(text, saved)
    asked = formats_of(formats, output)
    print_report(read, asked, rules_told(asked, settings_finder((), False, (), ())), waived=not no_waived)


@cli.command()
def clean() -> None:
    """Delete what is kept between runs."""
    from factlint.kept import clear

    folder = cache_folder()
    count = clear(folder) if folder else 0
    click.echo(f"{count} file{'' if count == 1 else 's'} deleted from {folder or 'nowhere: there is no such folder'}")


if __name__ == "__main__":
    main()
