"""What the commands share: options, an open store, and how answers are printed."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from kg.config import Settings, settings
from kg.errors import BadInput, StoreBusy
from kg.opening import open_named
from kg.store import Store
from kg.view import article_graphs, is_whole

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

store_option: Final[Decorator] = click.option(
    "--store",
    metavar="SPEC",
    envvar="KG_STORE",
    help="The store: oxigraph:PATH, sparql:QUERY-URL or memory:. KG_STORE sets it too.",
)
json_option: Final[Decorator] = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON instead of text for people."
)
output_option: Final[Decorator] = click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; standard output otherwise.",
)

server_option: Final[Decorator] = click.option(
    "--server",
    metavar="URL",
    help="A server that holds the store and is to do it; KG_TOKEN has the token it wants.",
)

extractor_option: Final[Decorator] = click.option(
    "--extractor",
    metavar="NAME",
    default=lambda: settings().extractor,
    help="The extractor: default, spacy:NAME, llm:MODEL or module:Class. KG_EXTRACTOR sets it too.",
)


def examples(*lines: str) -> str:
    """What stands below the help of a command: lines as they are typed (``epilog``)."""
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in lines)])


STALE: Final = (
    "the view of this store was left half written or made by another version: run kg link"
)
READING: Final = "a server answers readers at /sparql and /export/FORMAT"
"""What to do instead where a store that is to be read is held."""
WIDE: Final = 160
"""Columns of a table that is not printed on a terminal."""


def chosen(store: str | None) -> tuple[Settings, str]:
    """The settings, and the store that the option or they name."""
    found = settings()
    return found, store or found.store


@contextmanager
def opened(store: str | None, *, read_only: bool = False, instead: str = "") -> Iterator[Store]:
    """The store a command works on, closed at its end.

    Raises StoreError; StoreBusy, which says too what to do ``instead``.
    """
    found, spec = chosen(store)
    instead = instead or (READING if read_only else "")
    try:
        held = open_named(replace(found, store=spec), read_only=read_only)
    except StoreBusy as error:
        raise StoreBusy(f"{error}; {instead}" if instead else str(error)) from error
    if read_only and not is_whole(held) and any(article_graphs(held)):
        click.echo(STALE, err=True)
    try:
        yield held
    finally:
        held.close()


def extras(arguments: Sequence[str]) -> dict[str, list[str]]:
    """Options given as ``--key value`` or ``--key=value``, hyphens read as underscores.

    >>> extras(["--event-type", "ACCUSE", "--from=2022-10-01", "--event-type", "ASSAULT"])
    {'event_type': ['ACCUSE', 'ASSAULT'], 'from': ['2022-10-01']}
    """
    found: dict[str, list[str]] = {}
    items = iter(arguments)
    for item in items:
        name, equals, value = item.partition("=")
        if not name.startswith("--"):
            raise BadInput(f"what is {item!r}? A parameter is given as --name value")
        given = value if equals else next(items, None)
        if given is None:
            raise BadInput(f"{name} has no value; a parameter is given as --name value")
        found.setdefault(name[2:].replace("-", "_"), []).append(given)
    return found


def print_json(value: object) -> None:
    """JSON for programs, indented, in the order given."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], title: str = "") -> None:
    """A table for people; long cells wrap, nothing is cut off."""
    table = Table(*columns, title=title or None, title_justify="left", show_lines=False)
    for row in rows:
        table.add_row(*map(Text, row))
    console().print(table)


def console() -> Console:
    """Standard output as rich sees it: no colours and no cropping where it is no terminal."""
    return Console(width=None if sys.stdout.isatty() else WIDE, highlight=False)


def progress() -> Progress:
    """A bar on standard error, if a person watches it."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
        transient=True,
    )


def write(pieces: Iterable[bytes], output: Path | None) -> None:
    """Pieces to standard output or to a file, which is there whole or not at all."""
    if output is None:
        _print(pieces)
        return
    draft = output.with_name(f"{output.name}.part")
    if output.exists() and not output.is_file():
        draft = output  # a device or a pipe is written as it is
    try:
        with draft.open("wb") as file:
            file.writelines(pieces)
        if draft != output:
            draft.replace(output)
    except OSError as error:
        raise BadInput(f"{output} cannot be written: {error.strerror}") from error
    finally:
        if draft != output:
            draft.unlink(missing_ok=True)


def _print(pieces: Iterable[bytes]) -> None:
    stream = sys.stdout.buffer
    last = b""
    for last in pieces:
        stream.write(last)
    if sys.stdout.isatty() and not last.endswith(b"\n"):
        stream.write(b"\n")
    stream.flush()
