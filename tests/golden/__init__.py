"""Golden graphs: the scene's article graphs and their view as sorted N-Quads, one file each.

A change of the RDF shape, of an IRI or of a rule of linking shows here as a diff to be read.
Write them anew with ``python -m tests.golden`` and read what ``git diff`` says.
"""

from pathlib import Path
from typing import Final

from kg.iri import DEFAULT_BASE, graph_iri
from kg.terms import lines
from kg.view import build
from tests.scenes import scene_graphs

FOLDER: Final = Path(__file__).parent


def golden() -> dict[str, str]:
    """File name → N-Quads, as the code of today writes them."""
    graphs = dict(zip(("harbour.nq", "wire.nq"), scene_graphs(), strict=True))
    view = (graph_iri(DEFAULT_BASE, "view"), build(DEFAULT_BASE, graphs.values()))
    return {
        name: lines(triples, f"<{iri}>")
        for name, (iri, triples) in {**graphs, "view.nq": view}.items()
    }


def write(folder: Path) -> None:
    """Write each golden graph into a folder."""
    for name, text in golden().items():
        (folder / name).write_bytes(text.encode())
