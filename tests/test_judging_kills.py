"""kill -9 while people judge: what was acknowledged is there, and the view says what it says."""

import json
import os
import random
import signal
import time
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError

import pytest

from kg.iri import DEFAULT_BASE
from kg.store import open_store
from kg.verify import verify
from kg.view import is_whole, judgements, refresh
from scripts.footprint import tree
from tests.api.serving import fetch
from tests.keeping import RIGHT
from tests.scene_review import NEWS, POST
from tests.scenes import scene_graphs
from tests.test_keeping import opened, served

KILLS = int(os.environ.get("KG_TEST_KEEPER_KILLS", "2"))
FINDINGS = [iri for found in (POST, NEWS) for key, iri in found.items() if key[0] in "sr"]


def sent(site: str) -> list[str]:
    """The judgement that a server acknowledged, if it did."""
    verdict = random.choice(["accept", "reject"])
    subject = random.choice(FINDINGS)
    body = {"verdict": verdict, "subject": subject, "by": "Ana", "why": "read"}
    headers = {**RIGHT, "Content-Type": "application/json"}
    with suppress(URLError, OSError, HTTPException):
        reply = fetch(f"{site}/judgements", data=json.dumps(body).encode(), headers=headers)
        if reply.status == 201:
            return [reply.json()["id"]]
    return []


@pytest.mark.slow
def test_no_kill_loses_a_judgement(tmp_path: Path) -> None:
    home = tmp_path / "store"
    store = open_store(f"oxigraph:{home}", base=DEFAULT_BASE)
    store.replace(scene_graphs())
    refresh(store)
    store.close()
    acknowledged: list[str] = []
    for kill in range(KILLS):
        with served(home) as (site, server):
            end = time.monotonic() + random.uniform(0.5, 2.0)
            while time.monotonic() < end:
                acknowledged += sent(site)
            victim = server if kill % 2 else random.choice(tree(server)[1:])
            os.kill(victim, signal.SIGKILL)
            acknowledged += sent(site)
        store = opened(home)
        assert set(acknowledged) <= {one.id for one in judgements(store)}
        if not is_whole(store):
            refresh(store)
        assert list(verify(store)) == []
        store.close()
    assert acknowledged
