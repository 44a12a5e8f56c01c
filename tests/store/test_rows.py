"""Rows of an answer are counted as they are written, whatever stands in them."""

import pytest
from pyoxigraph import Store

from kg.errors import LimitHit
from kg.store.evaluate import TABLES, Question, evaluate

LIKE_ROWS = '}},{ },{\\"a <result> },{\\"'
ROWS = 3


def asked(select: str, table: str, rows: int) -> Question:
    values = " ".join(f'("{LIKE_ROWS}{n}" {n})' for n in range(ROWS))
    return Question(
        f"SELECT {select} {{ VALUES (?a ?b) {{ {values} }} }}", "a:v", (), None, table, rows=rows
    )


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("select", ["?a", "?a ?b", "?none ?b ?a"])
def test_rows_are_counted_whatever_stands_in_them(table: str, select: str) -> None:
    assert evaluate(Store(), asked(select, table, ROWS)).form == "select"
    with pytest.raises(LimitHit, match=f"more than {ROWS - 1} rows"):
        evaluate(Store(), asked(select, table, ROWS - 1))
