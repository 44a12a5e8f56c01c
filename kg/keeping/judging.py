"""What people judge goes into a store, and what it changes goes into the view."""

from kg.iri import graph_iri
from kg.judgements import Judgement, written
from kg.store import Store
from kg.view import is_whole, judgements, refresh, turn
from kg.view.mending import go_on


def judge(store: Store, *given: Judgement) -> None:
    """Add judgements and make the view say what they say, in one step; one that is there stays.

    Where the view is not whole they are written first, and then it is made anew. Raises StoreError.
    """
    go_on(store)
    held = {one.id for one in judgements(store)}
    new = [one for one in given if one.id not in held]
    if not new:
        return
    if is_whole(store):
        turn(store, {}, judged=new)
        return
    added = sorted({triple for one in new for triple in written(store.base, one)})
    store.patch(graph_iri(store.base, "judgements"), (), added)
    refresh(store)
