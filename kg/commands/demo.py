"""The demonstration: the sample articles are read, and the first question is answered."""

from pathlib import Path
from typing import Final

import click

from kg import query as questions
from kg.commands.query import print_answer
from kg.extract import open_extractor
from kg.pipeline import ingest
from kg.sources import Defaults, read
from kg.store import Store

SAMPLES: Final = Path(__file__).parents[1] / "samples"
QUESTION: Final = "who-called-for"
SHOWN: Final = ("who", "date", "what", "publisher")
LARGEST: Final = 2**20


def show(store: Store) -> None:
    """Ingest the samples and print who called for investigations, and when."""
    click.echo("reading the sample articles …", err=True)
    outcome = ingest(store, read(str(SAMPLES), Defaults(), LARGEST), open_extractor("default"))
    click.echo(
        f"{outcome.read} articles: {outcome.statements} statements, {outcome.reports} reports\n"
    )
    click.echo(questions.load(QUESTION).question)
    print_answer(questions.run(store, QUESTION), only=SHOWN)
