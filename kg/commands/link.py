"""``kg link``: the view, made anew."""

import click

from kg.commands.common import examples, opened, store_option
from kg.view import article_graphs, refresh


@click.command(
    "link",
    epilog=examples(
        "kg link --store oxigraph:/data/store",
    ),
)
@store_option
def command(store: str | None) -> None:
    """Make the view anew: who is who, and which reports tell one event.

    Ingesting and removing keep the view up to date; this mends one that was left half written
    or was made by another version.
    """
    with opened(store) as held:
        refresh(held)
        click.echo(f"the view is made of {len(list(article_graphs(held)))} articles")
