"""Every example of every rule: exactly those spans, a fix that leaves nothing to find, and no crash."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from factlint.facts.loading import load_facts
from factlint.facts.model import Facts
from factlint.findings import Finding
from factlint.fixes import apply
from factlint.lint import check_document, check_statements
from factlint.readers.plain import read_plain
from factlint.rules import Example, Rule, changed, load_rules
from factlint.source import Document, Source
from factlint.times import parse_iso

RULES = load_rules()
EXAMPLES = [pytest.param(rule, example, id=f"{rule.id}:{example.line}") for rule in RULES for example in rule.examples]
BETWEEN = "\n---\n"  # parts the texts of an example of a rule that holds texts against each other


def _facts(example: Example, folder: Path) -> Facts:
    if example.facts is None:
        return Facts()
    path = folder / "facts.json"
    path.write_text(json.dumps({"factlint": 1, **example.facts}), encoding="utf-8")
    return load_facts([path])


def _document(text: str, example: Example, path: str = "example.txt") -> Document:
    document = read_plain(Source(path, text))
    date = parse_iso(example.date) if example.date else None
    return Document(document.source, document.pieces, document.blocks, date)


def _find(rule: Rule, example: Example, facts: Facts, text: str) -> list[Finding]:
    rule = changed(rule, options=example.options)
    if not rule.between:
        result = check_document(_document(text, example), facts, [rule])
        assert result.failures == ()
        return list(result.findings)
    results = []
    for number, part in enumerate(text.split(BETWEEN)):
        path = f"text-{number}.txt"
        results.append((path, check_document(_document(part, example, path), facts, [rule])))
    assert all(result.failures == () for _, result in results)
    statements = {
        rule.check: [(path, one) for path, result in results for one in result.statements.get(rule.check, ())]
    }
    found, failures = check_statements(statements, [rule])
    assert failures == []
    return [finding for path in sorted(found) for finding in found[path]]


def _first(finding: Finding) -> str | None:
    return finding.suggestions[0] if finding.suggestions else None


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example(rule: Rule, example: Example, tmp_path: Path) -> None:
    facts = _facts(example, tmp_path)
    findings = _find(rule, example, facts, example.text)
    assert [finding.text for finding in findings] == [expected.text for expected in example.finds]
    for finding, expected in zip(findings, example.finds, strict=True):
        if expected.expected is not None:
            assert _first(finding) == expected.expected
        assert "{" not in finding.message
    fixes = [finding.fix for finding in findings if finding.fix]
    if fixes and len(fixes) == len(findings):
        fixed = example.text
        for _ in range(len(fixes)):  # fixes that overlap are made one after the other
            fixed, applied = apply(
                fixed, [finding.fix for finding in _find(rule, example, facts, fixed) if finding.fix]
            )
            if not applied:
                break
        assert _find(rule, example, facts, fixed) == []


def _groups() -> Iterator[str]:
    yield from sorted({rule.group for rule in RULES})


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_is_complete(rule: Rule) -> None:
    finding = [example for example in rule.examples if example.finds]
    assert len(finding) >= 2
    assert len(rule.examples) - len(finding) >= 2
    assert "\n" not in rule.summary
    assert rule.summary.endswith(".")
    assert not rule.message.endswith(".")
