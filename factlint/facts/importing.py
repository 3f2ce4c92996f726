"""Facts from other people's files: tables, Popolo, Wikidata, lists of names; each as a draft of a facts file.

What a file says is taken over as it says it: dates keep their precision, nothing is guessed, and what cannot be taken
over is told in the draft's notes.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from factlint import yamlfile
from factlint.facts.records import KINDS, slug
from factlint.facts.writing import Draft
from factlint.facts.written import UNKNOWN, parse_date
from factlint.numbers import parse_quantity
from factlint.source import InputError
from factlint.yamlfile import Fault, FaultsError

MAX_BYTES = 400_000_000

# Columns of a table that stand for one value of an entity, for a list of names, and for a part of a role.
_ONE = ("full_name", "born", "died", "founded", "dissolved", "country", "capital_of", "headquarters", "date", "place")
_MANY = ("aliases", "not", "demonyms", "distinct_from", "regions", "about", "near")
_FIGURE = ("value", "unit")
_ROLE = ("title", "of", "from", "until")
_DATES = frozenset({"born", "died", "founded", "dissolved", "date", "from", "until", "checked"})
_SEPARATOR = re.compile(r"\s*[|;]\s*")
_NAMES = ("aliases", "not", "distinct_from")
# What a section takes of these; anything else in a column of its own is told.
_ALLOWED: Mapping[str, frozenset[str]] = {
    "people": frozenset({*_NAMES, "born", "died", *_ROLE}),
    "organizations": frozenset(
        {*_NAMES, "full_name", "founded", "dissolved", "headquarters", "country", "regions", "from", "until"}
    ),
    "places": frozenset({*_NAMES, "full_name", "country", "capital_of", "demonyms", "from", "until"}),
    "events": frozenset({*_NAMES, "date", "place", "from", "until"}),
    "works": frozenset({*_NAMES, "full_name", "date", "author"}),
    "figures": frozenset({"aliases", "about", "near", *_FIGURE, "date", "from", "until"}),
}


def import_file(
    path: str | Path,
    format: str,
    *,
    kind: str = "people",
    columns: Mapping[str, str] | None = None,
    language: str = "en",
) -> Draft:
    """Read a file of a format (csv, tsv, popolo, wikidata, names) into a draft.

    `kind` is the section for tables and lists of names, and for Wikidata items that do not say what they are.
    `columns` are the columns of a table by what they hold. FaultsError names the file, line and column of what is
    wrong.
    """
    if kind not in KINDS:
        raise InputError(f"“{kind}” is no section; known: {', '.join(KINDS)}")
    text = yamlfile.decode(yamlfile.read_bytes(path, max_bytes=MAX_BYTES), str(path))
    name = str(path)
    if format in ("csv", "tsv"):
        return import_table(text, name, kind=kind, columns=columns or {}, delimiter="," if format == "csv" else "\t")
    if kind == "figures":
        raise InputError(f"a file of format {format} has no figures; they are read from tables")
    if format == "names":
        return import_names(text, name, kind=kind)
    if format == "popolo":
        return import_popolo(read_json(text, name), name)
    if format == "wikidata":
        return import_wikidata(wikidata_items(text, name), name, kind=kind, language=language)
    raise InputError(f"“{format}” is no format; known: csv, tsv, popolo, wikidata, names")


def read_json(text: str, path: str) -> Any:
    """The value of a JSON text; a FaultsError says where it breaks off or breaks the rules."""
    import json

    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        named = path if path.endswith(".json") else path + ".json"
        try:
            yamlfile.parse(text, named)
        except FaultsError as error:
            raise FaultsError(Fault(path, fault.line, fault.column, fault.message) for fault in error.faults) from None
        raise FaultsError([Fault(path, 1, 1, "this is not JSON")]) from None


# Lists of names


def import_names(text: str, path: str, *, kind: str) -> Draft:
    """A name a line; aliases after it behind `|`; lines that begin with # are comments."""
    draft = Draft()
    entities: dict[str, dict[str, Any]] = {}
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, *aliases = [" ".join(part.split()) for part in line.split("|")]
        if not name:
            continue
        if name in entities:
            draft.notes.append(f"{path}: “{name}” stands there twice and was taken over once")
        entity = entities.setdefault(name, {"name": name})
        _add_names(entity, "aliases", aliases)
    if not entities:
        draft.notes.append(f"{path}: there are no names")
    draft.sections[kind] = list(entities.values())
    return draft


def _add_names(entity: dict[str, Any], key: str, names: Iterable[str]) -> None:
    known = entity.get(key, [])
    fresh = [name for name in dict.fromkeys(names) if name and name != entity["name"] and name not in known]
    if fresh:
        entity[key] = [*known, *fresh]


# Tables


def import_table(text: str, path: str, *, kind: str, columns: Mapping[str, str], delimiter: str = ",") -> Draft:
    """A table with a line of headings. Rows with one name (and date of birth) are one entity.

    `columns` say in which column what is found: name, aliases, not, born, died, title, of, from, until, full_name,
    founded, dissolved, country, capital_of, headquarters, demonyms, date, place, source, url, checked, party or any
    other attribute as `attributes.NAME`, counts as `count.WHAT`. Columns whose heading is such a word need not be
    named. Several values in one cell are parted by | or ;.
    """
    heading_line = text.lstrip("\r\n").partition("\n")[0]
    if delimiter == "," and "," not in heading_line and ";" in heading_line:
        delimiter = ";"  # as spreadsheets write it where the comma is the decimal mark
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    try:
        line = 1
        for row in reader:
            rows.append(row)
            lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise FaultsError([Fault(path, line, 1, f"this is no table: {error} in the row that begins here")]) from None
    while rows and not any(rows[0]):
        del rows[0], lines[0]
    if not rows:
        raise FaultsError([Fault(path, 1, 1, "there is no line of headings")])
    headings = [heading.strip() for heading in rows[0]]
    places = _columns(headings, columns, path)
    faults: list[Fault] = []
    draft = Draft()
    draft.notes.extend(_not_taken(headings, places, kind, path))
    entities: dict[tuple[str, str], dict[str, Any]] = {}
    for number, row in enumerate(rows[1:], 1):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(headings):
            message = f"the row has {len(row)} cells, the headings are {len(headings)}"
            faults.append(Fault(path, lines[number], 1, message))
            continue
        cells = {what: " ".join(row[at].split()) for what, at in places.items() if at < len(row) and row[at].strip()}
        for what in _DATES.intersection(cells):
            try:
                cells[what] = _date(cells[what])
            except ValueError as error:
                faults.append(Fault(path, lines[number], places[what] + 1, f"{what}: {error}"))
            if cells[what] == UNKNOWN and what not in ("from", "until"):
                del cells[what]
                draft.notes.append(f"{path}:{lines[number]}: an unknown date ({what}) was left out")
        if "name" not in cells:
            faults.append(Fault(path, lines[number], places["name"] + 1, "the name is missing"))
            continue
        if kind == "figures" and (told := _figure_fault(cells)):
            faults.append(Fault(path, lines[number], places.get("value", 0) + 1, told))
            continue
        if re.search(r"\s", row[places["url"]].strip() if 0 <= places.get("url", -1) < len(row) else ""):
            faults.append(Fault(path, lines[number], places["url"] + 1, "url: an address has no spaces"))
            continue
        _add_row(entities, cells, kind, draft)
    if faults:
        raise FaultsError(faults)
    if not entities:
        draft.notes.append(f"{path}: there is nothing below the headings")
    draft.sections[kind] = list(entities.values())
    return draft


def _not_taken(headings: Sequence[str], places: Mapping[str, int], kind: str, path: str) -> Iterator[str]:
    """What is told of the columns that a section has no use for."""
    general = ("name", "source", "url", "checked", "party", "title", "of")
    for at, heading in enumerate(headings):
        what = next((what for what, place in places.items() if place == at), None)
        used = what is not None and (what in general or what in _ALLOWED[kind] or "." in what)
        if heading and not used:
            yield f"{path}: the column “{heading}” was not taken over"


def _figure_fault(cells: Mapping[str, str]) -> str:
    """What is wrong with the value of a figure; empty if nothing is."""
    if "value" not in cells:
        return "the value is missing"
    try:
        parse_quantity(_number(cells["value"]), cells.get("unit", ""))
    except (ValueError, TypeError, ArithmeticError) as error:
        return f"value: {error}"
    return ""


def _number(text: str) -> int | str:
    """A whole number of a table as such, with or without commas or spaces; anything else as it is."""
    digits = text.replace(",", "").replace(" ", "")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 300 else text


def _columns(headings: Sequence[str], columns: Mapping[str, str], path: str) -> dict[str, int]:
    """The number of the column for each thing that is looked for."""
    known = {*_ONE, *_MANY, *_ROLE, *_FIGURE, "name", "role", "source", "url", "checked", "party", "author"}
    places: dict[str, int] = {}
    for what, heading in columns.items():
        if what not in known and not what.startswith(("attributes.", "count.")):
            near = yamlfile.nearest(what, known)
            raise InputError(f"nothing is called “{what}”" + (f"; did you mean “{near}”?" if near else ""))
        if heading not in headings:
            near = yamlfile.nearest(heading, headings)
            message = f"there is no column “{heading}”; "
            message += f"did you mean “{near}”?" if near else f"there are: {', '.join(headings)}"
            raise FaultsError([Fault(path, 1, 1, message)])
        places["title" if what == "role" else what] = headings.index(heading)
    for at, heading in enumerate(headings):
        what = heading.casefold().replace(" ", "_")
        what = "title" if what == "role" else what
        if (what in known or what.startswith(("attributes.", "count."))) and at not in places.values():
            places.setdefault(what, at)
    if "name" not in places:
        raise FaultsError([Fault(path, 1, 1, f"say which column holds the name; there are: {', '.join(headings)}")])
    return places


def _add_row(
    entities: dict[tuple[str, str], dict[str, Any]], cells: Mapping[str, str], kind: str, draft: Draft
) -> None:
    name = cells["name"]
    entity = entities.setdefault((name, cells.get("born", "")), {"name": name})
    if kind == "figures":
        entity = entities.setdefault((name, str(len(entities))), {"name": name}) if "value" in entity else entity
        entity["value"] = _number(cells["value"])
        entity.update({key: cells[key] for key in ("unit", "date") if key in cells})
    for what in _MANY:
        if what in cells and what in _ALLOWED[kind]:
            _add_names(entity, what, _SEPARATOR.split(cells[what]))
    for what in (*_ONE, "author"):
        if what in cells and what in _ALLOWED[kind]:
            entity.setdefault(what, cells[what])
    source = _source_of_row(cells, draft)
    bounds = {key: cells[key] for key in ("from", "until") if key in cells}
    if "title" in cells and kind == "people":
        of = _SEPARATOR.split(cells["of"]) if "of" in cells else []
        role = {"title": cells["title"], **({"of": of[0] if len(of) == 1 else of} if of else {}), **bounds, **source}
        if role not in entity.setdefault("roles", []):
            entity["roles"].append(role)
    elif kind in ("events", "figures"):
        entity.update(bounds if "date" not in entity else {})
    if source and not ("title" in cells and kind == "people"):
        entity.setdefault("source", source["source"])
    if kind == "figures":
        return
    for what, value in cells.items():
        if what == "party" or what.startswith("attributes."):
            entity.setdefault("attributes", {}).setdefault(what.removeprefix("attributes."), value)
        elif what.startswith("count."):
            counts = entity.setdefault("counts", [])
            of_what = what.removeprefix("count.")
            count = next((item for item in counts if item["of"] == of_what), None)
            if count is None:
                count = {"of": of_what, "values": []}
                counts.append(count)
            count["values"].append({"value": _number(value), **bounds, **source})
    if "title" not in cells or kind != "people":
        for what in ("title", "of"):
            if what in cells and what not in _ALLOWED[kind]:
                entity.setdefault("attributes", {}).setdefault(what, cells[what])


def _source_of_row(cells: Mapping[str, str], draft: Draft) -> dict[str, str]:
    """The source of a row, added to the draft's, as the key that facts cite it by."""
    told = {"title": cells.get("source", ""), "url": cells.get("url", ""), "checked": cells.get("checked", "")}
    told = {key: value for key, value in told.items() if value}
    if not told.get("title") and not told.get("url"):
        return {}
    return {"source": _source_key(draft, told)}


def _source_key(draft: Draft, told: Mapping[str, str]) -> str:
    """The key of a source, which is added if it is new."""
    for key, known in draft.sources.items():
        if known == told:
            return key
    base = slug(told.get("title") or re.sub(r"^[a-z]+://(www\.)?", "", told.get("url", "")))[:40].strip("-") or "source"
    key, number = base, 1
    while key in draft.sources:
        number += 1
        key = f"{base}-{number}"
    draft.sources[key] = dict(told)
    return key


_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"), 1
    )
    for name in names.split()
}  # fmt: skip
_DAY_FIRST = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)? ([A-Za-z]+)\.?,? ([0-9]{4})")
_MONTH_FIRST = re.compile(r"([A-Za-z]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
_MONTH_ONLY = re.compile(r"([A-Za-z]+)\.?,? ([0-9]{4})")


def _date(text: str) -> str:
    """A date of a table as a facts file has it; ValueError for anything that can be read in two ways."""
    text = text.strip()
    if text.casefold() in (UNKNOWN, "?"):
        return UNKNOWN
    text = re.sub(r"[T ]00:00(:00(\.0+)?)?(Z|[+-]00:00)?$", "", text)
    day = month = year = ""
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(text):
        month, day, year = found.groups()
    elif found := _MONTH_ONLY.fullmatch(text):
        month, year = found.groups()
    if month and month.casefold() in _MONTHS:
        text = f"{year}-{_MONTHS[month.casefold()]:02}" + (f"-{int(day):02}" if day else "")
    text = re.sub(r"-00(-00)?$", "", text)
    parse_date(text)
    return text


# Popolo


def import_popolo(data: Any, path: str) -> Draft:
    """People and organizations of a Popolo file with their memberships as roles, or as members of organizations."""
    if not isinstance(data, dict) or not isinstance(data.get("persons", data.get("organizations")), list):
        raise FaultsError([Fault(path, 1, 1, "this is no Popolo file: it has no list “persons” or “organizations”")])
    draft = Draft()
    parts = {key: _records(data, key, path, draft) for key in ("persons", "organizations", "memberships", "posts")}
    parts["areas"] = _records(data, "areas", path, draft)
    names = {str(item["id"]): item for items in parts.values() for item in items if "id" in item}
    people = {str(item.get("id", number)): item for number, item in enumerate(parts["persons"])}
    memberships = list(parts["memberships"])
    for key, person in people.items():
        for membership in _list(person.get("memberships")):
            if isinstance(membership, dict):
                memberships.append({**membership, "person_id": key})
    entities: dict[str, dict[str, Any]] = {}
    for key, person in people.items():
        entity = _popolo_names(person, draft)
        if entity is None:
            draft.notes.append(f"a person without a name ({key}) was left out")
            continue
        entities[key] = entity
        _popolo_dates(entity, person, {"born": "birth_date", "died": "death_date"}, draft)
        if gender := _tidy(person.get("gender")):
            entity["attributes"] = {"gender": gender}
        _popolo_source(entity, person, draft)
    organizations: list[dict[str, Any]] = []
    for organization in parts["organizations"]:
        entity = _popolo_names(organization, draft)
        if entity is None:
            continue
        _popolo_dates(entity, organization, {"founded": "founding_date", "dissolved": "dissolution_date"}, draft)
        if classification := _tidy(organization.get("classification")):
            entity["attributes"] = {"classification": classification}
        _popolo_source(entity, organization, draft)
        organizations.append(entity)
    for membership in memberships:
        _popolo_membership(membership, names, entities, draft)
    draft.sections["people"] = list(entities.values())
    draft.sections["organizations"] = organizations
    return draft


def _records(data: Mapping[str, Any], key: str, path: str, draft: Draft) -> list[dict[str, Any]]:
    found = data.get(key) or []
    if not isinstance(found, list):
        raise FaultsError([Fault(path, 1, 1, f"“{key}” is no list")])
    records = [item for item in found if isinstance(item, dict)]
    if len(records) < len(found):
        draft.notes.append(f"{len(found) - len(records)} entries of “{key}” are no mappings and were left out")
    return records


def _tidy(value: Any) -> str:
    """A text of a file that may hold anything, without spaces too many; empty where there is none."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    """A list of a file that may hold anything; nothing where there is none."""
    return value if isinstance(value, list) else []


def _popolo_names(item: Mapping[str, Any], draft: Draft) -> dict[str, Any] | None:
    name = item.get("name")
    if not isinstance(name, str) or not name.strip():
        return None
    entity: dict[str, Any] = {"name": " ".join(name.split())}
    former = []
    for other in _list(item.get("other_names")):
        if not isinstance(other, dict) or not isinstance(other.get("name"), str):
            continue
        text = " ".join(other["name"].split())
        until = _popolo_date(other.get("end_date"), entity["name"], draft)
        if until and text and text != entity["name"]:
            since = _popolo_date(other.get("start_date"), entity["name"], draft)
            former.append({"name": text, **({"from": since} if since else {}), "until": until})
        else:
            _add_names(entity, "aliases", [text])
    if former:
        entity["former"] = former
    return entity


def _popolo_date(value: Any, name: str, draft: Draft) -> str:
    if value in (None, ""):
        return ""
    try:
        return _date(str(value))
    except ValueError as error:
        draft.notes.append(f"{name}: {error}; left out")
        return ""


def _popolo_dates(entity: dict[str, Any], item: Mapping[str, Any], keys: Mapping[str, str], draft: Draft) -> None:
    for key, theirs in keys.items():
        found = _popolo_date(item.get(theirs), entity["name"], draft)
        if found == UNKNOWN:
            draft.notes.append(f"{entity['name']}: an unknown date ({key}) was left out")
        elif found:
            entity[key] = found


def _popolo_source(entity: dict[str, Any], item: Mapping[str, Any], draft: Draft) -> None:
    for source in _list(item.get("sources")):
        if isinstance(source, dict) and isinstance(source.get("url"), str) and source["url"].strip():
            if re.search(r"\s", source["url"].strip()):
                draft.notes.append(f"{entity['name']}: “{source['url']}” is no address; left out")
                continue
            told = {"url": source["url"].strip()}
            if title := _tidy(source.get("note")):
                told = {"title": title, **told}
            entity["source"] = _source_key(draft, told)
            return


def _popolo_membership(
    membership: Mapping[str, Any],
    names: Mapping[str, Mapping[str, Any]],
    entities: Mapping[str, dict[str, Any]],
    draft: Draft,
) -> None:
    entity = entities.get(str(membership.get("person_id")))
    if entity is None:
        return

    def name_of(key: str) -> str:
        found = names.get(str(membership.get(key)), {})
        return _tidy(found.get("name")) or _tidy(found.get("label"))

    post = names.get(str(membership.get("post_id")), {})
    bounds = {}
    for key, theirs in (("from", "start_date"), ("until", "end_date")):
        if found := _popolo_date(membership.get(theirs), entity["name"], draft):
            bounds[key] = found
    told = (membership.get("role"), post.get("role"), post.get("label"), membership.get("label"))
    title = next((text for text in map(_tidy, told) if text), "")
    of = name_of("organization_id") or _tidy(names.get(str(post.get("organization_id")), {}).get("name"))
    bodies = [body for body in (of, name_of("area_id")) if body]
    if title or of:
        role: dict[str, Any] = {"title": title or "member"}
        if bodies:
            role["of"] = bodies[0] if len(bodies) == 1 else bodies
        entity.setdefault("roles", []).append({**role, **bounds})
    if party := name_of("on_behalf_of_id"):
        values = entity.setdefault("attributes", {}).setdefault("party", [])
        if {"value": party, **bounds} not in values:
            values.append({"value": party, **bounds})


# Wikidata

# Properties with one value each, with values for a time, and those that name something; as (key, property).
_INSTANCE_OF = "P31"
_SECTION_OF: Mapping[str, str] = {
    **dict.fromkeys(("Q5",), "people"),
    **dict.fromkeys(("Q6256", "Q3624078", "Q515", "Q5119"), "places"),
    **dict.fromkeys(("Q43229", "Q484652", "Q245065", "Q4830453", "Q6881511", "Q7278", "Q3918"), "organizations"),
    **dict.fromkeys(("Q571", "Q7725634", "Q11424", "Q131569"), "works"),
    **dict.fromkeys(("Q1656682", "Q198", "Q178561", "Q40231"), "events"),
}
_DATE_PROPERTIES: Mapping[str, Mapping[str, str]] = {
    "people": {"born": "P569", "died": "P570"},
    "organizations": {"founded": "P571", "dissolved": "P576"},
    "events": {"date": "P585", "from": "P580", "until": "P582"},
    "works": {"date": "P577"},
    "places": {},
    "figures": {},
}
_NAME_PROPERTIES: Mapping[str, Mapping[str, str]] = {
    "people": {"nationality": "P27"},
    "organizations": {"headquarters": "P159", "country": "P17"},
    "places": {"country": "P17", "capital_of": "P1376", "capital": "P36"},
    "events": {"place": "P276"},
    "works": {"author": "P50"},
    "figures": {},
}
_ATTRIBUTES: Mapping[str, Mapping[str, str]] = {
    "people": {"party": "P102", "birthplace": "P19", "employer": "P108", "occupation": "P106"},
    "organizations": {},
    "places": {},
    "events": {},
    "works": {"publisher": "P123"},
    "figures": {},
}
_COUNTS = {"members": "P2124", "inhabitants": "P1082", "employees": "P1128"}
_POSITION, _MEMBER_OF, _HAS_MEMBER = "P39", "P463", "P527"
_FROM, _UNTIL, _ON, _OF, _JURISDICTION = "P580", "P582", "P585", "P642", "P1001"
_NAMED_AS, _SHORT_NAME, _BIRTH_NAME, _OFFICIAL_NAME, _DEMONYM = "P1810", "P1813", "P1477", "P1448", "P1549"
_REFERENCE_URL, _STATED_IN, _RETRIEVED, _TITLE = "P854", "P248", "P813", "P1476"


def wikidata_items(text: str, path: str) -> list[dict[str, Any]]:
    """The entities of a Wikidata file: `{"entities": …}`, one entity, a list of them, or one a line as in a dump."""
    stripped = text.lstrip("\ufeff \t\r\n")
    if "\n" in stripped.rstrip() and stripped.startswith(("{", "[\n", "[\r\n")):
        items = _lines_of_items(text, path)
        if items is not None:
            return items
    data = read_json(text, path)
    if isinstance(data, dict) and isinstance(data.get("entities"), dict):
        found = list(data["entities"].values())
    elif isinstance(data, dict) and ("labels" in data or "claims" in data):
        found = [data]
    elif isinstance(data, list):
        found = data
    else:
        raise FaultsError([Fault(path, 1, 1, "this is no Wikidata file: it has no “entities”, “labels” or “claims”")])
    return [item for item in found if isinstance(item, dict)]


def _lines_of_items(text: str, path: str) -> list[dict[str, Any]] | None:
    """The entities of a dump with one on each line; None if it is no such file."""
    import json

    items: list[dict[str, Any]] = []
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip().strip("\ufeff").rstrip(",")
        if line in ("", "[", "]"):
            continue
        if not line.startswith("{"):
            return None
        try:
            item = json.loads(line)
        except ValueError as error:
            if not items:
                return None  # an entity over several lines
            column = getattr(error, "colno", 1)
            message = "this is not JSON: the file ends in the middle of a value" if _ends(error, line) else str(error)
            raise FaultsError([Fault(path, number, column, message)]) from None
        if not isinstance(item, dict) or not ({"labels", "claims"} & item.keys()):
            return None
        items.append(item)
    if items and text.lstrip("\ufeff \t\r\n").startswith("[") and not text.rstrip().endswith("]"):
        line_count = text.count("\n") + 1
        raise FaultsError([Fault(path, line_count, 1, "this is not JSON: the file ends in the middle of a list")])
    return items


def _ends(error: ValueError, line: str) -> bool:
    return "Unterminated" in str(error) or getattr(error, "pos", 0) >= len(line)


def import_wikidata(items: Sequence[Mapping[str, Any]], path: str, *, kind: str, language: str = "en") -> Draft:
    """Items of Wikidata: labels, aliases, dates, positions, parties, counts and more, with qualifiers and references.

    Deprecated statements are left out; where some are preferred, single values are taken from those. An item is named
    by its label in `language`; what refers to an item without one in the file is left out and told.
    """
    draft = Draft()
    labels = {str(item.get("id")): label for item in items if (label := _label(item, language))}
    reader = _Wikidata(draft, labels, language)
    some_claims = any(item.get("claims") for item in items)
    for item in items:
        name = _label(item, language)
        if not name:
            draft.notes.append(f"{item.get('id', 'an item')}: no label in “{language}”; left out")
            continue
        if str(item.get("id", "")).startswith("P"):
            continue
        kinds = reader.item_ids(item, _INSTANCE_OF)
        section = next((_SECTION_OF[found] for found in kinds if found in _SECTION_OF), "")
        if not section and ((kinds and kind == "people") or (some_claims and not item.get("claims"))):
            continue  # an office or a place that is only there to give its label
        section = section or kind
        draft.sections.setdefault(section, []).append(reader.entity(item, name, section))
    if reader.unnamed:
        shown = ", ".join(sorted(reader.unnamed)[:8]) + (" …" if len(reader.unnamed) > 8 else "")
        count = len(reader.unnamed)
        draft.notes.append(f"no label in the file for {count} of the items it refers to, left out: {shown}")
    return draft


def _label(item: Mapping[str, Any], language: str) -> str:
    labels = item.get("labels")
    if not isinstance(labels, dict):
        return ""
    for key in (language, "mul"):
        found = labels.get(key)
        text = found.get("value") if isinstance(found, dict) else found
        if isinstance(text, str) and text.strip():
            return " ".join(text.split())
    return ""


class _Wikidata:
    """Reads items with the labels of all items of the file at hand."""

    def __init__(self, draft: Draft, labels: Mapping[str, str], language: str) -> None:
        self.draft = draft
        self.labels = labels
        self.language = language
        self.unnamed: set[str] = set()
        self.name = ""

    def entity(self, item: Mapping[str, Any], name: str, section: str) -> dict[str, Any]:
        self.name = name
        entity: dict[str, Any] = {"name": name}
        aliases = item.get("aliases")
        known = _list(aliases.get(self.language)) if isinstance(aliases, dict) else []
        texts = [alias.get("value") if isinstance(alias, dict) else alias for alias in known]
        _add_names(entity, "aliases", [" ".join(text.split()) for text in texts if isinstance(text, str)])
        for key in (_SHORT_NAME, _BIRTH_NAME):
            _add_names(entity, "aliases", self.texts(item, key))
        official = self.texts(item, _OFFICIAL_NAME) if section in ("organizations", "places") else []
        if official and official[0] != name:
            entity["full_name"] = official[0]
            if official[0] in entity.get("aliases", []):
                entity["aliases"].remove(official[0])
        for key, code in _DATE_PROPERTIES[section].items():
            for statement in self.best(item, code)[:1]:
                value = self.date(statement.get("mainsnak"))
                if value and value != UNKNOWN:
                    # A reference of these stands for the whole entity: the format gives single dates no source.
                    entity[key] = value
                    if source := self.source(statement):
                        entity.setdefault("source", source)
        for key, code in _NAME_PROPERTIES[section].items():
            items = (self.item(statement.get("mainsnak")) for statement in self.best(item, code))
            if found := list(dict.fromkeys(filter(None, items))):
                entity[key] = found[0] if len(found) == 1 else found
        if section == "places" and (demonyms := self.texts(item, _DEMONYM)):
            entity["demonyms"] = list(dict.fromkeys(demonyms))
        if section == "people" and (roles := list(self.roles(item))):
            entity["roles"] = roles
        if section == "organizations" and (members := list(self.timed(item, _HAS_MEMBER, "name", self.item))):
            entity["members"] = members
        for key, code in _ATTRIBUTES[section].items():
            if values := list(self.timed(item, code, "value", self.item)):
                plain = all(value.keys() == {"value"} for value in values)
                only = values[0]["value"] if plain and len(values) == 1 else values
                entity.setdefault("attributes", {})[key] = only
        counts = []
        for what, code in _COUNTS.items():
            if values := list(self.timed(item, code, "value", self.quantity)):
                values.sort(key=lambda value: str(value.get("from", "")))
                counts.append({"of": what, "values": values})
        if counts:
            entity["counts"] = counts
        return _ordered(entity)

    # Statements

    def statements(self, item: Mapping[str, Any], code: str) -> list[dict[str, Any]]:
        claims = item.get("claims")
        found = claims.get(code) if isinstance(claims, dict) else None
        statements = found if isinstance(found, list) else []
        return [s for s in statements if isinstance(s, dict) and s.get("rank") != "deprecated"]

    def best(self, item: Mapping[str, Any], code: str) -> list[dict[str, Any]]:
        """The preferred statements if there are any, else all that are not deprecated."""
        statements = self.statements(item, code)
        return [s for s in statements if s.get("rank") == "preferred"] or statements

    def item_ids(self, item: Mapping[str, Any], code: str) -> list[str]:
        return [found for s in self.statements(item, code) if (found := _item_id(s.get("mainsnak")))]

    def item(self, snak: Any) -> str:
        """The label of the item that a snak names; empty and remembered if the file has none."""
        found = _item_id(snak)
        if not found:
            return ""
        if found not in self.labels:
            self.unnamed.add(found)
        return self.labels.get(found, "")

    def texts(self, item: Mapping[str, Any], code: str) -> list[str]:
        """Texts of a property in the wanted language."""
        found = []
        for statement in self.best(item, code):
            value = _value(statement.get("mainsnak"))
            if isinstance(value, dict) and value.get("language") in (self.language, "mul"):
                found.append(" ".join(str(value.get("text", "")).split()))
            elif isinstance(value, str):
                found.append(" ".join(value.split()))
        return [text for text in found if text]

    def roles(self, item: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        for statement in self.statements(item, _POSITION):
            title = self.item(statement.get("mainsnak"))
            if not title:
                continue
            of = [
                name
                for code in (_OF, _JURISDICTION)
                for snak in _qualifiers(statement, code)
                if (name := self.item(snak))
            ]
            role: dict[str, Any] = {"title": title}
            if of:
                role["of"] = of[0] if len(of) == 1 else of
            yield {**role, **self.bounds(statement)}
        for statement in self.statements(item, _MEMBER_OF):
            if of_whom := self.item(statement.get("mainsnak")):
                yield {"title": "member", "of": of_whom, **self.bounds(statement)}

    def timed(
        self, item: Mapping[str, Any], code: str, key: str, read: Callable[[Any], Any]
    ) -> Iterator[dict[str, Any]]:
        for statement in self.statements(item, code):
            value = read(statement.get("mainsnak"))
            if value not in ("", None):
                yield {key: value, **self.bounds(statement)}

    def bounds(self, statement: Mapping[str, Any]) -> dict[str, str]:
        """`from` and `until` of a statement's qualifiers, and its source."""
        found: dict[str, str] = {}
        for key, code in (("from", _FROM), ("until", _UNTIL)):
            for snak in _qualifiers(statement, code)[:1]:
                if date := self.date(snak):
                    found[key] = date
        if not found:
            for snak in _qualifiers(statement, _ON)[:1]:
                if (date := self.date(snak)) and date != UNKNOWN:
                    found = {"from": date, "until": date}
        if source := self.source(statement):
            found["source"] = source
        return found

    def source(self, statement: Mapping[str, Any]) -> str:
        """The key of the first reference of a statement that says where something is stated."""
        for reference in _list(statement.get("references")):
            snaks = reference.get("snaks") if isinstance(reference, dict) else None
            if not isinstance(snaks, dict):
                continue
            told: dict[str, str] = {}
            titles = [_value(snak) for snak in _list(snaks.get(_TITLE))]
            title = next((str(value.get("text", "")) for value in titles if isinstance(value, dict)), "")
            stated = [_item_id(snak) for snak in _list(snaks.get(_STATED_IN))]
            title = title or next((self.labels[found] for found in stated if found in self.labels), "")
            if title.strip():
                told["title"] = " ".join(title.split())
            urls = [_value(snak) for snak in _list(snaks.get(_REFERENCE_URL))]
            if url := next((value for value in urls if isinstance(value, str) and not re.search(r"\s", value)), ""):
                told["url"] = url
            if not told:
                continue
            for snak in _list(snaks.get(_RETRIEVED))[:1]:
                if (checked := self.date(snak)) and checked != UNKNOWN:
                    told["checked"] = checked
            return _source_key(self.draft, told)
        return ""

    def date(self, snak: Any) -> str:
        """A date with the precision it is given with; `unknown` for a value nobody knows; empty if it can't be told."""
        if not isinstance(snak, dict):
            return ""
        if snak.get("snaktype") == "somevalue":
            return UNKNOWN
        value = _value(snak)
        if not isinstance(value, dict):
            return ""
        found = re.fullmatch(r"\+0*([0-9]{4})-([0-9]{2})-([0-9]{2})T.*", str(value.get("time", "")))
        precision = value.get("precision")
        if not found or not isinstance(precision, int) or precision < 8:
            self.draft.notes.append(f"{self.name}: the date {value.get('time')} cannot be written down; left out")
            return ""
        year, month, day = found.groups()
        if int(year) < 1000:
            self.draft.notes.append(f"{self.name}: the year {int(year)} cannot be written down; left out")
            return ""
        if precision == 8:
            return f"{year[:3]}0s"
        if str(value.get("calendarmodel", "")).endswith("Q1985786") and precision > 9:
            told = f"{year}-{month}-{day}"
            self.draft.notes.append(f"{self.name}: of a Julian date ({told}) only the year was taken over")
            precision = 9
        text = year
        if precision >= 10 and month != "00":
            text += f"-{month}"
            if precision >= 11 and day != "00":
                text += f"-{day}"
        try:
            parse_date(text)
        except ValueError as error:
            self.draft.notes.append(f"{self.name}: {error}; left out")
            return ""
        return text

    def quantity(self, snak: Any) -> int | float | None:
        """A number without a unit."""
        value = _value(snak)
        if not isinstance(value, dict) or value.get("unit") not in ("1", None):
            return None
        try:
            number = float(str(value.get("amount", "")))
        except ValueError:
            return None
        return None if not math.isfinite(number) else int(number) if number.is_integer() else number


def _value(snak: Any) -> Any:
    """What a snak says; None if it says that there is no value or that nobody knows it."""
    if not isinstance(snak, dict) or snak.get("snaktype", "value") != "value":
        return None
    data = snak.get("datavalue")
    return data.get("value") if isinstance(data, dict) else None


def _item_id(snak: Any) -> str:
    value = _value(snak)
    return str(value.get("id") or f"Q{value.get('numeric-id')}") if isinstance(value, dict) else ""


def _qualifiers(statement: Mapping[str, Any], code: str) -> list[Any]:
    qualifiers = statement.get("qualifiers")
    found = qualifiers.get(code) if isinstance(qualifiers, dict) else None
    return found if isinstance(found, list) else []


_ORDER = (
    "name", "full_name", "aliases", "not", "former", "born", "died", "founded", "dissolved", "date", "from", "until",
    "headquarters", "country", "capital", "capital_of", "place", "author", "nationality", "demonyms", "members",
    "roles", "counts", "attributes", "source",
)  # fmt: skip


def _ordered(entity: dict[str, Any]) -> dict[str, Any]:
    """The keys of an entity in the order in which a person would write them."""
    return {key: entity[key] for key in sorted(entity, key=_ORDER.index)}
