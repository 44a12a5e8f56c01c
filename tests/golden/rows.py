"""Golden rows: what the index keeps of a small store, by the rules of today.

Each line is a row, each file begins with the number of the rules (``kg.index.schema.RULES``).
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kg.filters import KINDS
from kg.index.row import Row
from kg.index.rows import derive
from kg.index.schema import RULES
from kg.index.source import Source
from kg.index.touched import everything
from kg.keeping import judge
from kg.store import Store
from tests.scene_review import JUDGEMENTS, article_store

FILE: Final = "rows.jsonl"


class RulesStand(Exception):
    """Rows say something else than before, and the rules have the number that they had."""


def stored() -> Store:
    """The scene after two people have reviewed it."""
    store = article_store()
    for one in JUDGEMENTS:
        judge(store, one)
    return store


def golden(store: Store, rules: str = RULES) -> str:
    """The rows of a store as the code of today makes them."""
    rows = (derive(Source(store), kind, list(everything(store, kind))) for kind in KINDS)
    lines = (json.dumps(_told(row), ensure_ascii=False) for some in rows for row in some)
    return "\n".join([json.dumps({"rules": rules}), *lines, ""])


def write(folder: Path) -> None:
    """Write them into a folder. Raises RulesStand where RULES has to be raised first."""
    text = golden(stored())
    check((folder / FILE).read_text("utf-8") if (folder / FILE).exists() else "", text)
    (folder / FILE).write_text(text, "utf-8")


def check(before: str, now: str) -> None:
    """Raise RulesStand where rows differ and the number of the rules does not."""
    if before != now and before.partition("\n")[0] == now.partition("\n")[0]:
        raise RulesStand(
            "rows of the index changed: raise RULES in kg/index/schema.py, "
            "then python -m tests.golden, then git diff"
        )


def _told(row: Row) -> dict[str, object]:
    return dict(_fields(row))


def _fields(row: Row) -> Iterator[tuple[str, object]]:
    for name in Row.__dataclass_fields__:
        said = getattr(row, name)
        yield name, json.loads(said) if name == "body" else said
    yield "mark", row.mark.hex()
