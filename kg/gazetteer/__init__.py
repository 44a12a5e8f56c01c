"""Place names, countries, demonyms and capitals, offline (GeoNames and curated tables)."""

from kg.gazetteer.data import Candidate, Country, Toponym
from kg.gazetteer.gazetteer import Gazetteer

__all__ = ["Candidate", "Country", "Gazetteer", "Toponym"]
