"""One case put to a service: what is wrong with its answers, or nothing."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from scripts.w3c import exchange
from scripts.w3c.answers import (
    GRAPH_FORMATS,
    MEDIA_TYPES,
    Answer,
    Table,
    difference,
    expected,
    parse_graph,
    parse_table,
)
from scripts.w3c.client import Client
from scripts.w3c.suites import Case, Data, address

_FROM: Final = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>:]+)>", re.IGNORECASE)
_ORDERED: Final = re.compile(r"\bORDER\s+BY\b[^{}]*$", re.IGNORECASE)
_DUMP: Final = "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
_NTRIPLES: Final = "application/n-triples"


class Runner:
    """Puts cases to one service, each to a store that holds its data and nothing else."""

    def __init__(self, folder: Path, client: Client) -> None:
        self._folder = folder
        self._client = client
        self._holds: Data | None = None

    def failure(self, case: Case) -> str | None:
        """Why a case fails; None if it passes."""
        kinds: dict[str, Callable[[Case], str | None]] = {
            "query evaluation": self._query,
            "update evaluation": self._update,
            "query syntax": self._syntax,
            "bad query syntax": self._syntax,
            "update syntax": self._syntax,
            "bad update syntax": self._syntax,
            "protocol": self._exchange,
            "graph store protocol": self._exchange,
            "service description": self._describe,
        }
        return kinds[case.kind](case)

    def _load(self, data: Data) -> None:
        """Let the store hold this and nothing else, in one update."""
        if data == self._holds:
            return
        quads = [self._quads(path, None) for path in data.default]
        quads += [self._quads(path, iri) for iri, path in data.named]
        text = f"DROP ALL; INSERT DATA {{ {' '.join(quads)} }}"
        reply = self._client.update(text)
        if not 200 <= reply.status < 300:
            raise ValueError(f"the data of a case cannot be loaded: {reply}\n{text}")
        self._holds = data

    def _quads(self, path: Path, graph: str | None) -> str:
        """A file as it stands in an update; no two files share a blank node."""
        format, base = GRAPH_FORMATS[path.suffix], address(self._folder, path)
        found: dict[str, list[ox.Triple]] = {}
        for one in ox.parse(path.read_bytes(), format, base_iri=base, rename_blank_nodes=True):
            name = one.graph_name.value if isinstance(one.graph_name, ox.NamedNode) else graph
            found.setdefault(name or "", []).append(one.triple)
        parts = []
        for name, triples in found.items():
            text = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()
            parts.append(f"GRAPH <{name}> {{ {text} }}" if name else text)
        return " ".join(parts)

    def _text(self, path: Path) -> str:
        """A query or update with the base it is read under."""
        return f"BASE <{address(self._folder, path)}>\n{path.read_bytes().decode()}"

    def _query(self, case: Case) -> str | None:
        assert case.action is not None
        text = self._text(case.action)
        self._load(self._with_named(case, text))
        wanted = self._wanted(case, text)
        suffix = case.result.suffix if case.result else ""
        suffix = suffix if suffix in MEDIA_TYPES else ".srj"
        accept = _NTRIPLES if isinstance(wanted, frozenset) else MEDIA_TYPES[suffix]
        reply = self._client.query(text, accept)
        if reply.status != 200:
            return str(reply)
        if reply.type != accept:
            return f"wanted {accept}, got {reply.type}"
        if accept == _NTRIPLES:
            return difference(wanted, parse_graph(reply.body, ".nt"))
        given = parse_table(reply.body, suffix)
        return _columns(wanted, given, suffix) or difference(wanted, given, lax=case.lax)

    def _with_named(self, case: Case, text: str) -> Data:
        """The data of a case, and the files that its query names in FROM."""
        assert case.action is not None
        files = [case.action.parent / name for name in _FROM.findall(text)]
        named = dict(case.data.named) | {address(self._folder, one): one for one in files}
        return Data(case.data.default, tuple(named.items()))

    def _wanted(self, case: Case, text: str) -> Answer:
        assert case.result is not None
        found = expected(case.result, address(self._folder, case.result))
        if isinstance(found, Table) and _ORDERED.search(text):
            return Table(found.variables, found.rows, ordered=True)
        return found

    def _update(self, case: Case) -> str | None:
        assert case.action is not None
        self._load(case.data)
        self._holds = None
        reply = self._client.update(self._text(case.action))
        if not 200 <= reply.status < 300:
            return str(reply)
        wanted = self._dataset(case.after)
        given = parse_table(self._client.query(_DUMP, MEDIA_TYPES[".srj"]).body, ".srj")
        assert isinstance(given, Table)
        return difference(Table(("g", "s", "p", "o"), wanted), given)

    def _dataset(self, data: Data) -> tuple[tuple[object, ...], ...]:
        """The quads of these files, each with its graph first."""
        graphs: list[tuple[ox.NamedNode | None, Path]] = [(None, path) for path in data.default]
        graphs += [(ox.NamedNode(iri), path) for iri, path in data.named]
        rows = []
        for name, path in graphs:
            base = address(self._folder, path)
            for one in ox.parse(path.read_bytes(), GRAPH_FORMATS[path.suffix], base_iri=base):
                own = one.graph_name if isinstance(one.graph_name, ox.NamedNode) else name
                rows.append((own, one.subject, one.predicate, one.object))
        return tuple(rows)

    def _syntax(self, case: Case) -> str | None:
        """A good text may be refused for what it would do (403), never as a bad one (400)."""
        assert case.action is not None
        self._load(Data())
        text = self._text(case.action)
        update = "update" in case.kind
        reply = self._client.update(text) if update else self._client.query(text)
        self._holds = None if update else self._holds
        bad = case.kind.startswith("bad")
        fits = reply.status == 400 if bad else reply.status != 400 and reply.status < 500
        return None if fits else str(reply)

    def _exchange(self, case: Case) -> str | None:
        self._load(case.data)
        self._holds = None
        return exchange.failure(case, self._client)

    def _describe(self, case: Case) -> str | None:
        return exchange.description_failure(case, self._client)


def _columns(wanted: Answer, given: bool | Table, suffix: str) -> str | None:
    """Of a file made of columns their order counts."""
    if suffix not in (".csv", ".tsv") or isinstance(wanted, bool) or isinstance(given, bool):
        return None
    assert isinstance(wanted, Table)
    same_order = wanted.variables == given.variables
    return None if same_order else f"wanted {wanted.variables}, got {given.variables}"
