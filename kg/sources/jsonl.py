"""JSON Lines: one article a line, each bad line named with its number.

A file is read line by line, so it may be of any size; the limit holds for each line.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import BinaryIO

from kg.errors import SkipItem, UnreadableSource
from kg.model import Article, Skipped
from kg.sources.base import Defaults
from kg.sources.decode import EMPTY, checked, decode
from kg.sources.fields import NAMES, article, text_field
from kg.sources.language import require_english


def read(
    stream: BinaryIO, defaults: Defaults, where: str, max_bytes: int
) -> Iterator[Article | Skipped]:
    """The articles of a stream of lines; a default URL or headline is nobody's here."""
    gaps = replace(defaults, url=None, headline=None)
    number = 0
    for number, line in _lines(stream, max_bytes):
        place = f"{where}:{number}"
        try:
            _require_short(line, max_bytes)
            yield one_line(line, gaps, place)
        except SkipItem as error:
            yield Skipped(place, str(error))
    if not number:
        yield Skipped(where, EMPTY)


def one_line(data: bytes, defaults: Defaults, where: str) -> Article:
    """The article of one JSON object; SkipItem says what is wrong with it."""
    found = parse(decode(data, where, defaults.encoding), defaults, where)
    require_english(found.text)
    return found


def _lines(stream: BinaryIO, max_bytes: int) -> Iterator[tuple[int, bytes]]:
    """The filled lines and their numbers, from 1; of one that is too long only the beginning.

    Only a line feed ends a line: JSON strings may hold the other characters that
    ``str.splitlines`` would split at.
    """
    for number in count(1):
        line = stream.readline(max_bytes + 1)
        rest = line
        while len(rest) > max_bytes and not rest.endswith(b"\n"):
            rest = stream.readline(max_bytes + 1)
        if not line:
            return
        if line.strip():
            yield number, line


def _require_short(line: bytes, max_bytes: int) -> None:
    if len(line) > max_bytes:
        raise UnreadableSource(
            f"too large: the line goes on, and at most {max_bytes / 2**20:g} MB of one are read;"
            " split it, or raise KG_MAX_SOURCE_MB"
        )


def parse(line: str, defaults: Defaults, where: str) -> Article:
    """The article of one line; UnreadableSource says what is wrong with it.

    >>> parse('{"body": "The army withdrew.", "date": "2022-10-04"}', Defaults(), "a:1").text
    'The army withdrew.'
    """
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        raise UnreadableSource(f"not JSON: {error.msg} at character {error.pos + 1}") from error
    except (RecursionError, ValueError) as error:
        raise UnreadableSource(f"not an article: {error}") from None
    if not isinstance(fields, dict):
        raise UnreadableSource('not an article: a JSON object is wanted, such as {"text": …}')
    text = text_field(fields, "text")
    if text is None:
        raise UnreadableSource(f"no text: none of {', '.join(NAMES['text'])} is filled")
    return article(checked(text), fields, defaults, where)


def looks_like(data: bytes) -> bool:
    """Whether the first line of a document is a JSON object."""
    first = data.lstrip().split(b"\n", 1)[0]
    if not first.startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False
