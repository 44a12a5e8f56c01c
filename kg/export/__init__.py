"""The view as files that other programs open."""
