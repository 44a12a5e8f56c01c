"""Files for Neo4j, Graphviz and Obsidian: their grammars, and their own readers where there are."""

import csv
import json
import re
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import yaml
from hypothesis import given, settings

from kg.export import dot, export, neo4j
from kg.export.obsidian import file_name
from kg.projection import Projection
from kg.store.base import Store
from tests.export.drawn import NASTY, job, projections
from tests.export.foreign import run

TYPES = "int|long|float|double|boolean|byte|short|char|string|point|date|localtime|time|datetime"
HEADING = re.compile(
    rf"(?:[A-Za-z_]\w*)?:(?:ID|START_ID|END_ID|LABEL|TYPE|IGNORE)|[A-Za-z_]\w*(?::(?:{TYPES}))?"
)
"""A heading, by the grammar in "Import header format" of Neo4j's operations manual."""

RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def imported(graph: Projection) -> ZipFile:
    return ZipFile(BytesIO(b"".join(neo4j.write(job(graph)))))


def rows(found: ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(found.read(name).decode(), newline="")))


def test_neo4js_headers_keep_to_its_grammar(drawn: Projection) -> None:
    found = imported(drawn)
    nodes, edges = (
        found.read(name).decode().splitlines()[0].split(",")
        for name in ("nodes.csv", "relationships.csv")
    )
    for heading in (*nodes, *edges):
        assert HEADING.fullmatch(heading), heading
    assert {"iri:ID", ":LABEL"} <= set(nodes)
    assert {":START_ID", ":END_ID", ":TYPE"} <= set(edges)
    names = [one.split(":")[0] for one in nodes]
    assert len(names) - names.count("") == len(set(names) - {""})


@settings(deadline=None)
@given(projections())
def test_neo4js_tables_hold_the_same_graph(graph: Projection) -> None:
    found = imported(graph)
    nodes, edges = rows(found, "nodes.csv"), rows(found, "relationships.csv")
    assert [one["iri:ID"] for one in nodes] == [one.iri for one in graph.nodes]
    assert [one[":TYPE"] for one in edges] == [one.kind for one in graph.edges]
    known = {one["iri:ID"] for one in nodes}
    assert all({one[":START_ID"], one[":END_ID"]} <= known for one in edges)
    assert all(set(one[":LABEL"].split(";")) <= {*_labels()} for one in nodes)
    script = found.read("import.cypher").decode()
    assert {f"`{one.kind}`" for one in graph.edges} <= set(re.findall("`[^`]+`", script))


def _labels() -> set[str]:
    return {label for labels in neo4j.LABELS.values() for label in labels.split(";")}


def test_a_text_for_neo4j_is_as_it_is(all_drawn: list[Projection]) -> None:
    graph = all_drawn[-1]
    found = [one["name"] for one in rows(imported(graph), "nodes.csv")]
    assert NASTY[6] in found, "no spreadsheet opens it, so it needs no apostrophe"


def test_graphviz_draws_what_is_in_the_file(all_drawn: list[Projection], tmp_path: Path) -> None:
    file = tmp_path / "a.dot"
    for graph in all_drawn:
        file.write_bytes(b"".join(dot.write(job(graph))))
        read = json.loads(run("dot", "-Kneato", "-n", "-Tjson", file, needs="graphviz"))
        nodes = {one["name"]: one for one in read["objects"]}
        assert list(nodes) == [one.iri for one in graph.nodes]
        ids = {one["_gvid"]: one["name"] for one in read["objects"]}
        edges = {one["id"]: one for one in read.get("edges", [])}
        assert {
            key: (ids[one["tail"]], ids[one["head"]], one["interaction"])
            for key, one in edges.items()
        } == {one.id: (one.source, one.target, one.kind) for one in graph.edges}


def vault(store: Store) -> ZipFile:
    return ZipFile(BytesIO(b"".join(export(store, "obsidian"))))


def test_a_vault_has_a_note_for_everything_and_no_loose_link(talks: Store) -> None:
    found = vault(talks)
    notes = {name for name in found.namelist() if "/" in name}
    kinds = {name.split("/")[0] for name in notes}
    assert kinds == {"statements", "events", "actors", "places", "articles"}
    for name in notes:
        text = found.read(name).decode()
        for link in re.findall(r"\[\[([^|\]]+)\|", text):
            assert f"{link}.md" in notes
        told = yaml.safe_load(text.split("---\n")[1])
        assert told["url"].startswith("http")
        assert told["kind"]


def test_an_events_note_is_what_its_statements_lead_to(talks: Store) -> None:
    found = vault(talks)
    (event,) = (one for one in found.namelist() if one.startswith("events/Keshi artillery"))
    told = yaml.safe_load(found.read(event).decode().split("---\n")[1])
    assert (told["status"], told["killed_min"]) == ("disputed", 12)
    back = [
        one
        for one in found.namelist()
        if one.startswith("statements/") and event[:-3] in found.read(one).decode()
    ]
    assert len(back) == 2


def test_names_of_files_are_allowed_everywhere(talks: Store) -> None:
    names = vault(talks).namelist()
    assert len({name.lower() for name in names}) == len(names)
    key = "http://x/actor/a-" + "0" * 32
    for label in (*NASTY, "con", "a" * 300, "...", "", "a/b\\c"):
        name = file_name("actors", {"id": key, "label": label}).removeprefix("actors/")
        names.append(f"actors/{name}")
    for path in names:
        name = path.rsplit("/", 1)[-1]
        assert not set(name) & set('<>:"/\\|?*#^[]')
        assert not [one for one in name if ord(one) < 32]
        assert not RESERVED.fullmatch(name)
        assert len(name.encode()) <= 255
        assert not name.startswith((" ", "."))
