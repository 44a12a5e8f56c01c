"""What changed in the view of a store, and when: a log beside it that only grows.

The one place where times of writing are kept; neither article graphs nor view know a clock. It
stands in the store's folder (``log.sqlite``), is no part of the read model, and outlives it.
"""

from kg.log.book import CHANGES, FILE, Change, Entry, How, Log, note, opened

__all__ = ["CHANGES", "FILE", "Change", "Entry", "How", "Log", "note", "opened"]
