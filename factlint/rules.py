"""Rules: checks put to use, read from YAML files that are rule, documentation and tests in one.

A rule that is loaded can run: its file fits the schema, its check exists and takes its options.
"""

from __future__ import annotations

import marshal
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from msgspec import Struct, field
from msgspec.structs import replace

from factlint import kept
from factlint.checks import CHECKS, RUN_CHECKS
from factlint.findings import Problem, Severity

if TYPE_CHECKING:
    from factlint.mentions import Reading
    from factlint.yamlfile import Fault, Node, YamlFile

Check = Callable[..., Iterator[Problem]]

# Groups of rules that hold a text against facts; what they find inside a quotation is somebody else's word.
FACT_GROUPS = frozenset(
    {
        "acronyms",
        "ages",
        "claims",
        "contradictions",
        "counts",
        "dates",
        "events",
        "figures",
        "names",
        "places",
        "roles",
        "terms",
    }
)

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_ID = re.compile(r"[a-z][a-z0-9-]*/[a-z][a-z0-9-]*")


class Expected(Struct, frozen=True):
    """What an example must be found to hold: the text of the span and, where given, the first suggestion."""

    text: str
    expected: str | None = None


class Example(Struct, frozen=True):
    """A text with exactly what the rule finds in it. `facts` is a facts file's content or None."""

    text: str
    finds: tuple[Expected, ...]
    facts: Mapping[str, Any] | None = None
    date: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    line: int = 0


class Rule(Struct, frozen=True):
    """A check put to use. `path` is the file that it stands in, `enabled` whether it runs unless told otherwise."""

    id: str
    check: str
    severity: Severity
    summary: str
    message: str
    rationale: str
    options: Mapping[str, Any]
    examples: tuple[Example, ...]
    path: str
    enabled: bool = True
    between: bool = False

    @property
    def group(self) -> str:
        """The first half of the id."""
        return self.id.partition("/")[0]

    @property
    def about_facts(self) -> bool:
        """Whether the rule holds the text against facts (or against itself), not against the use of the language."""
        return self.group in FACT_GROUPS

    def find(self, reading: Reading) -> Iterator[Problem]:
        """Run the rule's check on a text."""
        return check_function(self.check)(reading, **self.options)


@cache
def check_function(name: str) -> Check:
    """The function of a check, imported when it is first asked for."""
    return cast(Check, function_at(CHECKS[name]))


@cache
def function_at(where: str) -> Any:
    """The function that is named as module:function."""
    module, _, function = where.partition(":")
    return getattr(import_module(module), function)


def fill(message: str, words: Mapping[str, str]) -> str:
    """A message with its words put in; KeyError for one that is missing."""
    return _PLACEHOLDER.sub(lambda match: words[match[1]], message)


def rules_folder() -> str:
    """Where the bundled rules are: beside the package in a checkout, inside it in an installed one."""
    package = os.path.dirname(__file__)
    inside = os.path.join(package, "rules_data")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(package), "rules")


# Loading


def load_rules(
    folders: Sequence[kept.Folder] = (), *, cache: kept.Folder | None = None, with_examples: bool = True
) -> tuple[Rule, ...]:
    """Load the bundled rules and those of some folders, by id; a later rule takes the place of one of the same id.

    FaultsError carries every fault of every file. `cache` is a folder for what was read, valid while no file changes.
    What comes from there may have no examples, which texts are not checked with, unless they are asked for.
    """
    places = [(rules_folder(), False), *((str(folder), True) for folder in folders)]
    files = [found for place, own in places for found in _files(place, own)]
    if cache is None:
        return _load(files)
    key = _key([os.path.abspath(place) for place, _ in places], files)
    data = kept.read(cache, key, "rules")
    if data is not None:
        try:
            rows, told = marshal.loads(data)
            examples = marshal.loads(told) if with_examples else [()] * len(rows)
            return tuple([_unpacked(row, said) for row, said in zip(rows, examples, strict=True)])
        except (ValueError, EOFError, TypeError, LookupError):
            pass  # damaged: made anew
    rules = _load(files)
    told = marshal.dumps([_packed_examples(rule) for rule in rules])
    kept.write(cache, key, "rules", marshal.dumps(([_packed(rule) for rule in rules], told)))
    return rules


class _File(Struct, frozen=True):
    path: str
    id: str
    size: int
    changed: int


def _files(folder: str, own: bool) -> list[_File]:
    """The rule files of a folder by id, GROUP/NAME.yaml each; FaultsError where there is no such folder."""
    found = []
    try:
        with os.scandir(folder) as groups:
            for group in groups:
                if not group.is_dir() or group.name.startswith((".", "_")):
                    continue
                with os.scandir(group.path) as entries:
                    for entry in entries:
                        if entry.name.endswith((".yaml", ".yml")) and entry.is_file():
                            name = entry.name.rpartition(".")[0]
                            status = entry.stat()
                            found.append(_File(entry.path, f"{group.name}/{name}", status.st_size, status.st_mtime_ns))
    except OSError as error:
        _refuse(folder, f"cannot be read as a folder of rules: {error.strerror or error}")
    if own and not found:
        _refuse(folder, "there are no rules: a rule is a file GROUP/NAME.yaml in this folder")
    return sorted(found, key=lambda file: (file.id, file.path))


def _refuse(path: str, message: str) -> None:
    from factlint.yamlfile import Fault, FaultsError

    raise FaultsError([Fault(path, 0, 0, message)])


def _key(folders: Iterable[str], files: Sequence[_File]) -> str:
    told = "\0".join([*folders, *(f"{file.path}\0{file.size}\0{file.changed}" for file in files)])
    return kept.digest(kept.code_digest() + told.encode("utf-8", "surrogateescape")).hex()[:40]


def _load(files: Iterable[_File]) -> tuple[Rule, ...]:
    from factlint.yamlfile import FaultsError, load

    rules: dict[str, Rule] = {}
    faults: list[Fault] = []
    for file in files:
        try:
            rule, wrong = read_rule(load(file.path), file.id)
        except FaultsError as error:
            faults.extend(error.faults)
            continue
        faults.extend(wrong)
        if rule is not None:
            rules[file.id] = rule
    if faults:
        raise FaultsError(sorted(faults))
    return tuple(rules[name] for name in sorted(rules))


def read_rule(file: YamlFile, name: str) -> tuple[Rule | None, list[Fault]]:
    """The rule of a file, or everything that is wrong with it."""
    from factlint.yamlfile import Fault, nearest, plain, validate

    if not _ID.fullmatch(name):
        return None, [Fault(file.path, 0, 0, f"“{name}” is no rule id: small letters, digits and hyphens, GROUP/NAME")]
    faults = validate(file, schema())
    if faults:
        return None, faults
    root = file.root
    check = root["check"].text
    if check not in CHECKS and check not in RUN_CHECKS:
        guess = nearest(check, [*CHECKS, *RUN_CHECKS])
        hint = f"; did you mean “{guess}”?" if guess else ""
        return None, [file.fault(root["check"], f"there is no check “{check}”{hint}")]
    options = root.get("options")
    faults += option_faults(file, check, options)
    for name in _missing_options(check, options):
        faults.append(file.fault(options or root["check"], f"the check “{check}” needs the option “{name}”"))
    examples = []
    for node in root["examples"].nodes:
        faults += option_faults(file, check, node.get("options"))
        faults += _date_faults(file, node.get("date"))
        facts = node.get("facts")
        given = node.get("options")
        examples.append(
            Example(
                text=node["text"].text,
                finds=tuple(
                    Expected(found["text"].text, found["expected"].text if found.get("expected") else None)
                    for found in node["finds"].nodes
                ),
                facts=plain(facts) if facts else None,
                date=node["date"].text if node.get("date") else "",
                options=plain(given) if given else {},
                line=node.line,
            )
        )
    finding = sum(bool(example.finds) for example in examples)
    if finding < 2 or len(examples) - finding < 2:
        message = (
            f"a rule needs two examples that find something and two that find nothing (it has {finding} and "
            f"{len(examples) - finding})"
        )
        faults.append(file.fault_at_key(root, "examples", message))
    if faults:
        return None, faults
    enabled = root.get("enabled")
    rule = Rule(
        id=name,
        check=check,
        severity=Severity(root["severity"].text),
        summary=root["summary"].text,
        message=root["message"].text,
        rationale=root["rationale"].text.strip(),
        options=plain(options) if options else {},
        examples=tuple(examples),
        path=file.path,
        enabled=enabled is None or bool(enabled.value),
        between=check in RUN_CHECKS,
    )
    return rule, []


def _date_faults(file: YamlFile, node: Node | None) -> list[Fault]:
    from factlint.times import parse_iso

    if node is None:
        return []
    try:
        parse_iso(node.text)
    except ValueError as error:
        return [file.fault(node, str(error))]
    return []


@cache
def schema() -> Mapping[str, Any]:
    """The JSON Schema of a rule file."""
    from factlint.yamlfile import bundled_schema

    return bundled_schema("rule")


# Options


@cache
def options_of(check: str) -> Mapping[str, tuple[Any, Any]]:
    """The options that a check takes: their types and their defaults."""
    import inspect
    from typing import get_type_hints

    called = function_at(CHECKS[check] if check in CHECKS else RUN_CHECKS[check][1])
    hints = get_type_hints(called)
    return {
        name: (hints[name], parameter.default)
        for name, parameter in inspect.signature(called).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY
    }


def _missing_options(check: str, options: Node | None) -> list[str]:
    """The options that a check has no default for and that are not given."""
    import inspect

    given = dict(options.entries) if options else {}
    return [
        name
        for name, (_, default) in options_of(check).items()
        if default is inspect.Parameter.empty and name not in given
    ]


def option_faults(file: YamlFile, check: str, options: Node | None) -> list[Fault]:
    """What is wrong with the options given to a check."""
    from factlint.yamlfile import nearest, plain

    if options is None:
        return []
    known = options_of(check)
    faults = []
    for name, node in options.entries:
        if name not in known:
            guess = nearest(name, known)
            hint = f"; did you mean “{guess}”?" if guess else ""
            faults.append(file.fault_at_key(options, name, f"the check “{check}” has no option “{name}”{hint}"))
        elif not _fits(plain(node), known[name][0]):
            faults.append(file.fault(node, f"the option “{name}” takes {option_words(known[name][0])}"))
    return faults


def _fits(value: Any, kind: Any) -> bool:
    if kind is bool:
        return isinstance(value, bool)
    if kind is int:
        return type(value) is int
    if kind is float:
        return type(value) in (int, float)
    if kind is str:
        return isinstance(value, str)
    arguments = kind.__args__
    if kind.__origin__ is list:
        return isinstance(value, list) and all(_fits(item, arguments[0]) for item in value)
    return isinstance(value, dict) and all(_fits(item, arguments[1]) for item in value.values())


_TOLD = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}


def option_words(kind: Any) -> str:
    """What an option of a type takes, in words."""
    if kind in _TOLD:
        return _TOLD[kind]
    inner = kind.__args__[-1]
    if kind.__origin__ is list:
        return "a list of texts" if inner is str else "a list of lists of texts"
    return "a mapping from texts to texts" if inner is str else "a mapping from texts to lists of texts"


# Choosing


def choose(rules: Iterable[Rule], select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """The rules to run: those that are on, or those that a pattern of `select` names, less those of `ignore`.

    A pattern is an id, a group, or either with * and ?. `all` in `select` takes rules that are off, too; a rule that
    is off is else taken only by its full id.
    """
    chosen = []
    for rule in rules:
        if select:
            taken = any(
                matches(rule.id, pattern) and (rule.enabled or pattern in (rule.id, "all")) for pattern in select
            )
        else:
            taken = rule.enabled
        if taken and not any(matches(rule.id, pattern) for pattern in ignore):
            chosen.append(rule)
    return tuple(chosen)


def matches(name: str, pattern: str) -> bool:
    """Whether a rule id fits a pattern: an id, a group, `all`, or a glob."""
    return pattern in ("all", name) or fnmatchcase(name, pattern) or fnmatchcase(name, pattern.rstrip("/") + "/*")


def changed(rule: Rule, severity: str | None = None, options: Mapping[str, Any] | None = None) -> Rule:
    """The rule with another severity (`off` aside) and with some options replaced."""
    return replace(
        rule,
        severity=Severity(severity) if severity else rule.severity,
        options={**rule.options, **options} if options else rule.options,
        enabled=True,
    )


# What is kept of rules that were read


def _packed(rule: Rule) -> tuple[Any, ...]:
    """A rule without its examples."""
    return (
        rule.id,
        rule.check,
        rule.severity.value,
        rule.summary,
        rule.message,
        rule.rationale,
        rule.options,
        rule.path,
        rule.enabled,
        rule.between,
    )


def _packed_examples(rule: Rule) -> list[tuple[Any, ...]]:
    return [
        (
            example.text,
            [(found.text, found.expected) for found in example.finds],
            example.facts,
            example.date,
            example.options,
            example.line,
        )
        for example in rule.examples
    ]


def _unpacked(row: tuple[Any, ...], examples: Sequence[tuple[Any, ...]]) -> Rule:
    name, check, severity, summary, message, rationale, options, path, enabled, between = row
    return Rule(
        name,
        check,
        Severity(severity),
        summary,
        message,
        rationale,
        options,
        tuple(
            [
                Example(text, tuple([Expected(*found) for found in finds]), facts, date, given, line)
                for text, finds, facts, date, given, line in examples
            ]
        ),
        path,
        enabled,
        between,
    )
