"""Measurements: ``python scripts/bench.py AREA``. Read them as ratios on your own machine.

``ingest``: every stage is timed by itself in one process, in processor time, which a busy machine
spares; then the whole path runs over the same articles, in one process and in one a core.
``grow``: what one article more costs, besides reading it, in a store that holds some already.
``more``: the same in a large generated store, and a judgement and a takedown
(``scripts/bench_more.py``).
``sparql``: the service beside the store itself and beside others (``scripts/bench_sparql.py``).
``questions``: every named question on a large store (``scripts/bench_questions.py``).
``api``: lists, searches, events and graphs over HTTP (``scripts/bench_api.py``).
``export``: our writers of graphs beside networkx's (``scripts/bench_export.py``).
"""

import argparse
import json
import resource
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory, gettempdir
from typing import Final

from kg.extract.extractor import RuleExtractor
from kg.iri import DEFAULT_BASE, graph_iri
from kg.link.facts import read as facts_of
from kg.model import Article, Extraction
from kg.rdf import article_graph
from kg.reading import Readers, ready_extractor
from kg.sources import Defaults, read, stated
from kg.sources.language import require_english
from kg.store import open_store
from kg.terms import Triple
from kg.view import Edit, refresh, turn
from kg.view.whole import View
from scripts.bench_api import api
from scripts.bench_export import export
from scripts.bench_more import more
from scripts.bench_questions import questions
from scripts.bench_sparql import sparql
from scripts.bench_whole import measured

WORDS: Final = 450
"""The length that costs are given for."""
ROUNDS: Final = 3
"""How often the whole path is run; the median counts."""
MORE: Final = 5
"""Articles that are added one by one."""
STAGES: Final = ("sources", "extract", "rdf", "store", "view")
"""Everything that is not analysis."""
STORES: Final = Path(gettempdir()) / "kg-bench"
SHARED: Final = Path(__file__).parents[2] / "shared" / "articles"

PEOPLE: Final = (
    *("Nadia Brell", "Anto Dravec", "Sula Denholt", "Otar Veskin", "Ilse Marrowen"),
    *("Davor Lindqvar", "Marek Osterly", "Petra Hollin", "Jonas Ferwick", "Lena Tarsky"),
)
ROLES: Final = (
    *("Foreign Minister", "Prime Minister", "opposition leader", "army spokesman"),
    *("human rights commissioner", "prosecutor general", "special envoy", "mayor"),
)
BODIES: Final = (
    *("the Defence Ministry", "the Interior Ministry", "the League of Relief Workers"),
    *("the Union of Coastal States", "the border guard", "the prosecutor's office"),
)
PLACES: Final = ("Tolvesk", "Ardanik", "Mirsel", "Velmarke", "Geneva", "Kursk", "Nairobi", "Doha")
LANDS: Final = ("Vardania", "Kesh", "Torvania", "Ostrel")
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = ("January", "March", "May", "June", "September", "October", "December")

SENTENCES: Final = (
    "{role} {person} called on {weekday} for an independent investigation into the shelling of"
    " {place}.",
    "{person} of {land} met {other} in {place} on {month} {day}.",
    "At least {number} people were killed when rockets hit a market in {place} on {weekday}, {body}"
    " said.",
    "{body} denied that its forces had fired at {place}.",
    "“We have nothing to hide, and we expect {land} to open its archives,” {person} told"
    " reporters.",
    "{land} accused {otherland} of breaking the cease-fire that the two countries signed in 2003.",
    "According to {body}, {number} people were wounded in {place}, most of them civilians.",
    "{person}, the {role} of {land}, condemned the attack and urged both sides to withdraw their"
    " troops.",
    "The two governments agreed on {weekday} to exchange prisoners and to reopen the road to"
    " {place}.",
    "{body} warned that it would expel observers if the patrols near {place} continued.",
    "Thousands of people protested in {place} on {weekday}, demanding that {person} resign.",
    "The road between {place} and the border, which had been closed for weeks, was covered with"
    " the remains of burnt trucks and furniture that nobody had come to collect.",
    "“It was over in a minute,” said {other}, who sells bread across from the station. “Then there"
    " was only dust.”",
    "{person} said {land} would send {number} soldiers to the border in {month}.",
    "The market had been the pride of the town since a merchant from the coast paid for its iron"
    " roof more than a century ago.",
    "Snow lay on the pass, and the only shop in the next village was out of flour, sugar and"
    " candles.",
    "The valley is narrow there, with orchards on one side and a quarry on the other, and the"
    " river between them is shallow enough to wade in summer.",
    "Most of the houses have new doors now, and on some of them the paint is still fresh.",
    "It was not clear on {weekday} how long the talks would go on, or who would pay for the hotel.",
    "Both sides have long blamed each other for the violence in the valley, where some {number}000"
    " people lived before the war.",
)


class Clock:
    """Seconds of this process by stage, all its threads together."""

    def __init__(self) -> None:
        self.own: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time this block takes to a stage."""
        begun = time.process_time()
        try:
            yield
        finally:
            self.own[name] += time.process_time() - begun


def text_of(number: int, words: int = 450) -> str:
    """The text of article ``number``, of about so many words.

    >>> text_of(7) == text_of(7), text_of(7) == text_of(8)
    (True, False)
    """
    random = Random(number)
    parts = [f"{random.choice(PLACES).upper()} — "]
    while sum(len(part.split()) for part in parts) < words:
        paragraph = " ".join(_sentence(random) for _ in range(random.randint(1, 4)))
        parts.append(f"{paragraph}\n\n")
    return "".join(parts)


def _sentence(random: Random) -> str:
    person, other = random.sample(PEOPLE, 2)
    land, otherland = random.sample(LANDS, 2)
    text = random.choice(SENTENCES).format(
        person=person,
        other=other,
        land=land,
        otherland=otherland,
        role=random.choice(ROLES),
        body=random.choice(BODIES),
        place=random.choice(PLACES),
        weekday=random.choice(WEEKDAYS),
        month=random.choice(MONTHS),
        day=random.randint(1, 28),
        number=random.randint(2, 60),
    )
    return text[0].upper() + text[1:]


def ingest(number: int) -> dict[str, float]:
    """The whole path over ``number`` generated articles, and each stage of it."""
    clock = Clock()
    with clock.stage("loading"):
        extractor = ready_extractor("default")
        assert isinstance(extractor, RuleExtractor)
        extractor.extract(Article("The army said on Monday that it had left."))
    with TemporaryDirectory() as folder:
        articles = _read(Path(folder), number, clock)
        found = _extract(extractor, articles, clock)
        quads = _store(Path(folder) / "store", articles, found, clock)
    words = sum(len(article.text.split()) for article in articles)
    return {
        "articles": len(articles),
        "words": words,
        "statements": sum(len(one.statements) for one in found),
        "reports": sum(len(one.reports) for one in found),
        "quads an article": quads / len(articles),
        **_whole(articles, words),
        **_stages(words, clock),
    }


def _whole(articles: list[Article], words: int) -> dict[str, float]:
    """The path end to end, by one process and by one a core.

    Processor time tells what a busy machine hides: so many cores can at best give.
    """
    with Readers() as by:
        cores = by.count
    figures: dict[str, float] = {"cores": cores}
    speeds = []
    for readers in dict.fromkeys((1, cores)):
        found = measured(articles, readers, ROUNDS)
        speeds.append(words / found["seconds"])
        name = "one process" if readers == 1 else f"{readers} processes"
        per = WORDS / words * 1000
        figures |= {
            f"{name}: articles/s": len(articles) / found["seconds"],
            f"{name}: articles of {WORDS} words/s": speeds[-1] / WORDS,
            f"{name}: words/s a core": speeds[-1] / readers,
            f"{name}: ms of all processors for {WORDS} words": found["processor"] * per,
            f"{name}: until the first article, s": found["starting"],
            f"{name}: peak memory of all, MB": found["memory"],
        }
    return {**figures, "so many times one process": speeds[-1] / speeds[0]}


def _read(folder: Path, number: int, clock: Clock) -> list[Article]:
    """The generated articles, and the shared ones where they are, as files that are read."""
    for one in range(number):
        (folder / f"{one:05}.txt").write_text(text_of(one), encoding="utf-8")
    defaults = Defaults(stated("2022-10-04"), publisher="The Harbour Post")
    require_english("Vardania, Kesh: talks on Monday. " * 4)  # loads what ranks languages
    list(read(str(folder / "00000.txt"), defaults, 2**20))
    sources = [folder, *sorted(SHARED.glob("*.txt"))]
    with clock.stage("sources"):
        found = [item for where in sources for item in read(str(where), defaults, 2**20)]
    return [item for item in found if isinstance(item, Article)]


def _extract(extractor: RuleExtractor, articles: list[Article], clock: Clock) -> list[Extraction]:
    found: list[Extraction] = []
    for article in articles:
        with clock.stage("analysis"):
            doc = extractor.analyser.parse(article.text)
        with clock.stage("extract"):
            found.append(extractor.read(article, doc))
    return found


def _store(path: Path, articles: list[Article], found: list[Extraction], clock: Clock) -> int:
    """Write and join the graphs; how many quads the store holds of articles."""
    graphs: list[tuple[str, list[Triple]]] = []
    with clock.stage("rdf"):
        graphs += [article_graph(DEFAULT_BASE, *pair) for pair in zip(articles, found, strict=True)]
    store = open_store(f"oxigraph:{path}", base=DEFAULT_BASE)
    with clock.stage("store"):
        store.replace(graphs)
    quads = store.size()
    with clock.stage("view"):
        facts = [facts_of(*graph) for graph in sorted(graphs)]
        triples = list(View(DEFAULT_BASE, facts).triples(triples for _, triples in graphs))
    with clock.stage("store"):
        store.fill(graph_iri(DEFAULT_BASE, "view"), triples)
    store.close()
    return quads


def _stages(words: int, clock: Clock) -> dict[str, float]:
    """Processor time by stage."""
    per = WORDS / words * 1000
    stages = {stage: clock.own[stage] * per for stage in ("analysis", *STAGES)}
    stages["all but analysis"] = sum(stages[stage] for stage in STAGES)
    return {
        "loading, s": clock.own["loading"],
        "words/s, analyser alone": words / clock.own["analysis"],
        **{f"{stage}, ms for {WORDS} words": cost for stage, cost in stages.items()},
    }


def grow(number: int) -> dict[str, float]:
    """One article more, and one fewer, in a store of ``number`` articles."""
    extractor = ready_extractor("default")
    days = [stated("2022-10-04")] * number + [stated("2022-10-05")] * MORE
    texts = [Article(text_of(one), published=day) for one, day in enumerate(days)]
    graphs = [article_graph(DEFAULT_BASE, one, extractor.extract(one)) for one in texts]
    costs: dict[str, list[float]] = {"added": [], "removed": []}
    with TemporaryDirectory() as folder:
        store = open_store(f"oxigraph:{Path(folder) / 'store'}", base=DEFAULT_BASE)
        store.replace(graphs[:number])
        begun = time.perf_counter()
        refresh(store)
        anew = time.perf_counter() - begun
        for one, (iri, triples) in [(o, g) for o in costs for g in graphs[number:]]:
            edit = Edit((), triples) if one == "added" else Edit(triples, ())
            begun = time.process_time()
            turn(store, {iri: edit})
            costs[one].append(time.process_time() - begun)
        store.close()
    return {
        "articles in the store": number,
        "quads an article graph": sum(len(triples) for _, triples in graphs) / len(graphs),
        "the view anew, ms an article": anew / number * 1000,
        **{
            f"one article {name}, ms of processor": median(took) * 1000
            for name, took in costs.items()
        },
        "the first article added, ms of processor": costs["added"][0] * 1000,
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


AREAS: Final = {"ingest": ingest, "grow": grow}
LARGE: Final = {
    "sparql": sparql,
    "questions": questions,
    "export": export,
    "api": api,
    "more": more,
}
"""What is measured on a generated store of so many quads, or a graph of so many edges."""


def main() -> None:
    """Print one line a figure, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("area", choices=[*AREAS, *LARGE])
    parser.add_argument(
        "-n", "--number", type=int, default=100, help="how many articles, quads or edges"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--folder", type=Path, default=STORES, help="where large stores are kept")
    options = parser.parse_args()
    if options.area in LARGE:
        LARGE[options.area](options.number, options.folder)
        return
    figures = AREAS[options.area](options.number)
    if options.json:
        print(json.dumps(figures, indent=2))
        return
    for name, figure in figures.items():
        print(f"{name:56} {figure:12,.{0 if figure == int(figure) else 1}f}")


if __name__ == "__main__":
    main()
