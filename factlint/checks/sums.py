"""Numbers of one sentence held against each other: parts and totals, lists, shares, multiples, spans of time, ages.

Nothing is held against another number unless a pattern ties the two together. Every number counts as the interval that
it may be rounded from; only what no rounding explains is found. No facts are needed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from factlint.claims import MARKS, Mark, Skeleton, skeleton_of
from factlint.dates import DateKind, DateMention
from factlint.findings import Problem, Related
from factlint.mentions import Reading
from factlint.numbers import PERCENT, SHARE, NumberMention, find_numbers, plain_number, small
from factlint.prepared import prepared
from factlint.source import Span
from factlint.vocabulary import word_list
from factlint.words import occurrences

# What stands for a number, a percentage and a date in a skeleton.
_N, _P, _D = MARKS["number"], MARKS["unit"], MARKS["date"]
_WORD = r"[A-Za-z][\w'-]*"


def _skeleton(reading: Reading, sentence: Span) -> Skeleton:
    """A sentence with its numbers, percentages and dates as marks."""
    return skeleton_of(reading.document.plain, sentence, _marks(reading, sentence))


def _marks(reading: Reading, sentence: Span) -> Iterator[Mark]:
    for date in reading.dates_in(sentence):
        if date.kind in (DateKind.DAY, DateKind.MONTH, DateKind.YEAR):
            yield Mark("date", date.at, date)
    for number in reading.numbers_in(sentence):
        if not number.ordinal and number.value.unit != SHARE:
            yield Mark("unit" if number.value.unit == PERCENT else "number", number.at, number)


def _sentences_with(reading: Reading, places: Iterable[int], least: int) -> Iterator[Span]:
    """The sentences with some places in them and at least so many numbers, each once."""
    numbers = reading.number_places
    for sentence in reading.sentences_at(places):
        if bisect_left(numbers, sentence.end) - bisect_left(numbers, sentence.start) >= least:
            yield sentence


def _number(skeleton: Skeleton, at: int) -> NumberMention:
    mention = skeleton.marks[at].mention
    assert isinstance(mention, NumberMention)
    return mention


def _ends(number: NumberMention) -> tuple[float, float] | None:
    """The least and the most that a number may be; None if it is open on a side."""
    low, high = number.value.low, number.value.high
    return None if low is None or high is None else (low, high)


def _told(value: float) -> str:
    return plain_number(round(value) if abs(value) >= 10 else round(value, 1))


# Parts and their total

_ITEM = rf"{_N}(?: {_WORD}){{1,5}}"
_PARTS = re.compile(
    rf"(?P<total>{_N})(?: {_WORD}){{0,5}}(?P<mark>: | [–—-]+ ?)(?P<parts>{_ITEM}(?:(?:, and|,| and) {_ITEM})+)"
    r"(?= ?(?:[.;\n–—-]|$))"
)
_MARK = re.compile(r"(?:: | [–—-]+ ?)(?=[\w$€£])")
# What is right before a number behind such a mark, and what is near before its digits.
_PARTING = (":", "–", "—", "-")
_NEAR_MARK = re.compile(r": | [–—-]|[–—-]{2}")


def parts_make_the_total(reading: Reading, *, some: list[str] = []) -> Iterator[Problem]:  # noqa: B006
    """Find a total that is not the sum of the parts listed after it: “nine people: four women and three men”.

    Words of `some` tell that the parts overlap or are not all.
    """
    plain = reading.document.plain
    places = [at for at in reading.numbers_behind(_PARTING) if _NEAR_MARK.search(plain, max(at - 10, 0), at)]
    not_all = _any_of(some)
    for sentence in _sentences_with(reading, places, 3):
        marks = _MARK.finditer(plain, sentence.start, sentence.end)
        if not any(_has_parts(reading, mark.start()) for mark in marks):
            continue
        skeleton = _skeleton(reading, sentence)
        for match in _PARTS.finditer(skeleton.text):
            total = _number(skeleton, match.start("total"))
            parts = [
                _number(skeleton, match.start("parts") + at)
                for at, character in enumerate(match["parts"])
                if character == _N
            ]
            if not_all.search(match[0]) or any(part.qualifier or part.value.unit != total.value.unit for part in parts):
                continue
            whole, ends = _ends(total), [_ends(part) for part in parts]
            if whole is None or None in ends:
                continue
            low, high = (sum(end[side] for end in ends if end) for side in (0, 1))
            if high < whole[0] - 1e-6 or low > whole[1] + 1e-6:
                at = Span(skeleton.prose(match.start("parts")), parts[-1].at.end)
                yield Problem(
                    total.at, {"known": plain_number((low + high) / 2)}, (), None, (Related(at, ""),), confidence=0.91
                )


def _has_parts(reading: Reading, at: int) -> bool:
    """Whether a sentence has at least three numbers, one before a place and two after it."""
    numbers = reading.numbers_in(reading.sentence_at(at))
    before = sum(number.at.start < at for number in numbers)
    return before > 0 and len(numbers) - before > 1


# Lists

_NAME = r"[A-Z][\w.'-]*(?: (?:of |the |de )?[A-Z][\w.'-]*){0,3}"
_THING = r"[a-z][\w'-]*(?: [a-z][\w'-]*){0,3}"
_LISTS = tuple(
    (
        re.compile(
            rf"(?P<count>{_N}) (?:{_WORD} ){{0,2}}(?P<noun>[a-z]+s){lead}"
            rf"(?P<list>{item}(?:, {item})*,? and (?:the |in )?{item})(?= ?(?:{end}))"
        ),
        sure,
    )
    for lead, item, end, sure in (
        (r": (?:in |the )?", _NAME, r"[.;\n]|$", 0.91),
        (r" [–—-]+ ?(?:in |the )?", _NAME, r"[–—-]", 0.91),
        (r", (?:in )?", _NAME, r"[.;\n]|$", 0.9),
        (r", (?:in )?", _NAME, r", [a-z]", 0.75),
        (r": ", _THING, r"[.;\n]|$", 0.75),
    )
)

# In prose, what stands from the last word or digits of a number to the list, and where a list may begin.
_LISTED = re.compile(
    rf"\w+ (?:{_WORD} ){{0,2}}[a-z]+s(?:: (?:in |the )?[A-Z]|: [a-z]| [–—-]+ ?(?:in |the )?[A-Z]|, (?:in )?[A-Z])"
)
_LIST_BEGINS = re.compile(r"s(?::| [–—-]|,) ?(?:in |the )?(?=\w)")


def lists_are_as_long_as_told(reading: Reading, *, some: list[str] = []) -> Iterator[Problem]:  # noqa: B006
    """Find a list that is longer or shorter than it is said to be: “three countries: A, B, C and D”.

    Words of `some` tell that the list does not name all.
    """
    plain = reading.document.plain
    not_all = _any_of(some)
    places = [at for at in reading.number_places if _LISTED.match(plain, at)]
    for sentence in _sentences_with(reading, places, 1):
        if not _LIST_BEGINS.search(plain, sentence.start, sentence.end):
            continue
        skeleton = _skeleton(reading, sentence)
        for pattern, sure in _LISTS:
            for match in pattern.finditer(skeleton.text):
                number = _number(skeleton, match.start("count"))
                said = number.value.exact
                items = re.split(r",? and (?:the |in )?|, ", match["list"])
                before = skeleton.text[: match.start()]
                if said is None or said > 12 or number.qualifier not in _PLAIN or not_all.search(match[0]):
                    continue
                if len(items) == said or _may_be_fewer(items, match["list"], int(said)) or before.endswith("of "):
                    continue
                at = Span(skeleton.prose(match.start("list")), skeleton.prose(match.end("list")))
                yield Problem(number.at, {"count": str(len(items))}, (), None, (Related(at, ""),), confidence=sure)


_PLAIN = ("", "all", "just", "only", "exactly")


def _may_be_fewer(items: Sequence[str], listed: str, said: int) -> bool:
    """Whether a list may have as many items as told, because towns stand with their countries or two words with “and”
    between them are one name."""
    if listed.count(" and ") > 1 or len(items) == 2 * said:
        return True
    if len(items) == said + 1 and not listed.rpartition(" and ")[0].endswith(","):
        joined = f"{items[-2]} and {items[-1]}".casefold()
        if any(line.casefold().startswith(joined) for line in word_list("countries")) or said < 2:
            return True
    return any(one.endswith(("Jr.", "Sr.")) for one in items)


# Shares

_THEIR = r"(?:(?:the|its|their|all|his|her|some|about) ){0,2}"
_ROUGHLY = r"(?:about |nearly |almost |roughly |just )?"
_SHARES = (
    re.compile(
        rf"(?P<part>{_N}) (?:out )?of {_THEIR}(?P<whole>{_N})(?: {_WORD}){{0,4}}"
        rf"(?: \(|, or |, |, about |, or about | or ){_ROUGHLY}(?P<share>{_P})(?=[,.;)]|$)"
    ),
    re.compile(
        rf"[Oo]f {_THEIR}(?P<whole>{_N})(?: {_WORD}){{1,5}}, (?P<part>{_N}),? "
        rf"(?:\(|or ){_ROUGHLY}(?P<share>{_P})(?=[,.;)]|$)"
    ),
)


def percentages_fit_their_counts(reading: Reading) -> Iterator[Problem]:
    """Find a percentage that its two counts don't give: “12 of the 30 states, or 50 percent”."""
    plain = reading.document.plain
    for sentence in _sentences_with(reading, reading.percentages, 3):
        text = plain[sentence.start : sentence.end]
        if not ("of " in text or "Of " in text) or not _SHARE_ENDS.search(text) or not _PERCENT.search(text):
            continue
        skeleton = _skeleton(reading, sentence)
        for pattern in _SHARES:
            for match in pattern.finditer(skeleton.text):
                part, whole, share = (_number(skeleton, match.start(name)) for name in ("part", "whole", "share"))
                ends, of, told = _ends(part), _ends(whole), _ends(share)
                if ends is None or of is None or told is None or of[0] <= 0 or ends[0] > of[1]:
                    continue
                if part.value.unit or whole.value.unit:
                    continue
                low, high = ends[0] / of[1], ends[1] / of[0]
                if told[1] < low - 0.01 or told[0] > high + 0.01:
                    known = f"{100 * (low + high) / 2:.0f}"
                    at = Span(min(part.at, whole.at).start, max(part.at, whole.at).end)
                    yield Problem(share.at, {"known": known}, (), None, (Related(at, ""),), confidence=0.91)


_PERCENT = re.compile(r"%|\b(?:percent|cent)\b", re.IGNORECASE)
_SHARE_ENDS = re.compile(r"(?:%|percent|per cent|points?|pc)(?:[,.;)]|$)", re.IGNORECASE)


# Change from one number to another


def _froms(reading: Reading) -> list[int]:
    """Where numbers stand behind “from”."""
    return reading.remembered("numbers behind “from”", lambda one: one.numbers_behind(("from",)))


_FROM_TO = re.compile(
    rf"from (?P<first>{_N})(?: {_WORD}){{0,5}} to (?P<second>{_N})"
    rf"|to (?P<to>{_N})(?: {_WORD}){{0,3}},? from (?P<from>{_N})|from (?P<range>{_N})"
)
# Between a change and its two numbers stand only these many characters, and nothing that begins another clause.
_GAP = 40


def _changes(plain: str, skeleton: Skeleton) -> Iterator[tuple[tuple[float, float], tuple[float, float], int, int]]:
    """The two numbers of “from A to B” in a sentence, as intervals, with their place in the skeleton."""
    for match in _FROM_TO.finditer(skeleton.text):
        if match["range"]:
            number = _number(skeleton, match.start("range"))
            both = _range_ends(plain, number)
            if both is None or number.value.unit == PERCENT:
                continue
            first, second = both
        else:
            one = _number(skeleton, match.start("first") if match["first"] else match.start("from"))
            other = _number(skeleton, match.start("second") if match["second"] else match.start("to"))
            before, after = _ends(one), _ends(other)
            if before is None or after is None or (one.value.unit and one.value.unit != other.value.unit):
                continue
            first, second = before, after
            if other.value.unit == "" and one.value.unit == "" and _magnitude(other) and not _magnitude(one):
                continue
        if first[0] > 0 and second[0] > 0:
            yield first, second, match.start(), match.end()


def _range_ends(plain: str, number: NumberMention) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """The two numbers of a range, “$20 million to $25 million”, as intervals."""
    parted = re.search(r" to |[–-]", plain[number.at.start : number.at.end])
    if parted is None or number.value.high is None:
        return None
    middle = number.at.start + parted.start()
    first = list(find_numbers(plain, Span(number.at.start, middle)))
    second = list(find_numbers(plain, Span(number.at.start + parted.end(), number.at.end)))
    if len(first) != 1 or len(second) != 1:
        return None
    one, other = _ends(first[0]), _ends(second[0])
    if one is None or other is None:
        return None
    if _magnitude(second[0]) and not _magnitude(first[0]):
        factor = 10.0 ** (
            3 * (["thousand", "million", "billion", "trillion"].index(second[0].text.split()[-1].lower()) + 1)
        )
        one = (one[0] * factor, one[1] * factor)
    return one, other


def _magnitude(number: NumberMention) -> bool:
    return number.text.rpartition(" ")[2].endswith("illion")


@prepared
def _beside(rises: list[str], falls: list[str]) -> re.Pattern[str]:
    """A percentage right beside one of some words."""
    way = "|".join(map(re.escape, (*rises, *falls)))
    return re.compile(
        rf"(?:{way}) (?:by |of )?(?:about |nearly |almost |some )?(?P<after>{_P})(?! of)|(?P<before>{_P}) (?:{way})\b"
    )


def changes_fit_their_numbers(
    reading: Reading,
    *,
    rises: list[str] = [],  # noqa: B006
    falls: list[str] = [],  # noqa: B006
    parting: list[str] = [],  # noqa: B006
) -> Iterator[Problem]:
    """Find a rise or fall in percent that its two numbers don't give: “rose 50 percent, from 400 to 500”.

    Words of `rises` and `falls` stand right beside the percentage; words of `parting` between the percentage and the
    numbers tell that they are of different things.
    """
    plain = reading.document.plain
    if not rises or not reading.percentages:
        return
    sentences = list(_sentences_with(reading, _froms(reading), 3))
    if not sentences:
        return
    beside, parted = _beside(rises, falls), _any_of(parting)
    for sentence in sentences:
        shares = _PERCENT.finditer(plain, sentence.start, sentence.end)
        if not any(" from " in plain[max(0, share.start() - 120) : share.start() + 120] for share in shares):
            continue
        skeleton = _skeleton(reading, sentence)
        for first, second, start, end in _changes(plain, skeleton):
            for match in beside.finditer(skeleton.text):
                share = _number(skeleton, match.start("after") if match["after"] else match.start("before"))
                told = _ends(share)
                gap = skeleton.text[match.end() : start] if start >= match.end() else skeleton.text[end : match.start()]
                if (
                    told is None
                    or "point" in share.text
                    or len(gap) > _GAP
                    or parted.search(gap)
                    or _D in gap
                    or ";" in gap
                ):
                    continue
                low, high = (
                    abs(after - before) / before for before, after in ((first[1], second[0]), (first[0], second[1]))
                )
                low, high = min(low, high), max(low, high)
                if first[0] <= second[1] and second[0] <= first[1]:
                    low = 0.0
                slack = 0.01 + 0.05 * high
                if share.qualifier in ("more than", "over", "at least"):
                    wrong = told[0] > high + slack
                else:
                    wrong = told[1] < low - slack or told[0] > high + slack
                if wrong:
                    at = Span(skeleton.prose(start), skeleton.prose(end))
                    yield Problem(
                        share.at,
                        {"known": f"{100 * (low + high) / 2:.0f}"},
                        (),
                        None,
                        (Related(at, ""),),
                        confidence=0.91,
                    )


_RUN = re.compile(r"\w+")


@prepared
def _multiples(multiples: dict[str, str]) -> tuple[Mapping[str, float], frozenset[str], re.Pattern[str]]:
    """Words for multiples with their factors, the first words of all, and any of them as a pattern."""
    factors = {word: float(factor) for word, factor in multiples.items()}
    firsts = frozenset(word.partition(" ")[0] for word in factors)
    return factors, firsts, _any_of(sorted(factors, key=len, reverse=True))


def multiples_fit_their_numbers(
    reading: Reading,
    *,
    multiples: dict[str, str] = {},  # noqa: B006
    more: list[str] = [],  # noqa: B006
    less: list[str] = [],  # noqa: B006
    parting: list[str] = [],  # noqa: B006
) -> Iterator[Problem]:
    """Find “doubled” or “fivefold” beside two numbers, “from A to B”, that are no such multiple.

    `multiples` are the words with their factor; a word of `more` before one says that it is more, one of `less` that it
    is somewhat less. See `changes_fit_their_numbers` for `parting`.
    """
    plain = reading.document.plain
    factors, firsts, words = _multiples(multiples)
    if reading.spelt.keys().isdisjoint(firsts):
        return
    sentences = list(_sentences_with(reading, _froms(reading), 2))
    if not sentences:
        return
    parted, above, below = _any_of(parting), _any_of(more), _any_of(less)
    for sentence in sentences:
        if not any(
            " from " in plain[max(0, word.start() - 120) : word.start() + 140]
            for word in _RUN.finditer(plain, sentence.start, sentence.end)
            if word[0].lower() in firsts
        ):
            continue
        skeleton = _skeleton(reading, sentence)
        for first, second, start, end in _changes(plain, skeleton):
            for match in words.finditer(skeleton.text):
                gap = skeleton.text[match.end() : start] if start >= match.end() else skeleton.text[end : match.start()]
                if len(gap) > _GAP or parted.search(gap) or _D in gap or ";" in gap:
                    continue
                factor = factors[small(match[0])]
                low, high = second[0] / first[1], second[1] / first[0]
                if factor > 1 and high < 1:
                    low, high = 1 / high, 1 / low  # “a fivefold fall”
                before = skeleton.text[max(0, match.start() - 16) : match.start()]
                least, most = factor * 0.87, factor * 1.15
                if above.search(before):
                    least, most = factor * 0.97, factor * 1.6
                elif below.search(before):
                    least, most = factor * 0.75, factor * 1.03
                if high < least or low > most:
                    at = Span(skeleton.prose(start), skeleton.prose(end))
                    word = Span(skeleton.prose(match.start()), skeleton.prose(match.end()))
                    yield Problem(
                        word, {"known": _told((low + high) / 2)}, (), None, (Related(at, ""),), confidence=0.91
                    )


# Majorities


_OF = frozenset({"of", "out"})


@prepared
def _majority(words: list[str]) -> re.Pattern[str]:
    """One of some words, then a share, or a number of another."""
    said = "|".join(map(re.escape, words))
    return re.compile(
        rf"(?P<word>\b(?:an? |the )?(?:vast |large |clear |narrow |slim )?(?:{said})(?: of)?(?: [a-z'-]+){{0,4}})"
        rf"(?:, | \(|, or | [–—-]+ )(?:or )?(?:about |some |nearly |just |only )?"
        rf"(?:(?P<share>{_P})(?=[,);–—-]| [–—-])|(?P<part>{_N}) (?:out )?of (?:the |its |their )?(?P<whole>{_N}))",
        re.IGNORECASE,
    )


def majorities_are_more_than_half(reading: Reading, *, words: list[str] = []) -> Iterator[Problem]:  # noqa: B006
    """Find a majority that is given as less than half: “the majority, about 30 percent,”, “a majority, 4 of 11,”."""
    if reading.spelt.keys().isdisjoint(words):
        return
    after = reading.beside_numbers.after
    parts = [at for word, places in after.items() if word.lower() in _OF for at in places]
    for sentence in _sentences_with(reading, sorted([*parts, *reading.percentages]), 1):
        lower = reading.document.plain[sentence.start : sentence.end].lower()
        if not any(word in lower for word in words) or frozenset(_RUN.findall(lower)).isdisjoint(words):
            continue
        skeleton = _skeleton(reading, sentence)
        for match in _majority(words).finditer(skeleton.text):
            if match["share"]:
                share = _number(skeleton, match.start("share"))
                high = share.value.high
                told = share.text
                end = share.at.end
            else:
                part, whole = (_number(skeleton, match.start(name)) for name in ("part", "whole"))
                ends, of = _ends(part), _ends(whole)
                if ends is None or of is None or of[0] <= 0 or part.value.unit or whole.value.unit:
                    continue
                high = ends[1] / of[0]
                told = f"{part.text} of {whole.text}"
                end = whole.at.end
            if high is not None and high < 0.5:
                yield Problem(Span(skeleton.prose(match.start("word")), end), {"share": told}, confidence=0.92)


# Spans of time

_YEARS = rf"(?P<length>{_N}) (?P<unit>years|days)"
_SPANS = (
    re.compile(
        rf"{_YEARS},? (?:in all, |in total, )?from (?P<first>{_D}) (?:to|until|through) (?P<second>{_D})(?! at\b)"
    ),
    re.compile(
        rf"from (?P<first>{_D}) (?:to|until|through) (?P<second>{_D}), "
        rf"(?:a total of |or |in all |for |lasted |a span of |a period of )?{_YEARS}(?= in all|[.,;]|$)"
    ),
    re.compile(rf"in (?P<first>{_D}) and (?:{_WORD} ){{1,4}}in (?P<second>{_D}),? after {_YEARS}"),
)
_AGED = rf"(?:at the age of|aged|at age|at) (?P<age>{_N})(?=[,.;]|$)"
_LIFE = (
    re.compile(rf"\((?P<first>{_D}) ?[–-] ?(?P<second>{_D})\)(?: {_WORD}){{0,6}},? {_AGED}"),
    re.compile(
        rf"born (?:{_WORD},? ){{0,4}}(?:in|on) (?P<first>{_D})(?:,? {_WORD}){{0,6}} (?:in|on) (?P<second>{_D})"
        rf"(?: {_WORD}){{0,3}},? {_AGED}"
    ),
)
_AGE_AND_BIRTH = (
    re.compile(rf", (?P<age>{_N}),? (?:who was |was )?born (?:{_WORD},? ){{0,4}}(?:in|on) (?P<first>{_D})(?=[,.;]|$)"),
    re.compile(rf", (?P<age>{_N}), born (?:in|on) (?P<first>{_D})"),
    re.compile(
        rf"[Bb]orn (?:{_WORD},? ){{0,3}}(?:in|on) (?P<first>{_D}), (?:{_WORD} ){{1,4}}is (?:now )?"
        rf"(?P<age>{_N})(?= years old|[,.;]|$)"
    ),
)


def spans_fit_their_dates(reading: Reading) -> Iterator[Problem]:
    """Find a length of time that its two dates don't give, “for 12 years, from 2004 to 2019”, and an age that does not
    fit the years of birth and death, or the year of birth and the text's own date."""
    for sentence in _sentences_with(reading, reading.numbers_before(("years", "days")), 1):
        if not _tells_ends(reading.document.plain, sentence):
            continue
        skeleton = _skeleton(reading, sentence)
        for pattern in _SPANS:
            for match in pattern.finditer(skeleton.text):
                first, second = (skeleton.marks[match.start(name)].mention for name in ("first", "second"))
                number = _number(skeleton, match.start("length"))
                known = _between(first, second, match["unit"])
                ends = _ends(number)
                if known is None or ends is None or number.qualifier:
                    continue
                if ends[1] < known[0] - 1 or ends[0] > known[1] + 1:
                    yield _span_problem(number, first, second, known)
    for sentence in _sentences_with(reading, _ages(reading), 1):
        if not _tells_life(reading, sentence):
            continue
        skeleton = _skeleton(reading, sentence)
        for pattern in _LIFE:
            for match in pattern.finditer(skeleton.text):
                first, second = (skeleton.marks[match.start(name)].mention for name in ("first", "second"))
                yield from _age_problem(
                    _number(skeleton, match.start("age")), first, second, _between(first, second, "years")
                )
        anchor = reading.date
        if anchor.first is None or anchor.last is None or (anchor.last - anchor.first).days > 366:
            continue
        for pattern in _AGE_AND_BIRTH:
            for match in pattern.finditer(skeleton.text):
                first = skeleton.marks[match.start("first")].mention
                if first.year is not None:
                    known = (anchor.first.year - first.year - 1, anchor.last.year - first.year)
                    yield from _age_problem(_number(skeleton, match.start("age")), first, first, known)


def _tells_ends(plain: str, sentence: Span) -> bool:
    """Whether years or days of a sentence have “from” or “after” near."""
    text = plain[sentence.start : sentence.end]
    return any(
        "from " in plain[max(0, at - 80) : at + 60] or " after " in plain[max(0, at - 12) : at]
        for word in (" years", " days")
        for at in (sentence.start + offset for offset in occurrences(text, word))
    )


# What is right before an age, and what is right behind it if it is of one word or run of digits.
_BEFORE_AGE = ("of", "aged", "age", "at", "is", "now", ",")
_BEHIND_AGE = re.compile(r"\w+(?:[,.;]| years old| (?:who was |was )?born|[^\S\n]*(?:\n|\Z))")
_LONGEST_PART = 24  # characters from the beginning of a part of a number to that of the next, at most


_SPACE = re.compile(r"\s*")
_LIFE_WORDS = ("born ", "Born ", " age of ", " aged ", ") died at ", " at age ")


def _ages(reading: Reading) -> list[int]:
    """Where numbers stand that may be ages in what tells of a life."""
    plain, places = reading.document.plain, reading.number_places
    found = []
    for at in reading.numbers_behind(_BEFORE_AGE):
        goes_on = bisect_left(places, at + 1)
        if _BEHIND_AGE.match(plain, at) or (goes_on < len(places) and places[goes_on] <= at + _LONGEST_PART):
            found.append(at)
    return found


def _tells_life(reading: Reading, sentence: Span) -> bool:
    """Whether a sentence has one of the words that tell of a life; a space behind it may begin one."""
    plain = reading.document.plain
    space = _SPACE.match(plain, reading.block_at(sentence.start).span.end)
    end = (space.end() if space else len(plain)) + max(map(len, _LIFE_WORDS))
    near = plain[sentence.start : sentence.end] + plain[sentence.end : end].lstrip()[:10].rjust(11)
    return any(
        word in near and (at := plain.find(word, sentence.start, end)) >= 0 and reading.sentence_at(at) == sentence
        for word in _LIFE_WORDS
    )


def _between(first: DateMention, second: DateMention, unit: str) -> tuple[float, float] | None:
    """The least and the most years or days between two dates; None where they can't be told."""
    if first.period is None or second.period is None:
        return None
    start, end = first.period, second.period
    if start.first is None or start.last is None or end.first is None or end.last is None or end.first < start.first:
        return None
    if unit == "days":
        if first.kind is not DateKind.DAY or second.kind is not DateKind.DAY:
            return None
        days = float((end.first - start.first).days)
        return days, days + 1
    return (end.first - start.last).days / 365.25, (end.last - start.first).days / 365.25


def _span_problem(
    number: NumberMention, first: DateMention, second: DateMention, known: tuple[float, float]
) -> Problem:
    at = Span(first.at.start, second.at.end)
    words = {"known": _told((known[0] + known[1]) / 2)}
    return Problem(number.at, words, (), None, (Related(at, ""),), confidence=0.91)


def _age_problem(
    number: NumberMention, first: DateMention, second: DateMention, known: tuple[float, float] | None
) -> Iterator[Problem]:
    age = number.value.exact
    if known is None or age is None or number.value.unit or number.qualifier or not 0 < age < 125:
        return
    if age < known[0] - 1 or age > known[1] + 1:
        yield _span_problem(number, first, second, known)


@prepared
def _any_of(words: list[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b" if words else r"(?!)", re.IGNORECASE)
