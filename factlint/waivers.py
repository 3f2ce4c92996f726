"""What an editor decided to leave as it is: comments in a document, lines of the file beside it, and “[sic]”.

A waiver holds back only what its rules find where it says, until its date; one that can't be read, or does nothing,
is itself a finding.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from msgspec import Struct, field
from msgspec.structs import replace

from factlint.findings import Edit, Finding, Fix, Place, Severity
from factlint.rules import fill, matches
from factlint.source import Document, Source, Span, line_starts
from factlint.times import parse_iso
from factlint.words import occurrences

GROUP = "waivers"
SIDE_SUFFIX = ".factlint"  # article.txt.factlint stands beside article.txt

_MARK = "factlint:"
_HTML = re.compile(r"<!--\s*(?P<body>factlint:.*?)\s*-->", re.DOTALL)
_REFERENCE = re.compile(
    r"^ {0,3}\[(?://|comment)\]:[ \t]*#[ \t]*"
    r"(?:\((?P<a>factlint:[^\r\n]*)\)|\"(?P<b>factlint:[^\r\n]*)\")[ \t]*(?=\r|\n|\Z)",
    re.MULTILINE,
)
_REST = re.compile(r"^[ \t]*\.\.[ \t]+(?P<body>factlint:[^\r\n]*)", re.MULTILINE)
_ASCIIDOC = re.compile(r"^//[ \t]*(?P<body>factlint:[^\r\n]*)", re.MULTILINE)
_MARKDOWN = (_HTML, _REFERENCE)

# The comments of a kind of file, by suffix. Other kinds have none: a file beside them holds their waivers.
COMMENTS: dict[str, tuple[re.Pattern[str], ...]] = {
    ".adoc": (_ASCIIDOC,),
    ".asc": (_ASCIIDOC,),
    ".asciidoc": (_ASCIIDOC,),
    ".htm": (_HTML,),
    ".html": (_HTML,),
    ".markdown": _MARKDOWN,
    ".md": _MARKDOWN,
    ".mdown": _MARKDOWN,
    ".mkd": _MARKDOWN,
    ".mkdn": _MARKDOWN,
    ".rest": (_REST,),
    ".rst": (_REST,),
    ".xhtml": (_HTML,),
}

_DIRECTIVE = re.compile(r"factlint:\s*(?P<word>[^\s\[]*)\s*(?:\[(?P<rules>[^\]]*)\])?(?P<rest>.*)", re.DOTALL)
_REASON = re.compile(r"\s*(?:--+|—|–)\s*(?P<reason>.*)", re.DOTALL)
_UNTIL = re.compile(r"(?:^|\s)until\s+(?P<date>[0-9][0-9-]*)[.\s]*$")
_FENCE = re.compile(r"^ {0,3}(?P<fence>`{3,}|~{3,})(?P<info>[^\r\n]*)", re.MULTILINE)
_SIC = re.compile(
    r"(?:[\s*_]|</?\w[^>]{0,40}>)*[\[(](?:[\s*_]|</?\w[^>]{0,40}>)*sic(?:[\s*_!?]|</?\w[^>]{0,40}>)*[\])]",
    re.IGNORECASE,
)
_SIC_SIGN = re.compile(r"(?<![^\W_])(?:sic|Sic|SIC)(?![^\W_])")
_SIC_FORMS = ("sic", "Sic", "SIC")
_TARGET = re.compile(
    r"\s*(?:lines?\s+(?P<first>\d{1,9})(?:\s*[-–]\s*(?P<last>\d{1,9}))?(?=\s|$)"
    r"|“(?P<curly>[^”]+)”|\"(?P<plain>[^\"]+)\")"
)
# The narrowest waiver that covers a finding is the one that is used.
_RANKS = {"sic": 0, "text": 1, "line": 2, "block": 3, "file": 4}


class Pattern(Struct, frozen=True):
    """A rule, group or glob as a waiver names it, where it stands, and what is to be removed with it."""

    text: str
    start: Place
    end: Place
    removal: Span


class Waiver(Struct, frozen=True):
    """What is held back: what the rules of `patterns` (none: any rule) find in the part `over` of the document.

    `kind` is sic, text, line, block or file; a waiver of a text holds for findings whose text is `said`. `start`,
    `end`, `text` and `excerpt` say where the waiver itself stands: in the document, or in the file `path` beside it.
    `fault` names what is wrong with one that can't hold.
    """

    kind: str
    over: Span
    start: Place
    end: Place
    text: str
    patterns: tuple[Pattern, ...] = ()
    said: str = ""
    reason: str = ""
    until: date | None = None
    until_text: str = ""
    excerpt: str = ""
    removal: tuple[Span, ...] = ()
    path: str = ""
    fault: str = ""
    fault_words: Mapping[str, str] = field(default_factory=dict)

    def covers(self, finding: Finding) -> bool:
        """Whether a finding stands where this holds."""
        start, end = finding.start.offset, finding.end.offset
        if self.kind == "sic":
            return self.over.start <= end <= self.over.end
        if self.kind == "text" and " ".join(finding.text.split()) != self.said:
            return False
        if start == end:
            return self.over.start <= start <= self.over.end
        return start < self.over.end and self.over.start < end

    def told(self) -> str:
        """The waiver as a report tells it."""
        if self.kind == "sic":
            return "[sic]"
        where = f"side file {self.path}:{self.start.line}" if self.path else f"comment in line {self.start.line}"
        return f"{where}: {self.reason}" if self.reason else where


class Waived(Struct, frozen=True):
    """Findings after the waivers: those kept, those held back (with `waiver` set), and what is wrong with the
    waivers of the document (`about`) and of the file beside it (`beside`, places in that file)."""

    kept: tuple[Finding, ...]
    waived: tuple[Finding, ...]
    about: tuple[Finding, ...] = ()
    beside: tuple[Finding, ...] = ()


class WaiverRule(Struct, frozen=True):
    """A rule by which waivers are judged."""

    id: str
    severity: Severity
    summary: str
    message: str
    rationale: str


def waiver_rules() -> Mapping[str, WaiverRule]:
    """The rules by which waivers are judged, by id."""
    return _data()[0]


@cache
def _data() -> tuple[Mapping[str, WaiverRule], Mapping[str, str]]:
    from factlint import yamlfile

    root = yamlfile.load(os.path.join(os.path.dirname(__file__), "data", "waiver-rules.yaml")).root
    rules = {
        f"{GROUP}/{name}": WaiverRule(
            f"{GROUP}/{name}",
            Severity(node["severity"].text),
            node["summary"].text,
            node["message"].text,
            " ".join(node["why"].text.split()),
        )
        for name, node in root.entries
        if name != "faults"
    }
    return rules, {name: node.text for name, node in root["faults"].entries}


# Reading


class _Lines:
    """Lines and places of a text, counted when first asked for."""

    def __init__(self, text: str, starts: Sequence[int] = ()) -> None:
        self.text = text
        self.starts = starts or line_starts(text)

    def number(self, offset: int) -> int:
        return bisect_right(self.starts, offset)

    def span(self, first: int, last: int = 0) -> Span:
        """Lines from `first` to `last`, without the last one's end."""
        last = last or first
        end = self.starts[last] if last < len(self.starts) else len(self.text)
        start = self.starts[first - 1]
        return Span(start, start + len(self.text[start:end].rstrip("\r\n")))

    def line(self, number: int) -> str:
        span = self.span(number)
        return self.text[span.start : span.end]

    def place(self, offset: int) -> Place:
        line = self.number(offset)
        before = self.text[self.starts[line - 1] : offset]
        column = len(before) + 1
        if before.isascii():
            return Place(line, column, offset, column, column)
        utf16 = len(before.encode("utf-16-le", "surrogatepass")) // 2 + 1
        return Place(line, column, offset, utf16, len(before.encode("utf-8", "surrogatepass")) + 1)


def find_waivers(document: Document) -> tuple[Waiver, ...]:
    """Read the waivers that a document itself holds, in its comments and as “[sic]”, in the order of the text."""
    source = document.source
    kept = source.kept  # but for spaces in the place of line ends: alike for words
    has_comments = _MARK in kept and not source.extracted
    signs = sorted(at for form in _SIC_FORMS for at in occurrences(kept, form) if _SIC_SIGN.match(kept, at))
    if not has_comments and not signs:
        return ()
    found: list[Waiver] = []
    if has_comments:
        name = source.path.replace("\\", "/").rsplit("/", 1)[-1]
        patterns = COMMENTS.get("." + name.rpartition(".")[2].lower(), ())
        found += _comments(_Lines(source.text), patterns)
    if signs:
        found += _sics(source, signs)
    return tuple(sorted(found, key=lambda waiver: waiver.start.offset))


def _sics(source: Source, signs: Iterable[int]) -> Iterator[Waiver]:
    """The waivers of “[sic]”, where the word stands at the `signs`."""
    lines = _Lines(source.kept, source.line_starts())  # any white space will do
    at = 0
    for sign in signs:
        # The marks and white space that may stand before the bracket are few.
        for start in range(max(at, sign - 60), sign):
            match = _SIC.match(lines.text, start)
            if match and match.end() > sign:
                bracket = re.search(r"[\[(]", match.group())
                assert bracket is not None
                over = Span(match.start(), match.start() + bracket.start())
                text = source.part(*match.span()).strip()
                yield Waiver("sic", over, lines.place(over.end), lines.place(match.end()), text)
                at = match.end()
                break


def _comments(lines: _Lines, patterns: Sequence[re.Pattern[str]]) -> Iterator[Waiver]:
    text = lines.text
    matches_ = sorted((m for pattern in patterns for m in pattern.finditer(text)), key=re.Match.start)
    if _REFERENCE in patterns:
        code = _code(text)
        matches_ = [m for m in matches_ if not _in_code(m.start(), lines, code)]
    alone = {
        number
        for match in matches_
        if _is_alone(match, lines)
        for number in range(lines.number(match.start()), lines.number(match.end()) + 1)
    }
    opened: list[Waiver] = []
    for match in matches_:
        waiver, word = _comment(match, lines, alone)
        if waiver.fault or word not in ("ignore-start", "ignore-end"):
            yield waiver
        elif word == "ignore-start":
            opened.append(waiver)
        else:
            names = [pattern.text for pattern in waiver.patterns]
            index = next(
                (
                    at
                    for at in range(len(opened) - 1, -1, -1)
                    if not names or names == [pattern.text for pattern in opened[at].patterns]
                ),
                None,
            )
            if index is None:
                yield replace(waiver, fault="unopened")
                continue
            start = opened.pop(index)
            over = Span(start.end.offset, waiver.start.offset)
            yield replace(start, over=over, removal=(*start.removal, *waiver.removal))
    for waiver in opened:
        yield replace(waiver, fault="unclosed")


def _code(text: str) -> list[Span]:
    """The fenced blocks of code of a Markdown text."""
    spans: list[Span] = []
    opened: re.Match[str] | None = None
    for match in _FENCE.finditer(text):
        fence = match["fence"]
        if opened is None:
            if fence[0] != "`" or "`" not in match["info"]:
                opened = match
        elif fence.startswith(opened["fence"]) and not match["info"].strip():
            spans.append(Span(opened.start(), match.end()))
            opened = None
    if opened is not None:
        spans.append(Span(opened.start(), len(text)))
    return spans


def _in_code(at: int, lines: _Lines, code: Sequence[Span]) -> bool:
    """Whether an offset of a Markdown text stands in a block or in a span of code of its line."""
    if any(span.start <= at < span.end for span in code):
        return True
    line = lines.span(lines.number(at))
    before, after = lines.text[line.start : at], lines.text[at : line.end]
    opened = ""
    for run in re.findall("`+", before):
        if not opened:
            opened = run
        elif run == opened:
            opened = ""
    return bool(opened) and opened in after


def _is_alone(match: re.Match[str], lines: _Lines) -> bool:
    first, last = lines.span(lines.number(match.start())), lines.span(lines.number(match.end()))
    before, after = lines.text[first.start : match.start()], lines.text[match.end() : last.end]
    return not before.strip() and not after.strip()


def _comment(match: re.Match[str], lines: _Lines, alone: Collection[int]) -> tuple[Waiver, str]:
    group = next(name for name, value in match.groupdict().items() if value is not None)
    body, at = match[group], match.start(group)
    first, last = lines.number(match.start()), lines.number(match.end())
    start, end = match.start() + _indent(match.group()), match.end()
    removal = _removal(Span(start, end), lines, first in alone)
    blank = Waiver(
        "line",
        Span(start, end),
        lines.place(start),
        lines.place(end),
        lines.text[start:end],
        excerpt=lines.line(first),
        removal=(removal,),
    )
    said = _DIRECTIVE.fullmatch(body)
    assert said is not None  # the pattern of the comment begins with the mark
    word = said["word"]
    if word not in ("ignore", "ignore-next-line", "ignore-start", "ignore-end", "ignore-file"):
        return replace(blank, fault="word", fault_words={"word": word}), word
    waiver = _with_rules(blank, said, at, lines)
    waiver = _with_rest(waiver, said["rest"])
    if waiver.fault:
        return waiver, word
    if word == "ignore-file":
        return replace(waiver, kind="file", over=Span(0, len(lines.text))), word
    if word in ("ignore-start", "ignore-end"):
        return replace(waiver, kind="block"), word
    if word == "ignore-next-line" or first in alone:
        return replace(waiver, over=_next_line(last, lines, alone)), word
    return replace(waiver, over=lines.span(first, last)), word


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _next_line(number: int, lines: _Lines, alone: Collection[int]) -> Span:
    """The first line after one that is neither blank nor a waiver's own."""
    for line in range(number + 1, len(lines.starts) + 1):
        if line not in alone and lines.line(line).strip():
            return lines.span(line)
    end = len(lines.text)
    return Span(end, end)


def _removal(at: Span, lines: _Lines, alone: bool) -> Span:
    """What goes with a comment: its whole lines if nothing else stands there, else the spaces before it."""
    text = lines.text
    if not alone:
        before = text[: at.start]
        return Span(len(before.rstrip(" \t")) if before.strip() else at.start, at.end)
    first, last = lines.number(at.start), lines.number(at.end)
    if (
        (first == 1 or not lines.line(first - 1).strip())
        and last < len(lines.starts)
        and not lines.line(last + 1).strip()
    ):
        last += 1
    end = lines.starts[last] if last < len(lines.starts) else len(text)
    return Span(lines.starts[first - 1], end)


def _with_rules(waiver: Waiver, said: re.Match[str], at: int, lines: _Lines) -> Waiver:
    """The waiver with the rules between its brackets; `at` is where the match begins in the text."""
    rules = said["rules"]
    if rules is None:
        return waiver
    patterns = []
    begin = at + said.start("rules")
    parts = list(re.finditer(r"[^\s,]+", rules))
    for index, part in enumerate(parts):
        start, end = begin + part.start(), begin + part.end()
        if index + 1 < len(parts):
            removal = Span(start, begin + parts[index + 1].start())
        else:
            removal = Span(begin + parts[index - 1].end() if index else start, end)
        patterns.append(Pattern(part.group(), lines.place(start), lines.place(end), removal))
    if not patterns:
        return replace(waiver, fault="empty")
    return replace(waiver, patterns=tuple(patterns))


def _with_rest(waiver: Waiver, rest: str) -> Waiver:
    """The waiver with the reason and the date that stand after its rules, in either order."""
    if waiver.fault or not rest.strip():
        return waiver
    reason = ""
    match = _REASON.search(rest)
    head = rest
    if match:
        head, reason = rest[: match.start()], match["reason"].strip()
    until_text = ""
    for part in (head, reason):
        found = _UNTIL.search(part)
        if found:
            until_text = found["date"]
            if part is head:
                head = head[: found.start()]
            else:
                reason = reason[: found.start()].rstrip(" \t\r\n,;")
    if head.strip():
        return replace(waiver, fault="rest")
    until = None
    if until_text:
        try:
            until = parse_iso(until_text).last
        except ValueError as error:
            return replace(waiver, fault="date", fault_words={"problem": str(error)})
    return replace(waiver, reason=" ".join(reason.split()), until=until, until_text=until_text)


def parse_side_waivers(text: str, path: str, document: Document) -> tuple[Waiver, ...]:
    """Read the waivers of the file beside a document (`path` is that file's), one on each line.

    A line reads “ignore[RULES] line 12 -- reason until DATE”, with “lines 12-15”, or the matched text in quotation
    marks, in the place of “line 12”; or “ignore-file[RULES] -- reason”. Blank lines and those that begin with # say
    nothing.
    """
    lines = _Lines(text)
    prose = _Lines(document.source.text)
    found = []
    for number in range(1, len(lines.starts) + 1):
        line = lines.line(number)
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found.append(_side_waiver(line, number, lines, path, prose))
    return tuple(found)


def _side_waiver(line: str, number: int, lines: _Lines, path: str, prose: _Lines) -> Waiver:
    span = lines.span(number)
    start = span.start + _indent(line)
    body = line.strip()
    next_line = lines.starts[number] if number < len(lines.starts) else len(lines.text)
    whole = Span(0, len(prose.text))
    waiver = Waiver(
        "file",
        whole,
        lines.place(start),
        lines.place(start + len(body)),
        body,
        excerpt=line,
        removal=(Span(span.start, next_line),),
        path=path,
    )
    said = _DIRECTIVE.fullmatch(body if body.startswith(_MARK) else _MARK + body)
    assert said is not None
    word = said["word"]
    if word not in ("ignore", "ignore-file"):
        return replace(waiver, fault="word", fault_words={"word": word})
    waiver = _with_rules(waiver, said, start - (0 if body.startswith(_MARK) else len(_MARK)), lines)
    rest = said["rest"]
    if word == "ignore" and not waiver.fault:
        target = _TARGET.match(rest)
        if target is None:
            return replace(waiver, fault="target")
        rest = rest[target.end() :]
        if target["first"]:
            first, last = int(target["first"]), int(target["last"] or target["first"])
            if not 1 <= first <= last <= len(prose.starts):
                return replace(waiver, fault="line", fault_words={"lines": str(len(prose.starts))})
            waiver = replace(waiver, kind="line", over=prose.span(first, last))
        else:
            text = target["curly"] or target["plain"]
            waiver = replace(waiver, kind="text", said=" ".join(text.split()))
    return _with_rest(waiver, rest)


# Applying


def apply_waivers(
    findings: Iterable[Finding],
    waivers: Sequence[Waiver],
    *,
    known_rules: Collection[str],
    today: date,
    ran: Collection[str] | None = None,
    off: Collection[str] = (),
    require_reason: bool = False,
) -> Waived:
    """Hold back what the waivers of a document cover, and judge the waivers.

    `today` is the day after whose end a date has passed. A waiver is only called unused if all the rules that it
    names are in `ran` (None: all) or `off` (those that don't run unless selected).
    """
    active = [(number, one) for number, one in enumerate(waivers) if not one.fault and not _is_over(one, today)]
    active.sort(key=lambda pair: (_RANKS[pair[1].kind], pair[1].over))
    used: set[tuple[int, int]] = set()
    kept: list[Finding] = []
    held: list[Finding] = []
    for finding in findings:
        waiver = _waiver_of(finding, active, used)
        if waiver is None:
            kept.append(finding)
        else:
            held.append(replace(finding, waiver=waiver.told()))
    about: list[Finding] = []
    beside: list[Finding] = []
    judge = _Judge(known_rules, None if ran is None else frozenset(ran), frozenset(off), today, require_reason)
    for number, waiver in enumerate(waivers):
        if waiver.kind == "sic":
            continue
        used_here = {at for one, at in used if one == number}
        for finding in judge.findings(waiver, used_here):
            over = _waiver_of(finding, active, set()) if _names_waivers(active) else None
            if over is not None and over.path == waiver.path:
                held.append(replace(finding, waiver=over.told()))
            else:
                (beside if waiver.path else about).append(finding)
    return Waived(tuple(kept), tuple(held), tuple(about), tuple(beside))


def _is_over(waiver: Waiver, today: date) -> bool:
    return waiver.until is not None and today > waiver.until


def _names_waivers(active: Sequence[tuple[int, Waiver]]) -> bool:
    return any(pattern.text.startswith(GROUP) for _, waiver in active for pattern in waiver.patterns)


def _waiver_of(finding: Finding, active: Sequence[tuple[int, Waiver]], used: set[tuple[int, int]]) -> Waiver | None:
    """The narrowest waiver that holds a finding back; it and its pattern are noted in `used`."""
    about = finding.rule.startswith(GROUP + "/")
    for number, waiver in active:
        if not waiver.covers(finding):
            continue
        if not waiver.patterns and not about:
            used.add((number, -1))
            return waiver
        for index, pattern in enumerate(waiver.patterns):
            # Only by their own name can findings about waivers be waived.
            if matches(finding.rule, pattern.text) and (not about or pattern.text.startswith(GROUP)):
                used.add((number, index))
                return waiver
    return None


class _Judge(Struct, frozen=True):
    known: Collection[str]
    ran: frozenset[str] | None
    off: frozenset[str]
    today: date
    require_reason: bool

    def findings(self, waiver: Waiver, used: Collection[int]) -> Iterator[Finding]:
        if waiver.fault:
            fault = fill(_data()[1][waiver.fault], waiver.fault_words)
            yield _about("malformed", waiver, words={"fault": fault})
            return
        unknown = [pattern for pattern in waiver.patterns if not self._is_known(pattern.text)]
        for pattern in unknown:
            yield self._unknown(waiver, pattern, alone=len(waiver.patterns) == 1)
        if self.require_reason and not waiver.reason:
            yield _about("without-reason", waiver)
        if _is_over(waiver, self.today):
            fix = Fix(tuple(Edit(span, "") for span in waiver.removal))
            yield _about("expired", waiver, words={"until": waiver.until_text}, fix=fix)
            return
        if not waiver.patterns:
            if not used and self._were_run(self.known):
                yield _about("unused", waiver, fix=Fix(tuple(Edit(span, "") for span in waiver.removal), safe=True))
            return
        unused = [
            pattern
            for index, pattern in enumerate(waiver.patterns)
            if index not in used and pattern not in unknown and self._is_idle(pattern.text)
        ]
        if len(unused) == len(waiver.patterns):
            yield _about("unused", waiver, fix=Fix(tuple(Edit(span, "") for span in waiver.removal), safe=True))
            return
        for pattern in unused:
            yield _about("unused", waiver, pattern, fix=Fix((Edit(pattern.removal, ""),), safe=True))

    def _is_known(self, pattern: str) -> bool:
        return any(matches(rule, pattern) for rule in self.known) or any(
            matches(rule, pattern) for rule in waiver_rules()
        )

    def _is_idle(self, pattern: str) -> bool:
        """Whether the rules of a pattern were run, so that their silence tells something."""
        if pattern.startswith(GROUP):
            return False
        return self._were_run([rule for rule in self.known if matches(rule, pattern)])

    def _were_run(self, rules: Collection[str]) -> bool:
        if self.ran is None:
            return True
        ran = self.ran
        return any(rule in ran for rule in rules) and all(rule in ran or rule in self.off for rule in rules)

    def _unknown(self, waiver: Waiver, pattern: Pattern, *, alone: bool) -> Finding:
        from factlint.yamlfile import nearest

        guess = nearest(pattern.text, self.known)
        spot = Span(pattern.start.offset, pattern.end.offset)
        if guess:
            fix = Fix((Edit(spot, guess),))
        elif alone:
            fix = Fix(tuple(Edit(span, "") for span in waiver.removal))
        else:
            fix = Fix((Edit(pattern.removal, ""),))
        return _about("unknown-rule", waiver, pattern, fix=fix, suggestions=(guess,) if guess else ())


def _about(
    name: str,
    waiver: Waiver,
    pattern: Pattern | None = None,
    *,
    words: Mapping[str, str] | None = None,
    fix: Fix | None = None,
    suggestions: tuple[str, ...] = (),
) -> Finding:
    """A finding about a waiver, at one of its patterns or at the whole of it."""
    rule = waiver_rules()[f"{GROUP}/{name}"]
    short = pattern.text if pattern else _short(waiver.text)
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        message=fill(rule.message, {"text": short, **(words or {})}),
        text=pattern.text if pattern else waiver.text,
        start=pattern.start if pattern else waiver.start,
        end=pattern.end if pattern else waiver.end,
        suggestions=suggestions,
        fix=fix,
        excerpt=waiver.excerpt,
    )


def _short(text: str) -> str:
    """A waiver without its comment marks and its reason."""
    match = re.search(r"ignore[\w-]*(?:\s*\[[^\]]*\])?", text)
    return " ".join((match.group() if match else text).split())
