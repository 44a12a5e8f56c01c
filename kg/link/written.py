"""Reports as they are compared, written down and read back: one line of JSON each."""

import json
from collections.abc import Callable, Sequence
from dataclasses import fields
from hashlib import blake2b
from typing import Any, Final

from kg.link.events import Block, Retold
from kg.link.same_event import Told, Where
from kg.link.versions import Version

_TOLD: Final = tuple(fields(Told))
_VERSION: Final = tuple(one for one in fields(Version) if one.name != "key")


def written(one: Retold) -> str:
    """A report as text; the same for equal ones."""
    told = [_plain(getattr(one.told, field.name)) for field in _TOLD]
    version = [_plain(getattr(one.version, field.name)) for field in _VERSION]
    return json.dumps([one.published, told, version], ensure_ascii=False, separators=(",", ":"))


def read_back(text: str) -> Retold:
    """What was written."""
    published, told, version = json.loads(text)
    found = Told(*_revived(_TOLD_KINDS, told))
    return Retold(published, found, Version(found.key, *_revived(_VERSION_KINDS, version)))


def number_of(block: Block) -> int:
    """A number that is the same for equal blocks, on any machine; 64 bits.

    >>> number_of(("ASSAULT", frozenset("ab"))) == number_of(("ASSAULT", frozenset("ba")))
    True
    """
    text = repr([_plain(one) for one in block])
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), signed=True)


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(map(_plain, value), key=repr)
    if isinstance(value, Where):
        return [value.place, value.country, value.precision, value.named]
    return value


def _itself(value: Any) -> Any:
    return value


def _reviver(kind: object) -> Callable[[Any], Any]:
    if kind == frozenset[str]:
        return frozenset
    if kind == frozenset[Where]:
        return lambda value: frozenset(Where(*one) for one in value)
    if kind == Where | None:
        return lambda value: value and Where(*value)
    if kind == tuple[int, int] | None:
        return lambda value: value and tuple(value)
    return _itself


_TOLD_KINDS: Final = tuple(_reviver(one.type) for one in _TOLD)
_VERSION_KINDS: Final = tuple(_reviver(one.type) for one in _VERSION)


def _revived(kinds: Sequence[Callable[[Any], Any]], values: Sequence[Any]) -> list[Any]:
    return [revive(value) for revive, value in zip(kinds, values, strict=True)]
