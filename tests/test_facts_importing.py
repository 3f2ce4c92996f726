"""Importers and the writer: what comes in comes out as the same facts, and what exists stays as it is."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factlint import yamlfile
from factlint.facts.importing import (
    import_file,
    import_names,
    import_popolo,
    import_table,
    import_wikidata,
    read_json,
    wikidata_items,
)
from factlint.facts.loading import load_facts
from factlint.facts.model import Facts
from factlint.facts.writing import Draft, extend_facts, flow, scalar, write_facts
from factlint.source import InputError
from factlint.times import parse_iso
from factlint.yamlfile import FaultsError


def loaded(tmp_path: Path, draft: Draft) -> Facts:
    path = tmp_path / "imported.yaml"
    path.write_text(write_facts(draft, remark="Imported."), encoding="utf-8")
    return load_facts([path])


def messages(caught: pytest.ExceptionInfo[FaultsError]) -> list[str]:
    return str(caught.value).splitlines()


# Writing


@given(st.text(max_size=12))
def test_any_text_reads_back_as_itself(text: str) -> None:
    text = "".join(character for character in text if character.isprintable() or character in "\n\t\x85\u2028")
    for written in (f"a: {scalar(text)}", f"a: {flow([text])}", f"a: {flow({'k': text})}"):
        value = yamlfile.plain(yamlfile.parse(written).root["a"])
        # A year is a date or a number: both read as the same text in the model.
        found = value[0] if isinstance(value, list) else value["k"] if isinstance(value, dict) else value
        assert str(found) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Ana Kaldor", "Ana Kaldor"),
        ("NO", '"NO"'),
        ("yes", '"yes"'),
        ("12:30", '"12:30"'),
        ("010", '"010"'),
        ("2022-01-09", "2022-01-09"),
        ("2022", '"2022"'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("- a", '"- a"'),
        ("Côte d’Ivoire", "Côte d’Ivoire"),
        ("", '""'),
        (" a", '" a"'),
    ],
)
def test_only_what_could_be_misread_is_quoted(text: str, written: str) -> None:
    assert scalar(text) == written


def test_the_layout_of_a_file() -> None:
    draft = Draft(
        sources={"s": {"title": "S: all", "url": "https://example.org/a"}},
        sections={
            "people": [
                {"name": "Ana", "born": "1950", "roles": [{"title": "Mayor", "of": "Aldby, North", "from": "1999"}]},
                {"name": "Bo"},
            ],
            "organizations": [
                {"name": "Club", "counts": [{"of": "members", "values": [{"value": 3, "from": "2001-02"}]}]}
            ],
        },
    )
    assert write_facts(draft, remark="One\n\nTwo") == (
        "# One\n#\n# Two\nfactlint: 1\n\nsources:\n"
        '  s: {title: "S: all", url: https://example.org/a}\n'
        "\npeople:\n  - name: Ana\n    born: 1950\n    roles:\n"
        '      - {title: Mayor, of: "Aldby, North", from: 1999}\n'
        "  - {name: Bo}\n"
        "\norganizations:\n  - name: Club\n    counts:\n      - of: members\n        values:\n"
        "          - {value: 3, from: 2001-02}\n"
    )


MINE = """\
# My facts
factlint: 1

sources:
  s: {title: S}
# what follows is about people

people:
# the mayor
- name: Ana   # first
  born: 1950
- {name: Bo}

# and the rest
organizations:
  - name: Club
"""


def test_adding_to_a_file_leaves_it_as_it_is() -> None:
    draft = Draft(
        sources={"s": {"title": "Other"}, "t": {"title": "T"}},
        sections={
            "people": [{"name": "Ana", "born": "1951", "died": "2020"}, {"name": "Cy", "roles": [{"title": "Aide"}]}],
            "places": [{"name": "Aldby"}],
        },
    )
    text, notes = extend_facts(MINE, draft, "mine.yaml")
    assert text == MINE.replace("  s: {title: S}\n", "  s: {title: S}\n  t: {title: T}\n").replace(
        "- {name: Bo}\n", "- {name: Bo}\n- name: Cy\n  roles:\n    - {title: Aide}\n"
    ) + "\nplaces:\n  - {name: Aldby}\n"  # fmt: skip
    assert notes == (
        "source s: left as it is",
        "Ana, born: 1950 in line 11, 1951 in the import",
        "Ana, died: 2020 was not added to line 10",
    )
    again, _ = extend_facts(text, draft, "mine.yaml")
    assert again == text


def test_adding_keeps_line_ends_and_refuses_what_it_cannot_add_to() -> None:
    draft = Draft(sections={"people": [{"name": "Cy"}]})
    assert extend_facts("factlint: 1\r\npeople:\r\n", draft)[0] == "factlint: 1\r\npeople:\r\n  - {name: Cy}\r\n"
    with pytest.raises(FaultsError, match=r"f:2:9: write “people” in block style"):
        extend_facts("factlint: 1\npeople: [{name: A}]", draft, "f")
    with pytest.raises(InputError, match="only a facts file in block style"):
        extend_facts('{"factlint": 1}', draft, "f")
    with pytest.raises(FaultsError, match="the key “factlint” is missing"):
        extend_facts("people: []", draft, "f")


# Lists of names and tables


def test_a_list_of_names(tmp_path: Path) -> None:
    draft = import_names("# towns\nAldby | Old  Aldby|Aldby\n\n1984\nAldby\n| x\n", "towns.txt", kind="places")
    facts = loaded(tmp_path, draft)
    assert [(entity.name, entity.aliases) for entity in facts.entities] == [("Aldby", ("Old Aldby",)), ("1984", ())]
    assert draft.notes == ["towns.txt: “Aldby” stands there twice and was taken over once"]


TABLE = """\
Name,Post,Country,Start,End,party,url,count.staff,Also
Ana Kaldor,Minister,Norland,4 March 2020,May 2021,Greens,https://example.org/a,"1,200",A. Kaldor;Annie
Ana Kaldor,Mayor,"Aldby, North | Aldby",2022-02-00,unknown,Greens,https://example.org/a,,
,,,,,,,,
Bo,Judge,,2001-02-03T00:00:00Z,,,,,
"""


def test_a_table(tmp_path: Path) -> None:
    columns = {"role": "Post", "of": "Country", "from": "Start", "until": "End", "aliases": "Also"}
    facts = loaded(tmp_path, import_table(TABLE, "t.csv", kind="people", columns=columns))
    ana, bo = facts.entities
    assert ana.aliases == ("A. Kaldor", "Annie")
    roles = [(str(fact.value), str(fact.holds.since), fact.holds.until_unknown) for fact in facts.of(ana.id, "role")]
    assert roles == [
        ("Minister of Norland", "2020-03-04", False),
        ("Mayor of Aldby, North and Aldby", "2022-02", True),
    ]
    assert [fact.source.url for fact in facts.of(ana.id, "role") if fact.source] == ["https://example.org/a"] * 2
    assert [str(fact.value) for fact in facts.of(ana.id, "party")] == ["Greens"]
    assert len(list(facts.of(ana.id, "count:staff"))) == 1
    assert next(facts.of(bo.id, "role")).holds.since == parse_iso("2001-02-03")


def test_a_table_of_organizations_in_tsv(tmp_path: Path) -> None:
    text = "name\tfounded\tHeadquarters\tnot\ttitle\tsource\nLOP\t1949\tAldby\tLop|LoP\tx\tA book\n"
    (tmp_path / "t.tsv").write_text(text)
    facts = loaded(tmp_path, import_file(tmp_path / "t.tsv", "tsv", kind="organizations"))
    assert facts.entities[0].wrong == ("Lop", "LoP")
    assert {fact.attribute: str(fact.value) for fact in facts.facts} == {
        "founded": "1949", "headquarters": "Aldby", "title": "x",
    }  # fmt: skip
    assert facts.sources[0][0].title == "A book"


def test_events_of_a_table_have_their_days(tmp_path: Path) -> None:
    text = "name,from,until\nLong War,1990,1994\n"
    facts = loaded(tmp_path, import_table(text, "t.csv", kind="events", columns={}))
    assert str(next(facts.facts.__iter__()).value) == "1990-01-01/1994-12-31"


def test_faults_of_a_table_have_their_lines() -> None:
    text = 'name,born,note\n"A\nA",1950,x\nB,03/04/2020,x\n,1950,y\nC,x,y,z\n'
    with pytest.raises(FaultsError) as caught:
        import_table(text, "t.csv", kind="people", columns={})
    assert messages(caught) == [
        "t.csv:4:2: born: “03/04/2020” is not a date such as 2022, 2022-01 or 2022-01-09",
        "t.csv:5:1: the name is missing",
        "t.csv:6:1: the row has 4 cells, the headings are 3",
    ]


@pytest.mark.parametrize(
    ("text", "columns", "message"),
    [
        ("Nam,born\n", {"name": "Name"}, "t.csv:1:1: there is no column “Name”; did you mean “Nam”?"),
        ("Nam,born\n", {}, "t.csv:1:1: say which column holds the name; there are: Nam, born"),
        ("", {}, "t.csv:1:1: there is no line of headings"),
        ("name\n", {"nme": "name"}, "nothing is called “nme”; did you mean “name”?"),
        ('name\n"x" y\n', {}, "t.csv:2:1: this is no table: ',' expected after '\"' in the row that begins here"),
        ('name\nA\n"B\n\n', {}, "t.csv:3:1: this is no table: unexpected end of data in the row that begins here"),
        ("name;url\nA;a b\n", {}, "t.csv:2:2: url: an address has no spaces"),
    ],
)
def test_tables_that_cannot_be_used(text: str, columns: Mapping[str, str], message: str) -> None:
    with pytest.raises(InputError) as caught:
        import_table(text, "t.csv", kind="people", columns=columns)
    assert str(caught.value) == message


def test_tables_with_semicolons_and_what_is_not_taken_over() -> None:
    draft = import_table("name;born;remark;founded\nAna;?;x;1950\n", "t.csv", kind="people", columns={})
    assert draft.sections == {"people": [{"name": "Ana"}]}
    assert draft.notes == [
        "t.csv: the column “remark” was not taken over",
        "t.csv: the column “founded” was not taken over",
        "t.csv:2: an unknown date (born) was left out",
    ]
    assert import_table("name\n", "t.csv", kind="people", columns={}).notes == [
        "t.csv: there is nothing below the headings"
    ]


def test_a_table_of_figures(tmp_path: Path) -> None:
    text = 'name,value,unit,date,about,source\nships,"1,200",ships,2022-01,Aldby|LOP,Gazette\nships,three-fourths,,2021,,\n'
    facts = loaded(tmp_path, import_table(text, "t.csv", kind="figures", columns={}))
    assert [str(fact.value) for fact in facts.facts] == ["1,200 ships", "three-fourths"]
    assert facts.entities[0].involves == ("Aldby", "LOP")
    with pytest.raises(FaultsError) as caught:
        import_table("name,value\nships,many\nboats,\n", "t.csv", kind="figures", columns={})
    assert messages(caught) == ["t.csv:2:2: value: “many” is no number", "t.csv:3:2: the value is missing"]


def test_unknown_formats_and_kinds(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("Ana")
    with pytest.raises(InputError, match="“xml” is no format; known: csv, tsv, popolo, wikidata, names"):
        import_file(tmp_path / "x", "xml")
    with pytest.raises(InputError, match="a file of format names has no figures"):
        import_file(tmp_path / "x", "names", kind="figures")
    with pytest.raises(InputError, match="“persons” is no section"):
        import_file(tmp_path / "x", "names", kind="persons")
    assert import_file(tmp_path / "x", "names").sections == {"people": [{"name": "Ana"}]}


# Popolo


POPOLO: dict[str, Any] = {
    "persons": [
        {
            "id": "1",
            "name": "Ana  Kaldor",
            "other_names": [
                {"name": "Ana Berg", "start_date": "1951", "end_date": "2001-05"},
                {"name": "Annie Kaldor"},
                "x",
                {"name": 3},
            ],
            "birth_date": "1951-03",
            "death_date": "20200",
            "gender": "female",
            "memberships": [{"organization_id": "o", "role": "member", "area_id": "a", "start_date": "2001-02-03"}],
            "sources": [{"note": "Her page", "url": "https://example.org/ana"}],
        },
        {"id": "2", "name": ""},
        "x",
    ],
    "organizations": [
        {"id": "o", "name": "Assembly", "founding_date": "1900", "classification": "legislature"},
        {"id": "p", "name": "Greens"},
        {"id": "q"},
    ],
    "areas": [{"id": "a", "name": "Aldby"}],
    "posts": [{"id": "t", "label": "Speaker", "organization_id": "o"}],
    "memberships": [
        {"person_id": "1", "post_id": "t", "on_behalf_of_id": "p", "start_date": "2005", "end_date": "2006-07"},
        {"person_id": "9", "organization_id": "o"},
        {"person_id": "1", "organization_id": "p"},
    ],
}


def test_popolo(tmp_path: Path) -> None:
    draft = import_popolo(POPOLO, "p.json")
    facts = loaded(tmp_path, draft)
    ana = facts.by_id["people/ana-kaldor"]
    assert ana.aliases == ("Annie Kaldor",)
    assert [(str(fact.value), str(fact.holds.until)) for fact in facts.of(ana.id, "former name")] == [
        ("Ana Berg", "2001-05")
    ]
    assert [(str(fact.value), str(fact.holds.since)) for fact in facts.of(ana.id, "role")] == [
        ("Speaker of Assembly", "2005"),
        ("member of Greens", "None"),
        ("member of Assembly and Aldby", "2001-02-03"),
    ]
    assert [(str(fact.value), str(fact.holds.until)) for fact in facts.of(ana.id, "party")] == [("Greens", "2006-07")]
    assert [str(fact.value) for fact in facts.of(ana.id, "gender")] == ["female"]
    born = next(facts.of(ana.id, "born"))
    assert born.source is not None
    assert born.source.title == "Her page"
    assert [entity.name for entity in facts.entities_of("organization")] == ["Assembly", "Greens"]
    assert sorted(draft.notes) == [
        "1 entries of “persons” are no mappings and were left out",
        "Ana Kaldor: “20200” is not a date such as 2022, 2022-01 or 2022-01-09; left out",
        "a person without a name (2) was left out",
    ]


@pytest.mark.parametrize("data", [[], {}, {"persons": {}}, 3])
def test_what_is_no_popolo(data: object) -> None:
    with pytest.raises(FaultsError, match="this is no Popolo file"):
        import_popolo(data, "p.json")


# Wikidata


def item(code: str) -> dict[str, Any]:
    return {"snaktype": "value", "datavalue": {"value": {"entity-type": "item", "id": code}}}


def time(text: str, precision: int = 11, calendar: str = "Q1985727") -> dict[str, Any]:
    value = {"time": text, "precision": precision, "calendarmodel": f"http://www.wikidata.org/entity/{calendar}"}
    return {"snaktype": "value", "datavalue": {"value": value}}


def plain_value(value: Any) -> dict[str, Any]:
    return {"snaktype": "value", "datavalue": {"value": value}}


def statement(snak: Any, rank: str = "normal", **more: Any) -> dict[str, Any]:
    return {"mainsnak": snak, "rank": rank, **more}


REFERENCE = {
    "snaks": {
        "P248": [item("Q4")],
        "P854": [plain_value("https://example.org/w")],
        "P813": [time("+2024-02-03T00:00:00Z")],
    }
}
ANA: dict[str, Any] = {
    "id": "Q1",
    "labels": {"en": {"language": "en", "value": "Ana Kaldor"}, "de": {"value": "Ana von Kaldor"}},
    "aliases": {"en": [{"value": "A. Kaldor"}, {"value": "Ana Kaldor"}]},
    "claims": {
        "P31": [statement(item("Q5"))],
        "P569": [statement(time("+1950-03-01T00:00:00Z")), statement(time("+1951-00-00T00:00:00Z", 9), "preferred")],
        "P570": [statement(time("+2020-05-06T00:00:00Z"), "deprecated"), statement({"snaktype": "somevalue"})],
        "P39": [
            statement(
                item("Q2"),
                qualifiers={
                    "P580": [time("+2001-05-00T00:00:00Z", 10)],
                    "P582": [{"snaktype": "somevalue"}],
                    "P642": [item("Q3")],
                },
                references=[{"snaks": {}}, REFERENCE],
            ),
            statement(item("Q2"), "deprecated"),
            statement(item("Q98")),
        ],
        "P102": [
            statement(item("Q6"), qualifiers={"P580": [time("+1990-00-00T00:00:00Z", 9)]}),
            statement(item("Q99")),
        ],
        "P463": [statement(item("Q7"))],
        "P1477": [statement(plain_value({"text": "Ana Berg", "language": "en"}))],
    },
}
LEAGUE: dict[str, Any] = {
    "id": "Q7",
    "labels": {"en": {"value": "LOP"}},
    "claims": {
        "P31": [statement(item("Q484652"))],
        "P571": [statement(time("+1949-04-04T00:00:00Z"), references=[REFERENCE])],
        "P576": [statement(time("+1805-10-05T00:00:00Z", 11, "Q1985786"))],
        "P159": [statement(item("Q3"))],
        "P1448": [statement(plain_value({"text": "League of Ports", "language": "en"}))],
        "P1813": [statement(plain_value("League"))],
        "P527": [statement(item("Q3"), qualifiers={"P580": [time("+1999-03-12T00:00:00Z")]})],
        "P2124": [
            statement(
                plain_value({"amount": "+19", "unit": "1"}), qualifiers={"P585": [time("+1999-03-12T00:00:00Z")]}
            ),
            statement(plain_value({"amount": "+9", "unit": "http://x"})),
            statement(plain_value({"amount": "x"})),
        ],
    },
}
NORLAND: dict[str, Any] = {
    "id": "Q3",
    "labels": {"en": {"value": "Norland"}},
    "claims": {
        "P31": [statement(item("Q6256"))],
        "P1549": [statement(plain_value({"text": "Norlandic", "language": "en"}))],
        "P1082": [statement(plain_value({"amount": "+1234.5", "unit": "1"}))],
    },
}
LABELS: list[dict[str, Any]] = [
    {"id": "Q2", "labels": {"en": {"value": "Mayor"}}, "claims": {"P31": [statement(item("Q77"))]}},
    {"id": "Q4", "labels": {"en": {"value": "Gazette"}}},
    {"id": "Q6", "labels": {"en": {"value": "Greens"}}, "claims": {"P31": [statement(item("Q7278"))]}},
    {"id": "P39", "labels": {"en": {"value": "position held"}}, "claims": {"P31": []}},
    {"id": "Q8", "labels": {}, "claims": {"P31": [statement(item("Q5"))]}},
]
ITEMS = [ANA, LEAGUE, NORLAND, *LABELS]


def test_wikidata(tmp_path: Path) -> None:
    draft = import_wikidata(ITEMS, "w.json", kind="people")
    facts = loaded(tmp_path, draft)
    ana = facts.by_id["people/ana-kaldor"]
    assert ana.aliases == ("A. Kaldor", "Ana Berg")
    assert [str(fact.value) for fact in facts.of(ana.id, "born")] == ["1951"]
    assert list(facts.of(ana.id, "died")) == []
    mayor, member = facts.of(ana.id, "role")
    assert str(mayor.value) == "Mayor of Norland"
    assert (str(mayor.holds.since), mayor.holds.until_unknown) == ("2001-05", True)
    assert mayor.source is not None
    assert (mayor.source.title, mayor.source.url, mayor.source.checked) == (
        "Gazette", "https://example.org/w", "2024-02-03",
    )  # fmt: skip
    assert str(member.value) == "member of LOP"
    assert [(str(fact.value), str(fact.holds.since)) for fact in facts.of(ana.id, "party")] == [("Greens", "1990")]
    league = facts.by_id["organizations/lop"]
    assert (league.full_name, league.aliases) == ("League of Ports", ("League", "League of Ports"))
    assert {fact.attribute: str(fact.value) for fact in facts.by_subject[league.id] if fact.attribute[:5] != "count"} == {
        "founded": "1949-04-04", "dissolved": "1805", "headquarters": "Norland", "member": "Norland",
    }  # fmt: skip
    typed = next(fact for fact in facts.of(league.id, "count:members"))
    assert (typed.holds.since, typed.holds.until) == (parse_iso("1999-03-12"), parse_iso("1999-03-12"))
    assert [entity.name for entity in facts.entities_of("place")] == ["Norland"]
    assert [str(fact.value) for fact in facts.saying("demonym")] == ["Norlandic"]
    assert [entity.name for entity in facts.entities_of("organization")] == ["LOP", "Greens"]
    assert draft.notes == [
        "LOP: of a Julian date (1805-10-05) only the year was taken over",
        "Q8: no label in “en”; left out",
        "no label in the file for 2 of the items it refers to, left out: Q98, Q99",
    ]


def test_another_language(tmp_path: Path) -> None:
    draft = import_wikidata([ANA], "w.json", kind="people", language="de")
    assert [person["name"] for person in draft.sections["people"]] == ["Ana von Kaldor"]


@pytest.mark.parametrize(
    ("snak", "note"),
    [
        (time("-0044-03-15T00:00:00Z"), "the date -0044-03-15T00:00:00Z cannot be written down; left out"),
        (time("+0044-03-15T00:00:00Z"), "the year 44 cannot be written down; left out"),
        (time("+1900-00-00T00:00:00Z", 7), "the date +1900-00-00T00:00:00Z cannot be written down; left out"),
        (time("+1900-02-31T00:00:00Z"), "there is no day 1900-02-31; left out"),
    ],
)
def test_dates_that_cannot_be_taken_over_are_told(snak: Any, note: str) -> None:
    person = {**ANA, "claims": {"P31": [statement(item("Q5"))], "P569": [statement(snak)]}}
    draft = import_wikidata([person], "w.json", kind="people")
    assert draft.sections["people"] == [{"name": "Ana Kaldor", "aliases": ["A. Kaldor"]}]
    assert draft.notes == [f"Ana Kaldor: {note}"]


def test_a_decade(tmp_path: Path) -> None:
    person = {**ANA, "claims": {"P569": [statement(time("+1950-00-00T00:00:00Z", 8))]}}
    facts = loaded(tmp_path, import_wikidata([person], "w.json", kind="people"))
    assert str(next(facts.of("people/ana-kaldor", "born")).value) == "1950-01-01/1959-12-31"


def test_the_shapes_of_a_wikidata_file() -> None:
    entities = {"entities": {found["id"]: found for found in ITEMS}}
    for text in (
        json.dumps(entities),
        json.dumps(entities, indent=1),
        json.dumps(ITEMS),
        json.dumps(ITEMS, indent=1),
        "[\n" + ",\n".join(json.dumps(found) for found in ITEMS) + "\n]\n",
        "\n".join(json.dumps(found) for found in ITEMS) + "\n",
    ):
        assert [found["id"] for found in wikidata_items(text, "w.json")] == [found["id"] for found in ITEMS]
    assert [found["id"] for found in wikidata_items(json.dumps(ANA, indent=2), "w.json")] == ["Q1"]
    for text in ("{}", "3", '{"entities": []}', "{}\n{}"):
        with pytest.raises(FaultsError):
            wikidata_items(text, "w.json")


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.999])
def test_a_wikidata_file_cut_in_the_middle(indent: int | None, part: float) -> None:
    text = json.dumps({"entities": {found["id"]: found for found in ITEMS}}, indent=indent)
    with pytest.raises(FaultsError) as caught:
        wikidata_items(text[: int(len(text) * part)], "w.json")
    (line,) = messages(caught)
    assert line.startswith("w.json:")
    assert line.endswith("this is not JSON: the file ends in the middle of a value")


@pytest.mark.parametrize("cut", [1, 3, 40])
def test_a_dump_cut_in_the_middle(cut: int) -> None:
    text = "[\n" + ",\n".join(json.dumps(found) for found in ITEMS) + "\n]\n"
    with pytest.raises(
        FaultsError, match=r"w\.json:\d+:\d+: this is not JSON: the file ends in the middle of a (value|list)"
    ):
        wikidata_items(text.rstrip()[: -cut - 1], "w.json")


def test_json_that_is_none() -> None:
    with pytest.raises(FaultsError, match=r"x:1:1: this is not JSON: “x” cannot begin a value"):
        read_json("x", "x")
    with pytest.raises(FaultsError, match="nested deeper than 100 levels"):
        read_json("[" * 100_000, "x.json")
    with pytest.raises(FaultsError, match="this is not JSON"):
        read_json('{"a": Infinity, }', "x.json")


ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=4), st.just([]), st.just({}),
    st.sampled_from(["unknown", "+2020-13-01T00:00:00Z", "\x00", "a: b #c", [["x"]], {"value": 5}, {"id": None}]),
)  # fmt: skip


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The place of everything inside of a value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        yield (*path, key)
        yield from _places(item, (*path, key))


@given(st.data())
def test_whatever_stands_in_a_file_is_refused_or_becomes_a_facts_file(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(["popolo", "wikidata"]))
    value: Any = copy.deepcopy(POPOLO if form == "popolo" else ITEMS)
    for _ in range(data.draw(st.integers(1, 3))):
        *path, last = data.draw(st.sampled_from(list(_places(value))))
        owner = value
        for key in path:
            owner = owner[key]
        owner[last] = copy.deepcopy(data.draw(ANYTHING))  # what is drawn may be drawn again
    try:
        if form == "popolo":
            draft = import_popolo(value, "f")
        else:
            draft = import_wikidata(wikidata_items(json.dumps(value), "f"), "f", kind="people")
    except InputError:
        return
    text = write_facts(draft)
    assert yamlfile.validate(yamlfile.parse(text), yamlfile.bundled_schema("facts")) == []
    text.encode("utf-8")


def test_the_same_input_gives_the_same_text() -> None:
    assert write_facts(import_wikidata(ITEMS, "w", kind="people")) == write_facts(
        import_wikidata(ITEMS, "w", kind="people")
    )
    assert write_facts(import_popolo(POPOLO, "p")) == write_facts(import_popolo(POPOLO, "p"))
