"""How a replaceable part is opened by name.

A name is one of ours, the name of an installed entry point, or ``module:Class``. Nothing heavy
is imported before the part is asked for.
"""

from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from kg.errors import BadInput


def open_named(name: str, *, kind: str, group: str, built_in: Mapping[str, str]) -> Any:
    """An instance of the ``kind`` ("extractor") of this name; BadInput says which there are.

    ``group`` is the entry-point group, ``built_in`` maps our own names to ``module:Class``.
    """
    target = built_in.get(name) or _installed(group, name) or name
    module, colon, attribute = target.partition(":")
    if not colon:
        known = ", ".join(names(group, built_in))
        raise BadInput(f"no {kind} is called {name!r}; there are: {known}, or give module:Class")
    try:
        return getattr(import_module(module), attribute)()
    except (ImportError, AttributeError) as error:
        raise BadInput(f"{kind} {name!r} cannot be imported: {error}") from error


def names(group: str, built_in: Mapping[str, str]) -> tuple[str, ...]:
    """The names that are installed, sorted."""
    installed = {point.name for point in entry_points(group=group)}
    return tuple(sorted(built_in.keys() | installed))


def _installed(group: str, name: str) -> str | None:
    found = entry_points(group=group, name=name)
    return next(iter(found)).value if found else None
