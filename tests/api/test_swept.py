"""Who asks while articles are taken down is answered, or told to ask again; real processes."""

import threading
from collections import Counter
from pathlib import Path

import pytest

from kg.iri import DEFAULT_BASE
from kg.reading import Desk
from tests.api.serving import fetch
from tests.keeping import keeping

TEXT = (
    "GENEVA, 4 October 2022. The Sarnian ministry called on Monday for an investigation into the "
    "shelling of a school in Tavria. Officials of Norland denied the accusation. Note {number}."
)
ASKED = (
    "/statements?limit=1&facets=act,speaker,publisher&histogram=month",
    "/statements?speaker=ministry&limit=1",
    "/events?place=Tavria&limit=1&facets=actor",
    "/search?q=shelling",
    "/statements?format=ndjson",
)
ROUNDS = 12


@pytest.mark.slow
def test_nobody_is_failed_while_articles_are_taken_down(tmp_path: Path) -> None:
    told: Counter[tuple[int, str]] = Counter()
    ended = threading.Event()
    with Desk(DEFAULT_BASE) as desk, keeping(tmp_path / "store", desk) as kept:

        def ask(path: str) -> None:
            while not ended.is_set():
                reply = fetch(f"{kept.site}{path}")
                retry = reply.headers.get("Retry-After", "")
                told[reply.status, reply.body.decode() if reply.status == 500 else retry] += 1

        readers = [threading.Thread(target=ask, args=(path,)) for path in ASKED]
        for one in (kept.post(TEXT.format(number=n).encode()) for n in range(2)):
            assert one.status == 201
        for reader in readers:
            reader.start()
        try:
            for number in range(2, ROUNDS):
                reply = kept.post(TEXT.format(number=number).encode())
                assert reply.status == 201
                assert kept.delete(reply.json()["items"][0]["id"]).status in (200, 204)
        finally:
            ended.set()
            for reader in readers:
                reader.join()
    assert {status for status, _ in told} <= {200, 503}, told
    assert all(retry for status, retry in told if status == 503), told
    assert told[200, ""] > ROUNDS
