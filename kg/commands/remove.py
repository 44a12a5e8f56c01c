"""``kg remove``: takedown of an article."""

import click

from kg.commands.common import chosen, examples, opened, server_option, store_option
from kg.keeping import take_down
from kg.keeping.distant import Distant


@click.command(
    "remove",
    epilog=examples(
        "kg remove http://localhost:8000/article/51c1…",
        "kg remove 51c1… --server https://kg.example.org",
    ),
)
@click.argument("iri", metavar="IRI")
@server_option
@store_option
def command(iri: str, server: str | None, store: str | None) -> None:
    """Take an article down, and everything known only from it.

    IRI is the article's, as ``kg ingest --json`` and the pages give it.
    """
    if server is not None:
        with Distant(server, chosen(None)[0].token) as distant:
            distant.take_down(iri)
    else:
        with opened(store) as held:
            take_down(held, iri)
    click.echo(f"removed {iri}")
