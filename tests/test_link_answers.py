"""Accusations and denials meet the event they speak of, and only where one can be meant."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from kg import query, records
from kg.extract import open_extractor
from kg.filters import Filters
from kg.iri import DEFAULT_BASE, graph_iri
from kg.link import links
from kg.link.answers import MOST_EVENTS
from kg.link.versions import _is_called
from kg.model import Article, DateRange
from kg.pipeline import ingest
from kg.sparql import rows
from kg.store import open_store
from kg.terms import value
from kg.view import build
from tests.clock import MOST, growth, seconds
from tests.sheet import Graph, Sheet, instances, objects, on

SUNDAY, MONDAY = on("2021-05-02"), on("2021-05-03")
ARMY, STATE, GUARD = "Keshi army", "Kesh", "Vardan guard"
COUNTRIES = {ARMY: "SE", STATE: "SE", GUARD: "NO", "Keshi rebels": "SE"}
SECTORS = {"Keshi rebels": "REB"}


@dataclass(frozen=True)
class Told:
    """One report as a test writes it: its words, who did it where and when, and who says so."""

    words: str
    who: str | None = None
    where: str | None = None
    when: DateRange | None = None
    act: str | None = None
    mode: str | None = "heavy-weapons"
    kind: str = "ASSAULT"
    factuality: str = "alleged"
    background: bool = False


SHELLED = Told("Shells hit Orm on Sunday", where="Orm", when=SUNDAY, factuality="asserted")
ACCUSED = Told("shelling the town", STATE, act="accuse")
DENIED = Told("having shelled the town", ARMY, act="deny")
ELSEWHERE = Told("had shelled Orm", ARMY, "Orm", act="deny")


def article(*told: Told, published: str = "2021-05-04") -> Graph:
    """An article that tells all this, each with a statement about it where ``act`` says so."""
    names = " ".join((*COUNTRIES, "Orm", "Vale", "Speaker"))
    text = ". ".join(one.words for one in told)
    sheet = Sheet(f"{text}. {names}, {published}.", published=published)
    actors = {
        name: sheet.actor(
            name,
            "State" if name == STATE else "Group",
            named=False,
            country=code,
            sector=SECTORS.get(name),
        )
        for name, code in COUNTRIES.items()
    }
    speaker = sheet.actor("Speaker")
    places = {
        name: sheet.place(name, name=name, country="NO", geonames=number)
        for number, name in enumerate(("Orm", "Vale"), 1)
    }
    for one in told:
        report = sheet.report(
            one.words,
            one.words,
            one.kind,
            mode=one.mode,
            factuality=one.factuality,
            actors=[actors[one.who]] if one.who else [],
            place=places[one.where] if one.where else None,
            date=one.when,
            background=one.background,
        )
        if one.act:
            whole = one.words
            sheet.statement(whole, whole, whole, one.act, speaker=speaker, about=(report,))
    return sheet.graph()


def events(*graphs: Graph) -> list[int]:
    """How many reports each event has, largest first."""
    return sorted((len(members) for members in links(graphs).events), reverse=True)


def status(*graphs: Graph) -> list[str]:
    """The status of every event, sorted."""
    found = build(DEFAULT_BASE, graphs)
    return sorted(
        value(words)
        for event in instances(found, "ck:Event")
        for words in objects(found, event, "ck:status")
    )


def test_claim_denial_and_telling_of_one_article_are_one_event() -> None:
    graph = article(SHELLED, ACCUSED, DENIED)
    assert events(graph) == [3]
    assert status(graph) == ["disputed"]


def test_every_such_merge_is_a_link_with_its_reason() -> None:
    found = links([article(SHELLED, ACCUSED, DENIED)])
    assert [(one.score, one.reason) for one in found.links if "/report/" in one.subject] == [
        (0.7, "an accusation or denial and the one event of its article that it can mean")
    ] * 2


ANSWERS = {
    "an accusation by another noun": replace(ACCUSED, words="carrying out the attack"),
    "the same town": replace(ACCUSED, words="having shelled Orm", where="Orm"),
    "the same thing that was hit": replace(
        SHELLED, words="aiming at the Shells", where=None, when=None, act="deny"
    ),
    "a rejected accusation": replace(ACCUSED, act="reject"),
    "no mode": replace(ACCUSED, mode=None),
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_an_answer_in_the_same_article(answer: Told) -> None:
    assert events(article(SHELLED, answer)) == [2]


OTHERS = {
    "another town": replace(ACCUSED, words="shelling Vale", where="Vale"),
    "another day": replace(ACCUSED, when=MONDAY),
    "another mode": replace(ACCUSED, mode="drone"),
    "another type": replace(ACCUSED, kind="COERCE", mode="arrest"),
    "nothing that takes it up": replace(ACCUSED, words="shelling civilians"),
    "the attacks in general": replace(ACCUSED, words="all the attacks"),
    "time and again": replace(ACCUSED, words="repeatedly shelling the town"),
    "history": replace(ACCUSED, background=True),
    "what may come": replace(ACCUSED, factuality="hypothetical"),
    "what is only asked": replace(ACCUSED, act="request"),
    "what nobody charges": replace(ACCUSED, act=None),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_what_may_be_another_event_stays_apart(other: Told) -> None:
    assert events(article(SHELLED, other)) == [1, 1]


@pytest.mark.parametrize("side", [GUARD, "Keshi rebels"])
def test_another_side_is_another_event(side: str) -> None:
    told = replace(SHELLED, who=ARMY)
    assert events(article(told, ACCUSED)) == [2]
    assert events(article(told, replace(ACCUSED, who=side))) == [1, 1]


AGAIN = Told("the strike", factuality="alleged", mode=None)


def test_the_strike_is_the_one_event_it_can_be() -> None:
    named = replace(AGAIN, words="the rocket strike on the town of Orm", where="Orm")
    assert events(article(SHELLED, AGAIN)) == [2]
    assert events(article(SHELLED, named)) == [2]
    assert events(article(SHELLED, named, DENIED)) == [3]
    assert events(article(SHELLED, replace(AGAIN, words="a strike"))) == [1, 1]
    assert events(article(SHELLED, replace(AGAIN, words="the strike near a far depot"))) == [1, 1]


def test_the_strike_is_none_where_another_event_is_told_without_a_town() -> None:
    other = Told("Guns hit a base on Monday", when=MONDAY, factuality="asserted")
    assert events(article(SHELLED, other, AGAIN)) == [1, 1, 1]


def test_words_that_deny_are_a_denial() -> None:
    fired = Told("Our guns did not fire at Orm", ARMY, "Orm", act="say", mode="firearms")
    denied = replace(fired, factuality="negated")
    assert events(article(SHELLED, denied)) == [2]
    assert status(article(SHELLED, denied)) == ["disputed"]
    assert events(article(SHELLED, fired)) == [1, 1]


def test_an_event_has_the_mode_it_is_mostly_told_with() -> None:
    fired = Told("firing at the town", ARMY, act="deny", mode="firearms")
    graph = article(SHELLED, fired)
    store = open_store("memory:", base=DEFAULT_BASE)
    store.replace([graph, (graph_iri(DEFAULT_BASE, "view"), build(DEFAULT_BASE, [graph]))])
    (event,) = records.page(store, Filters.parse("events", {}))["items"]
    store.close()
    assert (len(event["reports"]), event["mode"]) == (2, "heavy-weapons")


def test_where_two_events_can_be_meant_none_is_chosen() -> None:
    monday = replace(SHELLED, words="Shells hit Orm on Monday", when=MONDAY)
    assert events(article(SHELLED, monday, ACCUSED)) == [1, 1, 1]
    assert events(article(SHELLED, monday, ACCUSED, DENIED)) == [2, 1, 1]


def test_two_sides_accused_of_one_shelling_stay_apart() -> None:
    guard = replace(ACCUSED, words="having hit the town", who=GUARD)
    assert events(article(SHELLED, ACCUSED, guard)) == [1, 1, 1]


def test_a_denial_meets_what_another_article_tells() -> None:
    told = article(replace(SHELLED, who=ARMY))
    denied = article(ELSEWHERE, published="2021-05-05")
    assert events(told, denied) == [2]
    assert status(told, denied) == ["disputed"]
    assert events(denied, told) == [2]


APART = {
    "later than an answer comes": article(ELSEWHERE, published="2021-05-06"),
    "before it happened": article(ELSEWHERE, published="2021-05-01"),
    "only the town, no name": article(DENIED, published="2021-05-05"),
    "another town": article(replace(ELSEWHERE, where="Vale"), published="2021-05-05"),
    "another side": article(replace(ELSEWHERE, who=GUARD), published="2021-05-05"),
    "no side": article(replace(ELSEWHERE, who=None), published="2021-05-05"),
    "no denial": article(replace(ELSEWHERE, act="say"), published="2021-05-05"),
}


@pytest.mark.parametrize("other", APART.values(), ids=APART)
def test_what_another_article_denies_may_be_another_event(other: Graph) -> None:
    assert events(article(replace(SHELLED, who=ARMY)), other) == [1, 1]


def test_a_denial_that_fits_two_days_joins_neither() -> None:
    sunday = article(replace(SHELLED, who=ARMY))
    monday = article(replace(SHELLED, who=ARMY, words="Shells hit Orm again", when=MONDAY))
    assert events(sunday, monday, article(ELSEWHERE, published="2021-05-05")) == [1, 1, 1]


def test_articles_meet_as_wholes() -> None:
    """A denial of "the town" leads on by what its own article tells."""
    one = article(replace(SHELLED, who=ARMY), ACCUSED, DENIED)
    words = "The Keshi army had shelled Orm"
    other = article(replace(SHELLED, who=STATE, words=words, act="report"), published="2021-05-05")
    assert events(one, other) == [4]


def seen(number: int) -> list[Told]:
    """So many attacks of others, each on a day of its own."""
    days = [date(1990, 1, 1) + timedelta(days=3 * one) for one in range(number)]
    return [
        replace(
            SHELLED, words=f"Shells hit Vale on {day}", who=GUARD, where="Vale", when=on(str(day))
        )
        for day in days
    ]


@pytest.mark.parametrize(("others", "joined"), [(20, [2]), (MOST_EVENTS, [])])
def test_where_very_many_events_are_told_the_attack_is_none_of_them(
    others: int, joined: list[int]
) -> None:
    attacks = seen(others)
    assert [n for n in events(article(SHELLED, DENIED, *attacks)) if n > 1] == joined
    assert [n for n in events(article(SHELLED, ELSEWHERE, *attacks)) if n > 1] == [2]


def test_linking_one_long_article_takes_linear_time() -> None:
    def taken(number: int) -> float:
        graphs = [article(SHELLED, DENIED, *seen(number))]
        return seconds(lambda: links(graphs))

    assert growth(lambda: taken(200), lambda: taken(2_000)) <= MOST


HARBOUR = """Kesh's army shelled the town of Velmarke on Sunday, residents said.

Vardania accused Kesh of shelling the town. Kesh's Defence Ministry denied shelling the town.
"""
COURIER = """On Sunday shells hit Velmarke. Vardania accused the Keshi army of shelling Velmarke.

The Keshi Defence Ministry denied that its forces had shelled Velmarke.
"""


def test_read_articles_fill_the_table_of_disputes() -> None:
    day = on("2021-05-04")
    store = open_store("memory:", base=DEFAULT_BASE)
    articles = [Article(text, published=day, publisher=name) for name, text in TEXTS.items()]
    ingest(store, articles, open_extractor("default"))
    found = rows(query.run(store, "disputed-events"))
    store.close()
    assert {row["claimant"] for row in found} >= {"Vardania"}
    assert {row["denier"] for row in found} == {
        "Kesh's Defence Ministry",
        "Keshi Defence Ministry",
    }


TEXTS = {"The Harbour Post": HARBOUR, "The Valley Courier": COURIER}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Rebels attacked the market in Velmarke on Sunday, the mayor said. "
            "The Front denied reports that its men attacked the market on Sunday.",
            ["disputed"],
        ),
        (
            "Rebels attacked the market in Velmarke on Sunday, the mayor said. "
            "The Keshi army denied reports that its men attacked the market on Sunday.",
            ["denied", "single-source"],
        ),
        (
            "Rebels attacked the market in Velmarke on Sunday, the mayor said. "
            "The army denied reports that its men attacked the market on Sunday.",
            ["denied", "single-source"],
        ),
        (
            "Soldiers attacked the market in Velmarke on Sunday, the mayor said. "
            "The army denied reports that its men attacked the market on Sunday.",
            ["disputed"],
        ),
        (
            "Houthi rebels attacked the market in Velmarke on Sunday, the mayor said. "
            "The Front denied reports that its men attacked the market on Sunday.",
            ["denied", "single-source"],
        ),
        (
            "Masked rebels attacked the market in Velmarke on Sunday, the mayor said. "
            "The Front denied reports that its men attacked the market on Sunday.",
            ["disputed"],
        ),
        (
            "Gunmen on motorcycles attacked the market in Velmarke on Sunday, the mayor said. "
            "The Front denied reports that its men attacked the market on Sunday.",
            ["disputed"],
        ),
        (
            "Local militants attacked the market in Velmarke on Sunday, the mayor said. "
            "The Front denied reports that its men attacked the market on Sunday.",
            ["disputed"],
        ),
        (
            "The Front attacked the market in Velmarke on Sunday, the mayor said. "
            "The Brigade denied reports that its men attacked the market on Sunday.",
            ["denied", "single-source"],
        ),
    ],
)
def test_a_denial_of_rebels_joins_what_rebels_are_said_to_have_done(
    text: str, wanted: list[str]
) -> None:
    store = open_store("memory:", base=DEFAULT_BASE)
    ingest(store, [Article(text, published=on("2021-05-04"))], open_extractor("default"))
    asked = "SELECT ?s { ?e a ck:Event ; ck:status ?s }"
    found = rows(store.query(f"PREFIX ck: <https://w3id.org/conflict-kg#> {asked}"))
    store.close()
    assert sorted(row["s"] for row in found) == wanted


@pytest.mark.parametrize(
    ("label", "called"),
    [
        ("Houthi rebels", True),
        ("Tigray fighters", True),
        ("fighters of the Front", True),
        ("Anti-Balaka fighters", True),
        ("Gunmen on motorcycles", False),
        ("gunmen on motorcycles", False),
        ("Rebels in trucks", False),
        ("Heavily armed rebels", False),
        ("Local militants", False),
        ("Foreign fighters", False),
        ("Pro-government gunmen", False),
        ("Six Masked Gunmen", False),
    ],
)
def test_a_capital_at_the_start_of_a_sentence_names_no_band(label: str, called: bool) -> None:
    assert _is_called(label) == called
