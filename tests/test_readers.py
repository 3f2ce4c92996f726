"""Readers: what of each format is prose, and that every character of it leads back to where it stands."""

from __future__ import annotations

import contextlib
import html
import io
import re
import unicodedata
import zipfile
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from factlint.facts.loading import load_facts
from factlint.findings import Finding
from factlint.fixes import apply
from factlint.lint import check_document
from factlint.readers import READERS, plain, read_document
from factlint.rules import choose, load_rules
from factlint.source import OBJECT, Document, InputError, Source, Span, line_starts
from factlint.times import parse_iso
from factlint.waivers import apply_waivers, find_waivers


def _read(text: str, name: str) -> Document:
    return read_document(name, text.encode())


def _blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.span.start : block.span.end]) for block in document.blocks]


def assert_sound(document: Document) -> None:
    """Ask of a document what must be true of any."""
    text, source = document.text, document.source.text
    is_plain = document.source.path.endswith((".txt", ".text"))
    last = 0
    for block in document.blocks:
        start, end = block.span.start, block.span.end
        assert last <= start < end <= len(text)
        assert is_plain or not text[last:start].strip()
        assert text[start:end].strip(" \n") == text[start:end]
        last = end
    assert is_plain or not text[last:].strip()
    for piece in document.pieces:
        written = source[piece.source.start : piece.source.end]
        if not piece.text:
            pass  # markup
        elif piece.text == OBJECT:
            assert len(written) > 1
        elif piece.text == "\n":
            pass  # of the markup between two blocks, only the place counts
        elif len(piece.text) == len(written):
            assert _spaced(unicodedata.normalize("NFC", piece.text)) == _spaced(unicodedata.normalize("NFC", written))
        elif piece.text.isspace():
            assert (
                not written.strip("\\ \t\r\n\f>\N{NO-BREAK SPACE}")
                or written == "<br"
                or html.unescape(written).isspace()
            )
        elif written[:1] != "&":
            assert unicodedata.normalize("NFC", written) == piece.text or document.date_from or "---" in source
        else:
            assert html.unescape(written).rstrip() == piece.text
    for offset in range(len(text)):
        at = document.locate(Span(offset, offset + 1))
        assert 0 <= at.start < at.end <= len(source) or text[offset] == "\n"
    if text:
        whole = document.locate(Span(0, len(text)))
        assert 0 <= whole.start <= whole.end <= len(source)


def _spaced(text: str) -> str:
    return re.sub(r"\s", " ", text)


# Markdown


def test_markdown_blocks() -> None:
    text = """\
# The *30* allies {#id}

They met &amp; [talked](https://e.org "of it")
on Friday.[^1] Run `make` or <https://e.org>,
~~not~~ now.<!-- a comment -->

> Quoted
> words.

1. First item
   goes on.

   More of it.
2. [x] Second

| Name | Age |
| ---- | --- |
| Ada `x` | 36 |

    code = 1

```
more code
```

Setext
------

[^1]: A note.

[ref]: https://e.org "unused"
"""
    document = _read(text, "a.md")
    assert_sound(document)
    assert _blocks(document) == [
        ("heading", "The 30 allies"),
        ("paragraph", f"They met & talked on Friday. Run {OBJECT} or {OBJECT}, {OBJECT} now."),
        ("data", "of it"),
        ("quote", "Quoted words."),
        ("item", "First item goes on."),
        ("item", "More of it."),
        ("item", "Second"),
        ("cell", "Name"),
        ("cell", "Age"),
        ("cell", f"Ada {OBJECT}"),
        ("cell", "36"),
        ("heading", "Setext"),
        ("paragraph", "A note."),
    ]


def test_markdown_pictures_are_data_beside_the_sentence() -> None:
    document = _read('See ![the *tall* tower](t.png "In 1889") there.\n\n![Alone](a.png)\n', "a.md")
    assert_sound(document)
    assert _blocks(document) == [
        ("paragraph", f"See {OBJECT} there."),
        ("data", "the tall tower"),
        ("data", "In 1889"),
        ("data", "Alone"),
    ]
    at = document.text.index("1889")
    assert document.locate(Span(at, at + 4)) == Span(34, 38)


def test_markdown_lines_that_end_hard_are_lines_of_one_block() -> None:
    document = _read("One Main Street  \nKyiv\\\nand so on\n", "a.md")
    assert _blocks(document) == [("paragraph", "One Main Street\nKyiv and so on")]


def test_markdown_holds_html() -> None:
    document = _read(
        '<div align="center">\n<h1>Top</h1>\n<p>Some\ntext</p>\n</div>\n\nA <b>bold</b><br>\nWord.\n', "a.md"
    )
    assert_sound(document)
    assert _blocks(document) == [
        ("heading", "Top"),
        ("paragraph", "Some text"),
        ("paragraph", "A bold\nWord."),
    ]


def test_markdown_tag_named_in_a_sentence_hides_nothing_after_it() -> None:
    document = _read("The <script> element and <pre> too.\n\nAll of this is read.\n", "a.md")
    assert ("paragraph", "All of this is read.") in _blocks(document)


def test_markdown_templates_are_no_prose() -> None:
    document = _read('{% include "a.html" %}\n\nThe {{ count }} allies met.\n{: .lead}\n', "a.md")
    assert _blocks(document) == [("paragraph", f"The {OBJECT} allies met.")]


def test_front_matter_is_date_and_data() -> None:
    text = """\
---
title: "The 29 allies"
date: 2021-06-14 09:30:00 +0200
slug: the-29-allies
image: /pictures/of allies.jpg
tags: [Kyiv, press]
summary: >-
  Allies met
  in Brussels.
quoted: 'It''s here'
---
Text — here.
"""
    for text_ in (text, text.replace("\n", "\r\n")):
        document = _read(text_, "a.md")
        assert_sound(document)
        assert (str(document.date), document.date_from) == ("2021-06-14", "front matter")
        assert _blocks(document) == [
            ("data", "The 29 allies"),
            ("data", "Kyiv"),
            ("data", "Allies met in Brussels."),
            ("data", "It's here"),
            ("paragraph", "Text — here."),
        ]


def test_front_matter_in_toml() -> None:
    document = _read('+++\ntitle = "The allies met"\ndate = 2021-06-14T09:30:00Z\n+++\nText.\n', "a.md")
    assert (str(document.date), document.date_from) == ("2021-06-14", "front matter")
    assert _blocks(document) == [("data", "The allies met"), ("paragraph", "Text.")]


def test_a_line_of_hyphens_is_no_front_matter() -> None:
    document = _read("---\nJust text\n---\n\nMore: of it\n\n---\n", "a.md")
    assert document.date is None
    assert _blocks(document) == [("heading", "Just text"), ("paragraph", "More: of it")]


@pytest.mark.parametrize("text", ['---\ntitle: "open\n---\nText.\n', "---\ndate: 2021\n a: [\n---\nText.\n"])
def test_broken_front_matter_is_an_error_with_its_line(text: str) -> None:
    with pytest.raises(InputError, match=r"^a\.md:[0-9]+:[0-9]+: the front matter is not YAML: "):
        _read(text, "a.md")


# HTML


def test_html_blocks() -> None:
    text = """\
<!DOCTYPE html><html><head><title>Allies &amp; friends</title>
<script>var x = "<p>no";</script><style>p {}</style></head><body>
<nav><a href="/">Home</a></nav>
<h1>The<br>allies</h1>
<p>They   met on
<i> Friday</i> &mdash; in Caf&eacute;&nbsp;X.<sup><a href="#1">[1]</a></sup> Run <code>make</code> in 10<sup>6</sup> ways.
<p>The 4<sup>th</sup> <del>of May</del>.<!-- a comment -->
<ul><li>One<li>Two</ul>
<table><tr><th>Name<td>Age</table>
<blockquote><p>Quoted.</p></blockquote>
<pre>code</pre>
<figure><img src="a.png"><figcaption>A tower</figcaption></figure>
<div hidden>Hidden.</div>
x &lt; y & z</body></html>
"""
    document = _read(text, "a.html")
    assert_sound(document)
    assert _blocks(document) == [
        ("data", "Allies & friends"),
        ("caption", "Home"),
        ("heading", "The allies"),
        ("paragraph", f"They met on Friday — in Café\N{NO-BREAK SPACE}X. Run {OBJECT} in 10{OBJECT} ways."),
        ("paragraph", f"The 4th {OBJECT}."),
        ("item", "One"),
        ("item", "Two"),
        ("cell", "Name"),
        ("cell", "Age"),
        ("quote", "Quoted."),
        ("caption", "A tower"),
        ("caption", "x < y & z"),
    ]


def test_html_attributes_are_data_beside_the_sentence() -> None:
    text = """<p>See <img src="title='no'" title = 'The  &quot;tall&quot; one' alt=Tower> there.</p>"""
    document = _read(text, "a.html")
    assert_sound(document)
    assert _blocks(document) == [
        ("paragraph", f"See {OBJECT} there."),
        ("data", 'The "tall" one'),
        ("data", "Tower"),
    ]
    at = document.text.index("Tower")
    start = text.index("Tower")
    assert document.locate(Span(at, at + 5)) == Span(start, start + 5)


def test_html_lines() -> None:
    document = _read("<p>One Main Street<br>Kyiv<br>and on.<br><br>Two.</p>", "a.html")
    assert _blocks(document) == [("paragraph", "One Main Street\nKyiv and on."), ("paragraph", "Two.")]


def test_what_is_never_closed_hides_nothing() -> None:
    document = _read("<p>A <code>b<p>Two.<p>Three <object>four.<p>Five.", "a.html")
    assert ("paragraph", "Five.") in _blocks(document)


@pytest.mark.parametrize("opened", ["<!--", "<b", "<a title='", "<?", "<![", "<!", "</"])
def test_what_is_opened_again_and_again_is_read(opened: str) -> None:
    document = _read(f"<p>One.</p>{opened * 20_000}", "a.html")
    assert _blocks(document)[0] == ("paragraph", "One.")
    assert_sound(_read(f"<p>One.</p>{opened * 3}", "a.html"))


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2021-06-14T10:00:00+02:00">',
        '<meta content="2021-06-14" name="dc.date.issued">',
        '<meta itemprop="datePublished" content="2021-06-14">',
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2021-06-14"}]}</script>',
        '<time class="entry-date" datetime="2021-06-14">June</time><time datetime="2020-01-01">x</time>',
        '<time datetime="2021-06-14T08:00">June</time>',
        '<meta name="date" content="2019-01-01"><meta property="article:published_time" content="2021-06-14">',
    ],
)
def test_html_dates(head: str) -> None:
    document = _read(f"<html><head>{head}</head><body><p>Text.</p></body></html>", "a.html")
    assert (str(document.date), document.date_from) == ("2021-06-14", "metadata")


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:modified_time" content="2021-06-14">',
        '<time datetime="2021-06-14">a</time><time datetime="2020-06-14">b</time>',
        '<meta name="date" content="2021">',
        '<script type="application/ld+json">{"@type": "NewsArticle", broken</script>',
    ],
)
def test_html_without_a_sure_date(head: str) -> None:
    assert _read(f"<html><head>{head}</head><body><p>Text.</p></body></html>", "a.html").date is None


# reStructuredText and AsciiDoc


def test_rest_blocks() -> None:
    text = """\
=====
Title
=====

:Author: Ada Lovelace
:Date: 2021-06-14

.. A comment
   of two lines.

.. _target:

The *30* allies of **the alliance** ran ``code`` with `a link
<https://e.org>`_ and a ref_ to :ref:`the place <place>`, :func:`f` [1]_ here::

    code = 1

    more

Then:

- one
  goes on
- two

.. note:: Mind
   this.

.. code-block:: python

   code = 1

.. figure:: a.png
   :alt: A tower

   The caption.

+-----+-----+
| Ada | 36  |
+-----+-----+

====  ====
Name  Age
====  ====
Ada   36
====  ====

| One
| Two

>>> code
1

.. [1] A note.
"""
    document = _read(text, "a.rst")
    assert_sound(document)
    assert (str(document.date), document.date_from) == ("2021-06-14", "metadata")
    sentence = f"The 30 allies of the alliance ran {OBJECT} with a link and a ref to the place, {OBJECT} here:"
    assert _blocks(document) == [
        ("heading", "Title"),
        ("item", "Ada Lovelace"),
        ("item", "2021-06-14"),
        ("paragraph", sentence),
        ("paragraph", "Then:"),
        ("item", "one goes on"),
        ("item", "two"),
        ("paragraph", "Mind this."),
        ("data", "A tower"),
        ("paragraph", "The caption."),
        *(("cell", said) for said in ("Ada", "36", "Name", "Age", "Ada", "36")),
        ("paragraph", "One\nTwo"),
        ("paragraph", "A note."),
    ]


def test_asciidoc_blocks() -> None:
    text = """\
= Title
Ada Lovelace <ada@example.org>
v1.0, 2021-06-14
:toc:

The *30* allies ran `code` with https://e.org[a link], <<id,a ref>> and {name}.footnote:[A note.]
They said "`yes`". +
Then no.

// a comment
[source,python]
----
code = 1
----

== Section

.A caption
* one
goes on
** two
term:: what it means

image::a.png[A tower,100]

____
Quoted.
____

|===
|Name |Age

|Ada
|36
|===

 code
"""
    document = _read(text, "a.adoc")
    assert_sound(document)
    assert (str(document.date), document.date_from) == ("2021-06-14", "metadata")
    assert _blocks(document) == [
        ("heading", "Title"),
        ("paragraph", f'The 30 allies ran {OBJECT} with a link, a ref and {OBJECT}. They said "yes".\nThen no.'),
        ("data", "A note."),
        ("heading", "Section"),
        ("caption", "A caption"),
        ("item", "one goes on"),
        ("item", "two"),
        ("item", "term"),
        ("item", "what it means"),
        ("data", "A tower"),
        ("quote", "Quoted."),
        *(("cell", said) for said in ("Name", "Age", "Ada", "36")),
    ]


# Word

_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MORE = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def _docx(body: str, **parts: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {_SPACE} {_MORE}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return written.getvalue()


def _run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_docx_paragraphs_are_lines() -> None:
    styles = f"""<w:styles {_SPACE}>
    <w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>
    <w:style w:styleId="Mine"><w:name w:val="My own"/><w:basedOn w:val="H1"/></w:style></w:styles>"""
    body = (
        f'<w:p><w:pPr><w:pStyle w:val="Mine"/></w:pPr>{_run("The allies")}</w:p>'
        f"<w:p>{_run('The ')}{_run('30', '<w:b/>')}{_run(' allies &amp; cafe&#x301;')}"
        f"<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>{_run('hidden', '<w:vanish/>')}"
        f"<w:ins>{_run(' met.')}</w:ins><w:r><w:drawing><wp:docPr descr='A tower'/></w:drawing></w:r></w:p>"
        f"<w:p/><w:p><w:pPr><w:numPr/></w:pPr>{_run('One')}<w:r><w:br/></w:r>{_run('two')}</w:p>"
        f"<w:tbl><w:tr><w:tc><w:p>{_run('Ada')}</w:p></w:tc></w:tr></w:tbl>"
    )
    notes = f"<w:footnotes {_SPACE}><w:footnote><w:p>{_run('A note.')}</w:p></w:footnote></w:footnotes>"
    document = read_document("a.docx", _docx(body, styles=styles, footnotes=notes))
    assert document.source.extracted
    assert_sound(document)
    assert document.source.text == "The allies\nThe 30 allies & café met.\nA tower\n\nOne two\nAda\nA note."
    assert [kind for kind, _ in _blocks(document)] == ["heading", "paragraph", "data", "item", "cell", "paragraph"]


_BOMB = f"<w:p>{_run('a' * 30_000_000)}</w:p>"


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"just text", "not a Word document, or a damaged one"),
        (_docx("<w:p/>")[:-40], "not a Word document, or a damaged one"),
        (_docx("<w:p>"), "a damaged Word document \\(mismatched tag"),
        (_docx(_BOMB), "it unpacks to more than 10,000,000 bytes"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "it is encrypted"),
        (_docx("<w:p/>").replace(b"word/document.xml", b"word/documint.xml"), "there is no word/document.xml in it"),
        (_docx("<w:p/>", styles='<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "its XML declares entities"),
    ],
)
def test_docx_that_cannot_be_read(data: bytes, cause: str) -> None:
    with pytest.raises(InputError, match=rf"^a\.docx: .*{cause}"):
        read_document("a.docx", data)


@given(position=st.integers(0, 2000), byte=st.integers(0, 255))
def test_docx_with_a_wrong_byte_is_read_or_refused(position: int, byte: int) -> None:
    data = bytearray(_docx(f"<w:p>{_run('The 30 allies.')}</w:p>", styles="<x/>"))
    data[position % len(data)] = byte
    with contextlib.suppress(InputError):
        assert_sound(read_document("a.docx", bytes(data)))


# All formats

_BITS = st.sampled_from(
    [
        *("Kyiv", "the 30 allies", "cafe\u0301", "é", "🔥", "👩\u200d🚀", "a\u0301\u0323", "x\N{NO-BREAK SPACE}y", "Ω"),
        *(" ", "  ", "\n", "\n\n", "\r\n", "\r\n\r\n", "\t", "\r", "\n    ", "\n> ", "\n- ", "\n1. ", "\n  "),
        *(
            "*",
            "**",
            "_",
            "`",
            "``",
            "~~",
            "[",
            "]",
            "](u)",
            "![",
            '](u "t")',
            "|",
            "\n|-|-|\n",
            "#",
            "\n# ",
            "\\",
            "\\*",
        ),
        *("&amp;", "&eacute;", "&#233;", "&#x1F525;", "&nbsp;", "&", "&;", "&foo;", "&lt", "&#0;", "&shy;", "&bne;"),
        *(
            "<",
            ">",
            "<b>",
            "</b>",
            "<p>",
            "</p>",
            "<div>",
            "</div>",
            "<br>",
            "<br/>",
            "<li>",
            "<ul>",
            "<td>",
            "<table>",
        ),
        *("<code>", "</code>", "<pre>", "</pre>", "<script>", "</script>", "<sup>1</sup>", "<!-- c -->", "<!--", "-->"),
        *(
            "<img alt='a  b' title=c>",
            '<i title="x &amp; y">',
            "<h1>",
            "</h1>",
            "<?x?>",
            "<![CDATA[x]]>",
            "<!x>",
            "<p hidden>",
        ),
        *(
            "\n```\n",
            "\n~~~\n",
            "[^1]",
            "\n[^1]: ",
            "---\n",
            "\n---\n",
            "\n===\n",
            "+++\n",
            "{{ x }}",
            "{% y %}",
            "{: z}",
        ),
        *(
            "title: A b\n",
            ".. note::\n",
            "\n----\n",
            "\n....\n",
            "\n|===\n",
            "::",
            "\n:a: b\n",
            "``x``",
            ":ref:`x`",
            "`a <u>`_",
        ),
    ]
)
_MIXTURES = st.lists(_BITS, max_size=30).map("".join)
_FORMATS = sorted(suffix for suffix in READERS if suffix != ".docx")


@pytest.mark.parametrize("suffix", _FORMATS)
@given(text=_MIXTURES)
@example(text="\n>  Kyiv")
@example(text="a ![``x`` *y* `z\nq`](u) b")
def test_every_character_leads_back(suffix: str, text: str) -> None:
    try:
        document = read_document(f"a{suffix}", text.encode())
    except InputError as error:
        assert "front matter" in str(error)
        return
    assert document.source.text == text
    assert_sound(document)


@pytest.mark.parametrize("suffix", [".md", ".html"])
@given(text=_MIXTURES)
def test_a_mark_before_the_text_moves_nothing(suffix: str, text: str) -> None:
    try:
        plain = read_document(f"a{suffix}", text.encode())
    except InputError:
        return
    for encoding in ("utf-8-sig", "utf-16"):
        marked = read_document(f"a{suffix}", text.encode(encoding))
        assert (marked.pieces, marked.blocks, marked.date) == (plain.pieces, plain.blocks, plain.date)


_FULL = "the lines of a paragraph are all set to one width and go on"
_LINES = st.sampled_from([_FULL, f"T{_FULL[1:]}", f"{_FULL[:-2]} -", "It ends here.", "• an item", "", "“"])


@given(st.lists(_LINES, max_size=12).map("\n".join), st.integers(0, 99), st.integers(0, 150))
@example(f"{_FULL}\n{_FULL}\n{_FULL}", 0, 150)
def test_a_wrapped_text_is_kept_once(text: str, start: int, length: int) -> None:
    source = plain.read_plain(Source("t.txt", text)).source
    assert source.text == text
    assert source.part(start, start + length) == text[start : start + length]
    assert list(source.line_starts()) == list(line_starts(text))
    assert bool(source.feeds) == (source.kept != text)


# Fixes and waivers

_FACTS = """\
factlint: 1
people:
  - {name: Zora Marchetti, not: [Zora Marchetty]}
organizations:
  - {name: Lamb & Sons, not: [Lamb Sons]}
terms:
  - {use: water charter, not: [water treaty]}
"""


def _findings(text: str, name: str, facts: Path) -> list[Finding]:
    document = replace(_read(text, name), date=parse_iso("2021-06-14"), date_from="test")
    result = check_document(document, load_facts([str(facts)]), choose(load_rules(), select=["names", "terms"]))
    assert not result.failures
    for finding in result.findings:
        assert text[finding.start.offset : finding.end.offset] == finding.text
    return list(result.findings)


@pytest.mark.parametrize(
    ("name", "text", "fixed"),
    [
        ("a.md", "**Zora** *Marchetty* spoke.\n", "**Zora** *Marchetti* spoke.\n"),
        ("a.md", "> The water\n> treaty `water treaty`.\n", "> The water\n> charter `water treaty`.\n"),
        ("a.md", '![Zora&nbsp;Marchetty](Zora%20Marchetty.jpg "Zora Marchetty")\n', None),
        ("a.md", "---\ntitle: 'Zora Marchetty'\n---\n", "---\ntitle: 'Zora Marchetti'\n---\n"),
        ("a.md", "They work for Lamb Sons now.\n", "They work for Lamb Sons now.\n"),
        ("a.txt", "They work for Lamb Sons now.\n", "They work for Lamb & Sons now.\n"),
        ("a.html", "<p>Zora&#32;<b>Marchetty</b></p>", "<p>Zora&#32;<b>Marchetti</b></p>"),
        ("a.html", "<p>Zor&#97; Marchetty</p>", "<p>Zor&#97; Marchetti</p>"),
        (
            "a.html",
            "<p title='Zora Marchetty'>Zora\r\n Marchetty.</p>",
            "<p title='Zora Marchetti'>Zora\r\n Marchetti.</p>",
        ),
        ("a.rst", "A *water\ntreaty*, ``water treaty``.\n", "A *water\ncharter*, ``water treaty``.\n"),
        ("a.adoc", "A *water* _treaty_, `water treaty`.\n", "A *water* _charter_, `water treaty`.\n"),
    ],
)
def test_fixes_keep_markup(name: str, text: str, fixed: str | None, tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text(_FACTS, encoding="utf-8")
    findings = _findings(text, name, facts)
    assert findings
    told, _ = apply(text, [one.fix for one in findings if one.fix])
    if fixed is None:
        fixed = '![Zora&nbsp;Marchetti](Zora%20Marchetty.jpg "Zora Marchetti")\n'
    assert told == fixed


def test_nothing_of_a_word_document_is_fixed(tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text(_FACTS, encoding="utf-8")
    document = read_document("a.docx", _docx(f"<w:p>{_run('One.')}</w:p><w:p>{_run('A water treaty.')}</w:p>"))
    found = check_document(document, load_facts([str(facts)]), choose(load_rules(), select=["terms"])).findings
    assert [(one.start.line, one.start.column, one.text, one.fix) for one in found] == [(2, 3, "water treaty", None)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "<!-- factlint: ignore[terms] -- so called then -->\n\nA *water*\ntreaty.\n"),
        ("a.md", "A water treaty. <!-- factlint: ignore[terms] -->\n"),
        ("a.html", "<p>A <b>water</b> treaty.</p><!-- factlint: ignore[terms] -->\n"),
        ("a.rst", ".. factlint: ignore[terms]\n\nA water treaty.\n"),
        ("a.adoc", "// factlint: ignore[terms]\nA water treaty.\n"),
        ("a.md", "A water treaty [sic] was signed.\n"),
    ],
)
def test_waivers_stand_in_comments(name: str, text: str, tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text(_FACTS, encoding="utf-8")
    findings = _findings(text, name, facts)
    assert [one.rule for one in findings] == ["terms/house-term"]
    waivers = find_waivers(_read(text, name))
    known = frozenset(rule.id for rule in load_rules())
    assert not apply_waivers(findings, waivers, known_rules=known, today=date(2021, 6, 14)).kept


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        (
            " 1. The ferry (which is old\n    and slow) sails\n    at noon.\n\n * No “tickets\n   are sold” on board.\n",
            ["The ferry (which is old and slow) sails at noon.", "No “tickets are sold” on board."],
        ),
        ("2)  Zora Marchetti\n    Harbour master\n", ["Zora Marchetti", "Harbour master"]),
        ("- one\n  two\n - three\n    four\n", ["one two", "three", "four"]),
        ("The ferry\n  sails.\n", ["The ferry", "sails."]),
    ],
)
def test_lines_hang_below_the_text_of_an_item(text: str, blocks: list[str]) -> None:
    document = _read(text, "a.txt")
    assert [" ".join(prose.split()) for _, prose in _blocks(document)] == blocks
    assert_sound(document)


@given(st.text("a\n", max_size=9))
def test_lines_without_a_blank_one_between_are_seen(text: str) -> None:
    lines = text.split("\n")
    if any(one and other for one, other in pairwise(lines)):
        assert plain._has_neighbours(text)
