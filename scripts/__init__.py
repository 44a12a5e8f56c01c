"""Commands for the people who build conflict-kg; run them with ``python -m scripts.NAME``."""
