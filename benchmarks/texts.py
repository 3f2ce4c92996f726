"""Texts, facts files and rules to measure with: real articles where a folder of them is given, made-up ones elsewhere.

Everything is drawn from a seed: two calls give the same bytes. Of a folder of articles any amount can be made: once all
are used up, further ones are drawn from them, with clauses of one article put together anew and names changed, so that
no passage stands twice and the number of distinct names keeps growing as it does in real text.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from factlint import words

# The share of names that are others in a drawn article. Words with a capital that weren't there before then come at the
# rate at which they do in the real articles (3,600 in the second million bytes).
CHANGED = 0.4
_STARTS = (*"bcdfghjklmnprstvwz", "br", "st", "ch", "sh", "tr", "kl")
_ENDS = (*"aeiou", "ai", "ou", "an", "en", "in", "on", "ar", "er", "or", "al", "el")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "March", "May", "June", "August", "October")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
_CUT = re.compile(r"(?<=.{24})(?:, | that | when | because | after )(?=.{12})", re.DOTALL)
_SENTENCE_END = re.compile(r"(?<=[a-z][.?!]) (?=[A-Z])")


def name(pick: random.Random, least: int = 2, most: int = 3) -> str:
    """A made-up name of so many syllables."""
    made = (pick.choice(_STARTS) + pick.choice(_ENDS) for _ in range(pick.randint(least, most)))
    return "".join(made).capitalize()


def shared_cases() -> Path | None:
    """The folder shared/cases beside the project (or beside a folder that it is in), where there is one."""
    for folder in Path(__file__).resolve().parents[2:]:
        if (folder / "shared" / "cases" / "clean").is_dir():
            return folder / "shared" / "cases"
    return None


# Articles


@cache
def _common() -> tuple[list[str], list[float]]:
    """The common words with the weight of each, from the word list of factlint."""
    common = sorted(word for word in words.common_words() if len(word) > 1)
    return common, [10 ** words.frequency(word) for word in common]


def made_up_article(seed: int, length: int = 4500) -> str:
    """An article of about so many characters: words as often as they are used, names, numbers, dates and quotations."""
    pick = random.Random(seed)
    people = [f"{name(pick)} {name(pick, 2, 4)}" for _ in range(6)]
    paragraphs: list[str] = []
    size = 0
    while size < length:
        sentences = [_sentence(pick, people) for _ in range(pick.randint(1, 4))]
        paragraphs.append(" ".join(sentences))
        size += len(paragraphs[-1]) + 2
    return "\n\n".join(paragraphs) + "\n"


def _sentence(pick: random.Random, people: Sequence[str]) -> str:
    drawn = pick.choices(*_common(), k=pick.randint(8, 26))
    kind = pick.randrange(8)
    middle = pick.randrange(3, len(drawn) - 1)
    if kind == 0:
        drawn.insert(middle, pick.choice(people))
    elif kind == 1:
        drawn.insert(middle, f"{pick.randint(2, 900)}")
    elif kind == 2:
        drawn.insert(middle, f"on {pick.choice(_MONTHS)} {pick.randint(1, 28)}, {pick.randint(1990, 2024)}")
    elif kind == 3:
        drawn[middle] += ","
    said = " ".join(drawn)
    said = said[0].upper() + said[1:]
    if kind == 4:
        return f"“{said},” {pick.choice(people).split()[-1]} said on {pick.choice(_DAYS)}."
    return f"{said}."


def articles(folder: Path | None, *, drawn: bool = False) -> Iterator[str]:
    """Articles without end: first those of a folder, then others drawn from them; made-up ones without a folder.

    With `drawn` the articles of the folder are left out, so that all of a text is of one kind.
    """
    if folder is None:
        seed = 0
        while True:
            yield made_up_article(seed)
            seed += 1
    real = [path.read_text("utf-8").strip() + "\n" for path in sorted(folder.glob("*.txt"))]
    if not real:
        raise SystemExit(f"{folder}: there are no .txt files")
    if not drawn:
        yield from real
    turn = 1
    while True:
        for number, article in enumerate(real):
            yield another(article, turn * len(real) + number)
        turn += 1


def another(article: str, seed: int) -> str:
    """An article drawn from one: ends of sentences change places, and some names are others, each everywhere.

    A sentence that cannot be parted begins with a place, the same in all the article.
    """
    pick = random.Random(seed)
    place = name(pick)
    paragraphs = [_SENTENCE_END.split(paragraph) for paragraph in article.split("\n")]
    cut: list[tuple[int, int, str, str]] = []
    for at, sentences in enumerate(paragraphs):
        for number, sentence in enumerate(sentences):
            match = None if re.search('[“”"]', sentence) else _CUT.search(sentence)
            if match is not None:
                cut.append((at, number, sentence[: match.start()], sentence[match.start() :]))
            elif len(sentence) > 24:
                first = sentence.partition(" ")[0]
                small = first.istitle() and words.is_common(first.lower())
                sentences[number] = f"In {place}, {sentence[0].lower() if small else sentence[0]}{sentence[1:]}"
    ends = [end for _, _, _, end in cut]
    pick.shuffle(ends)
    for (at, number, start, _), end in zip(cut, ends, strict=True):
        paragraphs[at][number] = start + end
    others: dict[str, str] = {}

    def other(match: re.Match[str]) -> str:
        if match[0] not in others:
            keep = pick.random() > CHANGED or match[0] in _DAYS or match[0] in _MONTHS
            others[match[0]] = match[0] if keep else name(pick, 3, 4)
        return others[match[0]]

    return _NAME.sub(other, "\n".join(" ".join(sentences) for sentences in paragraphs))


def write_file(path: Path, folder: Path | None, megabytes: float, *, drawn: bool = False) -> None:
    """Write one file of that many million bytes, article after article; with `drawn` none as it is."""
    left = int(megabytes * 1e6)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for article in articles(folder, drawn=drawn):
            if left <= 0:
                return
            text = article if article.endswith("\n\n") else f"{article}\n"
            if len(text.encode()) > left:
                text = text.encode()[:left].decode("utf-8", "ignore").rpartition(" ")[0] + "\n"
                left = 0
            left -= len(text.encode())
            file.write(text)


def write_files(into: Path, folder: Path | None, number: int) -> None:
    """Write that many files, an article each."""
    into.mkdir(parents=True)
    for at, article in zip(range(number), articles(folder), strict=False):
        (into / f"{at:05}.txt").write_text(article, encoding="utf-8", newline="\n")


# Facts and rules


def write_roster(path: Path, number: int) -> None:
    """Write a facts file (JSON) of that many made-up people, each with a birth, a party and two roles."""
    pick = random.Random(3)
    given = [name(pick, 2, 2) for _ in range(3000)]
    surnames = [name(pick, 2, 3) for _ in range(60_000)]
    people = []
    for _ in range(number):
        born = pick.randint(1920, 1990)
        title = pick.choice(("Senator", "Minister", "Mayor", "Judge"))
        roles = [
            {
                "title": title,
                "of": pick.choice(surnames[:200]),
                "from": f"{born + at}-01-03",
                "until": f"{born + at + 4}-01-02",
            }
            for at in (40, 44)
        ]
        full = f"{pick.choice(given)} {pick.choice(surnames)}"
        people.append(
            {"name": full, "born": f"{born}-05-06", "roles": roles, "attributes": {"party": pick.choice("ABCD")}}
        )
    path.write_text(json.dumps({"factlint": 1, "people": people}), encoding="utf-8")


def write_rules(into: Path, number: int) -> None:
    """Write that many rules, each with ten pairs of made-up words of which a text should use one."""
    pick = random.Random(5)
    (into / "own").mkdir(parents=True)
    for at in range(number):
        forms = [[name(pick, 3, 4).lower(), name(pick, 3, 4).lower()] for _ in range(10)]
        one, two = forms[0]
        rule = {
            "factlint": 1,
            "check": "forms_are_used_alike",
            "severity": "info",
            "summary": "Two ways to write one thing.",
            "message": "“{text}” here, elsewhere “{usual}”",
            "rationale": "Made up, to measure with.",
            "options": {"forms": forms},
            "examples": [
                {"text": f"A {one} and a {two}. The {one} won.", "finds": [{"text": two, "expected": one}]},
                {"text": f"The {two} saw a {two} and the {one}.", "finds": [{"text": one, "expected": two}]},
                {"text": f"A {one} won.", "finds": []},
                {"text": f"A {two} won.", "finds": []},
            ],
        }
        (into / "own" / f"form-{at}.yaml").write_text(json.dumps(rule, ensure_ascii=False), encoding="utf-8")


def main() -> None:
    """Make one thing: `texts.py write_file PATH FOLDER MEGABYTES` and the like; an empty FOLDER is none."""
    kind, path, *told = sys.argv[1:]
    if kind == "write_file":
        write_file(Path(path), Path(told[0]) if told[0] else None, float(told[1]))
    elif kind == "write_drawn":
        write_file(Path(path), Path(told[0]) if told[0] else None, float(told[1]), drawn=True)
    elif kind == "write_files":
        write_files(Path(path), Path(told[0]) if told[0] else None, int(told[1]))
    elif kind == "write_roster":
        write_roster(Path(path), int(told[0]))
    elif kind == "write_rules":
        write_rules(Path(path), int(told[0]))


if __name__ == "__main__":
    main()
