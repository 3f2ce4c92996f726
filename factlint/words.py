"""What English looks like: its words and how often they are used, where sentences end, what is quoted.

Word lists are data, read at first use; a word is asked for in small letters and without its apostrophe part. Sentences
are cut at space only, so that together they hold every other character of their block; quotations never overlap.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache
from itertools import repeat
from typing import TYPE_CHECKING

from factlint.source import Document, Span

if TYPE_CHECKING:
    from mmap import mmap

_DATA = os.path.join(os.path.dirname(__file__), "data")

# What may end a sentence: a mark, what closes with it, and space; or a line end. No group matches where it surely does,
# unless the word in small letters before it is an abbreviation.
_TAIL = 5
_CLOSED = rf"(?:(?<=[a-z ]{{{_TAIL - 1}}}[a-z]\.) (?=[A-Z0-9])|()[.!?…]*[\"'”’»)\]]*[ \n]+)"
_END = re.compile(rf"[.!?…]{_CLOSED}")
_FULL_STOP = re.compile(rf"\.{_CLOSED}")  # a pattern that begins with a character is several times as quick
_END_OR_LINE_END = re.compile(rf"[.!?…]{_CLOSED}|()\n+")
_TOKEN = re.compile(r"[^\s\"“”‘(\[{<>)\]}/—–…]+$")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?|\d")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]|[A-Z]\.-[A-Z]|[A-Z]-[A-Z]")
_LIST_NUMBER = re.compile(r"(?:\d{1,3}|[A-Za-z]|[IVXivx]{1,5})")


def data_text(name: str) -> str:
    """The text of a file of factlint/data without the comments that it begins with."""
    text = _read(name).decode("utf-8")
    while text.startswith("#"):
        text = text.partition("\n")[2]
    return text


def data_lines(name: str) -> list[str]:
    """The lines of a file of factlint/data, comments and empty ones left out."""
    text = data_text(name)
    lines = text.removesuffix("\n").split("\n")
    if "\n#" in text or "\n\n" in text:
        return [line for line in lines if line and line[0] != "#"]
    return lines


def words_by_use(name: str) -> Mapping[str, frozenset[str]]:
    """The words of a file of factlint/data whose lines are a use, a colon and words; all lines of one use together."""
    found: dict[str, set[str]] = {}
    for line in data_lines(name):
        use, _, said = line.partition(": ")
        found.setdefault(use, set()).update(said.split())
    return {use: frozenset(said) for use, said in found.items()}


def _read(name: str) -> bytes:
    with open(os.path.join(_DATA, name), "rb") as file:
        data = file.read()
    return data.replace(b"\r\n", b"\n") if b"\r" in data else data


def _map(name: str) -> bytes | mmap:
    """The bytes of a long file of factlint/data, of which those alone are read that are looked at.

    Nobody may cut the file short in place meanwhile; installing another version doesn't, it makes new files.
    """
    from mmap import ACCESS_READ, mmap

    with open(os.path.join(_DATA, name), "rb", buffering=0) as file:
        data = mmap(file.fileno(), 0, access=ACCESS_READ)
    return data if data.find(b"\r", 0, data.find(b"\n")) < 0 else _read(name)


@cache
def common_words() -> Mapping[str, float]:
    """The ordinary words from Zipf 3.5 on (once in 300,000 words), each with its Zipf value.

    Zipf is the decimal logarithm of how often a word is used in 10⁹ words (van Heuven et al. 2014).
    """
    found: dict[str, float] = {}
    for line in data_lines("words-common.txt"):
        value, *words = line.split()
        found.update(zip(words, repeat(int(value) / 10)))
    return found


class _Dictionary:
    """A list of words: the letters that some begin with in a line, in the next line these words, and all in order.

    The few words that a short text asks for are looked for in the bytes; from then on all lines are held apart.
    """

    __slots__ = ("_asked", "_data", "_lines")

    def __init__(self, name: str) -> None:
        self._data = _map(name)
        self._asked = 0
        self._lines: Mapping[bytes, bytes] = {}

    def line(self, start: str) -> bytes:
        """The line of the words that begin so; empty where there is none."""
        wanted = start.encode("utf-8", "surrogatepass")
        if not self._lines:
            self._asked += 1
            if self._asked <= _SEVERAL:
                return self._search(wanted)
            self._lines = self.lines()
        return self._lines.get(wanted, b"")

    def lines(self) -> Mapping[bytes, bytes]:
        """The lines of words by the letters that they begin with."""
        lines = self._data[:].split(b"\n")
        return dict(zip(lines[1::2], lines[2::2], strict=False))

    def _search(self, start: bytes) -> bytes:
        data, find = self._data, self._data.find
        low, high = 0, len(data)
        while high - low > _NEAR:
            middle = (low + high) // 2
            # The next line of letters: that behind the next line of words, which begin with a space.
            at = find(b"\n", middle) + 1
            if data[at : at + 1] == b" ":
                at = find(b"\n", at) + 1
            if not low < at < high:
                high = middle
            elif data[at : find(b"\n", at)] <= start:
                low = at - 1
            else:
                high = at
        before = b"\n%b\n" % start
        at = find(before, low, high + len(before)) + len(before)
        return data[at : find(b"\n", at)] if at >= len(before) else b""


_SEVERAL = 200  # words that are looked for in the bytes of a list
_NEAR = 2048  # bytes in which a line is looked for from the first on
_dictionary = cache(_Dictionary)


def entry(name: str, word: str) -> str:
    """What a list, whose lines go by four letters, says of a word; empty for a word that it lacks."""
    line = _dictionary(name).line(word[:4])
    named = f" {word}:".encode("utf-8", "surrogatepass")
    at = line.find(named)
    return line[at + len(named) : line.index(b" ", at + len(named))].decode("utf-8") if at >= 0 else ""


def list_entries(name: str) -> Iterator[str]:
    """The entries of a list by the letters that they begin with: a word each, and what is said of it."""
    for line in _dictionary(name).lines().values():
        yield from line.decode("utf-8").split()


def corrections(word: str) -> tuple[str, ...]:
    """What a known misspelling in small letters is meant for, the likeliest first; nothing for any other word."""
    meant = entry("misspellings.txt", word)
    return tuple(meant.split("|")) if meant else ()


@lru_cache(maxsize=65536)
def _rare_entry(word: str) -> str:
    """The value of a rarer word as the list has it, as “27” or “16?”; empty for no word."""
    return entry("words-rare.txt" if word.isascii() else "words-accented.txt", word)


def frequency(word: str) -> float:
    """How often a word in small letters is used, on the Zipf scale (“the” 7.6, rare ones 1); 0.0 for no known word."""
    value = common_words().get(word)
    if value is not None:
        return value
    value_of = _rare_entry(word)
    return int(value_of[:2]) / 10 if value_of else 0.0


def is_word(word: str) -> bool:
    """Whether a large dictionary has the word, written in small letters."""
    return word in common_words() or bool(_rare_entry(word))


def is_common(word: str) -> bool:
    """Whether a word in small letters is an ordinary one: no name, and used at least once in 300,000 words."""
    return word in common_words()


def is_name(word: str) -> bool:
    """Whether a word as written, with its capital, is a name or another word of the dictionary with a capital."""
    return f" {word} ".encode("utf-8", "surrogatepass") in _dictionary("words-names.txt").line(word[:3])


@cache
def abbreviations() -> Mapping[str, frozenset[str]]:
    """The abbreviations with a full stop, without it, by use: title, before, middle, either; and starters."""
    return words_by_use("abbreviations.txt")


@cache
def _abbreviation_uses() -> Mapping[str, str]:
    found = {}
    for use in ("either", "middle", "before", "title"):
        found.update(dict.fromkeys(abbreviations()[use], use))
    return found


def is_abbreviation(word: str) -> bool:
    """Whether a word, given without its last full stop, is an abbreviation that is written with one."""
    return word in _abbreviation_uses()


def find_sentences(plain: str, span: Span) -> Iterator[Span]:
    """Find the sentences of a block by place, without the space between them.

    `plain` is the folded prose. A full stop after an abbreviation, an initial or a number of a list ends none, unless
    what follows begins like a sentence; a mark before a small letter ends none. Method: a list of abbreviations by what
    may follow them, and of words that begin sentences.
    """
    bounds = iter(sentence_bounds(plain, span))
    return map(Span, bounds, bounds)


def sentence_bounds(plain: str, span: Span) -> list[int]:
    """The starts and ends of the sentences of a block in turn: see `find_sentences`."""
    start, last = span.start, span.end
    while start < last and plain[start].isspace():
        start += 1
    while last > start and plain[last - 1].isspace():
        last -= 1
    bounds: list[int] = []
    tails = _abbreviated_tails()
    if plain.find("\n", start, last) >= 0:
        ends = _END_OR_LINE_END
    elif max(plain.find("!", start, last), plain.find("?", start, last), plain.find("…", start, last)) >= 0:
        ends = _END
    else:
        ends = _FULL_STOP
    for match in ends.finditer(plain, start, last):
        at, end = match.span()
        if match.lastindex is None and at - _TAIL > start and plain[at - _TAIL : at].rpartition(" ")[2] not in tails:
            bounds += (start, at + 1)  # nearly always
            start = end
        elif _ends_sentence(plain, start, at, match.group(), end, last):
            stop = at + len(match.group().rstrip())
            while stop > start and plain[stop - 1].isspace():
                stop -= 1
            if stop > start:
                bounds += (start, stop)
            start = end
            while start < last and plain[start].isspace():
                start += 1
    if start < last:
        bounds += (start, last)
    return bounds


@cache
def _abbreviated_tails() -> frozenset[str]:
    return frozenset(word[-_TAIL:] for word in _abbreviation_uses())


def _ends_sentence(plain: str, start: int, at: int, mark: str, after: int, last: int) -> bool:
    """Whether the mark at `at`, with what follows to `after`, ends the sentence that began at `start`."""
    first = mark[0]
    if first == "\n":
        return True
    character = plain[after]
    if character.islower():
        return False
    if first != "." or mark[1] == ".":
        # “Where?” She asked: after a quoted question a capital may be a name, but mostly begins a sentence.
        return not (character in ",;:–—-" or ((first == "…" or mark[1] == ".") and not _begins(plain, after, last)))
    if character in ",;:&":
        return False
    if mark[1] not in " \n":
        return True
    token = _TOKEN.search(plain, max(start, at - 24), at)
    if token is None:
        return True
    word = token.group().lstrip("'-")
    if word.endswith("'s"):
        return True
    use = _abbreviation_uses().get(word)
    if use is None:
        if len(word) > 7 or not word:
            return True
        if _INITIALS.fullmatch(word):
            if word == "I" or (len(word) == 1 and plain[max(at - 3, start) : at - 1] in (" a ", "in ", "an ")):
                return True
            return _begins(plain, after, last)
        return not (token.start() == start and _LIST_NUMBER.fullmatch(word))
    if use == "title":
        return word == "St" and _begins(plain, after, last)
    if use == "before":
        # “no” and “p” are words, too.
        return not (character.isdigit() or character in "§#(") and (word.islower() or _begins(plain, after, last))
    if word in ("in", "c", "b", "d", "r", "m", "n", "am", "pm", "mi", "sec"):
        return not character.isdigit()
    return _begins(plain, after, last)


def _begins(plain: str, at: int, last: int) -> bool:
    """Whether the text from here begins like a sentence: with an opening quotation mark or one of the usual words."""
    if plain[at] in '"“‘«':
        return True
    match = _FIRST_WORD.search(plain, at, min(at + 24, last))
    return match is not None and match.group() in abbreviations()["starters"]


def places_of(text: str, word: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Where a word stands as a whole word in a text, or between two places of it."""
    length, at = len(word), text.find(word, start, end)
    while at >= 0:
        after = at + length
        if not (at and (text[at - 1].isalnum() or text[at - 1] == "_")) and not (
            after < len(text) and (text[after].isalnum() or text[after] == "_")
        ):
            yield at
        at = text.find(word, after, end)


def occurrences(text: str, part: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Where some characters stand, be they a word or not; none of them overlap."""
    at = text.find(part, start, end)
    while at >= 0:
        yield at
        at = text.find(part, at + len(part), end)


FEW = 80  # words that are looked for one by one; more are looked for in one pass, which takes as long as so many
_RUN = re.compile(r"\w+")
_CAPITALISED = re.compile(r"[A-Z]\w*")  # five times as quick


def places_of_each(text: str, wanted: Collection[str]) -> dict[str, list[int]]:
    """Where each of some words stands as a whole word, in order; words that do not stand there are left out."""
    found: dict[str, list[int]] = {}
    capitalised = frozenset(word for word in wanted if "A" <= word[0] <= "Z")
    others = frozenset(wanted) - capitalised
    for every, run, few in ((capitalised, _CAPITALISED, FEW // 5), (others, _RUN, FEW)):
        if len(every) <= few:
            for word in every:
                if places := list(places_of(text, word)):
                    found[word] = places
            continue
        for match in run.finditer(text):
            if match[0] in every:
                at = match.start()
                if not (at and (text[at - 1].isalnum() or text[at - 1] == "_")):
                    found.setdefault(match[0], []).append(at)
    return found


# Quotation marks

_MARKS = '“”„«»"'
_STRAIGHT_SINGLE = re.compile(r"'(?<![\w.,?!'\"”’]')(?=[A-Za-z])")
_CLOSING_SINGLE = re.compile(r"['’](?<=[^\s(\[“‘].)(?!\w)")
_ELIDED = re.compile(r"[‘'](?:\d\ds?\b|(?i:tis|twas|til|em|cause|bout|round|n)\b)")


def find_quotations(document: Document) -> Iterator[Span]:
    """Find what stands between quotation marks, the marks left out, by place; of nested ones the outermost.

    Marks pair within a block. A quotation that its block leaves open goes to the block's end: it goes on in the next
    paragraph, or its end is lost. A straight mark opens where space stands before it and none after it.
    """
    text = document.text
    double = '"' in text or "“" in text or "«" in text or "„" in text or "”" in text
    single = "‘" in text or " '" in text or "\n'" in text or text[:1] == "'"
    if not double and not single:
        return
    starts = [block.span.start for block in document.blocks]
    found = list(_doubles(document, starts)) if double else []
    if single:
        taken = found
        found = sorted([*taken, *_singles(document, starts, taken)])
    yield from found


def _block_end(document: Document, starts: list[int], offset: int) -> int:
    index = bisect_right(starts, offset) - 1
    if index < 0:
        return starts[0] if starts else len(document.text)
    end = document.blocks[index].span.end
    if offset < end:
        return end
    return starts[index + 1] if index + 1 < len(starts) else len(document.text)


def _doubles(document: Document, starts: list[int]) -> Iterator[Span]:
    text = document.text
    opened, depth, block_end = -1, 0, -1
    for at in sorted([at for mark in _MARKS for at in occurrences(text, mark)]):
        if at >= block_end:
            if opened >= 0:
                yield Span(opened, block_end)
            opened, depth, block_end = -1, 0, _block_end(document, starts, at)
        mark = text[at]
        if mark == '"':
            before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
            if opened >= 0 and depth == 1 and not (before in " \n([" and after.isalnum()):
                mark = "”"
            elif opened < 0 and (before in " \n([{—–-\t/'‘…" or before == "\N{NO-BREAK SPACE}") and not after.isspace():
                mark = "“"
            elif opened < 0 and not before.isdigit() and after.isalnum():
                mark = "“"  # glued to the word before
            else:
                continue  # inches, or a mark too many
        if mark in "“„«" and not (mark == "“" and opened >= 0 and text[opened - 1] == "„"):
            if opened < 0:
                opened, depth = at + 1, 1
            elif mark == "«":
                depth += 1
            # A second opening mark with none closing between: the first was never closed, or this one is wrong.
        elif opened >= 0:
            depth -= 1
            if depth == 0:
                yield Span(opened, at)
                opened = -1
    if opened >= 0:
        yield Span(opened, block_end)


def _singles(document: Document, starts: list[int], taken: list[Span]) -> Iterator[Span]:
    """Quotations in single marks outside the `taken` ones: a closing mark after punctuation is the likelier one."""
    text = document.text
    past = 0
    opening = [match.start() for match in _STRAIGHT_SINGLE.finditer(text)]
    if "‘" in text:
        opening = sorted([*opening, *occurrences(text, "‘")])
    for at in opening:
        if at < past or _ELIDED.match(text, at):
            continue
        index = bisect_right(taken, Span(at, len(text) + 1)) - 1
        if index >= 0 and at < taken[index].end:
            continue
        end = _block_end(document, starts, at)
        following = taken[index + 1].start if index + 1 < len(taken) else end
        other = text.find("‘", at + 1, end) if text[at] == "‘" else -1
        limit = min(end, following, other if other >= 0 else end)
        closing = [close.start() for close in _CLOSING_SINGLE.finditer(text, at + 1, limit)]
        if not closing:
            continue
        stop = closing[0]
        if text[stop - 1] == "s" and text[stop + 1 : stop + 2] == " " and len(closing) > 1:
            stop = next((close for close in closing if text[close - 1] in ".,?!…"), stop)
        past = stop + 1
        yield Span(at + 1, stop)
