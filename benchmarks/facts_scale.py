"""What large facts files cost: cold, warm, and against a file of ten lines.

    python benchmarks/facts_scale.py [ROSTER.json]

Each figure is the median of several fresh processes, and the most memory that one of them took. The made-up file has
100,000 people. Loading is measured by itself; with a name looked up in it, as a check of an article would.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 5
TEN_LINES = """\
factlint: 1
as_of: 2022-01-09
people:
  - name: Ana Kaldor
    roles: [{title: Mayor, of: Aldby, from: 1999-05-01}]
organizations:
  - name: League of Ports
    counts: [{of: members, values: [{value: 29, from: 2017, until: 2020}]}]
terms:
  - {use: readout, not: [redout]}
"""
LOAD = """
import json, resource, sys, time
start = time.perf_counter()
from pathlib import Path
from factlint import names
from factlint.facts.loading import load_facts
imported = time.perf_counter()
facts = load_facts([sys.argv[1]], cache=Path(sys.argv[2]))
loaded = time.perf_counter()
index = names.index_of(facts)
for word in sys.argv[3:]:
    for form in index.anchors.get(word, ()):
        for row in form.entities:
            entity = facts.entities[row]
            list(facts.of(entity.id, "role"))
done = time.perf_counter()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 ** 2)
print(json.dumps([imported - start, loaded - imported, done - loaded, peak, len(facts.entities)]))
"""


def made_up(number: int) -> dict[str, object]:
    """A roster of people with made-up names, two roles each."""
    pick = random.Random(3)
    starts = [*"bcdfghjklmnprstvwz", "br", "st", "ch", "sh", "tr", "kl"]
    ends = [*"aeiou", "ai", "ou", "an", "en", "in", "on", "ar", "er", "or", "al", "el"]
    syllables = [start + end for start in starts for end in ends]

    def name(length: int) -> str:
        return "".join(pick.choice(syllables) for _ in range(length)).capitalize()

    given = [name(2) for _ in range(3000)]
    surnames = [name(pick.choice((2, 3, 3))) for _ in range(60_000)]
    people = []
    for _ in range(number):
        born = pick.randint(1920, 1990)
        roles = [
            {
                "title": pick.choice(("Senator", "Minister", "Mayor", "Judge")),
                "of": pick.choice(surnames[:200]),
                "from": f"{born + 40}-01-03",
                "until": f"{born + 44}-01-03",
            }
            for _ in range(2)
        ]
        full = f"{pick.choice(given)} {pick.choice(surnames)}"
        attributes = {"party": pick.choice("ABCD")}
        people.append({"name": full, "born": f"{born}-05-06", "roles": roles, "attributes": attributes})
    return {"factlint": 1, "people": people}


def run(path: Path, cache: Path, *words: str) -> list[float]:
    """Seconds to import, to load and to look up, the most memory in MB, and the number of entities."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", LOAD, str(path), str(cache), *words]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    found: list[float] = json.loads(done.stdout)
    return found


def main() -> None:
    if sys.argv[1:2] == ["--make"]:  # in a process of its own: what it takes would be counted with the others
        Path(sys.argv[2]).write_text(json.dumps(made_up(100_000)))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {"ten lines": folder / "ten.yaml"}
        files["ten lines"].write_text(TEN_LINES)
        if len(sys.argv) > 1:
            files["the roster"] = Path(sys.argv[1])
        files["100,000 people"] = folder / "made-up.json"
        subprocess.run([sys.executable, __file__, "--make", str(files["100,000 people"])], check=True)
        words = ["senator", "mayor", "kaldor", "aldby", "sanders", "cantwell", "brown", "smith", "john", "mary"]
        for title, path in files.items():
            cache = folder / "cache"
            shutil.rmtree(cache, ignore_errors=True)
            cold = run(path, cache, *words)
            warm = [run(path, cache, *words) for _ in range(ROUNDS)]
            load = statistics.median(row[1] for row in warm)
            look = statistics.median(row[2] for row in warm)
            size = path.stat().st_size / 1e6
            print(
                f"{title}: {int(cold[4]):,} entities, {size:.1f} MB; cold {cold[1]:.2f} s, {cold[3]:.0f} MB; "
                f"warm {load * 1000:.1f} ms + {look * 1000:.1f} ms to look up {len(words)} words, "
                f"{max(row[3] for row in warm):.0f} MB"
            )


if __name__ == "__main__":
    main()
