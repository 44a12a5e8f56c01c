"""Articles written into a store until it holds so many quads, and the view over them."""

import argparse
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

from kg.iri import DEFAULT_BASE
from kg.model import Article, Extraction
from kg.rdf import article_graph
from kg.store import Store, open_store
from kg.terms import Triple
from kg.view import Packed, refresh
from scripts.scale import sentences
from scripts.scale.page import Page
from scripts.scale.world import FIRST_DAY, World

QUADS_AN_ARTICLE: Final = 1880
"""What an article adds to a store, its part of the view included; measured."""
TOLD: Final = 7
"""Things an article tells at the most."""
SENTENCES: Final = 22
"""Sentences of an article, on average."""


def articles(count: int, seed: int = 1) -> Iterator[tuple[Article, Extraction]]:
    """So many articles and what they say, day after day."""
    world = World(seed, count)
    for number in range(count):
        yield _article(world, Random(f"{seed} {number}"), number, count)


def one_more(count: int, random: Random, seed: int = 1) -> tuple[Article, Extraction]:
    """An article of the last day of as many articles, that is not one of them."""
    return _article(World(seed, count), random, count - 1, count)


def _article(world: World, random: Random, number: int, count: int) -> tuple[Article, Extraction]:
    page = Page(FIRST_DAY + timedelta(3 + number * (world.days - 3) // count))
    sayings, often = zip(*sentences.SAYINGS, strict=True)
    headline = ""
    length = max(4, int(random.gauss(SENTENCES, 8)))
    for told in range(random.randint(2, TOLD)):
        what = world.about(page.day, random)
        report = sentences.tell(page, random, what, fact=random.random() < 0.8)
        headline = headline or f"{what.land.name}: {sentences.noun(what)} in {what.place.name}"
        for _ in range(length // (told + 4)):
            random.choices(sayings, often)[0](page, world, random, what, report)
    return page.done(headline, world.outlets.choose(random), number)


def fill(store: Store, count: int, seed: int = 1) -> None:
    """Write so many articles and the view, as ``kg ingest`` does."""
    made = Packed()
    store.replace(_kept(store.base, count, seed, made))
    refresh(store, made)


def _kept(base: str, count: int, seed: int, made: Packed) -> Iterator[tuple[str, Sequence[Triple]]]:
    for article, found in articles(count, seed):
        iri, triples = article_graph(base, article, found)
        made.put(iri, triples)
        yield iri, triples


def ready(folder: Path, quads: int, seed: int = 1) -> Path:
    """A store of about so many quads in a folder of stores; made where it is not there."""
    place = folder / f"{quads}-{seed}"
    note = folder / f"{quads}-{seed}.done"
    if not note.exists():
        store = open_store(f"oxigraph:{place}", base=DEFAULT_BASE)
        begun = time.perf_counter()
        fill(store, quads // QUADS_AN_ARTICLE, seed)
        note.write_text(f"{store.size()} quads in {time.perf_counter() - begun:.0f} s\n")
        store.close()
    return place


def main() -> None:
    """``python -m scripts.scale.filling FOLDER QUADS``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("quads", type=int)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    place = ready(options.folder, options.quads)
    print(place, place.with_suffix(".done").read_text(), end="")


if __name__ == "__main__":
    main()
