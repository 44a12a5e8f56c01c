"""With whom an actor is seen: every number leads to a list of as many."""

from html import unescape

from flask.testing import FlaskClient

from api.company import TIES
from kg.store import Store
from tests.api.conftest import BROWSER, paths


def rows(client: FlaskClient, path: str) -> list[str]:
    text = unescape(client.get(path, headers=BROWSER).get_data(as_text=True))
    table = text.partition('<table class="records company">')[2].partition("</table>")[0]
    return table.partition("<tbody>")[2].split("<tr>")[1:]


def test_a_number_leads_to_a_list_of_as_many(client: FlaskClient, store: Store) -> None:
    followed = 0
    for path in paths(store, "actors"):
        for row in rows(client, path):
            for cell in row.split("<td")[1:]:
                if "href" in cell:
                    address = cell.partition('href="')[2].partition('"')[0]
                    number = int(cell.partition("</a>")[0].rpartition(">")[2])
                    assert client.get(address).get_json()["total"] == number, address
                    followed += 1
    assert followed >= len(TIES)


def test_those_who_act_together_and_on_each_other_are_named(
    client: FlaskClient, store: Store
) -> None:
    artillery = next(one for one in paths(store, "actors") if "artillery" in one)
    people = [row for row in rows(client, artillery) if ">people<" in row]
    assert people
    assert all('data-label="Did something to"><a' in row for row in people)
