"""Quality gates: what is found in real articles, with floors beside the measured figures."""
