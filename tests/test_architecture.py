"""Imports run downwards only: a walk over the source keeps the floors."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

FLOORS = (
    ("kg.closing", "kg.errors", "kg.header", "kg.iri", "kg.terms", "kg.model"),
    ("kg.cores", "kg.limits", "kg.plugins"),
    ("kg.config", "kg.vocab", "kg.edtf", "kg.gazetteer", "kg.log", "kg.store", "kg.analyse"),
    ("kg.sparql", "kg.opening", "kg.schema"),
    ("kg.filters", "kg.judgements"),
    ("kg.sources", "kg.extract", "kg.link", "kg.rdf", "kg.records", "kg.query"),
    ("kg.index",),
    ("kg.view", "kg.projection", "kg.reading"),
    ("kg.keeping",),
    ("kg.pipeline", "kg.verify", "kg.export", "kg.python"),
    ("api",),
    ("kg.commands",),
    ("kg.cli",),
    ("kg.__main__",),
)
"""Rooms from the lowest floor up: a room imports only from floors below its own."""

FORBIDDEN = {
    "api": ("kg.extract", "kg.analyse", "kg.link", "kg.rdf"),
    "kg.store": ("kg.model", "kg.rdf"),
    "kg.extract": ("kg.rdf", "kg.terms", "kg.store", "rdflib", "pyoxigraph"),
    "kg.analyse": ("kg.rdf", "kg.terms", "kg.store", "rdflib", "pyoxigraph"),
    "kg.sources": ("kg.rdf", "kg.terms", "kg.store", "rdflib", "pyoxigraph"),
}

FILES = sorted(path for top in ("kg", "api") for path in (ROOT / top).rglob("*.py"))
LONGEST = 400


def module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module(path): ast.parse(path.read_text(), str(path)) for path in FILES}


def imported(name: str) -> Iterator[str]:
    """The modules a module imports, ``from package import module`` resolved."""
    for node in ast.walk(MODULES[name]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}:{node.lineno} imports relatively; name the module"
            source = node.module or ""
            for alias in node.names:
                whole = f"{source}.{alias.name}"
                yield whole if whole in MODULES else source


def within(name: str, room: str) -> bool:
    return name == room or name.startswith(f"{room}.")


def room_of(name: str) -> str | None:
    return next((room for floor in FLOORS for room in floor if within(name, room)), None)


def floor_of(room: str) -> int:
    return next(number for number, floor in enumerate(FLOORS) if room in floor)


@pytest.mark.parametrize("name", MODULES)
def test_imports_run_downwards(name: str) -> None:
    room = room_of(name)
    assert room or name == "kg", f"{name} stands on no floor: give it one in FLOORS"
    for other in imported(name):
        target = room_of(other)
        if target and room and target != room:
            assert floor_of(target) < floor_of(room), f"{name} imports {other}, which is not below"


@pytest.mark.parametrize("name", MODULES)
def test_rooms_do_not_know_what_is_not_theirs(name: str) -> None:
    for room, others in FORBIDDEN.items():
        if within(name, room):
            bad = [one for one in imported(name) if any(within(one, other) for other in others)]
            assert not bad, f"{name} imports {', '.join(bad)}"


def test_no_import_goes_in_a_circle() -> None:
    graph = {
        name: {one for one in imported(name) if one in MODULES and one != name} for name in MODULES
    }
    list(TopologicalSorter(graph).static_order())


def top_level(tree: ast.Module) -> Iterator[ast.stmt]:
    """The statements of a module, and those that only a type checker runs."""
    for node in tree.body:
        yield node
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            yield from node.body


@pytest.mark.parametrize("name", MODULES)
def test_imports_stand_at_the_top(name: str) -> None:
    top = set(map(id, top_level(MODULES[name])))
    inner = [
        node.lineno
        for node in ast.walk(MODULES[name])
        if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in top
    ]
    assert not inner, f"{name} imports inside a block at lines {inner}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_stay_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST


def test_the_walk_sees_a_breach() -> None:
    assert list(imported("kg.rdf"))
    assert room_of("kg.store.base") == "kg.store"
    assert floor_of("kg.pipeline") > floor_of("kg.view") > floor_of("kg.link")
