"""Structs as plain tuples and back, for what is kept between runs.

Only structs and enumerations of this package, dates, fractions, tuples, mappings and scalars can be packed; what is
unpacked equals what was packed. Nothing that is unpacked can name code outside of the package.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from importlib import import_module
from operator import attrgetter
from typing import Any

from msgspec import Struct

_SCALARS = frozenset((str, int, float, bool, bytes, type(None)))


class PackingError(Exception):
    """Something cannot be packed, or what was kept cannot be unpacked."""


def pack(value: Any) -> bytes:
    """The bytes of a value; PackingError names a type that can't be packed."""
    return marshal.dumps(_plain(value))


def unpack(data: bytes) -> Any:
    """The value that was packed; PackingError for bytes that are damaged or of other code."""
    try:
        return _value(marshal.loads(data))
    except (EOFError, ValueError, TypeError, LookupError, AttributeError, ImportError) as error:
        raise PackingError(str(error)) from None


def _plain(value: Any) -> Any:
    kind: Any = type(value)
    if kind in _SCALARS:
        return value
    if kind is tuple or kind is list:
        return ("t", [item if type(item) in _SCALARS else _plain(item) for item in value])
    if issubclass(kind, Struct):
        name, fields = _named(kind)
        return ("o", name, [item if type(item) in _SCALARS else _plain(item) for item in fields(value)])
    if isinstance(value, Mapping):
        return ("m", [(_plain(key), _plain(item)) for key, item in value.items()])
    if isinstance(value, Enum):
        return ("e", _named(kind)[0], value.value)
    if kind is date:
        return ("d", value.toordinal())
    if (kind.__module__, kind.__name__) == ("fractions", "Fraction"):  # to load them takes a hundredth of a short run
        return ("f", value.numerator, value.denominator)
    if isinstance(value, frozenset):
        return ("s", sorted(_plain(item) for item in value))
    raise PackingError(f"{kind.__module__}:{kind.__qualname__} can't be packed")


@cache
def _named(kind: type) -> tuple[str, Callable[[Any], tuple[Any, ...]]]:
    """The name of one of factlint's types, and what gives the fields of a struct of it in their order."""
    name = f"{kind.__module__}:{kind.__qualname__}"
    if not name.startswith("factlint."):
        raise PackingError(f"{name} can't be packed")
    names: tuple[str, ...] = getattr(kind, "__struct_fields__", ())
    if len(names) < 2:
        return name, lambda value: tuple(getattr(value, field) for field in names)
    return name, attrgetter(*names)


@cache
def _type(name: str) -> Any:
    module, _, qualified = name.partition(":")
    if not module.startswith("factlint."):
        raise PackingError(f"{name} is none of factlint's types")
    kind = getattr(import_module(module), qualified)
    if not isinstance(kind, type) or not issubclass(kind, Struct | Enum):
        raise PackingError(f"{name} is no struct")
    return kind


def _value(plain: Any) -> Any:
    if type(plain) is not tuple:
        return plain
    tag = plain[0]
    if tag == "o":
        return _type(plain[1])(*[_value(item) for item in plain[2]])
    if tag == "t":
        return tuple([_value(item) for item in plain[1]])
    if tag == "m":
        return {_value(key): _value(item) for key, item in plain[1]}
    if tag == "e":
        return _type(plain[1])(plain[2])
    if tag == "d":
        return date.fromordinal(plain[1])
    if tag == "f":
        from fractions import Fraction

        return Fraction(plain[1], plain[2])
    if tag == "s":
        return frozenset([_value(item) for item in plain[1]])
    raise PackingError(f"an unknown kind of value: {tag}")
