"""How a replaceable part is opened by name.

A name is one of ours, the name of an installed entry point, or ``module:Class``; one of ours that
ends in a colon takes what stands behind it: ``spacy:en_core_web_sm``. Nothing heavy is imported
before the part is asked for.
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
    given = _given(name, built_in)
    target = built_in.get(name) or _installed(group, name) or name
    if given:
        target = built_in[name.removesuffix(given[0])]
    module, colon, attribute = target.partition(":")
    if not colon:
        known = ", ".join(names(group, built_in))
        raise BadInput(f"no {kind} is called {name!r}; there are: {known}, or give module:Class")
    try:
        return getattr(import_module(module), attribute)(*given)
    except (ImportError, AttributeError) as error:
        raise BadInput(f"{kind} {name!r} cannot be imported: {error}") from error


def _given(name: str, built_in: Mapping[str, str]) -> tuple[str, ...]:
    """What stands behind the colon of one of our names, if that takes something.

    >>> _given("spacy:en_core_web_sm", {"spacy:": "kg.analyse.installed:InstalledAnalyser"})
    ('en_core_web_sm',)
    """
    scheme, _, argument = name.partition(":")
    return (argument,) if argument and f"{scheme}:" in built_in else ()


def names(group: str, built_in: Mapping[str, str]) -> tuple[str, ...]:
    """The names that are installed, sorted."""
    installed = {point.name for point in entry_points(group=group)}
    return tuple(sorted(built_in.keys() | installed))


def _installed(group: str, name: str) -> str | None:
    found = entry_points(group=group, name=name)
    return next(iter(found)).value if found else None
