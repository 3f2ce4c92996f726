"""What a plain check may import: nothing that it doesn't need. Each further module costs every start some time.

What is listed here is loaded by a check of a text that was never seen before, with what factlint keeps of facts and
rules in place. A module that is not listed has crept in: import it where it is needed, or, if every check needs it,
list it here and say why in the change. The modules that hold the checks of rules need no listing.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from factlint.checks import CHECKS, RUN_CHECKS

ROOT = Path(__file__).parent.parent
PROGRAM = """
import atexit, sys
before = set(sys.modules)
atexit.register(lambda: print("\\nloaded:", *sorted(set(sys.modules) - before)))
from factlint.__main__ import start
sys.argv[0] = "factlint"
start()
"""
OWN = """
    baseline checks cli config dates descriptions claims facts facts.cache facts.compiled facts.loading facts.model
    facts.written files findings kept lint mentions names nearness numbers packing patterns prepared readers readers.dates
    readers.decoding readers.pieces readers.plain renderers renderers.escaping renderers.text rules run sieve source times
    vocabulary waivers words
    checks.descriptions checks.neighbours checks.stated
"""
LIBRARIES = "click msgspec"
STANDARD = """
    array bisect collections contextlib datetime encodings enum errno fnmatch functools gc
    importlib itertools keyword marshal math mmap operator os posixpath re reprlib
    stat types typing unicodedata warnings weakref zlib
"""
# What is much too slow, or of no use to a plain check, whatever the lists above say.
NEVER = {
    "decimal",
    "ftfy",
    "gettext",
    "hashlib",
    "inspect",
    "jsonschema",
    "pathlib",
    "pathspec",
    "rapidfuzz",
    "threading",
    "typing_extensions",
    "uuid",
    "yaml",
    "watchfiles",
    "asyncio",
    "concurrent",
    "multiprocessing",
}
TEXTS = ("He came on Monday.\n", "Nobody spoke until the vote.\n\nIt took place in the old harbour, at noon.\n")


def _loaded(path: Path, cache: Path) -> set[str]:
    """The modules that a check of a file loads."""
    command = [sys.executable, "-c", PROGRAM, "check", "--isolated", "--facts", "fixtures/seed/facts.yaml", str(path)]
    environment = {**os.environ, "FACTLINT_CACHE_DIR": str(cache)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return set(done.stdout.rpartition("loaded:")[2].split())


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The modules that a check of a new text loads after another has filled the cache."""
    folder = tmp_path_factory.mktemp("start")
    for number, text in enumerate(TEXTS):
        path = folder / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        found = _loaded(path, folder / "cache")
    return found


def test_only_listed_modules_of_our_own_are_loaded(loaded: set[str]) -> None:
    checks = {where.partition(":")[0] for where in (*CHECKS.values(), *(read for read, _ in RUN_CHECKS.values()))}
    listed = {"factlint", "factlint.__main__", *(f"factlint.{name}" for name in OWN.split()), *checks}
    assert sorted({name for name in loaded if name.partition(".")[0] == "factlint"} - listed) == []


def test_only_listed_packages_are_loaded(loaded: set[str]) -> None:
    listed = {"factlint", *LIBRARIES.split(), *STANDARD.split()}
    packages = {name.partition(".")[0] for name in loaded}
    assert sorted({name for name in packages if not name.startswith("_")} - listed) == []


def test_what_is_slow_is_not_loaded(loaded: set[str]) -> None:
    assert sorted({name.partition(".")[0] for name in loaded} & NEVER) == []


PLACEHOLDERS = """
import sys
from factlint.__main__ import _import_libraries
_import_libraries()
import click
for name in ("decimal", "gettext", "inspect", "msgspec.inspect", "msgspec.json", "threading", "typing_extensions", "uuid"):
    assert name not in sys.modules, name
assert sys.modules["click.core"].inspect.signature(len)
assert sys.modules["click.core"].inspect.cleandoc(" a\\n   b\\n   c") == "a\\nb\\nc"
import decimal, gettext, inspect, msgspec.inspect, msgspec.json, threading, uuid
from fractions import Fraction
assert decimal.Decimal("1.5") == 1.5 and gettext.translation and inspect.isclass(uuid.UUID) and threading.Lock()
assert msgspec.inspect.type_info(int) and msgspec.json.encode([1]) == b"[1]" and Fraction("1.5") == 1.5
"""


def test_placeholders_give_way_to_the_modules() -> None:
    subprocess.run([sys.executable, "-c", PLACEHOLDERS], cwd=ROOT, check=True)
