"""How nodes and edges look: colours by kind, size by degree. One table for every format."""

from collections.abc import Mapping
from math import sqrt
from typing import Final

from kg.projection import Edge, Node

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


def colour(item: Node | Edge) -> str:
    """A colour, ``#RRGGBB``."""
    return (NODE_COLOURS if isinstance(item, Node) else ACTS).get(item.kind, PLAIN)


def rgb(item: Node | Edge) -> tuple[int, int, int]:
    """A colour as three numbers from 0 to 255."""
    text = colour(item)
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def size(node: Node) -> float:
    """The diameter of a node: its area grows with its degree."""
    return round(10 + 6 * sqrt(node.degree), 2)
