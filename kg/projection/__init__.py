"""The view as a drawn graph: nodes and edges around a selection, in one of four presets.

========================= ====================================================================
preset                    an edge is
========================= ====================================================================
``actor-actor``           a statement, from its speaker to whom it is addressed, directed at or
                          about; or an event, from who acted to who was acted upon
``actor-statement-event`` one role: who said it, to whom, about what, who did it, where
``actor-event``           one role in an event, and who spoke of it
``outlet-actor``          how often an outlet carries an actor's statements, act by act
========================= ====================================================================
"""

from kg.errors import NotFound
from kg.filters import Filters
from kg.projection.model import KINDS, Edge, Node, Projection
from kg.projection.near import nearby
from kg.projection.presets import PRESETS
from kg.projection.reading import statement_ids
from kg.projection.sheet import Sheet
from kg.projection.shelf import Shelf, drawn, shelf
from kg.store.base import Queryable

__all__ = [
    "KINDS",
    "PRESETS",
    "Edge",
    "Node",
    "Projection",
    "Sheet",
    "Shelf",
    "known",
    "nearby",
    "project",
    "shelf",
    "statement_ids",
]


def project(queryable: Queryable, filters: Filters, preset: str = "actor-actor") -> Projection:
    """The nodes and edges of a preset around a selection of statements or events, in memory.

    Statements bring the events they are about, events the statements about them; filters that
    choose nothing mean everything. Raises NotFound for a preset that is not, BadFilter for
    filters of another kind.
    """
    sheet = drawn(queryable, filters, known(preset))
    try:
        return sheet.whole()
    finally:
        sheet.close()


def known(preset: str) -> str:
    """The preset itself. Raises NotFound, saying which there are."""
    if preset not in PRESETS:
        raise NotFound(f"no projection {preset!r}; there are {', '.join(PRESETS)}")
    return preset
