"""The zipped tables read back by ``zipfile`` and ``csv``."""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

from hypothesis import given, settings

from kg.export import csvzip
from kg.export.csvtext import FORMULA, cell
from kg.projection import Edge, Node, Projection
from kg.projection.model import values
from tests.export.drawn import job, projections

Row = dict[str, str]


def archive(graph: Projection) -> ZipFile:
    return ZipFile(BytesIO(b"".join(csvzip.write(job(graph)))))


def table(found: ZipFile, name: str) -> list[Row]:
    return list(csv.DictReader(StringIO(found.read(name).decode(), newline="")))


def expected(item: Node | Edge) -> Row:
    named = {"Label": item.label, **dict(values(item))}
    if isinstance(item, Node):
        named |= {"Id": named.pop("iri"), "Type": named.pop("kind"), "x": item.x, "y": item.y}
        named["subtype"] = named.pop("type", "")
    else:
        ends = {"Source": item.source, "Target": item.target, "Type": "Directed"}
        named |= {**ends, "Id": item.id, "Weight": item.weight}
    return {name: str(cell(value)) for name, value in named.items() if value != ""}


def check(graph: Projection) -> None:
    found = archive(graph)
    nodes, edges = table(found, "nodes.csv"), table(found, "edges.csv")
    assert [filled(row) for row in nodes] == [expected(one) for one in graph.nodes]
    assert [filled(row) for row in edges] == [expected(one) for one in graph.edges]


def filled(row: Row) -> Row:
    return {name: value for name, value in row.items() if value != ""}


def test_the_tables_hold_the_same_graph(drawn: Projection) -> None:
    check(drawn)


@settings(deadline=None)
@given(projections())
def test_the_tables_hold_any_label(graph: Projection) -> None:
    check(graph)


@settings(deadline=None)
@given(projections())
def test_no_text_begins_like_a_formula(graph: Projection) -> None:
    found = archive(graph)
    for name in ("nodes.csv", "edges.csv"):
        for row in table(found, name):
            texts = [value for column, value in row.items() if column not in ("x", "y")]
            assert not [value for value in texts if value.startswith(FORMULA)]


def test_importers_find_their_columns(drawn: Projection) -> None:
    found = archive(drawn)
    head = {name: found.read(name).decode().split("\r\n")[0] for name in found.namelist()[1:]}
    assert head["nodes.csv"].startswith("Id,Label,Type,")
    assert head["edges.csv"].startswith("Source,Target,Type,")
    for line in head.values():
        names = line.split(",")
        assert "url" in names
        assert len({name.lower() for name in names}) == len(names)


def test_the_archive_is_sound_and_without_a_clock(drawn: Projection) -> None:
    found = archive(drawn)
    assert found.testzip() is None
    assert {one.date_time for one in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert drawn.preset in found.read("README.txt").decode()
