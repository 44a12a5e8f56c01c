"""A graph as the page draws it: what a thing is shows without its colour, in the island too."""

import re
from pathlib import Path

from api.drawing import HEADS, OUTLINES, drawing
from kg.projection import KINDS, Edge, Node, Projection

LOOKS = (Path(__file__).parents[2] / "web" / "src" / "looks.ts").read_text("utf-8")


def test_kinds_are_told_apart_by_their_shapes() -> None:
    nodes = [Node(f"a:{kind}", kind, kind, f"a:{kind}") for kind in KINDS]
    found = drawing(Projection("p", tuple(nodes), ()))
    assert found
    round_ones = {one.node.kind for one in found.nodes if not one.outline}
    assert round_ones == {"person", "actor"}
    shapes = [OUTLINES[kind] for kind in OUTLINES if kind not in ("article", "statement")]
    assert len(set(shapes)) == len(shapes)
    assert all(
        one.outline.count("L") == len(OUTLINES[one.node.kind]) - 1
        for one in found.nodes
        if one.outline
    )


def test_edges_are_told_apart_by_their_heads() -> None:
    nodes = (Node("a:a", "person", "A", "a:a"), Node("a:b", "person", "B", "a:b"))
    kinds = ("request", "deny", "agree", "AID", "accuse", "ASSAULT")
    edges = tuple(Edge(f"e{kind}", "a:a", "a:b", kind, kind, "a:s") for kind in kinds)
    found = drawing(Projection("p", nodes, edges))
    assert found
    heads = {one.edges[0].kind: one.head for one in found.edges}
    assert list(heads.values()) == ["asks", "denies", "agrees", "agrees", "", ""]


def test_the_island_has_the_same_shapes_and_heads() -> None:
    shapes = dict(
        re.findall(r'^  (\w+): "([\w-]+)",$', LOOKS.split("SHAPES:")[1].split("};")[0], re.M)
    )
    assert shapes.keys() == OUTLINES.keys()
    assert len(set(shapes.values())) == len(shapes)
    heads = re.findall(r'\["([\w ]+)", "\w+"\]', LOOKS.split("HEADS:")[1].split("];")[0])
    assert {word for words in heads for word in words.split()} == HEADS.keys()
