"""YAML and JSON with places: what is read, what is refused, where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlint import yamlfile
from factlint.source import InputError
from factlint.yamlfile import FaultsError, bundled_schema, load, nearest, parse, plain, validate


def faults_of(text: str, path: str = "f.yaml") -> list[str]:
    with pytest.raises(FaultsError) as caught:
        parse(text, path)
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("True", "True"),
        ("1815-12-10", "1815-12-10"),
        ("12:30", "12:30"),
        ("010", "010"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        (".5", ".5"),
        (".inf", ".inf"),
        ("1e999", "1e999"),
        ("-0", 0),
        ("12", 12),
        ("-1.50", -1.5),
        ("1e3", 1000.0),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("'12'", "12"),
        ('"true"', "true"),
        ("!!str 12", "12"),
        ("9" * 400, "9" * 400),
    ],
)
def test_scalars_are_what_json_knows(text: str, value: object) -> None:
    found = plain(parse(f"a: {text}").root["a"])
    assert found == value
    assert type(found) is type(value)


def test_every_key_and_value_knows_its_place() -> None:
    root = parse("a: 1\nb:\n  - x\n  - {c: é, d: [2, 3]}\n").root
    assert (root.line, root.column) == (1, 1)
    assert root.place_of("b") == (2, 1)
    item = root["b"].nodes[1]
    assert (item["c"].line, item["c"].column) == (4, 9)
    assert item.place_of("d") == (4, 12)
    assert (item["d"].nodes[1].line, item["d"].nodes[1].column) == (4, 19)
    assert root.place_of("nothing") == (1, 1)


def test_columns_count_code_points() -> None:
    root = parse("{é😀: x, b: y}").root
    assert root.place_of("b") == (1, 9)
    assert parse('{"é😀": "x", "b": 1}', "f.json").root.place_of("b") == (1, 13)


def test_all_duplicate_keys_are_named() -> None:
    assert faults_of("a: 1\nb: {c: 1, c: 2}\na: 2\n") == [
        "f.yaml:2:11: the key “c” stands twice; first in line 2",
        "f.yaml:3:1: the key “a” stands twice; first in line 1",
    ]
    assert faults_of('{"a": 1,\n "a": 2}', "f.json") == ["f.json:2:2: the key “a” stands twice; first in line 1"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: &x [1]\nb: *x", "f.yaml:2:4: the alias *x is not read: write the value out"),
        ("<<: {a: 1}", "f.yaml:1:1: “<<” is not read: write the keys out"),
        ("a: !!python/object:os.system x", "f.yaml:1:4: the tag !!python/object:os.system is not read"),
        ("a: !x {}", "f.yaml:1:4: the tag !x is not read"),
        ("? [a]\n: b", "f.yaml:1:3: a key must be a text, not a list or a mapping"),
        ("a: 1\n---\nb: 2", "f.yaml:2:1: a second document begins; only one is read"),
        ("a:\n\t- b", "f.yaml:2:1: the line is indented with a tab; YAML wants spaces"),
        ("a: b: c", "f.yaml:1:5: a “: ” where no key can stand; if it belongs to a text, put the text in quotes"),
        ("# a\u2028b\nc: 1", "f.yaml:1:4: the character U+2028 is not allowed here"),
        ("a: \x01", "f.yaml:1:4: the character U+0001 is not allowed here"),
        ("[" * 200, "f.yaml:1:101: nested deeper than 100 levels"),
        (
            "a: [1",
            "f.yaml:1:6: this is not YAML: did not find expected ',' or ']' "
            + "(while parsing a flow sequence that begins in line 1)",
        ),
    ],
)
def test_what_is_refused_is_refused_at_its_place(text: str, fault: str) -> None:
    assert faults_of(text) == [fault]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"a": 1,}', "1:9: this is not JSON: a key in quotation marks is missing"),
        ('{"a": tru}', "1:7: this is not JSON: “t” cannot begin a value"),
        ('{"a": [1,\n2', "2:2: this is not JSON: the file ends in the middle of a value"),
        ('{"a" 1}', "1:6: this is not JSON: a colon is missing after the key"),
        ('{"a": "x', "1:9: this is not JSON: the file ends in the middle of a value"),
        ('{"a', "1:4: this is not JSON: the file ends in the middle of a value"),
        ("", "1:1: this is not JSON: the file ends in the middle of a value"),
        ("{} x", "1:4: this is not JSON: something stands after the end"),
        ('["a" "b"]', '1:6: this is not JSON: a comma or “]” is missing before “"”'),
        ('{"a": NaN}', "1:7: this is not JSON: “N” cannot begin a value"),
        ("[" * 200, "1:101: nested deeper than 100 levels"),
    ],
)
def test_broken_json(text: str, fault: str) -> None:
    assert faults_of(text, "f.json") == ["f.json:" + fault]


def test_an_alias_bomb_is_refused_at_once() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert faults_of(bomb)[0].startswith("f.yaml:2:8: the alias *a is not read")


def test_encodings(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    for data in ("a: é".encode(), "\ufeffa: é".encode(), "\ufeffa: é\r\n".encode("utf-16-le")):
        path.write_bytes(data)
        assert plain(load(path).root) == {"a": "é"}
    path.write_bytes(b"a: b\nc: \xe9\n")
    with pytest.raises(FaultsError, match=r"f\.yaml:2:4: byte 0xe9 at offset 8 is not UTF-8"):
        load(path)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nothing\.yaml: cannot be read: No such file"):
        load(tmp_path / "nothing.yaml")
    with pytest.raises(InputError, match=r"cannot be read"):
        load(tmp_path)
    (tmp_path / "large.yaml").write_bytes(b"a: b\n" * 100)
    with pytest.raises(InputError, match=r"large\.yaml: the file has 0\.0 MB; at most 0\.0001 MB are read: split it"):
        load(tmp_path / "large.yaml", max_bytes=100)


def test_an_empty_file_holds_nothing() -> None:
    assert parse("").root.value is None
    assert parse("# only a remark\n").root.value is None


def test_node_helpers() -> None:
    root = parse("a: [x, 2]\nb: y\nc:\nd: {}").root
    assert root["a"].texts == ("x", "2")
    assert root["b"].texts == ("y",)
    assert root["c"].nodes == []
    assert root.get("c") is None
    assert root.get("e") is None
    assert list(root["a"].entries) == []
    assert [key for key, _ in root.entries] == ["a", "b", "c", "d"]
    file = parse("a: 1", "f.yaml")
    assert str(file.fault(file.root["a"], "wrong")) == "f.yaml:1:4: wrong"
    assert str(file.fault_at_key(file.root, "a", "wrong")) == "f.yaml:1:1: wrong"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(JSON, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_json_reads_as_the_standard_library_reads_it(value: object, indent: int | str | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    assert plain(parse(text, "f.json").root) == json.loads(text)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), st.integers() | st.booleans(), max_size=4))
def test_json_read_as_yaml_has_the_same_places(value: dict[str, object]) -> None:
    text = json.dumps(value, indent=1)
    assert yamlfile._parse_yaml(text, "") == yamlfile._parse_json(text, "")


SCHEMA = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {
            "type": "string",
            "minLength": 1,
            "pattern": "^[a-z]+$",
            "patternErrorMessage": "should be lower case",
        },
        "kind": {"enum": ["person", "place"]},
        "version": {"const": 1},
        "items": {"type": "array", "minItems": 1, "maxItems": 2, "items": {"$ref": "#/$defs/item"}},
        "more": {"type": "object", "additionalProperties": {"type": "number", "minimum": 0, "maximum": 9}},
        "named": {"type": "object", "minProperties": 1, "propertyNames": {"pattern": "^a"}},
        "never": False,
        "any": True,
    },
    "additionalProperties": False,
    "$defs": {
        "item": {"anyOf": [{"type": "string"}, {"type": "object", "required": ["x"]}], "errorMessage": "no item"}
    },
}


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("name: abc", []),
        ("[]", ["1:1: should be a mapping of keys to values, not a list"]),
        ("kind: person", ["1:1: the key “name” is missing"]),
        ("name: ABC", ["1:7: “ABC”: should be lower case"]),
        ('name: ""', ["1:7: must not be empty", "1:7: “”: should be lower case"]),
        ("name: 3", ["1:7: should be text, not 3"]),
        ("name: a\nkind: persn", ["2:7: “persn” is none of: “person”, “place”; did you mean “person”?"]),
        ("name: a\nversion: 2", ["2:10: should be 1, not 2"]),
        ("name: a\nitems: []", ["2:8: should have at least 1 item, not 0"]),
        ("name: a\nitems: [b, c, d]", ["2:8: should have at most 2 items, not 3"]),
        ("name: a\nitems: [3, {y: 1}]", ["2:9: no item, not 3", "2:12: the key “x” is missing"]),
        ("name: a\nmore: {b: -1, c: 10, d: x}", [
            "2:11: should be at least 0, not -1", "2:18: should be at most 9, not 10",
            "2:25: should be a number, not “x”",
        ]),
        ("name: a\nnamed: {}", ["2:8: should have at least 1 key"]),
        ("name: a\nnamed: {b: 1}", ["2:9: “b”: does not match ^a"]),
        ("name: a\nnever: 1\nany: {}", ["2:8: must not stand here"]),
        ("name: a\nitmes: []", ["2:1: unknown key “itmes”; did you mean “items”?"]),
        ("name: a\nzzz: []", ["2:1: unknown key “zzz”; known here: name, kind, version, items, more, named, never, any"]),
    ],
)  # fmt: skip
def test_validate_names_everything_at_its_place(text: str, faults: list[str]) -> None:
    assert [str(fault).removeprefix("f:") for fault in validate(parse(text, "f"), SCHEMA)] == faults
    assert (not faults) == jsonschema.Draft202012Validator(SCHEMA).is_valid(plain(parse(text).root))


def test_a_schema_with_another_constraint_is_refused() -> None:
    with pytest.raises(ValueError, match="uniqueItems"):
        validate(parse("[]"), {"type": "array", "uniqueItems": True})


def test_nearest() -> None:
    assert nearest("Alias", ["aliases", "name"]) == "aliases"
    assert nearest("xyz", ["aliases", "name"]) is None


FACTS = {
    "factlint": 1,
    "as_of": 2022,
    "sources": {"a": {"title": "A", "checked": "2022-01"}, "b": "B"},
    "people": [{"name": "X", "aliases": "Y", "born": "1950-01-02", "roles": [{"title": "T", "from": "unknown"}]}],
    "organizations": [{"name": "O", "members": ["X", {"name": "Y", "from": 2001}], "counts": [{"of": "members"}]}],
    "figures": [{"name": "F", "value": {"at_least": 3}}, {"name": "G", "value": [1, "two"]}],
    "specs": [{"text": "x", "finds": ["x", {"text": "x"}]}],
}
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, 0, 1, 2022, -1, 1.5, True, "", "x", "2022-13", "unknown", [], ["x"], [[]], {}, {"name": "x"}]
)


@given(st.data())
def test_the_schema_of_facts_says_what_jsonschema_says(data: st.DataObject) -> None:
    facts = json.loads(json.dumps(FACTS))
    for _ in range(data.draw(st.integers(0, 2))):
        place = facts
        while isinstance(place, dict | list) and place:
            keys = list(place) if isinstance(place, dict) else range(len(place))
            key = data.draw(st.sampled_from(keys))
            if not isinstance(place[key], dict | list) or data.draw(st.booleans()):
                place[key] = json.loads(json.dumps(data.draw(ODD)))  # what is drawn must stay as it is
                break
            place = place[key]
    file = parse(json.dumps(facts), "f.json")
    schema = bundled_schema("facts")
    valid = jsonschema.Draft202012Validator(schema).is_valid(plain(file.root))
    assert (validate(file, schema) == []) == valid


def test_the_schema_of_facts_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(dict(bundled_schema("facts")))
