"""Mending: edits that go together, bytes that stay as they were, and files that are old or new, never between."""

from __future__ import annotations

import os
import random
import stat
import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlint.findings import Edit, Finding, Fix, Place, Severity
from factlint.fixes import (
    apply,
    apply_to_bytes,
    fix_until_stable,
    unified_diff,
    wanted,
    write_fixed,
    write_whole,
)
from factlint.readers.decoding import decode
from factlint.source import InputError, Source, Span


def fix(*edits: tuple[int, int, str], safe: bool = True) -> Fix:
    """A fix of edits given as start, end, text."""
    return Fix(tuple(Edit(Span(start, end), text) for start, end, text in edits), safe)


def finding(of: Fix | None, *, quoted: bool = False) -> Finding:
    """A finding with a fix."""
    return Finding("a/b", Severity.ERROR, "m", "t", Place(1, 1, 0), Place(1, 2, 1), fix=of, quoted=quoted)


def test_which_fixes_are_wanted() -> None:
    safe, unsafe = fix((0, 1, "x")), fix((1, 2, "y"), safe=False)
    found = [finding(safe), finding(unsafe), finding(None), finding(Fix(())), finding(safe, quoted=True)]
    assert wanted(found, unsafe=False) == (safe,)
    assert wanted(found, unsafe=True) == (safe, unsafe)


@pytest.mark.parametrize(
    ("fixes", "text", "applied"),
    [
        ([], "abcdef", 0),
        ([fix((0, 1, "X")), fix((1, 2, "Y"))], "XYcdef", 2),
        ([fix((1, 4, "X")), fix((2, 3, "Y"))], "aXef", 1),
        ([fix((2, 3, "Y")), fix((1, 4, "X"))], "aXef", 1),
        ([fix((1, 1, "X")), fix((1, 1, "Y"))], "aXbcdef", 1),
        ([fix((1, 1, "X")), fix((1, 1, "X"))], "aXbcdef", 2),
        ([fix((1, 3, "X")), fix((3, 3, "Y"))], "aXdef", 1),
        ([fix((3, 3, "Y")), fix((3, 5, "Z"))], "abcYdef", 1),
        ([fix((0, 1, "X"), (4, 5, "Y")), fix((4, 5, "Z")), fix((2, 3, "W"))], "XbWdYf", 2),
        ([fix((0, 1, "X"), (4, 5, "Y")), fix((3, 6, "Z"), (1, 2, "V"))], "XbcdYf", 1),
        ([fix((0, 1, "U"), safe=False), fix((0, 1, "S"))], "Sbcdef", 1),
        ([fix((0, 2, "X"), (1, 3, "Y"))], "abcdef", 0),
        ([fix((3, 99, "X"))], "abcdef", 0),
        ([fix((0, 6, ""))], "", 1),
        ([fix((6, 6, "g"))], "abcdefg", 1),
    ],
)
def test_edits_that_go_together(fixes: list[Fix], text: str, applied: int) -> None:
    made, done = apply("abcdef", fixes)
    assert (made, len(done)) == (text, applied)


edits = st.builds(
    lambda start, length, text: (start, start + length, text),
    st.integers(0, 12),
    st.integers(0, 4),
    st.text("xyz", max_size=3),
)


@given(st.text("ab🔥é\r\n", min_size=16, max_size=20), st.lists(st.lists(edits, min_size=1, max_size=2), max_size=6))
def test_fixes_are_whole_and_never_overlap(text: str, given_fixes: list[list[tuple[int, int, str]]]) -> None:
    fixes = [fix(*each) for each in given_fixes]
    made, done = apply(text, fixes)
    assert set(done) <= set(fixes)
    taken = sorted({(edit.at.start, edit.at.end, edit.text) for each in done for edit in each.edits})
    for one, two in pairwise(taken):
        assert one[1] <= two[0] and (one[0], one[1]) != (two[0], two[1])
    built, at = "", 0
    for start, end, replacement in taken:
        built += text[at:start] + replacement
        at = end
    assert made == built + text[at:]
    for name, mark in (
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
    ):
        data = mark + text.encode(name)
        source = decode(data, "a.txt")
        changed, also = apply_to_bytes(data, source, fixes)
        assert also == done
        assert changed == mark + made.encode(name)


def test_bytes_that_are_no_characters_stay() -> None:
    data = b"\xef\xbb\xbfone \xff two \xe9 three"
    source = decode(data, "a.txt")
    changed, done = apply_to_bytes(data, source, [fix((source.text.index("two"), source.text.index("two") + 3, "2🔥"))])
    assert len(done) == 1
    assert changed == b"\xef\xbb\xbfone \xff 2\xf0\x9f\x94\xa5 \xe9 three"


def test_new_line_ends_are_those_of_the_file() -> None:
    data = b"a\r\nb"
    assert apply_to_bytes(data, decode(data, "a"), [fix((0, 1, "x\ny"))])[0] == b"x\r\ny\r\nb"
    assert apply_to_bytes(data, decode(data, "a"), [fix((0, 1, "x\r\ny"))])[0] == b"x\r\ny\r\nb"


def replacing(*pairs: tuple[str, str]) -> object:
    """A reader that finds each first text and would have the second."""

    def read(data: bytes) -> tuple[Source, Sequence[Finding]]:
        source = decode(data, "a.txt")
        found = []
        for old, new in pairs:
            at = source.text.find(old)
            while at >= 0:
                found.append(finding(fix((at, at + len(old), new))))
                at = source.text.find(old, at + len(old))
        return source, found

    return read


def test_until_stable() -> None:
    read = replacing(("aa", "a"))
    fixed = fix_until_stable(b"aaaaaaaa b", read, unsafe=False)  # type: ignore[arg-type]
    assert (fixed.data, fixed.stable, fixed.applied, fixed.rounds) == (b"a b", True, 7, 3)
    clean = fix_until_stable(b"b", read, unsafe=False)  # type: ignore[arg-type]
    assert (clean.data, clean.stable, clean.applied, clean.rounds) == (b"b", True, 0, 0)


def test_rules_that_undo_each_other_come_to_an_end() -> None:
    fixed = fix_until_stable(b"a", replacing(("a", "b"), ("b", "a")), unsafe=False)  # type: ignore[arg-type]
    assert fixed.data == b"a"
    assert not fixed.stable
    growing = fix_until_stable(b"a", replacing(("a", "aa")), unsafe=False)  # type: ignore[arg-type]
    assert not growing.stable


def test_diff() -> None:
    assert unified_diff("a.txt", "x\n", "x\n") == ""
    assert unified_diff("a.txt", "one\ntwo\nthree", "one\n2\nthree") == (
        "--- a.txt\n+++ a.txt\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n\\ No newline at end of file\n"
    )
    assert unified_diff("a", "", "x\n") == "--- a\n+++ a\n@@ -0,0 +1 @@\n+x\n"
    assert "-a\u2028b\r\n" in unified_diff("a", "a\u2028b\r\n", "c\r\n")


# Writing


def test_a_file_keeps_its_mode_and_only_its_content_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_fixed(str(path), b"old", b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_a_file_keeps_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    os.chown(path, 12345, 54321)
    path.chmod(0o4750)
    write_fixed(str(path), b"old", b"new")
    told = path.stat()
    assert (told.st_uid, told.st_gid, stat.S_IMODE(told.st_mode)) == (12345, 54321, 0o4750)


def test_an_owner_that_cannot_be_kept_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise PermissionError

    real = os.fstat
    monkeypatch.setattr(os, "fchown", refuse)
    monkeypatch.setattr(os, "fstat", lambda handle: os.stat_result([*real(handle)[:4], 4242, 4242, *real(handle)[6:]]))
    with pytest.raises(InputError, match="owner and group cannot be kept"):
        write_fixed(str(path), b"old", b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="no extended attributes here")
def test_a_file_keeps_its_attributes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    try:
        os.setxattr(path, "user.desk", b"news")
    except OSError:
        pytest.skip("the file system has no extended attributes")
    write_fixed(str(path), b"old", b"new")
    assert os.getxattr(path, "user.desk") == b"news"


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target = tmp_path / "real" / "a.txt"
    target.write_bytes(b"old")
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    write_fixed(str(link), b"old", b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_file_that_was_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"somebody wrote")
    with pytest.raises(InputError, match="changed meanwhile"):
        write_fixed(str(path), b"old", b"new")
    assert path.read_bytes() == b"somebody wrote"
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="no regular file"):
        write_fixed(str(tmp_path), b"", b"")
    with pytest.raises(InputError, match="No such file"):
        write_fixed(str(tmp_path / "gone.txt"), b"", b"")
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(InputError, match="write-protected"):
        write_fixed(str(path), b"old", b"new")


def test_a_stop_in_the_middle_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        write_fixed(str(path), b"old", b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_report_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    mask = os.umask(0o027)
    try:
        write_whole(str(path), b"one")
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        path.chmod(0o600)
        write_whole(str(path), b"two")
    finally:
        os.umask(mask)
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"two", 0o600)
    with pytest.raises(FileNotFoundError):
        write_whole(str(tmp_path / "no" / "out.json"), b"x")


_KILLED = """
import os, random, signal, sys, time
from factlint.fixes import write_fixed
path, times = sys.argv[1], int(sys.argv[2])
old, new = b"old " * 30_000, b"new! " * 30_000
open(path, "wb").write(old)
random.seed(7)
seen = set()
for _ in range(times):
    child = os.fork()
    if child == 0:
        while True:
            now = open(path, "rb").read()
            write_fixed(path, now, new if now == old else old)
    time.sleep(random.uniform(0, 0.006))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    now = open(path, "rb").read()
    seen.add(now[:3])
    if now not in (old, new):
        sys.exit("neither old nor new")
print(sorted(seen))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_random_moments_a_file_is_old_or_new(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, str(path), "200"], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "[b'new', b'old']\n"


def test_many_fixes_are_quick() -> None:
    order = list(range(50_000))
    random.Random(1).shuffle(order)
    made, done = apply("ab" * 50_000, [fix((2 * at, 2 * at + 1, "x")) for at in order])
    assert made == "xb" * 50_000
    assert len(done) == 50_000
