"""``kg restore``: a store put back from a backup."""

import sys
from contextlib import ExitStack
from pathlib import Path

import click

from kg.commands.common import chosen, examples, opened, store_option
from kg.commands.reindex import mended
from kg.errors import BadInput
from kg.keeping.backup import restore
from kg.store.folder import place_of


@click.command(
    "restore",
    epilog=examples(
        "kg restore nightly.tar --store oxigraph:/data/store",
        "zstd -dc nightly.tar.zst | kg restore - --store oxigraph:/data/store",
    ),
)
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@store_option
def command(file: Path, store: str | None) -> None:
    """Put a store back from a backup.

    FILE is what kg backup made; - is standard input. The store's folder must be new or empty.
    """
    _, spec = chosen(store)
    home = place_of(spec)
    if home is None:
        raise BadInput(f"{spec} is not in a folder; name the store oxigraph:PATH")
    with ExitStack() as held:
        try:
            source = sys.stdin.buffer if str(file) == "-" else held.enter_context(file.open("rb"))
        except OSError as error:
            raise BadInput(f"{file} cannot be read: {error.strerror}") from error
        restore(source, home)
    with opened(spec) as back:
        mended(back)
        click.echo(f"restored {back.size()} quads to {home}")
