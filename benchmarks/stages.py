"""What each stage and each rule costs, in milliseconds of the processor for a million bytes, and how it grows.

A stage is timed by asking for what it gives before anything else needs it, a rule by running its check alone on a text
that is read already: what several rules share is charged to the stage, not to the first of them. Measured on articles
one by one, and on one document of two sizes: what costs more for each byte of the longer grows faster than the text.
"""

from __future__ import annotations

import gc
import itertools
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import texts as made

from factlint.config import Settings
from factlint.lint import _Locator, finding_of
from factlint.mentions import Reading
from factlint.readers import read_document
from factlint.rules import check_function
from factlint.run import Judge, Options, dated, judge_of
from factlint.times import parse_iso
from factlint.waivers import find_waivers

COLUMNS = ("articles", "small", "large")
FACTS = Path(__file__).resolve().parent.parent / "fixtures" / "seed" / "facts.yaml"


def profile(folder: Path | None, quick: bool) -> dict[str, Any]:
    """Milliseconds for a million bytes by stage and by rule: of articles, and of one document of two sizes."""
    gc.set_threshold(50_000, 50, 50)  # as the command line does
    judge, _ = judge_of(Settings(facts=(str(FACTS),)), Options(today=parse_iso("2026-01-01")))
    number, sizes = (60, (0.2, 0.8)) if quick else (300, (1.0, 4.0))
    articles = [text.encode() for text in itertools.islice(made.articles(folder), number)]
    _taken(articles[:20], judge)  # what is loaded once is loaded
    rounds = [_taken(articles, judge) for _ in range(1 if quick else 3)]
    columns = [{name: min(found[name] for found in rounds) for name in rounds[0]}]
    for size in sizes:
        texts: list[bytes] = []
        left = size * 1e6
        for text in made.articles(folder, drawn=True):
            texts.append(text.encode())
            left -= len(texts[-1])
            if left < 0:
                break
        columns.append(_taken([b"\n".join(texts)], judge))
    order = sorted(columns[0], key=lambda name: -columns[0][name])
    rows = [
        {"name": name, **dict(zip(COLUMNS, (round(column[name], 2) for column in columns), strict=True))}
        for name in order
    ]
    return {"articles": number, "sizes": list(sizes), "rows": rows}


def _taken(every: Sequence[bytes], judge: Judge) -> dict[str, float]:
    taken: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def timed(name: str) -> Iterator[None]:
        start = time.process_time()
        yield
        taken[name] += time.process_time() - start

    shared = [name for name, value in vars(Reading).items() if isinstance(value, cached_property)]
    for data in every:
        with timed("reading"):
            document = dated(read_document("text.txt", data), judge)
        reading = Reading(document, judge.facts)
        with timed("plain prose"):
            assert len(document.plain) == len(document.text)
        for name in shared:
            with timed(f"shared: {name.strip('_').replace('_', ' ')}"):
                getattr(reading, name)
        with timed("sentences"):
            for block in document.blocks:
                reading.sentences_of(block)
        locator = _Locator(document)
        for rule in judge.rules:
            if rule.between:
                continue
            check = check_function(rule.check)
            with timed(rule.id):
                problems = list(check(reading, **rule.options))
            with timed("findings"):
                for problem in problems:
                    finding_of(rule, problem, reading, locator)
        with timed("waivers"):
            find_waivers(document)
    size = sum(map(len, every)) / 1e6
    return {name: 1000 * seconds / size for name, seconds in taken.items()}
