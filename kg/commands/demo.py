"""The demonstration: the sample articles are read, and the first question is answered."""

from pathlib import Path
from typing import Final

import click

from kg import query as questions
from kg.commands.query import print_answer
from kg.extract import open_extractor
from kg.filters import Filters, Kind, select_ids
from kg.pipeline import ingest
from kg.sources import Defaults, read
from kg.store import Store

SAMPLES: Final = Path(__file__).parents[1] / "samples"
QUESTION: Final = "who-called-for"
SHOWN: Final = ("who", "date", "what", "publisher")
LARGEST: Final = 2**20
COUNTED: Final[tuple[Kind, ...]] = ("articles", "statements", "events")


def show(store: Store) -> None:
    """Ingest the samples and print who called for investigations, and when."""
    click.echo("reading the sample articles …", err=True)
    ingest(store, read(str(SAMPLES), Defaults(), LARGEST), open_extractor("default"))
    totals = (f"{_total(store, kind)} {kind}" for kind in COUNTED)
    click.echo(f"{', '.join(totals)}\n")
    click.echo(questions.load(QUESTION).question)
    print_answer(questions.run(store, QUESTION), only=SHOWN)


def _total(store: Store, kind: Kind) -> int:
    return select_ids(store, Filters.parse(kind, {"limit": ["1"]})).total
