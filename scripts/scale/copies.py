"""A view as large as one likes: that of a generated store, several times over.

Articles, and what they say, are copied under keys of their own; people and places stay who and
where they are, so that the more copies there are, the more is said of each. Article graphs, links
and what leads to them are left out: nothing that lists and pages ask for.
"""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Final, cast

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat

from kg.iri import DEFAULT_BASE, graph_iri
from kg.store import open_store
from kg.vocab import PREFIXES

PIECE: Final = 8 << 20
"""Bytes that are copied at a time."""
WHOLE: Final = 4
"""One in so many copies has the reports of events, and of all evidence the words beside the place;
the others have events and statements with the places of their evidence in the text."""
TOGETHER: Final = 8
"""Copies that are written at a time."""
MOST: Final = 256
"""Copies there can be: each has keys that begin with its number."""

_KEY: Final = re.compile(
    rb"(/(?:article|statement|report|event|membership)/(?:[a-z0-9-]+-)?)[0-9a-f]{2}([0-9a-f]{30})"
)
_CK: Final = PREFIXES["ck"]
_LEFT_OUT: Final = tuple(f"<{_CK}{name}>".encode() for name in ("passageOf", "period"))
_EVIDENCE: Final = f"<{_CK}evidence>".encode()
_SOURCE: Final = f"<{PREFIXES['oa']}hasSource>".encode()
_REPORT: Final = f"<{_CK}report>".encode()


def rekeyed(text: bytes, number: int) -> bytes:
    """The same under the keys of copy ``number``; those of copy 0 are as they were.

    >>> rekeyed(b"<http://x/event/met-0123456789abcdef0123456789abcdef>", 10)
    b'<http://x/event/met-0a23456789abcdef0123456789abcdef>'
    """
    return _KEY.sub(rb"\g<1>%02x\g<2>" % number, text) if number else text


class _Copies:
    """Files one after the other, each as it is read under other keys."""

    def __init__(self, files: Iterable[tuple[Path, int]]) -> None:
        self._pieces = (piece for lines, number in files for piece in _pieces(lines, number))
        self._piece = BytesIO()

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most ``size``."""
        given = self._piece.read(size)
        if not given and (piece := next(self._pieces, b"")):
            self._piece = BytesIO(piece)
            given = self._piece.read(size)
        return given


def _pieces(lines: Path, number: int) -> Iterator[bytes]:
    with lines.open("rb") as file:
        while piece := file.read(PIECE):
            yield rekeyed(piece + file.readline(), number)


def copied(source: Path, place: Path, count: int) -> None:
    """Make a store at ``place`` with the view of the one at ``source`` so many times."""
    if count > MOST:
        raise ValueError(f"{count} copies are wanted; there can be {MOST}")
    view = NamedNode(graph_iri(DEFAULT_BASE, "view"))
    whole, core = place.with_suffix(".whole.nt"), place.with_suffix(".core.nt")
    held = pyoxigraph.Store.read_only(str(source / "quads"))
    dump = place.with_suffix(".nt")
    held.dump(output=str(dump), format=RdfFormat.N_TRIPLES, from_graph=view)
    _sort_out(dump, whole, core)
    store = open_store(f"oxigraph:{place}", base=DEFAULT_BASE)
    store.close()
    quads = pyoxigraph.Store(place / "quads")
    for start in range(0, count, TOGETHER):
        numbers = range(start, min(start + TOGETHER, count))
        copies = _Copies((core if number % WHOLE else whole, number) for number in numbers)
        quads.bulk_load(cast("IO[bytes]", copies), format=RdfFormat.N_TRIPLES, to_graph=view)
        print(numbers[-1] + 1, "of", count, "copies", flush=True)
    quads.optimize()
    quads.flush()
    for left in (dump, whole, core):
        left.unlink()


def _sort_out(dump: Path, whole: Path, core: Path) -> None:
    """The lines that every whole copy has, and those that the others have."""
    said = set(_said(dump))
    with dump.open("rb") as lines, whole.open("wb") as all_of_it, core.open("wb") as some:
        for line in lines:
            subject, predicate, _ = line.split(b" ", 2)
            if predicate in _LEFT_OUT or b"/link/" in subject:
                continue
            all_of_it.write(line)
            if _is_core(subject, predicate, said):
                some.write(line)


def _said(dump: Path) -> Iterator[bytes]:
    """The evidence of statements."""
    with dump.open("rb") as lines:
        for line in lines:
            subject, predicate, thing = line.split(b" ", 2)
            if predicate == _EVIDENCE and b"/statement/" in subject:
                yield thing[:-3]


def _is_core(subject: bytes, predicate: bytes, said: set[bytes]) -> bool:
    if b"#char=" in subject:
        return predicate == _SOURCE and subject in said
    if b"/report/" in subject or b"/membership/" in subject or predicate == _REPORT:
        return False
    return predicate != _EVIDENCE or b"/statement/" in subject
