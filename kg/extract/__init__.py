"""From a parsed article to statements and event reports, each with its words."""
