"""``kg serve``: pages, JSON and SPARQL over one store."""

import errno
import gc
import logging
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from types import FrameType
from typing import Final
from urllib.parse import urlsplit

import click
from flask import Flask

from api.app import create_app
from api.server import Server, give_memory_back
from kg.commands.common import STALE, chosen, examples, store_option
from kg.commands.reindex import mended
from kg.config import ONE, Settings, data_folder
from kg.errors import BadInput, StoreBusy
from kg.index.reading import Reader, readable
from kg.iri import DEFAULT_BASE, slug
from kg.keeping.keeper import Keeper
from kg.keeping.process import ROLE, ROLES
from kg.opening import may_write, open_named
from kg.reading import Desk, Explainer, Intake
from kg.store import Store
from kg.store.base import Service
from kg.store.folder import place_of, write_site
from kg.store.pool.cores import share_one
from kg.store.pool.heavy import WAITING
from kg.store.pool.nursery import Nursery
from kg.store.pool.workers import WorkerPool
from kg.store.pool.writing import Writer
from kg.view import article_graphs, is_whole

THREADS: Final = 32
"""Requests that are answered at once, beside those whose queries take long."""
_RESTART_SECONDS: Final = 2.0
"""How long a store may still be held by what a killed server has left."""
_HERE: Final = ("localhost", "127.0.0.1", "0.0.0.0", "::1", "::")
"""Hosts by which a server on this machine is reached as localhost."""


@click.command(
    "serve",
    epilog=examples(
        "kg serve --demo",
        "kg serve --store oxigraph:/data/store --port 8080",
        "KG_TOKEN=… kg serve",
    ),
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port."
)
@click.option("--demo", is_flag=True, help="Serve the sample articles from a store of their own.")
@store_option
def command(host: str, port: int, demo: bool, store: str | None) -> None:
    """Serve pages, JSON and SPARQL.

    With --demo the sample articles are read first, and the first question is answered. Without
    --store they are in a store that each start makes anew.
    """
    found, spec = chosen(store)
    found = replace(found, store=spec)
    if demo and store is None:
        found = _demonstration(found, host, port)
    give_memory_back()
    with (
        _desk(found) as desk,
        _service(found, desk, demo) as (service, keeper, index),
        _listen(host, port) as listening,
        Explainer(found.base, seconds=found.query_seconds, desk=desk) as explainer,
    ):
        _tell_names(found.base, listening)
        app = create_app(service, found, explainer=explainer.explain, keeper=keeper, index=index)
        if index is not None and isinstance(service, WorkerPool):
            _warm(index, service)
        with _noted(found, _site(listening)):
            _serve(app, listening, found)


def _demonstration(found: Settings, host: str, port: int) -> Settings:
    """The settings of the demonstration: a store of its own for each base, with nothing in it.

    Its records are named after the address it is served at, unless KG_BASE_IRI names another.
    """
    base = found.base
    if base == DEFAULT_BASE and port:
        base = f"{_address('localhost' if host in _HERE else host, port)}/"
    name = "demo" if base == DEFAULT_BASE else f"demo-{slug(base.partition('://')[2])}"
    folder = data_folder() / name
    made = replace(found, base=base, store=f"oxigraph:{folder}")
    if folder.exists():
        _open(made).close()  # Nobody holds it.
        shutil.rmtree(folder)
    return made


def _tell_names(base: str, listening: socket.socket) -> None:
    """Say what records are named after, where that is this machine and another address."""
    host, port = listening.getsockname()[:2]
    named = urlsplit(base)
    if named.hostname in _HERE and (host not in _HERE or (named.port or 80) != port):
        click.echo(
            f"records are named after {base}; set KG_BASE_IRI before the first ingest to name "
            "them otherwise",
            err=True,
        )


@contextmanager
def _noted(found: Settings, site: str) -> Iterator[None]:
    """Whoever finds the store held is told where it is served."""
    home = place_of(found.store)
    if home is None:
        yield
        return
    write_site(home, site)
    try:
        yield
    finally:
        write_site(home, None)


@contextmanager
def _service(
    found: Settings, desk: Desk, demo: bool
) -> Iterator[tuple[Service, Keeper | None, Reader | None]]:
    """The store as it is served, from processes of its own, its keeper and its index; or the
    engine that holds it.
    """
    with _whole(found, demo) as home:
        if not isinstance(home, Path):
            yield home, None, None
            return
        with (
            Nursery(ROLES) as nursery,
            Writer(
                home,
                base=found.base,
                nursery=nursery,
                seconds=found.query_seconds,
                memory_mb=found.query_memory_mb,
                role=ROLE,
            ) as writer,
            _pool(writer, nursery, found) as pool,
        ):
            keeper = Keeper(writer, pool, Intake(desk, seconds=found.reading_seconds))
            index = readable(home, found.base, seconds=found.query_seconds)
            yield pool, keeper, index


def _warm(index: Reader, pool: WorkerPool) -> None:
    """Read the index while nobody asks.

    Not before the routes are there: making them parses Python, as numpy does when it is first
    used, and Python 3.11 cannot do so in two threads at a time (its issue 106905).
    """
    Thread(target=_warmed, args=(index, pool.snapshots.newest.view), daemon=True).start()


def _warmed(index: Reader, view: str) -> None:
    """What is there by then stays: the collector need not go through it again at every turn."""
    index.warm(view)
    gc.collect()
    gc.freeze()


@contextmanager
def _whole(found: Settings, demo: bool) -> Iterator[Path | Store]:
    """The folder of a store on disk that is whole and that nobody holds, or another store.

    One in memory is put into a folder that goes with the server.
    """
    with ExitStack() as held:
        spec = found.store
        if spec == "memory:":
            spec = f"oxigraph:{held.enter_context(TemporaryDirectory(prefix='kg-'))}"
        store = _open(replace(found, store=spec))
        with closing(store):
            _mend(store)
            if demo:
                # The demonstration loads the analyser, which serving alone does without.
                import_module("kg.commands.demo").show(store)
            home = place_of(spec)
            if home is None:
                yield store
                return
        yield home


def _mend(store: Store) -> None:
    """Make anew what was left half written, where there is a way to write."""
    if may_write(store):
        mended(store)
    elif not is_whole(store) and any(article_graphs(store)):
        click.echo(STALE, err=True)


def _open(found: Settings) -> Store:
    """The store; a moment's patience for what a killed server has left."""
    end = time.monotonic() + _RESTART_SECONDS
    while True:
        try:
            return open_named(found)
        except StoreBusy:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def _pool(writer: Writer, nursery: Nursery, found: Settings) -> WorkerPool:
    cores = os.cpu_count() or 1
    return WorkerPool(
        writer,
        workers=found.workers or 2 * cores + 2,
        heavy=found.heavy or cores,
        seconds=found.query_seconds,
        memory_mb=found.query_memory_mb,
        rows=found.query_rows,
        answer_bytes=found.query_bytes,
        keep=found.snapshots,
        keep_seconds=found.snapshot_seconds,
        nursery=nursery,
    )


def _desk(found: Settings) -> Desk:
    """Loads the analyser when first asked, in a process of its own."""
    return Desk(found.base, found.extractor, memory_mb=found.query_memory_mb)


def _serve(app: Flask, listening: socket.socket, found: Settings) -> None:
    """Answer requests until the process is told to stop."""
    site = _site(listening)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    lane = (1 + WAITING) * (found.heavy or os.cpu_count() or 1)
    if found.cores == ONE:
        share_one()
    server = Server(
        app, listening, threads=THREADS + lane, grace=found.query_seconds, proxy=found.proxy
    )
    click.echo(f"pages    {site}/\nSPARQL   {site}/sparql\nOpenAPI  {site}/openapi.json")
    click.echo("stop with Ctrl-C")
    sys.stdout.flush()
    with _terminable(server):
        server.run()


def _site(listening: socket.socket) -> str:
    return _address(*listening.getsockname()[:2])


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


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
def _terminable(server: Server) -> Iterator[None]:
    """SIGTERM and Ctrl-C let what runs end; a second one ends it now."""

    def stop(number: int, frame: FrameType | None) -> None:
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, signal.default_int_handler)
        click.echo("stopping; once more stops at once", err=True)
        server.stop()

    before = {each: signal.signal(each, stop) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
        click.echo("stopped", err=True)
