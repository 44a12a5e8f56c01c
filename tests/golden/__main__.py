"""``python -m tests.golden``: write the golden graphs and rows anew."""

from tests.golden import FOLDER, rows, write

write(FOLDER)
rows.write(FOLDER)
