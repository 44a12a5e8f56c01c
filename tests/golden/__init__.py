"""Golden graphs: the scene's article graphs, their view, what two people judged of them and the
view after that (``tests.scene_review``), as sorted N-Quads, one file each.

A change of the RDF shape, of an IRI or of a rule of linking shows here as a diff to be read.
Write them anew with ``python -m tests.golden`` and read what ``git diff`` says.
"""

from pathlib import Path
from typing import Final

from kg.iri import DEFAULT_BASE, graph_iri
from kg.judgements import written
from kg.terms import lines
from kg.view import build
from tests.scene_review import JUDGEMENTS
from tests.scenes import scene_graphs

FOLDER: Final = Path(__file__).parent


def golden() -> dict[str, str]:
    """File name → N-Quads, as the code of today writes them."""
    graphs = dict(zip(("harbour.nq", "wire.nq"), scene_graphs(), strict=True))
    name = graph_iri(DEFAULT_BASE, "view")
    judged = {triple for one in JUDGEMENTS for triple in written(DEFAULT_BASE, one)}
    made = {
        "view.nq": (name, build(DEFAULT_BASE, graphs.values())),
        "judgements.nq": (graph_iri(DEFAULT_BASE, "judgements"), sorted(judged)),
        "view-reviewed.nq": (name, build(DEFAULT_BASE, graphs.values(), JUDGEMENTS)),
    }
    return {file: lines(triples, f"<{iri}>") for file, (iri, triples) in {**graphs, **made}.items()}


def write(folder: Path) -> None:
    """Write each golden graph into a folder."""
    for name, text in golden().items():
        (folder / name).write_bytes(text.encode())
