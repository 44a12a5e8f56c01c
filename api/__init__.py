"""The Flask application: SPARQL, JSON and pages over a store."""
