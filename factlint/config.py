"""Settings: what a configuration file, or the command line, says of how files are checked.

The settings of a file are those of the configuration nearest to it and of nothing else, unless that one extends
another; a key that is not known is a fault, never passed over.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from msgspec import Struct, field
from msgspec.structs import replace

from factlint.source import InputError

if TYPE_CHECKING:
    from factlint.yamlfile import YamlFile

NAMES = (".factlint.yaml", ".factlint.yml")
PYPROJECT = "pyproject.toml"
TABLE = "tool.factlint"

# Keys whose values add up with those of what is extended or overridden; any other value takes the place of it.
_ADDING = ("severity", "options", "overrides")
_ADDING_FOR_FILES = ("severity", "options", "ignore")
_PATHS = ("facts", "rules", "baseline")


class Override(Struct, frozen=True):
    """Settings for the files that fit one of the patterns."""

    files: tuple[str, ...]
    values: Mapping[str, Any]


class Settings(Struct, frozen=True):
    """How files are checked.

    `facts` is None where nothing is said of facts. `severity` is by pattern, the later first; `options` by rule id.
    `path` is the file that said so, `folder` where its patterns count from; both empty without one. `on_line` tells
    whether the command line said some of it.
    """

    facts: tuple[str, ...] | None = None
    rules: tuple[str, ...] = ()
    date: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    fail_on: str = "warning"
    exclude: tuple[str, ...] = ()
    baseline: str = ""
    require_reason: bool = False
    allow_outside: bool = False
    overrides: tuple[Override, ...] = ()
    path: str = ""
    folder: str = ""
    on_line: bool = False

    @property
    def origin(self) -> str:
        """Where the settings are from, in words."""
        places = [self.path] if self.path else []
        places += ["the command line"] if self.on_line else []
        return " and ".join(places) or "no configuration file"

    def for_file(self, path: str) -> Settings:
        """The settings of one file: with the overrides that its path fits."""
        if not self.overrides:
            return self
        values: dict[str, Any] = {}
        for override in self.overrides:
            if fits(path, self.folder, override.files):
                values = _merged(values, override.values, _ADDING_FOR_FILES)
        if not values:
            return replace(self, overrides=())
        if "ignore" in values:
            values["ignore"] = (*self.ignore, *values["ignore"])
        for key in ("severity", "options"):
            if key in values:
                values[key] = _merged_mapping(getattr(self, key), values[key])
        return replace(self, overrides=(), **values)

    def excludes(self, path: str) -> bool:
        """Whether a file or folder is not to be checked."""
        return bool(self.exclude) and fits(path, self.folder, self.exclude)

    def as_text(self) -> str:
        """The settings as YAML, for people."""
        import yaml

        said: dict[str, Any] = {
            "facts": list(self.facts) if self.facts is not None else None,
            "rules": list(self.rules),
            "date": self.date or None,
            "select": list(self.select),
            "ignore": list(self.ignore),
            "severity": dict(self.severity),
            "options": {name: dict(options) for name, options in self.options.items()},
            "fail_on": self.fail_on,
            "exclude": list(self.exclude),
            "baseline": self.baseline or None,
            "require_reason": self.require_reason,
            "allow_outside": self.allow_outside,
            "overrides": [{"files": list(one.files), **_plain(one.values)} for one in self.overrides],
        }
        text: str = yaml.safe_dump(said, sort_keys=False, allow_unicode=True, default_flow_style=None)
        return text


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return list(value) if isinstance(value, tuple) else value


def fits(path: str, folder: str, patterns: Sequence[str]) -> bool:
    """Whether a path fits patterns as in .gitignore that count from a folder."""
    relative = os.path.relpath(os.path.abspath(path), os.path.abspath(folder or ".")).replace(os.sep, "/")
    if relative.startswith("../"):
        return False
    return cast(bool, _patterns(tuple(patterns)).match_file(relative))


@cache
def _patterns(patterns: tuple[str, ...]) -> Any:
    import pathspec

    return pathspec.GitIgnoreSpec.from_lines(patterns)


# Finding and reading configuration files


def finder(base: Settings | None = None) -> Callable[[str], Settings]:
    """A function from a path to the settings of the configuration nearest to it; each folder is looked at once.

    `base` stands for all files instead, where it is given. The settings are those before overrides for the file.
    """
    if base is not None:
        return lambda path: base
    known: dict[str, Settings] = {}

    def settings_of(path: str) -> Settings:
        folder = os.path.abspath(path) if os.path.isdir(path) else os.path.dirname(os.path.abspath(path))
        waiting = []
        while folder not in known:
            waiting.append(folder)
            found = config_in(folder)
            if found:
                known[folder] = load_config(found)
                break
            parent = os.path.dirname(folder)
            if parent == folder:
                known[folder] = Settings()
                break
            folder = parent
        for other in waiting:
            known[other] = known[folder]
        return known[folder]

    return settings_of


def config_in(folder: str) -> str:
    """The path of the configuration file of a folder, or nothing."""
    for name in NAMES:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return path
    path = os.path.join(folder, PYPROJECT)
    try:
        with open(path, "rb") as file:
            return path if b"factlint" in file.read() and _table(path) is not None else ""
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", _shown(path)) from None


def load_config(path: str) -> Settings:
    """Read a configuration file and those that it extends; FaultsError tells all that is wrong."""
    values = _read_values(os.path.abspath(path), ())
    return _settings(values, _shown(path), os.path.dirname(os.path.abspath(path)))


def parse_values(text: str, path: str = "--config") -> dict[str, Any]:
    """The settings that a text of YAML gives; paths in it count from the current folder."""
    from factlint.yamlfile import parse

    return _values_of(parse(text, path), os.getcwd())


def with_values(settings: Settings, values: Mapping[str, Any]) -> Settings:
    """Settings with some values replaced; severities and options are added to those that are there."""
    values = dict(values)
    for key in ("severity", "options"):
        if key in values:
            values[key] = _merged_mapping(getattr(settings, key), values[key])
    if "overrides" in values:
        values["overrides"] = tuple(Override(one["files"], _without(one, "files")) for one in values["overrides"])
    return replace(settings, **values)


def _settings(values: Mapping[str, Any], path: str, folder: str) -> Settings:
    return replace(with_values(Settings(), values), path=path, folder=folder)


def _read_values(path: str, chain: tuple[str, ...]) -> dict[str, Any]:
    from factlint.yamlfile import Fault, FaultsError, YamlFile

    if path.endswith(".toml"):
        table = _table(path)
        if table is None:
            raise FaultsError([Fault(_shown(path), 0, 0, f"there is no [{TABLE}] in this file")])
        file = YamlFile(_shown(path), node_of({key.replace("-", "_"): value for key, value in table.items()}))
    else:
        from factlint.yamlfile import decode, parse, read_bytes

        file = parse(decode(read_bytes(path), _shown(path)), _shown(path))
    values = _values_of(file, os.path.dirname(path))
    extends = values.pop("extends", "")
    if not extends:
        return values
    other = os.path.join(os.path.dirname(path), extends)
    real = os.path.realpath(other)
    if real in (*chain, os.path.realpath(path)):
        raise FaultsError([file.fault_at_key(file.root, "extends", f"“{extends}” extends this file")])
    if not os.path.isfile(other):
        raise FaultsError([file.fault_at_key(file.root, "extends", f"there is no file “{extends}”")])
    return _merged(_read_values(other, (*chain, os.path.realpath(path))), values, _ADDING)


def _table(path: str) -> dict[str, Any] | None:
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", _shown(path)) from None
    if b"factlint" not in data:
        return None
    import tomllib

    try:
        tool = tomllib.loads(data.decode("utf-8")).get("tool", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"this is not TOML: {error}", _shown(path)) from None
    found = tool.get("factlint") if isinstance(tool, dict) else None
    return found if isinstance(found, dict) else None


def node_of(value: Any) -> Any:
    """A value without places as a tree, so that it is judged like one from a file."""
    from factlint.yamlfile import Node

    if isinstance(value, dict):
        return Node({key: node_of(item) for key, item in value.items()}, 0, 0)
    if isinstance(value, list):
        return Node([node_of(item) for item in value], 0, 0)
    if isinstance(value, str | int | float | bool) or value is None:
        return Node(value, 0, 0)
    return Node(str(value), 0, 0)  # TOML's dates and times


def _values_of(file: YamlFile, folder: str) -> dict[str, Any]:
    """What a file says, checked, with its paths made to count from the current folder."""
    from factlint.times import parse_iso
    from factlint.yamlfile import FaultsError, Node, plain, validate

    if file.root.value is None:
        return {}
    faults = validate(file, schema())
    if not faults:
        dated = [file.root, *(file.root["overrides"].nodes if file.root.get("overrides") else [])]
        for node in dated:
            day = node.get("date")
            if day is not None:
                try:
                    parse_iso(day.text)
                except ValueError as error:
                    faults.append(file.fault(day, str(error)))
        severity = file.root.get("severity")
        assert severity is None or isinstance(severity, Node)
    if faults:
        raise FaultsError(faults)
    return _shaped(cast(dict[str, Any], plain(file.root)), folder)


def _shaped(values: Mapping[str, Any], folder: str) -> dict[str, Any]:
    shaped: dict[str, Any] = {}
    for key, value in values.items():
        if value is None:
            continue
        if key in ("facts", "rules", "select", "ignore", "exclude", "files"):
            value = (value,) if isinstance(value, str) else tuple(value)
        if key in _PATHS:
            value = _path(value, folder) if isinstance(value, str) else tuple(_path(one, folder) for one in value)
        if key == "overrides":
            value = [_shaped(one, folder) for one in value]
        shaped[key] = value
    return shaped


def _path(path: str, folder: str) -> str:
    if path.startswith("pack:"):
        return path
    return _shown(os.path.join(folder, os.path.expanduser(path)))


def _shown(path: str) -> str:
    """A path as it is told: from the current folder where it lies inside it or near, with forward slashes."""
    try:
        path = os.path.relpath(path)
    except ValueError:
        pass  # another drive
    return path.replace(os.sep, "/")


def _merged(first: Mapping[str, Any], second: Mapping[str, Any], adding: Iterable[str]) -> dict[str, Any]:
    """Two mappings as one, the second before the first; the values of some keys add up."""
    merged = {**first, **second}
    for key in adding:
        if key in first and key in second:
            before, after = first[key], second[key]
            merged[key] = _merged_mapping(before, after) if isinstance(before, Mapping) else [*before, *after]
    return merged


def _merged_mapping(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(first)
    for key, value in second.items():
        before = merged.pop(key, None)
        merged[key] = {**before, **value} if isinstance(before, Mapping) and isinstance(value, Mapping) else value
    return merged


def _without(values: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {other: value for other, value in values.items() if other != key}


@cache
def schema() -> Mapping[str, Any]:
    """The JSON Schema of a configuration file."""
    from factlint.yamlfile import bundled_schema

    return bundled_schema("config")
