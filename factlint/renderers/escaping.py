"""What an article's characters become in a report, so that none of them can act on whoever shows it.

No function here lets a control character, a bidirectional override or an invisible character through, save where
its format asks for it.
"""

from __future__ import annotations

import re
import unicodedata

# Controls, line ends, and characters of format (Cf): invisible, or able to reorder what a terminal shows.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f\ud800-\udfff]"
)
# What may take no column, or two: anything but Latin letters, dashes, quotation marks and the like.
_OTHER_WIDTH = re.compile("[^\x00-\u02ff\u2010-\u2027\u20ac]")
# Joiners are part of the spelling between two letters of some scripts, and between two emoji.
_JOINERS = "\u200c\u200d"
# What JSON allows in a string and some readers of lines and some terminals act on.
_JSON_HIDDEN = re.compile("[\x7f-\x9f\u2028\u2029]")
# What runners of GitHub, Azure and TeamCity act on anywhere in a line of a log.
_RUNNER = re.compile(r"##(?=\w*\[)")
# What XML 1.0 has no way to hold.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def picture(character: str) -> str:
    """Show a character that can't be seen: a control picture, else its number, as ␛, \\x9b or <U+200B>."""
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if code < 0xA0:
        return f"\\x{code:02x}"
    return f"<U+{code:04X}>"


def visible(text: str) -> str:
    """Replace what a terminal would act on or not show by its picture; joiners between letters or emoji stay."""

    def shown(match: re.Match[str]) -> str:
        character, at = match.group(), match.start()
        if character in _JOINERS and at and text[at - 1] > "\x7f" and text[at + 1 : at + 2] > "\x7f":
            return character
        return picture(character)

    return text if text.isprintable() else _HIDDEN.sub(shown, text)


def log_line(text: str) -> str:
    """Keep a runner of GitHub, Azure or TeamCity from taking a line that is printed for a command.

    `##[` and its kin become `##\\[`; a line that begins with `::`, as a path can, is led in by `./`.
    """
    if "##" in text:
        text = _RUNNER.sub("##\\\\", text)
    return "./" + text if text.lstrip().startswith("::") else text


def columns(text: str) -> int:
    """How many columns of a terminal a text takes: wide characters two, marks on others none (UAX 11)."""
    if text.isascii() or _OTHER_WIDTH.search(text) is None:
        return len(text)
    width = 0
    for character in text:
        if character < "\u0300":
            width += 1
        elif character not in _JOINERS and not unicodedata.category(character).startswith(("Mn", "Me")):
            width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return width


def json_text(value: object, indent: int | None = None) -> str:
    """Write a value as JSON in UTF-8, on one line without `indent`; DEL, C1 controls and U+2028/9 escaped."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return _JSON_HIDDEN.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def xml_text(text: str) -> str:
    """Escape a text for an attribute or the content of an XML 1.0 element; what XML can't hold is pictured."""
    text = _NO_XML.sub(lambda match: picture(match.group()), text)
    return re.sub('[&<>"\t\n\r]', lambda match: _XML[match.group()], text)


def one_line(text: str) -> str:
    """Fold each run of white space, line ends included, to one space, and picture what can't be seen."""
    return visible(" ".join(text.split()))
