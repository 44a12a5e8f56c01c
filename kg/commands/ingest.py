"""``kg ingest``: articles in, findings in the store."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Final

import click
from click.core import ParameterSource

from kg.commands.common import (
    chosen,
    examples,
    extractor_option,
    json_option,
    opened,
    print_json,
    progress,
    server_option,
    store_option,
)
from kg.errors import BadInput
from kg.iri import article_iri
from kg.keeping.distant import Distant
from kg.model import Article, Skipped
from kg.pipeline import Outcome, ingest
from kg.reading import Readers
from kg.sources import Defaults, read, stated
from kg.sparql import describe
from kg.store import Store

_OF_ONE: Final = ("url", "headline")
"""Options that say what no two articles share."""
_LOSABLE: Final = {
    "ck:edtf": ("published", "--date"),
    "schema:headline": ("headline", "--headline"),
    "schema:publisher": ("publisher", "--publisher"),
    "schema:author": ("author", "--author"),
}
"""What a reading may lose that an earlier one stated: property → field, and option."""


@click.command(
    "ingest",
    epilog=examples(
        "kg ingest news/ https://news.example/article",
        'kg ingest clipping.txt --date 2022-10-04 --publisher "The Post" --headline "Truce holds"',
        "kg ingest corpus.jsonl --readers 4 --json",
        "kg ingest clipping.txt --server https://kg.example.org",
    ),
)
@click.argument("sources", nargs=-1, required=True, metavar="PATH|URL|- ...")
@click.option("--date", "day", help="The publication date where the source states none.")
@click.option("--url", help="The address of the article, where the source states none.")
@click.option("--headline", help="The article's headline, where the source states none.")
@click.option("--publisher", help="Who published it, where the source states none.")
@click.option("--author", help="Who wrote it, where the source states none.")
@click.option("--encoding", default="utf-8", help="The encoding of text that declares none.")
@extractor_option
@click.option(
    "--readers",
    type=click.IntRange(min=0),
    help="How many processes read; KG_READERS sets it too, else one a core. 1 is this one.",
)
@server_option
@store_option
@json_option
def command(
    *,
    sources: Sequence[str],
    day: str | None,
    encoding: str,
    extractor: str,
    readers: int | None,
    server: str | None,
    store: str | None,
    as_json: bool,
    **stating: str | None,
) -> int:
    """Read articles and add what they say to the store.

    PATH is a text, Markdown, HTML or JSON Lines file, or a folder of them; - is standard
    input. What cannot be read is named with its reason, the rest is kept, and the exit status
    is 1. With --server they are read here, and what they say is read there.
    """
    for name in _OF_ONE:
        if stating[name] and (len(sources) > 1 or Path(sources[0]).is_dir()):
            raise BadInput(f"--{name} is of one article; give one file with it")
    defaults = Defaults(stated(day) if day else None, encoding=encoding, **stating)
    lost: list[str] = []
    count = chosen(None)[0].readers if readers is None else readers
    gaps: Counter[str] = Counter()
    items = _counted(_read(sources, defaults), gaps)
    with ExitStack() as held, progress() as bar:
        task = bar.add_task("articles", total=None)
        advance = partial(bar.advance, task)
        if server is not None:
            _refuse_readers("extractor", "readers", "store")
            distant = held.enter_context(Distant(server, chosen(None)[0].token))
            outcome = distant.put(items, progress=advance)
        else:
            kept = held.enter_context(opened(store))
            by = held.enter_context(Readers(extractor, count=count))
            outcome = ingest(kept, _watched(kept, items, lost), by, progress=advance)
    for line in lost:
        click.echo(f"kg: {line}", err=True)
    if gaps["published"]:
        click.echo(
            f"kg: no publication date of {_count(gaps['published'], 'article')}: weekdays and days "
            "without a year stay undated there (--date gives one)",
            err=True,
        )
    _report(outcome, as_json)
    return 1 if outcome.skipped else 0


def _refuse_readers(*names: str) -> None:
    """BadInput for an option that says what the server says."""
    context = click.get_current_context()
    for name in names:
        if context.get_parameter_source(name) == ParameterSource.COMMANDLINE:
            raise BadInput(f"--{name} is the server's to say; leave it out with --server")


def _read(sources: Sequence[str], defaults: Defaults) -> Iterator[Article | Skipped]:
    limit = chosen(None)[0].max_source_mb * 2**20
    for where in sources:
        yield from read(where, defaults, limit)


def _counted(items: Iterator[Article | Skipped], gaps: Counter[str]) -> Iterator[Article | Skipped]:
    """The same items; articles without a publication date are counted."""
    for item in items:
        gaps["published"] += isinstance(item, Article) and not item.published
        yield item


def _watched(
    store: Store, items: Iterator[Article | Skipped], lost: list[str]
) -> Iterator[Article | Skipped]:
    """The same items; what the store knows of an article and this reading does not is noted."""
    for item in items:
        if isinstance(item, Article):
            lost.extend(_losses(store, item))
        yield item


def _losses(store: Store, article: Article) -> Iterator[str]:
    missing = [name for name, (what, _) in _LOSABLE.items() if not getattr(article, what)]
    if not missing:
        return
    iri = article_iri(store.base, article.url, article.text)
    known = describe(store, [iri], missing).get(iri, {})
    for name in missing:
        if name in known:
            what, option = _LOSABLE[name]
            yield (
                f"{iri} loses what an earlier reading stated as {what}, {known[name][0]}; "
                f"ingest it again with {option} to keep it"
            )


def _report(outcome: Outcome, as_json: bool) -> None:
    for item in outcome.skipped:
        click.echo(f"skipped {item.where}: {item.reason}", err=True)
    if as_json:
        print_json(asdict(outcome))
        return
    fates = f"{outcome.new} new, {outcome.replaced} replaced, {outcome.unchanged} unchanged"
    click.echo(f"{_count(outcome.read, 'article')}: {fates}; {len(outcome.skipped)} skipped")
    click.echo(f"{_count(outcome.statements, 'statement')}, {_count(outcome.reports, 'report')}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
