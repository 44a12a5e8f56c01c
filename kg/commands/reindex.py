"""``kg reindex``: the index made anew from the view."""

import sys

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kg.commands.common import opened, store_option
from kg.errors import StoreError
from kg.filters import KINDS, Kind
from kg.index import beside
from kg.store import Store
from kg.view import article_graphs, follow, is_whole, refresh


@click.command("reindex")
@store_option
def command(store: str | None) -> None:
    """Make the index anew: what lists, counts and searches are answered from.

    It follows the view by itself; this is for one that was lost or that kg verify finds wrong.
    """
    with opened(store) as held:
        index = beside(held)
        if index is None:
            raise StoreError("a store in an engine has no index; its lists are asked in SPARQL")
        if not is_whole(held) and any(article_graphs(held)):
            refresh(held)
        else:
            index.forget()
            made(held)
        click.echo(f"the index is of view {held.view_id()}" if held.view_id() else "nothing there")


def mended(store: Store) -> None:
    """Make the index of a store anew where it is not of its view."""
    index = beside(store)
    if index and store.view_id() and not index.knows(store.view_id()):
        click.echo("making the index anew …", err=True)
        made(store)


def made(store: Store) -> None:
    """Make an index anew, with a bar for whoever watches."""
    with _bar() as bar:
        tasks = {kind: bar.add_task(kind, total=None) for kind in KINDS}

        def heard(kind: Kind, done: int, whole: int) -> None:
            bar.update(tasks[kind], completed=done, total=whole)

        follow(store, "", (), progress=heard)


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
        transient=True,
    )
