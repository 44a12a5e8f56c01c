"""``kg explain``: why a finding is what it is."""

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

import click
from rich.text import Text
from rich.tree import Tree

from kg import records
from kg.commands.common import (
    console,
    extractor_option,
    json_option,
    opened,
    print_json,
    print_table,
    store_option,
)
from kg.commands.show import find
from kg.errors import BadInput, NotFound
from kg.extract import Explains
from kg.extract.dates import parse_date
from kg.extract.explain import Node, Why
from kg.model import Article
from kg.rdf import finding_iris
from kg.reading import ready_extractor
from kg.sources import stated
from kg.store import Store

MOST: Final = 5
"""Meanings of a place name that are printed for people."""
Found = tuple[Article, Sequence[str]]
"""An article, and the IRIs of what is to be explained of it; none for everything."""


@click.command("explain")
@click.argument("what", metavar="TEXT|IRI|-")
@click.option("--date", "day", help="The publication date of a text.")
@extractor_option
@store_option
@json_option
def command(what: str, day: str | None, extractor: str, store: str | None, as_json: bool) -> None:
    """Print why a finding is what it is.

    The cue and its line in the lexicon, the words and tables that gave each property, what a
    place's name can mean, and the tree of the sentence. TEXT is explained whole (- reads it from
    standard input); IRI is a statement, event, report or article of the store, whose article is
    read again.
    """
    reader = ready_extractor(extractor)
    if not isinstance(reader, Explains):
        raise BadInput(f"the extractor {extractor!r} cannot explain itself; the default one can")
    if what.startswith(("http://", "https://")):
        with opened(store, read_only=True) as held:
            found = [
                one
                for article, wanted in _stored(held, what)
                for one in _chosen(held.base, reader, article, wanted)
            ]
    else:
        text = sys.stdin.read() if what == "-" else what
        found = list(reader.explain(Article(text, published=stated(day) if day else None)))
    if as_json:
        print_json([asdict(one) for one in found])
        return
    for one in found:
        _print(one)
    if not found:
        click.echo("Nothing is said or done in it, as far as the extractor can tell.")


# -- what is to be explained -------------------------------------------------------------


def _stored(store: Store, iri: str) -> Iterator[Found]:
    """The articles that a finding of the store stands in, with its IRIs there."""
    record = find(store, iri)
    if "text" in record and "statements" in record:
        yield _article(record), ()
    elif "act" in record:
        yield _whole(store, record["article"]["id"]), (record["id"],)
    elif "reports" in record and "event_type" in record:
        for report in record["reports"]:
            if iri in (report["id"], record["id"]) or "/report/" not in iri:
                yield _whole(store, report["article"]["id"]), (report["id"],)
    else:
        raise BadInput(f"{iri} is no statement, event, report or article; these are explained")


def _whole(store: Store, iri: str) -> Article:
    record = records.one(store, "articles", iri)
    if not isinstance(record, dict):
        raise NotFound(f"no article {iri}")
    return _article(record)


def _article(record: Mapping[str, Any]) -> Article:
    published = record["published"]
    return Article(
        record["text"],
        url=record["url"],
        headline=record["headline"],
        published=parse_date(published) if published else None,
        publisher=record["publisher"],
    )


def _chosen(base: str, reader: Explains, article: Article, wanted: Sequence[str]) -> list[Why]:
    """The explanations of these findings of an article; NotFound if it is read otherwise now."""
    iris = finding_iris(base, article, reader.extract(article))
    found = [one for one in reader.explain(article) if not wanted or iris[one.key] in wanted]
    if wanted and not found:
        raise NotFound(
            f"{wanted[0]} is not found any more by {reader.name} {reader.version}; "
            "ingest its article again, or name the extractor that read it with --extractor"
        )
    return found


# -- for people --------------------------------------------------------------------------


def _print(why: Why) -> None:
    console().print(Text(f"{why.key} · {why.kind} [{why.start}, {why.end}) “{why.words}”", "bold"))
    print_table(("", "", "because"), [(step.what, step.value, step.why) for step in why.steps])
    if why.places:
        names = ("place", "what", "country", "people", "weight", "")
        print_table(names, [_meaning(one) for one in why.places[:MOST]], "what the name can mean")
    console().print(_tree(why.tree))
    click.echo()


def _meaning(one: Any) -> tuple[str, ...]:
    chosen = "chosen" if one.chosen else ""
    people = f"{one.population:,}" if one.population else ""
    because = "; ".join(filter(None, (chosen, one.because)))
    return one.name, one.precision, one.country or "", people, f"{one.weight:.1f}", because


def _tree(nodes: Sequence[Node]) -> Tree:
    """The sentence's words, each below the one it hangs on, in the order of the text."""
    below: defaultdict[int | None, list[Node]] = defaultdict(list)
    for node in nodes:
        below[None if node.head == node.number else node.head].append(node)
    root = Tree("tree")
    waiting: list[tuple[Tree, int | None]] = [(root, None)]
    while waiting:
        branch, number = waiting.pop()
        for node in below[number]:
            label = Text(f"{node.word}  {node.relation}  {node.tag}")
            waiting.append((branch.add(label), node.number))
    return root
