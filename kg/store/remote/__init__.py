"""A store in an engine that is there already, spoken to in SPARQL 1.1 over HTTP."""
