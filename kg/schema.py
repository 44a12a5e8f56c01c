"""Shapes of JSON as types: TypedDicts are what mypy checks, and JSON Schema is made of them.

The schemas are those of JSON Schema 2020-12, as OpenAPI 3.1 has them. A class is a named schema
whose description is its docstring; a key is required unless it is ``NotRequired``; no other keys
are allowed. ``Annotated`` adds what a type cannot say, by :class:`Mark`.

>>> from typing import NotRequired, TypedDict
>>> class Point(TypedDict):
...     '''A point.'''
...     lat: float
...     name: NotRequired[str | None]
>>> found = Schemas()
>>> found.of(list[Point])
{'type': 'array', 'items': {'$ref': '#/components/schemas/Point'}}
>>> found.named["Point"]["required"], found.named["Point"]["properties"]["name"]
(['lat'], {'type': ['string', 'null']})
"""

import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import (
    Annotated,
    Any,
    Final,
    Literal,
    NotRequired,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from kg.vocab import codes

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """Keywords of JSON Schema that stand beside a type in ``Annotated``.

    They are asked for when the schema is made: codes are read from the ontology.
    """

    keywords: Callable[[], Schema]


Iri = Annotated[str, Mark(lambda: {"format": "uri"})]
"""A full IRI."""
Day = Annotated[str, Mark(lambda: {"format": "date"})]
"""A day as ISO 8601 has it."""

_PLAIN: Final[Mapping[Any, str]] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    type(None): "null",
}


def code(scheme: str) -> Mark:
    """The mark of a bare code of a scheme of the ontology.

    >>> code("review").keywords()
    {'enum': ['accepted', 'corrected', 'machine']}
    """
    return Mark(lambda: {"enum": list(codes(scheme))})


def one_of(*values: str) -> Mark:
    """The mark of a text out of a list."""
    return Mark(lambda: {"enum": list(values)})


class Schemas:
    """Schemas of types; ``named`` holds those of the classes among them, by name."""

    def __init__(self) -> None:
        self.named: dict[str, Schema] = {}
        self._classes: dict[str, Any] = {}

    def of(self, hint: Any) -> Schema:
        """The schema of a type; classes are referred to by name.

        TypeError for types that none is made of, and for two classes of one name.
        """
        if hint is Any:
            return {}
        if hint in _PLAIN:
            return {"type": _PLAIN[hint]}
        if is_typeddict(get_origin(hint) or hint):
            return self._reference(hint)
        return self._composed(hint, get_origin(hint), get_args(hint))

    def _composed(self, hint: Any, origin: Any, inner: tuple[Any, ...]) -> Schema:
        if origin is Annotated:
            return self._annotated(inner[0], inner[1:])
        if origin is Literal:
            return {"type": "string", "enum": list(inner)}
        if origin in (Union, types.UnionType):
            return self._either([self.of(one) for one in inner])
        if origin is dict:
            return {"type": "object", "additionalProperties": self.of(inner[1])}
        if origin is list:
            return {"type": "array", "items": self.of(inner[0])}
        raise TypeError(f"no schema is made of {hint!r}")

    def _annotated(self, of: Any, marks: Sequence[Mark]) -> Schema:
        found = self.of(of)
        for mark in marks:
            found |= mark.keywords()
        return found

    def _either(self, options: Sequence[Schema]) -> Schema:
        """One of several; null beside a plain type is one more type."""
        if options[-1] == {"type": "null"} and len(options) == 2:
            first = options[0]
            if isinstance(first.get("type"), str):
                null = {"enum": [*first["enum"], None]} if "enum" in first else {}
                return {**first, "type": [first["type"], "null"], **null}
        return {"anyOf": list(options)}

    def _reference(self, hint: Any) -> Schema:
        name = name_of(hint)
        if name not in self.named:
            self.named[name], self._classes[name] = {}, hint
            self.named[name] = self.shape(hint)
        elif self._classes.get(name) != hint:
            raise TypeError(f"two types are called {name}: {hint} and {self._classes.get(name)}")
        return {"$ref": f"#/components/schemas/{name}"}

    def shape(self, hint: Any) -> Schema:
        """The schema of a class, written out."""
        shape = get_origin(hint) or hint
        filled = dict(zip(getattr(shape, "__parameters__", ()), get_args(hint), strict=True))
        hints = get_type_hints(shape, include_extras=True)
        required = [name for name in hints if name in shape.__required_keys__]
        return {
            "type": "object",
            "description": " ".join((shape.__doc__ or "").split()),
            "properties": {name: self.of(_filled(one, filled)) for name, one in hints.items()},
            "required": required,
            "additionalProperties": False,
        }


def name_of(hint: Any) -> str:
    """The name of a class's schema: that of a page of statements is ``StatementPage``."""
    of = [name_of(one) for one in get_args(hint)]
    shape = get_origin(hint) or hint
    return "".join([*of, shape.__name__])


def _filled(hint: Any, given: Mapping[Any, Any]) -> Any:
    """A type with what stands for its type variables, and without the mark of an optional key."""
    if get_origin(hint) is NotRequired:
        return _filled(get_args(hint)[0], given)
    if isinstance(hint, TypeVar):
        return given[hint]
    if get_origin(hint) is list and isinstance(get_args(hint)[0], TypeVar):
        return list[given[get_args(hint)[0]]]  # type: ignore[misc]
    return hint
