"""``kg query``: a named question, a file, or a query as it is typed."""

import json
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import click

from kg import query as questions
from kg.commands.common import (
    chosen,
    examples,
    extras,
    json_option,
    opened,
    output_option,
    print_json,
    print_table,
    store_option,
    write,
)
from kg.errors import BadInput
from kg.filters import Unknown
from kg.query.saved import Saved, shelf
from kg.sparql import GRAPHS, TABLES, rows
from kg.store import JSON, Answer, Store
from kg.store.text.querytext import require_query

_ASIDE: Final = ("start", "end")
"""Columns of a named question that are for programs, next to those that hold IRIs."""


@click.command(
    "query",
    epilog=examples(
        "kg query",
        "kg query --name who-called-for --mode investigate",
        "kg query --name what-happened-on --from 2021-05 --to 2021-05 --format csv",
        "kg query 'SELECT * { ?thing a ?type } LIMIT 5'",
    ),
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)
@click.argument("text", required=False, metavar="[FILE.rq|SPARQL]")
@click.option("--name", help="A named or saved question; its parameters follow as --KEY VALUE.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", *TABLES, *GRAPHS]),
    default="table",
    help="The form of the answer. Default: table, and Turtle for CONSTRUCT and DESCRIBE.",
)
@json_option
@store_option
@output_option
@click.pass_context
def command(
    context: click.Context,
    *,
    text: str | None,
    name: str | None,
    form: str,
    as_json: bool,
    store: str | None,
    output: Path | None,
) -> None:
    """Ask a named question, or any question in SPARQL.

    Without a question, the named ones and those saved beside the store are listed. A query
    sees the view: what all articles say together; GRAPH ?g sees each article's own graph.
    """
    form = "json" if as_json else form
    found, spec = chosen(store)
    saved = Saved(shelf(spec))
    if name is None and text is None:
        list_questions(saved, as_json=as_json)
        return
    asked = _asked(text, name, context.args, saved)
    with opened(store, read_only=True) as held, deadline(found.query_seconds):
        answer = ask(held, asked.put_to(held), form)
        unknown = asked.unknown(held)
    if form == "table" and output is None and answer.form != "construct":
        print_answer(answer, tidy=name is not None)
    else:
        write([answer.body], output)
    for one in unknown:
        click.echo(f"kg: {one}", err=True)


def list_questions(saved: Saved, *, as_json: bool) -> None:
    """Every named question and every saved query with its parameters."""
    found = [*map(questions.load, questions.names()), *saved.all()]
    if as_json:
        kept = ("name", "title", "question", "description", "params")
        print_json([{name: asdict(one)[name] for name in kept} for one in found])
        return
    print_table(
        ("--name", "question", "parameters"),
        [
            (one.name, one.question, "\n".join(f"--{p.name} {p.default}" for p in one.params))
            for one in found
        ],
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: a named question and its parameters, or a text as it is."""

    question: questions.Question | None
    given: Mapping[str, str]
    text: str

    def put_to(self, store: Store) -> str:
        """The query for this store, names led to those who bear them."""
        if self.question is None:
            return self.text
        return questions.bind(
            self.question, self.given, questions.meant(store, self.question, self.given)
        )

    def unknown(self, store: Store) -> list[Unknown]:
        """The names in the parameters that mean nobody."""
        return questions.unknown(store, self.question, self.given) if self.question else []


def _asked(text: str | None, name: str | None, arguments: Sequence[str], saved: Saved) -> Asked:
    """What is asked, checked as far as it can be without a store."""
    if name is None:
        if arguments:
            raise BadInput(f"{arguments[0]} is a parameter; parameters go with --name")
        return Asked(None, {}, _text(text or ""))
    given = _single(extras([text, *arguments] if text else list(arguments)))
    question = saved.load(name)
    return Asked(question, given, questions.bind(question, given))


def _single(given: Mapping[str, Sequence[str]]) -> dict[str, str]:
    for key, values in given.items():
        if len(values) > 1:
            raise BadInput(f"--{key} is given {len(values)} times; a question takes it once")
    return {key: values[0] for key, values in given.items()}


def _text(text: str) -> str:
    """The text of a file if it names one, else the text itself. BadQuery for an update."""
    if any(char in text for char in "{\n"):
        return text
    try:
        return Path(text).read_text(encoding="utf-8")
    except OSError as error:
        require_query(text)
        raise BadInput(f"{text!r} is no query and no file: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{text!r} is not UTF-8 text: {error.reason}") from error


def ask(store: Store, text: str, form: str) -> Answer:
    """The answer in a form; the query can be interrupted, for the store is only read.

    An engine at work hears no Python signal, so the system's own handling is put back.
    """
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        return store.query(
            text, table=TABLES.get(form, JSON), graph=GRAPHS.get(form, GRAPHS["turtle"])
        )
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """End the process, and say why, if what is done inside takes longer.

    Not by the server's workers: those read a published snapshot, and to publish one the store
    must be open for writing, which would keep every other reader out. Here the process is the
    query's own, so the process goes. The engine lets other threads run while it works.
    """
    timer = threading.Timer(seconds, _late, [seconds])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _late(seconds: float) -> None:
    click.echo(
        f"kg: the query ran past {seconds:g} s; make it narrower (more terms, fewer joins, a "
        "LIMIT), or raise KG_QUERY_SECONDS",
        err=True,
    )
    sys.stderr.flush()
    os._exit(2)


def print_answer(answer: Answer, *, tidy: bool = False, only: Sequence[str] = ()) -> None:
    """A table, or yes or no. ``tidy`` leaves out what is for programs, ``only`` all others."""
    answer = answer.whole()
    if answer.form == "ask":
        click.echo("yes" if json.loads(answer.body)["boolean"] else "no")
        return
    found = rows(answer)
    columns = [name for name in json.loads(answer.body)["head"]["vars"] if name in (only or [name])]
    if tidy:
        columns = [name for name in columns if name not in _ASIDE and not _is_link(name, found)]
    if found:
        print_table(columns, [[row.get(name, "") for name in columns] for row in found])
    else:
        click.echo("no answer")


def _is_link(name: str, found: Sequence[Mapping[str, str]]) -> bool:
    """Whether a column holds nothing but IRIs."""
    return all(row[name].startswith(("http://", "https://")) for row in found if name in row)
