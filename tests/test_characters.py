"""Characters that do not belong, and those that do."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from factlint import words
from factlint.checks import characters
from factlint.facts.model import Facts
from factlint.findings import Problem
from factlint.mentions import Reading
from factlint.readers import plain
from factlint.source import Source

Check = Callable[[Reading], Iterator[Problem]]
CHECKS: tuple[Check, ...] = (
    characters.scripts_are_not_mixed,
    characters.letters_belong_to_script,
    characters.no_invisible_characters,
    characters.no_control_characters,
    characters.spaces_are_usual,
    characters.characters_are_not_lost,
    characters.text_is_decoded_rightly,
    characters.letters_are_plain,
)


def reading(text: str) -> Reading:
    return Reading(plain.read_plain(Source("t.txt", text)), Facts())


def find(text: str, *checks: Check) -> list[str]:
    return [
        text[problem.at.start : problem.at.end]
        for check in checks or CHECKS
        for problem in check(reading(text))
        if problem.confidence >= 0.5
    ]


def repair(text: str, check: Check) -> str:
    edits = [edit for problem in check(reading(text)) if problem.fix for edit in problem.fix.edits]
    for edit in sorted(edits, key=lambda edit: -edit.at.start):
        text = text[: edit.at.start] + edit.text + text[edit.at.end :]
    return text


@pytest.mark.parametrize(
    "text",
    [
        "Plain text in ASCII; name:\tvalue, a\tB.",
        "“Curly” quotes, naïve café in Zürich — and so on… 5 €, 10 £, 20 °C, ½, ©, ®, ™, •, §, †.",
        "The writer Лев Толстой, the city of Αθήνα, the word سلام and the film 七人の侍.",
        "Hebrew (שלום\u200e) and Persian می‌خواهم, Thai ภาษาไทย, Hindi हिन्दी में, Tamil தமிழ்.",
        "Emoji 😀 👨‍👩‍👧 ❤️ 🏳️‍🌈 🏴󠁧󠁢󠁳󠁣󠁴󠁿 1️⃣ 👍🏽 and the flag 🇫🇷.",
        "Mathematics: ∑ x² ≤ √π, α + β = γ, Δt, λ, 𝐀, ℵ₀, ∂f/∂x, μm, kΩ, E = mc².",
        "Phonetics: /ˈθɛtə/, [ɸəˈnɛtɪk], ʃ, ŋ and the glottal stop ʔ.",
        "No-break\u00a05 kg, narrow\u202f%, thin\u2009space, “he said ‘no’”.",
        "The Greek letter π and the Cyrillic letter ж; the character 文; IFNα and β2.",
        "Latin with marks: Łódź, Şişli, Đà Nẵng, Ōsaka, Reykjavík, Ærø, œuvre, İzmir.",
        "Текст целиком на русском языке, без единой ошибки.",
        "Ελληνικό κείμενο χωρίς λάθη, και τίποτα άλλο.",
        "日本語の文章、間違いなし。「はい」と言った。",
    ],
)
def test_quiet(text: str) -> None:
    assert find(unicodedata.normalize("NFC", text)) == []


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("Troops near the border. ۔ The minister left.", "Troops near the border. The minister left."),
        ("The minister met them،and left the town hall.", "The minister met them,and left the town hall."),
        ("They left the town hall in the evening。", "They left the town hall in the evening."),
        ("They said yes！ And they left the town hall.", "They said yes! And they left the town hall."),
    ],
)
def test_marks_of_other_scripts(text: str, repaired: str) -> None:
    assert repair(text, characters.letters_belong_to_script) == repaired
    assert find(repaired, characters.letters_belong_to_script) == []


def test_the_name_and_the_code_point_are_told() -> None:
    (problem,) = characters.letters_belong_to_script(reading("Troops near the border. ۔ The minister left."))
    assert problem.words["name"] == "ARABIC FULL STOP (U+06D4)"
    (problem,) = characters.no_control_characters(reading("A bell\x07 rang."))
    assert problem.words["name"] == "BELL (U+0007)"
    assert characters.name_of("\ue000") == "PRIVATE-USE CHARACTER (U+E000)"
    assert characters.name_of("\uffff") == "UNASSIGNED CHARACTER (U+FFFF)"


CYRILLIC = {"a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "y": "у", "x": "х", "i": "і"}
COMMON = sorted(word for word, value in words.common_words().items() if value >= 4 and len(word) > 3)


@given(st.sampled_from(COMMON), st.data())
def test_one_letter_of_another_script_is_found(word: str, data: st.DataObject) -> None:
    places = [at for at, letter in enumerate(word) if letter in CYRILLIC]
    assume(places)
    at = data.draw(st.sampled_from(places))
    text = f"They saw {word[:at]}{CYRILLIC[word[at]]}{word[at + 1 :]} there."
    assert repair(text, characters.scripts_are_not_mixed) == f"They saw {word} there."


def test_a_latin_letter_in_a_cyrillic_word() -> None:
    assert repair("Это мocква.", characters.scripts_are_not_mixed) == "Это москва."


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("Alexan\u00adder", "Alexander"),
        ("the \u2060Friday", "the Friday"),
        ("wo\u200brd", "word"),
        ("many\u200bplaces", "many places"),
        ("\ufeffThe", "The"),
        ("said:  \u200e\u200f”In", "said:  ”In"),
        ("a\u200db", "ab"),
    ],
)
def test_invisible_characters(text: str, repaired: str) -> None:
    assert repair(f"x {text} y", characters.no_invisible_characters) == f"x {repaired} y"


def test_many_soft_hyphens_are_a_programs() -> None:
    text = "hy\u00adphen\u00ada\u00adtion " * 6
    assert {problem.confidence for problem in characters.no_invisible_characters(reading(text))} == {0.8}


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("The mayor\x92s plan", "The mayor’s plan"),
        ("A bell\x07 rang", "A bell rang"),
        ("\uf0b7 First", "• First"),
        ("one\u2028two", "one two"),
    ],
)
def test_controls(text: str, repaired: str) -> None:
    assert repair(text, characters.no_control_characters) == repaired


def test_a_page_may_end() -> None:
    assert find("The end.\n\x0cThe next page.", characters.no_control_characters) == []


def test_wrong_bytes_are_named() -> None:
    document = plain.read("t.txt", b"The caf\xe9 of the mayor\x92s wife was full.\n" + "Zürich is fine.\n".encode())
    if not document.source.faults:
        pytest.skip("the reader took another encoding")
    problems = list(characters.characters_are_not_lost(Reading(document, Facts())))
    assert [problem.words["name"] for problem in problems] == ["0xE9 @ 7", "0x92 @ 21"]
    assert [problem.suggestions for problem in problems] == [("é",), ("’",)]


def test_lost_characters() -> None:
    assert repair("They didn\ufffdt go, don?t ask.", characters.characters_are_not_lost) == "They didn’t go, don’t ask."
    assert find("The caf\ufffd", characters.characters_are_not_lost) == ["\ufffd"]
    assert find("Go? See example.com/a?t=1 and why?", characters.characters_are_not_lost) == []


@given(st.sampled_from(["cp1252", "mac_roman", "cp1250"]), st.sampled_from(["’", "“", "—", "é", "ü", "£"]))
def test_mojibake_is_repaired(codec: str, character: str) -> None:
    try:
        wrong = character.encode().decode(codec)
    except UnicodeDecodeError:
        return
    text = f"The mayor{wrong}s house in the town{wrong}s middle was sold."
    # Two of these look like text that could be meant.
    if repair(text, characters.text_is_decoded_rightly) == text:
        assert (codec, character) in {("mac_roman", "£"), ("cp1250", "£"), ("cp1250", "ü"), ("cp1250", "é")}
    else:
        assert (
            repair(text, characters.text_is_decoded_rightly)
            == f"The mayor{character}s house in the town{character}s middle was sold."
        )


def test_a_lost_closing_mark_is_repaired() -> None:
    wrong = "â€œWe won,â€ he said. â€œItâ€™s late.â€"
    assert repair(wrong, characters.text_is_decoded_rightly) == "“We won,” he said. “It’s late.”"


def test_clean_text_never_loads_ftfy(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "ftfy", None)
    for text in ("Ä Ö Ü", "Le café, “déjà vu” — à Paris…", "Łódź’s “Âge d’or”"):
        assert find(text, characters.text_is_decoded_rightly) == []


def test_ligatures() -> None:
    assert repair("The ﬁrst oﬃce ﬂoor", characters.letters_are_plain) == "The first office floor"


def test_hyphens_and_house_dashes() -> None:
    def hyphens(reading: Reading) -> Iterator[Problem]:
        return characters.hyphens_are_hyphens(reading, names=["COVID"])

    assert (
        repair("COVID—19 came, 5—3, and he—19 years old—left.", hyphens)
        == "COVID-19 came, 5—3, and he—19 years old—left."
    )

    def dashes(reading: Reading) -> Iterator[Problem]:
        return characters.dashes_are_of_the_house(reading, forms={" - ": "—", "0'0\"": "0′0″"})

    assert repair("The man - of 6'2\" - left.", dashes) == "The man—of 6′2″—left."


@pytest.mark.parametrize("check", CHECKS)
@given(text=st.text(max_size=40))
def test_anything_can_be_read(check: Check, text: str) -> None:
    held = reading(text)
    for problem in check(held):
        assert 0 <= problem.at.start < problem.at.end <= len(held.document.text)
        assert problem.fix is None or all(problem.at.contains(edit.at) for edit in problem.fix.edits)


@pytest.mark.parametrize("check", CHECKS)
@given(
    parts=st.lists(
        st.sampled_from(
            [*"ab ,.", "the ", "\u200b", "а", "۔", "。", "â€™", "\x92", "\u2003", "ﬁ", "\u00ad", "?t", "س"]
        ),
        max_size=12,
    )
)
def test_fixes_come_to_an_end(check: Check, parts: list[str]) -> None:
    text = "".join(parts)
    for _ in range(6):
        after = repair(text, check)
        if after == text:
            return
        text = after
    raise AssertionError


@pytest.mark.parametrize("codec", ["cp437", "mac_roman", "cp1252", "cp1250", "cp1251"])
@pytest.mark.parametrize("mark", ["’", "“", "—", "…"])
def test_a_single_mark_is_repaired(codec: str, mark: str) -> None:
    try:
        wrong = mark.encode().decode(codec)
    except UnicodeDecodeError:
        return
    text = f"The council met in the hall{wrong} and the mayor of the town spoke."
    assert repair(text, characters.text_is_decoded_rightly) == text.replace(wrong, mark)


@given(
    st.lists(
        st.sampled_from(("a", " ", "\n", "\t", "\f", "\v", "\x1a", "é", "Ã", "©", "ð", "\u200b", "п", "\u2003", "ﬁ"))
    ).map("".join)
)
def test_lines_with_strange_characters_hold_all_that_is_found(text: str) -> None:
    document = reading(text)
    for pattern in (
        characters._FOREIGN,
        characters._INVISIBLE,
        characters._CONTROL,
        characters._ODD_SPACE,
        characters._LIGATURE,
        characters._mojibake(),
    ):
        found = [match.span() for match in characters._matches(document, pattern, pattern)]
        assert found == [match.span() for match in pattern.finditer(document.document.text)]
