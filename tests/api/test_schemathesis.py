"""Schemathesis asks a running server what the OpenAPI document says can be asked, and what it does
not say: no answer is an accident (5xx), and none is other than it is described.

Left alone it asks for records that are not there, by filters that mean nothing; so some values
that find something are put in the place of its own. ``KG_TEST_SEED=11`` asks other things.
"""

import os
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as trying
from hypothesis.errors import Unsatisfiable
from requests import Session
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from api.app import create_app
from kg.config import Settings
from kg.filters import KINDS, Kind
from kg.iri import DEFAULT_BASE
from kg.reading import Desk
from kg.store import open_store
from kg.store.pool.workers import WorkerPool
from tests.api.serving import fetch, serving
from tests.keeping import RIGHT, TOKEN, keeping
from tests.scenes import scene_store

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
]
SENSIBLE: dict[str, tuple[Any, ...]] = {
    "q": (["shelling"], ['"the market"']),
    "speaker": (["Tolen"],),
    "actor": (["Kesh", "Vardania"],),
    "agent": (["Keshi artillery"],),
    "place": (["Lorik"],),
    "mode": (["investigate"], ["ASSAULT/heavy-weapons"]),
    "publisher": (["Northern Wire"],),
    "country": (["AM"],),
    "bbox": (["40,38,50,42"],),
    "from": ("2021-05", "202X"),
    "to": ("2022",),
    "query": ("SELECT * { ?s ?p ?o } LIMIT 3", "CONSTRUCT { ?s a ?o } { ?s a ?o }", "ASK {}"),
    "update": ("INSERT DATA { GRAPH <http://x/g> { <http://x/a> <http://x/b> 1 } }",),
}
"""Parameter → values that find something."""
SEED = int(os.environ.get("KG_TEST_SEED", "7"))
LONG = ("POST /articles",)
FEW = 5
"""Operations that take a second each (articles are read), and cases of them."""
SELDOM = frozenset(
    ("snapshot", "cursor", "about", "article", "target", "addressee", "hearer", "recipient")
)
"""Parameters of which a value made by chance finds nothing, and hides what the others do."""


@schemathesis.serializer(
    *("application/sparql-query", "application/sparql-update", "application/rdf+xml"),
    *("application/trig", "application/n-triples", "application/n-quads", "application/ld+json"),
    *("application/x-ndjson", "application/ndjson", "application/jsonl"),
    *("application/x-jsonlines", "application/xhtml+xml"),
)
def as_text(context: object, value: object) -> bytes:
    """A body of a type that schemathesis does not know."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


@pytest.fixture
def site() -> Iterator[str]:
    """A server over the scene."""
    made = Settings(store="memory:", token=TOKEN)
    with (
        closing(scene_store()) as store,
        WorkerPool(store, workers=1) as pool,
        serving(create_app(pool, made)) as address,
    ):
        yield address


@pytest.fixture
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over the scene that reads articles and writes."""
    home = tmp_path_factory.mktemp("asked") / "store"
    with (
        closing(scene_store()) as scene,
        closing(open_store(f"oxigraph:{home}", base=DEFAULT_BASE)) as store,
    ):
        store.replace([(graph, scene.read(graph)) for graph in scene.graphs()])
    with Desk(DEFAULT_BASE) as desk, keeping(home, desk) as made:
        yield made.site


class Asking:
    """Every operation of a server asked by chance, the same way each time."""

    def __init__(self, site: str) -> None:
        self._site = site
        self._dice = random.Random(SEED)
        self._session = Session()
        self._idents = {
            kind.removesuffix("s"): [
                one["id"].rsplit("/", 1)[-1]
                for one in fetch(f"{site}/{kind}?limit=5").json()["items"]
            ]
            for kind in KINDS
        }
        self.statuses: Counter[int] = Counter()
        self.wrong: dict[str, str] = {}

    def _some(self, kind: Kind) -> list[str]:
        found = fetch(f"{self._site}/{kind}?limit=5").json()["items"]
        return [one["id"].rsplit("/", 1)[-1] for one in found]

    def everything(
        self, cases: int, modes: Sequence[GenerationMode], described: dict[str, Any] | None = None
    ) -> None:
        """Every operation, so many cases of what it takes, or of what it does not take."""
        document = described or fetch(f"{self._site}/openapi.json").json()
        schema: Any = schemathesis.openapi.from_dict(document)
        for one in schema.get_all_operations():
            for mode in modes:
                found = one.ok()
                self._ask(found, mode, min(cases, FEW) if found.label in LONG else cases)

    def _ask(self, operation: Any, mode: GenerationMode, cases: int) -> None:
        @seed(SEED)
        @trying(
            max_examples=cases,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            self._one(case)

        try:
            ask()
        except Unsatisfiable:
            assert mode is GenerationMode.NEGATIVE, f"nothing can be asked of {operation.label}"

    def _one(self, case: Any) -> None:
        self._mend(case)
        headers = RIGHT if self._dice.random() < 0.7 else {}
        answer = case.call(base_url=self._site, session=self._session, headers=headers)
        self.statuses[answer.status_code] += 1
        try:
            case.validate_response(answer, checks=CHECKS)
        except* Exception as group:
            for error in group.exceptions:
                self.wrong.setdefault(
                    f"{case.operation.label} {answer.status_code} {type(error).__name__}",
                    f"{answer.request.url}\n{error}"[:1000],
                )

    def _mend(self, case: Any) -> None:
        for name in list(case.query or ()):
            if self._dice.random() < 0.7:
                if name in SELDOM:
                    del case.query[name]
                elif name in SENSIBLE:
                    case.query[name] = self._dice.choice(SENSIBLE[name])
        kind = case.operation.path.split("/")[1].removesuffix("s")
        if "ident" in (case.path_parameters or ()) and self._dice.random() < 0.7:
            case.path_parameters["ident"] = self._dice.choice(self._idents.get(kind, ["x"]))


def held(site: str, cases: int, *modes: GenerationMode) -> Counter[int]:
    asking = Asking(site)
    asking.everything(cases, modes)
    told = "\n\n".join(f"{what}\n{how}" for what, how in asking.wrong.items())
    assert not asking.wrong, f"{len(asking.wrong)} answers are not as they are described:\n{told}"
    return asking.statuses


def test_answers_are_as_they_are_described(site: str) -> None:
    assert sum(held(site, 1, GenerationMode.POSITIVE).values()) > 50


@pytest.mark.slow
def test_two_thousand_answers_are_as_they_are_described(kept: str) -> None:
    statuses = held(kept, 18, GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    assert sum(statuses.values()) >= 2000
    assert {200, 201, 204, 303, 308, 400, 401, 404, 410} <= set(statuses)


def test_the_walk_sees_an_answer_that_is_not_described(site: str) -> None:
    asking = Asking(site)
    described = fetch(f"{site}/openapi.json").json()
    described["components"]["schemas"]["Health"]["properties"]["status"]["enum"] = ["ill"]
    asking.everything(1, [GenerationMode.POSITIVE], {**described, "paths": _only(described)})
    assert list(asking.wrong) == ["GET /healthz 200 JsonSchemaError"]


def _only(described: dict[str, Any]) -> dict[str, Any]:
    return {path: one for path, one in described["paths"].items() if path == "/healthz"}
