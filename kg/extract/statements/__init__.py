"""Who said what, in an article."""

from kg.extract.statements.assemble import Told, find

__all__ = ["Told", "find"]
