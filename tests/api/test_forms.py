"""Forms over lists: what they keep, what they take, and where they lead."""

import re
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from tests.api.conftest import BROWSER
from tests.api.test_pages import Page, page


def test_the_form_keeps_filters_it_has_no_field_for(client: FlaskClient) -> None:
    asked = "/statements?hearer=Kesh&act=deny&act=say&sort=-date"
    html = client.get(asked, headers=BROWSER).get_data(as_text=True)
    assert '<input type="hidden" name="hearer" value="Kesh">' in html
    assert '<option value="deny" selected>' in html
    assert '<input type="hidden" name="act" value="say">' in html
    assert '<option value="-date" selected>' in html


def test_the_form_keeps_a_value_that_it_does_not_offer(client: FlaskClient) -> None:
    html = client.get("/statements?mode=investigate", headers=BROWSER).get_data(as_text=True)
    assert '<option value="investigate" selected>investigation</option>' in html
    assert '<details class="more" open>' in html


def test_fields_of_dates_say_what_they_leave_out(client: FlaskClient) -> None:
    fields = {
        "/statements": "Said from",
        "/graph": "Said from",
        "/graph?of=events": "Happened from",
    }
    fields |= dict.fromkeys(("/events", "/timeline", "/map"), "Happened from")
    for path, words in fields.items():
        found = page(client, path).words
        assert words in found, path
        assert "what has no date of its own is left out" in found, path


def test_a_form_leads_to_an_address_without_the_fields_left_empty(client: FlaskClient) -> None:
    asked = "/statements?q=&act=deny&from=&act="
    answer = client.get(asked, headers=BROWSER)
    assert (answer.status_code, answer.location) == (303, "/statements?act=deny")
    assert client.get("/events?q=", headers=BROWSER).location == "/events"
    assert client.get(asked).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        *("/%09/other.example", "/x//other.example", "/%09%2Fother.example", "/%5Cother.example/"),
        *("/%0d%0aX-Other:1", "/statements%3Fq=1", "/events%23q"),
    ],
)
def test_no_form_leads_to_another_address_than_it_was_sent_to(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(f"{path}?q=", headers=BROWSER)
    assert answer.status_code in (404, 308)
    assert urlsplit(answer.headers.get("Location", "")).hostname in (None, "localhost")


def test_a_path_is_led_on_as_it_was_asked(client: FlaskClient) -> None:
    answer = client.get("/actor/a%3Fb%23c%0Ad?q=", headers=BROWSER)
    assert (answer.status_code, answer.location) == (303, "/actor/a%3Fb%23c%0Ad")


def test_a_bad_value_leads_back_to_the_list_without_it(client: FlaskClient) -> None:
    answer = client.get("/statements?act=say&from=soon", headers=BROWSER)
    assert answer.status_code == 400
    assert "/statements" in Page(answer.get_data(as_text=True)).links


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("from", ["2022", "2022-10", "2022-10-03", "199X", "2022-21"], ["last week", "3 May 2022"]),
        ("bbox", ["34,29,48,42", "-3.5,-1,10,4.25"], ["34,29,48", "here", "34;29;48;42"]),
    ],
)
def test_a_field_takes_what_the_filter_takes(
    client: FlaskClient, name: str, good: list[str], bad: list[str]
) -> None:
    html = client.get("/statements", headers=BROWSER).get_data(as_text=True)
    (pattern,) = re.findall(rf'<input id="f-{name}"[^>]* pattern="([^"]*)"', html)
    for value in good:
        assert re.fullmatch(pattern, value)
        assert client.get(f"/statements?{name}={value}").status_code == 200
    for value in bad:
        assert not re.fullmatch(pattern, value)
        assert client.get(f"/statements?{name}={value}").status_code == 400
