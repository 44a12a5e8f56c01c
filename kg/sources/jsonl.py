"""JSON Lines: one article a line, each bad line named with its number."""

import json
from collections.abc import Iterator

from kg.errors import UnreadableSource
from kg.model import Article
from kg.sources.base import Defaults
from kg.sources.decode import checked
from kg.sources.fields import NAMES, article, text_field


def lines(text: str) -> Iterator[tuple[int, str]]:
    """The filled lines and their numbers, from 1. Only a line feed ends a line: JSON strings
    may hold the other characters that ``str.splitlines`` would split at."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def parse(line: str, defaults: Defaults, where: str) -> Article:
    """The article of one line; UnreadableSource says what is wrong with it.

    >>> parse('{"body": "The army withdrew.", "date": "2022-10-04"}', Defaults(), "a:1").text
    'The army withdrew.'
    """
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        raise UnreadableSource(f"not JSON: {error.msg} at character {error.pos + 1}") from error
    except RecursionError:
        raise UnreadableSource("not an article: JSON nested too deeply") from None
    if not isinstance(fields, dict):
        raise UnreadableSource("not an article: a JSON object is wanted, such as {'text': …}")
    text = text_field(fields, "text")
    if text is None:
        raise UnreadableSource(f"no text: none of {', '.join(NAMES['text'])} is filled")
    return article(checked(text), fields, defaults, where)


def looks_like(text: str) -> bool:
    """Whether the first filled line of a text is a JSON object."""
    first = next(lines(text), (0, ""))[1]
    if not first.lstrip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (json.JSONDecodeError, RecursionError):
        return False
