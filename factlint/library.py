"""factlint as a library: check a text, or a file, against facts, in the calling program.

Nothing is kept between calls beyond what the arguments hold: facts and rules are loaded once by the caller and may be
shared by any number of threads. Nothing is printed, and no clock is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date as date_type
from pathlib import Path

from msgspec.structs import replace

from factlint.baseline import with_fingerprints
from factlint.config import Settings
from factlint.facts.loading import load_facts
from factlint.facts.model import Facts
from factlint.findings import DocumentReport, Finding
from factlint.lint import check_document, order
from factlint.readers import read_document
from factlint.rules import Rule, load_rules
from factlint.run import chosen_rules
from factlint.source import InputError
from factlint.times import Period, parse_iso
from factlint.waivers import Waived, apply_waivers, find_waivers

__all__ = ["CheckError", "check_file", "check_text", "load_facts", "load_rules", "select_rules"]


class CheckError(RuntimeError):
    """A rule could not be run; `report` holds what the others found."""

    def __init__(self, message: str, report: DocumentReport) -> None:
        super().__init__(message)
        self.report = report


def select_rules(
    rules: Iterable[Rule] | None = None,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> tuple[Rule, ...]:
    """The rules to run, as --select and --ignore choose them: of some, or of the bundled ones.

    InputError names a pattern that fits no rule.
    """
    return chosen_rules(load_rules() if rules is None else rules, Settings(select=tuple(select), ignore=tuple(ignore)))


def check_text(
    text: str,
    facts: Facts | str | Path | Sequence[str | Path] = (),
    date: str | Period | None = None,
    *,
    rules: Iterable[Rule] | None = None,
    name: str = "text.txt",
) -> tuple[Finding, ...]:
    """Check a text and return its findings, by offset in code points.

    `facts` are loaded facts (load once, use often), or one or several paths or `pack:NAME`. `date` is the day that the
    text is judged as of, as 2022, 2022-01 or 2022-01-09; without one it is the text's own, else the facts' `as_of`,
    else no day at all: then only what holds on every day contradicts. `name` tells the kind of text by its suffix
    (`page.html`, `post.md`). FaultsError tells everything that is wrong with facts or rules; CheckError that a rule
    crashed. Comments that hold findings back do so whatever their date.
    """
    return check_bytes(text.encode("utf-8", "surrogatepass"), name, facts, date, rules=rules).findings


def check_file(
    path: str | Path,
    facts: Facts | str | Path | Sequence[str | Path] = (),
    date: str | Period | None = None,
    *,
    rules: Iterable[Rule] | None = None,
) -> DocumentReport:
    """Check a file and return its report; InputError if it can't be read or is no text. See check_text."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", str(path)) from None
    return check_bytes(data, str(path), facts, date, rules=rules)


def check_bytes(
    data: bytes,
    name: str,
    facts: Facts | str | Path | Sequence[str | Path],
    date: str | Period | None,
    *,
    rules: Iterable[Rule] | None,
) -> DocumentReport:
    """Check the bytes of a file that is called `name`; see check_text."""
    if not isinstance(facts, Facts):
        facts = load_facts([facts] if isinstance(facts, str | Path) else facts)
    chosen = select_rules() if rules is None else tuple(rules)
    document = read_document(name, data)
    if date is not None:
        period = parse_iso(date) if isinstance(date, str) else date
        document = replace(document, date=period, date_from="option")
    elif document.date is None and facts.as_of is not None:
        document = replace(document, date=facts.as_of, date_from="facts")
    result = check_document(document, facts, chosen)
    found, waivers = with_fingerprints(name, result.findings), find_waivers(document)
    waived = Waived(found, ())
    if waivers:
        waived = apply_waivers(
            found,
            waivers,
            known_rules={rule.id for rule in (*load_rules(), *chosen)},
            today=date_type.min,
            ran={rule.id for rule in chosen},
        )
    report = DocumentReport(
        name,
        str(document.date or ""),
        document.date_from,
        result.words,
        tuple(sorted((*waived.kept, *waived.about), key=order)),
        waived=waived.waived,
    )
    if result.failures:
        raise CheckError("; ".join(str(failure) for failure in result.failures), report)
    return report
