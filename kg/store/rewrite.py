"""A store's quads written anew, so that nothing of what was taken out is left in its files.

The engine keeps every text that it has ever held, whatever is removed and however often its files
are put together (https://github.com/oxigraph/oxigraph/issues/32). So what is there is copied into
a new folder, which then takes the place of the old one. Cut off at any moment, the folder is the
old one or the new one: ``settle`` ends what was begun.

=============  ==========================================================
``quads``      what is open
``quads.new``  a copy that is being made
``quads.all``  a copy that is whole, and takes the place of ``quads``
``quads.old``  what had that place, being removed
``forgetting`` a file: something was taken out whose bytes are still there
=============  ==========================================================
"""

import shutil
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import RdfFormat

from kg.errors import StoreError

QUADS: Final = "quads"
_NEW, _ALL, _OLD, _TEXT = (f"{QUADS}.{name}" for name in ("new", "all", "old", "nq"))
OWED: Final = "forgetting"
_DRAWN: Final = "drawn"
"""A folder of what is made of the quads, quotations among it, and made again when it is wanted."""
_DERIVED: Final = ("index.sqlite*", "ties.sqlite*", "turning*")
"""Files that are made of the quads, and taken care of by whoever writes them; but where a takedown
was cut off they have to be made anew."""
_PIECE: Final = 16 << 20
"""Bytes of N-Quads that are loaded at once."""


def copy(store: pyoxigraph.Store, home: Path) -> None:
    """Copy what a store in this folder holds, whole; ``settle`` puts the copy in its place.

    It needs as much room on disk again, and two thirds more for the time of the copy.
    """
    settle(home)
    try:
        _fill(pyoxigraph.Store(home / _NEW), store, home / _TEXT)
        (home / _NEW).rename(home / _ALL)
    except (OSError, RuntimeError) as error:
        raise StoreError(
            f"what was taken down is out of the store, but its bytes are still in {home}: {error}; "
            "make room, and open the store for writing again (kg link)"
        ) from error
    finally:
        (home / _TEXT).unlink(missing_ok=True)


def _fill(new: pyoxigraph.Store, old: pyoxigraph.Store, text: Path) -> None:
    old.dump(output=text, format=RdfFormat.N_QUADS)
    with text.open("rb") as lines:
        while piece := lines.read(_PIECE):
            whole = piece + lines.readline()
            _load(new, whole)
    for graph in old.named_graphs():
        new.add_graph(graph)
    new.optimize()
    new.flush()


def _load(new: pyoxigraph.Store, piece: bytes) -> None:
    """Load some lines. Loading a text gives its blank nodes new labels each time, so that one in
    two pieces would become two: what has any is parsed first, which keeps them.
    """
    if b"_:" in piece:
        lines = piece.splitlines(keepends=True)
        blank = b"".join(line for line in lines if b"_:" in line)
        new.bulk_extend(pyoxigraph.parse(blank, format=RdfFormat.N_QUADS, lenient=True))
        piece = b"".join(line for line in lines if b"_:" not in line)
    new.bulk_load(piece, format=RdfFormat.N_QUADS, lenient=True)


def settle(home: Path) -> None:
    """End or undo a copy that was cut off; nobody may have the quads open."""
    if (home / _ALL).exists():
        if (home / QUADS).exists():
            shutil.rmtree(home / _OLD, ignore_errors=True)
            (home / QUADS).rename(home / _OLD)
        (home / _ALL).rename(home / QUADS)
    for left in (_NEW, _OLD):
        shutil.rmtree(home / left, ignore_errors=True)
    (home / _TEXT).unlink(missing_ok=True)


def unsettled(home: Path) -> bool:
    """Whether a copy was cut off while it took the place of the old one."""
    return (home / _ALL).exists() and not (home / QUADS).exists()


def owe(home: Path, owed: bool) -> None:
    """Note that bytes have to go, or that they are gone from the quads: what was made of them goes
    with them.
    """
    if owed:
        (home / OWED).touch()
        return
    shutil.rmtree(home / _DRAWN, ignore_errors=True)
    (home / OWED).unlink(missing_ok=True)


def drop_derived(home: Path) -> None:
    """Remove what was made of the quads before a takedown that was cut off."""
    for pattern in _DERIVED:
        for file in sorted(home.glob(pattern)):  # what goes with an index, after it
            file.unlink()


def owed(home: Path) -> bool:
    """Whether bytes have to go."""
    return (home / OWED).exists()
