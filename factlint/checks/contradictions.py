"""Contradictions inside a text, and between the texts of a run: two values of one thing. No facts are needed.

What a text states is read once, as small statements with a key and a value; two statements of one key whose values
can't both be right contradict each other, in one text or in two. Which of them is right nobody says here, so nothing is
fixed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from factlint.claims import MARKS, Mark, Skeleton, skeleton_of
from factlint.dates import MONTHS, WEEKDAYS, DateKind, DateMention
from factlint.findings import Problem, Related
from factlint.mentions import Reading
from factlint.numbers import NumberMention
from factlint.prepared import prepared
from factlint.source import Span
from factlint.vocabulary import compact, is_given_name, states
from factlint.words import is_common, places_of

_CAPITALISED = r"(?:[A-Z](?=[\w'-]*?[a-z])[\w'-]*+|[A-Z]{2,}+)"
_NAME = re.compile(rf"(?<![\w.]){_CAPITALISED}(?: (?:of |the |de |and )?{_CAPITALISED})*")
_N, _D = MARKS["number"], MARKS["date"]


class Statement(Struct, frozen=True):
    """What a text states: `key` of what, `low` to `high` the value, `day` the text's own date as an ordinal (0: none),
    `slack` by how much two values of it may differ and both be right. A value that is no number is `name`, folded.
    `alone` tells that a surname alone stands there, which may be that of another of the family.
    """

    at: Span
    key: str
    said: str
    low: float
    high: float
    day: int = 0
    slack: float = 0.0
    name: str = ""
    alone: bool = False


# Findings about these are as sure as that the same thing is meant; all others are doubtful.
_SURE = ("age ", "year ")


def texts_agree(
    statements: Sequence[tuple[str, Statement]],
    *,
    heads: list[str] = [],  # noqa: B006 - options are never changed
    events: list[str] = [],  # noqa: B006
    offices: list[str] = [],  # noqa: B006
    change: list[str] = [],  # noqa: B006
    ages: dict[str, list[str]] = {},  # noqa: B006
    stated: dict[str, list[str]] = {},  # noqa: B006
    scores: list[str] = [],  # noqa: B006
    verbs: list[str] = [],  # noqa: B006
    days: int = 2,
) -> Iterator[tuple[str, Problem]]:
    """Hold what the texts of a run state against each other: of two places the later, by path, is found.

    Statements of quantities are of one thing only if their texts are at most so many `days` apart. The other options
    tell how statements are read; see `read_statements`.
    """
    for key, found in _by_key(statements).items():
        for number, (path, statement) in enumerate(found):
            for other_path, other in found[:number]:
                if (
                    other_path != path
                    and not key.startswith("all ")
                    and _contradict(statement, other, 0 if key.startswith(_SURE) else days)
                ):
                    related = (Related(other.at, "", other_path),)
                    sure = _sureness(statement, other, (*_SURE, "head "))
                    yield path, Problem(statement.at, {"other": other.said}, related=related, confidence=sure)
                    break


def _by_key(statements: Sequence[tuple[str, Statement]]) -> dict[str, list[tuple[str, Statement]]]:
    found: dict[str, list[tuple[str, Statement]]] = {}
    for path, statement in statements:
        found.setdefault(statement.key, []).append((path, statement))
    return {key: found[key] for key in sorted(found)}


def _sureness(one: Statement, other: Statement, sure: tuple[str, ...]) -> float:
    """How sure it is that two statements of one key, which may begin as some that are `sure`, are of one thing."""
    return 0.9 if one.key.startswith(sure) and not (one.alone or other.alone) else 0.75


def _contradict(one: Statement, other: Statement, days: int) -> bool:
    if days and one.day and other.day and abs(one.day - other.day) > days:
        return False
    if one.name or other.name:
        return one.name != other.name and one.name not in other.name and other.name not in one.name
    slack = max(one.slack, other.slack)
    if one.key.startswith("age") and one.day and other.day:
        years = (one.day - other.day) / 365.25
        return abs((one.low - other.low) - years) > 1.01
    return one.low > other.high + slack or other.low > one.high + slack


def text_agrees(
    reading: Reading,
    *,
    heads: list[str] = [],  # noqa: B006
    events: list[str] = [],  # noqa: B006
    offices: list[str] = [],  # noqa: B006
    change: list[str] = [],  # noqa: B006
    ages: dict[str, list[str]] = {},  # noqa: B006
    stated: dict[str, list[str]] = {},  # noqa: B006
    scores: list[str] = [],  # noqa: B006
    verbs: list[str] = [],  # noqa: B006
) -> Iterator[Problem]:
    """Find two values of one thing in a text; both places are told, the later is found. See `read_statements`."""
    read = read_statements(
        reading,
        heads=heads,
        events=events,
        offices=offices,
        change=change,
        ages=ages,
        stated=stated,
        scores=scores,
        verbs=verbs,
    )
    for found in _by_key([("", statement) for statement in read]).values():
        found.sort(key=lambda one: one[1].at)
        for number, (_, statement) in enumerate(found):
            for _, other in found[:number]:
                if _contradict(statement, other, 0):
                    related = (Related(other.at, ""),)
                    sure = _sureness(statement, other, _SURE)
                    yield Problem(statement.at, {"other": other.said}, related=related, confidence=sure)
                    break


def read_statements(
    reading: Reading,
    *,
    heads: list[str] = [],  # noqa: B006
    events: list[str] = [],  # noqa: B006
    offices: list[str] = [],  # noqa: B006
    change: list[str] = [],  # noqa: B006
    ages: dict[str, list[str]] = {},  # noqa: B006
    stated: dict[str, list[str]] = {},  # noqa: B006
    scores: list[str] = [],  # noqa: B006
    verbs: list[str] = [],  # noqa: B006
    days: int = 0,
) -> Iterator[Statement]:
    """Read what a text states that it, or another text, may state otherwise.

    `ages` are regular expressions of what stands between a name and an age (`after`) and between an age and a name
    (`before`). `events` are verbs that are true of a thing once, `offices` such as need what follows them to tell
    which. `heads` are nouns with one number for one proper name. `stated` are sentences, by what they state: {name} is
    a proper name, {thing} one with a noun, {number} the value. `scores` are words for the result of a game, `verbs`
    such as have one number for the names beside them (“killed”). With a word of `change` a sentence speaks of another
    time.
    """
    # The rules inside a text and between texts read the same, once, where they say the same words.
    asked = (heads, events, offices, change, ages, stated, scores, verbs)
    known = reading.remembered("statements", _nothing_read)
    found = next((read for options, read in known if options == asked), None)
    if found is None:
        found = tuple(_read(reading, *asked))
        known.append((asked, found))
    yield from found


def _nothing_read(_: Reading) -> list[tuple[Any, tuple[Statement, ...]]]:
    return []


def _read(
    reading: Reading,
    heads: list[str],
    events: list[str],
    offices: list[str],
    change: list[str],
    ages: dict[str, list[str]],
    stated: dict[str, list[str]],
    scores: list[str],
    verbs: list[str],
) -> Iterator[Statement]:
    day = reading.date.first.toordinal() if reading.date.first is not None else 0
    yield from _ages(reading, ages, day)
    yield from _tags(reading, day)
    yield from _years(reading, events, offices)
    yield from _seats(reading, day)
    seen: set[Span] = set()
    for statement in _quantities(reading, heads, change, day):
        seen.add(statement.at)
        yield statement
    yield from _stated(reading, stated, change, day, seen)
    yield from _counted(reading, verbs, change, day, seen)
    yield from _totals(reading)
    yield from _scores(reading, scores, change, day)


# Ages

_FULL_NAME = r"[A-Z][\w'-]*[a-z](?: [A-Z]\.)?(?: (?:de |van |von |al-|el-)*[A-Z][\w'-]*[a-z])+"
_YEAR_OLD = re.compile(r"-year-old\b")
_DIGITS = re.compile(r"\d{1,3}\Z")
_AGED = re.compile(r"[0-9]{2}(?=[,.;])")


@lru_cache(maxsize=8)
def _age_patterns(after: tuple[str, ...], before: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    name = rf"(?P<title>\b(?:Mr|Ms|Mrs|Dr|Miss)\.? )?(?P<name>{_FULL_NAME}|{_CAPITALISED})"
    return (
        re.compile(rf"{name}(?:{'|'.join(after)})$"),
        re.compile(rf"(?:{'|'.join(before)})(?P<name>{_FULL_NAME})(?![\w'-]| [A-Z])"),
    )


def _ages(reading: Reading, ages: Mapping[str, list[str]], day: int) -> Iterator[Statement]:
    plain = reading.document.plain
    if not ages:
        return
    after, before = _age_patterns(tuple(ages.get("after", ())), tuple(ages.get("before", ())))
    for match in _find_ages(reading):
        start = reading.block_at(match.start()).span.start
        found = after.search(plain, max(start, match.start() - 70), match.start()) or before.match(plain, match.end())
        if found is None:
            continue
        said = _without_lead(found["name"])
        name = _first_and_last(reading, said)
        if name:
            value, alone = float(match[0]), " " not in said
            yield Statement(Span(*match.span()), f"age of {name}", match[0], value, value, day, 1.0, alone=alone)


def _first_and_last(reading: Reading, name: str) -> str:
    """The first and last word of somebody's name; of a surname alone those of the one person who has it in the text."""
    if " " not in name:
        fuller = reading.remembered("fuller names", _no_names)
        if name not in fuller:
            fuller[name] = set(_fuller(reading, name))
        if len(fuller[name]) != 1:
            return ""
        name = next(iter(fuller[name]))
    first, *_, last = name.split()
    return f"{first} {last}"


def _no_names(_: Reading) -> dict[str, set[str]]:
    return {}


def _without_lead(name: str) -> str:
    """A name without ordinary words before it: “Later Kaldor”."""
    while " " in name and _is_ordinary(name.partition(" ")[0]):
        name = name.partition(" ")[2]
    return name


def _find_ages(reading: Reading) -> list[re.Match[str]]:
    """The digits before “-year-old”, after a comma and before another, after “aged” and before a mark, by place."""
    plain, spelt = reading.document.plain, reading.spelt
    found = {}
    if "year" in spelt and "old" in spelt:
        for old in _YEAR_OLD.finditer(plain):
            if age := _DIGITS.search(plain, max(old.start() - 3, 0), old.start()):
                found[age.start()] = age
    for at in reading.numbers_behind((",", "aged")):
        age = _AGED.match(plain, at)
        if age and (plain.endswith("aged ", 0, at) or (plain.endswith(", ", 0, at) and plain[at + 2] == ",")):
            found[at] = age
    return [age for _, age in sorted(found.items())]


_WORD_BEFORE = re.compile(rf"{_CAPITALISED} $")


def _fuller(reading: Reading, name: str) -> Iterator[str]:
    """A name of one word with the word before it, wherever that has a capital."""
    plain = reading.document.plain
    for at in reading.places(name) if name in reading.words else places_of(plain, name):
        match = _WORD_BEFORE.search(plain, max(0, at - 40), at)
        if match and match[0][:2] not in ("Mr", "Ms", "Dr") and not _is_ordinary(match[0][:-1]):
            yield match[0] + name


def _is_ordinary(word: str) -> bool:
    """Whether a word with a capital is an ordinary one, and no given name."""
    return is_common(word.lower()) and not is_given_name(word.lower())


# Parties and states beside names

_TAG = re.compile(r"[RD](?:\)|[-–—](?P<state>[A-Z][a-z]+\.?|[A-Z]\.[A-Z]\.|[A-Z]{2})(?=[,.;)]))")
_NAME_BEFORE = re.compile(rf"(?P<name>{_FULL_NAME}|{_CAPITALISED})(?:,| ?\()? ?$")


def _tags(reading: Reading, day: int) -> Iterator[Statement]:
    """“Sen. Ada Kaldor (R-Ohio)”: the party and the state of somebody."""
    plain = reading.document.plain
    for party in sorted(_PARTIES & reading.words):
        for at in reading.places(party):
            tag = _TAG.match(plain, at)
            before = _NAME_BEFORE.search(plain, max(reading.block_at(at).span.start, at - 70), at) if tag else None
            name = _first_and_last(reading, _without_lead(before["name"])) if before else ""
            if not tag or not before or not name or before.end("name") == at or reading.quoted(Span(at, at + 1)):
                continue
            yield Statement(Span(at, at + 1), f"party of {name}", party, 0, 0, day, 0, party)
            state = states().get(compact(tag["state"])) if tag["state"] else None
            if state:
                yield Statement(Span(*tag.span("state")), f"state of {name}", tag["state"], 0, 0, day, 0, state)


_PARTIES = frozenset({"R", "D"})


# Events that are once


@prepared
def _event_patterns(once: list[str], offices: list[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """An event with its date in a skeleton, and in prose with what a date of a day, month or year may begin with: what
    stands before the event is looked at only where one is found."""
    event = rf"\b({'|'.join(map(re.escape, (*once, *offices)))})((?: [A-Za-z'-]+){{0,4}}?) ?(?:in |on |,? )?"
    months, weekdays = ("|".join(name[:3] for name in names) for names in (MONTHS, WEEKDAYS))
    begins = rf"[0-9]{{4}}|[0-9]{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{months})|{months}|{weekdays}"
    return re.compile(rf"{event}({_D})", re.IGNORECASE), re.compile(rf"{event}(?:{begins})", re.IGNORECASE)


@prepared
def _glued(once: list[str], offices: list[str]) -> frozenset[str]:
    """The events also with a word between them and a date run together with them: “builtin 1949”."""
    return frozenset(event + glued for event in (*once, *offices) for glued in ("", "in", "on"))


_LINK = r"(?:was|were|first|has|officially|which|who|that|is)\b"
_SUBJECT = re.compile(
    rf"(?P<name>{_NAME.pattern})(?P<noun> (?!{_LINK})[a-z]+)?,? ?(?:which |who |that )?"
    r"(?:was |were |first |has been |officially )?$"
)
_NAME_AFTER = re.compile(rf"(?:[a-z]+ ){{0,4}}(?P<name>{_NAME.pattern})")
_LONGEST_SUBJECT = 120  # characters; longer names are none


def _years(reading: Reading, events: list[str], offices: list[str]) -> Iterator[Statement]:
    """“The Norland Bank was founded in 1949”: the date of an event of something with a name of two words or more."""
    plain, places = reading.document.plain, reading.find_words(_glued(events, offices))
    if not places:
        return
    event, likely = _event_patterns(events, offices)
    if not reading.folds_oddly:
        places = [at for at in places if likely.match(plain, at)]
    for sentence in reading.sentences_at(places):
        if not _has_word(plain[sentence.start : sentence.end], (*events, *offices)):
            continue
        dates = [one for one in reading.dates_in(sentence) if one.kind in (DateKind.DAY, DateKind.MONTH, DateKind.YEAR)]
        if not dates:
            continue
        skeleton = skeleton_of(plain, sentence, (Mark("date", one.at, one) for one in dates))
        for match in event.finditer(skeleton.text):
            statement = _year(reading, skeleton, match, offices)
            if statement is not None:
                yield statement


def _year(reading: Reading, skeleton: Skeleton, match: re.Match[str], offices: list[str]) -> Statement | None:
    date: DateMention = skeleton.marks[match.start(3)].mention
    verb = match[1].casefold()
    before, after = (
        skeleton.text[max(0, match.start() - _LONGEST_SUBJECT) : match.start()],
        skeleton.text[match.end() :],
    )
    subject = _SUBJECT.search(before)
    if not before.strip() and after.startswith(", "):
        subject = _NAME_AFTER.match(after, 2)
    if subject is None or date.period is None or reading.quoted(date.at):
        return None
    name = subject["name"].removeprefix("The ").removeprefix("the ")
    if "noun" in subject.re.groupindex and subject["noun"]:
        name += subject["noun"]
    if " " not in name or (len(name.split()) == 2 and name.split()[0].casefold() in ("he", "she", "it", "they")):
        return None
    first, last = date.period.first, date.period.last
    if first is None or last is None:
        return None
    what = match[2].strip() if verb in offices else ""
    if verb in offices and not what:
        return None
    return Statement(date.at, f"year {verb} {what} {name}", date.text, first.toordinal(), last.toordinal())


# Where something is based

_BASED_IN = re.compile(rf"(?P<name>{_NAME.pattern})\.?,? (?:which is |is |are )?$")
_BASED = re.compile(rf"based in (?P<place>{_CAPITALISED}(?: {_CAPITALISED})?)")
_PLACE_BASED = re.compile(r"(?P<place>(?!The )[A-Z][a-z']+(?: [A-Z][a-z']+)?)-$")
_HYPHEN = ("-", "\n")  # a line may end after one
_NAME_BASED = re.compile(rf"based (?:[a-z]+ ){{0,3}}(?P<name>{_NAME.pattern}(?: (?:Inc|Corp|Co|Ltd)\b)?)")


def _seats(reading: Reading, day: int) -> Iterator[Statement]:
    plain = reading.document.plain
    for at in reading.find_words(("based",)):
        before = max(reading.block_at(at).span.start, at - 90)
        other = _BASED.match(plain, at)
        one = _BASED_IN.search(plain, before, at) if other else None
        if one is None:
            one = _NAME_BASED.match(plain, at) if plain[at - 1 : at] in _HYPHEN else None
            other = _PLACE_BASED.search(plain, before, at) if one else None
        if one is None or other is None:
            continue
        place = other["place"]
        key = f"seat {one['name'].removeprefix('The ')}"
        yield Statement(Span(*other.span("place")), key, place, 0.0, 0.0, day, name=place.casefold())


# Quantities

_OF_NAME = re.compile(r"(?: (?:of|from|in|for) (?:the )?[A-Z]\w+)?")


def _quantities(reading: Reading, heads: list[str], change: list[str], day: int) -> Iterator[Statement]:
    """“The death toll of X rose to 81”: a number after one of the heads, of the proper name nearest to it."""
    plain = reading.document.plain
    seen: set[Span] = set()
    for head in heads:
        if head.rpartition(" ")[2] not in reading.spelt:
            continue
        pattern = _whole(head)
        for at in reading.find_words((head.partition(" ")[0],)):
            place = pattern.match(plain, at)
            if place is None or not _number_follows(reading, place.end()):
                continue
            sentence = reading.sentence_at(place.start())
            names = [
                match[0] for match in _NAME.finditer(plain, place.end(), sentence.end) if not _is_first(match, sentence)
            ]
            numbers = [
                number
                for number in reading.numbers_in(sentence)
                if number.at.start > place.end() and not number.ordinal and not _is_date(reading, number, sentence)
            ]
            if not names or not numbers:
                continue
            number = numbers[0]
            named = _OF_NAME.match(plain, place.end(), number.at.start)
            start = named.end() if named else place.end()
            between = set(re.findall(r"[a-z]+", plain[start : number.at.start].casefold()))
            if not between.isdisjoint(change) or number.at.start - place.end() > _FARTHEST or len(numbers) > 1:
                continue
            low, high = number.value.low, number.value.high
            if low is None or high is None or number.qualifier:
                continue
            if number.at in seen:
                continue
            seen.add(number.at)
            last = names[0].split()[-1]
            yield Statement(number.at, f"head {head.split()[-1]} {last}", number.text, low, high, day)


_FARTHEST = 60  # characters from one of the heads to its number


def _number_follows(reading: Reading, at: int) -> bool:
    """Whether a number may begin behind a place so near that it is one of what stands there."""
    places = reading.number_places
    index = bisect_left(places, at)
    return index < len(places) and places[index] <= at + _FARTHEST + len("US$")


@lru_cache(maxsize=64)
def _whole(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(phrase)}\b", re.IGNORECASE)


def _is_first(match: re.Match[str], sentence: Span) -> bool:
    """Whether a capital is only that of the sentence's first word."""
    return match.start() == sentence.start and " " not in match[0] and is_common(match[0].casefold())


def _is_date(reading: Reading, number: NumberMention, sentence: Span) -> bool:
    return any(date.at.overlaps(number.at) and date.kind is not DateKind.WEEKDAY for date in reading.dates_in(sentence))


_UNITS = {"feet": "foot"}


class _Stated(Struct, frozen=True):
    """A pattern of a statement: a regular expression over a skeleton, and what a sentence has in prose that it is found
    in: one of some words, all of some, and a number with one of `follows` right behind it or else, if any, one of
    `leads` before it, as the end of what `before` finds."""

    regex: re.Pattern[str]
    any_of: frozenset[str]
    all_of: tuple[str, ...]
    follows: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    before: re.Pattern[str] | None = None
    longest: int = 0  # characters that `before` may be of


_ONE_OF = r"(?:[a-z]+|\(\?(?:P<unit>|:)[a-z]+(?:\|[a-z]+)*\))"


@lru_cache(maxsize=64)
def _stated_pattern(pattern: str) -> _Stated:
    parts = pattern.replace("{name}", rf"(?P<name>{_NAME.pattern})")
    parts = parts.replace(
        "{thing}",
        rf"(?P<name>{_NAME.pattern} (?!(?:is|was|will|has|in|of|at|and)\b)[a-z]+|{_CAPITALISED}(?: {_CAPITALISED})+)",
    )
    regex = re.compile(parts.replace("{number}", f"(?P<number>{_N})"))
    needed = re.sub(r"\((?:[^()]|\([^()]*\))*\)\?|\{\w+\}|\?P<\w+>", " ", pattern)
    alternatives = re.findall(r"[a-z]{3,}", " ".join(re.findall(r"\([^()]*\)", needed)))
    words = re.findall(r"[a-z]{2,}", re.sub(r"\([^()]*\)", " ", needed))
    stated = _Stated(regex, frozenset(alternatives or [max(words, key=len)]), tuple(f"{word} " for word in words))
    if follow := re.search(rf"\{{number\}}[ -]({_ONE_OF})", pattern):
        return replace(stated, follows=_words_of(follow[1]))
    if lead := re.search(rf"(?:^|[ )}}?])((?:{_ONE_OF} )*({_ONE_OF}) )\{{number\}}", pattern):
        before = re.compile(rf"{lead[1]}(?:[Aa][ -])?(?:[Uu][Ss]|[AaCc])?[$€£¥]?\Z")
        longest = len(re.sub(_ONE_OF, lambda one: max(_words_of(one[0]), key=len), lead[1])) + len("a US$")
        return replace(stated, leads=_words_of(lead[2]), before=before, longest=longest)
    return stated


@prepared
def _all_stated(stated: dict[str, list[str]]) -> tuple[tuple[str, _Stated], ...]:
    """Patterns of statements, each with what it states."""
    return tuple((kind, _stated_pattern(pattern)) for kind, patterns in stated.items() for pattern in patterns)


def _words_of(alternatives: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z]+", alternatives.replace("?P<unit>", "")))


def _stated(
    reading: Reading, stated: dict[str, list[str]], change: list[str], day: int, seen: set[Span]
) -> Iterator[Statement]:
    """Statements by a pattern: “Brandt will be bought for $40 million”."""
    plain, spelt = reading.document.plain, reading.spelt.keys()
    # Behind these stands the rest of the number, and somewhere behind that what follows it.
    parts = reading.percentages
    for kind, pattern in _all_stated(stated):
        if spelt.isdisjoint(pattern.any_of):
            continue
        if pattern.follows:
            places = reading.numbers_before(pattern.follows)
            places += [at for at in parts if any(plain.find(word, at, at + 200) > 0 for word in pattern.follows)]
        elif pattern.before:
            places = reading.numbers_behind(pattern.leads)
        else:
            places = reading.number_places
        if places:
            for sentence in _sentences_stating(reading, pattern, places):
                skeleton = _skeleton(reading, sentence)
                for match in pattern.regex.finditer(skeleton.text):
                    number: NumberMention = skeleton.marks[match.start("number")].mention
                    low, high = number.value.low, number.value.high
                    words = set(
                        re.findall(r"[a-z]+", skeleton.text[max(0, match.start() - 30) : match.end() + 30].casefold())
                    )
                    if low is None or high is None or number.at in seen or not words.isdisjoint(change):
                        continue
                    seen.add(number.at)
                    unit = match["unit"] if "unit" in pattern.regex.groupindex else ""
                    unit = _UNITS.get(unit, unit.removesuffix("s"))
                    name = match["name"].removeprefix("The ")
                    yield Statement(number.at, f"{kind} {unit} {name}", number.text, low, high, day)


def _sentences_stating(reading: Reading, pattern: _Stated, places: Sequence[int]) -> Iterator[Span]:
    """The sentences with a number at one of some places that a pattern may be found in, by place."""
    plain, before = reading.document.plain, pattern.before
    if before is not None:
        places = [at for at in places if before.search(plain, max(at - pattern.longest, 0), at)]
    for sentence in reading.sentences_at(sorted(places)):
        text = plain[sentence.start : sentence.end]
        if all(word in text for word in pattern.all_of) and _has_word(text, pattern.any_of):
            yield sentence


def _has_word(text: str, words: Collection[str]) -> bool:
    """Whether one of some words stands in a text as a whole word, in any case."""
    lower = text.lower()
    return any(word in lower for word in words) and not set(re.findall(r"\w+", lower)).isdisjoint(words)


def _skeleton(reading: Reading, sentence: Span) -> Skeleton:
    marks = [Mark("date", one.at, one) for one in reading.dates_in(sentence)]
    marks += [Mark("number", one.at, one) for one in reading.numbers_in(sentence) if not one.ordinal]
    return skeleton_of(reading.document.plain, sentence, marks)


_COUNTED = re.compile(
    rf"(?P<verb>[a-z]+) (?P<number>{_N})(?P<noun>(?: [a-z]+){{0,2}}? (?:[a-z]{{3,}}s|people|men|women|children))\b"
)


def _counted(reading: Reading, verbs: list[str], change: list[str], day: int, seen: set[Span]) -> Iterator[Statement]:
    """“The storm killed 34 people in Dorna”: one verb, one noun with its modifiers, the same proper names beside, and
    nothing of another time."""
    if reading.spelt.keys().isdisjoint(verbs):
        return
    before, wanted = reading.beside_numbers.before, frozenset(verbs)
    places = sorted(at for lead, found in before.items() if _small_end(lead) in wanted for at in found)
    for sentence in reading.sentences_at(places):
        plain = reading.document.plain[sentence.start : sentence.end]
        if not _has_word(plain, wanted) or not 0 < len(reading.numbers_in(sentence)) < 3 or reading.quoted(sentence):
            continue
        names = [one[0] for one in _NAME.finditer(plain) if one.start() or not is_common(one[0].split()[0].casefold())]
        if not names or not set(re.findall(r"[a-z]+", plain.casefold())).isdisjoint(change):
            continue
        skeleton = _skeleton(reading, sentence)
        for match in _COUNTED.finditer(skeleton.text) if _D not in skeleton.text else ():
            number: NumberMention = skeleton.marks[match.start("number")].mention
            if match["verb"] not in verbs or number.at in seen or number.value.unit or number.qualifier:
                continue
            if number.value.exact is not None and number.value.exact > 2:
                key = f"counted {match['verb']} {match['noun'].strip()} of {', '.join(sorted(set(names)))}"
                yield Statement(number.at, key, number.text, number.value.exact, number.value.exact, day)


_RUN = re.compile(r"\w+")
_COUNTABLE = ("s", "people")
_SMALL_END = re.compile(r"[a-z]+\Z")


@lru_cache(maxsize=1 << 14)
def _small_end(text: str) -> str:
    """The small letters that a text ends in."""
    match = _SMALL_END.search(text)
    return match[0] if match else ""


_ALL = re.compile(r"[Aa]ll (?:of the |the )?(?P<number>\d[\d,]*|[a-z]+(?:-[a-z]+)?) (?P<noun>[a-z]{3,}s|people)\b")


def _totals(reading: Reading) -> Iterator[Statement]:
    """“All 132 passengers”, where the text counts passengers in one other place."""
    if "all" not in reading.spelt:
        return
    plain = reading.document.plain
    places_of: dict[str, list[int]] = {}
    for word, places in reading.beside_numbers.after.items():
        places_of.setdefault(word.lower(), []).extend(places)
    nouns = {noun for noun, places in places_of.items() if len(places) > 1 and noun.endswith(_COUNTABLE)}
    counted: dict[str, list[NumberMention]] = {}
    if not nouns:
        return
    for at in reading.find_words(("all",)):
        match = _ALL.match(plain, at)
        if match is None or match["noun"] not in nouns:
            continue
        noun = match["noun"]
        if noun not in counted:
            counted[noun] = list(islice(_counts(reading, sorted(places_of[noun])), 3))
        counts = counted[noun]
        values = {
            number.at: number.value.exact for number in counts if not number.qualifier or number.qualifier == "all"
        }
        found = [value for value in values.values() if value is not None]
        if len(counts) != 2 or len(found) != 2 or min(found) < 3 or max(found) > 2 * min(found):
            continue
        if not counts[0].at.end < match.start("number") <= counts[1].at.start:
            continue
        for number in counts:
            value = number.value.exact or 0.0
            yield Statement(number.at, f"all {noun}", number.text, value, value)


def _counts(reading: Reading, places: Iterable[int]) -> Iterator[NumberMention]:
    """The numbers that end in the words or digits at some places and count what is named behind them."""
    for place in places:
        run = _RUN.match(reading.document.plain, place)
        assert run is not None
        for number in reading.numbers_in(reading.sentence_at(run.end() + 1)):
            if number.at.end == run.end() and not number.ordinal and not number.value.unit:
                yield number


_SCORE = re.compile(r"(?<![\w-])(\d{1,3})-(\d{1,3})(?![\w-])")
_SCORE_SIGN = re.compile(r"-(?<=\d-)\d")


def _scores(reading: Reading, words: list[str], change: list[str], day: int) -> Iterator[Statement]:
    """The result of a game between the only two that a sentence names."""
    if reading.spelt.keys().isdisjoint(words):
        return
    for sentence in reading.sentences_at(match.start() for match in _SCORE_SIGN.finditer(reading.document.plain)):
        plain = reading.document.plain[sentence.start : sentence.end]
        if not _has_word(plain, words):
            continue
        found = list(_SCORE.finditer(plain))
        if len(found) != 1 or not set(re.findall(r"[a-z]+", plain.casefold())).isdisjoint((*change, "last")):
            continue
        dates = [one for one in reading.dates_in(sentence) if one.kind is not DateKind.WEEKDAY]
        weekdays = {one.text for one in reading.dates_in(sentence) if one.kind is DateKind.WEEKDAY}
        names = {one[0].removeprefix("The ") for one in _NAME.finditer(plain)} - weekdays - {"The"}
        if len(names) != 2 or dates:
            continue
        most, least = sorted((int(found[0][1]), int(found[0][2])), reverse=True)
        at = Span(sentence.start + found[0].start(), sentence.start + found[0].end())
        yield Statement(
            at, f"score {', '.join(sorted(names))}", found[0][0], most + least / 1000, most + least / 1000, day
        )
