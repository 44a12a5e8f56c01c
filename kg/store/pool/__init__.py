"""Processes that answer queries over snapshots of a store, and the one that writes it."""
