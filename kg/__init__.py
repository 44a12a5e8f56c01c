"""conflict-kg: who said and did what, to whom, when and where, with the words that say so."""

__version__ = "0.1.0"

__all__ = ["__version__"]
