"""Known names in a text, near misses and the evidence for them, two spellings, strangers."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from factlint.checks import acronyms, names, near_misses, spellings, terms
from factlint.facts.indexing import named_words
from factlint.facts.model import Entity, Fact, Facts, Role, Site, Term
from factlint.findings import Problem
from factlint.mentions import Reading
from factlint.names import find_names, index_of, near_words, surname_of
from factlint.nearness import KEYLESS, NamedWords, Near, distance, farness, letters_of, near_keys, sound, sounds
from factlint.source import Block, Document, Piece, Source, Span
from factlint.times import Lifetime, parse_iso
from factlint.vocabulary import fold, is_nickname

SITE = Site("facts.yaml", 1)


def person(
    name: str, *aliases: str, roles: tuple[tuple[str, str], ...] = (), wrong: tuple[str, ...] = ()
) -> list[Entity | Fact]:
    identity = "people/" + name.lower().replace(" ", "-")
    found: list[Entity | Fact] = [Entity(identity, "person", name, SITE, aliases=aliases, wrong=wrong)]
    for number, (title, of) in enumerate(roles):
        bodies = (of,) if of else ()
        found.append(Fact(f"{identity}/roles/{number}", identity, "role", Role(title, (), bodies), Lifetime(), SITE))
    return found


def thing(kind: str, name: str, *aliases: str, full_name: str = "", wrong: tuple[str, ...] = ()) -> list[Entity | Fact]:
    every = (*aliases, full_name) if full_name else aliases
    return [Entity(f"{kind}/{name.lower()}", kind, name, SITE, aliases=every, full_name=full_name, wrong=wrong)]


def known(*parts: list[Entity | Fact], terms: tuple[Term, ...] = ()) -> Facts:
    every = [one for part in parts for one in part]
    return Facts(
        entities=tuple(one for one in every if isinstance(one, Entity)),
        facts=tuple(one for one in every if isinstance(one, Fact)),
        terms=terms,
    )


def reading(text: str, facts: Facts | None = None, date: str = "") -> Reading:
    blocks = tuple(Block("paragraph", Span(match.start(), match.end())) for match in re.finditer(r"[^\n]+", text))
    pieces = (Piece(text, Span(0, len(text))),) if text else ()
    return Reading(Document(Source("t", text), pieces, blocks, parse_iso(date) if date else None), facts or Facts())


def found(text: str, facts: Facts) -> list[tuple[str, str, str]]:
    return [
        (
            text[mention.span.start : mention.span.end],
            mention.form,
            "|".join(entity.name for entity in mention.entities),
        )
        for mention in find_names(reading(text, facts))
    ]


def problems(
    check: Callable[..., Iterator[Problem]], text: str, facts: Facts | None = None, date: str = "", **options: object
) -> list[tuple[str, str, float]]:
    return [
        (text[one.at.start : one.at.end], one.suggestions[0] if one.suggestions else "", one.confidence)
        for one in check(reading(text, facts, date), **options)
        if one.confidence >= 0.5
    ]


BLINKEN = person("Antony Blinken", "Antony J. Blinken", roles=(("Secretary of State", "United States"),))
SHERMAN = person("Wendy Sherman", roles=(("Deputy Secretary of State", "United States"),))
LEYEN = person("Ursula von der Leyen", roles=(("President", "European Commission"),))
BIDEN = person("Joe Biden", "Joseph R. Biden Jr.", roles=(("President", "United States"),))
PUTIN = person("Vladimir Putin", roles=(("President", "Russia"),))
NATO = thing("organization", "NATO", full_name="North Atlantic Treaty Organization")


class TestFindNames:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Antony Blinken spoke.", [("Antony Blinken", "name", "Antony Blinken")]),
            ("Antony J. Blinken's plane", [("Antony J. Blinken", "alias", "Antony Blinken")]),
            ("ANTONY BLINKEN SPEAKS", [("ANTONY BLINKEN", "name", "Antony Blinken")]),
            ("antony blinken", []),
            ("Antony  Blinken", [("Antony  Blinken", "name", "Antony Blinken")]),
            ("Antony\nBlinken", [("Blinken", "short", "Antony Blinken")]),
            ("He met Antony. Blinken left.", [("Blinken", "short", "Antony Blinken")]),
            ("Antony, Blinken", [("Blinken", "short", "Antony Blinken")]),
            ("Ursula Von Der Leyen", [("Ursula Von Der Leyen", "name", "Ursula von der Leyen")]),
            ("Secretary Blinken left.", [("Blinken", "short", "Antony Blinken")]),
            ("Deputy Secretary Sherman left.", [("Sherman", "short", "Wendy Sherman")]),
            ("Presidents Biden and Putin", [("Biden", "short", "Joe Biden"), ("Putin", "short", "Vladimir Putin")]),
            ("Joseph R. Biden Jr. left", [("Joseph R. Biden Jr.", "alias", "Joe Biden")]),
            ("Hunter Sherman left.", []),
            ("the North Atlantic Treaty Organization", [("North Atlantic Treaty Organization", "alias", "NATO")]),
            ("NATO, Nato and nato", [("NATO", "name", "NATO"), ("Nato", "name", "NATO")]),
            ("NATOs", []),
        ],
    )
    def test_forms(self, text: str, expected: list[tuple[str, str, str]]) -> None:
        facts = known(BLINKEN, SHERMAN, LEYEN, BIDEN, PUTIN, NATO)
        result = found(text, facts)
        stripped = [(said.rstrip("."), form, name) for said, form, name in result]
        assert stripped == [(said.rstrip("."), form, name) for said, form, name in expected]

    def test_short_forms_after_the_full_name(self) -> None:
        facts = known(BLINKEN, LEYEN)
        text = (
            "Antony Blinken met Ursula von der Leyen. Blinken's aides saw von der Leyen, the Blinkens and A. Blinken."
        )
        assert [form for _, form, _ in found(text, facts)] == ["name", "name", "short", "short", "plural", "initials"]

    def test_nicknames_name_the_only_bearer(self) -> None:
        facts = known(person("William Quill"), person("Robert Quill"))
        text = "Bill Quill met Bob Quill and Tom Quill. Billy Quill left."
        assert [(said, name) for said, _, name in found(text, facts)] == [
            ("Bill Quill", "William Quill"),
            ("Bob Quill", "Robert Quill"),
            ("Billy Quill", "William Quill"),
        ]

    def test_another_given_name_is_somebody_else(self) -> None:
        text = "Joe Biden came. Jill Biden came. Hunter Biden stayed."
        assert found(text, known(BIDEN)) == [("Joe Biden", "name", "Joe Biden")]

    def test_longest_wins(self) -> None:
        facts = known(NATO, thing("organization", "NATO-Russia Council"))
        assert found("The NATO-Russia Council met.", facts) == [("NATO-Russia Council", "name", "NATO-Russia Council")]

    def test_namesakes_stay_ambiguous(self) -> None:
        facts = known(
            [Entity("people/1", "person", "John Lewis", SITE)], [Entity("people/2", "person", "John Lewis", SITE)]
        )
        assert found("John Lewis spoke.", facts) == [("John Lewis", "name", "John Lewis|John Lewis")]

    def test_diacritics_are_folded(self) -> None:
        facts = known(person("Recep Tayyip Erdoğan"), person("Tobias Billström"))
        assert [name for *_, name in found("Recep Tayyip Erdogan and Tobias Billström", facts)] == [
            "Recep Tayyip Erdoğan",
            "Tobias Billström",
        ]

    def test_hyphens_and_spaces_are_one(self) -> None:
        assert found("Ban Ki Moon spoke.", known(person("Ban Ki-moon")))[0][0] == "Ban Ki Moon"

    def test_wrong_forms_are_apart(self) -> None:
        facts = known(thing("place", "Kyiv", wrong=("Kiev",)))
        assert found("Kiev and Kyiv", facts) == [("Kiev", "wrong", "Kyiv"), ("Kyiv", "name", "Kyiv")]

    def test_a_name_that_is_only_like_another_is_nobody(self) -> None:
        facts = known([Entity("o", "organization", "Assembly", SITE, distinct_from=("Youth Assembly",))])
        assert found("The Youth Assembly and the Assembly met.", facts) == [("Assembly", "name", "Assembly")]

    def test_the_only_bearer_of_a_rare_surname(self) -> None:
        assert found("Quillfeather left early.", known(person("Ada Quillfeather"))) == [
            ("Quillfeather", "short", "Ada Quillfeather")
        ]
        assert found("Smith left early.", known(person("Ada Smith"))) == []

    def test_apposition_introduces(self) -> None:
        facts = known(person("Ada Smith", roles=(("professor", "Springfield University"),)))
        assert found("Smith, a professor of law, left.", facts) == [("Smith", "short", "Ada Smith")]

    @given(st.text(alphabet="AaBblinken .-'’\n", max_size=40))
    def test_spans_lie_in_the_text_and_do_not_overlap(self, text: str) -> None:
        last = 0
        for mention in find_names(reading(f"{text} Antony Blinken {text}", known(BLINKEN, NATO))):
            assert last <= mention.span.start < mention.span.end <= 2 * len(text) + 16
            last = mention.span.end

    def test_the_order_of_the_facts_does_not_matter(self) -> None:
        text = "Antony Blinken, Deputy Secretary Sherman and NATO."
        assert found(text, known(BLINKEN, SHERMAN, NATO)) == found(text, known(NATO, SHERMAN, BLINKEN))


words = st.text(alphabet="abcdeklmnorstz", min_size=4, max_size=10)


class TestNearness:
    @given(words, st.integers(0, 9), st.sampled_from("abkst"), st.sampled_from("dist"))
    def test_one_edit_shares_a_key(self, word: str, at: int, letter: str, kind: str) -> None:
        at %= len(word)
        if kind == "d":
            other = word[:at] + word[at + 1 :]
        elif kind == "i":
            other = word[:at] + letter + word[at:]
        elif kind == "s":
            other = word[:at] + letter + word[at + 1 :]
        else:
            other = word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] if at else word
        assert set(near_keys(word)) & set(near_keys(other))
        assert distance(word, other) <= 1

    @given(st.lists(words), st.lists(words))
    def test_words_that_share_a_key_are_found_together(self, few: list[str], many: list[str]) -> None:
        keys = {key for word in few for key in near_keys(word)}
        assert Near(few).among(many) == {word for word in many if keys & near_keys(word)}

    @given(words, words)
    def test_words_without_a_common_key_are_far(self, one: str, other: str) -> None:
        far = farness(one, other)
        if far is not None and not near_keys(one) & near_keys(other):
            assert far >= KEYLESS and named_words((one,), {}).may_be_near(0, letters_of(other))

    @given(st.frozensets(words, min_size=1), st.lists(words), st.data())
    def test_words_are_found_by_their_keys_and_their_partners(
        self, few: frozenset[str], many: list[str], data: st.DataObject
    ) -> None:
        some = st.sampled_from(sorted(few))
        beside = data.draw(st.dictionaries(some, st.lists(st.tuples(some, st.integers(0, 9)), min_size=1)))
        index = named_words(few, {word: ([], found, []) for word, found in beside.items()})
        numbers = {word: index.number(word) for word in few}
        assert {index.text(number) for number in numbers.values()} == few
        for word in {*many, *few}:
            assert word in few or index.number(word) == -1
            keys = index.keys_of((word,)).get(word, [])
            expected = {other for other in few if near_keys(other) & near_keys(word)}
            assert {index.text(number) for number in index.sharing(keys)} == expected
        ones, others = data.draw(st.sets(some)), data.draw(st.sets(some))
        pairs = {
            (word, other, row)
            for word, found in beside.items()
            for other, row in found
            if word in ones and (word in others or other in others)
        }
        found = index.pairs({numbers[word] for word in ones}, {numbers[word] for word in others})
        assert {(index.text(word), index.text(other), row) for _, word, other, row in found} == pairs

    @given(st.lists(st.text("aeioustzchpgkdxwyqvln1é", min_size=1)))
    def test_sounds_of_words_are_those_of_each(self, every: list[str]) -> None:
        steps = (
            ("tsch|tch|sch|sh|ch|x(?=i)", "X"),
            ("ck|kh|q|c|x", "k"),
            ("tz|ts|zz|ss|z", "s"),
            ("ph|v", "f"),
            ("th|dh|d", "t"),
            ("gh", "g"),
            ("^w", "f"),
            ("^y", "j"),
            ("(?<!^)[aeiouyhwj]", ""),
            ("^[aeiou]", "a"),
            (r"(.)\1+", r"\1"),
        )
        expected = every
        for pattern, instead in steps:
            expected = [re.sub(pattern, instead, word) for word in expected]
        assert sounds(every) == expected

    @given(words, words)
    def test_distance_is_that_of_rapidfuzz(self, one: str, other: str) -> None:
        from rapidfuzz.distance import OSA

        assert distance(one, other) == OSA.distance(one, other) == distance(other, one)

    @given(words)
    def test_nothing_is_nearer_than_itself(self, word: str) -> None:
        assert farness(word, word) == 0.0

    @pytest.mark.parametrize(
        ("one", "other"),
        [("coliba", "kuleba"), ("dmitry", "dmytro"), ("sharmeen", "sherman"), ("kouli", "cauley"), ("ostyn", "osteen")],
    )
    def test_spellings_of_one_sound_are_near(self, one: str, other: str) -> None:
        assert sound(one) == sound(other)
        far = farness(one, other)
        assert far is not None and 0 < far < 3.6

    @pytest.mark.parametrize(("one", "other"), [("nicholas", "nathaniel"), ("mike", "mark"), ("smith", "jones")])
    def test_other_names_are_far(self, one: str, other: str) -> None:
        assert farness(one, other) is None

    def test_nicknames(self) -> None:
        assert is_nickname("bill", "william") and is_nickname("william", "bill")
        assert not is_nickname("laurence", "lawrence")  # spellings, not short forms
        assert not is_nickname("joe", "jim")

    def test_near_words_come_from_the_index(self) -> None:
        assert set(near_words(index_of(known(BLINKEN)), "blanken")) == {"blinken"}

    @pytest.mark.parametrize(
        ("name", "surname"),
        [
            ("Ursula von der Leyen", "von der Leyen"),
            ("Joseph R. Biden Jr.", "Biden"),
            ("Joseph R. Biden, Jr.", "Biden"),
            ("Plato", ""),
        ],
    )
    def test_surnames(self, name: str, surname: str) -> None:
        assert surname_of(name) == surname

    def test_folding(self) -> None:
        assert [fold(word) for word in ("Erdoğan", "ŁÓDŹ", "Ørsted", "plain")] == ["erdogan", "lodz", "orsted", "plain"]


GIVEN_NAMES = ("William", "Bill", "Anthony", "Antony", "Tony", "Maria", "Marie", "Jo", "Will", "Grant", "Xi")
SURNAMES = ("Kaldor", "Kalder", "Calder", "Smith", "Smyth", "Johnson", "Johnston", "Will", "Mount", "Grant", "Li")


class TestMisspelled:
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(GIVEN_NAMES),
                st.sampled_from(("", "", " Quincy", " van", " J.")),
                st.sampled_from(SURNAMES),
            ),
            min_size=1,
            max_size=6,
            unique=True,
        ),
        st.lists(
            st.tuples(
                st.sampled_from((*GIVEN_NAMES, "Wiliam", "Maira", "Boris", "Mt")),
                st.sampled_from((" ", " ", "-", " J. ", " van ")),
                st.sampled_from((*SURNAMES, "Kaldro", "Smtih", "Jonson", "Adamsky", "Jr")),
            ),
            max_size=6,
        ),
        st.sampled_from((0, 200, 3_000, 12_000, 100_000)),
    )
    def test_who_is_left_out_by_the_words_alone_is_never_meant(
        self, people: list[tuple[str, str, str]], named: list[tuple[str, str, str]], crowd: int
    ) -> None:
        every = [person(f"{given}{middle} {last}", roles=(("Mayor", "Aldby"),)) for given, middle, last in people]
        text = " ".join(f"The mayor, {''.join(name)}, spoke to them in Aldby." for name in named)

        def guesses() -> list[near_misses.Guess]:
            facts = known(*every)
            facts.__dict__["names"] = replace(index_of(facts), people=crowd + len(people))
            return near_misses.search_names(reading(text, facts))[1]

        found = guesses()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(near_misses._Two, "odds", lambda *_: math.inf)
            patch.setattr(near_misses, "KEYLESS", 0.0)
            patch.setattr(NamedWords, "may_be_near", lambda *_: True)
            assert guesses() == found

    def test_the_wrong_words_alone_are_changed(self) -> None:
        text = "Said Per E. Quillfaether on Monday."
        (problem,) = near_misses.spells_names_as_known(reading(text, known(person("Per E. Quillfeather"))))
        assert problem.suggestions == ("Per E. Quillfeather",)
        assert problem.fix is not None and not problem.fix.safe
        assert [edit.text for edit in problem.fix.edits] == ["Quillfeather"]
        assert problem.facts[0].says == "Per E. Quillfeather"

    def test_many_people_ask_for_more_evidence(self) -> None:
        crowd = [person(f"Given{chr(97 + n // 26)}{chr(97 + n % 26)} Family{chr(97 + n % 26)}{n}") for n in range(600)]
        text = "Antony Blinker spoke."
        few = problems(near_misses.spells_names_as_known, text, known(BLINKEN))
        assert few and few[0][2] >= 0.9
        many = problems(near_misses.spells_names_as_known, text, known(BLINKEN, *crowd))
        assert all(sure < 0.9 for *_, sure in many)
        another = "Football coach Antony Blinker spoke. Antony Blinker left. Antony Blinker came."
        assert problems(near_misses.spells_names_as_known, another, known(BLINKEN, *crowd)) == []
        beside = "Secretary of State Antony Blinker spoke for the United States."
        assert problems(near_misses.spells_names_as_known, beside, known(BLINKEN, *crowd))[0][1] == "Antony Blinken"

    def test_nobody_of_another_century(self) -> None:
        old = person("Ada Quillfeather")
        born = Fact("b", "people/ada-quillfeather", "born", parse_iso("1801"), Lifetime(), SITE)
        facts = known([*old, born])
        assert problems(near_misses.spells_names_as_known, "Ada Quillfaether left.", facts, "2020-01-01") == []
        assert problems(near_misses.spells_names_as_known, "Ada Quillfaether left.", facts, "1840-01-01") != []

    @pytest.mark.parametrize(
        "text",
        [
            "Bill Clinton and Billy Clinton",
            "The Clintons and Clintonian manners of William Clinton",
            "Roger Clinton and Chelsea Clinton sang.",
            "William Clinton met George Clifton. Clifton said so.",
        ],
    )
    def test_quiet(self, text: str) -> None:
        assert problems(near_misses.spells_names_as_known, text, known(person("William Clinton"))) == []

    def test_swapped(self) -> None:
        assert problems(
            near_misses.spells_names_as_known, "The player Owens Burgess joined.", known(person("Burgess Owens"))
        )[0][:2] == ("Owens Burgess", "Burgess Owens")

    def test_reordered_organization(self) -> None:
        facts = known(thing("organization", "Economic Club of New York"))
        (problem,) = problems(near_misses.spells_names_as_known, "He spoke at the New York Economic Club today.", facts)
        assert problem[:2] == ("New York Economic Club", "Economic Club of New York")
        assert problem[2] < 0.9

    def test_demonyms_are_no_misspellings(self) -> None:
        facts = known(thing("organization", "Israel Defense Forces"), thing("place", "Israel"))
        assert problems(near_misses.spells_names_as_known, "Israeli Defense Forces and an Israeli army", facts) == []

    def test_no_facts_no_findings(self) -> None:
        assert problems(near_misses.spells_names_as_known, "Antony Blanken spoke.") == []


class TestStrangers:
    def test_a_stranger_speaks(self) -> None:
        text = "Secretary of State Antony Blanken came. Blankenship said Sunday that he would."
        assert problems(near_misses.introduces_speakers, text, known(BLINKEN))[0][:2] == ("Blankenship", "Blinken")

    @pytest.mark.parametrize(
        "text",
        [
            "Antony Blinken came. Bob Blankenship came, too. Blankenship said so.",
            "Antony Blinken came to the Blankenship house.",
            "Blankenship said so.",
        ],
    )
    def test_quiet(self, text: str) -> None:
        assert problems(near_misses.introduces_speakers, text, known(BLINKEN)) == []


class TestTwoSpellings:
    @pytest.mark.parametrize(
        ("text", "wrong", "right"),
        [
            (
                "Ada Quillfeather came. Ada Quillfaether left. Ada Quillfeather slept.",
                "Ada Quillfaether",
                "Ada Quillfeather",
            ),
            ("Choi Jung-soon came. Choi Jung-soonn left.\nChoi Jung-soon", "Jung-soonn", "Jung-soon"),
            ("First Amendment. In 1925 the Frist Amendment.", "Frist Amendment", "First Amendment"),
            ("Dylan Brockhurst, Dylann Brockhurst, Dylan Brockhurst", "Dylann Brockhurst", "Dylan Brockhurst"),
        ],
    )
    def test_found(self, text: str, wrong: str, right: str) -> None:
        (problem,) = spellings.spells_names_alike(reading(text))
        assert (text[problem.at.start : problem.at.end], problem.suggestions) == (wrong, (right,))
        assert text[problem.related[0].at.start : problem.related[0].at.end] == right

    def test_both_places_where_nothing_decides(self) -> None:
        first, second = spellings.spells_names_alike(reading("Konstantin Ivanov, Konstintin Ivanov"))
        assert (first.suggestions, second.suggestions) == (("Konstintin Ivanov",), ("Konstantin Ivanov",))
        assert first.fix is None and second.fix is None and max(first.confidence, second.confidence) < 0.9

    def test_the_facts_decide(self) -> None:
        text = "Ada Quillfaether came. Ada Quillfaether left. Ada Quillfeather slept."
        (problem, _) = spellings.spells_names_alike(reading(text, known(person("Ada Quillfeather"))))
        assert problem.suggestions == ("Ada Quillfeather",)

    @pytest.mark.parametrize(
        "text",
        [
            "Muhammad Ivanov and Mohammed Ivanov",
            "Sergei Ivanov and Sergey Ivanov",
            "Louis Quillfeather and Louie Quillfeather",
            "The Korea Summit and the Korean Summit",
            "Western Civilisation and Western Civilization",
            "Republican Martha Quill and Republican Marsha Feather",
            "Ada Jones and the Ada Joneses",
            "Ada Jones, Eda Smith",
        ],
    )
    def test_quiet(self, text: str) -> None:
        assert problems(spellings.spells_names_alike, text) == []


class TestLaterSpelling:
    @pytest.mark.parametrize("many", [0, 300])
    @pytest.mark.parametrize(
        ("text", "wrong", "right"),
        [
            ("Ada Quillfeather came. Quillfaether left.", "Quillfaether", "Quillfeather"),
            ("Petra Marchetti came. President Marcheti left.", "Marcheti", "Marchetti"),
            ("Ada Quillfether came. Quillfeather left. Quillfeather slept.", "Quillfether", "Quillfeather"),
        ],
    )
    def test_found(self, text: str, wrong: str, right: str, many: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(spellings, "_MANY", many)
        (problem,) = spellings.spells_names_alike_later(reading(text))
        assert (text[problem.at.start : problem.at.end], problem.suggestions) == (wrong, (right,))

    @pytest.mark.parametrize("many", [0, 300])
    @pytest.mark.parametrize(
        "text",
        [
            "Ada Quillfeather came. Eda Quillfaether left. Quillfaether slept.",
            "Ada Quillfeather came. The Quillfeathers left.",
            "Ada Quillfeatherov came. Quillfeatherova left.",
            "Ada Quillfeather came with her cousin Quillfaether.",
            "Ada Quillfeather came. Quillfaether is a misspelling.",
            "Ada Quillfeather came. Aquillfeather left.",
        ],
    )
    def test_quiet(self, text: str, many: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(spellings, "_MANY", many)
        assert not list(spellings.spells_names_alike_later(reading(text)))


class TestOthers:
    def test_house_terms(self) -> None:
        term = Term("undeclared", ("unannounced",), ("intelligence officers",), SITE)
        facts = known(terms=(term, Term("readout", ("redout",), (), SITE)))
        text = "An unannounced visit.\nREDOUT and redouts: unannounced intelligence officers."
        assert [one[:2] for one in problems(terms.uses_house_terms, text, facts)] == [
            ("REDOUT", "READOUT"),
            ("redouts", "readouts"),
            ("unannounced", "undeclared"),
        ]

    def test_acronyms(self) -> None:
        facts = known(thing("organization", "GSA", full_name="General Services Administration"))
        text = "the Government Services Authority (GSA), the General Services Administration (GSA)"
        assert problems(acronyms.expands_acronyms_as_known, text, facts) == [
            ("Government Services Authority", "General Services Administration", 0.95)
        ]

    def test_diacritics(self) -> None:
        facts = known(person("Tobias Billström"))
        assert problems(names.keeps_diacritics, "Tobias Billstrom and Tobias Billström", facts)[0][:2] == (
            "Tobias Billstrom",
            "Tobias Billström",
        )

    def test_references(self) -> None:
        facts = known(BIDEN)
        assert [one[0] for one in problems(names.introduces_people_in_full, "President Biden spoke.", facts)] == [
            "Biden"
        ]
        assert problems(names.shortens_names_later, "Joe Biden spoke. Joe Biden left.", facts)[0][:2] == (
            "Joe Biden",
            "Biden",
        )
