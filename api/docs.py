"""``/docs``: what ``/openapi.json`` says, as a page for people, made on the server.

A parameter that several routes share is described once. Examples are asked of this very service;
where one needs a record, it is one that this graph holds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from flask import Blueprint, current_app, render_template

from api.face import face, site
from api.openapi import TAGS, document
from api.resources import SINGULAR
from api.routes import page, route
from kg.filters import KINDS, Filters, select_ids

Schema = Mapping[str, Any]

blueprint = Blueprint("docs", __name__)

_TYPES: Final = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "object",
    "null": "null",
}
_FORMATS: Final = {"uri": "IRI", "date": "day (ISO 8601)"}


@dataclass(frozen=True, slots=True)
class Told:
    """One operation as the page shows it."""

    method: str
    path: str
    operation: Mapping[str, Any]
    parameters: tuple[tuple[str, str], ...]
    """Names of its parameters, and the anchors of what is said of each."""
    example: str | None
    """A path that can be asked, where nothing has to be sent or known before."""


@route(blueprint, "/docs", answers=page(), tag="about", failures=(503,))
def docs() -> str:
    """This interface described for people: every route, parameter and shape, with examples."""
    described = document(current_app)
    given = dict(_parameters(described))
    idents = _idents()
    told = [
        Told(method, path, one, tuple(_anchors(one, given)), _example(path, method, one, idents))
        for path, methods in described["paths"].items()
        for method, one in methods.items()
    ]
    return render_template(
        "docs.html",
        groups=[(tag, [one for one in told if tag in one.operation["tags"]]) for tag in TAGS],
        parameters=[(anchor, one, values(one["schema"])) for anchor, one in given.items()],
        schemas=described["components"]["schemas"],
        shape=shape,
        site=site(),
    )


@route(blueprint, "/docs/shapes", answers=page(), tag="about", failures=())
def shapes() -> str:
    """The shapes of JSON that is answered and read, key by key."""
    found = document(current_app)["components"]["schemas"]
    return render_template("shapes.html", schemas=found, shape=shape)


def _parameters(described: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every parameter there is, each wording of it once, with an anchor of its own."""
    seen: dict[str, list[Mapping[str, Any]]] = {}
    for methods in described["paths"].values():
        for operation in methods.values():
            for one in operation["parameters"]:
                known = seen.setdefault(one["name"], [])
                if one not in known:
                    known.append(one)
    for name in sorted(seen):
        for number, one in enumerate(seen[name]):
            yield f"p-{name}{f'-{number + 1}' if number else ''}", one


def _anchors(
    operation: Mapping[str, Any], given: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, str]]:
    for one in operation["parameters"]:
        yield one["name"], next(anchor for anchor, known in given.items() if known == one)


def _idents() -> dict[str, str]:
    """The kind of an IRI → the last part of one that this graph holds, where it holds any."""
    found = {}
    for kind in KINDS:
        for iri in select_ids(face().store, Filters.parse(kind, {"limit": ["1"]})).ids:
            found[SINGULAR[kind]] = iri.rsplit("/", 1)[-1]
    return found


def _example(
    path: str, method: str, operation: Mapping[str, Any], idents: Mapping[str, str]
) -> str | None:
    if method != "get" or "401" in operation["responses"] or _lacks(path):
        return None
    if "404" in operation["responses"] and "{" not in path:
        return None  # Not every service has it.
    kind = path.split("/")[1]
    for one in operation["parameters"]:
        if one["in"] == "path":
            value = _value(one, idents.get(kind) or idents.get(kind.removesuffix("s")))
            if value is None:
                return None
            path = path.replace(f"{{{one['name']}}}", quote(value))
    asked = operation.get("x-example", "")
    return f"{path}?{asked}" if asked else path


def _lacks(path: str) -> bool:
    """Whether this service has not what a path answers from."""
    explains, logs = face().explain is not None, face().index is not None
    return (path.endswith("/explain") and not explains) or (path == "/changes" and not logs)


def _value(parameter: Mapping[str, Any], ident: str | None) -> str | None:
    if parameter["name"] == "ident":
        return ident
    known = parameter["schema"].get("enum") or [parameter.get("example")]
    return str(known[0]) if known[0] else None


def shape(schema: Schema) -> str:
    """What a schema allows, in words; a named one by its name.

    >>> shape({"type": ["string", "null"], "format": "date"})
    'day (ISO 8601) or null'
    >>> shape({"type": "array", "items": {"$ref": "#/components/schemas/Topic"}})
    'list of Topic'
    """
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " or ".join(map(shape, schema["anyOf"]))
    if schema.get("type") == "array":
        return f"list of {shape(schema['items'])}"
    if "additionalProperties" in schema and "properties" not in schema:
        return f"object of {shape(schema['additionalProperties'])}"
    kinds = schema.get("type", "anything")
    names = [kinds] if isinstance(kinds, str) else kinds
    plain = _FORMATS.get(schema.get("format", ""))
    return " or ".join(
        plain if plain and name == "string" else _TYPES.get(name, name) for name in names
    )


def values(schema: Schema) -> str:
    """What a parameter takes: its values where they are few and known, else its type."""
    inner = schema.get("items", schema)
    if "enum" in inner:
        return ", ".join(str(one) for one in inner["enum"])
    bounds = [f"{inner[name]}" for name in ("minimum", "maximum") if name in inner]
    default = f", {inner['default']} where it is not given" if "default" in inner else ""
    return f"{shape(inner)}{f' from {bounds[0]} to {bounds[1]}' if bounds else ''}{default}"
