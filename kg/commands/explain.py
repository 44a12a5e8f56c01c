"""``kg explain``: why a finding is what it is."""

import re
import sys
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import click
from rich.text import Text
from rich.tree import Tree

from kg.commands.common import (
    console,
    examples,
    extractor_option,
    json_option,
    opened,
    print_json,
    print_table,
    store_option,
)
from kg.commands.show import find
from kg.errors import NotFound
from kg.extract import Extractor
from kg.model import Article
from kg.reading import MEANINGS, Asked, asked, explained, ready_extractor
from kg.records import Json
from kg.sources import stated
from kg.store import Store

_IRI: Final = re.compile(r"https?://\S+|([a-z0-9]+-)*[0-9a-f]{32}")
"""An IRI, or the last part of one that this program makes; anything else is a text."""


@click.command(
    "explain",
    epilog=examples(
        'kg explain "The army denied on Monday that it had shelled the town." --date 2022-10-04',
        "kg explain 51c1… --json",
    ),
)
@click.argument("what", metavar="TEXT|IRI|-")
@click.option("--date", "day", help="The publication date of a text.")
@extractor_option
@store_option
@json_option
def command(what: str, day: str | None, extractor: str, store: str | None, as_json: bool) -> None:
    """Print why a finding is what it is.

    The cue and its line in the lexicon, the words and tables that gave each property, what a
    place's name can mean, and the tree of the sentence. TEXT is explained whole (- reads it from
    standard input); IRI is that of a statement, event, report or article of the store, or its last
    part, and its article is read again.
    """
    reader = ready_extractor(extractor)
    if _IRI.fullmatch(what):
        with opened(store, read_only=True) as held:
            found = _stored(held, reader, what)["findings"]
    else:
        text = sys.stdin.read() if what == "-" else what
        article = Article(text, published=stated(day) if day else None)
        found = explained(reader, None, [Asked(article)])["findings"]
    if as_json:
        print_json(found)
        return
    for one in found:
        _print(one)
    if not found:
        click.echo("Nothing is said or done in it, as far as the extractor can tell.")


def _stored(store: Store, reader: Extractor, iri: str) -> Json:
    """Why a finding of the store is what it is; NotFound if it is read otherwise now."""
    record = find(store, iri)
    found = explained(reader, store.base, asked(store, record, only=_report(record, iri)))
    if found["missing"]:
        raise NotFound(
            f"{found['missing'][0]} is not found any more by {found['reader']}; ingest its article"
            " again, or name the extractor that read it with --extractor"
        )
    return found


def _report(record: Json, iri: str) -> str | None:
    """The report of an event, where its IRI was given."""
    return next((one["id"] for one in record.get("reports", ()) if one["id"].endswith(iri)), None)


# -- for people --------------------------------------------------------------------------


def _print(why: Json) -> None:
    words = f"{why['key']} · {why['kind']} [{why['start']}, {why['end']}) “{why['words']}”"
    console().print(Text(words, "bold"))
    steps = [(step["what"], step["value"], step["why"]) for step in why["steps"]]
    print_table(("", "", "because"), steps)
    if why["places"]:
        names = ("place", "what", "country", "people", "weight", "")
        meanings = [_meaning(one) for one in why["places"][:MEANINGS]]
        print_table(names, meanings, "what the name can mean")
    console().print(_tree(why["tree"]))
    click.echo()


def _meaning(one: Json) -> tuple[str, ...]:
    chosen = "chosen" if one["chosen"] else ""
    people = f"{one['population']:,}" if one["population"] else ""
    because = "; ".join(filter(None, (chosen, one["because"])))
    country, weight = one["country"] or "", f"{one['weight']:.1f}"
    return one["name"], one["precision"], country, people, weight, because


def _tree(nodes: Sequence[Json]) -> Tree:
    """The sentence's words, each below the one it hangs on, in the order of the text."""
    below: defaultdict[int | None, list[Json]] = defaultdict(list)
    for node in nodes:
        below[None if node["head"] == node["number"] else node["head"]].append(node)
    root = Tree("tree")
    waiting: list[tuple[Tree, int | None]] = [(root, None)]
    while waiting:
        branch, number = waiting.pop()
        for node in below[number]:
            label = Text(f"{node['word']}  {node['relation']}  {node['tag']}")
            waiting.append((branch.add(label), node["number"]))
    return root
