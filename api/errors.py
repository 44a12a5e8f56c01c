"""One table from exception to HTTP status, and one shape of error: RFC 9457 problem details.

``{"type", "title", "status", "detail", "instance"}``, and what else is known: ``line`` and
``column`` of a query, ``limit`` and ``value`` of a limit, ``allowed`` methods or formats,
``routes`` that are close to one that is not there.
"""

import json
import logging
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches
from typing import Any, Final

from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, RequestEntityTooLarge
from werkzeug.exceptions import NotFound as NoRoute

from kg import errors
from kg.errors import BadInput, BadQuery, LimitHit, TooLong, UnreadableSource
from kg.model import Skipped
from kg.vocab import CODES

_LOG = logging.getLogger(__name__)

MEDIA_TYPE: Final = "application/problem+json"
_RETRY_SECONDS: Final = 5
_SAID: Final = 200
"""Characters of a header that are told back."""
_CLOSE_ROUTES: Final = 5
_VARIABLE: Final = re.compile(r"<(?:[^:>]*:)?([^>]+)>")
BYTES: Final = 4
"""The most bytes of a character in UTF-8, so of a query: so many times its characters."""
OPEN: Final = {"Access-Control-Allow-Origin": "*"}
LIMIT: Final = "kg_limit"
"""Under which name a request notes the limit that ended it."""


class NotAcceptable(BadInput):
    """None of the formats a client accepts is one we offer."""

    def __init__(self, accept: str, offered: Sequence[str]) -> None:
        said = accept if len(accept) <= _SAID else f"{accept[:_SAID]} …"
        super().__init__(f"Accept is {said!r}; this comes as {', '.join(offered)}")
        self.offered = tuple(offered)


class Unauthorized(BadInput):
    """A request without the token it needs; ``error`` is RFC 6750's code, if one was shown."""

    def __init__(self, message: str, *, error: str = "") -> None:
        super().__init__(message)
        self.error = error


class NothingRead(UnreadableSource):
    """A request of whose articles none could be read."""

    def __init__(self, skipped: Sequence[Skipped]) -> None:
        first = skipped[0].reason if skipped else "there is no article in it"
        others = f" (and {len(skipped) - 1} more)" if len(skipped) > 1 else ""
        super().__init__(f"nothing could be read: {first}{others}")
        self.skipped = tuple(skipped)


class UnsupportedMedia(BadInput):
    """A request body of a type this route does not read."""

    def __init__(self, given: str, allowed: Sequence[str]) -> None:
        super().__init__(f"Content-Type is {given!r}; this route reads {', '.join(allowed)}")
        self.allowed = tuple(allowed)


STATUS: Final[Mapping[type[BaseException], tuple[int, str]]] = {
    errors.BadFilter: (400, "Bad filter"),
    errors.NoFormat: (406, "Not acceptable"),
    errors.BadQuery: (400, "Bad query"),
    errors.Unsupported: (422, "Not supported"),
    Unauthorized: (401, "Unauthorized"),
    errors.Forbidden: (403, "Forbidden"),
    errors.NotFound: (404, "Not found"),
    errors.Gone: (410, "Gone"),
    errors.Cancelled: (499, "Client closed request"),
    NotAcceptable: (406, "Not acceptable"),
    UnsupportedMedia: (415, "Unsupported media type"),
    errors.BadInput: (400, "Bad request"),
    errors.UnreadableSource: (422, "Unreadable source"),
    errors.NotEnglish: (422, "Not in English"),
    errors.NoAnswer: (502, "No answer from the reader"),
    errors.SkipItem: (422, "Unreadable item"),
    errors.Crowded: (503, "Too busy"),
    errors.TooLong: (413, "Content too large"),
    errors.LimitHit: (503, "Limit reached"),
    errors.Swept: (503, "Store busy"),
    errors.StoreBusy: (503, "Store busy"),
    errors.EngineError: (502, "Engine error"),
    errors.StoreError: (500, "Store error"),
    errors.KgError: (500, "Error"),
}
"""Status and title of each class of error; a class not named here has its parent's."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What a client is told of an error. ``extras`` are further members of the JSON object."""

    status: int
    title: str
    detail: str
    extras: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """An IRI that names the kind of problem.

        >>> Problem(400, "Bad query", "…").type
        'https://w3id.org/conflict-kg/problem/bad-query'
        """
        return f"{CODES}problem/{self.title.lower().replace(' ', '-')}"

    def text(self, instance: str) -> str:
        """The problem as JSON; ``instance`` is the address that was asked."""
        body = {
            "type": self.type,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
            **self.extras,
        }
        return json.dumps(body, ensure_ascii=False, indent=1) + "\n"

    def response(self) -> Response:
        """The problem as an answer, readable from any origin."""
        text = self.text(request.full_path.rstrip("?"))
        headers = {**OPEN, "Vary": "Accept", **self.headers}
        return Response(text, status=self.status, mimetype=MEDIA_TYPE, headers=headers)


Page = Callable[[Problem], Response | None]


def register(app: Flask, *, page: Page | None = None) -> None:
    """Answer every error of an app as a problem.

    ``page`` may answer instead, for clients that want HTML; None from it means JSON.
    """

    def answer(error: Exception) -> Response:
        problem = problem_of(error)
        setattr(g, LIMIT, problem.extras.get("limit"))
        if problem.status >= 500 and "Retry-After" not in problem.headers:
            _LOG.error("%s %s: %s", request.method, request.path, error, exc_info=error)
        shown = page(problem) if page is not None else None
        return shown if shown is not None else problem.response()

    app.register_error_handler(Exception, answer)


def problem_of(error: Exception) -> Problem:
    """What to tell of an error. Of one nobody foresaw nothing but that it happened."""
    for kind in type(error).__mro__:
        if kind in STATUS:
            status, title = STATUS[kind]
            return Problem(status, title, str(error), _extras(error), _headers(error))
    if isinstance(error, NoRoute):
        return _no_route()
    if isinstance(error, HTTPException):
        return _http(error)
    detail = "the server failed on this request; its log says why"
    return Problem(500, "Internal server error", detail)


def _extras(error: Exception) -> dict[str, Any]:
    match error:
        case BadQuery(line=int(line), column=column):
            return {"line": line, "column": column}
        case LimitHit():
            return {"limit": error.limit, "value": error.value}
        case NotAcceptable():
            return {"allowed": list(error.offered)}
        case UnsupportedMedia():
            return {"allowed": list(error.allowed)}
        case NothingRead():
            return {"skipped": [asdict(one) for one in error.skipped]}
    return {}


def _headers(error: Exception) -> dict[str, str]:
    """When to come back (after the deadline has freed a worker), or with what (a token)."""
    if isinstance(error, LimitHit) and not isinstance(error, TooLong):
        seconds = error.value if error.limit == "query_seconds" else _RETRY_SECONDS
        return {"Retry-After": str(math.ceil(seconds))}
    if isinstance(error, Unauthorized):
        code = f', error="{error.error}"' if error.error else ""
        return {"WWW-Authenticate": f'Bearer realm="conflict-kg"{code}'}
    return {"Retry-After": str(_RETRY_SECONDS)} if isinstance(error, errors.StoreBusy) else {}


def _no_route() -> Problem:
    routes = close_routes(request.path)
    meant = f"; did you mean {', '.join(routes)}?" if routes else ""
    return Problem(
        404, "Not found", f"there is nothing at {request.path}{meant}", {"routes": routes}
    )


def close_routes(path: str) -> list[str]:
    """The routes most like a path that is none, the likest first; none where none is near."""
    rules = (rule for rule in current_app.url_map.iter_rules() if rule.endpoint != "static")
    routes = sorted({readable(rule.rule) for rule in rules})
    return get_close_matches(path, routes, n=_CLOSE_ROUTES, cutoff=0.5)


def readable(rule: str) -> str:
    """A rule as people write it.

    >>> readable("/sparql.<ending>"), readable("/graphs/<path:name>")
    ('/sparql.{ending}', '/graphs/{name}')
    """
    return _VARIABLE.sub(r"{\1}", rule)


def _http(error: HTTPException) -> Problem:
    """An error of Flask's own: a method, a body too large, a malformed request."""
    title = error.name.capitalize()
    if isinstance(error, RequestEntityTooLarge):
        return _too_large()
    if isinstance(error, MethodNotAllowed):
        allowed = sorted(error.valid_methods or [])
        takes = ", ".join(allowed)
        detail = f"{request.path} does not take {request.method}; it takes {takes}"
        return Problem(405, title, detail, {"allowed": allowed}, {"Allow": takes})
    return Problem(error.code or 500, title, error.description or error.name)


def _too_large() -> Problem:
    """A body that is longer than is read; of a query, less is read than of all else."""
    most = request.max_content_length or 0
    limit, value = "max_source_mb", most >> 20
    if most != current_app.config["MAX_CONTENT_LENGTH"]:
        limit, value = "query_characters", most // BYTES
    detail = f"the request is longer than the {most:,} bytes that are read; see {limit}"
    return Problem(413, STATUS[TooLong][1], detail, {"limit": limit, "value": value})
