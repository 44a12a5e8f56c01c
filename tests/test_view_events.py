"""Events of the view: status, factuality, dates and tolls of reports that tell one event."""

import pytest

from kg.iri import DEFAULT_BASE
from kg.model import DateRange, Toll
from kg.terms import literal, value
from kg.view import build
from kg.view.events import Telling, event
from kg.vocab import code, notation, term
from tests.scenes import scene_graphs
from tests.sheet import Graph, Sheet, instances, objects, on

ACTOR = term("ck:actor")
DAY = on("2021-05-02")


def strike(
    number: int,
    *,
    factuality: str = "asserted",
    act: str | None = None,
    publisher: str | None = None,
    date: DateRange | None = DAY,
    killed: Toll | None = None,
    background: bool = False,
) -> Graph:
    """One report of the same strike, with at most one statement about it."""
    sheet = Sheet(
        f"Kesh hit Vale, and 12 people, 12 to 15, died. Kern spoke. Take {number}.",
        published=f"2021-05-{number + 3:02}",
        publisher=publisher,
    )
    kesh = sheet.actor("Kesh", "State", country="SE")
    kern = sheet.actor("Kern")
    vale = sheet.place("Vale", name="Vale", country="NO")
    hit = sheet.report(
        "Kesh hit Vale",
        "hit",
        factuality=factuality,
        actors=[kesh],
        place=vale,
        date=date,
        killed=killed,
        background=background,
    )
    if act:
        sheet.statement("Kern spoke", "spoke", "Kesh hit Vale", act, speaker=kern, about=(hit,))
    return sheet.graph()


def the_event(*graphs: Graph) -> dict[str, list[str]]:
    """The properties of the only event: bare codes, days and numbers."""
    found = build(DEFAULT_BASE, graphs)
    [node] = instances(found, "ck:Event")
    values: dict[str, list[str]] = {}
    for subject, predicate, thing in found:
        if subject in (node, f"{node[:-1]}#killed>"):
            name = predicate.strip("<>").rsplit("#", 1)[-1]
            text = notation(thing) if thing.startswith("<https://w3id") else value(thing)
            values.setdefault(name, []).append(text)
    return values


@pytest.mark.parametrize(
    ("expected", "tellings"),
    [
        ("single-source", [{}]),
        ("single-source", [{"publisher": "Wire"}, {"publisher": "The  WIRE"}]),
        ("corroborated", [{"publisher": "Wire"}, {"publisher": "Post"}]),
        ("corroborated", [{}, {}]),
        ("single-source", [{"factuality": "alleged"}, {"factuality": "alleged"}]),
        ("single-source", [{}, {"factuality": "alleged"}]),
        ("single-source", [{"factuality": "negated"}]),
        ("disputed", [{}, {"factuality": "negated"}]),
        ("disputed", [{"factuality": "alleged"}, {"factuality": "negated"}]),
        ("disputed", [{"act": "deny"}]),
        ("denied", [{"act": "deny", "factuality": "negated"}]),
        ("denied", [{"act": "deny", "factuality": "alleged"}]),
        ("disputed", [{"act": "deny", "factuality": "alleged"}, {"factuality": "alleged"}]),
        (
            "disputed",
            [
                {"act": "deny", "factuality": "alleged"},
                {"act": "accuse", "factuality": "alleged"},
            ],
        ),
        ("single-source", [{"act": "claim", "factuality": "alleged"}]),
        ("denied", [{"act": "reject", "factuality": "alleged"}]),
        ("single-source", [{"act": "reject", "factuality": "planned"}]),
    ],
)
def test_status(expected: str, tellings: list[dict[str, str]]) -> None:
    graphs = [strike(number, **options) for number, options in enumerate(tellings)]  # type: ignore[arg-type]
    assert the_event(*graphs)["status"] == [expected]


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        (["alleged", "asserted"], "asserted"),
        (["negated", "alleged"], "alleged"),
        (["planned", "negated"], "planned"),
        (["hypothetical", "requested"], "requested"),
    ],
)
def test_the_strongest_factuality_stands(given_: list[str], expected: str) -> None:
    graphs = [strike(number, factuality=code) for number, code in enumerate(given_)]
    assert the_event(*graphs)["factuality"] == [expected]


def test_the_common_part_of_the_dates_stands() -> None:
    weekend = on("2021-05-01", "2021-05-02")
    event = the_event(
        strike(0, date=weekend), strike(1), strike(2, date=on("2021-04-30", "2021-05-03"))
    )
    assert (event["earliest"], event["latest"]) == (["2021-05-02"], ["2021-05-02"])
    assert event["edtf"] == ["2021-05-02"]


def test_the_words_of_an_exact_date_stay() -> None:
    unsure = DateRange("2021-05-02?", DAY.earliest, DAY.latest, "Sunday")
    assert the_event(strike(0, date=unsure))["edtf"] == ["2021-05-02?"]
    partial = DateRange("XXXX-05-02", None, None, "May 2")
    event = the_event(strike(0, date=partial))
    assert event["edtf"] == ["XXXX-05-02"]
    assert "earliest" not in event
    assert the_event(strike(0, date=None), strike(1, date=partial))["edtf"] == ["XXXX-05-02"]
    since = DateRange("2021-05-02/..", DAY.earliest, None, "since May 2")
    assert the_event(strike(0, date=since))["earliest"] == ["2021-05-02"]
    assert "edtf" not in the_event(strike(0, date=None))


def test_background_only_where_all_say_so() -> None:
    assert the_event(strike(0, background=True))["background"] == ["true"]
    both = the_event(strike(0, background=True), strike(1, background=True))
    assert both["background"] == ["true"]
    assert "background" not in the_event(strike(0, background=True), strike(1))


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ([{"best": 12}], {"best": 12}),
        ([{"least": 12}], {"min": 12}),
        ([{"best": 12}, {"best": 12}], {"best": 12}),
        ([{"best": 12}, {"best": 15}], {"min": 12, "max": 15}),
        ([{"least": 12}, {"best": 15}], {"min": 12, "best": 15}),
        ([{"least": 15}, {"best": 12}], {"min": 12}),
        ([{"least": 12, "best": 13, "most": 15}], {"min": 12, "best": 13, "max": 15}),
        ([{"least": 12, "most": 15}, {"least": 10}], {"min": 10, "max": 15}),
        ([{"most": 9}, {"best": 12}], {"max": 12}),
        ([{"most": 9}, {"least": 12}], {}),
    ],
)
def test_tolls(bounds: list[dict[str, int]], expected: dict[str, int]) -> None:
    sheet = Sheet("12 people")
    graphs = [
        strike(number, killed=sheet.toll("12 people", **given_))
        for number, given_ in enumerate(bounds)
    ]
    event = the_event(*graphs)
    assert {
        name: int(event[name][0]) for name in ("min", "best", "max") if name in event
    } == expected


def test_an_event_is_not_about_itself() -> None:
    sheet = Sheet("Kesh hit Vale. Again: Kesh hit the town.")
    kesh = sheet.actor("Kesh", "State", country="SE")
    first = sheet.report("Kesh hit Vale", "hit", actors=[kesh], date=DAY)
    sheet.report("Kesh hit the town", "hit the", actors=[kesh], date=DAY, about=(first,))
    event = the_event(sheet.graph())
    assert len(event["report"]) == 2
    assert "about" not in event


def said(
    words: str, *acts: str, told: str = "alleged", who: str = "", dated: bool = True
) -> Telling:
    """A report in these words, spoken of by statements of these acts."""
    node = {
        term("rdfs:label"): [literal(words)],
        term("ck:factuality"): [code("factuality", told)],
        **({term("ck:actor"): [f"<http://x/actor/{who}>"]} if who else {}),
        **({term("ck:edtf"): [literal("2021-05-02")]} if dated else {}),
    }
    return Telling(f"<http://x/report/{words}>", node, "wire", acts, {})


def told_of(*told: Telling) -> tuple[str, list[str]]:
    """The label of an event, and who did it."""
    found = list(event("<http://x/event/1>", told, {}))
    actors = [thing[1:-1].rsplit("/", 1)[1] for _, name, thing in found if name == ACTOR]
    (title,) = [value(thing) for _, name, thing in found if name == term("rdfs:label")]
    return title, actors


ACCUSED = said("aiming at the clinic", "accuse", who="gunners")
DENIED = said("its men shelled the clinic", "deny", who="its-men")
NAMELESS = said("the shelling of the clinic killed nine", "say")


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ((ACCUSED, NAMELESS, DENIED), "the shelling of the clinic killed nine"),
        ((DENIED, ACCUSED), "aiming at the clinic"),
        ((ACCUSED, said("shells fell", "condemn", told="asserted")), "shells fell"),
        ((NAMELESS, said("shells fell")), "shells fell"),
        ((said("it", dated=False), said("shells fell")), "shells fell"),
        ((said("shells fell"), said("shells hit")), "shells fell"),
        ((said("nobody shelled it", "say", told="negated"), ACCUSED), "aiming at the clinic"),
    ],
)
def test_no_party_names_an_event_that_others_tell_too(
    told: tuple[Telling, ...], title: str
) -> None:
    assert told_of(*told)[0] == title


@pytest.mark.parametrize(
    ("told", "actors"),
    [
        ((ACCUSED, NAMELESS, DENIED), ["gunners"]),
        ((NAMELESS, DENIED), []),
        ((DENIED,), ["its-men"]),
        ((said("it fired", "say", told="negated", who="unit"), ACCUSED), ["gunners"]),
        ((said("a raid", told="planned", who="unit"), ACCUSED), ["unit", "gunners"]),
        ((said("it fired", "deny", "say", who="unit"), ACCUSED), ["unit", "gunners"]),
    ],
)
def test_a_denier_names_nobody_who_did_what_others_tell(
    told: tuple[Telling, ...], actors: list[str]
) -> None:
    assert told_of(*told)[1] == actors


def test_the_scene_reads_as_its_articles_do() -> None:
    found = build(DEFAULT_BASE, scene_graphs())
    rows = {
        value(objects(found, node, "rdfs:label")[0]).split(",")[0]: (
            notation(objects(found, node, "ck:eventType")[0]),
            value(objects(found, node, "ck:status")[0]),
            len(objects(found, node, "ck:report")),
        )
        for node in instances(found, "ck:Event")
    }
    assert rows == {
        "Keshi artillery shelled the market in Lorik on May 2": ("ASSAULT", "disputed", 2),
        "an independent investigation into the shelling of Lorik": ("ACCUSE", "single-source", 1),
        "it had opened an inquiry into the shelling": ("ACCUSE", "single-source", 1),
        "Foreign ministers Anto Reva of Vardania and Sula Deen of Kesh met in Geneva on May 4": (
            "CONSULT",
            "single-source",
            1,
        ),
    }
