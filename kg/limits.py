"""How much of a list is asked for."""

from typing import Final

from kg.errors import BadFilter

_DIGITS: Final = 9


def at_most(text: str, most: int) -> int:
    """A limit as a request gives it. Raises BadFilter for all but a whole number from 1 to most.

    >>> at_most("20", 100)
    20
    """
    whole = text.isascii() and text.isdigit() and len(text) <= _DIGITS
    if not (whole and 1 <= int(text) <= most):
        told = f"limit={text[:20]!r} is not allowed; allowed: a whole number from 1 to {most}"
        raise BadFilter(told)
    return int(text)
