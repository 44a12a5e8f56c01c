"""From an article to statements and event reports, each with its words."""

from kg.extract.port import Explains, Extractor, open_extractor

__all__ = ["Explains", "Extractor", "open_extractor"]
