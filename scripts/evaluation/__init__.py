"""Running the shipped pipeline on gold data that others made, and publishing how it does."""
