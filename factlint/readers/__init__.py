"""The kinds of file that can be read, by suffix, each into the same kind of document.

A reader takes a path and the bytes of the file and gives a `Document` whose pieces cover the file's text completely;
what a file of unknown suffix holds is plain text. A reader's module is imported when such a file is first read.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import cast

from factlint.readers.dates import date_of
from factlint.readers.decoding import decode
from factlint.source import Document

__all__ = ["READERS", "date_of", "decode", "read_document", "reader_of"]

Reader = Callable[[str, bytes], Document]

_ASCIIDOC = "factlint.readers.asciidoc:read"
_DOCX = "factlint.readers.docx:read"
_HTML = "factlint.readers.html:read"
_MARKDOWN = "factlint.readers.markdown:read"
_PLAIN = "factlint.readers.plain:read"
_REST = "factlint.readers.rest:read"

# The suffix of a file's name, in lower case → the reader, as module:function.
READERS: dict[str, str] = {
    ".adoc": _ASCIIDOC,
    ".asc": _ASCIIDOC,
    ".asciidoc": _ASCIIDOC,
    ".docx": _DOCX,
    ".htm": _HTML,
    ".html": _HTML,
    ".markdown": _MARKDOWN,
    ".md": _MARKDOWN,
    ".mdown": _MARKDOWN,
    ".mkd": _MARKDOWN,
    ".mkdn": _MARKDOWN,
    ".rest": _REST,
    ".rst": _REST,
    ".text": _PLAIN,
    ".txt": _PLAIN,
    ".xhtml": _HTML,
}


def suffix_of(path: str) -> str:
    """The suffix of a file's name in lower case, with its dot; empty where there is none."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, suffix = name.rpartition(".")
    return dot + suffix.lower() if stem else ""


def reader_of(path: str) -> Reader:
    """The reader for a path, by its suffix; plain text where that is none of `READERS`."""
    return _reader(READERS.get(suffix_of(path), _PLAIN))


@cache
def _reader(where: str) -> Reader:
    module, _, function = where.partition(":")
    return cast(Reader, getattr(import_module(module), function))


def read_document(path: str, data: bytes, name: str | None = None) -> Document:
    """Read a file as prose, with the date that it gives itself, if any.

    `name` stands for the path where that doesn't tell the kind of file (standard input). Raises InputError for what
    is no text.
    """
    return date_of(reader_of(name or path)(path, data), name or path)
