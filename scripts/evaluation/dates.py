"""Dates of a text as TEI writes them: a value, or from and to."""

import re
from typing import Any, Final

from kg.edtf import bounds
from kg.extract import dates
from kg.extract.dates_grammar import parts
from kg.model import DateRange
from scripts.evaluation.reading import Reader, published

Json = dict[str, Any]

PLAIN: Final = re.compile(r"\d{4}(-(0\d|1[0-2])(-\d\d)?)?")


def predict(record: Json, reader: Reader) -> Json:
    """The dates of a record against its anchor; TEI marks the two ends of a range apart.

    Dates are read from the text, not from a parse.
    """
    text = record["text"]
    found = dates.resolve_all(text, parts(text), published(record.get("anchor")))
    return {"dates": [_tei(one) for one in found if one.span]}


def _tei(one: DateRange) -> Json:
    assert one.span is not None
    return {"start": one.span.start, "end": one.span.end, **value(one.edtf)}


def value(edtf: str) -> dict[str, str]:
    """An EDTF date in the attributes of TEI: ``when`` as value, intervals as from and to.

    >>> value("2022-10-03?"), value("XXXX-10"), value("2005/..")
    ({'value': '2022-10-03'}, {'value': '--10'}, {'from': '2005'})
    >>> value("199X"), value("2022-10-03/2022-10-05")["to"]
    ({'from': '1990-01-01', 'to': '1999-12-31'}, '2022-10-05')
    """
    first, slash, last = edtf.partition("/")
    if slash:
        ends = {"from": _end(first, 0), "to": _end(last, 1)}
        return {key: end for key, end in ends.items() if end}
    bare = edtf.rstrip("?~%")
    if bare.startswith("XXXX"):
        return {"value": f"-{bare[4:]}"}
    if PLAIN.fullmatch(bare):
        return {"value": bare}
    earliest, latest = bounds(edtf)
    return {"from": str(earliest), "to": str(latest)}


def _end(edtf: str, side: int) -> str | None:
    """One end of an interval as written, or the first or last day it can be."""
    bare = edtf.rstrip("?~%")
    if bare in ("", "..") or PLAIN.fullmatch(bare):
        return bare.strip(".") or None
    end = bounds(edtf)[side]
    return str(end) if end else None
