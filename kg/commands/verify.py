"""``kg verify``: the promises, checked."""

from dataclasses import asdict

import click

from kg.commands.common import examples, json_option, opened, print_json, store_option
from kg.judgements import standing, waiting
from kg.verify import PROMISES, verify
from kg.view import judgements


@click.command(
    "verify",
    epilog=examples(
        "kg verify",
        "kg verify --json --store oxigraph:/data/store",
    ),
)
@store_option
@json_option
def command(store: str | None, as_json: bool) -> int:
    """Check every promise on the store and name each breach.

    The exit status is 1 if a promise is broken. Judgements of what is not there today, or says
    something else by now, break none; they are counted.
    """
    with opened(store, read_only=True) as held:
        breaches = list(verify(held))
        told = judgements(held)
        wait = waiting(held, told, standing(told))
    if wait:
        counted = f"{len(wait)} of {len(told)} judgements"
        click.echo(f"{counted} wait for what they are of: kg judge list --state waiting", err=True)
    if as_json:
        print_json([asdict(breach) for breach in breaches])
        return 1 if breaches else 0
    for breach in breaches:
        click.echo(f"{breach}\n    {breach.remedy}")
    for number, promise in PROMISES.items():
        broken = sum(breach.promise == number for breach in breaches)
        click.echo(f"{number}. {promise}: {f'{broken} breaches' if broken else 'kept'}")
    return 1 if breaches else 0
