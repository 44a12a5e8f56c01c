"""Projections to write and read back: the scene's, and generated ones with labels that hurt."""

from collections.abc import Mapping

from hypothesis import strategies as st

from kg.export import selection
from kg.export.job import Job, clean
from kg.iri import DEFAULT_BASE
from kg.projection import Edge, Node, Projection, Sheet
from kg.projection.model import KINDS, Value, values
from kg.store import open_store

PRESET = "actor-statement-event"

NASTY = (
    'She said "no" & left <quickly>',
    "two\nlines\r\nand a\ttab\rand a lone return",
    "bell \x07 null \x00 escape \x1b delete \x7f not a character \ufffe",
    "العربية עברית with a mark \u202eturned round\u202c",
    "emoji 🕊️👩🏽‍⚖️ and Zoë, naïve; “quoted”",
    "]]> <!-- --> &amp; &#0; </label>",
    "=HYPERLINK(A1)",
    "+49 30",
    "-5",
    "@handle",
    " blanks around ",
    "'apostrophe",
    "line separator \u2028 next line \x85",
    "\\ back \\n slash",
)
"""Labels that have broken some exporter somewhere."""

labels = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
)
days = st.dates().map(lambda one: one.isoformat())


@st.composite
def projections(draw: st.DrawFn) -> Projection:
    """A few nodes of any kind, with edges that may be parallel or lead back to their node."""
    names = [f"{DEFAULT_BASE}thing/{number}" for number in range(draw(st.integers(1, 5)))]
    nodes = [draw(_node(name)) for name in names]
    count = draw(st.integers(0, 6))
    edges = [draw(_edge(f"e{number}f", names)) for number in range(count)]
    return Projection.of(PRESET, nodes, edges)


@st.composite
def _node(draw: st.DrawFn, iri: str) -> Node:
    day = draw(st.one_of(st.just(""), days))
    return Node(
        iri=iri,
        kind=draw(st.sampled_from(KINDS)),
        label=draw(labels),
        url=iri,
        type="say",
        earliest=day,
        latest=draw(st.sampled_from(("", day))),
        confidence=draw(st.one_of(st.none(), st.sampled_from((0.5, 0.95, 1.0)))),
        sources=draw(st.integers(0, 2)),
        source_list=draw(st.one_of(st.just(""), labels)),
        text=draw(st.one_of(st.just(""), labels)),
        x=draw(st.integers(-9999, 9999)) / 100,
        y=draw(st.integers(-9999, 9999)) / 100,
        degree=draw(st.integers(0, 9)),
        community=draw(st.integers(0, 3)),
        centrality=draw(st.sampled_from((0.0, 0.25, 1.0))),
    )


@st.composite
def _edge(draw: st.DrawFn, ident: str, names: list[str]) -> Edge:
    return Edge(
        id=ident,
        source=draw(st.sampled_from(names)),
        target=draw(st.sampled_from(names)),
        kind=draw(st.sampled_from(("request", "deny", "about"))),
        label=draw(labels),
        url=f"{DEFAULT_BASE}statement/{ident}",
        weight=draw(st.integers(1, 9)),
        earliest=draw(st.one_of(st.just(""), days)),
        confidence=draw(st.sampled_from((None, 0.9))),
        quotation=draw(st.one_of(st.just(""), labels)),
    )


def job(graph: Projection) -> Job:
    """The export of a projection as it is."""
    store = open_store("memory:", base=DEFAULT_BASE)
    return Job(store, selection({}), DEFAULT_BASE, graph.preset, drawn=Sheet.of(graph))


def told(item: Node | Edge) -> dict[str, Value]:
    """All columns of a node or an edge as XML can hold them, its label among them."""
    return in_xml({"label": item.label, **dict(values(item))})


def in_xml(given: Mapping[str, Value]) -> dict[str, Value]:
    """The same with every text as XML can hold it."""
    return {name: clean(one) if isinstance(one, str) else one for name, one in given.items()}
