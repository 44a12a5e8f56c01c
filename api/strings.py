"""What pages call things: the navigation, headings of facets and slots, downloads."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

__all__ = [
    "DOWNLOADS",
    "FACET_TITLES",
    "GRAPH_DOWNLOADS",
    "NAVIGATION",
    "PRESET_WORDS",
    "SLOT_WORDS",
    "STATUS_WORDS",
    "TYPE_WORDS",
    "VIEWS",
]

TEXTS: Final[Mapping[str, Mapping[str, str]]] = tomllib.loads(
    (Path(__file__).parent / "strings.toml").read_text(encoding="utf-8")
)
"""Page → name → text."""

ISLANDS: Final = TEXTS["islands"]
VIEWS: Final = {name: TEXTS["views"][name] for name in ("table", "map", "timeline", "graph")}

NAVIGATION: Final = (
    ("/statements", "Statements"),
    ("/events", "Events"),
    ("/actors", "Actors"),
    ("/places", "Places"),
    ("/articles", "Articles"),
    ("/timeline", "Timeline"),
    ("/map", "Map"),
    ("/graph", "Graph"),
    ("/queries", "Questions"),
    ("/sparql", "SPARQL"),
)
FACET_TITLES: Final = {
    "act": "Said how",
    "speaker": "Who",
    "target": "Against whom",
    "actor": "Who takes part",
    "agent": "Who did it",
    "recipient": "To whom",
    "mediator": "Through whom",
    "event_type": "What",
    "mode": "What exactly",
    "factuality": "How the article tells it",
    "status": "How many tell it",
    "context": "In what context",
    "place": "Where",
    "article": "In which article",
    "publisher": "Told by",
    "review": "Checked",
}
SLOT_WORDS: Final = {
    "whole": "The whole",
    "speaker": "Who",
    "cue": "What shows it",
    "content": "What was said",
    "target": "Against whom or what",
    "addressee": "Said to",
    "actor": "Who did it",
    "recipient": "To whom",
    "mediator": "Through whom",
    "place": "Where",
    "date": "When",
    "toll": "How many",
    "role": "Role",
}
STATUS_WORDS: Final = {
    "single-source": "At most one source tells it as a fact.",
    "corroborated": "More than one source tells it as a fact.",
    "disputed": "The sources or the speakers disagree; both sides stand below.",
    "denied": "Only a denial speaks of it.",
}
DOWNLOADS: Final = (
    ("statements-csv", "Table (CSV)"),
    ("gexf", "Gephi (GEXF)"),
    ("graphml", "yEd, igraph (GraphML)"),
    ("cyjs", "Cytoscape (cyjs)"),
    ("csv", "nodes and edges (CSV)"),
    ("jsonld", "JSON-LD"),
)
GRAPH_DOWNLOADS: Final = (
    ("gexf", "GEXF, for Gephi"),
    ("graphml", "GraphML, for yEd and igraph"),
    ("cyjs", "cyjs, for Cytoscape"),
    ("csv", "nodes and edges as CSV, zipped"),
    ("statements-csv", "a table of statements as CSV"),
    ("jsonld", "JSON-LD"),
    ("trig", "TriG"),
    ("nquads", "N-Quads"),
)
PRESET_WORDS: Final = {
    "actor-actor": "who deals with whom",
    "actor-statement-event": "who said what about which event",
    "actor-event": "who takes part in what",
    "outlet-actor": "which outlet carries whom",
}
TYPE_WORDS: Final = {
    "Person": "person",
    "Organization": "organisation",
    "State": "state",
    "Group": "group",
    "Document": "document",
    "Actor": "actor",
}
