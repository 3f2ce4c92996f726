"""What checks yield, what rules make of it, and what a run reports.

A problem knows no rule, no severity and no sentence; a finding carries everything that any renderer
needs, so that rendering never goes back to the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct, field

from factlint.source import Span

CERTAIN = 0.9  # findings below this confidence are reported as info
DOUBTFUL = 0.5  # findings below this confidence are not reported


class Severity(Enum):
    """How grave a finding is; `rank` grows with gravity."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return ("info", "warning", "error").index(self.value)


class Edit(Struct, frozen=True):
    """A replacement of a span by a text. In a problem the span is of the prose, in a finding of the file."""

    at: Span
    text: str


class Fix(Struct, frozen=True):
    """Edits that belong together; `safe` where no other repair is thinkable."""

    edits: tuple[Edit, ...]
    safe: bool = False


class Related(Struct, frozen=True):
    """Another place that belongs to a problem: a span of the prose of this or (with `path`) another document."""

    at: Span
    message: str
    path: str = ""


class Citation(Struct, frozen=True):
    """A fact as a finding cites it; `since` and `until` are ISO dates of any precision or empty."""

    id: str
    says: str
    since: str = ""
    until: str = ""
    file: str = ""
    line: int = 0
    source: Mapping[str, str] | None = None


class Problem(Struct, frozen=True):
    """What a check found at a span of the prose.

    `words` fill the rule's message beside `text` and `expected` (the first suggestion). `confidence` is a
    calibrated probability that a careful editor agrees; see CERTAIN and DOUBTFUL.
    """

    at: Span
    words: Mapping[str, str] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    facts: tuple[Citation, ...] = ()
    confidence: float = 1.0


class Place(Struct, frozen=True):
    """A position in a file: line and column from 1, offset from 0, in code points; the same column in
    UTF-16 units and in UTF-8 bytes, as some formats count."""

    line: int
    column: int
    offset: int
    utf16_column: int = 0
    byte_column: int = 0


class Site(Struct, frozen=True):
    """Another place of a finding, in this file or (with `path`) another."""

    start: Place
    end: Place
    message: str
    path: str = ""


class Finding(Struct, frozen=True):
    """What a rule reports: a problem in a file, in the rule's words. `excerpt` is the line it starts in."""

    rule: str
    severity: Severity
    message: str
    text: str
    start: Place
    end: Place
    confidence: float = 1.0
    quoted: bool = False
    suggestions: tuple[str, ...] = ()
    fix: Fix | None = None
    facts: tuple[Citation, ...] = ()
    related: tuple[Site, ...] = ()
    fingerprint: str = ""
    excerpt: str = ""
    waiver: str = ""


class Failure(Struct, frozen=True):
    """Something that could not be done, said out loud: exit status 2."""

    message: str
    path: str = ""
    line: int = 0
    column: int = 0
    rule: str = ""

    def __str__(self) -> str:
        place = self.path + (f":{self.line}" if self.line else "") + (f":{self.column}" if self.column else "")
        return ": ".join(part for part in (place, self.rule, self.message) if part)


class DocumentReport(Struct, frozen=True):
    """The findings of one document, by offset; `waived` are those that a comment or the baseline holds back."""

    path: str
    date: str
    date_from: str
    words: int
    findings: tuple[Finding, ...]
    claims: Mapping[str, int] = field(default_factory=dict)
    waived: tuple[Finding, ...] = ()


class Report(Struct, frozen=True):
    """All that a renderer needs: documents by path, and what failed."""

    documents: tuple[DocumentReport, ...]
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings are of this severity."""
        return sum(finding.severity is severity for document in self.documents for finding in document.findings)
