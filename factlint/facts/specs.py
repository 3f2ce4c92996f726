"""The tests inside facts files: texts that must be flagged, or must pass, by what the file says.

A spec passes when every piece that it expects is flagged and nothing else is (findings told as info aside).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fnmatch import fnmatchcase

from msgspec import Struct

from factlint.facts.linting import Lint, reports_of
from factlint.facts.model import Expected, Facts, Spec
from factlint.findings import DocumentReport, Finding, Severity
from factlint.times import Period


class SpecResult(Struct, frozen=True):
    """How a spec came out: what should have been flagged and wasn't, and what was and shouldn't have been."""

    spec: Spec
    missed: tuple[Expected, ...]
    surplus: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether all is as the spec says."""
        return not self.missed and not self.surplus


def run_specs(facts: Facts, check: Callable[[str, Period | None], Sequence[Finding]]) -> tuple[SpecResult, ...]:
    """Run the specs of some facts.

    `check` judges a text by these facts as of a date (that of the spec, or of the facts) and returns its findings.
    """
    return tuple(_judge(spec, check(spec.text, spec.date or facts.as_of)) for spec in facts.specs)


def _judge(spec: Spec, findings: Sequence[Finding]) -> SpecResult:
    left = list(findings)
    missed = []
    for expected in spec.finds:
        found = next((finding for finding in left if _fits(finding, expected)), None)
        if found is None:
            missed.append(expected)
        else:
            left = [finding for finding in left if (finding.start, finding.end) != (found.start, found.end)]
    surplus = tuple(finding for finding in left if finding.severity is not Severity.INFO)
    return SpecResult(spec, tuple(missed), surplus)


def _fits(finding: Finding, expected: Expected) -> bool:
    return (
        finding.text == expected.text
        and (not expected.expected or expected.expected in finding.suggestions)
        and (not expected.rule or fnmatchcase(finding.rule, expected.rule))
    )


def spec_reports(facts: Facts, results: Iterable[SpecResult]) -> tuple[DocumentReport, ...]:
    """What failed as findings in the facts files, one report for each file that has specs."""
    lints: list[Lint] = []
    files: dict[str, None] = {}
    for result in results:
        spec = result.spec
        files[spec.at.file] = None
        for expected in result.missed:
            told = f" as “{expected.expected}”" if expected.expected else ""
            told += f" by {expected.rule}" if expected.rule else ""
            lints.append(Lint("spec-missed", expected.at, {"spec": spec.text, "as": told}))
        for finding in result.surplus:
            words = {"spec": spec.text, "found": finding.text, "rule": finding.rule, "message": finding.message}
            lints.append(Lint("spec-surplus", spec.at, words))
    return reports_of(files, lints, facts)
