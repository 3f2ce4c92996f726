"""Quotation marks and brackets: each opening one has its closing one, the right way round, without space inside.

Curly and straight marks are read in one pass, as what they do at their place rather than as what they look like. A
quotation that goes on over paragraphs is right without a closing mark; primes, inches and apostrophes are no marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from factlint.findings import Edit, Fix, Problem, Related
from factlint.mentions import Reading
from factlint.prepared import prepared
from factlint.source import Block, Span
from factlint.words import occurrences

LONG = 700  # a longer block holds paragraphs that were run together: what is open may have been left open rightly
WHOLE = 3  # a text of fewer paragraphs may be cut out of a longer one, in the middle of a quotation
NEAR = 8  # so many paragraphs back a quotation may have begun

_DOUBLE = re.compile('[“”"]')
# Pairs of marks whose places allow no other role: a curly one, and a straight one of which the first stands behind a
# space and before a word, and the last right behind a word; no last one stands behind a digit.
_CURLY_PAIR = re.compile(r'“[^“”"\n]*+(?<!\d)”')
_STRAIGHT_PAIR = re.compile(r"""\"(?<![^\s(\[{—–/‘'-]")(?![\s.,;:!?)\]}—–…])[^“”"\n]*+(?<![\s(\[{—–/‘'\d-])\"""")
_INCHES = re.compile(r"\d['’′]\s?\d{1,2}$|(?<![\w,.])\d{1,3}(?:\.\d|[½¼¾]|[- ]\d/\d{1,2})?$")
_SENTENCE_END = re.compile(r"[.?!…:]['’”\")\]]*\s+$")
_WORD_CHARACTERS = re.compile(r"[\w'’-]*")


class _Mark(Struct, frozen=True):
    at: int
    character: str


class _Fault(Struct, frozen=True):
    """What is wrong with a mark: open, closed, inner (opened inside an open one), turned or mixed.

    One that “goes on” is open where the next paragraph of the quotation seems to begin. `partner` is the mark that it
    belongs to, -1 where there is none.
    """

    kind: str
    at: int
    confidence: float
    partner: int = -1


def _faults(text: str, blocks: Sequence[Block], speech: list[str]) -> tuple[_Fault, ...]:
    """All that is wrong with the double marks of a text, by place."""
    said = _said(speech)
    found: list[_Fault] = []
    left_open: list[tuple[int, _Mark]] = []  # the number of the block, and the mark that it leaves open
    for number, block in enumerate(blocks):
        if block.kind == "data":
            continue
        fine = _is_paired(text, block.span.start, block.span.end)
        if fine and not left_open:
            continue
        opened, faults, lone = ([], [], []) if fine else _pair(text, block.span, said)
        for mark in lone:
            if left_open and number - left_open[-1][0] <= NEAR:
                faults.append(_Fault("open", left_open.pop()[1].at, 0.6))  # over paragraphs, not opened again
            else:
                faults.append(_Fault("closed", mark.at, 0.92 if mark.character == "”" else 0.9))
        left_open += [(number, mark) for mark in opened]
        found += faults
        left_open, lost = _without_lost(text, blocks, number, left_open, said)
        found += lost
    found += [_unclosed(text, blocks, number, mark) for number, mark in left_open]
    if len(blocks) < WHOLE:
        found = [
            replace(fault, confidence=min(fault.confidence, 0.75)) if fault.kind in ("open", "closed") else fault
            for fault in found
        ]
    return tuple(sorted(found, key=lambda fault: fault.at))


def _is_paired(text: str, start: int, end: int) -> bool:
    """Whether all double marks of a part of a text are pairs in which nothing can be wrong."""
    curly = text.count("“", start, end) + text.count("”", start, end)
    if curly and 2 * sum(1 for _ in _CURLY_PAIR.finditer(text, start, end)) != curly:
        return False
    straight = text.count('"', start, end)
    return not straight or 2 * sum(1 for _ in _STRAIGHT_PAIR.finditer(text, start, end)) == straight


def _without_lost(
    text: str, blocks: Sequence[Block], number: int, opened: list[tuple[int, _Mark]], said: re.Pattern[str]
) -> tuple[list[tuple[int, _Mark]], list[_Fault]]:
    """Those of the open quotations that may still go on after a block, and faults of the others."""
    kept, lost = [], []
    if not opened:
        return [], []
    coming = (blocks[index] for index in range(number + 1, len(blocks)))
    later = next((block for block in coming if block.kind != "data"), None)
    following = text[later.span.start : later.span.start + 1] if later else ""
    for index, mark in opened:
        if index != number:
            if number - index < NEAR:
                kept.append((index, mark))
            else:
                lost.append(_unclosed(text, blocks, index, mark))
        elif later is None or following not in "“\"‘'«":
            kept.append((index, mark))
        elif _is_attributed(text, mark.at, blocks[index].span.end, said):
            lost.append(_unclosed(text, blocks, index, mark))
    return kept, lost


def _is_attributed(text: str, at: int, end: int, said: re.Pattern[str]) -> bool:
    """Whether who said it stands in what an open mark opens, which has lost its end: “It is late, said Maria.”"""
    comma = text.find(", ", at, end)
    while comma >= 0:
        match = said.match(text, comma + 2, end)
        if match is not None and text[match.end() : match.end() + 1] in (".", ",", " ") and match.end() > end - 60:
            return True
        comma = text.find(", ", comma + 2, end)
    return False


def _unclosed(text: str, blocks: Sequence[Block], number: int, mark: _Mark) -> _Fault:
    long = len(blocks[number].span) > LONG
    return _Fault("open", mark.at, 0.7 if long else 0.9)


def _pair(text: str, block: Span, said: re.Pattern[str]) -> tuple[list[_Mark], list[_Fault], list[_Mark]]:
    """Pair the marks of a block: the ones left open, what is wrong, and closing ones that nothing opened."""
    stack: list[_Mark] = []
    faults: list[_Fault] = []
    lone: list[_Mark] = []
    collapsed = len(block) > LONG
    for match in _DOUBLE.finditer(text, block.start, block.end):
        mark = _Mark(match.start(), match[0])
        role = _role(text, block, mark, bool(stack), said)
        if role in ("closes", "turned closes"):
            if role != "closes":
                faults.append(_Fault("turned", mark.at, 0.93, stack[-1].at))
            if not stack:
                lone.append(mark)
                continue
            top = stack.pop()
            if _style(top) != _style(mark) and stack and _style(stack[-1]) == _style(mark):
                faults.append(_Fault("open", top.at, 0.7))
                top = stack.pop()
            if _style(top) != _style(mark):
                faults.append(_Fault("mixed", mark.at, 0.9, top.at))
        elif role in ("opens", "turned opens"):
            if role != "opens":
                faults.append(_Fault("turned", mark.at, 0.92))
            same = next((open_one for open_one in stack if _style(open_one) == _style(mark)), None)
            if same is not None:
                stack = stack[: stack.index(same)]
                if _SENTENCE_END.search(text, max(mark.at - 8, block.start), mark.at):
                    faults.append(_Fault("open" if not collapsed else "goes on", same.at, 0.6 if collapsed else 0.9))
                else:
                    faults.append(_Fault("inner", mark.at, 0.6 if collapsed else 0.9, same.at))
            stack.append(mark)
    if sum(fault.kind == "goes on" for fault in faults) == 1:  # one is a slip, several are paragraphs run together
        faults = [replace(fault, kind="open") if fault.kind == "goes on" else fault for fault in faults]
    return stack, faults, lone


def _style(mark: _Mark) -> bool:
    return mark.character == '"'


def _role(text: str, block: Span, mark: _Mark, is_open: bool, said: re.Pattern[str]) -> str:
    """What a mark does at its place: opens, closes, either of the two turned round, or nothing (inches)."""
    at = mark.at
    before = text[at - 1] if at > block.start else " "
    after = text[at + 1] if at + 1 < block.end else " "
    space_before = before.isspace() or before in "([{—–/-‘'"
    space_after = after.isspace() or after in ".,;:!?)]}—–…"
    if mark.character == "“":
        if is_open and _is_closing_place(text, at) and said.match(text, at + 1):
            return "turned closes"
        return "turned closes" if is_open and not space_before and space_after else "opens"
    if before.isdigit() and _INCHES.search(text, max(at - 8, block.start), at):
        later = text.find(mark.character, at + 1, block.end)
        closing = later > 0 and not text[later - 1].isspace() and not text[later + 1 : later + 2].isalnum()
        if not is_open or (closing and text.find("“", at, later) < 0):
            return ""
    if mark.character == "”":
        first = at == block.start and not after.isspace()
        return "turned opens" if not is_open and (first or (space_before and after.isalnum())) else "closes"
    if space_before and not space_after:
        return "turned closes" if is_open and _is_closing_place(text, at) and said.match(text, at + 1) else "opens"
    if space_after and not space_before:
        return "closes"
    return "closes" if is_open else "opens"


def _is_closing_place(text: str, at: int) -> bool:
    """Whether a mark stands after a comma (or ? or !) and a space, before a word: where speech has ended."""
    return text[max(0, at - 2) : at] in (", ", "? ", "! ") and text[at + 1 : at + 2].isalpha()


@prepared
def _said(verbs: Sequence[str]) -> re.Pattern[str]:
    """A speaker and a verb of saying, either way round."""
    verb = "(?:" + "|".join(verbs) + r")\b"
    speaker = r"(?:[A-Z][\w'’.-]*|he|she|it|they|we|I|(?:the|an?|his|her) \w+)"
    # Names before the verb, and the verb before a name, with no comma in between: who is quoted, not what is.
    return re.compile(rf"(?:{speaker} ){{1,4}}{verb}(?! the \w+ (?:is|was|are|were|will)\b)|{verb} {speaker}\b")


@prepared
def _quoted_by(speech: list[str]) -> str:
    return "quotation marks, " + " ".join(speech)


def _of(reading: Reading, speech: list[str]) -> tuple[_Fault, ...]:
    def found(reading: Reading) -> tuple[_Fault, ...]:
        text = reading.document.text
        if _is_paired(text, 0, len(text)):
            return ()  # a pair stands in one line, and so in one block
        return _faults(text, reading.document.blocks, speech)

    return reading.remembered(_quoted_by(speech), found)


def marks_are_paired(reading: Reading, *, speech: list[str]) -> Iterator[Problem]:
    """Find a quotation mark without its partner: opened and not closed, closed and not opened, or opened twice.

    `speech` are the verbs of saying, which tell a turned mark from a missing one.
    """
    for fault in _of(reading, speech):
        at = Span(fault.at, fault.at + 1)
        if fault.kind in ("open", "closed"):
            what = "opened" if fault.kind == "open" else "closed"
            yield Problem(
                at,
                {"what": f"a quotation is {what} here and its other mark is missing"},
                (),
                None,
                (),
                (),
                fault.confidence,
            )
        elif fault.kind == "inner":
            related = (Related(Span(fault.partner, fault.partner + 1), "this quotation is still open"),)
            yield Problem(
                at, {"what": "a quotation is opened inside an open one"}, (), None, related, (), fault.confidence
            )
    yield from _single_marks(reading)


def _single_marks(reading: Reading) -> Iterator[Problem]:
    """Single opening marks after which no mark stands that could close them."""
    text = reading.document.text
    at = text.find("‘")
    while at >= 0:
        end = reading.block_at(at).span.end
        if text.find("’", at, end) < 0 and text.find("'", at, end) < 0 and text[at + 1 : at + 3].isalpha():
            yield Problem(
                Span(at, at + 1), {"what": "a quotation is opened here and its other mark is missing"}, confidence=0.7
            )
        at = text.find("‘", at + 1)


def marks_point_the_right_way(reading: Reading, *, speech: list[str]) -> Iterator[Problem]:
    """Find a mark that opens where one should close, or closes where one should open.

    `speech` are the verbs of saying: after “…, ” and before who said it a mark closes.
    """
    text = reading.document.text
    for fault in _of(reading, speech):
        if fault.kind != "turned":
            continue
        at, mark = fault.at, text[fault.at]
        related = (Related(Span(fault.partner, fault.partner + 1), "opened here"),) if fault.partner >= 0 else ()
        right = {"“": "”", "”": "“"}.get(mark, mark)
        end = _word_end(text, at + 1)
        if fault.partner < 0:  # “”word” for “word”
            fix = Fix((Edit(Span(at, at + 1), right),))
            yield Problem(
                Span(at, end),
                {"does": "closes", "should": "open"},
                (right + text[at + 1 : end],),
                fix,
                related,
                (),
                fault.confidence,
            )
        elif text[at - 1] == " " and end > at + 1:
            fix = Fix((Edit(Span(at - 1, at + 1), right + " "),))
            expected = f"{right} {text[at + 1 : end]}"
            yield Problem(
                Span(at, end), {"does": "opens", "should": "close"}, (expected,), fix, related, (), fault.confidence
            )
        else:
            fix = Fix((Edit(Span(at, at + 1), right),), safe=True)
            yield Problem(
                Span(at, at + 1), {"does": "opens", "should": "close"}, (right,), fix, related, (), fault.confidence
            )


def _word_end(text: str, start: int) -> int:
    match = _WORD_CHARACTERS.match(text, start)
    return match.end() if match else start


def marks_are_of_one_style(reading: Reading, *, speech: list[str], apostrophes: bool = False) -> Iterator[Problem]:
    """Find quotations that begin with a curly mark and end with a straight one, or the reverse; else, of straight and
    curly marks that a text uses both, the first of the rarer; and with `apostrophes` the same of those.
    """
    text = reading.document.text
    paired = [fault for fault in _of(reading, speech) if fault.kind == "mixed"]
    for fault in paired:
        other = "”" if text[fault.at] == '"' else '"'
        related = (Related(Span(fault.partner, fault.partner + 1), "opened with this mark"),)
        words = {"what": "the quotation begins with a mark of another style"}
        fix = Fix((Edit(Span(fault.at, fault.at + 1), other),))
        yield Problem(Span(fault.at, fault.at + 1), words, (other,), fix, related, (), fault.confidence)
    if not paired:
        yield from _rarer(text, '"', "“”", "quotation marks")
    if apostrophes:
        yield from _rarer(text, "'", "’", "apostrophes")


_STRAIGHT_APOSTROPHE = re.compile(r"'(?<=[A-Za-z]')(?=[a-z])")
_CURLY_APOSTROPHE = re.compile(r"’(?<=[A-Za-z]’)(?=[a-z])")
_STRAIGHT_DOUBLE = re.compile(r'"(?<!\d")')
_CURLY_DOUBLE = re.compile("[“”]")


def _rarer(text: str, straight: str, curly: str, what: str) -> Iterator[Problem]:
    if straight not in text or not any(mark in text for mark in curly):
        return
    double = straight == '"'
    one = _first_of(_STRAIGHT_DOUBLE if double else _STRAIGHT_APOSTROPHE, text)
    other = _first_of(_CURLY_DOUBLE if double else _CURLY_APOSTROPHE, text)
    if one is None or other is None:
        return
    straighter = one[1] <= other[1]
    (rarer, few), (usual, many) = (one, other) if straighter else (other, one)
    name, count = ("straight", "curly") if straighter else ("curly", "straight")
    told = f"{few} {name} {what} beside {many} {count} ones"
    yield Problem(rarer, {"what": told}, (), None, (Related(usual, f"{count} here"),), (), 0.85)


def _first_of(pattern: re.Pattern[str], text: str) -> tuple[Span, int] | None:
    """Where a pattern is first found, and how often it is; None where it isn't."""
    first = pattern.search(text)
    return (Span(*first.span()), sum(1 for _ in pattern.finditer(text))) if first else None


_ELIDED = re.compile(r"‘(?=\d\ds?\b|\w+)")


def apostrophes_point_the_right_way(reading: Reading, *, elided: list[str]) -> Iterator[Problem]:
    """Find an opening mark for an apostrophe: before a decade (“the ‘90s”) or one of the words `elided` (“‘em”)."""
    text = reading.document.text
    if "‘" not in text:
        return
    known = frozenset(elided)
    for match in _ELIDED.finditer(text):
        at = match.start()
        word = text[at + 1 : _word_end(text, at + 1)]
        decade = len(word) in (2, 3) and word[:2].isdigit() and word[2:] in ("", "s")
        if not decade and word.rstrip("’") not in known:
            continue
        end = at + 1 + len(word.rstrip("’"))
        if _closes_later(text, end, reading.block_at(at).span.end) and not (decade and word.endswith("s")):
            continue
        fix = Fix((Edit(Span(at, at + 1), "’"),), safe=decade and word.endswith("s"))
        yield Problem(Span(at, end), {}, ("’" + text[at + 1 : end],), fix, (), (), 0.93)


def _closes_later(text: str, start: int, end: int) -> bool:
    """Whether a mark that may close a single quotation stands between, before another one is opened."""
    other = text.find("‘", start, end)
    return re.search(r"(?<=[\w.,?!])’(?!\w)", text[start : other if other >= 0 else end]) is not None


_SPACE_AFTER_OPENING = re.compile(r"“[ ]+(?=\w)")
_SPACE_AFTER_BRACKET = re.compile(r"\((?<=[\s\w]\()[ ]+(?=\w[^)\n]{2})")
_SPACE_BEFORE_BRACKET = re.compile(r"(?<=\w\w)[.?!]?[ ]+\)(?![\w)=:;-])")
_STRAIGHT_APART = re.compile(r'"(?!\S)(?<!\S")')


def marks_hug_their_words(reading: Reading) -> Iterator[Problem]:
    """Find a space inside quotation marks or brackets: before the closing or after the opening one."""
    text = reading.document.text
    found: list[Problem] = []
    first, last = {chunk[0] for chunk in reading.odd}, {chunk[-1] for chunk in reading.odd}
    for space in occurrences(text, " ”") if "”" in first else ():
        start, end = _spaces_from(text, space), space + 2
        if not start or text[start - 1].isspace() or text[start - 1] in "“(":
            continue
        if text[end : end + 1].isalnum() and text.find("”", end, end + 120) >= 0:
            continue  # an opening mark the wrong way round
        alone = text.find("“", reading.block_at(start).span.start, start) < 0
        fix = Fix((Edit(Span(start, end - 1), ""),), safe=not alone)
        found.append(Problem(Span(start, end), {"mark": "quotation mark"}, ("”",), fix, confidence=0.96))
    for match in _SPACE_AFTER_OPENING.finditer(text) if "“" in last else ():
        start, end = match.span()
        if text[start - 1 : start].isalnum() or text[start - 1 : start] in tuple(".,?!"):
            continue  # a closing mark the wrong way round
        fix = Fix((Edit(Span(start + 1, end), ""),), safe=True)
        found.append(Problem(Span(start, end), {"mark": "quotation mark"}, ("“",), fix, confidence=0.93))
    if any(_STRAIGHT_APART.search(chunk) for chunk in reading.odd) and (' "' in text or '" ' in text):
        found += _apart(reading, text)
    for start, end in _spaces_in_brackets(text) if "(" in last or ")" in first else ():
        said = text[start:end].replace(" ", "")
        block = reading.block_at(start).span
        if text.count("(", block.start, block.end) != text.count(")", block.start, block.end):
            continue
        fix = Fix((Edit(Span(start, end), said),), safe=True)
        found.append(Problem(Span(start, end), {"mark": "bracket"}, (said,), fix, confidence=0.93))
    yield from sorted(found, key=lambda problem: problem.at)


def _spaces_from(text: str, last: int) -> int:
    """Where the spaces begin whose last one stands at an offset."""
    while last and text[last - 1] == " ":
        last -= 1
    return last


def _spaces_in_brackets(text: str) -> Iterator[tuple[int, int]]:
    """A bracket with the space inside of it, and with the mark between a word and the space."""
    for match in _SPACE_AFTER_BRACKET.finditer(text):
        yield match.span()
    for space in occurrences(text, " )"):
        start = _spaces_from(text, space)
        start -= text[start - 1 : start] in tuple(".?!")
        closing = _SPACE_BEFORE_BRACKET.match(text, start)
        if closing is not None:
            yield closing.span()


def _apart(reading: Reading, text: str) -> Iterator[Problem]:
    """Straight marks with space on both sides; which of them opens is told where their number in a block is even."""
    for match in _STRAIGHT_APART.finditer(text):
        at = match.start()
        block = reading.block_at(at).span
        if at + 1 >= block.end:
            continue
        if text.count('"', block.start, block.end) % 2:
            continue
        opens = text.count('"', block.start, at) % 2 == 0
        space = Span(at + 1, at + 2) if opens else Span(at - 1, at)
        span = Span(min(at, space.start), max(at + 1, space.end))
        yield Problem(span, {"mark": "quotation mark"}, ('"',), Fix((Edit(space, ""),)), confidence=0.92)


_OWN = re.compile(r"\b(?:I|I'[a-z]{1,2}|[Mm]y|[Ww]e|[Ww]e'[a-z]{1,2}|[Oo]ur|us)\b")


def speech_has_marks(reading: Reading, *, speech: list[str], leading: list[str]) -> Iterator[Problem]:
    """Find direct speech without quotation marks: in the first person before “, he said”, or after a dialogue dash.

    `speech` are the verbs of saying; a sentence that begins with one of `leading` (“When I asked, he said …”) is none.
    """
    document = reading.document
    plain = document.plain
    for match in _reported(speech).finditer(plain):
        block = reading.block_at(match.start())
        start, end = block.span.start, block.span.end
        if block.kind not in ("paragraph", "item", "quote") or any(
            document.text.find(mark, start, end) >= 0 for mark in '"“”«»„'
        ):
            continue
        dash = plain[max(start - 2, 0) : start] in ("– ", "— ") or plain[start : start + 2] in ("– ", "— ")
        sentence = reading.sentence_at(match.start())
        first = plain[sentence.start : sentence.end].split(" ", 1)[0].rstrip(",").lower() or " "
        if dash and plain.find("\n", start, match.start()) < 0:
            begin = start if plain[start] in "–—" else start - 2
            yield Problem(Span(begin, match.start() + 1), {"said": match[0].strip(" ,")}, confidence=0.85)
        elif first not in leading and first[0] not in "‘'" and _OWN.search(plain, sentence.start, match.start()):
            at = Span(sentence.start, match.start() + 1)
            yield Problem(at, {"said": match[0].strip(" ,")}, confidence=0.8)


@prepared
def _reported(verbs: list[str]) -> re.Pattern[str]:
    """A comma, who speaks and the verb, with nothing behind that the verb governs."""
    verb = "|".join(verbs)
    name = r"[A-Z][\w'.-]+(?: (?:of |the |for )?[A-Z][\w'.-]+){0,5}"
    follows = r"(?=[.,]|\n|\Z| (?:in|on|at|to|during|after|before|via|yesterday|today|earlier|later|[A-Z]\w+day)\b)"
    return re.compile(rf", (?:(?:(?:he|she|{name}) (?:{verb}))|(?:{verb}) {name}){follows}|, {name} told [A-Z]\w+")


# Brackets

_PAIRS = {")": "(", "]": "["}
_LIST_MARK = re.compile(r"(?<![\w])\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})\)")
_SMILEY = re.compile(r"[:;=8][-o^']?[()\[\]]+|[()\[\]]+[-o^]?[:;=](?!\w)|¯\\_\(ツ\)_/¯")
_BOUND = r"[-−+]?(?:\d(?:[\d.^]|e\d)*|∞|[a-z]\w{0,7})(?:[-+]\d+)?(?: ?[a-z]{1,2})?"
_INTERVAL = re.compile(rf"\({_BOUND}(?:[,;] ?|\.\.){_BOUND}\]|\[{_BOUND}(?:[,;] ?|\.\.){_BOUND}\)")  # “(0, 100]”


def brackets_are_paired(reading: Reading) -> Iterator[Problem]:
    """Find a bracket without its partner in its paragraph. Marks of lists, smileys and intervals are passed over.

    What a bracket opens may go on over several blocks of a quotation.
    """
    text = reading.document.text
    places = sorted(at for mark in "()[]" for at in occurrences(text, mark))
    if not places:
        return
    counted = text.count("(") == text.count(")") and text.count("[") == text.count("]")
    found = []
    for block, of_block in groupby(places, reading.block_at):
        if block.kind != "data":
            start, end = block.span.start, block.span.end
            found += _brackets(text, block.span, [at for at in of_block if start <= at < end])
    # Two that fit each other over a few paragraphs are a remark of several paragraphs.
    paired = counted and len(found) == 2 and text[found[0]] in "([" and text[found[1]] in ")]"
    for at in found:
        what = "opened" if text[at] in "([" else "closed"
        yield Problem(Span(at, at + 1), {"what": what}, confidence=0.6 if paired else 0.92)


def _brackets(text: str, block: Span, places: list[int]) -> list[int]:
    """Those of the brackets of a block, which stand at some places, that have no partner."""
    opened: list[int] = []
    lone: list[int] = []
    ignored: set[int] = set()
    for at in places:
        mark = text[at]
        if mark in "([":
            opened.append(at)
        elif opened and text[opened[-1]] == _PAIRS[mark]:
            opened.pop()
        else:
            lone.append(at)
    lone += opened
    if not lone:
        return []
    for pattern in (_LIST_MARK, _SMILEY, _INTERVAL):
        for match in pattern.finditer(text, block.start, block.end):
            if pattern is not _LIST_MARK or match[0][0] != "(":
                ignored.update(range(match.start(), match.end()))
    return sorted(at for at in lone if at not in ignored and not _is_spoken_of(text, at))


def _is_spoken_of(text: str, at: int) -> bool:
    """Whether a bracket stands between quotation marks of its own: “['[']”."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(before) and before in "'\"“‘`" and bool(after) and after in "'\"”’`"
