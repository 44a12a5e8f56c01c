"""CSV (RFC 4180, UTF-8) that a spreadsheet can open without running anything.

A text that begins like a formula (``=``, ``+``, ``-``, ``@``, tab or carriage return) gets an
apostrophe before it, as spreadsheets themselves mark text (OWASP, CSV injection).
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from typing import Final

from kg.export.columns import plain
from kg.export.job import clean
from kg.projection import Sheet
from kg.projection.model import Value

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_FIRST: Final = ", ".join(f"char({ord(one)})" for one in FORMULA)
_IRIS: Final = frozenset({"iri", "url", "source", "target"})
_TEXTS: Final = frozenset(
    {"label", "text", "quotation", "source_list", "edtf", "published", "country", "sector"}
)


def rows(header: Sequence[str], found: Iterable[Sequence[Value | None]]) -> Iterator[str]:
    """The lines of a table, the header first; nothing is an empty cell."""
    held = StringIO()
    writer = csv.writer(held)
    writer.writerow(header)
    for row in found:
        yield _taken(held)
        writer.writerow([cell(value) for value in row])
    yield _taken(held)


def sheet_table(
    sheet: Sheet, of: str, columns: Mapping[str, str], *, for_neo4j: bool = False
) -> Iterator[str]:
    """The same of a sheet's nodes or edges: heading → field. SQLite makes the lines.

    ``for_neo4j``: no spreadsheet will open it, so a text may begin like a formula; and backslashes
    are doubled, since one before a quotation mark is taken for a part of it there.
    """
    yield ",".join(columns) + "\r\n"
    template = ",".join(["%s"] * len(columns)) + "\r\n"
    values = [_field(one, for_neo4j) for one in columns.values()]
    for lines in sheet.texts(of, template, values, ""):
        yield lines if plain(lines) else clean(lines)


def _field(name: str, for_neo4j: bool) -> str:
    """A field as a cell, in SQL; nothing, put together with anything, is nothing there."""
    if name in _IRIS:
        return f"'\"' || {name} || '\"'"
    if name in _TEXTS:
        quoted = f"""replace({name}, '"', '""')"""
        if for_neo4j:
            return rf"""'"' || replace({quoted}, '\', '\\') || '"'"""
        mark = f"CASE WHEN substr({name}, 1, 1) IN ({_FIRST}) THEN char(39) ELSE '' END"
        return f"""'"' || {mark} || {quoted} || '"'"""
    return name


def cell(value: Value | None) -> Value:
    """A value as it stands in a table.

    >>> cell("=1+1"), cell(-1.5), cell(None)
    ("'=1+1", -1.5, '')
    """
    return _text(value) if isinstance(value, str) else "" if value is None else value


def _text(text: str) -> str:
    text = clean(text)
    return f"'{text}" if text.startswith(FORMULA) else text


def _taken(held: StringIO) -> str:
    found = held.getvalue()
    held.seek(0)
    held.truncate()
    return found
