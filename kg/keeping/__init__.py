"""Articles go into a store and out of it, and the view with them; also while it is served."""

from kg.keeping.articles import Outcome, put, take_down

__all__ = ["Outcome", "put", "take_down"]
