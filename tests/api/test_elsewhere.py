"""Pages and queries over a store in an engine elsewhere, while it is there and when it is not."""

from contextlib import ExitStack

from api.app import create_app
from kg.config import Settings
from kg.iri import DEFAULT_BASE
from kg.store import open_store
from tests.engines import remote_of, service
from tests.scenes import scene_store

ASK = {"query": "ASK { ?s ?p ?o }", "format": "json"}


def test_an_engine_that_goes_is_named_as_what_failed() -> None:
    with ExitStack() as engine:
        found = engine.enter_context(service(DEFAULT_BASE))
        store = open_store(found["KG_STORE"], base=DEFAULT_BASE, remote=remote_of(found))
        scene = scene_store()
        store.replace([(graph, scene.read(graph)) for graph in scene.graphs()])
        client = create_app(store, Settings(store="memory:")).test_client()
        assert client.get("/sparql", query_string=ASK).get_json()["boolean"] is True
        assert client.get("/statements").get_json()["total"] == 6
        engine.close()
        for path in ("/statements", "/sparql?query=ASK{}&format=json"):
            told = client.get(path)
            assert (told.status_code, told.get_json()["title"]) == (502, "Engine error")
            assert "cannot be reached" in told.get_json()["detail"]
        store.close()
