"""The description covers every route, is valid, and every answer keeps to it."""

import re
from functools import cache
from typing import Any, TypedDict

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import validate

from api.app import create_app
from api.openapi import document as document_of
from api.parameters import MEANINGS
from kg.config import Settings
from kg.filters import ALLOWED, KINDS, Kind
from kg.iri import DEFAULT_BASE
from kg.records import shapes
from kg.schema import Schemas
from kg.store import Store, open_store
from tests.api.conftest import paths


@cache
def document() -> dict[str, Any]:
    store = open_store("memory:", base=DEFAULT_BASE)
    return document_of(create_app(store, Settings(store="memory:")))


def routes(app: Flask) -> set[tuple[str, str]]:
    """Every (method, path) the application answers, as OpenAPI writes paths."""
    return {
        (method.lower(), re.sub(r"<(?:[^:>]*:)?([^>]+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def check(answer: Any, name: str) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": document()["components"]}
    checker = FormatChecker(["date"])
    found = [
        error.message
        for error in Draft202012Validator(schema, format_checker=checker).iter_errors(answer)
    ]
    assert not found


def test_the_document_is_valid_openapi() -> None:
    validate(document())


def test_every_route_is_described_and_nothing_else(app: Flask) -> None:
    described = {(method, path) for path, found in document()["paths"].items() for method in found}
    assert described == routes(app)


def test_operation_ids_differ() -> None:
    found = [one["operationId"] for path in document()["paths"].values() for one in path.values()]
    assert len(found) == len(set(found))


def test_every_filter_is_described_and_works(client: FlaskClient) -> None:
    for kind, names in ALLOWED.items():
        described = {one["name"] for one in document()["paths"][f"/{kind}"]["get"]["parameters"]}
        assert set(names) <= described
        assert set(names) <= set(MEANINGS)


@pytest.mark.parametrize("kind", KINDS)
def test_lists_keep_to_their_schema(client: FlaskClient, kind: Kind) -> None:
    histogram = "&histogram=month" if kind in ("statements", "events", "articles") else ""
    facets = "publisher" if kind != "events" else "status,place"
    found = client.get(f"/{kind}?facets={facets}{histogram}").get_json()
    check(found, f"{kind.removesuffix('s').capitalize()}PageAnswer")
    assert found["items"]
    assert found["facets"]


@pytest.mark.parametrize("kind", KINDS)
def test_records_keep_to_their_schema(client: FlaskClient, store: Store, kind: Kind) -> None:
    for path in paths(store, kind):
        check(client.get(path).get_json(), f"{kind.removesuffix('s').capitalize()}RecordAnswer")


@pytest.mark.parametrize(
    ("path", "name"),
    [("/", "Home"), ("/queries", "Questions"), ("/readyz", "Health"), ("/actor/x", "Problem")],
)
def test_other_answers_keep_to_their_schema(client: FlaskClient, path: str, name: str) -> None:
    check(client.get(path).get_json(), name)


def test_the_schemas_refuse_what_they_do_not_describe() -> None:
    with pytest.raises(AssertionError):
        check({"items": [], "total": 0, "next": None, "more": 1}, "StatementPage")
    with pytest.raises(AssertionError):
        check({"items": [], "total": 0}, "StatementPage")


def test_bad_filters_are_told_what_is_allowed(client: FlaskClient) -> None:
    for kind in KINDS:
        answer = client.get(f"/{kind}?nonsense=1")
        assert answer.status_code == 400
        assert all(name in answer.get_json()["detail"] for name in ALLOWED[kind])


class Toll(TypedDict):
    """Of the same name as that of records."""

    bell: str


def test_two_types_of_one_name_are_refused() -> None:
    schemas = Schemas()
    schemas.of(list[Toll])
    schemas.of(Toll)
    with pytest.raises(TypeError, match="Toll"):
        schemas.of(shapes.Toll)
