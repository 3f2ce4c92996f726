"""Where the edits of a finding stand in lines and columns, as far as the finding itself tells.

A place is worked out from the finding's own two places and its excerpt, never by looking at a file.
"""

from __future__ import annotations

from factlint.findings import Edit, Finding, Place


def place_at(finding: Finding, offset: int) -> Place | None:
    """The place of an offset of the file: an end of the finding, or anywhere in the line that it starts in."""
    for known in (finding.start, finding.end):
        if offset == known.offset:
            return known
    start, line = finding.start, finding.excerpt.rstrip("\r\n")
    index = start.column - 1 + offset - start.offset
    if not 0 <= index <= len(line):
        return None
    before = line[:index]
    return Place(start.line, index + 1, offset, utf16_units(before) + 1, len(_utf8(before)) + 1)


def places_of(finding: Finding, edit: Edit) -> tuple[Place, Place] | None:
    """The two ends of an edit, if both can be told."""
    start, end = place_at(finding, edit.at.start), place_at(finding, edit.at.end)
    return (start, end) if start and end else None


def utf16_units(text: str) -> int:
    """How many UTF-16 code units a text takes."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
