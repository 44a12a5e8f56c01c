"""``kg remove``: takedown of an article."""

import click

from kg.commands.common import opened, store_option
from kg.keeping import take_down


@click.command("remove")
@click.argument("iri", metavar="IRI")
@store_option
def command(iri: str, store: str | None) -> None:
    """Take an article down, and everything known only from it.

    IRI is the article's, as ``kg ingest --json`` and the pages give it.
    """
    with opened(store) as held:
        take_down(held, iri)
    click.echo(f"removed {iri}")
