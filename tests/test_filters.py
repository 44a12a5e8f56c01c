"""The filter language: what it takes, what it refuses, and what it selects."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import BadFilter, NotFound
from kg.filters import (
    ALLOWED,
    FACETS,
    KINDS,
    SORTS,
    Filters,
    Kind,
    facets,
    find,
    histogram,
    id_batches,
    select_ids,
)
from kg.filters.language import DAYS, HAS
from kg.filters.patterns import HAS_PATTERNS, PATTERNS
from kg.filters.words import asked
from kg.iri import graph_iri
from kg.store import open_store
from kg.store.base import Store
from kg.terms import literal
from kg.vocab import term
from tests.scene_talks import talks_store
from tests.scenes import scene_store

QUICK = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    opened = talks_store()
    yield opened
    opened.close()


def ids(store: Store, kind: str, **given: Sequence[str] | str) -> tuple[str, ...]:
    named = {name.rstrip("_"): value for name, value in given.items()}
    return select_ids(store, Filters.parse(kind, named)).ids


def total(store: Store, kind: str, **given: Sequence[str] | str) -> int:
    named = {name.rstrip("_"): value for name, value in given.items()}
    return select_ids(store, Filters.parse(kind, named)).total


@pytest.mark.parametrize(
    ("kind", "given", "says"),
    [
        ("statements", {"colour": ["red"]}, ("'colour'", "speaker", "limit")),
        ("actors", {"act": ["say"]}, ("'act'", "actors", "sector")),
        ("statements", {"act": ["shout"]}, ("act='shout'", "request", "deny")),
        ("statements", {"event_type": ["accuse"]}, ("event_type='accuse'", "ACCUSE")),
        ("statements", {"mode": ["probe"]}, ("mode='probe'", "investigate", "ACCUSE/investigate")),
        ("statements", {"review": ["ok"]}, ("review='ok'", "accepted")),
        ("statements", {"speaker": ["http://a b/"]}, ("speaker='http://a b/'", "IRI")),
        ("statements", {"q": ["\ud800"]}, ("q=", "surrogates")),
        ("statements", {"from": ["soon"]}, ("from='soon'", "2022-10-03")),
        ("statements", {"from": ["2022-02-30"]}, ("from='2022-02-30'",)),
        ("statements", {"to": ["XXXX-10-03"]}, ("to='XXXX-10-03'", "year")),
        ("statements", {"from": ["2022"], "to": ["2021"]}, ("from='2022'", "to=2021")),
        ("statements", {"from": ["2021", "2022"]}, ("from is given 2 times",)),
        ("events", {"published_to": ["soon"]}, ("published_to='soon'", "2022-10-03")),
        (
            "events",
            {"published_from": ["2022"], "published_to": ["2021"]},
            ("published_from='2022'", "published_to=2021"),
        ),
        ("statements", {"limit": ["0"]}, ("limit='0'", "1 to 1000")),
        ("statements", {"limit": ["1001"]}, ("limit='1001'",)),
        ("statements", {"limit": ["٣"]}, ("limit='٣'",)),
        ("statements", {"limit": ["9" * 5000]}, ("1 to 1000",)),
        ("statements", {"limit": ["0000000019999"]}, ("1 to 1000",)),
        ("statements", {"sort": ["size"]}, ("sort='size'", "-published")),
        ("statements", {"facets": ["act,colour"]}, ("facets='colour'", "speaker")),
        ("statements", {"histogram": ["week"]}, ("histogram='week'", "month")),
        ("actors", {"histogram": ["month"]}, ("histogram='month'", "no date")),
        ("statements", {"cursor": ["%%%"]}, ("cursor='%%%'", "next")),
        ("statements", {"cursor": ["W10"]}, ("cursor='W10'", "next")),
        ("places", {"country": ["Swiss"]}, ("country='Swiss'", "AM")),
        ("events", {"status": ["sure"]}, ("status='sure'", "disputed")),
        ("events", {"has": ["quotation"]}, ("has='quotation'", "toll", "denial")),
        ("events", {"role": ["speaker"], "actor": ["x"]}, ("role='speaker'", "mediator")),
        ("statements", {"role": ["target"]}, ("give actor too",)),
        ("places", {"bbox": ["1,2,3"]}, ("bbox='1,2,3'", "west,south,east,north")),
        ("places", {"bbox": ["0,9,1,2"]}, ("bbox=",)),
        ("statements", {"sort": ["rank"]}, ("sort='rank'", "rank (with q)")),
        ("statements", {"q": ["—"]}, ("q='—'", "invest*", '"a phrase"')),
    ],
)
def test_what_is_not_allowed_is_refused_with_what_is(
    kind: str, given: Mapping[str, Sequence[str]], says: Sequence[str]
) -> None:
    with pytest.raises(BadFilter) as refused:
        Filters.parse(kind, given)
    for words in says:
        assert words in str(refused.value)


def test_an_unknown_kind_lists_those_there_are() -> None:
    with pytest.raises(NotFound, match="'people'; there are statements, events, actors"):
        Filters.parse("people", {})


def test_every_parameter_has_its_pattern() -> None:
    for kind in KINDS:
        apart = {"q", *chain(*DAYS), "has", "role", "bbox"}
        assert set(ALLOWED[kind]) - apart == set(PATTERNS[kind])
        assert set(HAS[kind]) == set(HAS_PATTERNS[kind])
        assert set(FACETS[kind]) <= set(PATTERNS[kind])


def test_empty_values_count_as_absent() -> None:
    parsed = Filters.parse("statements", {"q": ["  "], "act": ["", "say"], "speaker": []})
    assert parsed == Filters.parse("statements", {"act": "say"})
    assert parsed.pairs() == [("act", "say")]


def test_equal_selections_have_equal_pairs_in_any_order() -> None:
    one = Filters.parse("statements", {"mode": ["investigate"], "act": ["request"]})
    other = Filters.parse("statements", {"act": ["request"], "mode": ["investigate"]})
    assert one.pairs() == other.pairs() == [("act", "request"), ("mode", "investigate")]


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        ("statements", {}, 13),
        ("statements", {"act": ["request"]}, 2),
        ("statements", {"act": ["request", "deny"]}, 3),
        ("statements", {"act": ["request"], "mode": ["investigate"]}, 1),
        ("statements", {"mode": ["ACCUSE/investigate"]}, 3),
        ("statements", {"mode": ["withdraw"]}, 1),
        ("statements", {"event_type": ["ASSAULT"], "place": ["lorik"]}, 2),
        ("statements", {"event_type": ["ACCUSE"], "place": ["lorik"]}, 0),
        ("statements", {"factuality": ["requested"]}, 2),
        ("statements", {"speaker": ["MIRA TOLEN"]}, 3),
        ("statements", {"speaker": ["tolen", "norland"]}, 4),
        ("statements", {"speaker": ["Keshi Prosecutor’s Office"]}, 1),
        ("statements", {"speaker": ["nobody"]}, 0),
        ("statements", {"target": ["kesh"]}, 2),
        ("statements", {"addressee": ["norland"]}, 1),
        ("statements", {"hearer": ["norland", "kesh"]}, 3),
        ("statements", {"actor": ["kesh"]}, 3),
        ("statements", {"publisher": ["northern wire"]}, 3),
        ("statements", {"article": ["https://courier.example/talks"]}, 7),
        ("statements", {"review": ["machine"]}, 13),
        ("statements", {"review": ["accepted", "corrected"]}, 0),
        ("statements", {"q": ["shells market"]}, 2),
        ("statements", {"q": ['"market of this town"']}, 2),
        ("statements", {"q": ['"town market"']}, 0),
        ("statements", {"q": ["TOLEN"]}, 3),
        ("events", {}, 10),
        ("events", {"status": ["corroborated"]}, 1),
        ("events", {"actor": ["norland"]}, 1),
        ("events", {"agent": ["norland"]}, 0),
        ("events", {"mediator": ["norland"]}, 1),
        ("events", {"recipient": ["ila form"]}, 1),
        ("events", {"speaker": ["keshi defence ministry"], "act": ["deny"]}, 1),
        ("events", {"context": ["military"]}, 1),
        ("events", {"q": ["houses"]}, 1),
        ("events", {"article": ["https://courier.example/talks"]}, 6),
        ("events", {"publisher": ["the gazette"]}, 1),
        ("actors", {"type": ["State"]}, 3),
        ("actors", {"sector": ["JUD"]}, 1),
        ("actors", {"q": ["ombudswoman"]}, 1),
        ("actors", {"publisher": ["the gazette"]}, 2),
        ("places", {"country": ["ch"]}, 1),
        ("places", {"precision": ["settlement"]}, 4),
        ("places", {"q": ["gen*"]}, 2),
        ("places", {"bbox": ["6,46,7,47"]}, 1),
        ("places", {"bbox": ["170,46,7,47"]}, 1),
        ("places", {"bbox": ["7,46,8,47"]}, 0),
        ("events", {"bbox": ["6,46,7,47"]}, 1),
        ("events", {"has": ["toll"]}, 2),
        ("events", {"has": ["denial"]}, 1),
        ("statements", {"has": ["date", "target"]}, 1),
        ("statements", {"has": ["quotation"]}, 2),
        ("statements", {"actor": ["kesh"], "role": ["target"]}, 2),
        ("statements", {"actor": ["kesh"], "role": ["speaker"]}, 1),
        ("actors", {"has": ["role"], "q": ["ombudswoman"]}, 1),
        ("places", {"q": ["gen"]}, 0),
        ("articles", {"actor": ["anto reva"]}, 2),
        ("articles", {"place": ["orlo"]}, 2),
        ("articles", {"publisher": ["valley courier"]}, 1),
        ("articles", {"q": ["detained journalist"]}, 0),
    ],
)
def test_what_is_selected(
    store: Store, kind: str, given: Mapping[str, Sequence[str]], expected: int
) -> None:
    chosen = select_ids(store, Filters.parse(kind, given))
    assert (chosen.total, len(chosen.ids)) == (expected, expected)


def test_a_reference_is_an_iri_a_key_a_slug_and_key_or_a_name(store: Store) -> None:
    (tolen,) = find(store, "actors", "Mira Tolen")
    last = tolen.rsplit("/", 1)[-1]
    for reference in (tolen, last, last.rsplit("-", 1)[-1], f"other-slug-{last[-32:]}", "tolen"):
        assert find(store, "actors", reference) == (tolen,)
        assert total(store, "statements", speaker=[reference]) == 3


def test_every_member_leads_to_the_whole_cluster(store: Store) -> None:
    members = [
        subject[1:-1]
        for subject, predicate, thing in store.read(graph_iri(store.base, "view"))
        if predicate == term("ck:canonical") and "mira-tolen" in thing
    ]
    assert len(members) == 2
    for member in members:
        assert total(store, "statements", speaker=[member]) == 3


def test_about_takes_events_their_reports_and_statements(store: Store) -> None:
    (shelling,) = ids(store, "events", status=["disputed"])
    assert total(store, "statements", about=[shelling]) == 2
    report = shelling.rsplit("-", 1)[-1]
    assert total(store, "statements", about=[f"{store.base}report/{report}"]) == 2
    assert total(store, "events", about=[shelling]) == 2


def test_dates_overlap_and_records_without_one_are_out(store: Store) -> None:
    def counted(**given: str) -> int:
        return total(store, "statements", **given)

    assert [counted(from_=day) for day in ("2021-05-04", "2021-05-05", "2021-05-08")] == [3, 2, 0]
    assert [counted(to=day) for day in ("2021-05-03", "2021-05-04", "2021")] == [0, 1, 3]
    assert counted(from_="2021-05-05", to="2021-05") == 2
    assert total(store, "articles", from_="2021-05-05") == 2


def test_an_open_date_touches_everything_after_it() -> None:
    store = scene_store()
    view = graph_iri(store.base, "view")
    (meeting,) = ids(store, "events", event_type=["CONSULT"])
    kept = [
        one
        for one in store.read(view)
        if not (one[0] == f"<{meeting}>" and one[1] == term("ck:latest"))
    ]
    store.replace([(view, kept)])
    assert ids(store, "events", from_="2022") == (meeting,)
    assert meeting not in ids(store, "events", to="2021-05-03")


@pytest.mark.parametrize("kind", KINDS)
def test_pages_join_to_the_whole_in_every_order(store: Store, kind: Kind) -> None:
    for sort in (name for plain in SORTS[kind] for name in (plain, f"-{plain}")):
        whole = ids(store, kind, sort=[sort], limit=["1000"])
        assert len(set(whole)) == len(whole) > 2
        for limit in ("1", "2", "5"):
            assert tuple(walk(store, kind, sort, limit)) == whole
        batches = id_batches(store, Filters.parse(kind, {"sort": [sort], "limit": ["2"]}))
        assert tuple(one for batch in batches for one in batch) == whole


def walk(store: Store, kind: str, sort: str, limit: str) -> Iterator[str]:
    after: list[str] = []
    while True:
        given = {"sort": [sort], "limit": [limit], "cursor": after}
        chosen = select_ids(store, Filters.parse(kind, given))
        yield from chosen.ids
        if chosen.next is None:
            return
        after = [chosen.next]


def test_a_cursor_serves_only_the_order_it_comes_from(store: Store) -> None:
    mark = select_ids(store, Filters.parse("statements", {"limit": ["1"]})).next
    assert mark
    with pytest.raises(BadFilter, match="same sort"):
        Filters.parse("statements", {"cursor": [mark], "sort": ["date"]})


def test_what_has_no_date_comes_last_in_both_directions(store: Store) -> None:
    gazette = ids(store, "articles", publisher=["The Gazette"])
    for sort in ("published", "-published"):
        assert ids(store, "articles", sort=[sort])[-1:] == gazette


def test_facets_count_records_and_name_their_values(store: Store) -> None:
    parsed = Filters.parse("statements", {"facets": ["act, speaker,", "mode"], "act": ["say"]})
    found = facets(store, parsed)
    assert list(found) == ["act", "speaker", "mode"]
    assert found["act"] == [{"value": "say", "label": "say", "count": 5}]
    assert [(one["label"], one["count"]) for one in found["speaker"]] == [
        ("Mira Tolen", 2),
        ("Keshi Prosecutor's Office", 1),
        ("Union of Observers", 1),
        ("Villagers", 1),
    ]
    assert [one["value"] for one in found["mode"]] == ["destroy", "heavy-weapons", "investigate"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_facet_value_used_as_a_filter_selects_what_was_counted(store: Store, kind: Kind) -> None:
    counted = facets(store, Filters.parse(kind, {"facets": [",".join(FACETS[kind])]}))
    assert any(counted.values())
    for name, values in counted.items():
        for one in values:
            assert total(store, kind, **{name: [one["value"]]}) == one["count"], (name, one)


def test_a_histogram_adds_up_to_the_total(store: Store) -> None:
    found = histogram(store, Filters.parse("statements", {"histogram": ["day"]}))
    assert found == {
        "by": "day",
        "bins": [
            {"bin": "2021-05-04", "count": 1},
            {"bin": "2021-05-05", "count": 1},
            {"bin": "2021-05-07", "count": 1},
        ],
        "wider": 0,
        "undated": 10,
    }


def test_a_date_wider_than_a_bin_is_put_into_none() -> None:
    store = open_store("memory:", base="http://localhost:8000/")
    event = "<http://localhost:8000/event/0>"
    day = "<http://www.w3.org/2001/XMLSchema#date>"
    store.replace(
        [
            (
                graph_iri(store.base, "view"),
                [
                    (event, term("rdf:type"), term("ck:Event")),
                    (event, term("ck:earliest"), f'"1990-01-01"^^{day}'),
                    (event, term("ck:latest"), f'"1993-12-31"^^{day}'),
                    (event, term("rdfs:label"), literal("a war in the early 1990s")),
                ],
            )
        ]
    )
    for step in ("year", "month", "day"):
        found = histogram(store, Filters.parse("events", {"histogram": [step]}))
        assert found == {"by": step, "bins": [], "wider": 1, "undated": 0}


@QUICK
@given(text=st.text(st.characters(codec="utf-8"), max_size=30))
def test_no_text_of_a_user_breaks_a_query(store: Store, text: str) -> None:
    for name in ("q", "publisher", "speaker", "article"):
        try:
            chosen = select_ids(store, Filters.parse("statements", {name: [text]}))
        except BadFilter:
            assert "://" in text or (name == "q" and not asked(text))
            continue
        assert chosen.total <= 13


@pytest.mark.parametrize("text", ['") || true || ("', '" } #', "\\", "\\u0022 }", "'''"])
def test_text_that_looks_like_sparql_is_only_text(store: Store, text: str) -> None:
    for name in ("publisher", "speaker", *(["q"] if asked(text) else [])):
        assert total(store, "statements", **{name: [text]}) == 0


@QUICK
@given(text=st.text(st.characters(codec="utf-8"), max_size=40))
def test_no_cursor_of_a_user_breaks_a_query(store: Store, text: str) -> None:
    try:
        parsed = Filters.parse("statements", {"cursor": [text]})
    except BadFilter:
        return
    assert select_ids(store, parsed).total == 13
