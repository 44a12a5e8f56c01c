"""Place names, countries, demonyms and capitals, offline (GeoNames and curated tables)."""

from kg.gazetteer.data import Candidate, Country
from kg.gazetteer.gazetteer import Gazetteer

__all__ = ["Candidate", "Country", "Gazetteer"]
