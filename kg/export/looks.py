"""How nodes and edges look: colours by kind, size by degree. One table for every format."""

from collections.abc import Mapping
from math import sqrt
from typing import Final

NODE_COLOURS: Final[Mapping[str, str]] = {
    "person": "#4269D0",
    "organization": "#3CA951",
    "state": "#9C6B4E",
    "group": "#6CC5B0",
    "document": "#97BBF5",
    "actor": "#9498A0",
    "statement": "#EFB118",
    "event": "#FF725C",
    "place": "#A463F2",
    "article": "#9498A0",
    "outlet": "#FF8AB7",
}
"""Observable 10 (Mike Bostock, ISC), told apart with any common colour blindness."""

ACTS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("accuse", "condemn", "reject", "deny", "threaten", "warn"), "#C44536"),
    **dict.fromkeys(("request", "ask", "order"), "#B07D00"),
    **dict.fromkeys(("agree", "support", "promise", "apologise", "confirm"), "#2E7D4F"),
}
PLAIN: Final = "#8A8F98"
SHAPES: Final[Mapping[str, str]] = {
    "statement": "roundrectangle",
    "event": "diamond",
    "place": "triangle",
    "outlet": "rectangle",
    "article": "rectangle",
}
ROUND: Final = "ellipse"


def node_colour(kind: str) -> str:
    """The colour of a kind of node, ``#RRGGBB``."""
    return NODE_COLOURS.get(kind, PLAIN)


def edge_colour(kind: str) -> str:
    """The colour of an act or another kind of edge, ``#RRGGBB``."""
    return ACTS.get(kind, PLAIN)


def rgb(colour: str) -> tuple[int, int, int]:
    """A colour as three numbers from 0 to 255.

    >>> rgb("#FF725C")
    (255, 114, 92)
    """
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def size(degree: int) -> float:
    """The diameter of a node of so many edges: its area grows with them."""
    return round(10 + 6 * sqrt(degree), 2)
