"""Why an attribution was missed, or given to another, or is none."""

import re
from collections.abc import Iterator
from typing import Any, Final

from scripts.evaluation.causes.overlap import chars

_CREDIT: Final = re.compile(r"\b(?:Image|Photo|Picture|Credit)\s*[:;]\s*$")
Json = dict[str, Any]
Role = frozenset[int]


def causes(row: Json, found: Json) -> Iterator[str]:
    """One cause for every attribution that is missed, not right, or not in the gold data."""
    text = row["text"]
    predicted = [_roles(one) for one in found.get("attributions", [])]
    acts = [str(one.get("act")) for one in found.get("attributions", [])]
    used: set[int] = set()
    for one in map(_roles, row["attributions"]):
        best = max(
            (i for i in range(len(predicted)) if i not in used),
            key=lambda i: len(one["content"] & predicted[i]["content"]),
            default=None,
        )
        if best is None or not one["content"] & predicted[best]["content"]:
            yield _missed(one, predicted, text)
            continue
        used.add(best)
        cause = _not_right(one, predicted[best], text)
        if cause:
            yield cause
    for i, one in enumerate(predicted):
        if i not in used:
            yield f"extra: {_extra(one, row)}, act {acts[i]}"


def _roles(one: Json) -> dict[str, Role]:
    return {role: chars(one.get(role) or []) for role in ("source", "cue", "content")}


def _missed(one: dict[str, Role], predicted: list[dict[str, Role]], text: str) -> str:
    if not one["cue"] and _is_credit(one, text):
        return "missed: who made an image (not taken for a speaker)"
    if not one["cue"]:
        return "missed: no reporting word (source of a title, name before a colon)"
    if any(one["cue"] & other["cue"] for other in predicted):
        return "missed: cue found, other words taken for what is said"
    return f"missed: cue not taken ({_words(one['cue'], text)})"


def _is_credit(one: dict[str, Role], text: str) -> bool:
    """Whether the source is whom a caption credits for its image, who says nothing."""
    before = text[max(0, min(one["source"], default=0) - 12) : min(one["source"], default=0)]
    return _CREDIT.search(before) is not None


def _not_right(one: dict[str, Role], other: dict[str, Role], text: str) -> str | None:
    if one["source"] and not other["source"]:
        return f"speaker not found ({_kind(one['source'], text)})"
    if one["source"] and not one["source"] & other["source"]:
        return f"another speaker ({_kind(one['source'], text)})"
    gold, found = (_letters(role["content"], text) for role in (one, other))
    if gold == found:
        return None
    if found < gold:
        return "boundary: content too short"
    return "boundary: content too long" if gold < found else "boundary: content shifted"


def _letters(role: Role, text: str) -> Role:
    return frozenset(at for at in role if text[at].isalnum())


def _extra(one: dict[str, Role], row: Json) -> str:
    golds = [_roles(gold) for gold in row["attributions"]]
    if any(one["cue"] & gold["cue"] for gold in golds):
        return "cue of a gold attribution, other words"
    inside = any(one["content"] & gold["content"] for gold in golds)
    return "inside what is said" if inside else "where gold has none"


def _words(role: Role, text: str) -> str:
    return " ".join("".join(text[at] for at in sorted(role)).lower().split())


def _kind(role: Role, text: str) -> str:
    words = _words(role, text)
    pronouns = {"he", "she", "they", "it", "i", "we", "who", "you"}
    if words in pronouns:
        return "first person" if words in {"i", "we"} else "pronoun"
    return "name or noun"
