"""``/export/{format}``: the selection of a page as a file, sent piece by piece."""

from typing import Final

from flask import Blueprint, Response, request

from api import drawn
from api import parameters as p
from api.face import face
from api.graph import nodes, selecting, selection
from api.routes import route
from kg.errors import BadFilter
from kg.export import FORMATS, export

blueprint = Blueprint("export", __name__)

YES: Final = {"1": True, "true": True, "0": False, "false": False, "": False}


@route(
    blueprint,
    "/export/<name>",
    answers={one.media_type.partition(";")[0]: {} for one in FORMATS.values()},
    parameters=(
        p.path("name", "The format.", p.listed(FORMATS)),
        selecting,
        nodes("around", "Nodes, by their full IRI: only they and their neighbours are drawn."),
        p.query("no_text", "Leave article bodies out; quoted words stay.", p.FLAG),
    ),
    failures=(400, 404, 503),
    tag="graph",
)
def download(name: str) -> Response:
    """A file in a format; what cannot be honoured is told before the first byte is sent."""
    chosen = selection("no_text", "around")
    pieces = export(
        face().store,
        name,
        projection=chosen.projection,
        filters=chosen.filters,
        no_text=_no_text(),
        around=[one for one in request.args.getlist("around") if one],
        draw=drawn.sheet,
    )
    found = FORMATS[name]
    what = chosen.projection if found.drawn else chosen.filters.kind
    headers = {"Content-Disposition": f'attachment; filename="conflict-kg-{what}.{found.ending}"'}
    return Response(pieces, content_type=found.media_type, headers=headers)


def _no_text() -> bool:
    given = request.args.get("no_text", "")
    if given not in YES:
        raise BadFilter(f"no_text={given!r} is not allowed; allowed: 1, true, 0, false")
    return YES[given]
