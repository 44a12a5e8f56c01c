"""``kg serve``: pages, JSON and SPARQL over one store."""

import errno
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from types import FrameType
from typing import Final

import click
import waitress
from flask import Flask

from api.app import create_app
from kg.commands.common import chosen, store_option
from kg.config import Settings, data_folder
from kg.errors import BadInput
from kg.reading import Explainer
from kg.store import Store, open_store
from kg.store.workers import WorkerPool
from kg.view import article_graphs, is_whole, refresh

THREADS: Final = 8
"""Requests that are answered at once; heavy queries wait for a worker."""


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port."
)
@click.option("--demo", is_flag=True, help="Serve the sample articles from a store of their own.")
@store_option
def command(host: str, port: int, demo: bool, store: str | None) -> None:
    """Serve pages, JSON and SPARQL.

    With --demo the sample articles are read first, and the first question is answered.
    """
    found, spec = chosen(store)
    if demo and store is None:
        spec = f"oxigraph:{data_folder() / 'demo'}"
    with _terminable(), _open(replace(found, store=spec)) as held:
        if demo:
            # The demonstration loads the analyser, which serving alone does without.
            import_module("kg.commands.demo").show(held)
        with (
            _listen(host, port) as listening,
            _pool(held, found) as pool,
            _explainer(found) as explainer,
        ):
            _serve(create_app(pool, found, explainer=explainer.explain), listening)


@contextmanager
def _open(found: Settings) -> Iterator[Store]:
    held = open_store(found.store, base=found.base)
    try:
        if not is_whole(held) and any(article_graphs(held)):
            click.echo("making the view anew …", err=True)
            refresh(held)
        yield held
    finally:
        held.close()


def _pool(store: Store, found: Settings) -> WorkerPool:
    return WorkerPool(
        store,
        workers=found.workers,
        seconds=found.query_seconds,
        memory_mb=found.query_memory_mb,
        rows=found.query_rows,
        answer_bytes=found.query_bytes,
        characters=found.query_characters,
    )


def _explainer(found: Settings) -> Explainer:
    """Loads the analyser when first asked, in a process of its own."""
    return Explainer(
        found.base,
        found.extractor,
        seconds=found.query_seconds,
        memory_mb=found.query_memory_mb,
    )


def _serve(app: Flask, listening: socket.socket) -> None:
    """Answer requests until the process is told to stop."""
    host, port = listening.getsockname()[:2]
    site = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    server = waitress.create_server(app, sockets=[listening], threads=THREADS)
    click.echo(f"pages    {site}/\nSPARQL   {site}/sparql\nOpenAPI  {site}/openapi.json")
    click.echo("stop with Ctrl-C")
    sys.stdout.flush()
    try:
        server.run()
    finally:
        server.close()


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens on this address; BadInput says why there is none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise BadInput(f"port {port} is taken; choose another with --port") from error
        raise BadInput(f"{host}:{port} cannot be listened on: {error.strerror or error}") from error


@contextmanager
def _terminable() -> Iterator[None]:
    """SIGTERM ends the process as Ctrl-C does: workers are stopped and snapshots removed."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        click.echo("stopped", err=True)
    finally:
        signal.signal(signal.SIGTERM, before)
