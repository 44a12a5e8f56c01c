"""``python -m tests.golden``: write the golden graphs anew."""

from tests.golden import FOLDER, write

write(FOLDER)
