"""``kg serve`` as a person runs it: what it prints, holds and tells."""

import json
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from kg.iri import DEFAULT_BASE
from tests.cli import DENIAL, run, scene_on_disk, start


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    return scene_on_disk(tmp_path_factory.mktemp("cli"))


class TestServe:
    @pytest.fixture
    def address(self, store: str) -> Iterator[str]:
        process = start("serve", "--port", "0", "--store", store)
        assert process.stdout
        yield process.stdout.readline().split()[1]
        process.terminate()
        _, err = process.communicate(timeout=30)
        assert "Traceback" not in err
        assert not list(Path(store.partition(":")[2]).glob("snapshot-*"))

    def test_it_answers_and_holds_the_store(self, address: str, store: str) -> None:
        request = Request(f"{address}statements", headers={"Accept": "application/json"})
        with urlopen(request) as answer:
            assert json.load(answer)["total"] == 6
        told = run("stats", "--store", store, status=2).stderr
        assert "holds the store" in told
        assert "readers at /sparql and /export/FORMAT" in told
        asked = ("judge", "accept", "0" * 32, "--by", "Ana", "--why", "It is so.")
        assert "kg judge takes --server" in run(*asked, "--store", store, status=2).stderr
        listed = ("judge", "list", "--server", address)
        assert run(*listed).stdout == "0 of 0 judgements\n"
        assert "cursor" in run(*listed, "--cursor", "x", status=2).stderr

    def test_records_named_after_another_address_are_told_of(self, store: str) -> None:
        process = start("serve", "--port", "0", "--store", store)
        assert process.stdout
        assert process.stdout.readline()
        process.terminate()
        assert f"named after {DEFAULT_BASE}; set KG_BASE_IRI" in process.communicate(timeout=30)[1]

    @pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system decides")
    @pytest.mark.parametrize("cores", ["one", "all"])
    def test_its_threads_run_where_the_settings_say(self, store: str, cores: str) -> None:
        process = start("serve", "--port", "0", "--store", store, KG_CORES=cores)
        assert process.stdout
        assert process.stdout.readline()
        allowed = os.sched_getaffinity(process.pid)
        process.terminate()
        process.communicate(timeout=30)
        assert len(allowed) == (1 if cores == "one" else len(os.sched_getaffinity(0)))

    @pytest.mark.slow
    def test_the_demo_is_made_anew_and_named_after_its_port(self, tmp_path: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        held = {"XDG_DATA_HOME": str(tmp_path), "KG_STORE": "", "KG_TOKEN": "secret"}
        counts = [self.demonstrated(port, held) for _ in range(2)]
        assert counts[0] == counts[1]
        assert counts[0].startswith("8 articles, ")
        assert [one.name for one in (tmp_path / "conflict-kg").iterdir()] == [
            f"demo-localhost-{port}"
        ]

    def demonstrated(self, port: str, environment: dict[str, str]) -> str:
        """What a demonstration counts, to which an article is posted afterwards."""
        process = start("serve", "--demo", "--port", port, **environment)
        assert process.stdout
        lines = iter(process.stdout.readline, "")
        counts = next(lines)
        assert any(line.startswith("stop with") for line in lines)
        site = f"http://127.0.0.1:{port}"
        headers = {"Authorization": "Bearer secret", "Content-Type": "text/plain"}
        with urlopen(Request(f"{site}/articles", DENIAL.encode(), headers)) as answer:
            (item,) = json.load(answer)["items"]
        assert item["id"].startswith(f"http://localhost:{port}/article/")
        process.terminate()
        assert "named after" not in process.communicate(timeout=30)[1]
        return counts

    def test_a_taken_port_is_named_with_what_to_do(self, store: str) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            found = run("serve", "--port", port, "--store", store, status=2)
        assert f"port {port} is taken" in found.stderr
        assert "--port" in found.stderr
