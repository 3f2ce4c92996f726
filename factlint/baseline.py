"""The baseline: findings that were there when a desk began to check, told again by what they say and not by line.

An entry holds back one finding of its path, rule, facts, text and values; whatever has another value is new.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from factlint.findings import DocumentReport, Finding, Report
from factlint.kept import digest
from factlint.source import InputError

FORMAT = 1
WAIVER = "baseline"
# What a message says beside its wording: what it quotes, and numbers.
_VALUE = re.compile(r"“([^“”]*)”|(\d[\d,./:-]*)")


class Entry(Struct, frozen=True, order=True):
    """A finding as the baseline knows it: the n-th of its path, rule, text, facts and values, from 1 in the order of
    the text. `path` is relative to the baseline's folder, with forward slashes."""

    path: str
    rule: str
    text: str
    facts: tuple[str, ...]
    nth: int
    message: str = ""


class Baseline(Struct, frozen=True):
    """The entries of a baseline file."""

    path: str
    entries: tuple[Entry, ...] = ()


# What a finding is, apart from where it stands


def fingerprint(rule: str, path: str, text: str, facts: Iterable[str], nth: int) -> str:
    """A name for a finding that stays when lines above it come or go: 32 hexadecimal digits.

    White space and composition of the text don't matter; `nth` tells apart what is otherwise the same.
    """
    parts = (rule, path.removeprefix("./"), folded(text), *sorted(facts), str(nth))
    return digest("\0".join(parts).encode("utf-8", "surrogatepass")).hex()[:32]


def with_fingerprints(path: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings of a document, in the order of its text, each with its fingerprint."""
    seen: Counter[tuple[str, str, tuple[str, ...]]] = Counter()
    named = []
    for finding in findings:
        facts = fact_ids(finding)
        key = (finding.rule, folded(finding.text), facts)
        seen[key] += 1
        named.append(replace(finding, fingerprint=fingerprint(finding.rule, path, finding.text, facts, seen[key])))
    return tuple(named)


def folded(text: str) -> str:
    """A text in normalization form C, its runs of white space as single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fact_ids(finding: Finding) -> tuple[str, ...]:
    """The ids of the facts that a finding rests on, sorted, each once."""
    return tuple(sorted({citation.id for citation in finding.facts}))


def _values(message: str) -> tuple[str, ...]:
    return tuple(sorted(folded(quoted or number.rstrip(".,/:-")) for quoted, number in _VALUE.findall(message)))


_Key = tuple[str, str, str, tuple[str, ...], tuple[str, ...], int]


def _key(entry: Entry) -> _Key:
    return entry.path, entry.rule, entry.text, entry.facts, _values(entry.message), entry.nth


def entries_of(path: str, findings: Iterable[Finding]) -> tuple[Entry, ...]:
    """The findings of a document, in the order of its text, as entries under a path."""
    seen: Counter[tuple[object, ...]] = Counter()
    entries = []
    for finding in findings:
        entry = Entry(path, finding.rule, folded(finding.text), fact_ids(finding), 1, folded(finding.message))
        key = _key(entry)
        seen[key] += 1
        entries.append(replace(entry, nth=seen[key]))
    return tuple(entries)


def relative_path(path: str, baseline: str) -> str:
    """The path of a document from the folder of the baseline file, with forward slashes."""
    folder = os.path.dirname(os.path.abspath(baseline))
    try:
        relative = os.path.relpath(os.path.abspath(path), folder)
    except ValueError:  # another drive
        relative = os.path.abspath(path)
    return relative.replace(os.sep, "/")


# Using it


def hold_back(report: Report, baseline: Baseline) -> tuple[Report, tuple[Entry, ...]]:
    """The report with the findings of the baseline among the waived, and the entries that nothing fits any more.

    Those entries are of documents in the report; of others nothing is known.
    """
    known = {_key(entry): entry for entry in baseline.entries}
    used: set[_Key] = set()
    paths: set[str] = set()
    documents = []
    for document in report.documents:
        path = relative_path(document.path, baseline.path)
        paths.add(path)
        kept, held = [], []
        for finding, entry in zip(document.findings, entries_of(path, document.findings), strict=True):
            key = _key(entry)
            if key in known:
                used.add(key)
                held.append(replace(finding, waiver=WAIVER))
            else:
                kept.append(finding)
        documents.append(_with(document, kept, held) if held else document)
    stale = tuple(entry for key, entry in known.items() if entry.path in paths and key not in used)
    return replace(report, documents=tuple(documents)), stale


def _with(document: DocumentReport, kept: Sequence[Finding], held: Sequence[Finding]) -> DocumentReport:
    waived = sorted((*document.waived, *held), key=lambda finding: (finding.start.offset, finding.end.offset))
    return replace(document, findings=tuple(kept), waived=tuple(waived))


def baseline_of(report: Report, path: str, old: Baseline | None = None, ran: Collection[str] | None = None) -> Baseline:
    """A baseline of all findings of a report, to stand at `path`.

    Entries of `old` stay for other documents, and for rules that are not among those that were run (`ran`).
    """
    checked: set[str] = set()
    entries: set[Entry] = set()
    for document in report.documents:
        relative = relative_path(document.path, path)
        checked.add(relative)
        entries.update(entries_of(relative, document.findings))
    for entry in old.entries if old else ():
        if entry.path not in checked or (ran is not None and entry.rule not in ran):
            entries.add(entry)
    return Baseline(path, tuple(sorted(entries)))


def pruned(baseline: Baseline, stale: Iterable[Entry]) -> Baseline:
    """The baseline without entries that nothing fits, and without those of files that are no more."""
    dropped = {_key(entry) for entry in stale}
    folder = os.path.dirname(os.path.abspath(baseline.path))
    there: dict[str, bool] = {}
    kept = []
    for entry in baseline.entries:
        if entry.path not in there:
            there[entry.path] = os.path.exists(os.path.join(folder, entry.path))
        if there[entry.path] and _key(entry) not in dropped:
            kept.append(entry)
    return replace(baseline, entries=tuple(kept))


# The file


def baseline_text(baseline: Baseline) -> str:
    """The baseline as JSON: one entry on each line, in their order, so that two branches merge."""
    import json

    lines = [
        json.dumps(
            {
                "path": entry.path,
                "rule": entry.rule,
                "text": entry.text,
                "facts": list(entry.facts),
                "nth": entry.nth,
                "message": entry.message,
            },
            ensure_ascii=False,
        )
        for entry in sorted(baseline.entries)
    ]
    text = f'{{\n"factlint": {FORMAT},\n"findings": [\n' + ",\n".join(lines) + ("\n]\n}\n" if lines else "]\n}\n")
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def write_baseline(baseline: Baseline) -> None:
    """Write a baseline to its path, whole or not at all; a file that says the same is left alone."""
    from factlint.fixes import write_whole

    data = baseline_text(baseline).encode("utf-8")
    try:
        with open(baseline.path, "rb") as file:
            if file.read() == data:
                return
    except OSError:
        pass
    try:
        write_whole(baseline.path, data)
    except OSError as error:
        raise InputError(f"the baseline cannot be written: {error.strerror or error}", baseline.path) from None


def load_baseline(path: str) -> Baseline:
    """Read a baseline; InputError says why it cannot be used."""
    try:
        with open(path, "rb") as file:
            text = file.read().decode("utf-8-sig")
    except FileNotFoundError:
        raise InputError("there is no such baseline; --write-baseline writes one", path) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path) from None
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 at byte offset {error.start}", path) from None
    return parse_baseline(text, path)


def parse_baseline(text: str, path: str) -> Baseline:
    """Read the text of a baseline file; InputError says what is wrong with it."""
    import json

    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", path, error.lineno, error.colno) from None
    except RecursionError:
        raise InputError("not a baseline: nested too deeply", path) from None
    if not isinstance(value, dict) or not isinstance(value.get("findings"), list):
        raise InputError("not a baseline: there should be an object with “factlint” and “findings”", path)
    if value.get("factlint") != FORMAT:
        raise InputError(f"not a baseline of format {FORMAT}", path)
    entries = [_entry(item, number, path) for number, item in enumerate(value["findings"], 1)]
    return Baseline(path, tuple(sorted(set(entries))))


def _entry(value: Any, number: int, path: str) -> Entry:
    if not isinstance(value, dict):
        raise InputError(f"not a baseline: finding {number} should be an object", path)
    said = {key: value.get(key) for key in ("path", "rule", "text", "message")}
    facts, nth = value.get("facts", []), value.get("nth", 1)
    for key, text in said.items():
        if not isinstance(text, str):
            raise InputError(f"not a baseline: “{key}” of finding {number} should be text", path)
    if not isinstance(facts, list) or not all(isinstance(fact, str) for fact in facts):
        raise InputError(f"not a baseline: “facts” of finding {number} should be a list of ids", path)
    if not isinstance(nth, int) or isinstance(nth, bool) or nth < 1:
        raise InputError(f"not a baseline: “nth” of finding {number} should be a whole number from 1", path)
    return Entry(value["path"], value["rule"], value["text"], tuple(facts), nth, value["message"])
