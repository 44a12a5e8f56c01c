"""What every route needs: the store, the settings, and how to answer in JSON or HTML."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from flask import Response, current_app, request

from api.negotiate import HTML, Offer, by_name, choose
from kg.config import Settings
from kg.store.base import Queryable

JSON: Final = Offer("application/json", "json")
EXTENSION: Final = "conflict-kg"


@dataclass(frozen=True, slots=True)
class Face:
    """The store that routes ask, and the settings they keep to."""

    store: Queryable
    settings: Settings


def face() -> Face:
    """The face of the current application."""
    return cast("Face", current_app.extensions[EXTENSION])


def wants_html() -> bool:
    """Whether the request asks for a page: by ``format=html``, else by its Accept header.

    Raises BadInput for another ``format``, NotAcceptable where neither JSON nor HTML will do.
    """
    given = request.args.get("format")
    if given:
        return by_name(given, (JSON, HTML)) is HTML
    return choose(request.headers.get("Accept"), (JSON, HTML)) is HTML


def parameters(*apart: str) -> dict[str, list[str]]:
    """The request's parameters with all their values, without ``format`` and those ``apart``."""
    given = request.args.to_dict(flat=False)
    return {name: found for name, found in given.items() if name not in ("format", *apart)}


def as_json(record: Mapping[str, Any], *, media_type: str = JSON.media_type) -> Response:
    """A record as a JSON answer, in UTF-8 and in its own order."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return Response(text + "\n", mimetype=media_type)
