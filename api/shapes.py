"""How a shape of a JSON answer is written down, as JSON Schema 2020-12."""

from collections.abc import Sequence
from typing import Any, Final

Schema = dict[str, Any]

STRING: Final[Schema] = {"type": "string"}
INTEGER: Final[Schema] = {"type": "integer"}
NUMBER: Final[Schema] = {"type": "number"}
BOOLEAN: Final[Schema] = {"type": "boolean"}
IRI: Final[Schema] = {"type": "string", "format": "uri"}
DAY: Final[Schema] = {"type": ["string", "null"], "format": "date"}


def ref(name: str) -> Schema:
    """A reference to a named schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def maybe(schema: Schema) -> Schema:
    """A schema, or null."""
    if isinstance(schema.get("type"), str) and "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"oneOf": [schema, {"type": "null"}]}


def listed(schema: Schema) -> Schema:
    """An array of what a schema describes."""
    return {"type": "array", "items": schema}


def one_of(values: Sequence[str]) -> Schema:
    """A string out of a list."""
    return {"type": "string", "enum": list(values)}


def shape(description: str, optional: Schema | None = None, /, **required: Schema) -> Schema:
    """An object with these properties and no others."""
    return {
        "type": "object",
        "description": description,
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "unevaluatedProperties": False,
    }


def page(item: str) -> Schema:
    """A page of a list."""
    counts = shape("A value of a facet.", value=STRING, label=STRING, count=INTEGER)
    facets = {"type": "object", "additionalProperties": listed(counts)}
    unknown = shape(
        "A name that means nobody, and names that are like it.",
        filter=STRING,
        value=STRING,
        near=listed(STRING),
    )
    return shape(
        f"A page of records; next is the cursor of the page after, null on the last. {item}",
        {"facets": facets, "histogram": ref("Histogram"), "unknown": listed(unknown)},
        items=listed(ref(item)),
        total=INTEGER,
        next=maybe(STRING),
    )
