"""``kg backup``: a copy of a whole store at one moment."""

import shutil
from contextlib import ExitStack
from pathlib import Path

import click

from kg.commands.common import chosen, examples, opened, server_option, store_option, write
from kg.keeping.backup import collect, packed
from kg.keeping.distant import Distant


@click.command(
    "backup",
    epilog=examples(
        "kg backup nightly.tar",
        "kg backup nightly.tar --server https://kg.example.org",
        "kg backup - | zstd > nightly.tar.zst",
    ),
)
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@server_option
@store_option
def command(file: Path, server: str | None, store: str | None) -> None:
    """Copy a store as it is at one moment.

    FILE is a tar file that kg restore reads; - is standard output. It is made whole or not at all.
    With --server the store goes on being served meanwhile.
    """
    output = None if str(file) == "-" else file
    with ExitStack() as held:
        if server is not None:
            distant = held.enter_context(Distant(server, chosen(None)[0].token))
            pieces = distant.backup()
        else:
            place = collect(held.enter_context(opened(store)))
            held.callback(shutil.rmtree, place, ignore_errors=True)
            pieces = packed(place)
        write(pieces, output)
