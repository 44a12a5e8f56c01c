"""How a list lies in time: bars that add up, lead to what they count, and stand in words too."""

from collections import Counter
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from api.histogram import LABELS, MOST, drawn, shaped
from kg.filters import Filters, Kind, select_ids
from kg.store import Store
from tests.api.conftest import BROWSER


def of(store: Store, kind: Kind, **given: str) -> Filters:
    return Filters.parse(kind, {name: [value] for name, value in given.items()})


@pytest.mark.parametrize("kind", ["statements", "events", "articles"])
def test_bars_and_what_has_none_add_up_to_the_list(store: Store, kind: Kind) -> None:
    found = drawn(store, of(store, kind))
    assert found
    total = select_ids(store, of(store, kind)).total
    assert sum(bar.count for bar in found.bars) + found.wider + found.undated == total
    assert found.room <= MOST
    assert max(bar.height for bar in found.bars) == 100
    assert all(0 <= bar.x < bar.x + bar.width <= 100 for bar in found.bars)


def test_a_bar_is_a_filter_for_what_it_counts(store: Store) -> None:
    found = drawn(store, of(store, "articles"))
    assert found
    for bar in found.bars:
        chosen = of(store, "articles", **{"from": bar.edtf, "to": bar.edtf})
        assert select_ids(store, chosen).total == bar.count


def test_one_day_or_none_is_no_drawing(store: Store) -> None:
    assert drawn(store, of(store, "articles", publisher="Northern Wire")) is None
    assert drawn(store, of(store, "articles", publisher="nobody")) is None
    assert drawn(store, of(store, "actors")) is None


def test_steps_are_as_fine_as_there_is_room_for() -> None:
    assert steps("2021-05-01", "2021-06-09") == "day"
    assert steps("2021-05-01", "2021-06-10") == "month"
    assert steps("2018-01-01", "2021-05-01") == "year"
    assert steps("1901-01-01", "2021-05-01") == "decade"
    assert steps("1001-01-01", "2021-05-01") == "century"


def test_two_days_have_room_for_their_dates() -> None:
    counted = {
        "by": "day",
        "bins": [{"bin": "2024-03-12", "count": 1}, {"bin": "2024-03-13", "count": 2}],
        "wider": 0,
        "undated": 0,
    }
    found = shaped(lambda _: counted)
    assert found
    assert (found.room, found.width) == (2, LABELS)


def steps(*days: str) -> str:
    """The step in which these days are drawn."""

    def counted(step: str) -> dict[str, Any]:
        bins = Counter(day[: {"year": 4, "month": 7, "day": 10}[step]] for day in days)
        listed = [{"bin": name, "count": bins[name]} for name in sorted(bins)]
        return {"by": step, "bins": listed, "wider": 0, "undated": 0}

    found = shaped(counted)
    assert found
    assert sum(bar.count for bar in found.bars) == len(days)
    return found.step


def test_the_page_draws_bars_that_lead_and_tells_them_in_a_table(client: FlaskClient) -> None:
    text = client.get("/statements?act=say&act=request", headers=BROWSER).get_data(as_text=True)
    figure = unescape(text.partition('<figure class="histogram">')[2].partition("</figure>")[0])
    assert "When it was said" in figure
    leads = "/statements?act=say&act=request&from=2021-05-04&to=2021-05-04"
    assert figure.count(f'href="{leads}"') == 2
    assert "4 May 2021: 1" in figure
    assert "How many in each day" in figure
