"""CSV (RFC 4180, UTF-8) that a spreadsheet can open without running anything.

A text that begins like a formula (``=``, ``+``, ``-``, ``@``, tab or carriage return) gets an
apostrophe before it, as spreadsheets themselves mark text (OWASP, CSV injection).
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Final

from kg.export.job import clean
from kg.projection.model import Value

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def rows(header: Sequence[str], found: Iterable[Sequence[Value | None]]) -> Iterator[str]:
    """The lines of a table, the header first; nothing is an empty cell."""
    held = StringIO()
    writer = csv.writer(held)
    writer.writerow(header)
    for row in found:
        yield held.getvalue()
        held.seek(0)
        held.truncate()
        writer.writerow([cell(value) for value in row])
    yield held.getvalue()


def cell(value: Value | None) -> Value:
    """A value as it stands in a table.

    >>> cell("=1+1"), cell(-1.5), cell(None)
    ("'=1+1", -1.5, '')
    """
    if isinstance(value, str):
        text = clean(value)
        return f"'{text}" if text.startswith(FORMULA) else text
    return "" if value is None else value
