"""The cases of the W3C's SPARQL test suites, as their manifests tell them.

The suites are read where they stand (``w3c/rdf-tests``); nothing of them is copied. A file of a
suite goes by an IRI below ``HOME``, so that relative IRIs in queries and data mean the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

HOME: Final = "https://w3c.github.io/rdf-tests/sparql/"

MF: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT: Final = "http://www.w3.org/2009/sparql/tests/test-update#"
DAWG: Final = "http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#"
HT: Final = "http://www.w3.org/2011/http#"
CNT: Final = "http://www.w3.org/2011/content#"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"

KINDS: Final = {
    "QueryEvaluationTest": "query evaluation",
    "CSVResultFormatTest": "query evaluation",
    "UpdateEvaluationTest": "update evaluation",
    "PositiveSyntaxTest": "query syntax",
    "PositiveSyntaxTest11": "query syntax",
    "NegativeSyntaxTest": "bad query syntax",
    "NegativeSyntaxTest11": "bad query syntax",
    "PositiveUpdateSyntaxTest": "update syntax",
    "PositiveUpdateSyntaxTest11": "update syntax",
    "NegativeUpdateSyntaxTest": "bad update syntax",
    "NegativeUpdateSyntaxTest11": "bad update syntax",
    "ProtocolTest": "protocol",
    "GraphStoreProtocolTest": "graph store protocol",
    "ServiceDescriptionTest": "service description",
}
"""Class of a test → what it tests."""

_RESULTS: Final = ("csv-tsv-res", "json-res")
_LEFT_OUT: Final = ("entailment", "http-rdf-update")
"""Not claimed: inference. Withdrawn by the W3C for ``graph-store-protocol``: the other."""

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Data:
    """Files that make up a dataset: its default graph, and named graphs with their IRIs."""

    default: tuple[Path, ...] = ()
    named: tuple[tuple[str, Path], ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """One request of a protocol test, and what may be answered.

    ``statuses`` are codes (``201``) or classes (``2xx``); ``boolean`` the answer of an ASK,
    ``format`` one of boolean, tabular and RDF; ``graph`` the Turtle that must come back;
    ``location`` the name under which later requests mean the Location of this answer.
    """

    method: str
    path: str
    headers: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    statuses: tuple[str, ...] = ()
    boolean: bool | None = None
    format: str | None = None
    graph: str | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One test. ``id`` is its manifest's folder and its name there: ``sparql11/bind/bind01``."""

    id: str
    kind: str
    name: str
    action: Path | None = None
    data: Data = Data()
    result: Path | None = None
    after: Data = Data()
    requests: tuple[Request, ...] = ()
    lax: bool = False

    @property
    def suite(self) -> str:
        """The row of the table that this case is counted in."""
        version, folder = self.id.split("/")[:2]
        number = f"1.{version[-1]}"
        if folder in _RESULTS:
            return f"SPARQL {number} result formats"
        return f"SPARQL {number} {self.kind.removeprefix('bad ')}"


def cases(folder: Path) -> list[Case]:
    """Every case below ``sparql10``, ``sparql11`` and ``sparql12`` of this folder."""
    manifests = sorted(folder.glob("sparql1[012]/*/manifest*.ttl"))
    return [
        case
        for path in manifests
        if path.parent.name not in _LEFT_OUT
        for case in _Manifest(folder, path).cases()
    ]


def address(folder: Path, path: Path) -> str:
    """The IRI a file of the suites goes by."""
    return f"{HOME}{path.relative_to(folder).as_posix()}"


class _Manifest:
    """One manifest file as a graph."""

    def __init__(self, folder: Path, path: Path) -> None:
        self._folder = folder
        self._path = path
        self._graph = ox.Store()
        base = address(folder, path)
        self._graph.load(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=base)

    def cases(self) -> Iterator[Case]:
        """The cases in the order of the manifest."""
        for entries in self._graph.quads_for_pattern(None, ox.NamedNode(f"{MF}entries"), None):
            for node in self._items(entries.object):
                case = self._case(node)
                if case is not None:
                    yield case

    def _case(self, node: Term) -> Case | None:
        kinds = [_end(kind) for kind in self._all(node, f"{_RDF}type")]
        kind = next((KINDS[one] for one in kinds if one in KINDS), None)
        approval = self._one(node, f"{DAWG}approval")
        if kind is None or (approval is not None and _end(approval) in ("Withdrawn", "Rejected")):
            return None
        action, result = self._one(node, f"{MF}action"), self._one(node, f"{MF}result")
        return Case(
            id=f"{self._path.parent.relative_to(self._folder).as_posix()}/{_end(node)}",
            kind=kind,
            name=self._text(node, f"{MF}name") or "",
            action=self._action(action),
            data=self._data(action if self._is_described(action) else node),
            result=self._file(result) if isinstance(result, ox.NamedNode) else None,
            after=self._data(result),
            requests=tuple(self._requests(action)),
            lax=self._one(node, f"{MF}resultCardinality") is not None,
        )

    def _is_described(self, action: Term | None) -> bool:
        """Whether the data stand with the action; those of a protocol test stand with the test."""
        return action is not None and self._one(action, f"{HT}requests") is None

    def _action(self, action: Term | None) -> Path | None:
        if isinstance(action, ox.NamedNode):
            return self._file(action)
        wanted = (f"{QT}query", f"{UT}request")
        return next((self._file(one) for name in wanted for one in self._all(action, name)), None)

    def _data(self, node: Term | None) -> Data:
        default, named = [], []
        for space in (QT, UT):
            default += [self._file(one) for one in self._all(node, f"{space}data")]
            named += [self._named(one, space) for one in self._all(node, f"{space}graphData")]
        return Data(tuple(default), tuple(named))

    def _named(self, node: Term, space: str) -> tuple[str, Path]:
        """A named graph: a file under its own IRI, or a file under a label."""
        files = self._all(node, f"{space}graph") or self._all(node, f"{space}data") or [node]
        path = self._file(files[0])
        return self._text(node, _LABEL) or address(self._folder, path), path

    def _requests(self, action: Term | None) -> Iterator[Request]:
        for listed in self._all(action, f"{HT}requests"):
            for node in self._items(listed):
                answer = self._one(node, f"{HT}resp")
                boolean = self._text(answer, f"{MF}expectedBoolean")
                yield Request(
                    method=self._text(node, f"{HT}methodName") or "GET",
                    path=self._text(node, f"{HT}absolutePath") or "",
                    headers=tuple(self._headers(node)),
                    body=self._body(node),
                    statuses=tuple(map(_status, self._all(answer, f"{MF}expectedStatus"))),
                    boolean=None if boolean is None else boolean == "true",
                    format=self._text(answer, f"{MF}expectedFormat"),
                    graph=self._body(answer),
                    location=self._text(answer, f"{MF}expectedLocation"),
                )

    def _headers(self, node: Term) -> Iterator[tuple[str, str]]:
        for listed in self._all(node, f"{HT}headers"):
            for header in self._items(listed):
                name, value = (self._text(header, f"{HT}field{part}") for part in ("Name", "Value"))
                yield name or "", value or ""

    def _body(self, node: Term | None) -> str | None:
        body = self._one(node, f"{HT}body")
        return self._text(body, f"{CNT}chars")

    def _items(self, listed: Term | None) -> Iterator[Term]:
        while listed is not None and (first := self._one(listed, f"{_RDF}first")) is not None:
            yield first
            listed = self._one(listed, f"{_RDF}rest")

    def _all(self, node: Term | None, name: str) -> list[Term]:
        if not isinstance(node, ox.NamedNode | ox.BlankNode):
            return []
        found = self._graph.quads_for_pattern(node, ox.NamedNode(name), None)
        return [quad.object for quad in found]

    def _one(self, node: Term | None, name: str) -> Term | None:
        return next(iter(self._all(node, name)), None)

    def _text(self, node: Term | None, name: str) -> str | None:
        term = self._one(node, name)
        return term.value if isinstance(term, ox.Literal) else None

    def _file(self, term: Term) -> Path:
        if not isinstance(term, ox.NamedNode) or not term.value.startswith(HOME):
            raise ValueError(f"{self._path}: {term} is no file of the suites")
        return self._folder / term.value.removeprefix(HOME)


def _status(term: Term) -> str:
    """``hts:StatusCode2xx`` → ``2xx``, ``hts:Created`` → ``201``."""
    name = _end(term)
    known = {"OK": "200", "Created": "201", "NoContent": "204", "NotFound": "404"}
    return known.get(name) or name.removeprefix("StatusCode")


def _end(term: Term) -> str:
    return str(term).strip("<>").rpartition("#")[2]
