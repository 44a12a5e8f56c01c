"""Two real articles end to end, against what a careful reader finds in them.

Measured: 14 of 14 statements and 10 of 12 reports right; 2 statements and 18 reports match
nothing that the reader wrote down. The floors below leave a little room for another model.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kg import records
from kg.extract import open_extractor
from kg.extract.dates import parse_date
from kg.filters import Filters
from kg.iri import DEFAULT_BASE
from kg.model import Article, DateRange
from kg.pipeline import ingest
from kg.sparql import select
from kg.store import Store, open_store

SHARED = Path(__file__).parents[3] / "shared"
GOLD = SHARED / "gold" / "seeds" / "expected.json"
NAMES = ("mirror-spectator", "rferl")
PUBLISHED = "2022-10-04"

STATEMENTS, REPORTS = 12, 8
EXTRA_STATEMENTS, EXTRA_REPORTS = 2, 18

Json = dict[str, Any]


@dataclass(frozen=True)
class Seeds:
    """The gold, the texts by name, and a store that has read them."""

    gold: Json
    texts: dict[str, str]
    articles: dict[str, str]
    store: Store

    def statements(self, name: str) -> list[Json]:
        found = records.every(self.store, Filters.parse("statements", {}))
        return [one for one in found if one["article"]["id"] == self.articles[name]]

    def reports(self, name: str) -> list[Json]:
        events = records.every(self.store, Filters.parse("events", {}))
        found = (report for event in events for report in event["reports"])
        return [one for one in found if one["article"]["id"] == self.articles[name]]

    def names(self, actor: Json | None) -> set[str]:
        """The words of all names of an actor and, for a pair, of its members."""
        if actor is None:
            return set()
        path = "rdfs:label|skos:altLabel|ck:member/rdfs:label|ck:country"
        rows = select(self.store, f"SELECT ?x {{ <{actor['id']}> {path} ?x }}")
        words = {word for row in rows for word in words_of(row["x"])}
        return words | {"azerbaijan"} if "az" in words else words


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    if not GOLD.is_file():
        pytest.skip(f"no {GOLD}: the two articles and their gold are at hand elsewhere")
    return {name: (SHARED / "articles" / f"{name}.txt").read_text("utf-8") for name in NAMES}


@pytest.fixture(scope="module")
def seeds(texts: dict[str, str]) -> Iterator[Seeds]:
    with_date = read(texts, parse_date(PUBLISHED))
    yield with_date
    with_date.store.close()


@pytest.fixture(scope="module")
def undated(texts: dict[str, str]) -> Iterator[Seeds]:
    without = read(texts, None)
    yield without
    without.store.close()


def read(texts: dict[str, str], published: DateRange | None) -> Seeds:
    store = open_store("memory:", base=DEFAULT_BASE)
    articles = [Article(text, published=published) for text in texts.values()]
    outcome = ingest(store, articles, open_extractor())
    gold = json.loads(GOLD.read_text("utf-8"))
    return Seeds(gold, texts, dict(zip(texts, outcome.articles, strict=True)), store)


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", re.sub("['’]s", "", text.lower())))


def whole(record: Json) -> tuple[int, int]:
    return next((e["start"], e["end"]) for e in record["evidence"] if e["slot"] == "whole")


def shared(record: Json, gold: Json) -> int:
    """How many characters the two have in common."""
    start, end = whole(record)
    first, last = int(gold["evidence"]["start"]), int(gold["evidence"]["end"])
    return min(end, last) - max(start, first)


def nearest(found: Iterable[Json], gold: Json) -> list[Json]:
    """The findings that touch a gold item, the one most like it first."""
    length = gold["evidence"]["end"] - gold["evidence"]["start"]
    touching = [one for one in found if shared(one, gold) > 0]
    return sorted(
        touching, key=lambda one: -shared(one, gold) / (length + whole(one)[1] - whole(one)[0])
    )


def edtf(record: Json) -> str | None:
    return record["date"]["edtf"] if record["date"] else None


def wrong_statement(seeds: Seeds, said: Json, gold: Json) -> list[str]:
    acts = gold["act"] if isinstance(gold["act"], list) else [gold["act"]]
    names = seeds.names(said["speaker"])
    start, end = gold["evidence"]["start"], gold["evidence"]["end"]
    content = [e for e in said["evidence"] if e["slot"] in ("content", "target")]
    wrong = []
    if not any(words_of(speaker) <= names for speaker in gold["speakers"]):
        wrong.append(f"speaker {sorted(names)}")
    if said["act"] not in acts:
        wrong.append(f"act {said['act']}")
    if edtf(said) != gold.get("date"):
        wrong.append(f"date {edtf(said)}")
    if not any(e["start"] < end and e["end"] > start for e in content):
        wrong.append("content")
    return wrong


def wrong_report(seeds: Seeds, report: Json, gold: Json) -> list[str]:
    actors = [seeds.names(actor) for actor in report["actors"]]
    recipients = [seeds.names(actor) for actor in report["recipients"]]
    wanted = [words_of(name) for name in (gold.get("actor") or "").split(";") if name.strip()]
    place = words_of(report["place"]["label"]) if report["place"] else set()
    wrong = []
    if report["event_type"] not in gold["type"].split("|"):
        wrong.append(report["event_type"])
    if gold.get("mode") and report["mode"] != gold["mode"]:
        wrong.append(f"mode {report['mode']}")
    if not all(any(name - {"of", "the"} <= one for one in actors) for name in wanted):
        wrong.append(f"actors {actors}")
    if actors and not wanted:
        wrong.append(f"actors {actors} of nobody")
    if not any(words_of(gold.get("recipient") or "") <= one for one in [*recipients, set()]):
        wrong.append(f"recipients {recipients}")
    if not words_of(gold.get("place") or "") <= place:
        wrong.append(f"place {place}")
    if edtf(report) != gold.get("date"):
        wrong.append(f"date {edtf(report)}")
    return wrong


def of_article(gold: Json, kind: str, name: str) -> list[Json]:
    return [one for one in gold[kind] if one["article"] == name]


def test_statements_have_speaker_act_content_and_date(seeds: Seeds) -> None:
    misses = []
    for name in NAMES:
        found = seeds.statements(name)
        for gold in of_article(seeds.gold, "statements", name):
            tried = [wrong_statement(seeds, said, gold) for said in nearest(found, gold)[:3]]
            if [] not in tried:
                misses.append((gold["evidence"]["exact"], tried))
    right = len(seeds.gold["statements"]) - len(misses)
    print(f"{right} statements right; not:", *misses, sep="\n  ")
    assert right >= STATEMENTS


def test_reports_have_type_parties_place_and_date(seeds: Seeds) -> None:
    misses = []
    for name in NAMES:
        found = seeds.reports(name)
        for gold in of_article(seeds.gold, "events", name):
            tried = [wrong_report(seeds, report, gold) for report in nearest(found, gold)[:3]]
            if [] not in tried:
                misses.append((gold["evidence"]["exact"], tried))
    right = len(seeds.gold["events"]) - len(misses)
    print(f"{right} reports right; not:", *misses, sep="\n  ")
    assert right >= REPORTS


@pytest.mark.parametrize(
    ("kind", "most"), [("statements", EXTRA_STATEMENTS), ("events", EXTRA_REPORTS)]
)
def test_little_is_found_beside_the_gold(seeds: Seeds, kind: str, most: int) -> None:
    beside = []
    for name in NAMES:
        found = seeds.statements(name) if kind == "statements" else seeds.reports(name)
        gold = of_article(seeds.gold, kind, name)
        for one in found:
            halves = (2 * shared(one, g) > len(g["evidence"]["exact"]) for g in gold)
            if not any(halves):
                start, end = whole(one)
                beside.append(
                    f"{name} {one.get('act', one.get('event_type'))}: "
                    f"{seeds.texts[name][start:end]}"
                )
    print(f"{len(beside)} {kind} beside the gold:", *beside, sep="\n  ")
    assert len(beside) <= most


@pytest.mark.parametrize("name", NAMES)
def test_evidence_is_the_words_of_the_text(seeds: Seeds, name: str) -> None:
    for record in (*seeds.statements(name), *seeds.reports(name)):
        slots = {piece["slot"] for piece in record["evidence"]}
        assert "whole" in slots
        for piece in record["evidence"]:
            assert seeds.texts[name][piece["start"] : piece["end"]] == piece["exact"]


def events_of(seeds: Seeds, gold: Iterable[int]) -> list[list[Json]]:
    """The reports that tell each of the gold events."""
    found = []
    for number in gold:
        one = seeds.gold["events"][number]
        reports = nearest(seeds.reports(one["article"]), one)
        found.append([r for r in reports if not wrong_report(seeds, r, one)])
    return found


def same(seeds: Seeds, what: str) -> list[int]:
    return next(one["events"] for one in seeds.gold["same"] if one["what"] == what)


def test_the_meeting_told_twice_is_one_event(seeds: Seeds) -> None:
    caption, body = events_of(seeds, same(seeds, "one meeting, caption and body"))
    assert {report["event"] for report in (*caption, *body)} == {caption[0]["event"]}


def test_the_killing_told_by_both_is_one_event_with_two_reports(seeds: Seeds) -> None:
    first, second = events_of(seeds, same(seeds, "one killing, two articles"))
    assert first[0]["event"] == second[0]["event"]
    event = records.one(seeds.store, "events", first[0]["event"])
    assert isinstance(event, dict)
    assert {report["article"]["id"] for report in event["reports"]} == set(seeds.articles.values())


def test_without_a_date_of_publication_dates_stay_as_open_as_the_text(undated: Seeds) -> None:
    first = {edtf(said) for said in undated.statements(NAMES[0])} - {None}
    second = {edtf(said) for said in undated.statements(NAMES[1])} - {None}
    assert "2022-10-03?" in first
    assert second == {"XXXX-10-03"}
