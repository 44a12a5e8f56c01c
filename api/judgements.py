"""``/judgements``: what people find of what a machine read, with the token.

A judgement is only ever added; DELETE adds one that undoes another. What is answered is in the
store, in the view and in every query from then on.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NotRequired, TypedDict
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from api import parameters as p
from api.access import require_writer
from api.errors import UnsupportedMedia
from api.face import Keeper, as_json, face, keeper, parameters, sent_object, wants_html
from api.lists import paged
from api.routes import json as json_of
from api.routes import page, route
from api.seen import CURSOR, anew, bound, unbound
from kg import records
from kg.errors import BadInput
from kg.judgements.asked import Asked
from kg.judgements.listing import FILTERS, LIMIT, MOST, STATES, Selection
from kg.judgements.listing import reviewer as by_key
from kg.judgements.record import VERDICTS
from kg.judgements.resolve import resolve
from kg.judgements.slots import SLOTS
from kg.records.judged_shapes import Judgement, JudgementPage
from kg.sparql import select, values

blueprint = Blueprint("judgements", __name__)

JSON: Final = "application/json"

_MEANINGS: Final = {
    "verdict": ("What was found.", VERDICTS),
    "by": ("Who judged; in any case.", ()),
    "subject": ("What was judged: the IRI of a record or of what it stands for, or its key.", ()),
    "article": ("In which article: its IRI or its key.", ()),
    "slot": ("What was corrected.", tuple(SLOTS)),
    "state": ("What became of it.", STATES),
}
_IDENT: Final = p.path("ident", "The last part of the judgement's IRI.")


class NewValue(TypedDict):
    """Who or what fills a slot: the id of an actor or place; or a label and a type (an actor's
    type, or Place) where the machine found none, with same where it is known from elsewhere."""

    id: NotRequired[str]
    label: NotRequired[str]
    type: NotRequired[str]
    same: NotRequired[str]


class NewWords(TypedDict):
    """Words of the article: exact where they stand there once, else start and end."""

    exact: NotRequired[str]
    start: NotRequired[int]
    end: NotRequired[int]


class NewJudgement(TypedDict):
    """What a person finds: of subject, and of object too where the two are same or different.

    A correction has slot, value (null: the text has none) and evidence.
    """

    verdict: str
    subject: str
    by: str
    why: str
    object: NotRequired[str]
    slot: NotRequired[str]
    value: NotRequired[str | NewValue | list[str | NewValue] | None]
    evidence: NotRequired[str | NewWords | list[str | NewWords]]


def _selecting() -> list[p.Parameter]:
    found = []
    for name in FILTERS:
        meaning, allowed = _MEANINGS[name]
        found.append(p.query(name, meaning, {"enum": list(allowed)} if allowed else p.STRING))
    limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT}
    cursor = p.query(CURSOR, "Where the page before ended: its next.", p.STRING)
    return [*found, p.query("limit", "Judgements on a page.", limit), cursor]


@route(
    blueprint,
    "/judgements",
    answers=page(JudgementPage),
    parameters=(_selecting, p.PAGE),
)
def listing() -> ResponseReturnValue:
    """What people judged, the newest first.

    With what became of it: a judgement that was undone or is outdated stays.
    """
    html = wants_html()
    given = parameters()
    given[CURSOR] = [unbound(one) for one in given.get(CURSOR, [])]
    found = records.judgements(face().store, Selection.parse(given))
    following = bound(found["next"])
    shown = {**found, "next": following}
    if not html:
        return paged(as_json(shown), following)
    return render_template("judgements.html", page=shown, gone=_gone(found["items"]))


@route(
    blueprint,
    "/judgements",
    method="post",
    answers=json_of(Judgement),
    failures=(400, 404, 503),
    status=201,
    body={JSON: NewJudgement},
    token=True,
    tag="writing",
)
def post() -> ResponseReturnValue:
    """Keep what a person finds.

    Accept or reject a statement or a report of an event, correct a slot of it with the words that
    show it, or say of two actors, places, reports or statements that they are the same or
    different. The time is the server's.
    """
    require_writer(face().settings)
    _keeper()
    return _kept(_fields())


def undo(ident: str) -> ResponseReturnValue:
    """Undo a judgement: one that takes it back is added, and answered.

    Nothing is deleted. An undoing is undone likewise.
    """
    require_writer(face().settings)
    _keeper()
    if unknown := sorted(request.args.keys() - {"by", "why"}):
        raise BadInput(f"{unknown[0]} is no parameter here; there are by and why")
    return _kept({"verdict": "undo", "subject": ident, **request.args})


def one(ident: str) -> ResponseReturnValue:
    """One judgement: who found what of which thing, when and why."""
    return as_json(records.judgement(face().store, ident))


def undo_there(ident: str) -> ResponseReturnValue:
    """Undo a judgement at its own IRI, as at /judgements/{ident}."""
    return undo(ident)


def one_there(ident: str) -> ResponseReturnValue:
    """One judgement at its own IRI, as at /judgements/{ident}."""
    return one(ident)


for _rule, _get, _delete in (
    ("/judgements/<ident>", one, undo),
    ("/judgement/<ident>", one_there, undo_there),
):
    _name = _rule.split("/")[1]
    route(
        blueprint,
        _rule,
        endpoint=f"one_{_name}",
        answers=json_of(Judgement),
        parameters=(_IDENT,),
        failures=(404, 503),
    )(_get)
    route(
        blueprint,
        _rule,
        method="delete",
        endpoint=f"undo_{_name}",
        answers=json_of(Judgement),
        parameters=(
            _IDENT,
            p.query("by", "Who undoes it.", p.STRING),
            p.query("why", "Why.", p.STRING),
        ),
        failures=(400, 404, 503),
        token=True,
        tag="writing",
    )(_delete)


@route(
    blueprint,
    "/reviewer/<ident>",
    answers={},
    parameters=(p.path("ident", "The last part of a reviewer's IRI."),),
    failures=(404, 503),
    status=303,
)
def reviewer(ident: str) -> ResponseReturnValue:
    """Leads to what a person judged."""
    name = by_key(face().store, ident)
    return redirect(f"{request.script_root}/judgements?{urlencode({'by': name})}", code=303)


def _gone(found: Sequence[Judgement]) -> set[str]:
    """What these judgements are of or in and the view does not hold: it has no page."""
    named = [thing for one in found for thing in (one["subject"], one["object"]) if thing]
    ids = {thing["id"] for thing in named if thing["id"]}
    ids |= {one["article"] for one in found if one["article"]}
    things = {iri for iri in ids if not iri.startswith(f"{face().settings.base}judgement/")}
    if not things:
        return set()
    given = values("x", sorted(things))
    text = f"SELECT DISTINCT ?x {{ {given} {{ ?x a ?type }} UNION {{ ?x ck:canonical ?of }} }}"
    return things - {row["x"] for row in select(face().store, text)}


def _kept(fields: Mapping[str, Any]) -> ResponseReturnValue:
    """Keep what is asked, and answer its record with where that is."""
    judgement = resolve(face().store, Asked.parse(fields), datetime.now(UTC))
    anew()
    _keeper().judge(judgement)
    response = as_json(records.judgement(face().store, judgement.id))
    response.status_code = 201 if request.method == "POST" else 200
    response.headers["Location"] = _address(judgement.id)
    return response


def _fields() -> dict[str, Any]:
    if request.mimetype != JSON:
        raise UnsupportedMedia(request.mimetype, (JSON,))
    found = sent_object('{"verdict": "accept", "subject": "…"}')
    if found.get("verdict") == "undo":
        raise BadInput("a judgement is undone by DELETE at its address")
    return found


def _keeper() -> Keeper:
    return keeper("nothing is judged here over HTTP; use kg judge where the store is")


def _address(iri: str) -> str:
    return f"{request.script_root}/{iri.removeprefix(face().settings.base)}"
