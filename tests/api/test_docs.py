"""The page of the API tells every route, parameter and shape, and its examples can be tried."""

import re

from flask.testing import FlaskClient

from api.docs import values
from tests.api.conftest import BROWSER
from tests.api.test_openapi import document
from tests.api.test_pages import page


def test_every_route_parameter_and_shape_is_told(client: FlaskClient) -> None:
    shown = page(client, "/docs")
    described = document()
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}" in shown.words
            assert operation["operationId"] in shown.ids
            assert operation["summary"] in shown.words
            assert {f"p-{one['name']}" for one in operation["parameters"]} <= set(shown.ids)
    shapes = page(client, "/docs/shapes")
    assert {f"s-{name}" for name in described["components"]["schemas"]} <= set(shapes.ids)
    for schema in described["components"]["schemas"].values():
        assert schema["description"] in shapes.words


def test_every_example_can_be_tried(client: FlaskClient) -> None:
    text = client.get("/docs", headers=BROWSER).get_data(as_text=True)
    tried = [link.replace("&amp;", "&") for link in re.findall(r'Try <a href="([^"]+)"', text)]
    assert len(tried) >= 20
    for path in tried:
        assert client.get(path).status_code in (200, 303, 308), path


def test_examples_of_lists_find_something(client: FlaskClient) -> None:
    for path, methods in document()["paths"].items():
        if asked := methods.get("get", {}).get("x-example"):
            answer = client.get(f"{path}?{asked}").get_json(silent=True)
            assert answer is None or answer.get("total") != 0


def test_what_a_parameter_takes_is_said_in_words() -> None:
    assert values({"type": "integer", "minimum": 1, "maximum": 9}) == "whole number from 1 to 9"
    assert values({"enum": ["a", "b"]}) == "a, b"
    assert values({"type": "array", "items": {"type": "string", "format": "uri"}}) == "IRI"
