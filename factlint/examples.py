"""The tests inside rule files: each example of a rule, run as `factlint rules --test` runs it.

An example holds if the rule finds exactly what it says, in its order, and its fixes leave nothing to find.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec.structs import replace

from factlint.facts.loading import load_facts
from factlint.facts.model import Facts
from factlint.findings import Failure, Finding
from factlint.fixes import apply
from factlint.lint import Result, check_document, check_statements
from factlint.readers.plain import read_plain
from factlint.rules import Example, Rule, changed
from factlint.source import InputError, Source
from factlint.times import parse_iso

BETWEEN = "\n---\n"  # parts the texts of an example of a rule that holds texts against each other


def run_examples(rules: Iterable[Rule]) -> tuple[Failure, ...]:
    """Run every example of some rules; each that doesn't hold is a failure at its line of the rule file."""
    failures = []
    for rule in rules:
        for example in rule.examples:
            fault = run_example(rule, example)
            if fault:
                failures.append(Failure(fault, rule.path.replace("\\", "/"), example.line, rule=rule.id))
    return tuple(failures)


def run_example(rule: Rule, example: Example) -> str:
    """What is wrong with an example of a rule; nothing if it holds."""
    try:
        facts = _facts(example)
        found, fault = _find(rule, example, facts, example.text)
        if fault:
            return fault
        wanted = [expected.text for expected in example.finds]
        if [finding.text for finding in found] != wanted:
            return f"found {_told([finding.text for finding in found])}, not {_told(wanted)}"
        for finding, expected in zip(found, example.finds, strict=True):
            first = finding.suggestions[0] if finding.suggestions else ""
            if expected.expected is not None and first != expected.expected:
                return f"“{finding.text}”: suggested is {_told([first] if first else [])}, not “{expected.expected}”"
        return _left(rule, example, facts, found)
    except InputError as error:
        return f"the example's facts: {error.message}"


def _left(rule: Rule, example: Example, facts: Facts, found: Sequence[Finding]) -> str:
    """What the fixes of an example leave to find, where all of its findings have one."""
    if not found or any(finding.fix is None for finding in found):
        return ""
    text = example.text
    for _ in found:  # fixes that overlap are made one after the other
        text, applied = apply(text, [finding.fix for finding in found if finding.fix])
        found, _ = _find(rule, example, facts, text)
        if not applied or not found:
            break
    return f"after its fixes, {_told([finding.text for finding in found])} is still found" if found else ""


def _told(texts: Sequence[str]) -> str:
    return ", ".join(f"“{text}”" for text in texts) or "nothing"


def _facts(example: Example) -> Facts:
    import tempfile

    if example.facts is None:
        return Facts()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "facts.json"
        path.write_text(json.dumps({"factlint": 1, **example.facts}), encoding="utf-8")
        return load_facts([path])


def _find(rule: Rule, example: Example, facts: Facts, text: str) -> tuple[list[Finding], str]:
    """What a rule finds in a text, or how it failed."""
    rule = changed(rule, options=example.options)
    parts = text.split(BETWEEN) if rule.between else [text]
    results = [_checked(part, f"text-{number}.txt", rule, example, facts) for number, part in enumerate(parts)]
    failures = [failure.message for result in results for failure in result.failures]
    if not rule.between:
        return [finding for result in results for finding in result.findings], "; ".join(failures)
    stated = [
        (f"text-{number}.txt", statement)
        for number, result in enumerate(results)
        for statement in result.statements.get(rule.check, ())
    ]
    found, crashed = check_statements({rule.check: stated}, [rule])
    failures += [failure.message for failure in crashed]
    return [finding for path in sorted(found) for finding in found[path]], "; ".join(failures)


def _checked(text: str, path: str, rule: Rule, example: Example, facts: Facts) -> Result:
    document = read_plain(Source(path, text))
    date = parse_iso(example.date) if example.date else None
    return check_document(replace(document, date=date), facts, [rule])
