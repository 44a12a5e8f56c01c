"""Sources: from files, folders, web addresses and standard input to articles."""

from kg.model import Skipped
from kg.sources.base import Defaults, Raw
from kg.sources.jsonl import one_line
from kg.sources.reader import read, unpack
from kg.sources.stamp import stated

__all__ = ["Defaults", "Raw", "Skipped", "one_line", "read", "stated", "unpack"]
