"""The JSON schema of an answer, made from the nouns of ``kg.model`` and the code lists.

A property of :class:`~kg.model.Statement` or :class:`~kg.model.EventReport` is asked for by its
type: spans, dates, places and tolls as words of the text, codes as one of their list.
"""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any, Final, get_args, get_type_hints

from kg import vocab
from kg.model import ActorKind, DateRange, EventReport, Mention, Span, Statement, Toll

Json = dict[str, Any]

WORDS: Final[Json] = {"type": "string"}
OURS: Final = frozenset({"key", "about", "confidence", "contexts", "medium", "whole"})
"""Properties that follow from the others, or that no model is asked for."""
CODES: Final = {"act": "act", "event_type": "event-type", "factuality": "factuality"}
"""Property → the scheme of its codes; the modes go with their type."""


@cache
def answer() -> Json:
    """The schema of a whole answer, strict as OpenAI defines it: every property required."""
    return _object(
        {
            "statements": {"type": "array", "items": finding(Statement)},
            "reports": {"type": "array", "items": finding(EventReport)},
        }
    )


@cache
def finding(noun: type) -> Json:
    """The schema of one statement or report."""
    hints = get_type_hints(noun)
    asked = [one.name for one in fields(noun) if one.name not in OURS]
    return _object({"quote": WORDS} | {name: _property(name, hints[name]) for name in asked})


def _property(name: str, hint: Any) -> Json:
    if name in CODES:
        return {"type": "string", "enum": list(vocab.codes(CODES[name]))}
    if name == "mode":
        modes = [code.partition("/")[2] for code in vocab.codes("mode")]
        return {"type": ["string", "null"], "enum": [*dict.fromkeys(modes), None]}
    if name == "place":
        return {"type": ["string", "null"]}
    return _of_type(hint)


def _of_type(hint: Any) -> Json:
    parts = set(get_args(hint)) - {type(None), ...}
    if hint is bool:
        return {"type": "boolean"}
    if hint is Span:
        return WORDS
    if parts == {Span}:
        return {"type": "array", "items": WORDS}
    if parts == {Mention}:
        many = ... in get_args(hint)
        return {"type": "array", "items": actor()} if many else {"anyOf": [actor(), _NULL]}
    if parts & {DateRange, Toll}:
        return {"type": ["string", "null"]}
    raise TypeError(f"no schema for a property of the type {hint}")


@cache
def actor() -> Json:
    """The schema of whoever speaks, acts or is spoken to."""
    kinds: list[str] = list(get_args(ActorKind))
    return _object(
        {
            "words": WORDS,
            "name": {"type": ["string", "null"]},
            "kind": {"type": "string", "enum": kinds},
        }
    )


_NULL: Final[Json] = {"type": "null"}


def _object(properties: Mapping[str, Json]) -> Json:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }
