"""SPARQL as text: what must be known of it, or changed in it, before an engine reads it."""
