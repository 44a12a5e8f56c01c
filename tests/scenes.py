"""A hand-made scene: two articles about one invented war, as a careful reader reads them.

Countries, towns, people and outlets are invented (Geneva is not). Tests build graphs, views and
stores from it without running an analyser.
"""

from datetime import date

from kg.iri import DEFAULT_BASE, graph_iri
from kg.model import (
    Actor,
    Article,
    DateRange,
    EventReport,
    Extraction,
    Membership,
    Mention,
    Place,
    Span,
    Statement,
    Toll,
)
from kg.rdf import article_graph
from kg.store import open_store
from kg.store.base import Store
from kg.terms import Triple
from kg.view import build

HARBOUR = Article(
    text=(
        "LORIK — The Vardanian ombudswoman, Mira Tolen, called on Tuesday for an independent "
        "investigation into the shelling of Lorik.\n\n"
        "“We have seen what the shells did to the market of this town,” Tolen said.\n\n"
        "Keshi artillery shelled the market in Lorik on May 2, killing at least 12 people. "
        "The Keshi Defence Ministry denied that its forces had shelled the town.\n"
    ),
    url="https://harbour.example/2021/lorik",
    headline="Ombudswoman wants Lorik shelling investigated",
    published=DateRange("2021-05-04", date(2021, 5, 4), date(2021, 5, 4), "2021-05-04"),
    publisher="The Harbour Post",
)

WIRE = Article(
    text=(
        "Keshi artillery shelled a market in Lorik on May 2, killing 15 people, the Union of "
        "Observers said on Wednesday.\n\n"
        "The Keshi Prosecutor's Office said it had opened an inquiry into the shelling.\n\n"
        "“We have seen what the shells did to the market of this town,” ombudswoman Mira Tolen "
        "said.\n\n"
        "Foreign ministers Anto Reva of Vardania and Sula Deen of Kesh met in Geneva on May 4.\n"
    ),
    url="https://wire.example/0505-lorik",
    headline="Fifteen dead in Lorik, observers say",
    published=DateRange("2021-05-05", date(2021, 5, 5), date(2021, 5, 5), "2021-05-05"),
    publisher="Northern Wire",
)


def span(article: Article, words: str, nth: int = 0) -> Span:
    """Where the ``nth`` occurrence of ``words`` stands."""
    at = -1
    for _ in range(nth + 1):
        at = article.text.index(words, at + 1)
    return Span(at, at + len(words))


def on(article: Article, day: date, words: str, nth: int = 0) -> DateRange:
    """A date of one day, with its words."""
    return DateRange(day.isoformat(), day, day, words, span(article, words, nth))


def harbour() -> Extraction:
    """What the first article says."""

    def at(words: str, nth: int = 0) -> Span:
        return span(HARBOUR, words, nth)

    lorik = Place("p1", "Lorik", at("Lorik", 0), "settlement", name="Lorik")
    shelling = EventReport(
        key="r1",
        whole=at(
            "Keshi artillery shelled the market in Lorik on May 2, killing at least 12 people"
        ),
        cue=at("shelled", 0),
        event_type="ASSAULT",
        mode="heavy-weapons",
        factuality="asserted",
        contexts=("military",),
        actors=(Mention("a2", at("Keshi artillery")),),
        recipients=(Mention("a4", at("people")),),
        place=Mention("p1", at("Lorik", 1)),
        date=on(HARBOUR, date(2021, 5, 2), "May 2"),
        killed=Toll("at least 12 people", at("at least 12 people"), least=12),
        confidence=0.9,
    )
    inquiry = EventReport(
        key="r2",
        whole=at("an independent investigation into the shelling of Lorik"),
        cue=at("investigation"),
        event_type="ACCUSE",
        mode="investigate",
        factuality="requested",
        about=("r1",),
        confidence=0.8,
    )
    call = Statement(
        key="s1",
        whole=at(
            "The Vardanian ombudswoman, Mira Tolen, called on Tuesday for an independent "
            "investigation into the shelling of Lorik"
        ),
        cue=at("called"),
        act="request",
        content=(at("an independent investigation into the shelling of Lorik"),),
        speaker=Mention("a1", at("The Vardanian ombudswoman, Mira Tolen")),
        about=("r2",),
        date=on(HARBOUR, date(2021, 5, 4), "Tuesday"),
        confidence=0.95,
    )
    quote = Statement(
        key="s2",
        whole=at("“We have seen what the shells did to the market of this town,” Tolen said"),
        cue=at("said"),
        act="say",
        content=(at("We have seen what the shells did to the market of this town,"),),
        speaker=Mention("a1", at("Tolen", 1)),
        quoted=True,
        confidence=0.95,
    )
    denial = Statement(
        key="s3",
        whole=at("The Keshi Defence Ministry denied that its forces had shelled the town"),
        cue=at("denied"),
        act="deny",
        content=(at("that its forces had shelled the town"),),
        speaker=Mention("a3", at("The Keshi Defence Ministry")),
        about=("r1",),
        confidence=0.95,
    )
    return Extraction(
        extractor="hand",
        version="1",
        actors=(
            Actor(
                "a1",
                "Mira Tolen",
                "Person",
                at("Mira Tolen"),
                name="Mira Tolen",
                aliases=("Tolen",),
                memberships=(Membership("Vardanian ombudswoman", at("Vardanian ombudswoman")),),
            ),
            Actor("a2", "Keshi artillery", "Group", at("Keshi artillery"), sector="MIL"),
            Actor(
                "a3",
                "Keshi Defence Ministry",
                "Organization",
                at("Keshi Defence Ministry"),
                name="Keshi Defence Ministry",
                sector="GOV",
            ),
            Actor("a4", "people", "Group", at("people"), sector="CVL"),
        ),
        places=(lorik,),
        statements=(call, quote, denial),
        reports=(shelling, inquiry),
    )


def wire() -> Extraction:
    """What the second article says."""

    def at(words: str, nth: int = 0) -> Span:
        return span(WIRE, words, nth)

    shelling = EventReport(
        key="r1",
        whole=at("Keshi artillery shelled a market in Lorik on May 2, killing 15 people"),
        cue=at("shelled"),
        event_type="ASSAULT",
        mode="heavy-weapons",
        factuality="alleged",
        contexts=("military",),
        actors=(Mention("a1", at("Keshi artillery")),),
        recipients=(Mention("a6", at("people")),),
        place=Mention("p1", at("Lorik")),
        date=on(WIRE, date(2021, 5, 2), "May 2"),
        killed=Toll("15 people", at("15 people"), best=15),
        confidence=0.8,
    )
    inquiry = EventReport(
        key="r2",
        whole=at("it had opened an inquiry into the shelling"),
        cue=at("inquiry"),
        event_type="ACCUSE",
        mode="investigate",
        factuality="asserted",
        actors=(Mention("a3", at("it")),),
        about=("r1",),
        confidence=0.9,
    )
    meeting = EventReport(
        key="r3",
        whole=at(
            "Foreign ministers Anto Reva of Vardania and Sula Deen of Kesh met in Geneva on May 4"
        ),
        cue=at("met"),
        event_type="CONSULT",
        factuality="asserted",
        actors=(Mention("a4", at("Anto Reva")), Mention("a5", at("Sula Deen"))),
        place=Mention("p2", at("Geneva")),
        date=on(WIRE, date(2021, 5, 4), "May 4"),
        confidence=0.9,
    )
    report = Statement(
        key="s1",
        whole=at(
            "Keshi artillery shelled a market in Lorik on May 2, killing 15 people, the Union of "
            "Observers said on Wednesday"
        ),
        cue=at("said", 0),
        act="say",
        content=(at("Keshi artillery shelled a market in Lorik on May 2, killing 15 people"),),
        speaker=Mention("a2", at("the Union of Observers")),
        about=("r1",),
        date=on(WIRE, date(2021, 5, 5), "Wednesday"),
        confidence=0.95,
    )
    opened = Statement(
        key="s2",
        whole=at("The Keshi Prosecutor's Office said it had opened an inquiry into the shelling"),
        cue=at("said", 1),
        act="say",
        content=(at("it had opened an inquiry into the shelling"),),
        speaker=Mention("a3", at("The Keshi Prosecutor's Office")),
        about=("r2",),
        confidence=0.95,
    )
    quote = Statement(
        key="s3",
        whole=at(
            "“We have seen what the shells did to the market of this town,” ombudswoman "
            "Mira Tolen said"
        ),
        cue=at("said", 2),
        act="say",
        content=(at("We have seen what the shells did to the market of this town,"),),
        speaker=Mention("a7", at("ombudswoman Mira Tolen")),
        quoted=True,
        confidence=0.95,
    )
    return Extraction(
        extractor="hand",
        version="1",
        actors=(
            Actor("a1", "Keshi artillery", "Group", at("Keshi artillery"), sector="MIL"),
            Actor(
                "a2",
                "Union of Observers",
                "Organization",
                at("Union of Observers"),
                name="Union of Observers",
                sector="SOC",
            ),
            Actor(
                "a3",
                "Keshi Prosecutor's Office",
                "Organization",
                at("Keshi Prosecutor's Office"),
                name="Keshi Prosecutor's Office",
                sector="JUD",
            ),
            Actor(
                "a4",
                "Anto Reva",
                "Person",
                at("Anto Reva"),
                name="Anto Reva",
                memberships=(Membership("Foreign minister", at("Foreign ministers"), "a8"),),
            ),
            Actor(
                "a5",
                "Sula Deen",
                "Person",
                at("Sula Deen"),
                name="Sula Deen",
                memberships=(Membership("Foreign minister", at("Foreign ministers"), "a9"),),
            ),
            Actor("a6", "people", "Group", at("people"), sector="CVL"),
            Actor(
                "a7",
                "Mira Tolen",
                "Person",
                at("Mira Tolen"),
                name="Mira Tolen",
                memberships=(Membership("ombudswoman", at("ombudswoman")),),
            ),
            Actor("a8", "Vardania", "State", at("Vardania"), name="Vardania"),
            Actor("a9", "Kesh", "State", at("Kesh", 2), name="Kesh"),
        ),
        places=(
            Place("p1", "Lorik", at("Lorik"), "settlement", name="Lorik"),
            Place(
                "p2",
                "Geneva",
                at("Geneva"),
                "settlement",
                name="Geneva",
                country="CH",
                point=(46.20222, 6.14569),
                geonames=2660646,
            ),
        ),
        statements=(report, opened, quote),
        reports=(shelling, inquiry, meeting),
    )


def scene_graphs(base: str = DEFAULT_BASE) -> list[tuple[str, list[Triple]]]:
    """The two article graphs, in order of publication."""
    return [article_graph(base, HARBOUR, harbour()), article_graph(base, WIRE, wire())]


def scene_store() -> Store:
    """A memory store that holds the two article graphs and their view."""
    store = open_store("memory:", base=DEFAULT_BASE)
    graphs = scene_graphs()
    store.replace([*graphs, (graph_iri(DEFAULT_BASE, "view"), build(DEFAULT_BASE, graphs))])
    return store
