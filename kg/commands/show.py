"""``kg show``: one record of the view."""

from typing import Final

import click

from kg import records
from kg.commands.common import examples, json_option, opened, print_json, store_option
from kg.commands.lines import record_lines
from kg.errors import NotFound
from kg.filters import KINDS
from kg.records import Json, Moved
from kg.store import Store

_KINDS: Final = {kind.removesuffix("s"): kind for kind in KINDS} | {"report": "events"}


@click.command(
    "show",
    epilog=examples(
        "kg show http://localhost:8000/statement/51c1…",
        "kg show 51c1… --json",
    ),
)
@click.argument("iri", metavar="IRI")
@store_option
@json_option
def command(iri: str, store: str | None, as_json: bool) -> None:
    """Print one record with the words that say it.

    IRI is that of a statement, event, report, actor, place or article, or its last part.
    """
    with opened(store, read_only=True) as held:
        record = find(held, iri)
    if as_json:
        print_json(record)
        return
    for line in record_lines(record):
        click.echo(line)


def find(store: Store, iri: str) -> Json:
    """The record an IRI, or its last part, leads to today. NotFound if there is none."""
    kind = _KINDS.get(iri.removeprefix(store.base).split("/")[0]) if "/" in iri else None
    for one in [kind] if kind else KINDS:
        try:
            found = records.one(store, one, iri)
            return find(store, found.id) if isinstance(found, Moved) else found
        except NotFound:
            continue
    raise NotFound(
        f"nothing is called {iri!r}; give the IRI of a statement, event, report, actor, place"
        " or article, or its last part"
    )
