"""``kg judge``: what people find of what a machine read."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import click

from kg import records
from kg.commands.common import (
    Decorator,
    chosen,
    examples,
    json_option,
    opened,
    print_json,
    server_option,
    store_option,
)
from kg.commands.lines import summary
from kg.judgements.asked import Asked
from kg.judgements.listing import LIMIT, MOST, STATES, Selection
from kg.judgements.record import VERDICTS
from kg.judgements.resolve import resolve
from kg.judgements.slots import SLOTS
from kg.keeping import judge
from kg.keeping.distant import Distant

_BY: Final[Decorator] = click.option(
    "--by", required=True, metavar="NAME", envvar="KG_REVIEWER", help="Who judges. KG_REVIEWER too."
)
_WHY: Final[Decorator] = click.option("--why", required=True, metavar="TEXT", help="Why.")
_IRI: Final[Decorator] = click.argument("iri", metavar="IRI")
_OTHER: Final[Decorator] = click.argument("other", metavar="OTHER")


@click.group("judge", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Accept, reject or correct a finding; say what is the same or different.

    Findings are statements and reports of events. IRI is the whole IRI, or the last part of it.
    Nothing is deleted: a judgement is undone by another.
    """


def _judging(*more: Decorator) -> Decorator:
    """The options of a command that judges."""

    def add(function: Callable[..., Any]) -> Callable[..., Any]:
        for option in (json_option, store_option, server_option, _WHY, _BY, *reversed(more)):
            function = option(function)
        return function

    return add


@command.command(
    "accept",
    epilog=examples(
        'kg judge accept 51c1… --by Ana --why "The passage says so."',
    ),
)
@_judging(_IRI)
def accept(*, iri: str, **told: Any) -> None:
    """Say that a finding is right as it stands."""
    _keep({"verdict": "accept", "subject": iri, **told})


@command.command(
    "reject",
    epilog=examples(
        'kg judge reject 51c1… --by Ana --why "No part of this war."',
    ),
)
@_judging(_IRI)
def reject(*, iri: str, **told: Any) -> None:
    """Say that a finding is none: the view leaves it out."""
    _keep({"verdict": "reject", "subject": iri, **told})


@command.command(
    "same",
    epilog=examples(
        'kg judge same 77a0… 02bf… --by Ana --why "There is one such unit."',
    ),
)
@_judging(_IRI, _OTHER)
def same(*, iri: str, other: str, **told: Any) -> None:
    """Say that two actors, places, reports or statements are one."""
    _keep({"verdict": "same", "subject": iri, "object": other, **told})


@command.command(
    "different",
    epilog=examples(
        'kg judge different 77a0… 02bf… --by Ana --why "Mother and daughter."',
    ),
)
@_judging(_IRI, _OTHER)
def different(*, iri: str, other: str, **told: Any) -> None:
    """Say that two actors, places, reports or statements are not one."""
    _keep({"verdict": "different", "subject": iri, "object": other, **told})


@command.command(
    "correct",
    epilog=examples(
        'kg judge correct 51c1… addressee "Group: townspeople" --words "this town" --why "…"',
        'kg judge correct 9d3e… killed 12.. --at 265-283 --why "At least twelve."',
        'kg judge correct 9d3e… recipient --why "Nobody is named."',
    ),
)
@_judging(
    _IRI,
    click.argument("slot", metavar="SLOT", type=click.Choice(list(SLOTS))),
    click.argument("value", metavar="[VALUE ...]", nargs=-1),
    click.option("--words", multiple=True, help="Words of the article that show it."),
    click.option("--at", multiple=True, metavar="START-END", help="Where such words stand."),
    click.option(
        "--known-as", metavar="IRI", help="The actor or place of another article that it is."
    ),
)
def correct(
    *,
    iri: str,
    slot: str,
    value: tuple[str, ...],
    words: tuple[str, ...],
    at: tuple[str, ...],
    known_as: str | None,
    **told: Any,
) -> None:
    """Put a value into a slot of a finding, or none: the text has none.

    VALUE is a code, a date (2022-10-03), a toll (15, 12.., ..40), or an actor or place: its name
    in the article, its IRI, or "Person: Ada Lane" for somebody the machine did not find.
    """
    values: list[object] = list(value)
    if known_as:
        values.append({"same": known_as})
    evidence = [*words, *map(_span, at)]
    asked = {"verdict": "correct", "subject": iri, "slot": slot, "value": values or None}
    _keep({**asked, "evidence": evidence, **told})


@command.command(
    "undo",
    epilog=examples(
        'kg judge undo 59cf… --by Ana --why "One and the same after all."',
    ),
)
@_judging(_IRI)
def undo(*, iri: str, **told: Any) -> None:
    """Take a judgement back, by another."""
    _keep({"verdict": "undo", "subject": iri, **told})


@command.command(
    "list",
    epilog=examples(
        "kg judge list --by Ana --state contested",
        "kg judge list --json --server https://kg.example.org",
    ),
)
@click.option("--verdict", multiple=True, type=click.Choice(VERDICTS), help="What was found.")
@click.option("--by", multiple=True, metavar="NAME", help="Who judged.")
@click.option("--subject", multiple=True, metavar="IRI", help="What was judged.")
@click.option("--article", multiple=True, metavar="IRI", help="In which article.")
@click.option("--slot", multiple=True, type=click.Choice(list(SLOTS)), help="What was corrected.")
@click.option("--state", multiple=True, type=click.Choice(STATES), help="What became of it.")
@click.option("--limit", type=click.IntRange(1, MOST), default=LIMIT, show_default=True)
@click.option("--cursor", metavar="NEXT", help="Go on after a page: its next, as --json has it.")
@server_option
@store_option
@json_option
def listing(
    *,
    limit: int,
    cursor: str | None,
    server: str | None,
    store: str | None,
    as_json: bool,
    **picked: tuple[str, ...],
) -> None:
    """List judgements, the newest first, with what became of each."""
    asked = {**picked, "limit": [str(limit)], "cursor": [cursor] if cursor else []}
    found = _asked(asked, store, server)
    if as_json:
        print_json(found)
        return
    for one in found["items"]:
        click.echo(summary(one))
    click.echo(f"{len(found['items'])} of {found['total']} judgements")


def _asked(
    selection: Mapping[str, Sequence[str]], store: str | None, server: str | None
) -> Mapping[str, Any]:
    """A page of judgements, from here or from a server."""
    if server:
        with Distant(server, None) as distant:
            return distant.judgements(selection)
    with opened(store, read_only=True, instead="kg judge list takes --server too") as held:
        return records.judgements(held, Selection.parse(selection))


def _keep(given: dict[str, Any]) -> None:
    """Keep what is given, here or at a server, and print the record of it."""
    as_json, store, server = (given.pop(name) for name in ("as_json", "store", "server"))
    record = _elsewhere(server, given) if server else _here(store, given)
    if as_json:
        print_json(record)
        return
    click.echo(summary(record))


def _here(store: str | None, fields: Mapping[str, Any]) -> Any:
    asked = Asked.parse(fields)
    with opened(store, instead="kg judge takes --server too") as held:
        found = resolve(held, asked, datetime.now(UTC))
        judge(held, found)
        return records.judgement(held, found.id)


def _elsewhere(server: str, fields: Mapping[str, Any]) -> Any:
    Asked.parse(fields)
    with Distant(server, chosen(None)[0].token) as distant:
        return distant.judge(fields)


def _span(text: str) -> dict[str, object]:
    start, dash, end = text.partition("-")
    whole = dash and start.isdecimal() and end.isdecimal()
    return {"start": int(start), "end": int(end)} if whole else {"start": text}
