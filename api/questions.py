"""Named questions over HTTP, and the SPARQL page: answers as tables, every row to its words."""

from collections.abc import Iterator
from typing import Any, Final, TypedDict
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from api import parameters as p
from api import views
from api.errors import problem_of
from api.face import as_json, face, parameters, wants_html
from api.negotiate import HTML, TABLES, Offer, by_name, choose
from api.routes import formats, page, route
from api.seen import answered
from api.tables import Table, fitted, readable, table
from kg import query
from kg.errors import BadInput
from kg.query import Question
from kg.store.base import JSON
from kg.store.text.querytext import require_short
from kg.vocab import PREFIXES

blueprint = Blueprint("questions", __name__)

FIRST: Final = "who-called-for"
"""The question that stands first."""

TEXT: Final = Offer("application/sparql-query", "rq")
OFFERS: Final = (*TABLES, HTML, TEXT)
"""What a question comes as: its answer, a page, or its own text."""

TURTLE: Final = "text/turtle"
MOST_TEXT: Final = 200_000
"""Characters of a graph shown on the SPARQL page."""

EXAMPLE: Final = """\
SELECT ?who ?date ?what WHERE {
  ?statement a ck:Statement ; ck:act act:request ; ck:speaker ?speaker ; ck:about ?event .
  ?event ck:mode <https://w3id.org/conflict-kg/mode/ACCUSE/investigate> .
  ?speaker rdfs:label ?who .
  OPTIONAL { ?statement ck:content ?what }
  OPTIONAL { ?statement ck:edtf ?date }
}
ORDER BY ?date
LIMIT 100
"""


class Param(TypedDict):
    """A parameter of a question."""

    name: str
    type: str
    default: str
    meaning: str


class Asked(TypedDict):
    """A named question, or a saved query."""

    name: str
    title: str
    question: str
    description: str
    saved: bool
    params: list[Param]


class Questions(TypedDict):
    """Named questions and saved queries."""

    items: list[Asked]
    total: int


def _meanings() -> Iterator[p.Parameter]:
    """The parameters of all named questions, each once."""
    found: dict[str, str] = {}
    for name in query.names():
        for one in query.load(name).params:
            found.setdefault(one.name, f"{one.meaning} ({one.type}; of {name})")
    for name, meaning in sorted(found.items()):
        yield p.query(name, meaning, p.STRING)


@route(blueprint, "/queries", answers=page(Questions), parameters=(p.PAGE,), tag="questions")
def questions() -> ResponseReturnValue:
    """All named questions with their parameters, and after them the saved ones."""
    found, saved = _named(), face().saved.all()
    if wants_html():
        return render_template("queries.html", questions=found, saved=saved)
    items = [_described(one) for one in (*found, *saved)]
    return as_json({"items": items, "total": len(items)})


@route(blueprint, "/questions", answers={}, status=303, failures=(), tag="questions")
def called_questions() -> ResponseReturnValue:
    """Leads to ``/queries``, which pages call questions."""
    return redirect(f"{request.script_root}/queries", code=303)


@route(
    blueprint,
    "/queries/<name>",
    answers={**formats(OFFERS), TABLES[0].media_type: dict[str, Any]},
    parameters=(
        p.path("name", f"Which: {', '.join(query.names())}, or a saved one.", example=FIRST),
        _meanings,
        p.representation(*(offer.name for offer in OFFERS)),
    ),
    failures=(400, 404, 406, 503),
    tag="questions",
)
def question(name: str) -> ResponseReturnValue:
    """The answer to a named question or saved query, or its text."""
    asked = face().saved.load(name)
    given = _single(parameters("view"))
    short = request.args.get("format")
    wanted = by_name(short, OFFERS) if short else choose(request.headers.get("Accept"), OFFERS)
    if wanted is HTML:
        return _page(asked, given)
    if wanted is TEXT:
        return Response(asked.text, mimetype=TEXT.media_type)
    return answered(query.ask(face().store, asked, given, table=wanted.media_type))


def sparql_page() -> Response:
    """A form for a query and its answer; what is wrong with a query stands above it."""
    text = request.args.get("query", "")
    found: Table | None = None
    graph, drawn, problem, status = "", dict[str, Any](), None, 200
    if text.strip():
        try:
            found, graph, drawn = _asked(text)
        except BadInput as error:
            problem = problem_of(error)
            status = problem.status
    body = render_template(
        "sparql.html",
        text=text or _prologue() + EXAMPLE,
        table=found,
        graph=graph,
        drawn=drawn,
        shown=_shown(drawn),
        problem=problem,
        questions=_named(),
        saved=face().saved.all(),
        downloads=[(name, _download(text, name)) for name in _formats(found)],
    )
    return Response(body, status=status)


def _asked(text: str) -> tuple[Table | None, str, dict[str, Any]]:
    """The answer as a table or as text, and the views that it can be drawn in."""
    require_short(text, face().settings.query_characters)
    answer = face().store.query(text, table=JSON, graph=TURTLE).whole()
    if answer.form == "construct":
        words = answer.body.decode()[:MOST_TEXT] or "# an empty graph\n"
        return None, words, dict(views.of_graph(answer.body))
    return fitted(table(answer)), "", views.of_table(answer)


def _shown(drawn: dict[str, Any]) -> str:
    """The view that is asked for, where the answer has what it draws; else the table."""
    wanted = request.args.get("view", "")
    return wanted if wanted in drawn else views.VIEWS[0]


def _formats(found: Table | None) -> tuple[str, ...]:
    return ("csv", "tsv", "json", "xml") if found else ("turtle", "ntriples", "jsonld")


def _download(text: str, name: str) -> str:
    return f"{request.script_root}/sparql?{urlencode({'query': text, 'format': name})}"


def _prologue() -> str:
    """The prefixes of the example."""
    used = (name for name in PREFIXES if f" {name}:" in EXAMPLE)
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in used) + "\n"


def _page(asked: Question, given: dict[str, str]) -> str:
    store = face().store
    text = query.bind(asked, given, query.meant(store, asked, given))
    answer = store.query(text, table=JSON)
    found, drawn = fitted(readable(table(answer))), views.of_table(answer)
    return render_template(
        "query.html",
        asked=asked,
        given=given,
        drawn=drawn,
        shown=_shown(drawn),
        table=found,
        unknown=[] if found.rows else query.unknown(store, asked, given),
        text=text,
    )


def _single(given: dict[str, list[str]]) -> dict[str, str]:
    """Each parameter once; an empty one, as a form sends it, is not given."""
    for name, found in given.items():
        if len(found) > 1:
            raise BadInput(f"{name} is given {len(found)} times; give it once")
    return {name: found[0] for name, found in given.items() if found[0].strip()}


def _named() -> list[Question]:
    """The named questions, the first one first."""
    return [query.load(name) for name in sorted(query.names(), key=lambda one: one != FIRST)]


def _described(one: Question) -> Asked:
    return {
        "name": one.name,
        "title": one.title,
        "question": one.question,
        "description": one.description,
        "saved": one.name not in query.names(),
        "params": [
            {"name": p.name, "type": p.type, "default": p.default, "meaning": p.meaning}
            for p in one.params
        ],
    }
