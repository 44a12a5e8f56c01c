"""A store as rdflib sees it: patterns and queries go down to the engine, nothing is copied.

Every named graph is a graph of the dataset, and its default graph is the view, as it is for
queries. There are no blank nodes in our own graphs, and none can be written.
"""

import json
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any, Final

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.query import Result
from rdflib.store import Store as RdflibStore
from rdflib.term import Identifier, Node

from kg.errors import StoreError
from kg.iri import graph_iri
from kg.python.values import term_of
from kg.store import Dataset, Store
from kg.store.text.querytext import tokens, undeclared_prefix
from kg.terms import Triple

UNION: Final = "__UNION__"
_VARIABLES: Final = ("?s", "?p", "?o")

Pattern = tuple[Node | None, Node | None, Node | None]
Found = tuple[Node, Node, Node]


class StoreOfKg(RdflibStore):
    """An rdflib store over a ``kg.store.Store``; read-only unless it is ``writable``."""

    context_aware = True
    graph_aware = True
    formula_aware = False
    transaction_aware = False

    def __init__(self, store: Store, *, writable: bool = False) -> None:
        super().__init__()
        self._held = store
        self._writable = writable
        self._view = graph_iri(store.base, "view")
        self._prefixes: dict[str, URIRef] = {}

    def triples(
        self, triple_pattern: Pattern, context: Graph | None = None
    ) -> Iterator[tuple[Found, Iterator[Graph]]]:
        """The triples of a graph that match, or of all graphs, each with its graph."""
        nodes = [
            _VARIABLES[at] if one is None else _node(one) for at, one in enumerate(triple_pattern)
        ]
        pattern = " ".join(nodes)
        graph = self._name(context)
        where = f"GRAPH ?g {{ {pattern} }}" if graph is None else f"GRAPH <{graph}> {{ {pattern} }}"
        for row in self._rows(f"SELECT * {{ {where} }}"):
            found = tuple(
                row.get(name[1:], one) for name, one in zip(_VARIABLES, triple_pattern, strict=True)
            )
            its = Graph(self, row.get("g", URIRef(graph or "")))
            yield found, iter([its])  # type: ignore[misc]

    def __len__(self, context: Graph | None = None) -> int:
        graph = self._name(context)
        if graph is None:
            return self._held.size()
        text = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        return int(self._rows(text)[0]["n"])

    def contexts(self, triple: Found | None = None) -> Generator[Graph, None, None]:
        """All named graphs, or those that hold a triple."""
        if triple is None or not any(triple):
            yield from (Graph(self, URIRef(one)) for one in self._held.graphs())
            return
        for _, graphs in self.triples(triple):
            yield from graphs

    def query(
        self,
        query: Any,
        initNs: Mapping[str, Any],  # noqa: N803
        initBindings: Mapping[str, Identifier],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **kwargs: Any,
    ) -> Result:
        """The engine's own answer; ``initBindings`` are bound as terms."""
        if not isinstance(query, str):
            raise NotImplementedError
        text = _declared(query, initNs)
        names = {token[1:] for kind, token, _ in tokens(text) if kind == "var"}
        given = {str(name): term_of(one) for name, one in initBindings.items()}
        bound = {name: one for name, one in given.items() if name in names}
        answer = self._held.query(text, bindings=bound, dataset=self._dataset(queryGraph))
        if answer.form == "construct":
            result = Result("CONSTRUCT")
            result.graph = Graph().parse(data=answer.body, format="nt")
            return result
        return Result.parse(BytesIO(answer.body), format="json")

    def update(
        self,
        update: Any,
        initNs: Mapping[str, Any],  # noqa: N803
        initBindings: Mapping[str, Identifier],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **kwargs: Any,
    ) -> None:
        """Carry out a SPARQL update in the engine."""
        self._require_writable()
        if not isinstance(update, str) or initBindings:
            raise StoreError("an update is text here, with its values in it")
        self._held.update(_declared(update, initNs))

    def add(self, triple: Found, context: Graph, quoted: bool = False) -> None:
        """Add one triple to a graph. Many go faster together (``addN``)."""
        self.addN([(*triple, context)])

    def addN(self, quads: Iterable[tuple[Node, Node, Node, Graph]]) -> None:  # noqa: N802
        """Add triples, graph by graph."""
        self._require_writable()
        new: dict[str, list[Triple]] = defaultdict(list)
        for *triple, context in quads:
            s, p, o = map(_node, triple)
            new[self._written(context)].append((s, p, o))
        for graph, triples in new.items():
            self._held.patch(graph, [], triples)

    def remove(self, triple: Pattern, context: Graph | None = None) -> None:
        """Remove the triples that match, from a graph or from all."""
        self._require_writable()
        gone: dict[str, list[Triple]] = defaultdict(list)
        for found, graphs in list(self.triples(triple, context)):
            s, p, o = map(_node, found)
            for graph in graphs:
                gone[str(graph.identifier)].append((s, p, o))
        for name, triples in gone.items():
            self._held.patch(name, triples, [])

    def add_graph(self, graph: Graph) -> None:
        """Nothing: a graph is there once it holds something."""

    def remove_graph(self, graph: Graph) -> None:
        """Drop a graph."""
        self._require_writable()
        self._held.remove(self._written(graph))

    def bind(self, prefix: str, namespace: URIRef, override: bool = True) -> None:
        """Remember a prefix, for this dataset only."""
        if override or prefix not in self._prefixes:
            self._prefixes[prefix] = namespace

    def prefix(self, namespace: URIRef) -> str | None:
        """The prefix of a namespace."""
        return next((name for name, one in self._prefixes.items() if one == namespace), None)

    def namespace(self, prefix: str) -> URIRef | None:
        """The namespace of a prefix."""
        return self._prefixes.get(prefix)

    def namespaces(self) -> Iterator[tuple[str, URIRef]]:
        """Every prefix with its namespace."""
        return iter(list(self._prefixes.items()))

    def _name(self, context: Graph | None) -> str | None:
        """The graph that a context means; None for all of them."""
        if context is None:
            return None
        name = context.identifier
        return self._view if name == DATASET_DEFAULT_GRAPH_ID else _node(name)[1:-1]

    def _written(self, context: Graph) -> str:
        if context.identifier == DATASET_DEFAULT_GRAPH_ID:
            raise StoreError(
                "nothing is written to the default graph; name one: dataset.graph(IRI)"
            )
        return _node(context.identifier)[1:-1]

    def _dataset(self, graph: str) -> Dataset | None:
        if graph == UNION:
            return Dataset(tuple(self._held.graphs()))
        return None if URIRef(graph) == DATASET_DEFAULT_GRAPH_ID else Dataset((str(graph),))

    def _rows(self, text: str) -> list[dict[str, Identifier]]:
        body = self._held.query(text).body
        found = json.loads(body)["results"]["bindings"]
        return [{name: _term(one) for name, one in row.items()} for row in found]

    def _require_writable(self) -> None:
        if not self._writable:
            raise StoreError("this dataset is read-only; open it with kg.open(…, writable=True)")


def _node(one: Node) -> str:
    if isinstance(one, BNode):
        raise StoreError("a blank node means something else in every store; give it an IRI")
    return term_of(one)


def _term(told: Mapping[str, str]) -> Identifier:
    if told["type"] == "uri":
        return URIRef(told["value"])
    if told["type"] == "bnode":
        return BNode(told["value"])
    datatype = told.get("datatype")
    language = told.get("xml:lang")
    of = datatype and URIRef(datatype)
    return Literal(told["value"], lang=language, datatype=of, normalize=False)


def _declared(text: str, namespaces: Mapping[str, Any]) -> str:
    """The text with those of our prefixes declared that it uses and does not declare."""
    while (missing := undeclared_prefix(text)) is not None:
        prefix = missing[0].removesuffix(":")
        if prefix not in namespaces:
            return text
        text = f"PREFIX {prefix}: <{namespaces[prefix]}> {text}"
    return text
