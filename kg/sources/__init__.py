"""From files, feeds and addresses to articles."""
