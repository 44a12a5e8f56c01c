"""From an article to statements and event reports, each with its words."""

from kg.extract.port import Extractor, open_extractor

__all__ = ["Extractor", "open_extractor"]
