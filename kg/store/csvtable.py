"""SPARQL results in CSV, made from TSV: every cell is whole, whatever it holds.

The engine's own CSV leaves IRIs unquoted. Those of evidence (``#char=3,9``) and of many news
pages hold a comma, so their rows would fall apart.
"""

import csv
import io

from kg import terms


def from_tsv(table: bytes) -> bytes:
    """SPARQL 1.1 results in CSV (RFC 4180) from the same in TSV.

    >>> from_tsv(b'?a\\t?b\\t?c\\n<http://x/#char=3,9>\\t"no"@en\\t7\\n')
    b'a,b,c\\r\\n"http://x/#char=3,9",no,7\\r\\n'
    """
    head, *rows = table.decode().removesuffix("\n").split("\n")
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([name.removeprefix("?") for name in head.split("\t")])
    writer.writerows([_plain(cell) for cell in row.split("\t")] for row in rows)
    return out.getvalue().encode()


def _plain(cell: str) -> str:
    """What a term says: no brackets, no quotes, no type."""
    if cell.startswith('"') or (cell.startswith("<") and not cell.startswith("<<")):
        return terms.value(cell)
    return cell
