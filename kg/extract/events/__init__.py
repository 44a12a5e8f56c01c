"""What was done, by whom, to whom, where and when, as an article tells it."""

from kg.extract.events.places import Places
from kg.extract.events.reports import find
from kg.extract.events.tellings import Scenes

__all__ = ["Places", "Scenes", "find"]
