"""Named graphs of triples behind one port."""
