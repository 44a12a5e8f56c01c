"""How sure the rules are of a finding: a published table, never a model's number."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Literal

from kg.extract.lexicon import rows

Kind = Literal["statement", "report"]


def confidence(kind: Kind, rules: Iterable[str]) -> float:
    """The sum of what the rules that hold give, of two decimals; see ``confidence.tsv``.

    >>> confidence("statement", ["quoted", "pronoun"])
    0.85
    """
    return _sum(kind, tuple(rules))


def addends(kind: Kind, rules: Iterable[str]) -> str:
    """The sum as people read it.

    >>> addends("statement", ["quoted", "pronoun"])
    'quoted 0.95, pronoun -0.10'
    """
    told = {row["rule"]: row["value"] for row in rows("confidence.tsv") if row["kind"] == kind}
    return ", ".join(f"{rule} {told[rule]}" for rule in rules)


@cache
def _sum(kind: Kind, rules: tuple[str, ...]) -> float:
    return float(sum(_table()[kind, rule] for rule in rules))


@cache
def _table() -> dict[tuple[str, str], Decimal]:
    return {(row["kind"], row["rule"]): Decimal(row["value"]) for row in rows("confidence.tsv")}
