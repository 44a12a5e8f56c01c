"""Training of the analyser: data, network, loop, export."""
