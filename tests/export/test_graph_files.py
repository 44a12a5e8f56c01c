"""Files for Neo4j, Graphviz and Obsidian: their grammars, and their own readers where there are."""

import csv
import json
import re
import sys
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kg.export import dot, export, markdown, neo4j
from kg.export.archive import zipped
from kg.export.job import clean
from kg.export.obsidian import file_name
from kg.iri import DEFAULT_BASE, graph_iri
from kg.projection import Node, Projection
from kg.rdf import article_graph
from kg.store import open_store
from kg.store.base import Store
from kg.view import build
from tests.export.drawn import NASTY, job, labels, projections
from tests.export.foreign import run
from tests.scenes import HARBOUR, WIRE, harbour, wire
from tests.sheet import Sheet, on

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


def test_a_note_tells_who_spoke_and_each_article_once() -> None:
    text = "Brell said Kesh hit Vale. The raid on Vale went on. Dravec denied what Brell said."
    sheet = Sheet(text, published="2021-05-03")
    kesh, vale = sheet.actor("Kesh", "State", country="SE"), sheet.place("Vale", name="Vale")
    told = [
        sheet.report(words, cue, actors=[kesh], place=vale, date=on("2021-05-02"))
        for words, cue in (("Kesh hit Vale", "hit"), ("The raid on Vale", "raid"))
    ]
    brell, dravec = sheet.actor("Brell"), sheet.actor("Dravec")
    first = sheet.statement(
        "Brell said Kesh hit Vale", "said", "Kesh hit Vale", "say", speaker=brell, about=(told[0],)
    )
    denial = "Dravec denied what Brell said"
    sheet.statement(denial, "denied", "what Brell said", "deny", speaker=dravec, about=(first,))
    graph = sheet.graph()
    made = open_store("memory:", base=DEFAULT_BASE)
    made.replace([graph, (graph_iri(DEFAULT_BASE, "view"), build(DEFAULT_BASE, [graph]))])
    found = notes(made)
    names = {name.removesuffix(".md")[:-9] for name in found if name.startswith("statements/")}
    assert names == {"statements/Brell say Kesh hit Vale", "statements/Dravec deny what Brell said"}
    (denied,) = (note for name, (note, _) in found.items() if "Dravec deny" in name)
    (link,) = denied["about"]
    assert f"{link[2:].split('|')[0]}.md" in found
    events = [note for name, (note, _) in found.items() if name.startswith("events/")]
    assert [len(one["articles"]) for one in events] == [1] * len(events)


def test_an_articles_note_leads_to_whom_and_what_it_names(talks: Store) -> None:
    """However many articles name somebody: their own notes list only the first."""
    found = notes(talks)
    named = {
        (note, leads_to(link))
        for note, (told, _) in found.items()
        for link in told.get("articles", [])
        if told["kind"] not in ("statement", "event")
    }
    back = {
        (leads_to(link), note)
        for note, (told, _) in found.items()
        if told["kind"] == "article"
        for link in (*told.get("actors", []), *told.get("places", []))
    }
    assert named == back
    assert {note.split("/")[0] for note, _ in back} == {"actors", "places"}


def leads_to(link: str) -> str:
    return f"{link[2:].split('|', maxsplit=1)[0]}.md"


def test_names_of_files_are_allowed_everywhere(talks: Store) -> None:
    names = vault(talks).namelist()
    assert len({name.lower() for name in names}) == len(names)
    key = "http://x/actor/a-" + "0" * 32
    for label in (*NASTY, "con", "Aux. Bishop", "NUL .x", "a" * 300, "...", "", "a/b\\c"):
        name = file_name("actors", {"id": key, "label": label}).removeprefix("actors/")
        names.append(f"actors/{name}")
    for path in names:
        name = path.rsplit("/", 1)[-1]
        assert not set(name) & set('<>:"/\\|?*#^[]')
        assert not [one for one in name if ord(one) < 32]
        assert not RESERVED.fullmatch(name)
        assert len(name.encode()) <= 255
        assert not name.startswith((" ", "."))


def test_load_csv_reads_every_row_whatever_ends_in_a_backslash() -> None:
    """As LOAD CSV does by default, and the import with --legacy-style-quoting."""
    texts = [*NASTY, "C:\\", 'he said "C:\\"', "\\\\server\\", "plain"]
    nodes = [
        Node(f"a:{number}", "actor", text, f"a:{number}", text=text)
        for number, text in enumerate(texts)
    ]
    found = imported(Projection.of("actor-actor", nodes, []))
    lines = StringIO(found.read("nodes.csv").decode(), newline="")
    read = {one["iri:ID"]: one for one in csv.DictReader(lines, escapechar="\\")}
    for node in nodes:
        row = read[node.iri]
        assert (row["name"], row["text"]) == (clean(node.label), clean(node.text))
    assert "--legacy-style-quoting=true" in found.read("README.txt").decode()


def test_an_archive_is_the_same_on_every_system(monkeypatch: pytest.MonkeyPatch) -> None:
    here = b"".join(zipped([("a.txt", ["words"])]))
    monkeypatch.setattr(sys, "platform", "win32")
    assert b"".join(zipped([("a.txt", ["words"])])) == here
    assert [one.create_system for one in ZipFile(BytesIO(here)).infolist()] == [3]


MARKUP = "![x](http://a.b) <img src=c>[[d]] #e"
PLAIN = "that its forces had shelled the town"


@pytest.fixture
def odd() -> Store:
    """The scene with markup for words, a region for a town, and a new text of an article."""
    assert len(MARKUP) == len(PLAIN)
    text = HARBOUR.text.replace(PLAIN, MARKUP)
    first = replace(HARBOUR, text=text, headline=MARKUP)
    graphs = [article_graph(DEFAULT_BASE, first, harbour())]
    place = replace(wire().places[1], precision="region")
    again = replace(WIRE, revision_of=graphs[0][0])
    found = replace(wire(), places=(wire().places[0], place))
    graphs.append(article_graph(DEFAULT_BASE, again, found))
    store = open_store("memory:", base=DEFAULT_BASE)
    store.replace([*graphs, (graph_iri(DEFAULT_BASE, "view"), build(DEFAULT_BASE, graphs))])
    return store


def notes(store: Store) -> dict[str, tuple[dict[str, Any], str]]:
    """Every note: its properties and its text."""
    found = vault(store)
    parts = {
        name: found.read(name).decode().split("---\n", 2)
        for name in found.namelist()
        if "/" in name
    }
    return {name: (yaml.safe_load(told), text) for name, (_, told, text) in parts.items()}


def test_opening_a_note_fetches_nothing(odd: Store) -> None:
    loud = 0
    for told, text in notes(odd).values():
        tokens = MarkdownIt("commonmark").parse(text)
        inline = [child for one in tokens for child in one.children or []]
        kinds = {one.type for one in (*tokens, *inline)}
        assert not kinds & {"image", "html_inline", "html_block"}
        links = [one.attrs["href"] for one in inline if one.type == "link_open"]
        assert links == [told["url"]]
        words = re.sub(r"\\.", "", text)
        assert not re.search(r"(?<!\S)#\w", words)
        assert all("/" in one for one in re.findall(r"\[\[([^|\]]*)", words))
        loud += "http://a.b" in text
        assert not [one for one in told.values() if isinstance(one, str) and "[[d]]" in one]
    assert loud >= 2, "the headline and the denial"


@given(st.one_of(labels, st.just("\x7f \x80 \x85 \x9f \u2028 \ufeff \ufffe \uffff")))
def test_yaml_holds_any_text(text: str) -> None:
    assert yaml.safe_load(markdown.yaml([text])) == [text.replace("[[", "[ [")]


def test_only_a_spot_is_a_pin(odd: Store, talks: Store) -> None:
    for store, pinned in ((odd, False), (talks, True)):
        places = [told for name, (told, _) in notes(store).items() if "places/Geneva" in name]
        assert places
        assert any("location" in one for one in places) == pinned


def test_a_new_text_leads_to_the_earlier_article(odd: Store) -> None:
    found = notes(odd)
    (link,) = (told["revision_of"] for told, _ in found.values() if "revision_of" in told)
    path = link.removeprefix("[[").split("|")[0]
    assert found[f"{path}.md"][0]["published"] == "2021-05-04"
