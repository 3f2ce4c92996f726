"""The cache of compiled facts: right or not found, whatever happens around it."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from factlint import kept
from factlint.facts import compiled, records
from factlint.facts.cache import cache_folder, clear
from factlint.facts.compiled import BytesError, facts_of
from factlint.facts.compiling import compile_records
from factlint.facts.loading import load_facts
from factlint.names import index_of, write_name, written_name
from factlint.yamlfile import FaultsError

PEOPLE = "factlint: 1\npeople:\n" + "".join(
    f"  - {{name: Ana Kaldor{number}, born: {1900 + number % 90}, roles: [{{title: Mayor, of: Aldby}}]}}\n"
    for number in range(50)
)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Which files were read anew."""
    read = records.read_records
    seen: list[tuple[str, ...]] = []

    def counting(paths: list[str], *, allow_outside: bool = False) -> object:
        seen.append(tuple(Path(path).name for path in paths))
        return read(paths, allow_outside=allow_outside)

    monkeypatch.setattr(records, "read_records", counting)
    return seen


def test_the_second_load_comes_from_the_cache(tmp_path: Path, reads: list[tuple[str, ...]]) -> None:
    path, folder = tmp_path / "facts.yaml", tmp_path / "cache"
    path.write_text(PEOPLE)
    first = load_facts([path], cache=folder)
    second = load_facts([path], cache=folder)
    assert reads == [("facts.yaml",)]
    assert first == second == load_facts([path])
    assert dict(first.rows_by_value) == dict(second.rows_by_value)
    assert first.__dict__["names"].anchors == second.__dict__["names"].anchors


def test_names_lie_ready_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(
        PEOPLE + "  - {name: J. Ána de la Kaldor Jr., aliases: [Ana]}\norganizations: [{name: Port of Ald}]\n"
    )
    facts = load_facts([path], cache=tmp_path / "cache")
    expected = [write_name(entity) for entity in facts.entities]
    for known in (facts, load_facts([path], cache=tmp_path / "cache"), pickle.loads(pickle.dumps(facts))):
        assert [written_name(known, row) for row in range(len(known.entities))] == expected
    assert expected[50][:2] == ("de la Kaldor", "kaldor")
    assert [words for _, words, _ in expected[50][2]] == [
        ("Ána", "Kaldor"),
        ("Ána", "de", "la", "Kaldor"),
        ("Ana",),
    ]


def test_what_is_large_is_read_from_its_file_and_refused_if_damaged(
    tmp_path: Path, reads: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, folder = tmp_path / "facts.yaml", tmp_path / "cache"
    path.write_text(PEOPLE)
    monkeypatch.setattr(kept, "_LARGE", 0)
    monkeypatch.setattr(compiled, "_PART", 1 << 16)
    first = load_facts([path], cache=folder)
    second = load_facts([path], cache=folder)
    assert len(reads) == 1
    assert first == second == pickle.loads(pickle.dumps(second))
    (entry,) = folder.iterdir()
    data = bytearray(entry.read_bytes())
    data[len(compiled.VERSION) + compiled.HEADER + 30] ^= 1
    for damaged in (bytes(data), bytes(data[:-1]), b""):
        entry.unlink()
        entry.write_bytes(damaged)
        assert load_facts([path], cache=folder) == first
    assert len(reads) == 4


def test_a_record_that_changed_in_a_large_file_is_refused_where_it_is_looked_at(
    tmp_path: Path, reads: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, folder = tmp_path / "facts.yaml", tmp_path / "cache"
    path.write_text(PEOPLE)
    monkeypatch.setattr(kept, "_LARGE", 0)
    first = load_facts([path], cache=folder)
    (entry,) = folder.iterdir()
    data = entry.read_bytes()
    plain = len(compiled.VERSION) + compiled.HEADER + int.from_bytes(data[len(compiled.VERSION) + 16 :][:8], "little")
    for at in range(plain, len(data), max(1, (len(data) - plain) // 300)):
        changed = bytearray(data)
        changed[at] ^= 1
        entry.unlink(missing_ok=True)
        entry.write_bytes(changed)
        facts = load_facts([path], cache=folder)
        try:
            assert list(facts.entities) == list(first.entities)
            assert list(facts.facts) == list(first.facts)
            index, expected = index_of(facts), index_of(first)
            assert [dict(index.anchors), dict(index.surnames)] == [dict(expected.anchors), dict(expected.surnames)]
            assert [dict(index.titles), dict(index.tokens)] == [dict(expected.titles), dict(expected.tokens)]
            assert [written_name(facts, row) for row in range(50)] == [written_name(first, row) for row in range(50)]
            assert dict(facts.by_id) == dict(first.by_id)
            assert dict(facts.rows_by_kind) == dict(first.rows_by_kind)
            assert dict(facts.rows_by_value) == dict(first.rows_by_value)
        except BytesError:
            assert not entry.exists()
        else:  # between two records, where nothing is
            assert data[at] == 0 and entry.exists()
    assert len(reads) == 1
    entry.unlink(missing_ok=True)
    assert load_facts([path], cache=folder) == first and len(reads) == 2


def test_changed_contents_are_read_anew_and_old_ones_found_again(tmp_path: Path, reads: list[tuple[str, ...]]) -> None:
    path, folder = tmp_path / "facts.yaml", tmp_path / "cache"
    path.write_text(PEOPLE)
    load_facts([path], cache=folder)
    path.write_text(PEOPLE + "  - {name: Bo}\n")
    assert len(load_facts([path], cache=folder).entities) == 51
    path.write_text(PEOPLE)
    assert len(load_facts([path], cache=folder).entities) == 50
    assert len(reads) == 2


def test_a_changed_include_is_read_anew(tmp_path: Path, reads: list[tuple[str, ...]]) -> None:
    main, more, most = (tmp_path / name for name in ("facts.yaml", "more.yaml", "most.yaml"))
    folder = tmp_path / "cache"
    main.write_text("factlint: 1\ninclude: [more.yaml]\n")
    more.write_text("factlint: 1\ninclude: [most.yaml]\npeople: [{name: Al}]\n")
    most.write_text("factlint: 1\npeople: [{name: Bo}]\n")
    for expected in (["Al", "Bo"], ["Al", "Bo"]):
        assert [entity.name for entity in load_facts([main], cache=folder).entities] == expected
    assert len(reads) == 1
    most.write_text("factlint: 1\npeople: [{name: Cy}]\n")
    assert [entity.name for entity in load_facts([main], cache=folder).entities] == ["Al", "Cy"]
    more.write_text("factlint: 1\npeople: [{name: Di}]\n")
    assert [entity.name for entity in load_facts([main], cache=folder).entities] == ["Di"]
    assert [entity.name for entity in load_facts([main], cache=folder).entities] == ["Di"]
    assert len(reads) == 3
    more.unlink()
    with pytest.raises(FaultsError, match="there is no file"):
        load_facts([main], cache=folder)


def test_an_include_that_becomes_a_link_outside_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    main, more = tmp_path / "in" / "facts.yaml", tmp_path / "in" / "more.yaml"
    main.write_text("factlint: 1\ninclude: [more.yaml]\n")
    more.write_text("factlint: 1\npeople: [{name: Al}]\n")
    load_facts([main], cache=tmp_path / "cache")
    more.rename(tmp_path / "more.yaml")
    more.symlink_to(tmp_path / "more.yaml")
    with pytest.raises(FaultsError, match="outside the folder"):
        load_facts([main], cache=tmp_path / "cache")
    assert load_facts([main], cache=tmp_path / "cache", allow_outside=True).entities[0].name == "Al"


def test_faults_are_never_kept(tmp_path: Path) -> None:
    path, folder = tmp_path / "facts.yaml", tmp_path / "cache"
    path.write_text("factlint: 1\npeople: [{nme: x}]\n")
    for _ in range(2):
        with pytest.raises(FaultsError):
            load_facts([path], cache=folder)
    assert not folder.exists()
    with pytest.raises(FaultsError, match="cannot be read"):
        load_facts([tmp_path / "none.yaml"], cache=folder)


@pytest.mark.parametrize("damage", ["truncated", "changed", "empty", "another version", "longer"])
def test_a_damaged_entry_is_made_anew(tmp_path: Path, reads: list[tuple[str, ...]], damage: str) -> None:
    path, folder = tmp_path / "facts.yaml", tmp_path / "cache"
    path.write_text(PEOPLE)
    load_facts([path], cache=folder)
    (entry,) = folder.glob("*.facts")
    data = entry.read_bytes()
    entry.write_bytes(
        {
            "truncated": data[: len(data) // 2],
            "changed": data[:-200] + b"\0" * 100 + data[-100:],
            "empty": b"",
            "another version": b"X" + data[1:],
            "longer": data + b"\0",
        }[damage]
    )
    assert len(load_facts([path], cache=folder).entities) == 50
    assert len(reads) == 2
    assert entry.read_bytes() == data


def test_a_folder_that_cannot_be_written_to_keeps_nothing(tmp_path: Path) -> None:
    path, folder = tmp_path / "facts.yaml", tmp_path / "file"
    path.write_text(PEOPLE)
    folder.write_text("a file where the folder should be")
    assert len(load_facts([path], cache=folder).entities) == 50
    assert len(load_facts([path], cache=folder).entities) == 50


def test_the_name_in_findings_is_the_one_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, folder = tmp_path / "facts.yaml", tmp_path / "cache"
    path.write_text(PEOPLE)
    monkeypatch.chdir(tmp_path)
    assert load_facts([path], cache=folder).entities[0].at.file == str(path)
    assert load_facts(["facts.yaml"], cache=folder).entities[0].at.file == "facts.yaml"


def test_the_list_of_includes_may_be_damaged(tmp_path: Path) -> None:
    main = tmp_path / "facts.yaml"
    main.write_text("factlint: 1\ninclude: [more.yaml]\n")
    (tmp_path / "more.yaml").write_text("factlint: 1\npeople: [{name: Al}]\n")
    folder = tmp_path / "cache"
    load_facts([main], cache=folder)
    (listed,) = folder.glob("*.includes")
    for text in ("", "[]", "{}", '{"included": 3}', '{"included": [[1, 2]], "absent": [3]}', '{"absent": [[]]}'):
        listed.write_text(text)
        assert load_facts([main], cache=folder).entities[0].name == "Al"


@pytest.mark.parametrize("at", [0, 3, 4, 8])
def test_what_is_damaged_is_not_found(tmp_path: Path, at: int) -> None:
    kept.write(tmp_path, "key", "run", b"found")
    assert bytes(kept.read(tmp_path, "key", "run") or b"") == b"found"
    path = tmp_path / "key.run"
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(bytes(data))
    assert kept.read(tmp_path, "key", "run") is None
    path.write_bytes(b"")
    assert kept.read(tmp_path, "key", "run") is None
    assert kept.read(tmp_path, "other", "run") is None


def test_a_folder_named_from_here_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("one", "two/three"):
        kept.write(folder, "key", "run", b"found")
        assert bytes(kept.read(folder, "key", "run") or b"") == b"found"
        assert Path(folder).stat().st_mode & 0o077 == 0 or sys.platform == "win32"


def test_few_entries_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_ENTRIES", 4)
    path, folder = tmp_path / "facts.yaml", tmp_path / "cache"
    for number in range(7):
        path.write_text(f"factlint: 1\npeople: [{{name: A{number}}}]\n")
        load_facts([path], cache=folder)
    assert len(list(folder.glob("*.facts"))) == 4
    assert clear(folder) == 4
    assert list(folder.iterdir()) == []
    assert clear(tmp_path / "none") == 0


def _load(arguments: tuple[str, str]) -> int:
    return len(load_facts([arguments[0]], cache=Path(arguments[1])).entities)


def test_many_at_once(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(PEOPLE)
    with ProcessPoolExecutor(4) as pool:
        assert list(pool.map(_load, [(str(path), str(tmp_path / "cache"))] * 12)) == [50] * 12
    assert [entry.suffix for entry in (tmp_path / "cache").iterdir()] == [".facts"]


def test_the_folder_is_where_the_system_has_it(tmp_path: Path) -> None:
    assert cache_folder({"FACTLINT_CACHE_DIR": "/x"}, tmp_path) == "/x"
    assert cache_folder({"XDG_CACHE_HOME": "/y"}, tmp_path) == os.path.join("/y", "factlint")
    if sys.platform == "linux":
        assert cache_folder({}, tmp_path) == str(tmp_path / ".cache" / "factlint")
    assert cache_folder({}, "~") is None  # a user without a home


def test_bytes_of_nothing_are_refused() -> None:
    for data in (b"", compiled.VERSION, compiled.VERSION + b"\0" * 30):
        with pytest.raises(BytesError):
            facts_of(data)
    assert len(facts_of(compile_records(records.Records())).entities) == 0


def test_a_warm_load_imports_neither_yaml_nor_a_schema(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(PEOPLE)
    code = (
        "import sys, json; from pathlib import Path; from factlint.facts.loading import load_facts;"
        f"f = load_facts([{str(path)!r}], cache=Path({str(tmp_path / 'cache')!r}));"
        "print(json.dumps([len(f.entities), sorted(m for m in ('yaml', 'jsonschema', 'difflib') if m in sys.modules)]))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for modules in (["yaml"], []):
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
        assert json.loads(run.stdout) == [50, modules]


def test_facts_can_be_handed_to_another_process(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(PEOPLE)
    facts = load_facts([path])
    facts.entities[3]
    again = pickle.loads(pickle.dumps(facts))
    assert again == facts
    assert again.by_id["people/ana-kaldor7"].name == "Ana Kaldor7"
    assert again.__dict__["names"].anchors == facts.__dict__["names"].anchors
