"""The characters of a file: bytes decoded by byte-order mark or as UTF-8, every byte accounted for.

Decoding never guesses: what is not of the encoding stands in the text as U+FFFD, one for each byte (UTF-16: for
each code unit), and its place is kept, so that any offset of the text leads back to its byte.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from factlint.source import InputError, Source

# The mark at the start of a file and the encoding that it stands for; UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FIRST_OF_MARKS = frozenset(mark[:1] for mark, _ in _MARKS)
_ESCAPED = re.compile("[\udc80-\udcff]")
# So many bytes of another encoding make a file unreadable rather than damaged.
_FEW_FAULTS = 32
_FAULTY_SHARE = 0.1

Fault = tuple[int, int, int]


def decode(data: bytes, path: str) -> Source:
    """Decode a file by its byte-order mark, else as UTF-8.

    The mark is no part of the text (`Source.mark` keeps its length). Raises InputError for what is no text: a NUL,
    or more than a tenth of the bytes outside the encoding.
    """
    mark, encoding = b"", "utf-8"
    if data[:1] in _FIRST_OF_MARKS:
        mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    if encoding == "utf-8" and (nul := data.find(b"\0")) >= 0:
        raise InputError(f"not text (a NUL byte at offset {nul})", path)
    body = data[len(mark) :] if mark else data
    faults: tuple[Fault, ...] = ()
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError:
        text, faults = _decode_damaged(body, encoding, len(mark))
        if len(faults) > _FEW_FAULTS and len(faults) > _FAULTY_SHARE * len(text):
            raise InputError(
                f"not {encoding.upper()} text ({len(faults):,} of {len(body):,} bytes cannot be decoded)", path
            ) from None
    if (nul := text.find("\0")) >= 0:
        raise InputError(f"not text (a NUL character at offset {nul})", path)
    return Source(path, text, encoding, faults, len(mark))


def _decode_damaged(body: bytes, encoding: str, mark: int) -> tuple[str, tuple[Fault, ...]]:
    """The text with U+FFFD for each fault, and the faults; `mark` bytes stand before the body in the file."""
    if encoding == "utf-8":
        escaped = body.decode(encoding, "surrogateescape")
        faults, at, byte = [], 0, mark
        for match in _ESCAPED.finditer(escaped):
            byte += len(escaped[at : match.start()].encode())
            faults.append((match.start(), byte, ord(match[0]) - 0xDC00))
            at, byte = match.end(), byte + 1
        return _ESCAPED.sub("\N{REPLACEMENT CHARACTER}", escaped), tuple(faults)
    parts: list[str] = []
    faults, at, length = [], 0, 0
    view = memoryview(body)
    while True:
        try:
            parts.append(codecs.decode(view[at:], encoding))
            return "".join(parts), tuple(faults)
        except UnicodeDecodeError as error:
            good = codecs.decode(view[at : at + error.start], encoding)
            length += len(good)
            faults.append((length, mark + at + error.start, body[at + error.start]))
            parts += (good, "\N{REPLACEMENT CHARACTER}")
            length, at = length + 1, at + error.end


def byte_offsets(source: Source, offsets: Iterable[int]) -> list[int]:
    """The byte of the file at which each character offset of `source.text` stands; `offsets` in rising order."""
    found, at, byte = [], 0, source.mark
    text = source.text
    width = 0 if text.isascii() and source.encoding == "utf-8" else 1
    faults = iter(source.faults)
    fault = next(faults, None)
    for offset in offsets:
        if not width:
            found.append(source.mark + offset)
            continue
        while fault is not None and fault[0] < offset:
            at, byte = fault[0] + 1, fault[1] + _fault_width(source, fault)
            fault = next(faults, None)
        byte += len(text[at:offset].encode(source.encoding))
        at = offset
        found.append(byte)
    return found


def _fault_width(source: Source, fault: Fault) -> int:
    """How many bytes the U+FFFD of a fault stands for: one in UTF-8, else up to the next character's first."""
    return {"utf-8": 1, "utf-16-le": 2, "utf-16-be": 2}.get(source.encoding, 4)
