"""Known names in a text: exactly, inflected, shortened; through an index of their rarest words.

The work grows with the distinct words of the text that occur in a known name, never with the number of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from factlint.nearness import NamedWords, farness, sifted
from factlint.sieve import JointSieve
from factlint.source import Span
from factlint.vocabulary import any_of, is_given_name, is_nickname, is_surname, name_ranks, vocabulary
from factlint.vocabulary import fold as fold

if TYPE_CHECKING:
    from factlint.facts.model import Entity, Facts
    from factlint.mentions import Reading

_TOKEN = re.compile(r"\w+")
_FEWEST = 120

# How a form stands to its entity, the better first.
NAME, ALIAS, FORMER, NICKNAME, INITIALS, SHORT, PLURAL, WRONG, DISTINCT = (
    "name",
    "alias",
    "former",
    "nickname",
    "initials",
    "short",
    "plural",
    "wrong",
    "distinct",
)
_RANK = {
    form: rank for rank, form in enumerate((NAME, ALIAS, FORMER, NICKNAME, INITIALS, SHORT, PLURAL, WRONG, DISTINCT))
}


class NameMention(Struct, frozen=True):
    """A known name in the text.

    `span` is the name alone, without possessive. `form` says how it stands to its entity: name, alias, former (a name
    that it had), wrong (a form listed as wrong), nickname (“Bill” for “William”), short (a surname), initials, plural.
    Several entities are an ambiguity that nothing settled.
    """

    span: Span
    entities: tuple[Entity, ...]
    form: str

    @property
    def entity(self) -> Entity | None:
        """The entity meant, None where several may be."""
        return self.entities[0] if len(self.entities) == 1 else None


class NameForm(Struct, frozen=True):
    """One way to write a name: its words folded and as written, and the entities that it names by index."""

    folded: tuple[str, ...]
    written: tuple[str, ...]
    text: str
    form: str
    entities: tuple[int, ...]


class NameIndex(Struct, frozen=True):
    """Name forms by the word that tells most about them; people by surname; the words that titles are made of.

    `tokens` are the people by each word of their right names, `bodies` the other entities likewise, `words` all these
    words by what near ones share with them. `sieve` tells apart most words that are no anchor and no surname. `people`
    says how many there are, `others` how many other entities.
    """

    anchors: Mapping[str, tuple[NameForm, ...]]
    surnames: Mapping[str, tuple[int, ...]]
    titles: Mapping[str, frozenset[int]]
    tokens: Mapping[str, tuple[int, ...]]
    bodies: Mapping[str, tuple[int, ...]]
    words: NamedWords
    sieve: bytes
    people: int
    others: int

    @property
    def are_few(self) -> bool:
        """Whether so few are known that all their words may be looked at."""
        return self.people + self.others <= _FEWEST

    def rows_of(self, word: str) -> tuple[int, ...]:
        """The entities that have a folded word in a right name."""
        return (*self.tokens.get(word, ()), *self.bodies.get(word, ()))


def surname_of(name: str) -> str:
    """The words of a person's name that later references use: the last, with particles before and no “Jr.” after."""
    parts = name.replace(",", " ").split()
    while len(parts) > 1 and fold(parts[-1].rstrip(".")) in vocabulary()["suffix"]:
        parts.pop()
    if len(parts) < 2:
        return ""
    first = len(parts) - 1
    while first > 1 and parts[first - 1].islower():
        first -= 1
    return " ".join(parts[first:])


def last_word(entity: Entity) -> str:
    """The last word of a person's surname, or of a name that is one word, folded."""
    return _last_word(entity, surname_of(entity.name))


def _last_word(entity: Entity, surname: str) -> str:
    return fold((surname or entity.name).split(" ")[-1])


# A surname or nothing, the last word of the name, and its right forms, each with its words that count and these folded.
WrittenName: TypeAlias = tuple[str, str, tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]]


def write_name(entity: Entity) -> WrittenName:
    """A name in its right forms, each as its words that count: no initials, no “Jr.”."""
    found: dict[tuple[str, ...], str] = {}
    for text in (entity.name, *entity.aliases, *((entity.full_name,) if entity.full_name else ())):
        words = tuple(_TOKEN.findall(text))
        if entity.kind == "person":
            words = tuple(word for word in words if len(word) > 1 and fold(word) not in vocabulary()["suffix"])
            if len(words) > 2:
                found.setdefault((words[0], words[-1]), text)
        elif len(words) > 2 and words[-1].islower():
            found.setdefault(words[:-1], text)
        if words:
            found.setdefault(words, text)
    forms = tuple((text, words, tuple([fold(word) for word in words])) for words, text in found.items())
    surname = surname_of(entity.name)
    return surname, _last_word(entity, surname), forms


def written_name(facts: Facts, row: int) -> WrittenName:
    """The name of the entity of a row; of compiled facts it lies there ready."""
    ready: Sequence[WrittenName] | None = facts.__dict__.get("written names")
    return write_name(facts.entities[row]) if ready is None else ready[row]


def words_in_reach(index: NameIndex, word: str) -> tuple[str, ...]:
    """The other words of known names that share a key with a folded word."""
    words = index.words
    found = {words.text(number) for number in words.sharing(words.keys_of((word,)).get(word, ()))}
    found.discard(word)
    return tuple(sorted(found))


def near_words(index: NameIndex, word: str) -> dict[str, float]:
    """The words of known names that a folded word is a near spelling of, with how far each is."""
    away = ((other, farness(word, other)) for other in words_in_reach(index, word))
    return {other: far for other, far in away if far is not None}


def index_of(facts: Facts) -> NameIndex:
    """The index of the names of these facts, built once."""
    index = facts.__dict__.get("names")
    if not isinstance(index, NameIndex):
        titles: dict[str, set[int]] = {}
        numbers = {entity.id: number for number, entity in enumerate(facts.entities)}
        for fact in facts.facts:
            if fact.attribute == "role" and fact.subject in numbers:
                title = getattr(fact.value, "title", "")
                for text in (title, *getattr(fact.value, "aliases", ())):
                    for word in _TOKEN.findall(text):
                        titles.setdefault(fold(word), set()).add(numbers[fact.subject])
        from factlint.facts.indexing import build_index

        holders = {word: frozenset(found) for word, found in titles.items()}
        index = build_index(facts.entities, holders, map(write_name, facts.entities))
        facts.__dict__["names"] = index
    return index


def _same_case(text: str, name: str) -> bool:
    """Whether a word of the text may stand for one of a name as far as capitals go."""
    if name[0].isupper() and not text[0].isupper():
        return False
    if len(name) > 1 and name.isupper() and not text.isupper():
        return len(name) > 3 and text.istitle()
    return True


def _joins(gap: str, before: str, wanted: str) -> bool:
    """Whether what stands between two words of the text may stand between these of a name."""
    if gap == wanted:
        return True
    if "\n" in gap or len(gap) > 4:
        return False
    mark = gap.strip()
    if mark == wanted.strip() or mark in ("", "-", "'", "–"):
        return True
    return mark == "." and (len(before) <= 3 or "." in wanted)


def _spell(text: str, at: int, form: NameForm, anchor: int) -> Span | None:
    """The span of a form whose word number `anchor` stands at `at`, None where the rest is not there."""
    words = form.folded
    start = at - form.text.find(form.written[anchor]) if anchor else at
    if anchor == 0 and len(words) == 1:
        end = at + len(form.written[0])
        return Span(at, end) if _same_case(text[at:end], form.written[0]) else None
    if anchor:
        window = text[max(0, start - 12) : at]
        offset = max(0, start - 12)
        before = [(offset + match.start(), match.group()) for match in _TOKEN.finditer(window)][-anchor:]
        if len(before) < anchor or (offset and before[0][0] == offset):
            return None
    else:
        before = []
    after = []
    position = at
    for _ in range(len(words) - anchor):
        match = _TOKEN.search(text, position, position + 40 + len(words[-1]))
        if match is None:
            return None
        after.append((match.start(), match.group()))
        position = match.end()
    found = before + after
    wanted = 0
    for number, (place, word) in enumerate(found):
        written = form.written[number]
        if fold(word) != words[number] or not _same_case(word, written):
            return None
        wanted = form.text.index(written, wanted)
        if number:
            last_place, last = found[number - 1]
            gap = form.text[wanted - _gap(form, number, wanted) : wanted]
            if not _joins(text[last_place + len(last) : place], last, gap):
                return None
        wanted += len(written)
    return Span(found[0][0], position)


def _gap(form: NameForm, number: int, at: int) -> int:
    """How many characters stand before word `number` (at `at` in the form's text) since the word before it."""
    length = 0
    while at - length > 0 and not (form.text[at - length - 1].isalnum() or form.text[at - length - 1] == "_"):
        length += 1
    return length


def words_by_fold(reading: Reading) -> Mapping[str, Sequence[str]]:
    """The ways in which each word of the text is written, by its folded form; computed once for a reading."""
    return reading.remembered("words by fold", _words_by_fold)


def _words_by_fold(reading: Reading) -> Mapping[str, Sequence[str]]:
    spelt = reading.spelt
    if "".join(reading.words).isascii():
        return spelt
    accented = [word for word in reading.words if not word.isascii()]
    found = dict(spelt)
    for word in accented:
        lower, folded = word.lower(), fold(word)
        if lower != folded:
            found[lower] = [other for other in found[lower] if other != word]
            if not found[lower]:
                del found[lower]
            found[folded] = sorted([*found.get(folded, ()), word])
    return found


@cache
def _pair() -> re.Pattern[str]:
    between, after = any_of("connecting") + "|" + any_of("particle"), any_of("article")
    gap = rf"(?: (?:(?:[A-Z]\.?|{between}) )?(?:(?:[A-Z]\.?|{after}) )?| & | [A-Z]'|[-–'])"
    # The characters that the first word is looked for by leave out the marks that a text is full of.
    return re.compile(rf"([A-Z\xaa-\u1fff\u2070-\U0010ffff](?<![\W\d_])(?<!\w.)\w++)(?=({gap}([^\W\d_a-z]\w+)))")


def capital_pairs(text: str) -> Iterator[re.Match[str]]:
    """The capitalised words that another follows, but for initials and “of” and its like between.

    The groups of a match are the word, all that follows it up to the end of the other, and the other.
    """
    return _pair().finditer(text)


def known_words(reading: Reading) -> Mapping[str, list[str]]:
    """The words of the text that may name or begin a name, folded, with the ways they are written; some that don't."""
    return reading.remembered("words that may name", _known_words)


def _known_words(reading: Reading) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in reading.facts.remembered("words that may name", _may_name).pick_words(reading.words):
        found.setdefault(fold(word), []).append(word)
    return found


def _may_name(facts: Facts) -> JointSieve:
    index = index_of(facts)
    if index.are_few:
        every = frozenset({*index.anchors, *index.surnames})
        return JointSieve(
            lambda words: [word for word in words if (word.lower() if word.isascii() else fold(word)) in every]
        )
    return JointSieve(lambda words: _sifted(index.sieve, list(words)))


def _sifted(sieve: bytes, words: Sequence[str]) -> list[str]:
    """Those of some words that may name or begin a name; they are made small together."""
    return sifted(sieve, words, [word.lower() if word.isascii() else fold(word) for word in words])


def _whole(reading: Reading, words: Mapping[str, Sequence[str]], index: NameIndex) -> Iterator[tuple[Span, NameForm]]:
    """Every form that stands in the text, overlapping ones too."""
    text, spelt = reading.document.plain, words_by_fold(reading)
    wanted: dict[str, list[tuple[NameForm, int]]] = {}
    for word, written in words.items():
        for form in index.anchors.get(word, ()):
            folded = form.folded
            if folded[0] not in spelt or folded[-1] not in spelt or not spelt.keys() >= set(folded):
                continue
            anchor = form.folded.index(word)
            for variant in written:
                if _same_case(variant, form.written[anchor]):
                    wanted.setdefault(variant, []).append((form, anchor))
    for variant, places in reading.places_of_names(wanted).items():
        for at in places:
            for form, anchor in wanted[variant]:
                span = _spell(text, at, form, anchor)
                if span is not None:
                    yield span, form


def _longest(found: Iterable[tuple[Span, str, tuple[int, ...]]]) -> Iterator[tuple[Span, str, tuple[int, ...]]]:
    """The longest at each place, the leftmost of those that overlap; what several say of one span is joined."""
    by_span: dict[Span, dict[str, list[int]]] = {}
    for span, form, entities in found:
        forms = by_span.setdefault(span, {})
        known = forms.setdefault(form, [])
        known.extend(entity for entity in entities if entity not in known)
    end = -1
    for span in sorted(by_span, key=lambda span: (span.start, -span.end)):
        if span.start < end:
            continue
        end = span.end
        forms = by_span[span]
        best = min(forms, key=lambda form: _RANK[form])
        meant = {*forms[best], *(forms.get(ALIAS, ()) if best == NAME else ())}
        yield span, best, tuple(sorted(meant))


_CAPITAL = re.compile(r" [A-Z][a-z]|-[A-Z]")
_BEFORE = re.compile(r"(\w+)(\.?,? |-)$")


def _short(
    reading: Reading,
    words: Mapping[str, Sequence[str]],
    index: NameIndex,
    whole: Iterable[tuple[Span, str, tuple[int, ...]]],
) -> Iterator[tuple[Span, str, tuple[int, ...]]]:
    """Surnames of people whom the text introduces by their full name or by a title of theirs."""
    text, facts = reading.document.plain, reading.facts
    named = {entity for _, form, entities in whole for entity in entities if form != DISTINCT}
    plurals = {fold(words[-1]) + "s": person for person in named for words in _surnames(facts.entities[person])}
    if plurals:
        spelt = words_by_fold(reading)
        words = {**words, **{plural: spelt[plural] for plural in plurals.keys() & spelt.keys()}}
    titles, are_few = facts.remembered("title words", _title_words), index.people <= _FEW
    bearers = {word: people for word in words if (people := index.surnames.get(word))}
    plural_only = {word: (person,) for word, person in plurals.items() if word in words and word not in bearers}
    every = reading.places_of_names(
        [variant for word in (*bearers, *plural_only) for variant in words[word] if variant[0].isupper()]
    )
    for word, people in (*bearers.items(), *plural_only.items()):
        if every.keys().isdisjoint(words[word]):
            continue
        plural = word in plural_only
        places = [(at, variant) for variant in words[word] for at in every.get(variant, ())]
        introduced = () if named.isdisjoint(people) else tuple([person for person in people if person in named])
        if not introduced:
            titled: list[int] = []
            for at, _ in places:
                may_be_titled, after = _may_be_titled(text, at, titles), at + len(word)
                is_described = text.startswith(", ", after)
                if not (are_few or may_be_titled or is_described):
                    continue
                found = (
                    *(_nicknamed(text, at, people, facts) if are_few else ()),
                    *(_titled(text, at, people, index) if may_be_titled else ()),
                    *(_described(text, after, people, index) if is_described else ()),
                )
                titled += [person for person in found if person not in titled]
            introduced = tuple(titled)
        sole = not introduced and len(people) == 1 and _is_sole(word, index)
        if sole:
            introduced = people
        if not introduced:
            continue
        names = [facts.entities[person] for person in introduced]
        given = {name for person in introduced for name in _given_names(facts, person)}
        for at, variant in places:
            start = _with_particles(text, at, names)
            before = _BEFORE.search(text, max(0, start - 24), start)
            if before and before[2] == ". " and len(before[1]) > 1 and not _is_abbreviated(before[1]):
                before = None  # the end of a sentence
            form, meant = PLURAL if plural else SHORT, introduced
            if before and before[2] != ", " and before[1][0].isupper() and fold(before[1]) not in given:
                said = before[1].lower()
                if len(said) == 1:
                    meant = tuple(one for one in introduced if said in {name[0] for name in _given_names(facts, one)})
                    if not meant:
                        continue
                    form, start = INITIALS, before.start()
                elif before[2] == " " and (called := tuple(_called(said, introduced, facts))):
                    form, start, meant = NICKNAME, before.start(), called
                elif before[2] == "-" or not _may_precede(text, before.start(), before[1], index):
                    continue
            if sole and _CAPITAL.match(text, at + len(variant)):
                continue
            yield Span(start, at + len(variant)), form, meant


def _surnames(entity: Entity) -> Iterator[list[str]]:
    if entity.kind == "person":
        for name in (entity.name, *entity.aliases):
            words = _TOKEN.findall(surname_of(name))
            if words:
                yield words


def _is_abbreviated(word: str) -> bool:
    """Whether a point after the word may belong to it: an honorific or a short title."""
    return fold(word) in vocabulary()["honorific"] or (len(word) < 5 and fold(word) in vocabulary()["same"])


def _with_particles(text: str, at: int, entities: Iterable[Entity]) -> int:
    """Where a surname begins whose last word stands at `at`, its particles (“von der”) included."""
    for entity in entities:
        surname = surname_of(entity.name)
        if " " in surname:
            particles = surname.rsplit(" ", 1)[0] + " "
            if fold(text[max(0, at - len(particles)) : at]) == fold(particles):
                return at - len(particles)
    return at


def _may_precede(text: str, start: int, word: str, index: NameIndex) -> bool:
    """Whether a capitalised word right before a surname leaves it a name of its own: a title, or a sentence's first."""
    folded = fold(word)
    if folded in index.titles or folded.rstrip("s") in index.titles or folded in vocabulary()["honorific"]:
        return True
    if word.isupper() and len(word) > 1:
        return True
    if folded in vocabulary()["function"] or folded in vocabulary()["head"]:
        return True
    if is_given_name(folded) or is_surname(folded):
        return False
    return start == 0 or text[start - 1] == "\n" or text[max(0, start - 2) : start] in (". ", "? ", "! ")


def _nicknamed(text: str, at: int, people: tuple[int, ...], facts: Facts) -> Iterator[int]:
    """The one of the people for whose given name the word right before the surname stands."""
    before = _BEFORE.search(text, max(0, at - 24), at)
    if before is None or before[2] != " " or not is_given_name(fold(before[1])):
        return
    called = list(_called(fold(before[1]), people, facts))
    if len(called) == 1:
        yield called[0]


_FEW = 2_000  # among more people than this, a short form of a given name fits too many


def _called(said: str, people: Iterable[int], facts: Facts) -> Iterator[int]:
    """Those of the people for whose given name another (folded) may stand."""
    for person in people:
        if any(is_nickname(said, name) for name in _given_names(facts, person)):
            yield person


def _given_names(facts: Facts, person: int) -> set[str]:
    entity = facts.entities[person]
    return {fold(name.split()[0]) for name in (entity.name, *entity.aliases) if " " in name}


def _may_be_titled(text: str, at: int, titles: Set[str]) -> bool:
    """Whether a word of a title stands right before a place, or an “and” before which one may stand; some don't."""
    word = text[max(0, at - 24) : at].rstrip(" -.,").rpartition(" ")[2].lower()
    return not (word.isascii() and word.isalpha()) or word in titles or word.rstrip("s") in titles or word == "and"


def _title_words(facts: Facts) -> frozenset[str]:
    return frozenset(index_of(facts).titles)


def _titled(text: str, at: int, people: tuple[int, ...], index: NameIndex) -> Iterator[int]:
    """Those of the people who held a title that stands right before the surname (“Presidents Biden and Putin”)."""
    before = _BEFORE.search(text, max(0, at - 24), at)
    if before and before[1] == "and":
        start = before.start()
        another = _BEFORE.search(text, max(0, start - 24), start)
        if another and another[1][0].isupper():
            before = _BEFORE.search(text, max(0, another.start() - 24), another.start())
    if not before or before[2] == ", ":
        return
    word = fold(before[1])
    holders = index.titles.get(word) or index.titles.get(word.rstrip("s"))
    if holders:
        yield from (person for person in people if person in holders)


_AFTER = re.compile(
    r", (?:who (?:is|was|has been) )?(?:an?|the|then|now|former|its|his|her) ((?:[\w'-]+ ){0,4}[\w'-]+)"
)


def _described(text: str, at: int, people: tuple[int, ...], index: NameIndex) -> Iterator[int]:
    """Those of the people who held a title that an apposition right after the surname gives."""
    after = _AFTER.match(text, at)
    if after:
        for word in _TOKEN.findall(after[1]):
            holders = index.titles.get(fold(word))
            if holders and fold(word) in vocabulary()["head"]:
                yield from (person for person in people if person in holders)
                return


def _is_sole(word: str, index: NameIndex) -> bool:
    """Whether a surname alone names its only known bearer: few people are known, and few bear it anywhere."""
    known = index.people
    if known > 50 or len(word) < 4 or is_given_name(word):
        return False
    rank = name_ranks(word)[1]
    return rank is None or rank > 100 * known


def find_names(reading: Reading) -> Iterator[NameMention]:
    """Every known name in the text by place, the longest at each; forms listed as wrong among them."""
    return (mention for mention in reading.remembered("every name", _every_name) if mention.form != DISTINCT)


def find_distinct(reading: Reading) -> Iterator[NameMention]:
    """Every name in the text that the facts list as another's, by place; its entities are those it is told from."""
    return (mention for mention in reading.remembered("every name", _every_name) if mention.form == DISTINCT)


def _every_name(reading: Reading) -> tuple[NameMention, ...]:
    facts = reading.facts
    if not facts.entities:
        return ()
    words = known_words(reading)
    if not words:
        return ()
    index = index_of(facts)
    whole = list(_longest((span, form.form, form.entities) for span, form in _whole(reading, words, index)))
    short = _short(reading, words, index, whole)
    return tuple(
        NameMention(span, tuple(facts.entities[number] for number in entities), form)
        for span, form, entities in _longest([*whole, *short])
    )
