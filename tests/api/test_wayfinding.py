"""Where pages lead who is lost, and how lists name what they count."""

from flask.testing import FlaskClient

from tests.api.conftest import BROWSER


def test_a_path_that_is_none_links_to_what_is_near(client: FlaskClient) -> None:
    answer = client.get("/serach", headers=BROWSER)
    assert answer.status_code == 404
    assert '<a href="/search">/search</a>' in answer.get_data(as_text=True)
    nothing = client.get("/qqqqqqqqqq", headers=BROWSER).get_data(as_text=True)
    assert "did you mean" not in nothing
    assert client.get("/questions").headers["Location"] == "/queries"


def test_the_documentation_lists_its_parts_and_tells_routes_apart(client: FlaskClient) -> None:
    html = client.get("/docs", headers=BROWSER).get_data(as_text=True)
    assert '<a href="#parameters">Parameters</a>' in html
    assert "One judgement at its own IRI" in html


def test_a_country_goes_by_its_name(client: FlaskClient) -> None:
    for one in client.get("/places").get_json()["items"]:
        if one["country"]:
            html = client.get("/places", headers=BROWSER).get_data(as_text=True)
            assert f">{one['country']}</td>" not in html


def test_a_found_name_is_told_once(client: FlaskClient) -> None:
    html = client.get("/search?q=Tolen", headers=BROWSER).get_data(as_text=True)
    actors = html.partition('<h2 id="actors">')[2].partition("</ol>")[0]
    assert "Tolen" in actors
    assert ">Mira Tolen</a></li>" in actors
