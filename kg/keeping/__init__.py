"""Articles and judgements go into a store, and the view with them; also while it is served."""

from kg.keeping.articles import Outcome, put, take_down
from kg.keeping.judging import judge

__all__ = ["Outcome", "judge", "put", "take_down"]
