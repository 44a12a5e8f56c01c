"""A record of ``kg.records`` as lines for people: what it says, and the words that say it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kg.records.figures import NAMES, figure, sourced
from kg.records.spoken import spoken

Record = Mapping[str, Any]

_INDENT = "  "


def record_lines(record: Record) -> Iterator[str]:
    """A whole record, its id first; what is not known is left out.

    >>> list(record_lines({"id": "http://x/actor/a", "label": "Ada Lane", "country": None}))
    ['http://x/actor/a', 'label: Ada Lane']
    """
    yield str(record["id"])
    for name, value in record.items():
        if name in NAMES and record.get("reports") and value:
            yield f"{name}: {sourced(dict(record), name)}"
        elif name == "content" and value:
            yield f"content: {_flat(spoken(record))}"
        elif name != "id" and not _empty(value):
            yield from _field(name, value)


def _field(name: str, value: Any) -> Iterator[str]:
    if name == "text":
        yield ""
        yield str(value)
        return
    items = _items(value)
    if items is None:
        yield f"{name}: {summary(value)}"
        return
    yield f"{name}:" if len(items) == _total(value) else f"{name} ({_total(value)} in all):"
    for item in items:
        yield from _item(item)


def _item(item: Any) -> Iterator[str]:
    """One of several, with its evidence below it."""
    yield _INDENT + summary(item)
    if isinstance(item, Mapping) and "evidence" in item:
        for words in item["evidence"]:
            if words.get("slot", "whole") == "whole" or len(item["evidence"]) == 1:
                yield f"{_INDENT * 2}{summary(words)}"


def summary(value: Any) -> str:
    """A value in one line: a party by its label, a statement by who, what and when.

    >>> summary({"edtf": "2022-10-03", "text": "Monday"})
    '2022-10-03 (“Monday”)'
    """
    if not isinstance(value, Mapping):
        return _flat(str(value))
    parts = next(parts for field, parts in _SHAPES if field in value)
    return " ".join(part for part in parts(value) if part)


def _words(value: Record) -> tuple[str, ...]:
    return (
        value.get("slot", ""),
        f"[{value['start']}, {value['end']})",
        f"“{_flat(value['exact'] or '')}”",
    )


def _statement(value: Record) -> tuple[str, ...]:
    speaker = value["speaker"]["label"] if value["speaker"] else "(nobody named)"
    return _day(value), speaker, f"[{value['act']}]", _flat(spoken(value)), _where(value)


def _event(value: Record) -> tuple[str, ...]:
    kind = "/".join(filter(None, [value["event_type"], value.get("mode")]))
    return _day(value), f"{kind} [{value['factuality']}]", _flat(value["label"]), _where(value)


def _article(value: Record) -> tuple[str, ...]:
    source = ", ".join(filter(None, [value["publisher"], value["published"]]))
    name = value["headline"] or value.get("opening") or "(no headline)"
    return name, f"({source})" if source else "", f"<{value['id']}>"


def _role(value: Record) -> tuple[str, ...]:
    organization = value.get("organization")
    return value["role"], f"of {organization['label']}" if organization else ""


def _toll(value: Record) -> tuple[str, ...]:
    return figure(dict(value)) or "", f"(“{value['text']}”)" if value["text"] else ""


def _date(value: Record) -> tuple[str, ...]:
    return value["edtf"], f"(“{value['text']}”)" if value["text"] else ""


def _judgement(value: Record) -> tuple[str, ...]:
    what = [value["subject"], *filter(None, [value["object"]])]
    put = ", ".join(one["label"] or one["id"] for one in value["value"]) or "none"
    return (
        f"{value['when'][:16]} {value['by']}: {value['verdict']}",
        f"{value['slot']} = {put}" if value["slot"] else "",
        "; ".join(map(_told, what)),
        f"“{_flat(value['why'])}” [{value['state']}]",
        _where(value),
    )


def _told(thing: Record) -> str:
    """What was judged, by its speaker and act or by how it is told, then its words."""
    who = thing["speaker"]["label"] if thing["speaker"] else "(nobody named)"
    how = f"{who} [{thing['act']}]" if thing["act"] else ""
    fact = f"[{thing['factuality']}]" if thing["factuality"] else ""
    return " ".join(filter(None, [how, fact, _flat(thing["label"] or ""), f"<{thing['id']}>"]))


def _other(value: Record) -> tuple[str, ...]:
    return tuple(f"{name} {text}" for name, text in value.items())


_SHAPES = (
    ("verdict", _judgement),
    ("exact", _words),
    ("act", _statement),
    ("event_type", _event),
    ("headline", _article),
    ("role", _role),
    ("best", _toll),
    ("edtf", _date),
    ("label", lambda value: (value["label"], f"<{value['id']}>")),
    ("lat", _other),
    ("", _other),
)
"""Shapes of values by a field that only they have, and the parts of their line."""


def _day(value: Record) -> str:
    date = value.get("date")
    return str(date["edtf"]) if date else ""


def _where(value: Record) -> str:
    return f"<{value['id']}>"


def _items(value: Any) -> Sequence[Any] | None:
    """The members of a list or of a page of a list."""
    if isinstance(value, Mapping):
        return value.get("items")
    return value if isinstance(value, list | tuple) else None


def _total(value: Any) -> int:
    return int(value["total"]) if isinstance(value, Mapping) else len(value)


def _empty(value: Any) -> bool:
    return value is None or value in ("", [], ()) or _items(value) == []


def _flat(text: str) -> str:
    return " ".join(text.split())
