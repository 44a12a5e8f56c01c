"""Write the analyser's list of English words with the letters that they are written with.

    python scripts/build_casing.py --words FILE … --treebank train.conllu --out kg/analyse/data

The FILEs are word lists of SCOWL (Debian's ``wamerican`` and ``wbritish``: /usr/share/dict). How
often the treebank writes a word with a capital, sentence starts left out, decides about words
that are both ("Bush", "bush").
"""

import argparse
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

HEAD: Final = (
    "# English words as they are written: lower case, in capitals, or both where they are names\n"
    "# as well. What is not here is a name. From SCOWL (http://wordlist.aspell.net, Copyright\n"
    "# 2000-2018 Kevin Atkinson; see NOTICE), by scripts/build_casing.py.\n"
)
GAZETTEER: Final = Path(__file__).parents[1] / "kg" / "gazetteer_data"
SURE: Final = 4
"""How many times as frequent one way of writing must be for the other to be left out."""
SEEN: Final = 3
"""How often a word must stand in the treebank for its counts to decide."""
SHORT: Final = 4
"""Letters up to which a name is listed, so that it is not taken for an acronym."""
STARTS: Final = frozenset('"“‘([.:!?-*')


def main() -> None:
    """Read the command line and write ``words.txt.gz``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=Path, nargs="+", required=True)
    parser.add_argument("--treebank", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    listed = (word for file in options.words for word in file.read_text("utf-8").split())
    known = {word for word in listed if word.isalpha()}
    counts = counted(options.treebank.read_text("utf-8").splitlines())
    kept = "\n".join(sorted(usual(known - set(nations()), counts)))
    with gzip.GzipFile(options.out / "words.txt.gz", "wb", compresslevel=9, mtime=0) as file:
        file.write(f"{HEAD}{kept}\n".encode())


def nations() -> Iterator[str]:
    """Countries, peoples and capitals in small letters: the bird is left out for the country."""
    for line in (GAZETTEER / "countries.tsv").read_text("utf-8").splitlines():
        for name in re.split("[\t,~]+ *", "" if line.startswith("#") else line):
            if name.isalpha() and name.istitle():
                yield from (name.lower(), f"{name.lower()}s")


def counted(lines: Iterable[str]) -> dict[str, Counter[str]]:
    """Small letters → how often each form of the word stands within a sentence."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    starting = True
    for line in lines:
        columns = line.split("\t")
        if len(columns) < 2 or not columns[0].isdigit():
            starting = starting or not line
            continue
        if columns[1].isalpha() and not starting:
            counts[columns[1].lower()][columns[1]] += 1
        starting = columns[1][0] in STARTS
    return counts


def usual(known: set[str], counts: dict[str, Counter[str]]) -> Iterator[str]:
    """The forms that are kept."""
    for word in {form.lower() for form in known}:
        forms = {form for form in (word, word.capitalize(), word.upper()) if form in known}
        yield from _likely(word, forms, counts[word])


def _likely(word: str, forms: set[str], counts: Counter[str]) -> Iterator[str]:
    small = counts[word]
    large = counts[word.capitalize()]
    if large >= SEEN and large >= SURE * small and word.capitalize() in forms:
        forms = forms - {word}
    elif small >= SEEN and small >= SURE * large and word in forms:
        forms = {word}
    for form in forms:
        named = form == word.capitalize()
        code = form.isupper() and len(form) < SHORT - 1 and counts[form] < SEEN
        if not code and (not named or word in forms or len(word) <= SHORT):
            yield form


if __name__ == "__main__":
    main()
