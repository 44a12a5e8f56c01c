"""``kg export``: the view, or a selection of it, as a file that other programs open."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

import click

from kg.commands.common import chosen, examples, extras, opened, output_option, store_option, write
from kg.errors import BadInput
from kg.export import FORMATS, export, selection
from kg.filters import Filters, select_ids, unknown
from kg.index.reading import indexed
from kg.projection import PRESETS, shelf
from kg.store import Store

_DRAWN: Final = [name for name, one in FORMATS.items() if one.drawn]


@click.command(
    "export",
    epilog=examples(
        "kg export --format statements-csv --output statements.csv",
        "kg export --format gexf --projection actor-event --from 2021-06 --output june.gexf",
        "kg export --format events-acled --place Lorik",
        "kg export --format nquads --no-text | gzip > graph.nq.gz",
    ),
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    required=True,
    help=f"{', '.join(_DRAWN)} draw a projection; the others are tables, maps and RDF.",
)
@click.option(
    "--projection",
    type=click.Choice(list(PRESETS)),
    default="actor-actor",
    show_default=True,
    help="What the nodes and edges of a drawing are.",
)
@click.option("--around", multiple=True, help="Only this node (its IRI) and its neighbours.")
@click.option("--no-text", is_flag=True, help="Leave article texts out; quoted evidence stays.")
@store_option
@output_option
@click.pass_context
def command(
    context: click.Context,
    *,
    form: str,
    projection: str,
    around: tuple[str, ...],
    no_text: bool,
    store: str | None,
    output: Path | None,
) -> None:
    """Write the graph or a part of it in a format other programs open.

    The filters of the pages select a part, as --KEY VALUE: --act deny, --actor Kesh,
    --event-type ASSAULT, --from 2021-06 … They are those of statements, with --of events those of
    events. A part that holds nothing gives an empty file, and standard error says so.
    """
    filters = selection(extras(context.args))
    if output is None and FORMATS[form].ending.endswith("zip") and sys.stdout.isatty():
        raise BadInput(f"{form} is a zip archive, nothing for a terminal; name a file: --output")
    with opened(store, read_only=True) as held:
        asked = indexed(held)
        pieces = export(
            asked,
            form,
            projection=projection,
            filters=filters,
            no_text=no_text,
            around=around,
            draw=partial(shelf(chosen(store)[1]).sheet, asked),
        )
        write(pieces, output)
        for line in _emptiness(held, filters):
            click.echo(f"kg: {line}", err=True)


def _emptiness(store: Store, filters: Filters) -> Iterator[str]:
    """Why a selection holds nothing; no line where it holds something."""
    if select_ids(store, replace(filters, limit=1)).total:
        return
    chosen = ", ".join(f"{name}={value}" for name, value in filters.pairs())
    where = f" with {chosen}" if chosen else "; kg ingest reads articles in"
    yield f"nothing matched: the store holds none of the {filters.kind}{where}"
    for one in unknown(store, filters):
        yield str(one)
