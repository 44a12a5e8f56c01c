"""The command line, ``kg``: each command in a file of ``kg.commands``, loaded when it is used.

So ``kg query`` starts without the analyser. Errors raised on purpose are told in one line and
end with status 2; a command that skipped something or found a breach ends with status 1.
"""

import logging
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

import click

from kg.errors import KgError

COMMANDS: Final = {
    "ingest": "Read articles and add what they say to the store.",
    "show": "Print one record with the words that say it.",
    "explain": "Print why a finding is what it is.",
    "query": "Ask a named question, or any question in SPARQL.",
    "export": "Write the graph or a part of it in a format other programs open.",
    "judge": "Accept, reject or correct a finding; say what is the same or different.",
    "remove": "Take an article down, and everything known only from it.",
    "link": "Make the view anew: who is who, and which reports tell one event.",
    "reindex": "Make the index anew: what lists, counts and searches are answered from.",
    "backup": "Copy a store as it is at one moment.",
    "restore": "Put a store back from a backup.",
    "stats": "Count what the store holds.",
    "verify": "Check every promise on the store and name each breach.",
    "serve": "Serve pages, JSON and SPARQL.",
}
"""Every command and its first line of help, so that ``kg --help`` loads none of them."""


class Lazy(click.Group):
    """A group that imports a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"kg.commands.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; a reader that has left (``kg query … | head``) is no error."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


STATUSES: Final = """\b
Exit statuses:
  0    done
  1    done, but something was skipped (ingest) or a promise is broken (verify)
  2    not done: the message says what was wrong and what is allowed
  130  interrupted
"""


@click.group(cls=Lazy, epilog=STATUSES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="conflict-kg", prog_name="kg")
@click.option("-v", "--verbose", is_flag=True, help="Say more of what is being done.")
def kg(verbose: bool) -> None:
    """Who said and did what in armed conflicts, with the words that say so."""
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, format="%(message)s", stream=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and end the process with its status."""
    try:
        status = kg.main(arguments, prog_name="kg", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except KgError as error:
        click.echo(f"kg: {error}", err=True)
        status = 2
    except (click.Abort, KeyboardInterrupt):
        status = 130
    sys.exit(status if isinstance(status, int) else 0)
