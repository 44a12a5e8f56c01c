"""conflict-kg: who said and did what, to whom, when and where, with the words that say so.

``kg.open`` opens a store for Python (``kg.python``); it loads what it needs when it is first used.
"""

from importlib import import_module

__version__ = "0.1.0"

__all__ = ["__version__", "open"]


def __getattr__(name: str) -> object:
    if name == "open":
        return import_module("kg.python").open
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
