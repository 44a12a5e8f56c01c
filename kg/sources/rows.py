"""CSV and TSV: one article a row; the first row names the fields, a bad one is named by its line.

Fields go by the names that JSON Lines have, in any case. Commas, semicolons and tabulators part
cells, whichever parts the first row into most; quotation marks hold what a cell has of these
(RFC 4180).
"""

import csv
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from typing import Final

from kg.errors import SkipItem, UnreadableSource
from kg.model import Article, Skipped
from kg.sources.base import Defaults, Raw
from kg.sources.decode import decode
from kg.sources.fields import NAMES, article, text_field
from kg.sources.language import require_english

_DELIMITERS: Final = ",;\t"
_KNOWN: Final = {name.lower(): name for names in NAMES.values() for name in names}


def read(raw: Raw, defaults: Defaults) -> Iterator[Article | Skipped]:
    """The articles of a table; a default URL or headline is nobody's here.

    Raises UnreadableSource for what is no table of articles.
    """
    text = decode(raw.data, raw.where, raw.charset or defaults.encoding)
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    rows = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    gaps = replace(defaults, url=None, headline=None)
    first = 1
    try:
        names = _names(rows)
        first = rows.line_num + 1
        for row in rows:
            if any(row):
                yield _one(dict(zip(names, row, strict=False)), gaps, f"{raw.where}:{first}")
            first = rows.line_num + 1
    except csv.Error as error:
        yield Skipped(f"{raw.where}:{first}", f"not CSV from here on: {error}")


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(_DELIMITERS, key=first.count)


def _names(rows: Iterator[list[str]]) -> list[str]:
    """The fields that the first row names; without a text among them it is no table of articles."""
    names = [_KNOWN.get(name.strip().lower(), name) for name in next(rows, [])]
    if not set(names) & set(NAMES["text"]):
        raise UnreadableSource(f"no text: none of {', '.join(NAMES['text'])} is in its first row")
    return names


def _one(fields: dict[str, str], defaults: Defaults, place: str) -> Article | Skipped:
    try:
        text = text_field(fields, "text")
        if text is None:
            raise UnreadableSource(f"no text: none of {', '.join(NAMES['text'])} is filled")
        require_english(text)
        return article(text, fields, defaults, place)
    except SkipItem as error:
        return Skipped(place, str(error))
