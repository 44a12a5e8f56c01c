"""``kg reindex``: the index made anew from the view."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.progress import TaskID

from kg.commands.common import examples, opened, progress, store_option
from kg.errors import StoreError
from kg.filters import Kind
from kg.index import Progress as Heard
from kg.index import beside
from kg.store import Store
from kg.view import article_graphs, follow, is_whole, refresh
from kg.view.mending import mend


@click.command(
    "reindex",
    epilog=examples(
        "kg reindex --store oxigraph:/data/store",
    ),
)
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
            with watched() as heard:
                follow(held, "", (), progress=heard)
        click.echo(f"the index is of view {held.view_id()}" if held.view_id() else "nothing there")


def mended(store: Store) -> None:
    """Make a store whole, and say what has to be made anew for it."""
    with watched() as heard:
        mend(
            store,
            told=lambda what: click.echo(f"making the {what} anew …", err=True),
            progress=heard,
        )


@contextmanager
def watched() -> Iterator[Heard]:
    """A bar for whoever watches an index being made."""
    with progress() as bar:
        tasks: dict[Kind, TaskID] = {}

        def heard(kind: Kind, done: int, whole: int) -> None:
            if kind not in tasks:
                tasks[kind] = bar.add_task(kind, total=None)
            bar.update(tasks[kind], completed=done, total=whole)

        yield heard
