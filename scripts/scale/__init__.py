"""A store of our own shape, as large as is wanted: invented news of an invented war.

``world`` has who, where and what happened; ``page`` writes one article's text and keeps where
each word stands; ``sentences`` tell what happened and what is said of it; ``filling`` puts the
articles' graphs and the view into a store, by the code that any ingestion runs. Only the
reading is left out: what an article says is known before its text is written.
"""
