"""Why dates and entities were missed, cut wrong or misread."""

import re
from collections.abc import Iterator
from typing import Any

from scripts.evaluation.causes.overlap import pair_up, same

Json = dict[str, Any]
CORE = ("person", "org", "place")
PRONOUN = re.compile(r"(?i)(i|me|my|we|us|our|you|he|him|his|she|her|they|them|their|it|its)")


def date_causes(row: Json, found: Json) -> Iterator[str]:
    """One cause for every date that is missed, has another value, or is none."""
    text = row["text"]
    pairs, free = pair_up(row["dates"], found.get("dates", []))
    for gold, one in pairs:
        kind = _date_kind(text[gold["start"] : gold["end"]])
        if not one:
            yield f"missed: {kind}"
        elif _value(gold) != _value(one):
            yield f"another value: {kind}"
        elif not same(gold, one):
            yield f"boundary: {kind}"
    for one in free:
        yield f"extra: {_date_kind(text[one['start'] : one['end']])}"


def _value(one: Json) -> str:
    if one.get("value"):
        return str(one["value"])
    first, last = one.get("from") or one.get("not_before"), one.get("to") or one.get("not_after")
    return f"{first or ''}/{last or ''}"


def _date_kind(words: str) -> str:
    if re.fullmatch(r"\d{3,4}", words):
        return "a year alone"
    if ":" in words:
        return "clock time"
    if re.search(r"(?i)centur|\d{2}s\b|decade|\d(st|nd|rd|th)$", words):
        return "decade or century"
    if re.search(r"\b\d{1,2}\b", words) and re.search(r"[A-Z]", words):
        return "day of a month"
    if re.search(r"\d{4}", words):
        return "month or part of a year"
    return "words without a year"


def entity_causes(row: Json, found: Json) -> Iterator[str]:
    """One cause for every person, body or place that is missed, cut or typed wrong, or is none."""
    text = row["text"]
    gold = [one for one in row["entities"] if one["type"] in CORE]
    pairs, free = pair_up(gold, found.get("entities", []))
    for item, one in pairs:
        label = f"{item['type']}, {_entity_kind(text[item['start'] : item['end']])}"
        if not one:
            yield f"missed: {label}"
        elif one["type"] != item["type"]:
            yield f"another type: {item['type']} read as {one['type']}"
        elif not same(item, one):
            longer = one["end"] - one["start"] > item["end"] - item["start"]
            yield f"boundary: {label}, {'too long' if longer else 'too short'}"
    for one in free:
        yield f"extra: {one['type']}, {_entity_kind(text[one['start'] : one['end']])}"


def _entity_kind(words: str) -> str:
    if PRONOUN.fullmatch(words):
        return "pronoun"
    bare = re.sub(r"^(?i:the|an?)\s", "", words)
    return "name" if re.search(r"\b[A-Z]", bare) else "common noun"
