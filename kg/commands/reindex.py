"""``kg reindex``: the index made anew from the view."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

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

LINE_SECONDS: Final = 10.0
"""Seconds between two lines that say how far it is, where no terminal shows a bar."""


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
    """Who is told of an index being made: a bar on a terminal, elsewhere a line now and then."""
    if not sys.stderr.isatty():
        yield told()
        return
    with progress() as bar:
        tasks: dict[Kind, TaskID] = {}

        def heard(kind: Kind, done: int, whole: int) -> None:
            if kind not in tasks:
                tasks[kind] = bar.add_task(kind, total=None)
            bar.update(tasks[kind], completed=done, total=whole)

        yield heard


def told(seconds: float = LINE_SECONDS) -> Heard:
    """Says how far it is, at most every so many seconds."""
    counts: dict[Kind, tuple[int, int]] = {}
    last = time.monotonic()

    def heard(kind: Kind, done: int, whole: int) -> None:
        nonlocal last
        counts[kind] = done, whole
        if time.monotonic() - last >= seconds:
            last = time.monotonic()
            parts = (f"{some:,} of {all_of:,} {of}" for of, (some, all_of) in counts.items())
            click.echo(f"in the index: {', '.join(parts)}", err=True)

    return heard
