"""The linter for facts in prose: holds an article against a canonical facts file, as of the article's date.

    from factlint import check_text, load_facts

    facts = load_facts(["facts.yaml"])
    for finding in check_text("The 29 NATO allies met.", facts, date="2022-01-09"):
        print(finding.start.line, finding.rule, finding.message)

Importing the package loads nothing else; each of these names loads what it needs when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from factlint.facts.model import Facts
    from factlint.findings import DocumentReport, Finding, Severity
    from factlint.library import CheckError, check_file, check_text, load_facts, load_rules, select_rules
    from factlint.rules import Rule
    from factlint.source import InputError
    from factlint.yamlfile import FaultsError

VERSION = "0.1.0"

__all__ = [
    "VERSION",
    "CheckError",
    "DocumentReport",
    "Facts",
    "FaultsError",
    "Finding",
    "InputError",
    "Rule",
    "Severity",
    "check_file",
    "check_text",
    "load_facts",
    "load_rules",
    "select_rules",
]

_HOMES = {
    "CheckError": "factlint.library",
    "DocumentReport": "factlint.findings",
    "Facts": "factlint.facts.model",
    "FaultsError": "factlint.yamlfile",
    "Finding": "factlint.findings",
    "InputError": "factlint.source",
    "Rule": "factlint.rules",
    "Severity": "factlint.findings",
    "check_file": "factlint.library",
    "check_text": "factlint.library",
    "load_facts": "factlint.library",
    "load_rules": "factlint.library",
    "select_rules": "factlint.library",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
