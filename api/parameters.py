"""Every parameter of the lists, pages and exports: what it means and what it takes.

The names come from ``kg.filters``; one that is not described here fails the tests.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final

from api.negotiate import Offer
from kg.filters import ALLOWED, FACETS, SORTS, Kind
from kg.filters.language import DATED, DAYS, HAS, LIMIT, MOST, RANK, ROLES, STEPS, TYPES
from kg.vocab import codes

Parameter = dict[str, Any]

STRING: Final = {"type": "string"}
IRI: Final = {"type": "string", "format": "uri"}
IRIS: Final = {"type": "array", "items": IRI}
FLAG: Final = {"type": "string", "enum": ["1", "true", "0", "false"]}
_NAME: Final = "An IRI, the last part of one, or a name"
MEANINGS: Final = {
    "q": 'Words that must all occur: word, begin*, "a phrase"; any case, without accents.',
    "speaker": f"Who speaks. {_NAME}.",
    "target": f"Who is accused or condemned. {_NAME}.",
    "addressee": f"Who is spoken to. {_NAME}.",
    "hearer": f"Who is spoken to, accused or condemned. {_NAME}.",
    "actor": f"Who takes part in any way. {_NAME}.",
    "agent": f"Who did it. {_NAME}.",
    "recipient": f"To whom it was done. {_NAME}.",
    "mediator": f"Who mediated. {_NAME}.",
    "role": "Which part the actor has; goes with actor.",
    "act": "How it was said.",
    "event_type": "PLOVER event type, of the event or of what a statement is about.",
    "mode": "PLOVER mode, bare or with its type.",
    "factuality": "How the article tells the event.",
    "status": "How many sources tell the event, and whether they agree.",
    "context": "PLOVER context.",
    "about": "What it is about: the IRI of an event or statement, or its last part.",
    "place": f"Where. {_NAME}.",
    "bbox": "Within west,south,east,north in degrees; places no wider than a district.",
    "article": "In which article: its IRI, the last part of it, or its URL.",
    "publisher": "Which outlet tells it.",
    "from": "The first day: an EDTF date with a year (2022, 2022-10, 2022-10-03).",
    "to": "The last day: an EDTF date with a year.",
    "published_from": "The first day of an article that tells it: an EDTF date with a year.",
    "published_to": "The last day of an article that tells it: an EDTF date with a year.",
    "review": "Whether a person has checked it.",
    "has": "What the record must have, all of it.",
    "type": "Kind of actor.",
    "sector": "PLOVER sector.",
    "country": "Two letters of ISO 3166-1.",
    "precision": "How exactly the place is known.",
}

_CODES: Final[dict[str, Callable[[], Iterable[str]]]] = {
    "act": lambda: codes("act"),
    "event_type": lambda: codes("event-type"),
    "factuality": lambda: codes("factuality"),
    "status": lambda: codes("status"),
    "context": lambda: codes("context"),
    "sector": lambda: codes("sector"),
    "precision": lambda: codes("place-precision"),
    "review": lambda: codes("review"),
    "type": lambda: TYPES,
}


_BY_KIND: Final = {"has": HAS, "role": ROLES}


def selecting(kind: Kind) -> list[Parameter]:
    """The filters of a kind of record; each may be given several times, meaning any of them."""
    return [_filter(kind, name) for name in ALLOWED[kind]]


def shaping(kind: Kind) -> list[Parameter]:
    """How a list is cut, ordered and counted."""
    sorts = [*(f"{sign}{name}" for name in SORTS[kind] for sign in ("", "-")), RANK]
    limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT}
    facets = {"type": "array", "items": listed(FACETS[kind])}
    found = [
        query("limit", "Records on a page.", limit),
        query("cursor", "Where the page before ended: its next.", {"type": "string"}),
        query("sort", "The order; rank goes with q, a minus the other way round.", {"enum": sorts}),
        {
            **query("facets", "Values to count, comma-separated.", facets),
            **{"style": "form", "explode": False},
        },
    ]
    if kind in DATED:
        found.append(query("histogram", "Counts by the records' own dates.", {"enum": list(STEPS)}))
    return found


def listed(names: Iterable[str]) -> dict[str, Any]:
    """The schema of one of these names."""
    return {**STRING, "enum": list(names)}


def query(name: str, description: str, schema: dict[str, Any]) -> Parameter:
    """A parameter in the query string."""
    return {"name": name, "in": "query", "description": description, "schema": schema}


def path(
    name: str, description: str, schema: dict[str, Any] | None = None, *, example: str = ""
) -> Parameter:
    """A parameter in the path."""
    found = query(name, description, schema or STRING)
    return {**found, "in": "path", "required": True, **({"example": example} if example else {})}


def names(offers: Iterable[Offer]) -> tuple[str, ...]:
    """Short names and endings of formats, each once."""
    return tuple(dict.fromkeys(name for one in offers for name in (one.name, *one.endings)))


def representation(*names: str) -> Parameter:
    """The parameter that stands in for an Accept header."""
    return query("format", "Instead of an Accept header.", {"type": "string", "enum": list(names)})


IDENT: Final = path("ident", "The last part of an IRI; only the key at its end counts.")
SNAPSHOT: Final = query("snapshot", "The snapshot to ask, as KG-Snapshot has it.", STRING)
PAGE: Final = representation("json", "html")


def _filter(kind: Kind, name: str) -> Parameter:
    value: dict[str, Any] = {"type": "string"}
    if name in _CODES:
        value["enum"] = list(_CODES[name]())
    if name in _BY_KIND:
        value["enum"] = list(_BY_KIND[name][kind])
    if name == "bbox" or any(name in pair for pair in DAYS):
        return query(name, MEANINGS[name], value)
    listed = {"type": "array", "items": value}
    return {**query(name, MEANINGS[name], listed), "style": "form", "explode": True}
