"""A store that grows while it is served: from the command line, and whatever is killed."""

import json
import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError

import pytest

from kg import records
from kg.commands.demo import SAMPLES
from kg.errors import StoreBusy
from kg.extract import open_extractor
from kg.filters import KINDS, Filters
from kg.index import beside
from kg.iri import DEFAULT_BASE, article_iri
from kg.log import opened as log
from kg.pipeline import ingest
from kg.sources import Defaults, read
from kg.store import Store, open_store
from kg.verify import verify
from kg.view import judgements
from kg.view.mending import mend
from scripts.footprint import tree
from tests.api.serving import fetch
from tests.cli import run, start
from tests.keeping import RIGHT, TOKEN

SCENES = str(SAMPLES)
KILLS = int(os.environ.get("KG_TEST_KEEPER_KILLS", "4"))
TEXT = (
    "GENEVA, 4 October 2022. The Sarnian ministry called on Monday for an investigation into the "
    "shelling of a school in Tavria, the {n}th of that year. Officials of Norland denied it."
)

pytestmark = pytest.mark.slow


@contextmanager
def served(home: Path) -> Iterator[tuple[str, int]]:
    """The address of ``kg serve`` over the store in this folder, and its process."""
    process = start("serve", "--port", "0", "--store", f"oxigraph:{home}", KG_TOKEN=TOKEN)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, process.communicate(timeout=60)[1]
        yield line.split()[-1].rstrip("/"), process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


def opened(home: Path) -> Store:
    """The store, once what a killed server has left behind has ended."""
    end = time.monotonic() + 30
    while True:
        try:
            return open_store(f"oxigraph:{home}", base=DEFAULT_BASE)
        except StoreBusy:
            assert time.monotonic() < end
            time.sleep(0.1)


def content(home: Path) -> dict[str, list[tuple[str, str, str]]]:
    store = opened(home)
    assert not list(verify(store))
    found = {graph: store.read(graph) for graph in store.graphs()}
    store.close()
    return found


def test_what_is_sent_to_a_server_is_what_is_ingested(tmp_path: Path) -> None:
    run("ingest", SCENES, "--store", f"oxigraph:{tmp_path / 'here'}")
    there = tmp_path / "there"
    (tmp_path / "fr.txt").write_text("Le ministre a dit que la guerre continuait. " * 5)
    with served(there) as (site, _):
        refused = run("ingest", SCENES, "--store", f"oxigraph:{there}", status=2)
        assert f"--server {site}" in refused.stderr
        sources = [SCENES, str(tmp_path / "fr.txt")]
        told = run("ingest", *sources, "--server", site, "--json", status=1, KG_TOKEN=TOKEN)
        assert "fr.txt: not in English" in told.stderr
        outcome = json.loads(told.stdout)
        assert outcome["new"] == len(outcome["articles"]) >= 6
        again = run("ingest", SCENES, "--server", site, KG_TOKEN=TOKEN)
        assert f"{outcome['new']} unchanged" in again.stdout
        assert "401" in run("ingest", SCENES, "--server", site, status=2, KG_TOKEN="x").stderr
        bad = run("ingest", SCENES, "--server", site, "--readers", "1", status=2, KG_TOKEN=TOKEN)
        assert "--readers" in bad.stderr
        extra = tmp_path / "extra.txt"
        extra.write_text(TEXT.format(n=1))
        run("ingest", str(extra), "--server", site, KG_TOKEN=TOKEN)
        gone = article_iri(DEFAULT_BASE, None, extra.read_text())
        run("remove", gone, "--server", site, KG_TOKEN=TOKEN)
        assert (
            "no article" in run("remove", gone, "--server", site, status=2, KG_TOKEN=TOKEN).stderr
        )
    assert content(there) == content(tmp_path / "here")
    assert "running" in run("ingest", SCENES, "--server", site, status=2, KG_TOKEN=TOKEN).stderr


class Writing:
    """What was sent to servers that are killed, and what they said that they had done."""

    def __init__(self) -> None:
        self.number = 0
        self.there: list[str] = []
        self.gone: set[str] = set()
        self.judged: set[str] = set()

    def some(self, site: str) -> None:
        """An article more; now and then a judgement of it, or an earlier one taken down."""
        self.number += 1
        new = sent(site, TEXT.format(n=self.number))
        self.there += new
        chance = random.random()
        if new and chance < 0.3:
            self.judged |= judged(site, new[0])
        elif chance > 0.9 and len(self.there) > 3:
            iri = self.there.pop(0)
            with suppress(URLError, OSError, ConnectionError):
                reply = fetch(iri.replace(DEFAULT_BASE, f"{site}/"), method="DELETE", headers=RIGHT)
                self.gone |= {iri} if reply.status == 204 else set()


def test_no_kill_loses_or_halves_what_is_written(tmp_path: Path) -> None:
    """What was acknowledged is there, what was not is there whole or not at all; the log too."""
    home = tmp_path / "store"
    writing = Writing()
    for kill in range(KILLS):
        with served(home) as (site, server):
            end = time.monotonic() + random.uniform(2.0, 5.0)
            while time.monotonic() < end:
                writing.some(site)
            pids = tree(server)
            victim = server if kill % 2 else random.choice(pids[1:])
            os.kill(victim, signal.SIGKILL)
            writing.some(site)
            if victim != server:
                for iri in writing.there[-3:]:
                    assert fetch(iri.replace(DEFAULT_BASE, f"{site}/")).status == 200
        found = content(home)
        assert set(writing.there) <= found.keys()
        assert not writing.gone & found.keys()
        require_in_order(home, writing.judged)
    store = open_store("memory:", base=DEFAULT_BASE)
    texts = tmp_path / "texts.jsonl"
    lines = [json.dumps({"text": TEXT.format(n=n + 1)}) for n in range(writing.number)]
    texts.write_text("\n".join(lines))
    articles = list(read(str(texts), Defaults(), 1 << 20))
    ingest(store, articles, open_extractor("default"))
    for graph, triples in content(home).items():
        assert "/article/" not in graph or triples == store.read(graph)


def require_in_order(home: Path, judged: set[str]) -> None:
    """The judgements are kept, and index and log say what the view says."""
    store = opened(home)
    mend(store)
    assert judged <= {one.id for one in judgements(store)}
    listed = {
        (kind.removesuffix("s"), one["id"])
        for kind in KINDS
        for one in records.every(store, Filters.parse(kind, {}))
    }
    with log(home) as kept:
        assert set(kept.standing()) == listed
    index = beside(store)
    assert index is not None
    assert index.knows(store.view_id())
    store.close()


def sent(site: str, text: str) -> list[str]:
    """The IRI of an article, if the server says that it has it."""
    headers = {**RIGHT, "Content-Type": "text/plain"}
    with suppress(URLError, OSError, ConnectionError):
        reply = fetch(f"{site}/articles", data=text.encode(), headers=headers)
        if reply.status in (200, 201):
            return [one["id"] for one in reply.json()["items"]]
    return []


def judged(site: str, article: str) -> set[str]:
    """The judgement of a statement of an article, if the server says that it has it."""
    headers = {**RIGHT, "Content-Type": "application/json"}
    with suppress(URLError, OSError, ConnectionError):
        found = fetch(f"{site}/statements?article={article}&limit=1").json()["items"]
        verdict = random.choice(["accept", "reject"])
        body = {"verdict": verdict, "subject": found[0]["id"], "by": "Ana", "why": "read"}
        reply = fetch(f"{site}/judgements", data=json.dumps(body).encode(), headers=headers)
        if reply.status == 201:
            return {reply.json()["id"]}
    return set()
