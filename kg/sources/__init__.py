"""Sources: from files, folders, web addresses and standard input to articles."""

from kg.model import Skipped
from kg.sources.base import Defaults
from kg.sources.reader import read
from kg.sources.stamp import stated

__all__ = ["Defaults", "Skipped", "read", "stated"]
