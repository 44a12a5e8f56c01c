"""``kg stats``: how much of what a store holds."""

from collections.abc import Mapping
from typing import Final

import click

from kg.commands.common import examples, json_option, opened, print_json, print_table, store_option
from kg.sparql import rows
from kg.store import Store
from kg.vocab import PREFIXES, notation, term

KINDS: Final = {
    "articles": "Article",
    "statements": "Statement",
    "reports": "EventReport",
    "events": "Event",
    "actors": "Actor",
    "places": "Place",
    "links": "Link",
}
CODES: Final = {"acts": ("Statement", "act"), "event_types": ("Event", "eventType")}
"""Code lists whose use is counted: the kind of thing and its property."""

_KINDS: Final = "SELECT ?code (COUNT(*) AS ?n) { ?thing a ?code } GROUP BY ?code"
_CODES: Final = "SELECT ?code (COUNT(*) AS ?n) { ?thing a ?kind; ?property ?code } GROUP BY ?code"


@click.command(
    "stats",
    epilog=examples(
        "kg stats",
        "kg stats --json --store oxigraph:/data/store",
    ),
)
@store_option
@json_option
def command(store: str | None, as_json: bool) -> None:
    """Count what the store holds."""
    with opened(store, read_only=True) as held:
        things = count_things(held)
        codes = {title: count_codes(held, *of) for title, of in CODES.items()}
    if as_json:
        print_json({**things, **codes})
        return
    print_table(("what", "how many"), [(what, str(number)) for what, number in things.items()])
    for title, used in codes.items():
        heading = (title.replace("_", " "), "how many")
        print_table(heading, [(code, str(number)) for code, number in used.items()])


def count_things(store: Store) -> dict[str, int]:
    """How many things of each kind the view holds, and how many quads the store."""
    kinds = _counted(store, _KINDS)
    found = {what: kinds.get(PREFIXES["ck"] + kind, 0) for what, kind in KINDS.items()}
    return {**found, "quads": store.size()}


def count_codes(store: Store, kind: str, name: str) -> dict[str, int]:
    """How often each code is used by things of a kind, most used first."""
    bindings = {"kind": term(f"ck:{kind}"), "property": term(f"ck:{name}")}
    counted = [(notation(code), n) for code, n in _counted(store, _CODES, bindings).items()]
    return dict(sorted(counted, key=lambda one: (-one[1], one[0])))


def _counted(
    store: Store, question: str, bindings: Mapping[str, str] | None = None
) -> dict[str, int]:
    found = rows(store.query(question, bindings=bindings))
    return {row["code"]: int(row["n"]) for row in found if "code" in row}
