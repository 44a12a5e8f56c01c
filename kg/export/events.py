"""Events as tables and maps tell them: where and when, how exactly, and who claims or denies it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Final

from kg import records
from kg.export.job import Job
from kg.iri import char_iri
from kg.projection.model import LISTED, SEPARATOR
from kg.projection.nodes import caution, cautious
from kg.projection.reading import told_event_ids
from kg.records import Json
from kg.sparql import describe
from kg.vocab import concepts, notation

BATCH: Final = 200
"""Events read at a time."""
JOIN: Final = "; "
DENYING: Final = ("deny", "reject")
OPEN: Final = ("ask",)
"""An act that says neither yes nor no."""
EXACT: Final = ("point", "settlement")
"""Precisions of a place that is one spot on a map."""
UNTRUE: Final = ("negated", "requested", "planned", "hypothetical")
"""What is told so is not told to have happened."""


@dataclass(frozen=True)
class Told:
    """An event's record, the statements about it, and what is known of its parties and places."""

    record: Json
    said: Sequence[Json]
    facts: Mapping[str, Mapping[str, tuple[str, ...]]]

    @property
    def iri(self) -> str:
        """The record's IRI."""
        return str(self.record["id"])

    @property
    def key(self) -> str:
        """The last part of its IRI."""
        return self.iri.rsplit("/", 1)[-1]

    @property
    def happened(self) -> bool:
        """Whether anybody tells that it happened, be it only as a claim."""
        return self.record["factuality"] not in UNTRUE and self.record["status"] != "denied"

    @property
    def places(self) -> list[Json]:
        """Where, perhaps more than once."""
        one = self.record["place"]
        return self.record.get("places") or ([one] if one else [])

    @cached_property
    def place(self) -> Json | None:
        """The one place that a row tells of: the first that is a spot on a map, else the first."""
        return next(filter(point, self.places), next(iter(self.places), None))

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day it may have been, where both are known."""
        told = self.record["date"] or {}
        first, last = told.get("earliest"), told.get("latest")
        return (date.fromisoformat(first), date.fromisoformat(last)) if first and last else None

    @property
    def width(self) -> int | None:
        """How many days it may have been on."""
        return (self.days[1] - self.days[0]).days + 1 if self.days else None

    @cached_property
    def claimed(self) -> list[str]:
        """Who says that it happened."""
        return self._speakers(lambda act: act not in (*DENYING, *OPEN))

    @cached_property
    def denied(self) -> list[str]:
        """Who says that it did not, or rejects the claim."""
        return self._speakers(lambda act: act in DENYING)

    @property
    def title(self) -> str:
        """What a person calls its mode, or its type where it has none."""
        kind, mode = self.record["event_type"], self.record["mode"]
        known = concepts()
        concept = known["mode"].get(f"{kind}/{mode}") or known["event-type"].get(kind)
        return concept.label if concept else str(kind)

    @property
    def caution(self) -> str:
        """In what way it is no settled fact; empty where it is told as one."""
        return caution(self.record["factuality"], self.record["status"])

    def label(self, place: Json | None) -> str:
        """What, at which of its places and when, in a few words; first that it is no fact."""
        when = (self.record["date"] or {}).get("edtf")
        words = [self.title, place["label"] if place else None, when]
        label = ", ".join(filter(None, words))
        return cautious(label, self.record["factuality"], self.record["status"])

    def matches(self, scheme: str) -> list[str]:
        """The codes of another scheme (``acled``, ``ucdp``) that its mode, else its type, matches.

        They are those of skos:closeMatch and skos:broadMatch in ``ontology/concepts.ttl``.
        """
        kind, mode = self.record["event_type"], self.record["mode"]
        known = concepts()
        for concept in (known["mode"].get(f"{kind}/{mode}"), known["event-type"].get(kind)):
            matches = (*concept.matches, *concept.wider) if concept else ()
            found = [one.rsplit("/", 1)[1] for one in matches if f"/{scheme}/" in one]
            if found:
                return found
        return []

    def parties(self, role: str) -> list[str]:
        """Names of its ``actors``, ``recipients`` or ``mediators``, each once."""
        return list(dict.fromkeys(one["label"] or one["id"] for one in self.record[role]))

    def sector(self, actor: str) -> str:
        """The PLOVER sector of an actor, where it has just one."""
        found = self.facts.get(actor, {}).get("ck:sector", ())
        return notation(found[0]) if len(found) == 1 else ""

    def country(self, place: Json) -> str:
        """The country of a place, ISO 3166-1 alpha-2."""
        return "".join(self.facts.get(place["id"], {}).get("ck:country", ())[:1])

    def articles(self) -> list[Json]:
        """The articles that report it, each once, in the order of their publication."""
        found = {one["article"]["id"]: one["article"] for one in self.record["reports"]}
        return list(found.values())

    def evidence(self) -> list[str]:
        """The words of each report, as IRIs of characters."""
        return [
            char_iri(report["article"]["id"], one["start"], one["end"])
            for report in self.record["reports"]
            for one in report["evidence"]
            if one["slot"] == "whole"
        ]

    def _speakers(self, wanted: Callable[[str], bool]) -> list[str]:
        found = (one["speaker"] for one in self.said if wanted(one["act"]))
        return list(dict.fromkeys(one["label"] or one["id"] for one in found if one))


def told_events(job: Job) -> Iterator[Told]:
    """The selected events, or those that the selected statements are about, in their order."""
    left = told_event_ids(job.queryable, job.filters)
    while some := list(islice(left, BATCH)):
        found = records.by_ids(job.queryable, "events", some)
        said = _said(job, found)
        facts = _facts(job, found)
        for one in found:
            yield Told(one, [said[iri] for iri in one["statements"]], facts)


def ours(told: Told) -> dict[str, str | int | float | None]:
    """What only we know of an event: columns that every table and map of events has."""
    record, articles = told.record, told.articles()
    when = record["date"] or {}
    place = told.place or {}
    return {
        "url": told.iri,
        "event_type": record["event_type"],
        "mode": record["mode"],
        "factuality": record["factuality"],
        "status": record["status"],
        "claimed_by": JOIN.join(told.claimed),
        "denied_by": JOIN.join(told.denied),
        "background": "yes" if record["background"] else "no",
        "edtf": when.get("edtf"),
        "earliest": when.get("earliest"),
        "latest": when.get("latest"),
        "precision": place.get("precision"),
        **{side: (place.get("extent") or {}).get(side) for side in SIDES},
        **{
            f"{name}_{bound}": (record[name] or {}).get(bound)
            for name in ("killed", "injured")
            for bound in ("min", "best", "max", "text")
        },
        "confidence": max((one["confidence"] for one in record["reports"]), default=None),
        "sources": len(articles),
        "source_list": SEPARATOR.join(map(source, articles[:LISTED])),
        "evidence": " ".join(told.evidence()[:LISTED]),
    }


SIDES: Final = ("south", "west", "north", "east")


def source(article: Json) -> str:
    """An article's publisher and address."""
    return " ".join(filter(None, [article["publisher"], article["url"] or article["id"]]))


def point(place: Json | None) -> Json | None:
    """The spot that a place is; none where the text is not that exact."""
    found: Json | None = place["point"] if place and place["precision"] in EXACT else None
    return found


def _said(job: Job, found: Sequence[Json]) -> dict[str, Json]:
    ids = list(dict.fromkeys(iri for one in found for iri in one["statements"]))
    return {one["id"]: one for one in records.by_ids(job.queryable, "statements", ids)}


def _facts(job: Job, found: Sequence[Json]) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    parties = (who for one in found for who in (*one["actors"], *one["recipients"]))
    places = (one for event in found for one in (event.get("places") or [event["place"]]) if one)
    things = dict.fromkeys(one["id"] for one in (*parties, *places))
    return describe(job.queryable, things, ("ck:sector", "ck:country"))
