"""The named questions: what each answers on the invented scenes, and how they are asked."""

from collections.abc import Iterator, Mapping, Sequence

import pytest
import rdflib

from kg import query
from kg.iri import graph_iri
from kg.sparql import Row, rows
from kg.store.base import Store
from tests.scene_talks import COURIER, GAZETTE, talks_store
from tests.scenes import HARBOUR, WIRE

TEXTS = {one.headline: one.text for one in (HARBOUR, WIRE, COURIER, GAZETTE)}
NAMES = query.names()
WITHOUT_PASSAGE = ("articles", "disputed-events", "outlets-and-their-sources")

SHELLING = "Keshi artillery shelled the market in Lorik on May 2, killing at least 12 people"
SHELLING_WIRE = "Keshi artillery shelled a market in Lorik on May 2, killing 15 people"
CALL = "an independent investigation into the shelling of Lorik"
SEEN = "We have seen what the shells did to the market of this town,"
DENIAL = "The Keshi Defence Ministry denied that its forces had shelled the town"
MEETING = "Foreign ministers Anto Reva of Vardania and Sula Deen of Kesh met in Geneva on May 4"
INQUIRY = "it had opened an inquiry into the shelling"
TRUCE = "signed a truce in Geneva on May 6"
ACCUSATION = "On Friday Anto Reva accused Kesh of breaking the truce"
ARREST = "Keshi police arrested the journalist Ila Form in Orlo on May 5"
ARREST_TOO = "On May 5 the Keshi police arrested Ila Form in Orlo"
BURNING = "soldiers burned houses in Orlo, wounding about 20 people"
BURNING_SAID = f"Villagers said {BURNING}"
PROSECUTOR = "Keshi Prosecutor's Office"
MINISTRY = "Keshi Defence Ministry"


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    opened = talks_store()
    yield opened
    opened.close()


def ask(store: Store, name: str, **params: str) -> list[Row]:
    named = {name.rstrip("_"): value for name, value in params.items()}
    return rows(query.run(store, name, named))


def columns(found: Sequence[Row], names: str) -> list[tuple[str, ...]]:
    return [tuple(row.get(name, "") for name in names.split()) for row in found]


ANSWERS: Mapping[str, tuple[str, list[tuple[str, ...]]]] = {
    "who-called-for": (
        "who date what quotation published publisher",
        [
            (
                "Mira Tolen",
                "2021-05-04",
                CALL,
                f"The Vardanian ombudswoman, Mira Tolen, called on Tuesday for {CALL}",
                "2021-05-04",
                "The Harbour Post",
            )
        ],
    ),
    "who-ordered-investigations": (
        "who date how what quotation published",
        [
            (
                PROSECUTOR,
                "",
                "said so itself",
                INQUIRY,
                f"The Keshi Prosecutor's Office said {INQUIRY}",
                "2021-05-05",
            ),
            (
                "Lena Vost",
                "",
                "ordered",
                "an inquiry into the raid",
                "Judge Lena Vost ordered an inquiry into the raid",
                "2021-05-07",
            ),
        ],
    ),
    "who-accused-whom": (
        "who whom what date quotation",
        [("Anto Reva", "Kesh", "breaking the truce", "2021-05-07", ACCUSATION)],
    ),
    "who-condemned-whom": (
        "who whom what date quotation",
        [
            (
                "League of Towns",
                "Kesh",
                "the raid on Orlo",
                "",
                "The League of Towns condemned Kesh for the raid on Orlo",
            )
        ],
    ),
    "who-denied-what": (
        "who how what about status date quotation",
        [
            (
                MINISTRY,
                "deny",
                "that its forces had shelled the town",
                SHELLING,
                "disputed",
                "",
                DENIAL,
            )
        ],
    ),
    "who-met-where": (
        "who partner place date mediator factuality quotation",
        [("Anto Reva", "Sula Deen", "Geneva", "2021-05-04", "", "asserted", MEETING)],
    ),
    "alleged-unverified": (
        "what type status claimant how date quotation",
        [(BURNING, "ASSAULT", "single-source", "Villagers", "say", "", BURNING_SAID)],
    ),
    "what-happened-on": (
        "date what type place factuality status quotation",
        [
            ("2021-05-06", TRUCE, "RETREAT", "Geneva", "asserted", "single-source", TRUCE),
            ("2021-05-05", ARREST, "COERCE", "Orlo", "asserted", "corroborated", ARREST_TOO),
            ("2021-05-05", ARREST, "COERCE", "Orlo", "asserted", "corroborated", ARREST),
            ("2021-05-04", MEETING, "CONSULT", "Geneva", "asserted", "single-source", MEETING),
            ("2021-05-02", SHELLING, "ASSAULT", "Lorik", "asserted", "disputed", SHELLING),
            ("2021-05-02", SHELLING, "ASSAULT", "Lorik", "asserted", "disputed", SHELLING_WIRE),
        ],
    ),
    "how-many-died": (
        "killed min best max what date place factuality publisher",
        [
            (
                *("at least 12 people", "12", "", "", SHELLING, "2021-05-02", "Lorik", "asserted"),
                "The Harbour Post",
            ),
            (
                *("15 people", "", "15", "", SHELLING, "2021-05-02", "Lorik", "alleged"),
                "Northern Wire",
            ),
        ],
    ),
    "casualties-by-claimant": (
        "claimant kind toll min best max date",
        [
            ("The Harbour Post", "killed", "at least 12 people", "12", "", "", "2021-05-02"),
            ("Union of Observers", "killed", "15 people", "", "15", "", "2021-05-02"),
            ("Villagers", "injured", "about 20 people", "", "20", "", ""),
        ],
    ),
    "disputed-events": (
        "what date claimant claim denier denial",
        [
            (SHELLING, "2021-05-02", "The Harbour Post", SHELLING, MINISTRY, DENIAL),
            (
                *(SHELLING, "2021-05-02", "Union of Observers"),
                f"{SHELLING_WIRE}, the Union of Observers said on Wednesday",
                *(MINISTRY, DENIAL),
            ),
        ],
    ),
    "corroborated-events": (
        "what type date place quotation publisher",
        [
            (ARREST, "COERCE", "2021-05-05", "Orlo", ARREST_TOO, "The Gazette"),
            (ARREST, "COERCE", "2021-05-05", "Orlo", ARREST, "Valley Courier"),
        ],
    ),
    "roles-of-actor": (
        "who role organization country quotation",
        [
            ("Anto Reva", "Foreign minister", "Vardania", "", "Foreign ministers"),
            ("Mira Tolen", "Vardanian ombudswoman", "", "", "Vardanian ombudswoman"),
            ("Mira Tolen", "ombudswoman", "", "", "ombudswoman"),
            ("Sula Deen", "Foreign minister", "Kesh", "", "Foreign ministers"),
        ],
    ),
    "ceasefires-and-breaches": (
        "kind date who whom how what quotation",
        [
            ("ceasefire", "2021-05-06", "Kesh", "", "asserted", TRUCE, TRUCE),
            ("ceasefire", "2021-05-06", "Vardania", "", "asserted", TRUCE, TRUCE),
            (
                *("breach", "2021-05-07", "Anto Reva", "Kesh", "accuse", "breaking the truce"),
                ACCUSATION,
            ),
        ],
    ),
    "who-mediated": (
        "mediator party counterparty what date place factuality",
        [
            ("Norland", "Kesh", "", TRUCE, "2021-05-06", "Geneva", "asserted"),
            ("Norland", "Vardania", "", TRUCE, "2021-05-06", "Geneva", "asserted"),
        ],
    ),
    "detentions-and-releases": (
        "kind who whom date place factuality quotation",
        [
            ("detained", "Keshi police", "Ila Form", "2021-05-05", "Orlo", "asserted", ARREST_TOO),
            ("detained", "Keshi police", "Ila Form", "2021-05-05", "Orlo", "asserted", ARREST),
            ("released", "Kesh", "", "", "", "planned", "release"),
        ],
    ),
    "promises-and-threats": (
        "who how what whom date",
        [
            ("Kesh", "promise", "to release Form", "Norland", ""),
            ("Tor Hask", "threaten", "to close the bridge", "", ""),
        ],
    ),
    "articles": (
        "headline publisher published statements reports url",
        [
            ("Reporter held", "The Gazette", "", "0", "1", ""),
            *(
                (one.headline or "", one.publisher or "", day, said, told, one.url or "")
                for one, day, said, told in (
                    (HARBOUR, "2021-05-04", "3", "2"),
                    (WIRE, "2021-05-05", "3", "3"),
                    (COURIER, "2021-05-07", "7", "6"),
                )
            ),
        ],
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_question_is_answered_exactly(store: Store, name: str) -> None:
    names, expected = ANSWERS[name]
    assert columns(ask(store, name), names) == expected


def test_the_mode_of_a_call_can_be_chosen(store: Store) -> None:
    found = ask(store, "who-called-for", mode="RETREAT/withdraw")
    assert columns(found, "who what date") == [("Norland", "both armies to pull back", "")]
    assert found == ask(store, "who-called-for", mode="RETREAT/withdraw")
    assert ask(store, "who-called-for", mode="investigate") == ask(store, "who-called-for")


def test_a_call_that_no_article_dates_has_no_date(store: Store) -> None:
    (found,) = ask(store, "who-called-for", mode="RETREAT/withdraw")
    assert "date" not in found
    assert found["published"] == "2021-05-07"


def test_what_happened_on_a_day_a_month_and_before(store: Store) -> None:
    def days(**given: str) -> list[str]:
        return [row["date"] for row in ask(store, "what-happened-on", **given)]

    assert days(from_="2021-05-04", to="2021-05-04") == ["2021-05-04"]
    assert days(from_="2021-05-05", to="2021-05") == ["2021-05-06", "2021-05-05", "2021-05-05"]
    assert days(to="2021-05-03") == ["2021-05-02", "2021-05-02"]
    assert days(from_="2022") == []


def test_an_actor_is_named_in_any_case_or_by_its_iri(store: Store) -> None:
    said = ask(store, "what-did-actor-say", actor="TOLEN")
    assert columns(said, "who how date published") == [
        ("Mira Tolen", "request", "2021-05-04", "2021-05-04"),
        ("Mira Tolen", "say", "", "2021-05-04"),
        ("Mira Tolen", "say", "", "2021-05-05"),
    ]
    assert ask(store, "what-did-actor-say", actor=said[0]["speaker"]) == said
    assert len(ask(store, "what-did-actor-say")) == 13
    assert ask(store, "what-did-actor-say", actor="Kesh Tolen") == []


def test_a_timeline_goes_by_the_dates_of_what_happened(store: Store) -> None:
    assert columns(ask(store, "timeline-of-actor", actor="kesh"), "date role what words") == [
        ("2021-05-06", "did", "RETREAT", TRUCE),
        ("2021-05-07", "was spoken of", "accuse", "breaking the truce"),
        ("", "was spoken of", "condemn", "the raid on Orlo"),
        ("", "said", "promise", "to release Form"),
        ("", "did", "RETREAT", "release"),
    ]
    mediated = ask(store, "timeline-of-actor", actor="norland")
    assert [row["role"] for row in mediated] == ["mediated", "was spoken to", "said"]


def test_events_of_a_place(store: Store) -> None:
    found = ask(store, "events-by-place", place="orlo")
    assert columns(found, "where precision date what status") == [
        ("Orlo", "settlement", "2021-05-05", ARREST, "corroborated"),
        ("Orlo", "settlement", "2021-05-05", ARREST, "corroborated"),
        ("Orlo", "settlement", "", BURNING, "single-source"),
    ]
    assert len(ask(store, "events-by-place")) == 7


def test_outlets_count_their_sources(store: Store) -> None:
    found = ask(store, "outlets-and-their-sources")
    assert columns(found, "publisher who type statements articles")[:5] == [
        ("Northern Wire", PROSECUTOR, "Organization", "1", "1"),
        ("Northern Wire", "Mira Tolen", "Person", "1", "1"),
        ("Northern Wire", "Union of Observers", "Organization", "1", "1"),
        ("The Harbour Post", "Mira Tolen", "Person", "2", "1"),
        ("The Harbour Post", MINISTRY, "Organization", "1", "1"),
    ]
    assert found[2]["quotation"] == "the Union of Observers"
    assert "#char=" in found[2]["link"]


def test_every_question_is_tried() -> None:
    asked = {
        *ANSWERS,
        *("what-did-actor-say", "timeline-of-actor", "events-by-place"),
        "outlets-and-their-sources",
    }
    assert set(NAMES) == asked
    assert len(NAMES) >= 17


@pytest.mark.parametrize("name", [name for name in NAMES if name not in WITHOUT_PASSAGE])
def test_every_row_leads_to_its_words(store: Store, name: str) -> None:
    found = ask(store, name)
    assert found
    for row in found:
        start, end = int(row["start"]), int(row["end"])
        assert TEXTS[row["headline"]][start:end] == row["quotation"]
        assert row["link"] == f"{row['article']}#char={start},{end}"


@pytest.fixture(scope="module")
def other_engine(store: Store) -> rdflib.Graph:
    view = store.read(graph_iri(store.base, "view"))
    graph = rdflib.Graph()
    return graph.parse(data="".join(f"{s} {p} {o} .\n" for s, p, o in view), format="nt")


@pytest.mark.parametrize("name", NAMES)
def test_another_engine_answers_alike(store: Store, other_engine: rdflib.Graph, name: str) -> None:
    """The text as it stands, on the view as default graph: no extension of one engine."""
    answer = other_engine.query(query.load(name).text)
    found = [
        {str(variable): str(value) for variable, value in row.asdict().items()}
        for row in answer
        if isinstance(row, rdflib.query.ResultRow)
    ]
    assert found == ask(store, name)


def test_an_answer_comes_as_the_table_that_is_wanted(store: Store) -> None:
    answer = query.run(store, "who-accused-whom", table="text/csv")
    lines = answer.body.decode().splitlines()
    assert lines[0].startswith("who,whom,what,date,quotation")
    assert lines[1].startswith("Anto Reva,Kesh,breaking the truce,2021-05-07,")
