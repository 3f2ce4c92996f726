"""Word documents as prose: a line of text for each paragraph of the body, the notes and the text boxes.

A document is read and never written: its text is extracted, and a place in it is a paragraph and a column. The file is
an archive of XML; no more of it is unpacked than a text can hold, and a declaration of entities is refused.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from factlint.source import Block, Document, InputError, Piece, Source, Span

# The most that a part of a document may come to, and all parts that are read together; a long novel has 10 MB.
MOST_BYTES = 150_000_000
# What packs tighter than this, from so many bytes on, is no text.
_TIGHTEST = 200
_SMALL = 10_000_000

_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_STYLES = "word/styles.xml"
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main ",
    "http://purl.oclc.org/ooxml/wordprocessingml/main ",
)
_DRAWING = "wordprocessingDrawing docPr"
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_SKIPPED = frozenset(("del", "moveFrom", "instrText", "delText", "sdtPr", "pPrChange", "rPrChange"))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(path: str, data: bytes) -> Document:
    """Read a Word document. InputError says what is wrong with one that is damaged, encrypted or too large."""
    if data.startswith(_OLE):
        raise InputError("it is encrypted, or of a Word older than 2007; save it as .docx without a password", path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.lower(): name for name in archive.namelist()}
            main = names.get("word/document.xml") or names.get("word/document2.xml")
            if main is None:
                raise InputError("not a Word document (there is no word/document.xml in it)", path)
            parts = [_unpack(archive, main, path)]
            parts += [_unpack(archive, names[name], path) for name in _NOTES if name in names]
            styles = _unpack(archive, names[_STYLES], path) if _STYLES in names else b""
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise InputError(f"not a Word document, or a damaged one ({error})", path) from None
    if sum(map(len, parts)) > MOST_BYTES:
        raise InputError(f"it unpacks to more than {MOST_BYTES:,} bytes", path)
    kinds = _style_kinds(styles, path)
    paragraphs: list[_Paragraph] = []
    for part in parts:
        paragraphs += _Body(kinds).read(part, path)
    return _document(path, paragraphs)


def _unpack(archive: zipfile.ZipFile, name: str, path: str) -> bytes:
    """The bytes of a part of the archive, unless they are encrypted or too many."""
    told = archive.getinfo(name)
    if told.flag_bits & 1:
        raise InputError("it is encrypted; save it without a password", path)
    most = min(MOST_BYTES, max(_SMALL, told.compress_size * _TIGHTEST))
    with archive.open(told) as packed:
        data = packed.read(most + 1)
    if len(data) > most:
        raise InputError(f"it unpacks to more than {most:,} bytes ({name}): no text is packed like that", path)
    return data


@dataclass(slots=True)
class _Paragraph:
    """A paragraph as it is read: its text in parts, and what kind of block it is."""

    kind: str
    parts: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    styled: bool = False


def _document(path: str, paragraphs: list[_Paragraph]) -> Document:
    lines: list[tuple[str, str]] = []
    for one in paragraphs:
        lines.append((one.kind, unicodedata.normalize("NFC", "".join(one.parts))))
        lines += [("data", said) for said in one.data]
    text = "\n".join(said for _, said in lines)
    blocks = []
    at = 0
    for kind, said in lines:
        bare = said.strip()
        if bare:
            lead = len(said) - len(said.lstrip())
            blocks.append(Block(kind, Span(at + lead, at + lead + len(bare))))
        at += len(said) + 1
    pieces = (Piece(text, Span(0, len(text))),) if text else ()
    return Document(Source(path, text, extracted=True), pieces, tuple(blocks))


def _parse(parser: expat.XMLParserType, data: bytes, path: str) -> None:
    """Parse XML that declares nothing of its own."""

    def refuse(*_: object) -> None:
        raise InputError("a damaged Word document (its XML declares entities)", path)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise InputError(f"a damaged Word document ({error})", path) from None


def _local(name: str) -> str:
    """The name of an element of a text; empty for any other."""
    for space in _WORD:
        if name.startswith(space):
            return name[len(space) :]
    return ""


def _told(attributes: Mapping[str, str], key: str) -> str:
    return next((attributes[space + key] for space in _WORD if space + key in attributes), "")


def _style_kinds(data: bytes, path: str) -> dict[str, str]:
    """The kind of block for each style of paragraphs that is more than a paragraph, by its built-in name."""
    if not data:
        return {}
    parser = expat.ParserCreate(namespace_separator=" ")
    names: dict[str, str] = {}
    based: dict[str, str] = {}
    style = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal style
        local = _local(name)
        if local == "style":
            style = _told(attributes, "styleId")
        elif local == "name" and style:
            names[style] = _told(attributes, "val").lower()
        elif local == "basedOn" and style:
            based[style] = _told(attributes, "val")
        elif local == "outlineLvl" and style and _told(attributes, "val") != "9":
            names.setdefault(style, "")
            based[style] = "\0heading"

    parser.StartElementHandler = start
    _parse(parser, data, path)
    kinds = {"\0heading": "heading"}
    for one in names:
        seen: list[str] = []
        at = one
        while at and at not in kinds and at not in seen:
            seen.append(at)
            if kind := _kind_of_style(names.get(at, "")):
                kinds[at] = kind
                break
            at = based.get(at, "")
        if at in kinds:
            kinds.update(dict.fromkeys(seen, kinds[at]))
    return kinds


def _kind_of_style(name: str) -> str:
    if name.startswith("heading ") or name in ("title", "subtitle", "toc heading"):
        return "heading"
    if name.startswith("list "):
        return "item"
    if name.startswith("toc "):
        return "data"  # says again what the headings say
    return {"quote": "quote", "intense quote": "quote", "block text": "quote", "caption": "caption"}.get(name, "")


class _Body:
    """The paragraphs of one part, in the order in which they end; those of a text box come before their holder."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        self._kinds = kinds
        self._found: list[_Paragraph] = []
        self._open: list[_Paragraph] = []
        self._cells = 0
        self._in_text = False
        self._hidden = False
        self._skipped = 0

    def read(self, data: bytes, path: str) -> list[_Paragraph]:
        """Read a part."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        _parse(parser, data, path)
        return self._found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if self._skipped or local in _SKIPPED or name == _FALLBACK:
            self._skipped += 1
        elif local == "p":
            self._open.append(_Paragraph("cell" if self._cells else "paragraph"))
        elif local == "tc":
            self._cells += 1
        elif local == "r":
            self._hidden = False
        elif not self._open:
            pass
        elif local == "t":
            self._in_text = True
        elif local in ("tab", "br", "cr", "ptab") and not self._hidden:
            # A tab stop of a paragraph is called “tab”, too.
            if not any(key.endswith(" pos") for key in attributes):
                self._open[-1].parts.append("\t" if local == "tab" else " ")
        elif local == "noBreakHyphen":
            self._open[-1].parts.append("\N{NON-BREAKING HYPHEN}")
        elif local in ("vanish", "webHidden"):
            self._hidden = _told(attributes, "val") not in ("0", "false", "off")
        elif local == "pStyle":
            self._set_kind(self._kinds.get(_told(attributes, "val"), ""))
        elif local == "numPr":
            self._set_kind("item")
        elif local == "outlineLvl" and _told(attributes, "val") != "9":
            self._set_kind("heading")
        elif name.endswith(_DRAWING) and (said := " ".join(attributes.get("descr", "").split())):
            self._open[-1].data.append(said)

    def _set_kind(self, kind: str) -> None:
        paragraph = self._open[-1]
        if kind and not (paragraph.styled and kind == "item") and (kind != "item" or paragraph.kind != "cell"):
            paragraph.kind, paragraph.styled = kind, True

    def _end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        local = _local(name)
        if local == "t":
            self._in_text = False
        elif local == "tc":
            self._cells -= 1
        elif local == "p" and self._open:
            self._found.append(self._open.pop())
            self._hidden = False

    def _characters(self, said: str) -> None:
        if self._in_text and not self._skipped and not self._hidden and self._open:
            self._open[-1].parts.append(said.replace("\r", " ").replace("\n", " "))
