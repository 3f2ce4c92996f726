"""How the checks of names and roles grow with the number of people known, and with the length of the text.

    python benchmarks/names_scale.py [--text FOLDER] [--roster FACTS_FILE] [--json FILE]

Without a folder of .txt files the text is made up from the names themselves and filler. Facts are loaded through the
compiled cache, once to fill it and once more for the figures (warm). Every figure is the median of several runs.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from factlint.checks import acronyms, near_misses, roles, spellings, tags, titles
from factlint.facts.loading import load_facts
from factlint.facts.model import Facts
from factlint.mentions import Reading
from factlint.source import Block, Document, Piece, Source, Span
from factlint.times import parse_iso

SYLLABLES = [
    "ba",
    "be",
    "bi",
    "bo",
    "da",
    "de",
    "di",
    "do",
    "fa",
    "fe",
    "ga",
    "go",
    "ha",
    "he",
    "ja",
    "jo",
    "ka",
    "ke",
    "ki",
    "ko",
    "la",
    "le",
    "li",
    "lo",
    "ma",
    "me",
    "mi",
    "mo",
    "na",
    "ne",
    "ni",
    "no",
]
SYLLABLES += [
    "pa",
    "pe",
    "ra",
    "re",
    "ri",
    "ro",
    "sa",
    "se",
    "si",
    "so",
    "ta",
    "te",
    "ti",
    "to",
    "va",
    "ve",
    "vi",
    "vo",
    "wa",
    "za",
    "zo",
    "ron",
    "ber",
    "lin",
    "mar",
    "sen",
    "kov",
    "nik",
    "ler",
]
FILLER = [
    "officials",
    "said",
    "on",
    "Monday",
    "that",
    "the",
    "new",
    "rules",
    "would",
    "be",
    "ready",
    "before",
    "the",
    "end",
    "of",
    "the",
    "year",
    "and",
    "that",
    "no",
    "decision",
]


def word(chance: random.Random, least: int, most: int) -> str:
    """A made-up name of so many syllables."""
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(least, most))).capitalize()


def people(count: int, seed: int = 1) -> list[dict[str, object]]:
    """So many made-up people, with roles in made-up towns."""
    chance = random.Random(seed)
    given = [word(chance, 2, 3) for _ in range(400)]
    found: dict[str, dict[str, object]] = {}
    while len(found) < count:
        name = f"{chance.choice(given)} {word(chance, 2, 4)}"
        year = chance.randint(1990, 2020)
        role = {"title": chance.choice(["Senator", "Mayor", "Minister"]), "of": word(chance, 2, 3)}
        found[name] = {"name": name, "roles": [{**role, "from": f"{year}-01-01", "until": f"{year + 6}-01-01"}]}
    return list(found.values())


def article(known: Sequence[dict[str, object]], words: int, seed: int = 2) -> str:
    """A made-up text of so many words that names somebody known every forty words."""
    chance = random.Random(seed)
    lines: list[str] = []
    line: list[str] = []
    for number in range(words):
        if number % 40 == 0:
            line.append(str(chance.choice(known)["name"]))
        line.append(chance.choice(FILLER))
        if number % 80 == 79:
            lines.append(" ".join(line) + ".")
            line = []
    return "\n\n".join([*lines, " ".join(line)]) + "\n"


def reading(text: str, facts: Facts) -> Reading:
    """A text as the pipeline reads it, a block for each line."""
    blocks = tuple(Block("paragraph", Span(match.start(), match.end())) for match in re.finditer(r"[^\n]+", text))
    return Reading(
        Document(Source("t", text), (Piece(text, Span(0, len(text))),), blocks, parse_iso("2020-06-01")), facts
    )


def check(text: str, facts: Facts) -> int:
    """Run the checks of names and roles; the number of problems."""
    one = reading(text, facts)
    count = len(one.names)
    count += sum(1 for _ in near_misses.spells_names_as_known(one)) + sum(
        1 for _ in near_misses.introduces_speakers(one)
    )
    count += sum(1 for _ in titles.titles_agree(one, verdicts=["rank", "body", "field", "ended"]))
    count += sum(1 for _ in tags.tags_agree(one, kinds=["party", "state", "nationality", "employer"]))
    count += sum(1 for _ in roles.posts_are_held(one)) + sum(1 for _ in acronyms.expands_acronyms_as_known(one))
    return count + sum(1 for _ in spellings.spells_names_alike(one))


def check_all(every: Sequence[str], facts: Facts) -> None:
    """Check one text after the other."""
    for text in every:
        check(text, facts)


def median(run: Callable[[], object], times: int) -> float:
    """The median of the seconds that some runs take."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def texts(folder: str | None, known: Sequence[dict[str, object]]) -> list[str]:
    """The texts to check: those of a folder, or made-up ones."""
    if folder:
        return [path.read_text(encoding="utf-8") for path in sorted(Path(folder).glob("*.txt"))[:60]]
    return [article(known, 700, seed) for seed in range(60)]


def measure(folder: str | None, roster: str | None) -> Iterator[dict[str, object]]:
    """The figures, a row for each number of people."""
    with tempfile.TemporaryDirectory() as place:
        rows: list[tuple[str, Path]] = []
        for count in (10, 1_000, 12_767, 100_000):
            path = Path(place) / f"{count}.json"
            path.write_text(json.dumps({"factlint": 1, "people": people(count)}), encoding="utf-8")
            rows.append((f"{count:,} people", path))
        if roster:
            rows.append((Path(roster).name, Path(roster)))
        every = texts(folder, people(10))
        first: float | None = None
        for label, path in rows:
            cache = Path(place) / "cache"
            load_facts([path], cache=cache)
            load = median(partial(load_facts, [path], cache=cache), 3)
            facts = load_facts([path], cache=cache)
            cold = median(partial(check, every[0], facts), 1)
            warm = median(partial(check_all, every, facts), 3) / len(every)
            first = first or warm
            yield {
                "facts": label,
                "load_ms": round(1000 * load, 1),
                "first_article_ms": round(1000 * cold, 1),
                "article_ms": round(1000 * warm, 2),
                "ratio": round(warm / first, 2),
            }
        small = load_facts([rows[0][1]], cache=cache)
        for times in (1, 4, 16):
            text = "\n\n".join(every * times)
            taken = median(partial(check, text, small), 1)
            yield {
                "text_mb": round(len(text) / 1e6, 2),
                "seconds": round(taken, 2),
                "mb_s": round(len(text) / 1e6 / taken, 2),
            }


def main() -> None:
    """Print the table; write it as JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text")
    parser.add_argument("--roster")
    parser.add_argument("--json")
    options = parser.parse_args()
    rows = []
    for row in measure(options.text, options.roster):
        rows.append(row)
        sys.stdout.write("  ".join(f"{key} {value}" for key, value in row.items()) + "\n")
    if options.json:
        Path(options.json).write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
