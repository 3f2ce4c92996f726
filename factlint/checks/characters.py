"""Characters that do not belong: letters of another script, invisible ones, controls, odd spaces, wrong decoding.

Text that is really in another script, emoji, mathematics and phonetic writing are left alone; a text in ASCII alone is
never looked at twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import islice

from factlint import words
from factlint.findings import Edit, Fix, Problem
from factlint.mentions import Reading
from factlint.source import Span, stretches

# Names that Unicode gives to controls only as aliases.
_CONTROLS = {
    0x00: "NULL",
    0x07: "BELL",
    0x08: "BACKSPACE",
    0x0B: "LINE TABULATION",
    0x0C: "FORM FEED",
    0x1A: "SUBSTITUTE",
    0x1B: "ESCAPE",
    0x7F: "DELETE",
    0x85: "NEXT LINE",
    0x92: "PRIVATE USE TWO",
}


def name_of(character: str) -> str:
    """The name and the code point of a character: “ARABIC FULL STOP (U+06D4)”."""
    code = ord(character)
    name = unicodedata.name(character, "") or _CONTROLS.get(code, "")
    if not name:
        kind = unicodedata.category(character)
        name = {"Cc": "CONTROL CHARACTER", "Co": "PRIVATE-USE CHARACTER", "Cs": "SURROGATE"}.get(
            kind, "UNASSIGNED CHARACTER"
        )
    return f"{name} (U+{code:04X})"


def _names_of(run: str) -> dict[str, str]:
    return {"name": ", ".join(name_of(character) for character in dict.fromkeys(run))}


@cache
def _pairs(file: str) -> Mapping[str, str]:
    """The lines of a data file as pairs: what stands first, and the rest."""
    return dict(line.split(" ", 1) for line in words.data_text(file).split("\n") if line)


@cache
def _latin_forms() -> Mapping[str, str]:
    return {other: letter for letter, others in _pairs("confusables.txt").items() for other in others}


@cache
def _other_forms() -> Mapping[str, Mapping[str, str]]:
    """For each script, its letter for each Latin one that looks the same."""
    found: dict[str, dict[str, str]] = {}
    for letter, others in _pairs("confusables.txt").items():
        for other in others:
            found.setdefault(_script(other), {}).setdefault(letter, other)
    return found


_EASTERN = frozenset(
    ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC", "KATAKANA-HIRAGANA", "KANGXI")
)
_COMMON = frozenset(
    ("COMBINING", "MODIFIER", "MICRO", "OHM", "KELVIN", "ANGSTROM", "MATHEMATICAL", "VARIATION", "OBJECT")
)


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    """The script of a character as its name begins: LATIN, CYRILLIC, EASTERN for those of East Asia, "" for none."""
    if character < "\x80":
        return "LATIN" if character.isalpha() else ""
    first = unicodedata.name(character, "").split(" ", 1)[0]
    if first in _EASTERN:
        return "EASTERN"
    if first in ("FULLWIDTH", "HALFWIDTH"):
        return "WIDE"
    if first in _COMMON or not first:
        return ""
    return "EASTERN" if first in ("LEFT", "RIGHT", "DITTO", "WAVE") else first


# Tabs, line ends and printable ASCII, made space in the bytes of a text; the other bytes stay.
_PRINTABLE = bytes(0x20 if byte in (0x09, 0x0A, 0x0D) or 0x20 <= byte < 0x7F else byte for byte in range(0x100))
_FEW = 16  # runs that are looked for one by one


def _strange(reading: Reading) -> str:
    """The distinct runs of characters beyond printable ASCII, parted by space: most rules need look at these alone."""
    return reading.remembered("strange characters", _strange_runs)


def _strange_runs(reading: Reading) -> str:
    text = reading.document.text
    runs: set[bytes] = set()
    for start, end in stretches(text):
        runs.update(text[start:end].encode("utf-8", "surrogatepass").translate(_PRINTABLE).split())
    space = [control for control in "\v\f" if control in text]  # `split` drops these two
    return " ".join([b" ".join(runs).decode("utf-8", "surrogatepass"), *space])


def _matches(reading: Reading, telling: re.Pattern[str], pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Find a pattern by place of which each match stands in one line and has in it a strange run that is `telling`."""
    text, strange = reading.document.text, _strange(reading) + " "
    if telling.search(strange) is None:
        return
    runs = list(islice((run for run in strange.split(" ") if telling.search(run + " ")), _FEW + 1))
    if len(runs) > _FEW:
        yield from pattern.finditer(text)
        return
    for start, end in sorted({line for run in runs for line in _lines_with(text, run)}):
        yield from pattern.finditer(text, start, end)


def _lines_with(text: str, part: str) -> Iterator[tuple[int, int]]:
    """The lines that have some characters, by where they start and end."""
    at = text.find(part)
    while at >= 0:
        end = text.find("\n", at)
        end = end if end >= 0 else len(text)
        yield text.rfind("\n", 0, at) + 1, end
        at = text.find(part, end)


# Letters of other scripts

_FOREIGN_CLASS = (
    "\u0370-\u1c7f\u1c90-\u1cff\u1f00-\u1fff\u2c00-\u2c5f\u2c80-\u2dff\u2e80-\ua63f\ua640-\ua69f\ua800-\uab2f\uab70-\ud7ff"
    "\uf900-\ufaff\ufb13-\ufdff\ufe10-\ufe1f\ufe30-\ufefe\uff01-\uffef\U00010280-\U00016fff\U0001b000-\U0001b2ff"
    "\U0001e800-\U0001eeff\U00020000-\U0003ffff"
)
_FOREIGN = re.compile(f"[{_FOREIGN_CLASS}]")
_FOREIGN_TEXT = re.compile(f"[{_FOREIGN_CLASS}]{{2}}")
_FOREIGN_RUN = re.compile(f"[{_FOREIGN_CLASS}][{_FOREIGN_CLASS}\u0300-\u036f\u200c\u200d]*")
_FOREIGN_WORD = re.compile(f"(?<![^\\W\\d_])[^\\W\\d_]*[{_FOREIGN_CLASS}][^\\W_]*")
_ALIKE = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "HEBREW")
_PHONETIC = re.compile("[\u0250-\u02af\u02b0-\u02ff\u1d00-\u1dbf]")
_SPOKEN_OF = re.compile(r"(?i)\b(?:letters?|characters?|symbols?|glyphs?|script|sign|alphabet)\b")


def scripts_are_not_mixed(reading: Reading) -> Iterator[Problem]:
    """Find words that mix letters of two scripts which look alike, and single letters that pass for Latin ones.

    Method: Unicode's confusables (UTS #39), both ways; surest where the word in one script is a known one. Greek
    letters in terms of science, phonetic writing and words that are wholly of one script are left alone.
    """
    text = reading.document.text
    for match in _matches(reading, _FOREIGN, _FOREIGN_WORD):
        word = match.group()
        scripts = {_script(character) for character in word} - {""}
        others = scripts - {"LATIN"}
        if len(others) != 1:
            continue
        other = next(iter(others))
        if other not in _ALIKE or _PHONETIC.search(word):
            continue
        start, end = match.span()
        if "LATIN" in scripts:
            form, confidence = _one_script(word, other, reading)
        else:
            form, confidence = _passing(text, word, start, end, other)
        if not confidence:
            continue
        strange = [char for char in word if (_script(char) == other) == (_script(form[0]) == "LATIN") and _script(char)]
        yield Problem(
            at=Span(start, end),
            words=_names_of("".join(strange)),
            suggestions=(form,),
            fix=Fix((Edit(Span(start, end), form),), safe=confidence >= 0.95),
            confidence=confidence,
        )


def _one_script(word: str, other: str, reading: Reading) -> tuple[str, float]:
    """A word of two scripts in one of them, and how surely it is meant so."""
    latin = "".join(_latin_forms().get(character, character) for character in word)
    foreign_forms = _other_forms().get(other, {})
    foreign = "".join(foreign_forms.get(character, character) for character in word)
    is_latin = all(_script(character) in ("LATIN", "") for character in latin)
    is_foreign = all(_script(character) in (other, "") for character in foreign)
    count = sum(_script(character) == other for character in word)
    letters = sum(character.isalpha() for character in word)
    if is_latin:
        known = _is_known(latin) or latin in reading.words
        if known and len(latin) > 2:
            return latin, 0.98
        if other == "GREEK" and count * 2 <= letters:
            return latin, 0.0  # a term of science
        if not is_foreign or count * 2 <= letters:
            return latin, 0.95 if len(latin) > 2 else 0.9
    if is_foreign and (other != "GREEK" or letters > 3):
        return foreign, 0.93 if letters > 2 else 0.7
    if other == "GREEK":
        return latin, 0.0
    # Not one letter for another, but still two scripts: “Яeal” may be meant so.
    return word, 0.7


def _is_known(word: str) -> bool:
    return words.is_word(word.lower()) or words.is_name(word) or words.is_name(word.title())


def _passing(text: str, word: str, start: int, end: int, other: str) -> tuple[str, float]:
    """The Latin word that a word of another script passes for, in a Latin sentence."""
    latin = "".join(_latin_forms().get(character, "") for character in word)
    if len(latin) != len(word) or other not in ("CYRILLIC", "GREEK"):
        return "", 0.0
    around = text[max(start - 60, 0) : start] + " " + text[end : end + 60]
    if _FOREIGN_TEXT.search(around) or sum(map(str.isalpha, around)) < 8 or _SPOKEN_OF.search(around[-120:]):
        return "", 0.0
    before, after = text[start - 1 : start], text[end : end + 1]
    if before not in (" ", "\n", "", "“") or after not in (" ", "\n", "", ",", ".", "'", "’"):
        return "", 0.0
    if len(word) == 1:
        if latin == "a" and other == "CYRILLIC" and after == " " and before == " ":
            return latin, 0.96
        if latin in ("A", "I") and other == "CYRILLIC" and after in (" ", "'", "’"):
            return latin, 0.93
        return "", 0.0
    if words.frequency(latin.lower()) >= 4 and other == "CYRILLIC":
        return latin, 0.92
    return "", 0.0


def letters_belong_to_script(reading: Reading) -> Iterator[Problem]:
    """Find single letters, marks and digits of another script in a text of one: a lone “۔” in English.

    A run of two letters or more is text in that script, and so is a mark beside such text. A stray mark after another
    mark goes, any other stands for the Latin one.
    """
    text = reading.document.text
    for match in _matches(reading, _FOREIGN, _FOREIGN_RUN):
        start, end = match.span()
        run = match.group()
        letters = sum(unicodedata.category(character)[0] == "L" for character in run)
        if letters > 1 and not all(_script(character) in ("WIDE", "") for character in run):
            continue
        around = text[max(start - 80, 0) : start] + text[end : end + 80]
        scripts = {_script(character) for character in run} - {""}
        if not scripts or not _mostly_latin(around):
            continue
        near = {_script(character) for character in _FOREIGN.findall(around) if character.isalpha()}
        if scripts & near or ("WIDE" in scripts and "EASTERN" in near):
            continue
        problem = _stray(reading, text, run, start, end, letters)
        if problem is not None:
            yield problem


def _mostly_latin(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 7 and 10 * sum(map(_is_latin, letters)) >= 8 * len(letters)


def _is_latin(character: str) -> bool:
    return character < "\u0250" or _script(character) == "LATIN"


def _stray(reading: Reading, text: str, run: str, start: int, end: int, letters: int) -> Problem | None:
    marks = _pairs("marks.txt")
    before, after = text[start - 1 : start], text[end : end + 1]
    if all(_script(character) == "WIDE" or character in marks for character in run):
        plain = "".join(marks.get(character) or unicodedata.normalize("NFKC", character) for character in run)
        return _stray_mark(text, run, plain, start, end)
    if letters:
        script = _script(run[0])
        joined = before.isalpha() or after.isalpha()
        if script in ("GREEK", "EASTERN", "COPTIC") or (script in _ALIKE and (joined or _latin_forms().get(run))):
            return None  # mathematics, “T恤”; lookalikes are another check's
        quoted = before in "\"“‘'«(/" and bool(before)
        if quoted or _SPOKEN_OF.search(text, max(start - 40, 0), min(end + 40, len(text))):
            return None
        return Problem(at=Span(start, end), words=_names_of(run), confidence=0.93 if joined else 0.75)
    if all(unicodedata.category(character)[0] == "M" for character in run):
        at = Span(start, end)
        return Problem(at=at, words=_names_of(run), fix=Fix((Edit(at, ""),)), confidence=0.94)
    kinds = {unicodedata.category(character)[0] for character in run}
    if kinds <= {"N"}:
        digits = "".join(str(unicodedata.digit(character, "")) for character in run)
        return Problem(
            at=Span(start, end), words=_names_of(run), suggestions=(digits,) if digits else (), confidence=0.7
        )
    if kinds <= {"P", "M"}:
        return Problem(at=Span(start, end), words=_names_of(run), confidence=0.92)
    return None


def _stray_mark(text: str, run: str, plain: str, start: int, end: int) -> Problem:
    """A mark of another script: to be left out where it stands alone behind a mark, else to be replaced."""
    alone = (start == 0 or text[start - 1].isspace()) and (end == len(text) or text[end].isspace())
    head = text[max(start - 10, 0) : start].rstrip()
    if alone and plain in ".,;:" and head[-1:] in (".", ",", ";", ":", "!", "?", "…", "”", '"'):
        # The space after it goes with it; at the end of a line, the space before.
        if end < len(text) and text[end] != "\n":
            end += 1
        else:
            while text[start - 1] == " ":
                start -= 1
        at = Span(start, end)
        return Problem(
            at=at, words=_names_of(run), suggestions=("",), fix=Fix((Edit(at, ""),), safe=True), confidence=0.98
        )
    paired = plain in "“”‘’[]"
    edit = Edit(Span(start, end), plain)
    return Problem(
        at=Span(start, end),
        words=_names_of(run),
        suggestions=(plain,),
        fix=Fix((edit,), safe=not paired),
        confidence=0.92 if paired else 0.95,
    )


# Invisible characters

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f\U000e0100-\U000e01ef]+"
)
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINERS = frozenset("\u200b\u200c\u200d\u2060")
_MANY_HYPHENS = 12


def no_invisible_characters(reading: Reading) -> Iterator[Problem]:
    """Find characters that nobody sees: zero-width ones, direction marks, soft hyphens, tags, a lost byte-order mark.

    Quiet where they work: joiners within emoji and within scripts that join, direction marks near text from right to
    left, variation selectors after a symbol. Taking one out is safe, except between two words that it parts.
    """
    text = reading.document.text
    hyphens = text.count("\u00ad") if "\u00ad" in _strange(reading) else 0
    for match in _matches(reading, _INVISIBLE, _INVISIBLE):
        start, end = match.span()
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        run = match.group()
        if all(_works(character, text, before, after, start, end) for character in run):
            continue
        confidence = 0.96
        if run == "\u00ad" and hyphens >= _MANY_HYPHENS:
            confidence = 0.8  # hyphenation by a program, on purpose
        elif set(run) <= set("\u2061\u2062\u2063\u2064"):
            confidence = 0.7
        put, safe = "", True
        if before.isalpha() and after.isalpha() and "\u200b" in run and not _joins(text, start, end):
            put, safe = " ", False
        yield Problem(
            at=Span(start, end),
            words=_names_of(run),
            suggestions=(put,),
            fix=Fix((Edit(Span(start, end), put),), safe=safe and confidence >= 0.9),
            confidence=confidence,
        )


def _joins(text: str, start: int, end: int) -> bool:
    """Whether the letters on both sides are one word rather than two."""
    left = re.search(r"[^\W\d_]+$", text[max(start - 30, 0) : start])
    right = re.match(r"[^\W\d_]+", text[end : end + 30])
    if left is None or right is None:
        return True
    whole = left.group() + right.group()
    if _is_known(whole):
        return True
    return not (_is_known(left.group()) and _is_known(right.group()))


def _works(character: str, text: str, before: str, after: str, start: int, end: int) -> bool:
    """Whether an invisible character does its work where it stands."""
    code = ord(character)
    if character == "\u00ad" or character == "\ufeff" or character == "\u034f":
        return False
    if character in _BIDI:
        return _RTL.search(text, max(start - 120, 0), min(end + 120, len(text))) is not None
    if character in _JOINERS:
        sides = [side for side in (before, after) if side]
        if any("\u0590" <= side < "\u1e00" or "\u2e80" <= side < "\uffef" for side in sides):
            return True
        return character == "\u200d" and any(_is_symbol(side) for side in sides)
    if 0xFE00 <= code <= 0xFE0F:
        return bool(before) and (not before.isascii() or before in "0123456789#*") and not before.isspace()
    if 0xE0020 <= code <= 0xE007F:
        return before == "\U0001f3f4"
    if 0xE0100 <= code <= 0xE01EF:
        return _script(before) == "EASTERN" if before else False
    if 0x180B <= code <= 0x180F:
        return "\u1800" <= before < "\u18b0" if before else False
    if character in "\u115f\u1160\u3164\uffa0":
        return any(_script(side) == "EASTERN" for side in (before, after) if side)
    return False


def _is_symbol(character: str) -> bool:
    return character >= "\u2190" and unicodedata.category(character) in ("So", "Sk", "Sm", "Cn", "Mn", "Po")


# Controls, private use, and what is no character at all

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff"
    "\U000f0000-\U0010ffff\ud800-\udfff]+"
)
# Bullets of fonts of symbols, which word processors write as private-use characters.
_SYMBOLS = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0e0": "→", "\uf02d": "-", "\uf0be": "—"}


def no_control_characters(reading: Reading) -> Iterator[Problem]:
    """Find control characters, private-use ones and noncharacters; those of Windows-1252 with what they stand for."""
    text = reading.document.text
    for match in _matches(reading, _CONTROL, _CONTROL):
        start, end = match.span()
        run = match.group()
        before, after = text[start - 1 : start] if start else "\n", text[end : end + 1] or "\n"
        if "\x80" <= run[0] <= "\x9f" and before >= "\x80" and _mojibake().search(text, max(start - 3, 0), end + 3):
            continue  # part of a wrong decoding
        if run == "\x0c" and "\n" in (before, after):
            continue  # a page's end
        put: str | None = None
        safe = False
        if all("\x80" <= character <= "\x9f" for character in run):
            try:
                put, safe = run.encode("latin-1").decode("cp1252"), True
            except UnicodeDecodeError:
                put = ""
        elif all(character < " " or character == "\x7f" for character in run):
            parted = before.isspace() or after.isspace()
            put, safe = ("", True) if parted or not (run <= "\x0d") else (" ", False)
        elif set(run) <= {"\u2028", "\u2029"}:
            put = "" if before.isspace() or after.isspace() else " "
        elif run in _SYMBOLS:
            put, safe = _SYMBOLS[run], True
        at = Span(start, end)
        yield Problem(
            at=at,
            words=_names_of(run[:8]),
            suggestions=() if put is None else (put,),
            fix=None if put is None else Fix((Edit(at, put),), safe=safe),
            confidence=0.96 if run != "\x0c" else 0.9,
        )


# Spaces

_ODD_SPACE = re.compile("[\u1680\u2000-\u2006\u2008\u205f\u3000]+")
_TAB = re.compile("(?<=[a-z,])\t+(?=[a-z])")


def spaces_are_usual(reading: Reading) -> Iterator[Problem]:
    """Find spaces of a width that prose has no use for, and tabs within a sentence.

    No-break, narrow and thin spaces are right, and so is the ideographic one among East Asian text.
    """
    text = reading.document.text
    matches = list(_matches(reading, _ODD_SPACE, _ODD_SPACE))
    if "\t" in text:
        matches = sorted([*matches, *_TAB.finditer(text)], key=lambda match: match.start())
    for match in matches:
        start, end = match.span()
        run = match.group()
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        if "\u3000" in run and any(_script(side) in ("EASTERN", "WIDE") for side in (before, after) if side):
            continue
        inside = before.isalnum() or before in ",;" or after.isalnum()
        if not before or before == "\n" or not after or after == "\n":
            continue  # indentation
        put = "" if before == " " or after == " " else " "
        at = Span(start, end)
        yield Problem(
            at=at,
            words=_names_of(run),
            suggestions=(put,),
            fix=Fix((Edit(at, put),), safe=True),
            confidence=0.93 if inside else 0.7,
        )


# What decoding lost

_LOST = re.compile("\ufffd+")
_QUESTIONED = re.compile(r"\?(?<=[a-z]\?)(?=(?:s|t|re|ve|ll|d|m)\b(?![=&/]))")
# The apostrophe and the quotation marks of Windows as a Macintosh read them, and the reverse.
_TAKEN = re.compile(r"\b([A-Za-z]{2,})([íÕÆ¹´])(s|t|re|ve|ll|d|m)\b")
_ACCENTED = re.compile("[áéóúñãâêô]")
_TAKEN_MARKS = "íÕÆ¹´"
_TAKEN_MARK = re.compile(f"[{_TAKEN_MARKS}]")
_ENDINGS = re.compile(r"(?:s|t|re|ve|ll|d|m)\b")


def characters_are_not_lost(reading: Reading) -> Iterator[Problem]:
    """Find bytes that are not of the file's encoding, replacement characters, and question marks for apostrophes.

    A wrong byte is named with its place in the file; what Windows-1252 has for it is the suggestion. Other lost
    characters can't be known, but for the apostrophe between a word and the rest of a contraction (“don?t”).
    """
    text = reading.document.text
    if "\ufffd" in text:
        faults = {offset: (place, byte) for offset, place, byte in reading.document.source.faults}
        for match in _LOST.finditer(text):
            raw = _bytes_at(reading, match, faults) if faults else []
            if raw or _mojibake().search(text, max(match.start() - 3, 0), match.end()) is None:
                yield _lost(text, match, raw)
    if "?" in text:
        for match in _QUESTIONED.finditer(text):
            low = max(match.start() - 100, 0)
            start = max(text.rfind(" ", low, match.start()) + 1, low)
            if re.search(r"[/=&@#]|www", text[start : match.end() + 3]):
                continue
            at = Span(match.start(), match.end())
            yield Problem(
                at=at,
                words=_names_of("?"),
                suggestions=("’",),
                fix=Fix((Edit(at, "’"),)),
                confidence=0.93,
            )


def apostrophes_are_decoded_rightly(reading: Reading) -> Iterator[Problem]:
    """Find the apostrophe of one old encoding read in another, “donít”, “donÕt”: in a word that no dictionary has.

    What stands before it has to be a word; an “s” alone behind it may be the end of a name (“Solís”): it is sure only
    in a text that has another contraction.
    """
    text = reading.document.text
    found = [
        match
        for match in _matches(reading, _TAKEN_MARK, _TAKEN)
        if _is_known(match[1]) or (match[3] == "t" and match[1][-1] == "n" and _is_known(match[1][:-1]))
    ]
    sure = any(match[3] != "s" for match in found)
    if found and not sure and (_ACCENTED.search(text) or sum(map(text.count, _TAKEN_MARKS)) > len(found)):
        return  # the letter of a language that has it
    for match in found:
        at = Span(match.start(2), match.end(2))
        yield Problem(at, _names_of(match[2]), ("’",), Fix((Edit(at, "’"),)), confidence=0.94 if sure else 0.6)


def _bytes_at(reading: Reading, match: re.Match[str], faults: Mapping[int, tuple[int, int]]) -> list[tuple[int, int]]:
    """The faulty bytes that a run of replacement characters stands for, with their places in the file."""
    found = []
    for at in range(match.start(), match.end()):
        fault = faults.get(reading.document.locate(Span(at, at + 1)).start)
        if fault is not None:
            found.append(fault)
    return found


def _lost(text: str, match: re.Match[str], raw: list[tuple[int, int]]) -> Problem:
    start, end = match.span()
    at = Span(start, end)
    said = _names_of("\ufffd")
    meant = ""
    if raw:
        data = bytes(byte for _, byte in raw)
        said = {"name": f"{' '.join(f'0x{byte:02X}' for byte in data[:8])} @ {raw[0][0]}"}
        if len(raw) == end - start and len(raw) < 4:
            meant = data.decode("cp1252", "ignore")
            meant = meant if len(meant) == len(raw) else ""
    if not meant and text[start - 1 : start].isalpha() and _ENDINGS.match(text, end):
        meant = "’"
    return Problem(
        at=at,
        words=said,
        suggestions=(meant,) if meant else (),
        fix=Fix((Edit(at, meant),)) if meant else None,
        confidence=0.97,
    )


# Mojibake

# Encodings that UTF-8 is wrongly read in.
_WRONG = ("latin-1", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "iso8859-2", "mac_roman", "cp437")


# Every form of it is two characters or more beyond ASCII, or one of these before a space.
_TWO_STRANGE = re.compile("[^ ]{2}|[ÃÂ]")


@cache
def _mojibake() -> re.Pattern[str]:
    """What the bytes of one UTF-8 character look like when read in one of the wrong encodings, or begun so and lost."""
    forms: list[str] = []
    for codec in _WRONG:
        shown = []
        for byte in range(0x80, 0x100):
            character = bytes((byte,)).decode(codec, "ignore") or chr(byte)
            shown.append(character if character not in "\\]^-" else "\\" + character)
        trail = "".join(dict.fromkeys((*shown[:0x40], "\ufffd", "\x1a")))
        two, three, four = "".join(shown[0x42:0x60]), "".join(shown[0x60:0x70]), "".join(shown[0x70:0x75])
        forms += (f"[{two}][{trail}]", f"[{three}][{trail}][{trail}]", f"[{four}][{trail}]{{2}}")
    forms += ("â€", "[ÃÂ] ", "ï¿½")
    return re.compile("|".join(forms))


def text_is_decoded_rightly(reading: Reading) -> Iterator[Problem]:
    """Find UTF-8 that was read in another encoding, “donâ€™t”, with the repaired text.

    Method: ftfy (Speer 2019) where a character sequence of that look stands; nothing that ftfy would leave as it is.
    """
    text = reading.document.text
    if _TWO_STRANGE.search(_strange(reading)) is None:
        return
    end = -1
    for match in _matches(reading, _mojibake(), _mojibake()):
        if match.start() < end:
            continue
        line_start = text.rfind("\n", 0, match.start()) + 1
        line_end = text.find("\n", match.end())
        line_end = line_end if line_end >= 0 else len(text)
        line = text[line_start:line_end]
        yield from _in_line(line, line_start)
        end = line_end


@lru_cache(maxsize=256)
def _fixed(text: str) -> str:
    from ftfy import fix_encoding

    return fix_encoding(text)


@cache
def _marks_read_wrongly() -> Mapping[str, str]:
    """What the usual marks of typography look like in the wrong encodings, where that is sure to be nothing else."""
    found = {}
    for mark in "“”‘’–—…•™€":
        for codec in _WRONG:
            try:
                found[mark.encode().decode(codec)] = mark
            except UnicodeDecodeError:
                continue
    return found


_RUN = re.compile("[^\x00-\x7f]+")
_C1_ALONE = re.compile("[\x80-\x9f]+")
# A closing quotation mark whose last byte was dropped on the way; ftfy would take a space for it.
_LOST_QUOTE = re.compile("â€(?![\x80-\U0010ffff\x1a?])")


def _in_line(line: str, offset: int) -> Iterator[Problem]:
    """The wrongly decoded places of a line: what ftfy repairs, each run of characters by itself."""
    marks = _marks_read_wrongly()
    put = _fixed(_LOST_QUOTE.sub("â€\x9d", line))
    if "\x9d" in put:
        put = _fixed(line)
    confidence = 0.97
    if put != line:
        places = _aligned(line, put)
    else:
        # Together ftfy leaves them, alone it may not: two kinds of damage in one line, or none.
        runs = [match for match in _RUN.finditer(line) if _mojibake().search(match.group()) is not None]
        places = [(match.start(), match.end(), marks.get(match.group()) or _fixed(match.group())) for match in runs]
        confidence = 0.96 if any(match.group() in marks for match in runs) else 0.7
    for start, end, better in places:
        said = line[start:end]
        if better == said or _C1_ALONE.fullmatch(said):
            continue
        at = Span(offset + start, offset + end)
        yield Problem(
            at=at,
            suggestions=(better,),
            fix=Fix((Edit(at, better),), safe=confidence >= 0.9 and "\ufffd" not in better),
            confidence=confidence,
        )


def _aligned(line: str, put: str) -> list[tuple[int, int, str]]:
    """The runs beyond ASCII of a line with what stands for each in its repaired form.

    What is ASCII between two runs is the same in both, but for the character behind a run, which may belong to it.
    """
    runs = [match.span() for match in _RUN.finditer(line)]
    places: list[tuple[int, int, str]] = []
    if not runs:
        return places
    at = runs[0][0]
    if not put.startswith(line[:at]):
        return [_narrowed(line, put)]
    for index, (start, end) in enumerate(runs):
        following = runs[index + 1][0] if index + 1 < len(runs) else len(line)
        for taken in (0, 1, 2):
            between = line[end + taken : following]
            if end + taken > following:
                found = -1
            elif following == len(line):
                found = len(put) - len(between) if put.endswith(between) and len(put) - len(between) >= at else -1
            else:
                found = put.find(between, at) if between else at
            if found >= 0 and found - at <= end - start + 2:
                break
        else:
            first, last, rest = _narrowed(line[start:], put[at:])
            return [*places, (start + first, start + last, rest)]
        if not between and following != len(line):
            # The next run follows at once: the two are repaired together.
            runs[index + 1] = (start, runs[index + 1][1])
            continue
        places.append((start, end + taken, put[at:found]))
        at = found + len(between)
    return places


def _narrowed(said: str, put: str) -> tuple[int, int, str]:
    """The place that differs, and what stands there: all but what is the same at both ends."""
    head = 0
    while head < min(len(said), len(put)) and said[head] == put[head]:
        head += 1
    tail = 0
    while tail < min(len(said), len(put)) - head and said[-1 - tail] == put[-1 - tail]:
        tail += 1
    return head, len(said) - tail, put[head : len(put) - tail]


# Forms of letters that only a font should make, and wrong dashes

_LIGATURE = re.compile("[\ufb00-\ufb06]")
_LIGATURES = re.compile("(?<![^\\W\\d_])[^\\W\\d_]*[\ufb00-\ufb06][^\\W\\d_]*")


def letters_are_plain(reading: Reading) -> Iterator[Problem]:
    """Find ligatures as characters (“ﬁ”), which PDF files leave behind and no search finds."""
    for match in _matches(reading, _LIGATURE, _LIGATURES):
        word = match.group()
        at = Span(match.start(), match.end())
        plain = "".join(unicodedata.normalize("NFKC", char) if "\ufb00" <= char <= "\ufb06" else char for char in word)
        strange = "".join(character for character in word if "\ufb00" <= character <= "\ufb06")
        yield Problem(
            at=at,
            words=_names_of(strange),
            suggestions=(plain,),
            fix=Fix((Edit(at, plain),), safe=True),
            confidence=0.95,
        )


_DASH = re.compile("[—–](?=([0-9]{1,3})(?![\\w,.%]*[0-9%])(?![A-Za-z]))")
_DASHED = re.compile("(?<![\\w.])[A-Za-z]{1,8}$")


def hyphens_are_hyphens(reading: Reading, *, names: list[str]) -> Iterator[Problem]:
    """Find a dash where a designation has its hyphen: “COVID—19”, “F—16”. Those of `names` are sure."""
    text = reading.document.text
    places = sorted(at for dash in "—–" for at in words.occurrences(text, dash) if text[at + 1 : at + 2].isdigit())
    for match in filter(None, (_DASH.match(text, at) for at in places)):
        dash = match.start()
        before = _DASHED.search(text, max(0, dash - 10), dash)
        if before is None:
            continue
        word = before.group()
        if word in names:
            confidence = 0.96 if text[dash] == "—" else 0.92
        elif word.isupper() and len(word) < 3 and text[dash] == "—":
            confidence = 0.8
        else:
            continue
        at = Span(before.start(), match.end(1))
        yield Problem(
            at=at,
            suggestions=(f"{word}-{match[1]}",),
            fix=Fix((Edit(Span(dash, dash + 1), "-"),), safe=confidence >= 0.95),
            confidence=confidence,
        )


def dashes_are_of_the_house(reading: Reading, *, forms: dict[str, str]) -> Iterator[Problem]:
    """Find dashes and primes that the house writes otherwise: `forms` from the wrong to the right one.

    A form stands between two characters that are no space (or, where it begins or ends with space, no mark); the digits
    of a form (“0'0\"”) stand for any number.
    """
    text = reading.document.text
    found: list[tuple[int, int, str]] = []
    for wrong, right in forms.items():
        if not any(part in text for part in (wrong, *re.findall(r"[^0 ]+", wrong))):
            continue
        for match in _form(wrong).finditer(text):
            numbers = iter(match.groups())
            put = "".join(next(numbers, "") if character == "0" else character for character in right)
            found.append((match.start(), match.end(), put))
    end = -1
    for start, stop, put in sorted(found):
        if start >= end:
            end = stop
            at = Span(start, stop)
            yield Problem(
                at=at,
                words=_names_of("".join(c for c in text[start:stop] if not c.isalnum() and c != " ")),
                suggestions=(put,),
                fix=Fix((Edit(at, put),)),
                confidence=0.92,
            )


@lru_cache(maxsize=64)
def _form(wrong: str) -> re.Pattern[str]:
    pattern = "".join(r"(\d+)" if character == "0" else re.escape(character) for character in wrong)
    if "0" in wrong:
        return re.compile(rf"(?<![\w.]){pattern}(?!\w)")
    return re.compile(rf"(?<=[\w.,;:!?)”’\"']){pattern}(?=[\w(“‘\"'$€£])")
