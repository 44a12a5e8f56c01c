"""Who speaks and acts in an article."""

from kg.extract.actors.cast import Cast

__all__ = ["Cast"]
