"""What a log does not know yet of an index that is ahead of it."""

from typing import Final

from kg.errors import StoreError
from kg.filters import KINDS
from kg.index.held import Held
from kg.index.schema import ALIVE
from kg.log import Change, Log

_STANDING: Final = (
    f"SELECT kind, text, born FROM record JOIN term ON id = code WHERE died = {ALIVE}"
)


def missed(held: Held, log: Log) -> list[Change]:
    """What became of records between the view that was noted last and the newest of an index.

    Of an index that was made anew since, what was updated meanwhile cannot be told.
    """
    rows = held.database.rows("SELECT number FROM view WHERE id = ?", (log.last_view(),))
    since = int(rows[0][0]) if rows else None
    known, found = set(log.standing()), []
    for number, iri, born in sorted(held.database.rows(_STANDING)):
        kind = KINDS[number].removesuffix("s")
        if (kind, iri) not in known:
            found.append(Change(kind, iri, "created"))
        elif since is not None and born > since:
            found.append(Change(kind, iri, "updated"))
        known.discard((kind, iri))
    return [*found, *(Change(kind, iri, "withdrawn") for kind, iri in sorted(known))]


def is_new(held: Held) -> bool:
    """Whether an index was never of any view: what is made of it first is no change."""
    try:
        return not held.database.rows("SELECT 1 FROM view LIMIT 1")
    except StoreError:
        return True
