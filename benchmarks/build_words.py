"""Build the word list of factlint/data from the lists that it is taken from.

    apt-get download scowl && dpkg -x scowl_*.deb scowl
    pip download --no-deps symspellpy && unzip symspellpy-*.whl 'symspellpy/*'
    python benchmarks/build_words.py scowl/usr/share/dict/scowl symspellpy/frequency_dictionary_en_82_765.txt

What English looks like comes from SCOWL (its words up to size 70 in all spellings, its names) and words-new.txt, how
often a word is used from SymSpell's counts. Two runs give the same bytes.
"""

from __future__ import annotations

import math
import re
import sys
from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).parent.parent / "factlint" / "data"
NEW = 50  # the size that a word of words-new.txt is given
WORDS_UP_TO = 70  # SCOWL's size of a large dictionary for spelling
NAMES_UP_TO = 80
COMMON_UP_TO = 60  # its recommended size: rarer words are words, but not ordinary ones
HEAD = 35  # tenths of the Zipf scale from which a word is read at the start
# What a word not counted is worth, in tenths of the Zipf scale, by its size in SCOWL.
UNCOUNTED = {10: 40, 20: 36, 35: 28, 40: 26, 50: 24, 55: 22, 60: 20, 70: 16, 80: 12}
PIECES = "aren couldn didn doesn don hadn hasn haven isn mightn mustn needn oughtn shan shouldn wasn weren wouldn ll ve"
AMERICAN = (
    (r"or", "our"),
    (r"er(s?)$", r"re\1"),
    (r"er(ed|ing)$", r"r\1"),
    (r"([iy])z", r"\1s"),
    (r"l(ed|ing|ers?|ors?|able|ation)$", r"ll\1"),
    (r"og(s?|ed|ing)$", r"ogue\1"),
    (r"ens(e|es|ive)$", r"enc\1"),
    (r"elry", "ellery"),
    (r"ll(s?|ment|ments)$", r"l\1"),
    (r"e", "ae"),
    (r"o", "ou"),
    (r"f", "ph"),
)
# Letters and abbreviations of SCOWL and SymSpell that no text uses as words.
LETTERS = re.compile(r"[b-hj-z]")


def sizes(folder: Path, kinds: tuple[str, ...], most: int, letters: str) -> dict[str, int]:
    """Each word of SCOWL's lists of these kinds with the smallest size that it is in."""
    found: dict[str, int] = {}
    for path in sorted(folder.iterdir()):
        kind, _, size = path.name.rpartition(".")
        if kind.rpartition("-")[2] not in kinds and not kind.endswith(kinds):
            continue
        if int(size) > most or "variant_3" in kind or kind.startswith("special"):
            continue
        for word in path.read_text("utf-8").split():
            if re.fullmatch(letters, word):
                found[word] = min(found.get(word, 100), int(size))
    return found


def counterparts(word: str) -> list[str]:
    """The British spellings that an American one may stand for; the counts have few of the American ones."""
    return [form for pattern, other in AMERICAN if (form := re.sub(pattern, other, word)) != word]


def main(scowl: Path, counts: Path) -> None:
    """Write words-common.txt, words-rare.txt, words-accented.txt and words-names.txt."""
    words = sizes(scowl, ("words",), WORDS_UP_TO, "[a-zà-ÿ]+")
    names = sizes(scowl, ("upper", "proper-names"), NAMES_UP_TO, "[A-ZÀ-Þ][A-Za-zÀ-ÿ]+")
    counted = {}
    for line in counts.read_text("utf-8-sig").splitlines():
        word, count = line.split()
        counted[word] = int(count)
    total = sum(counted.values())
    for word in PIECES.split():
        words[word] = 10
    for line in (DATA / "words-new.txt").read_text("utf-8").splitlines():
        for word in line.split() if not line.startswith("#") else ():
            words.setdefault(word, NEW)
    zipf = {}
    for word, size in words.items():
        if word in counted and word not in PIECES.split():
            zipf[word] = max(round(10 * math.log10(counted[word] / total * 1e9)), 1)
        else:
            british = [counted[form] for form in counterparts(word) if form in counted and form in words]
            value = round(10 * math.log10(max(british) / total * 1e9)) if british else 0
            zipf[word] = max(value, UNCOUNTED[size])
    for word in [word for word in zipf if LETTERS.fullmatch(word)]:
        del zipf[word]
    common: dict[int, list[str]] = defaultdict(list)
    rare: dict[str, list[str]] = defaultdict(list)
    accented: dict[str, list[str]] = defaultdict(list)
    for word in sorted(zipf):
        if zipf[word] >= HEAD and words[word] <= COMMON_UP_TO and word.isascii():
            common[zipf[word]].append(word)
        else:
            (rare if word.isascii() else accented)[word[:4]].append(
                f"{word}:{zipf[word]:02}{'' if words[word] <= COMMON_UP_TO else '?'}"
            )
    said = "SCOWL 2020.12.07 with the counts of SymSpell; see words-licences.txt. Made by benchmarks/build_words.py"
    lines = [f"# Words by how often they are used, in tenths of the Zipf scale ({said})."]
    lines += [f"{value} {' '.join(common[value])}" for value in sorted(common, reverse=True)]
    write("words-common.txt", lines)
    behind = ", each line behind the {} letters that they begin with"
    for name, found in (("words-rare.txt", rare), ("words-accented.txt", accented)):
        lines = [f"# Rarer words{behind.format('four')}; '?' in large dictionaries only ({said})."]
        lines += [f"{start}\n {' '.join(found[start])} " for start in sorted(found)]
        write(name, lines)
    lines = [f"# Names of people and places, and other words with a capital{behind.format('three')} ({said})."]
    capital: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        if not name.isupper():
            capital[name[:3]].append(name)
    lines += [f"{start}\n {' '.join(capital[start])} " for start in sorted(capital)]
    write("words-names.txt", lines)
    print(
        len(zipf), "words,", sum(map(len, common.values())), "of them common;", sum(map(len, capital.values())), "names"
    )


def write(name: str, lines: list[str]) -> None:
    """Write a file of the data folder."""
    (DATA / name).write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
