"""What rules say of themselves: for `factlint explain`, for the reports, and for the reference of all rules.

Everything is from the rule files, so that what is documented is what runs and what is tested.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from factlint.findings import Severity
from factlint.renderers import RuleInfo
from factlint.renderers.escaping import visible
from factlint.rules import Example, Rule, option_words, options_of
from factlint.waivers import waiver_rules

# How the reference is made anew.
REFERENCE_COMMAND = "python -m factlint rules --isolated --format markdown --output docs/rules.md"

_MOST_EXAMPLES = 4  # of each kind in the reference
_MOST_WORDS = 8  # of a list that is the value of an option there


class BuiltIn(Struct, frozen=True):
    """A rule that is no file: one by which waivers or facts files are judged."""

    id: str
    severity: Severity
    summary: str
    rationale: str


def built_in_rules() -> dict[str, BuiltIn]:
    """The rules by which waivers and facts files are judged, by id."""
    from factlint.facts.linting import GROUP, facts_rules

    found = [(f"{GROUP}/{name}", rule.severity, rule.summary, rule.why) for name, rule in facts_rules().items()]
    found += [(name, rule.severity, rule.summary, rule.rationale) for name, rule in waiver_rules().items()]
    return {name: BuiltIn(name, severity, summary, why) for name, severity, summary, why in sorted(found)}


def rule_infos(rules: Iterable[Rule]) -> Mapping[str, RuleInfo]:
    """What a report tells of some rules and of those that are no files, by id."""
    return {**built_in_rules(), **{rule.id: rule for rule in rules}}


def rule_value(rule: Rule | BuiltIn) -> dict[str, Any]:
    """A rule as JSON has it."""
    value: dict[str, Any] = {"id": rule.id, "severity": rule.severity.value, "summary": rule.summary}
    if isinstance(rule, Rule):
        value["check"] = rule.check
        value["enabled"] = rule.enabled
        value["message"] = rule.message
        value["options"] = dict(rule.options)
        value["examples"] = [
            {"text": example.text, "finds": [_found_value(found.text, found.expected) for found in example.finds]}
            for example in rule.examples
        ]
    value["rationale"] = rule.rationale
    return value


def _found_value(text: str, expected: str | None) -> dict[str, str]:
    return {"text": text} if expected is None else {"text": text, "expected": expected}


def listing(rules: Iterable[Rule | BuiltIn]) -> Iterator[str]:
    """One line for each rule: id, severity, summary."""
    listed = list(rules)
    width = max((len(rule.id) for rule in listed), default=0)
    for rule in listed:
        yield f"{rule.id:<{width}}  {severity_of(rule):<7}  {rule.summary}"


def severity_of(rule: Rule | BuiltIn) -> str:
    """The severity of a rule, or that it is off."""
    return rule.severity.value if isinstance(rule, BuiltIn) or rule.enabled else "off"


def explanation(rule: Rule | BuiltIn) -> Iterator[str]:
    """A rule as lines for reading: what it finds, why, its options, its examples."""
    off = isinstance(rule, Rule) and not rule.enabled
    yield f"{rule.id} ({rule.severity.value}{', off unless selected' if off else ''})"
    yield rule.summary
    yield ""
    yield rule.rationale
    if isinstance(rule, BuiltIn):
        return
    yield ""
    yield f"It says: {rule.message}"
    if rule.options:
        import yaml

        yield ""
        yield "Options:"
        text = yaml.safe_dump(dict(rule.options), allow_unicode=True, sort_keys=True, width=100)
        yield from ("  " + line for line in text.rstrip().split("\n"))
    for title, finding in (("Found:", True), ("Not found:", False)):
        yield ""
        yield title
        for example in rule.examples:
            if bool(example.finds) == finding:
                yield from _example(example)


def _example(example: Example) -> Iterator[str]:
    """An example with what is found in it; what can't be seen is pictured."""
    lines = [visible(line) for line in example.text.rstrip("\n").split("\n")]
    yield "  - " + lines[0]
    yield from (f"    {line}".rstrip() for line in lines[1:])
    for found in example.finds:
        yield f"      “{visible(found.text)}”" + (f" → “{visible(found.expected)}”" if found.expected else "")


# The reference

_HEAD = """\
# Rules

<!-- Made from the rule files. To make it anew:
     {command} -->

{rules} rules in {groups} groups. `--select` and `--ignore` take an id (`names/misspelled`), a group (`names`) or a
pattern (`names/mis*`); settings change severities and options ([gate.md](gate.md)). At a terminal: `factlint rules`,
`factlint explain names/misspelled`.

*error* and *warning* make the exit status 1, *info* doesn't; a rule that is *off* runs only where it is selected by its
id. A finding that is in doubt or inside a quotation is info, whatever its rule's severity. Each rule is a file with its
tests, and the examples below are some of them ([writing-rules.md](writing-rules.md)).
"""

_BUILT_IN = """\
## waivers and facts

What is said of waivers ([suppressing.md](suppressing.md)) and, by `factlint facts check`, of facts files
([facts.md](facts.md)).
"""


def reference(rules: Sequence[Rule]) -> str:
    """The reference of all rules as Markdown."""
    groups: dict[str, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(rule.group, []).append(rule)
    head = _HEAD.format(command=REFERENCE_COMMAND, rules=len(rules), groups=len(groups))
    lines = [*head.split("\n"), "| rule | severity | finds |", "| --- | --- | --- |"]
    for rule in rules:
        lines.append(f"| [{rule.id}](#{_anchor(rule.id)}) | {severity_of(rule)} | {_prose(rule.summary)} |")
    for group, members in groups.items():
        lines += ["", f"## {group}"]
        for rule in members:
            lines += ["", *_section(rule)]
    lines += ["", *_BUILT_IN.split("\n"), "| rule | severity | what should hold | why |", "| --- | --- | --- | --- |"]
    for built_in in built_in_rules().values():
        cells = (built_in.id, built_in.severity.value, _prose(built_in.summary), _prose(built_in.rationale))
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _anchor(heading: str) -> str:
    return heading.replace("/", "")


def _section(rule: Rule) -> Iterator[str]:
    off = "" if rule.enabled else ", off unless selected"
    yield f"### {rule.id}"
    yield ""
    yield f"{rule.severity.value}{off} · says: {_code(rule.message)}"
    yield ""
    yield _prose(rule.summary)
    yield ""
    yield from (_prose(line) for line in rule.rationale.split("\n"))
    options = options_of(rule.check)
    if options:
        yield ""
        yield "| option | takes | here |"
        yield "| --- | --- | --- |"
        for name, (kind, default) in sorted(options.items()):
            value = rule.options.get(name, default)
            yield f"| `{name}` | {option_words(kind)} | {_short(value)} |"
    shown = [
        example
        for finding in (True, False)
        for example in [one for one in rule.examples if bool(one.finds) == finding][:_MOST_EXAMPLES]
    ]
    for title, finding in (("Found:", True), ("Not found:", False)):
        lines = [line for one in shown if bool(one.finds) == finding for line in _example(one)]
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", "\n".join(lines))), default=0))
        yield from ("", title, "", f"{fence}text", *(line[2:] for line in lines), fence)


def _short(value: Any) -> str:
    """The value of an option, or how it begins."""
    if isinstance(value, list | tuple):
        if not value:
            return "none"
        more = len(value) - _MOST_WORDS
        return ", ".join(map(_written, value[:_MOST_WORDS])) + (f" … and {more} more" if more > 0 else "")
    if isinstance(value, Mapping):
        if not value:
            return "none"
        more = len(value) - _MOST_WORDS
        pairs = [f"{_written(key)}: {_short(item)}" for key, item in list(value.items())[:_MOST_WORDS]]
        return "; ".join(pairs) + (f" … and {more} more" if more > 0 else "")
    return _written(value)


def _written(value: Any) -> str:
    return _code(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _code(text: str) -> str:
    """A span of code, also in a table."""
    shown = visible(text).replace("|", "\\|")
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    pad = " " if len(fence) > 1 or shown != shown.strip() or not shown else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def _prose(text: str) -> str:
    """A text as Markdown; its spans of code stay."""
    parts = visible(text).split("`")
    if len(parts) % 2 == 0:  # a grave accent that opens no code
        parts = ["\\`".join(parts)]
    escaped = [re.sub(r"([*_<\[|])", r"\\\1", part) if at % 2 == 0 else part for at, part in enumerate(parts)]
    return "`".join(escaped)
