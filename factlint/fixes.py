"""Mending files: which fixes go together, what a file is with them, and writing it whole or not at all.

Of two edits that touch the same place one is applied; every byte that no edit covers stays as it was.
"""

from __future__ import annotations

import errno
import os
import stat
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import pairwise

from msgspec import Struct

from factlint.findings import Edit, Finding, Fix
from factlint.readers.decoding import byte_offsets
from factlint.source import InputError, Source, Span

ROUNDS = 10  # of finding and mending, before two rules are taken to undo each other's work


def wanted(findings: Iterable[Finding], *, unsafe: bool) -> tuple[Fix, ...]:
    """The fixes to apply: the safe ones, the others too if `unsafe`; none of what is quoted."""
    return tuple(
        finding.fix
        for finding in findings
        if finding.fix is not None and finding.fix.edits and not finding.quoted and (unsafe or finding.fix.safe)
    )


def apply(text: str, fixes: Iterable[Fix]) -> tuple[str, tuple[Fix, ...]]:
    """The text with as many of the fixes as go together, each wholly or not at all, and those applied.

    Of fixes that touch, the one that begins first is applied; of those, a safe one first. Fixes with the same edits
    are one.
    """
    applied, edits = _compatible(fixes, len(text))
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += (text[at : edit.at.start], edit.text)
        at = edit.at.end
    return "".join(parts) + text[at:], applied


def apply_to_bytes(data: bytes, source: Source, fixes: Iterable[Fix]) -> tuple[bytes, tuple[Fix, ...]]:
    """The bytes of a file with as many of the fixes as go together; `source` is what `data` was decoded to.

    Encoding, byte-order mark and bytes that are of no character stay; new line ends are of the kind the file has.
    """
    applied, edits = _compatible(fixes, len(source.text))
    starts = byte_offsets(source, [edit.at.start for edit in edits])
    ends = byte_offsets(source, [edit.at.end for edit in edits])
    crlf = "\r\n" in source.text
    parts: list[bytes] = []
    at = 0
    for edit, start, end in zip(edits, starts, ends, strict=True):
        text = edit.text.replace("\r\n", "\n").replace("\n", "\r\n") if crlf else edit.text
        parts += (data[at:start], text.encode(source.encoding))
        at = end
    return b"".join(parts) + data[at:], applied


def _compatible(fixes: Iterable[Fix], length: int) -> tuple[tuple[Fix, ...], list[Edit]]:
    """The fixes that go together, and their edits in the order of the text."""
    order = sorted(fixes, key=lambda fix: (min(edit.at for edit in fix.edits), not fix.safe))
    applied: list[Fix] = []
    taken: list[tuple[int, int, str]] = []
    known: set[tuple[tuple[int, int, str], ...]] = set()
    for fix in order:
        edits = sorted((edit.at.start, edit.at.end, edit.text) for edit in fix.edits)
        key = tuple(edits)
        if key in known:
            applied.append(fix)
            continue
        if any(not 0 <= start <= end <= length for start, end, _ in edits):
            continue
        if any(_touch(one, two) for one, two in pairwise(edits)):
            continue
        if any(_taken(edit, taken) for edit in edits):
            continue
        for edit in edits:
            insort(taken, edit)
        known.add(key)
        applied.append(fix)
    return tuple(applied), [Edit(Span(start, end), text) for start, end, text in taken]


def _taken(edit: tuple[int, int, str], taken: Sequence[tuple[int, int, str]]) -> bool:
    index = bisect_left(taken, edit)
    return any(_touch(edit, other) for other in taken[max(index - 1, 0) : index + 1])


def _touch(one: tuple[int, int, str], two: tuple[int, int, str]) -> bool:
    """Whether two edits cover a common character, or one inserts at the other's edge."""
    if one[0] == one[1] or two[0] == two[1]:
        return one[0] <= two[1] and two[0] <= one[1]
    return one[0] < two[1] and two[0] < one[1]


class Fixed(Struct, frozen=True):
    """A file as mended: its bytes, how many fixes it took in how many rounds, and whether none was left to do."""

    data: bytes
    applied: int
    rounds: int
    stable: bool


def fix_until_stable(data: bytes, read: Callable[[bytes], tuple[Source, Sequence[Finding]]], *, unsafe: bool) -> Fixed:
    """Mend a file until nothing is left to mend; `read` gives its text and what is found in it.

    Where rules undo each other's work the mending ends with the first state that comes back, and is not `stable`.
    """
    seen = {data}
    applied = 0
    for rounds in range(ROUNDS):
        source, findings = read(data)
        data, done = apply_to_bytes(data, source, wanted(findings, unsafe=unsafe))
        applied += len(done)
        if not done:
            return Fixed(data, applied, rounds, True)
        if data in seen:
            return Fixed(data, applied, rounds + 1, False)
        seen.add(data)
    return Fixed(data, applied, ROUNDS, False)


def unified_diff(path: str, before: str, after: str) -> str:
    """What changes between two texts of a file, as a patch with three lines of context; empty if nothing does."""
    import difflib

    if before == after:
        return ""
    lines = difflib.unified_diff(_lines(before), _lines(after), path, path, lineterm="\n")
    return "".join(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    """Lines with their ends, parted by line feeds alone, as patches are."""
    lines = [line + "\n" for line in text.split("\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines


# Writing


def write_fixed(path: str, original: bytes, new: bytes) -> None:
    """Put new bytes in the place of a file's, whole or not at all; a symbolic link is followed to its file.

    The file keeps its mode, owner and extended attributes. InputError if it is no longer what it was (`original`),
    is not to be written, or cannot be.
    """
    target = os.path.realpath(path)
    try:
        told = os.stat(target)
        if not stat.S_ISREG(told.st_mode):
            raise InputError("not fixed: it is no regular file", path)
        if not os.access(target, os.W_OK):
            raise InputError("not fixed: it is write-protected", path)
        _write(target, new, told, lambda: _refuse_changed(target, original, path))
    except OSError as error:
        raise InputError(f"not fixed: {error.strerror or error}", path) from None


def _refuse_changed(target: str, original: bytes, path: str) -> None:
    with open(target, "rb") as file:
        if file.read() != original:
            raise InputError("not fixed: it was changed meanwhile", path)


def write_whole(path: str, data: bytes) -> None:
    """Write a file whole or not at all; one that is there keeps its mode and owner. OSError if it can't be done."""
    target = os.path.realpath(path)
    try:
        told = os.stat(target)
    except FileNotFoundError:
        told = None
    _write(target, data, told, lambda: None)


def _write(target: str, data: bytes, told: os.stat_result | None, check: Callable[[], None]) -> None:
    """Write beside the target, sync, check once more, and rename: the target is at any moment the old or the new."""
    folder, name = os.path.split(target)
    beside = os.path.join(folder, f".{name[:100]}.{os.urandom(6).hex()}.tmp")
    handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            if told is not None:
                _keep(file.fileno(), target, told)
            os.fsync(file.fileno())
        check()
        os.replace(beside, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise
    _sync_folder(folder)


def _keep(handle: int, target: str, told: os.stat_result) -> None:
    """Give a new file the owner, the extended attributes and the mode of the old one."""
    if hasattr(os, "fchown"):
        now = os.fstat(handle)
        if (now.st_uid, now.st_gid) != (told.st_uid, told.st_gid):
            try:
                os.fchown(handle, told.st_uid, told.st_gid)
            except PermissionError:
                raise PermissionError(errno.EPERM, "its owner and group cannot be kept") from None
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            for name in os.listxattr(target):
                with suppress(OSError):
                    os.setxattr(handle, name, os.getxattr(target, name))
    if hasattr(os, "fchmod"):
        os.fchmod(handle, stat.S_IMODE(told.st_mode))


def _sync_folder(folder: str) -> None:
    if not hasattr(os, "O_DIRECTORY"):
        return
    with suppress(OSError):
        handle = os.open(folder or ".", os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
