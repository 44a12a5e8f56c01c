"""An Obsidian vault: a note for each statement, event, actor, place and article, joined by links.

Properties stand in front (YAML), as Obsidian and its Dataview read them; links lead to notes of
the vault only. File names are allowed on Windows too, and end in a part of the record's key.
Opening a note fetches nothing: words of articles are text, whatever they look like.
https://help.obsidian.md/properties
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from kg import records
from kg.export.archive import zipped
from kg.export.events import SIDES, point
from kg.export.job import Job, statements_or_events
from kg.export.markdown import Link, escaped, yaml
from kg.filters import Kind
from kg.projection.reading import event_ids, read_abouts, statement_ids
from kg.records import Json
from kg.records.spoken import spoken
from kg.sparql import select, values

BATCH: Final = 500
LONGEST: Final = 80
"""Characters of a file's name before the key."""
KEY: Final = 8
"""Of a record's 32 hexadecimal digits, so many end its file's name."""

_RESERVED: Final = re.compile(r"(?i)^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])[ .]+")
"""Devices, to Windows: whatever comes after the first dot of a file's name."""
_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*#^\[\]\x00-\x1f\x7f]+')
"""What Windows does not allow in a file's name, or Obsidian in a link."""


def write(job: Job) -> Iterator[bytes]:
    """The selected statements and events with all they lead to, as a zipped vault."""
    statements_or_events(job.filters)
    return zipped(_members(job))


def _members(job: Job) -> Iterator[tuple[str, Iterable[str]]]:
    yield "README.md", [f"# conflict-kg\n\n{job.readme()}"]
    known = _Known()
    try:
        for kind, found in _told(job):
            known.add(kind, found)
        for kind, note in (("statements", _statement), ("events", _event)):
            for record in _records(job, kind, known):
                for of, iris in _led(record):
                    known.add(of, iris)
                yield file_name(kind, record), [note(record, known)]
        for kind, note in (("actors", _actor), ("places", _place)):
            for record in _records(job, kind, known):
                yield file_name(kind, record), [note(record, known)]
        for record in _articles(job, known):
            yield file_name("articles", record), [_article(record, known)]
    finally:
        known.close()


class _Known:
    """Which notes the vault has; held by SQLite, so that memory does not grow with them."""

    def __init__(self) -> None:
        self._sql = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._sql.execute("CREATE TABLE note (number INTEGER PRIMARY KEY, iri UNIQUE, kind)")
        self._sql.execute("BEGIN")

    def add(self, kind: str, iris: Iterable[str]) -> None:
        self._sql.executemany(
            f"INSERT OR IGNORE INTO note (iri, kind) VALUES (?, '{kind}')", ((one,) for one in iris)
        )

    def __contains__(self, iri: str) -> bool:
        return bool(self._sql.execute("SELECT 1 FROM note WHERE iri = ?", (iri,)).fetchone())

    def kind(self, iri: str) -> str | None:
        """The folder that the note of a record is in."""
        found = self._sql.execute("SELECT kind FROM note WHERE iri = ?", (iri,)).fetchone()
        return found[0] if found else None

    def of(self, kind: str) -> Iterator[list[str]]:
        text = "SELECT number, iri FROM note WHERE kind = ? AND number > ? ORDER BY number LIMIT ?"
        last = 0
        while found := self._sql.execute(text, (kind, last, BATCH)).fetchall():
            last = found[-1][0]
            yield [iri for _, iri in found]

    def close(self) -> None:
        self._sql.close()


def _told(job: Job) -> Iterator[tuple[str, list[str]]]:
    """The selected statements and events, and step by step what they are about."""
    for kind, ids in (
        ("statements", statement_ids(job.queryable, job.filters)),
        ("events", event_ids(job.queryable, job.filters)),
    ):
        held: list[str] = []
        for one in ids:
            held.append(one)
            if len(held) == BATCH:
                yield kind, held
                yield from read_abouts(job.queryable, held)
                held = []
        yield kind, held
        yield from read_abouts(job.queryable, held)


def _records(job: Job, kind: str, known: _Known) -> Iterator[Json]:
    for iris in known.of(kind):
        yield from _with_speakers(job, records.by_ids(job.queryable, _KINDS[kind], iris))


def _with_speakers(job: Job, found: Iterable[Json]) -> Iterator[Json]:
    """The same, with who speaks in the statements they are about: their notes bear the name."""
    told = list(found)
    spoken_of = dict.fromkeys(
        one["id"] for record in told for one in record.get("about", ()) if "act" in one
    )
    said = records.by_ids(job.queryable, "statements", list(spoken_of))
    speakers = {one["id"]: one["speaker"] for one in said}
    for record in told:
        about = [{**one, "speaker": speakers.get(one["id"])} for one in record.get("about", ())]
        yield {**record, "about": about} if about else record


def _articles(job: Job, known: _Known) -> Iterator[Json]:
    """The articles, each with whom and what it names and with the one it is a new text of."""
    for iris in known.of("articles"):
        found = records.by_ids(job.queryable, "articles", iris)
        before = [one["revision_of"] for one in found if one["revision_of"]]
        earlier = {one["id"]: one for one in records.by_ids(job.queryable, "articles", before)}
        named = _named(job, iris)
        for one in found:
            more = {"earlier": earlier.get(one["revision_of"]), "named": named.get(one["id"], [])}
            yield {**one, **more}


def _named(job: Job, articles: Sequence[str]) -> dict[str, list[Json]]:
    """The actors and places that each of these articles names, by their labels."""
    text = (
        f"SELECT ?in ?id ?label {{ {values('in', articles)} "
        "?id prov:wasDerivedFrom ?in ; rdfs:label ?label }"
    )
    found: dict[str, list[Json]] = {}
    for row in sorted(select(job.queryable, text), key=lambda row: (row["label"], row["id"])):
        found.setdefault(row["in"], []).append({"id": row["id"], "label": row["label"]})
    return found


_KINDS: Final[Mapping[str, Kind]] = {
    **{"statements": "statements", "events": "events", "actors": "actors"},
    **{"places": "places", "articles": "articles"},
}


def _led(record: Json) -> Iterator[tuple[str, list[str]]]:
    """The actors, places and articles that a statement or event leads to."""
    for name in ("speaker", "target", "addressee"):
        yield "actors", [one["id"] for one in [record.get(name)] if one]
    for name in ("targets", "addressees", "actors", "recipients", "mediators"):
        yield "actors", [one["id"] for one in record.get(name, ())]
    yield "places", [one["id"] for one in _places(record)]
    told = [record, *record.get("reports", ())]
    yield "articles", [one["article"]["id"] for one in told if one.get("article")]


def file_name(kind: str, record: Json) -> str:
    """Where the note of a record stands in the vault.

    >>> file_name("actors", {"id": "http://x/actor/a-" + "0" * 32, "label": "CON: who? <me>"})
    'actors/CON who me 00000000.md'
    >>> file_name("actors", {"id": "http://x/actor/a-" + "0" * 32, "label": "Aux. Bishop"})
    'actors/Aux Bishop 00000000.md'
    """
    return f"{kind}/{_note(record)}.md"


def _note(record: Json) -> str:
    words = " ".join(_FORBIDDEN.sub(" ", _name(record)).split())[:LONGEST].strip(" .")
    return _RESERVED.sub(r"\1 ", f"{words} {record['id'][-32:][:KEY]}".strip())


def _name(record: Json) -> str:
    """What a person calls a record."""
    if "act" in record:
        words = record.get("content") or record.get("label") or ""
        speaker = (record.get("speaker") or {}).get("label")
        return " ".join(filter(None, [speaker, record["act"], words]))
    for name in ("label", "headline", "opening"):
        if record.get(name):
            return str(record[name])
    return str(record.get("event_type") or "")


def _link(kind: str, record: Json | None, known: _Known) -> str:
    if record is None:
        return ""
    # Nothing can be escaped in a link's words.
    words = " ".join(_FORBIDDEN.sub(" ", _name(record)).split()) or record["id"]
    words = words.replace("`", "'").replace("%%", "% %")
    return Link(f"[[{kind}/{_note(record)}|{words}]]") if record["id"] in known else words


def _links(kind: str, found: Iterable[Json | None], known: _Known) -> list[str]:
    return list(dict.fromkeys(_link(kind, one, known) for one in found if one))


def _statement(record: Json, known: _Known) -> str:
    about = [(_kind_of(one), one) for one in record["about"]]
    return _page(
        record,
        {
            "kind": "statement",
            "act": record["act"],
            "speaker": _link("actors", record["speaker"], known),
            "target": _links("actors", record.get("targets") or [record["target"]], known),
            "addressee": _links("actors", record.get("addressees") or [record["addressee"]], known),
            "about": [_link(kind, one, known) for kind, one in about],
            **_when(record),
            "article": _link("articles", record["article"], known),
            "published": (record["article"] or {}).get("published"),
            "quoted": record["quoted"],
            "medium": record["medium"],
            "confidence": record["confidence"],
            "review": record["review"],
        },
        [spoken(record)],
    )


def _event(record: Json, known: _Known) -> str:
    return _page(
        record,
        {
            "kind": "event",
            **{name: record[name] for name in ("event_type", "mode", "factuality", "status")},
            **_when(record),
            "place": _links("places", _places(record), known),
            **{
                name: _links("actors", record[name], known)
                for name in ("actors", "recipients", "mediators")
            },
            **{
                f"{name}_{bound}": (record[name] or {}).get(bound)
                for name in ("killed", "injured")
                for bound in ("min", "best", "max")
            },
            "about": _links("events", record["about"], known),
            "articles": _links("articles", (one["article"] for one in record["reports"]), known),
        },
        [one["label"] for one in record["reports"] if one["label"]],
    )


def _actor(record: Json, known: _Known) -> str:
    roles = [
        " ".join(filter(None, [one["role"], (one["organization"] or {}).get("label")]))
        for one in record["roles"]
    ]
    return _page(
        record,
        {
            "kind": record["type"].lower(),
            "aliases": record["aliases"],
            "country": record["country"],
            "sector": record["sectors"],
            "roles": list(dict.fromkeys(roles)),
            "members": _links("actors", record["members"], known),
            "articles": _links("articles", record["articles"], known),
            "article_total": record["article_total"],
        },
        [],
    )


def _place(record: Json, known: _Known) -> str:
    spot, extent = point(record), record.get("extent") or {}
    return _page(
        record,
        {
            "kind": "place",
            "aliases": record["aliases"],
            "country": record["country"],
            "precision": record["precision"],
            "location": [spot["lat"], spot["lon"]] if spot else None,  # a pin on a map
            **{side: extent.get(side) for side in SIDES},
            "articles": _links("articles", record["articles"], known),
            "article_total": record["article_total"],
        },
        [],
    )


def _article(record: Json, known: _Known) -> str:
    return _page(
        record,
        {
            "kind": "article",
            "headline": record["headline"],
            "publisher": record["publisher"],
            "published": record["published"],
            "source": record["url"],
            "author": record["author"],
            "revision_of": _link("articles", record["earlier"], known),
            **{
                kind: [
                    _link(kind, one, known)
                    for one in record["named"]
                    if known.kind(one["id"]) == kind
                ]
                for kind in ("actors", "places")
            },
        },
        [],
    )


def _when(record: Json) -> dict[str, Any]:
    return {name: (record["date"] or {}).get(name) for name in ("edtf", "earliest", "latest")}


def _places(record: Json) -> list[Json]:
    one = record.get("place")
    return record.get("places") or ([one] if one else [])


def _kind_of(topic: Json) -> str:
    return "statements" if "act" in topic else "events"


def _page(record: Json, properties: Mapping[str, Any], words: Iterable[str]) -> str:
    """A note: its properties, its name, the words, and the links once more for readers."""
    told = {name: one for name, one in properties.items() if one not in (None, "", [])}
    lines = ["---", *(f"{name}: {yaml(one)}" for name, one in told.items())]
    lines += [f"url: {yaml(record['id'])}", "---", "", f"# {_heading(record)}", ""]
    lines += [line for text in words if text for line in (*_quoted(text), "")]
    for name, one in told.items():
        listed = one if isinstance(one, list) else [one]
        links = [each for each in listed if isinstance(each, Link)]
        lines += [f"- {name}: {', '.join(links)}"] if links else []
    return "\n".join([*lines, "", f"[Record]({record['id']})", ""])


def _heading(record: Json) -> str:
    return escaped(" ".join(_name(record).split())) or str(record["id"])


def _quoted(text: str) -> list[str]:
    return [f"> {escaped(line.strip())}".rstrip() for line in text.splitlines()]
