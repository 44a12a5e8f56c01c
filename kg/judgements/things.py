"""What can be judged: what an article names, by whatever IRI it is asked for."""

from collections.abc import Iterable
from typing import Final

from kg.sparql import select, values
from kg.store.base import Queryable
from kg.terms import literal

MEMBERS: Final = {
    **dict.fromkeys(("statement", "statements"), "statement"),
    **dict.fromkeys(("report", "event", "events"), "report"),
    **dict.fromkeys(("actor", "actors"), "actor"),
    **dict.fromkeys(("place", "places"), "place"),
}
"""The kind in an IRI → the kind of what an article names, whose key it ends in."""


def there(store: Queryable, things: Iterable[str]) -> set[str]:
    """Those of these IRIs that an article names, or that a person named and the view has."""
    given = values("x", things)
    text = (
        f"SELECT DISTINCT ?x {{ {{ {given} GRAPH ?g {{ ?x prov:wasDerivedFrom ?g }} "
        f"FILTER(STRSTARTS(STR(?g), {literal(f'{store.base}article/')})) }} "
        f"UNION {{ {given} ?x ck:canonical ?node }} }}"
    )
    return {row["x"] for row in select(store, text)}
