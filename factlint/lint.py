"""The one pipeline: a document, facts and rules in, findings out.

Nothing here reads a clock, prints or exits. A check that crashes is a failure that is told, and the other rules go on;
every finding's text is what the file says between its offsets.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from factlint.checks import RUN_CHECKS
from factlint.facts.model import Facts
from factlint.findings import CERTAIN, DOUBTFUL, Edit, Failure, Finding, Fix, Place, Problem, Severity, Site
from factlint.mentions import Reading
from factlint.rules import Rule, check_function, fill, function_at
from factlint.source import Document, Span, folded

# What may be markup where it is written.
_SIGNS = frozenset('<&*_`[]|\\"')


class Located(Struct, frozen=True):
    """Where something stands in its file, apart from the document: all that a finding there needs."""

    start: Place
    end: Place
    text: str
    said: str
    quoted: bool
    excerpt: str


class Statement(Struct, frozen=True):
    """What a document states that is held against the statements of other documents by `check`."""

    claim: Any
    at: Located


class Result(Struct, frozen=True):
    """What one document gave: its findings by place, what it states to other documents, and what failed.

    `words` is how many words it has.
    """

    findings: tuple[Finding, ...]
    failures: tuple[Failure, ...] = ()
    statements: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)
    claims: Mapping[str, int] = field(default_factory=dict)
    words: int = 0


class _Locator:
    """Places in the file of a document; lines are looked for once, if anything is reported at all."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.lines: dict[int, str] = {}
        self._last = (0, 0, 0, 0)  # a line, an offset in it, and its columns in UTF-16 and UTF-8 units

    @cached_property
    def starts(self) -> Sequence[int]:
        return self.document.source.line_starts()

    @cached_property
    def data(self) -> Sequence[Span]:
        """The parts of the prose that are data."""
        return [block.span for block in self.document.blocks if block.kind == "data"]

    def place(self, offset: int) -> Place:
        line = bisect_right(self.starts, offset)
        start = self.starts[line - 1]
        column = offset - start + 1
        known_line, known, utf16, utf8 = self._last
        if known_line != line or known > offset:
            known, utf16, utf8 = start, 1, 1
        before = self.document.source.part(known, offset)
        if before.isascii():
            utf16, utf8 = utf16 + len(before), utf8 + len(before)
        else:
            utf16 += len(before.encode("utf-16-le", "surrogatepass")) // 2
            utf8 += len(before.encode("utf-8", "surrogatepass"))
        self._last = line, offset, utf16, utf8
        return Place(line, column, offset, utf16, utf8)

    def excerpt(self, line: int) -> str:
        """A line without its end; the findings of a line share it, however long it is."""
        if line not in self.lines:
            source = self.document.source
            end = self.starts[line] if line < len(self.starts) else len(source.kept)
            self.lines[line] = source.part(self.starts[line - 1], end).rstrip("\r\n")
        return self.lines[line]

    def located(self, span: Span, quoted: bool) -> Located:
        at = self.document.locate(span)
        start, end = self.place(at.start), self.place(at.end)
        said = self.document.text[span.start : span.end]
        written = self.document.source.part(at.start, at.end)
        return Located(start, end, written, said, quoted, self.excerpt(start.line))


def check_document(document: Document, facts: Facts, rules: Iterable[Rule], *, with_claims: bool = False) -> Result:
    """Run rules over a document.

    Findings come by offset; those of the rules that hold texts against each other are not among them (see
    `check_statements`).
    """
    reading = Reading(document, facts)
    found: list[tuple[Rule, list[Problem]]] = []
    stated: dict[str, list[Any]] = {}
    failures: list[Failure] = []
    for rule in rules:
        problems: list[Problem] = []
        try:
            if not rule.between:
                for problem in check_function(rule.check)(reading, **rule.options):
                    if problem.confidence >= DOUBTFUL:
                        problems.append(problem)
            elif rule.check not in stated:
                stated[rule.check] = list(function_at(RUN_CHECKS[rule.check][0])(reading, **rule.options))
        except Exception as error:  # noqa: BLE001 - a check of any origin may fail in any way; it is told
            failures.append(crash(error, document.source.path, rule.id))
        if problems or rule.between:
            found.append((rule, problems))
    claims: Mapping[str, int] = {}
    if with_claims:
        try:
            claims = _count_claims(reading, rules)
        except Exception as error:  # noqa: BLE001
            failures.append(crash(error, document.source.path, "claims"))
    count = reading.count_words()
    _forget(reading)
    locator = _Locator(document)
    findings: list[Finding] = []
    statements: dict[str, tuple[Statement, ...]] = {}
    for rule, problems in found:
        try:
            if rule.check in stated and rule.check not in statements:
                statements[rule.check] = tuple(
                    Statement(claim, locator.located(claim.at, reading.quoted(claim.at)))
                    for claim in stated[rule.check]
                )
            for finding in _findings_of(rule, problems, reading, locator):
                findings.append(finding)  # noqa: PERF402 - those before a crash count
        except Exception as error:  # noqa: BLE001
            failures.append(crash(error, document.source.path, rule.id))
        problems.clear()
    once = tuple(sorted(_once(findings), key=order))
    return Result(once, tuple(failures), statements, claims, count)


def _forget(reading: Reading) -> None:
    """Let go of what only rules need: a long text takes as much room as this and what is made of problems together.

    Some of it refers back to the reading: left there, only a search for cycles would let go of it.
    """
    known = vars(reading)
    quotations = known.get("quotations")
    known.clear()
    if quotations is not None:
        known["quotations"] = quotations
    vars(reading.document).pop("plain", None)


def _findings_of(rule: Rule, problems: Iterable[Problem], reading: Reading, locator: _Locator) -> Iterator[Finding]:
    """What a rule makes of problems, those that read the same at one place once."""
    seen = set()
    for problem in problems:
        finding = finding_of(rule, problem, reading, locator)
        key = (finding.start.offset, finding.end.offset, finding.message)
        if key not in seen:
            seen.add(key)
            yield finding


def _once(findings: list[Finding]) -> list[Finding]:
    """One mistake, one finding: of several at one place with the same suggestion the gravest and surest stays."""
    best: dict[tuple[int, int, str], Finding] = {}
    others = []
    for finding in findings:
        if not finding.suggestions:
            others.append(finding)
            continue
        key = (finding.start.offset, finding.end.offset, finding.suggestions[0])
        known = best.get(key)
        if known is None or _weight(finding) > _weight(known):
            best[key] = finding
    return [*others, *best.values()]


def _weight(finding: Finding) -> tuple[int, float, str]:
    return finding.severity.rank, finding.confidence, finding.rule


def _count_claims(reading: Reading, rules: Iterable[Rule]) -> Mapping[str, int]:
    from factlint.claims import count_claims

    return count_claims(reading, rules)


def order(finding: Finding) -> tuple[int, int, str, str]:
    """Findings come in this order."""
    return finding.start.offset, finding.end.offset, finding.rule, finding.message


def crash(error: Exception, path: str, rule: str) -> Failure:
    """What is told of a check that crashed: which error, and where in the code."""
    where = ""
    trace = error.__traceback__
    while trace is not None:
        where = f" ({trace.tb_frame.f_code.co_name}, line {trace.tb_lineno})"
        trace = trace.tb_next
    told = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return Failure(f"the rule could not be run: {told}{where}", path, rule=rule)


def finding_of(rule: Rule, problem: Problem, reading: Reading, locator: _Locator) -> Finding:
    """What a rule makes of a problem: its words put into the rule's message, its places those of the file."""
    quoted = rule.about_facts and reading.quoted(problem.at)
    at = locator.located(problem.at, quoted)
    related = []
    for other in problem.related:
        site = locator.document.locate(other.at)
        related.append(Site(locator.place(site.start), locator.place(site.end), other.message, other.path))
    fix = None
    if problem.fix and not quoted:
        fix = _fix_in_file(problem.fix, locator)
    return _finding(rule, problem, at, tuple(related), fix)


def _finding(rule: Rule, problem: Problem, at: Located, related: tuple[Site, ...], fix: Fix | None) -> Finding:
    expected = problem.suggestions[0] if problem.suggestions else ""
    message = fill(rule.message, {"text": at.said, "expected": expected, **problem.words})
    severity = rule.severity
    if at.quoted or problem.confidence < CERTAIN:
        severity = Severity.INFO
    return Finding(
        rule=rule.id,
        severity=severity,
        message=message,
        text=at.text,
        start=at.start,
        end=at.end,
        confidence=round(problem.confidence, 3),
        quoted=at.quoted,
        suggestions=problem.suggestions,
        fix=fix,
        facts=problem.facts,
        related=related,
        excerpt=at.excerpt,
    )


def _fix_in_file(fix: Fix, locator: _Locator) -> Fix | None:
    """A fix of the prose as one of the file; None where it would take markup away or nothing would change."""
    if locator.document.source.extracted:
        return None
    edits: list[Edit] = []
    for edit in fix.edits:
        if not _is_no_markup(edit, locator):
            return None
        made = _edits_in_file(edit, locator)
        if made is None:
            return None
        edits.extend(made)
    return Fix(tuple(edits), fix.safe) if edits else None


def _is_no_markup(edit: Edit, locator: _Locator) -> bool:
    """Whether what an edit writes means nothing else in a file with markup: it brings in no sign of that."""
    new = set(edit.text) & _SIGNS
    document = locator.document
    if not new or new <= set(document.text[edit.at.start : edit.at.end]):
        return True
    if new == {'"'}:
        return not any(span.contains(edit.at) for span in locator.data)
    return all(piece.text for piece in document.pieces)


def _edits_in_file(edit: Edit, locator: _Locator) -> list[Edit] | None:
    document = locator.document
    said = document.text[edit.at.start : edit.at.end]
    at = document.locate(edit.at)
    if at.end - at.start == edit.at.end - edit.at.start:
        written = document.source.part(at.start, at.end)
        if written == edit.text:
            return []
        if "\n" not in written and "\r" not in written:
            return [Edit(at, edit.text)]
    # Markup, a line end or an entity stands in between: word by word, so that what parts them stays.
    old, new = folded(said).split(" "), edit.text.split(" ")
    if len(old) != len(new) or not edit.text:
        if _is_prose(document, at, said):
            return [Edit(at, edit.text)]
        return None
    edits, start = [], edit.at.start
    for plain, after in zip(old, new, strict=True):
        before = document.text[start : start + len(plain)]
        if before != after and plain != after:
            span = document.locate(Span(start, start + len(before)))
            if not _is_prose(document, span, before):
                return None
            edits.append(Edit(span, after))
        start += len(before) + 1
    return edits


def _is_prose(document: Document, at: Span, said: str) -> bool:
    """Whether a part of the file is nothing but that prose: no markup, only other forms of its characters."""
    from unicodedata import normalize

    written = document.source.part(at.start, at.end).replace("\r\n", "\n")
    return " ".join(normalize("NFC", written).split("\n")) == " ".join(said.split("\n"))


# Between documents


def check_statements(
    statements: Mapping[str, Sequence[tuple[str, Statement]]], rules: Iterable[Rule]
) -> tuple[dict[str, list[Finding]], list[Failure]]:
    """Hold what all documents state against each other: findings by path.

    `statements` are, for each check, those of all documents with their paths, in the order of the paths.
    """
    found: dict[str, list[Finding]] = {}
    failures: list[Failure] = []
    for rule in rules:
        if not rule.between:
            continue
        of_check = statements.get(rule.check, ())
        places = {(path, statement.claim.at): statement.at for path, statement in of_check}
        judge = function_at(RUN_CHECKS[rule.check][1])
        try:
            for path, problem in judge([(path, statement.claim) for path, statement in of_check], **rule.options):
                if problem.confidence < DOUBTFUL:
                    continue
                related = tuple(_site(places, other.path or path, other.at, other.message) for other in problem.related)
                finding = _finding(rule, problem, places[(path, problem.at)], related, None)
                found.setdefault(path, []).append(finding)
        except Exception as error:  # noqa: BLE001
            failures.append(crash(error, "", rule.id))
    return found, failures


def _site(places: Mapping[tuple[str, Span], Located], path: str, at: Span, message: str) -> Site:
    located = places[(path, at)]
    return Site(located.start, located.end, message, path)


def find_all(document: Document, facts: Facts, rules: Iterable[Rule]) -> Iterator[Finding]:
    """The findings of a document; the first failure is raised."""
    result = check_document(document, facts, rules)
    for failure in result.failures:
        raise RuntimeError(str(failure))
    yield from result.findings
