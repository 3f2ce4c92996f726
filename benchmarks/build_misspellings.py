"""Build the list of known misspellings of factlint/data from the dictionary of typos.

    pip install typos && apt-get download scowl && dpkg -x scowl_*.deb scowl
    python benchmarks/build_misspellings.py scowl/usr/share/dict/scowl

typos (MIT or Apache-2.0) keeps its dictionary inside its program: it is asked about every word that is one letter, or
one exchange of letters, off a word in use. What SCOWL knows as a word, rare or as a variant, is left out. Two runs with
one version of typos give the same bytes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from factlint import words

DATA = Path(__file__).parent.parent / "factlint" / "data"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LEAST_FREQUENCY = 2.8  # of the words that are misspelt, on the Zipf scale
LEAST_LETTERS = 4
MOST_CORRECTIONS = 3
AT_ONCE = 3000


def near(word: str) -> Iterator[str]:
    """Every spelling that lacks a letter, has one more, another one, or two exchanged."""
    for at in range(len(word) + 1):
        left, right = word[:at], word[at:]
        if right:
            yield left + right[1:]
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        for letter in LETTERS:
            yield left + letter + right
            if right:
                yield left + letter + right[1:]


def ask(spellings: set[str], folder: Path) -> Iterator[tuple[str, list[str]]]:
    """What typos says of some spellings: those that it knows as wrong, with the corrections."""
    path = folder / "spellings.txt"
    path.write_text("\n".join(sorted(spellings)) + "\n", encoding="utf-8")
    run = subprocess.run(
        ["typos", "--format", "json", "--isolated", str(path)], capture_output=True, text=True, check=False
    )
    for line in run.stdout.splitlines():
        said = json.loads(line)
        if said["type"] == "typo":
            yield said["typo"], said["corrections"]


def main(scowl: Path) -> None:
    """Write misspellings.txt."""
    real = set()
    for path in scowl.iterdir():
        if path.name.rpartition(".")[0].endswith("-words") and int(path.suffix[1:]) <= 80:
            real |= {word for word in path.read_text("utf-8").split() if word.islower()}
    rare = [entry.split(":") for entry in words.list_entries("words-rare.txt")]
    used = sorted(words.common_words()) + [word for word, value in rare if int(value[:2]) >= 10 * LEAST_FREQUENCY]
    used = [word for word in used if len(word) >= LEAST_LETTERS and word.isascii()]
    found: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, len(used), AT_ONCE):
            spellings = {spelling for word in used[start : start + AT_ONCE] for spelling in near(word)}
            spellings = {spelling for spelling in spellings if len(spelling) >= LEAST_LETTERS} - real
            found.update(ask(spellings, Path(folder)))
    lines: dict[str, list[str]] = defaultdict(list)
    for spelling in sorted(found):
        corrections = sorted(found[spelling], key=lambda word: -words.frequency(word))
        corrections = [word for word in corrections if words.frequency(word) >= LEAST_FREQUENCY]
        if corrections and not words.is_word(spelling):
            lines[spelling[:4]].append(f"{spelling}:{'|'.join(corrections[:MOST_CORRECTIONS])}")
    version = subprocess.run(["typos", "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    head = (
        "# Known misspellings with what is meant, each line behind the four letters that they begin with (from the "
        f"dictionary of typos {version}, MIT or Apache-2.0; see misspellings-licence.txt). "
        "Made by benchmarks/build_misspellings.py"
    )
    text = "\n".join([head, *(f"{start}\n {' '.join(lines[start])} " for start in sorted(lines))]) + "\n"
    (DATA / "misspellings.txt").write_text(text, encoding="utf-8", newline="\n")
    print(sum(map(len, lines.values())), "misspellings")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
