"""A route and its description, written in one place: beside the view function.

::

    @route(
        blueprint,
        "/changes",
        answers=json(Changes),
        parameters=(query("since", "A sequence number or a time.", STRING),),
    )
    def changes() -> ResponseReturnValue:
        \"\"\"What was created, updated and withdrawn since then.\"\"\"

The first line of the docstring is the summary, the rest the description, unless they are given.
``api.openapi`` makes the document of what it finds here; ``docs`` shows it to people.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from inspect import getdoc
from typing import Any, Final, TypeVar, cast

from flask import Blueprint
from flask.sansio.app import App

from api.errors import readable
from api.negotiate import Offer
from api.parameters import SNAPSHOT, Parameter

HTML: Final = "text/html"
JSON: Final = "application/json"
EXTENSION: Final = "conflict-kg-routes"
FAILURES: Final = (400, 406, 503)
"""What any route that asks the store may answer instead."""

Answers = Mapping[str, Any]
"""Media type → the type of the body (a TypedDict, ``str``), or None where that is told nowhere."""
Given = Parameter | Callable[[], Iterable[Parameter]]
"""A parameter, or a function that gives several when the document is made."""
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Linked:
    """A type whose JSON begins with ``@context``: an answer that is JSON-LD too."""

    of: Any


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path: what it answers, by media type, and how it can fail."""

    path: str
    method: str
    summary: str
    description: str
    tag: str
    answers: Answers
    parameters: tuple[Given, ...]
    failures: tuple[int, ...]
    statuses: tuple[int, ...]
    body: Answers
    token: bool
    example: str
    """A query string that can be tried."""

    @property
    def ident(self) -> str:
        """The operationId: the method and the path's words."""
        words = re.sub(r"[{}]", "", self.path).replace(".", "_").replace("-", "_").split("/")
        return "_".join([self.method, *(word for word in words if word)])


def json(of: Any) -> Answers:
    """A JSON answer of a type."""
    return {JSON: of}


def page(of: Any = None) -> Answers:
    """A JSON answer of a type, and a page for people."""
    return {**({JSON: of} if of else {}), HTML: str}


def formats(offers: Iterable[Offer]) -> Answers:
    """A text, or JSON that others describe, in each of these formats."""
    return {one.media_type: Any if one.media_type.endswith("json") else str for one in offers}


def route(
    blueprint: Blueprint,
    rule: str,
    *,
    answers: Answers,
    method: str = "get",
    endpoint: str | None = None,
    defaults: Mapping[str, Any] | None = None,
    summary: str | None = None,
    tag: str = "records",
    parameters: Iterable[Given] = (),
    failures: tuple[int, ...] = FAILURES,
    status: int | tuple[int, ...] = 200,
    body: Answers | None = None,
    token: bool = False,
    example: str = "",
) -> Callable[[View], View]:
    """Add a view function to a blueprint, and what it does to the description.

    ``token`` is said of routes that need it, ``body`` of those that read one; the errors that
    follow from either need not be named. What asks the store (503) can be asked of an older
    snapshot, or find that it is gone (410).
    """

    def add(view: View) -> View:
        fixed: dict[str, Any] = {"defaults": defaults} if defaults else {}
        blueprint.add_url_rule(rule, endpoint, view, methods=[method.upper()], **fixed)
        first, _, rest = (summary or getdoc(view) or "").partition("\n")
        also = {*((401, 403) if token else ()), *((413, 415) if body else ())}
        asks = method == "get" and 503 in failures
        one = Operation(
            path=readable(rule),
            method=method,
            summary=first,
            description=rest.strip(),
            tag=tag,
            answers=answers,
            parameters=(*parameters, *((SNAPSHOT,) if asks else ())),
            failures=tuple(sorted({*failures, *also, *((410,) if asks else ())})),
            statuses=(status,) if isinstance(status, int) else status,
            body=body or {},
            token=token,
            example=example,
        )
        blueprint.record(lambda state: operations(state.app).append(one))
        return view

    return add


def operations(app: App) -> list[Operation]:
    """What the routes of an application say of themselves, in the order they were added."""
    return cast("list[Operation]", app.extensions.setdefault(EXTENSION, []))
