"""The readers of annotated sentences, on annotations of our own."""

from pathlib import Path

import pytest

from scripts.train.score import name_spans
from scripts.train.treebank import Sentence, read_conllu, read_iob

TREE = """\
# newdoc id = GUM_news_orla
# sent_id = GUM_news_orla-1
# newpar
# text = Envoy Ada Quill of the Bank of Orla can't go.
1\tEnvoy\tEnvoy\tPROPN\tNNP\t_\t9\tnsubj\t_\tEntity=(1-person-new-1-coref
2\tAda\tAda\tPROPN\tNNP\t_\t3\tflat\t_\t_
3\tQuill\tQuill\tPROPN\tNNP\t_\t1\tflat\t_\t_
4\tof\tof\tADP\tIN\t_\t6\tcase\t_\t_
5\tthe\tthe\tDET\tDT\t_\t6\tdet\t_\tEntity=(2-organization-new-1-sgl
6\tBank\tBank\tPROPN\tNNP\t_\t1\tnmod\t_\t_
7\tof\tof\tADP\tIN\t_\t8\tcase\t_\t_
8\tOrla\tOrla\tPROPN\tNNP\t_\t6\tnmod\t_\tEntity=(3-place-new-1-sgl)2)1)
9-10\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
9\tca\tcan\tAUX\tMD\t_\t11\taux\t_\t_
10\tn't\tnot\tPART\tRB\t_\t11\tadvmod\t_\t_
11\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
12\t.\t.\tPUNCT\t.\t_\t11\tpunct\t_\t_

# newdoc id = weblog-1
# sent_id = weblog-1-1
# text = 1 000
1\t1 000\t1000\tNUM\tCD\t_\t0\troot\t_\t_

"""


@pytest.fixture
def sentences(tmp_path: Path) -> list[Sentence]:
    (tmp_path / "t.conllu").write_text(TREE, "utf-8")
    return list(read_conllu(tmp_path / "t.conllu"))


def test_layers_are_read(sentences: list[Sentence]) -> None:
    first, second = sentences
    assert first.document == "GUM_news_orla"
    assert first.paragraph
    assert first.text.strip() == "Envoy Ada Quill of the Bank of Orla can't go."
    assert first.glued == (*[False] * 9, True, False, True)
    assert first.heads[-2:] == (0, 11)
    assert first.relations[10] == "root"
    assert (second.document, second.words, second.names) == ("weblog-1", ("1000",), ())


def test_names_are_the_proper_nouns_around_the_head(sentences: list[Sentence]) -> None:
    assert name_spans(sentences[0].names) == [(0, 2, "PERSON"), (5, 7, "ORG")]


def test_name_files_become_bio(tmp_path: Path) -> None:
    lines = ["-DOCSTART- O", "", "Ada I-PER", "Quill I-PER", "saw O", "Orla I-LOC", "Orlans I-MISC"]
    (tmp_path / "names.conll").write_text("\n".join(lines) + "\n\n", "utf-8")
    (sentence,) = read_iob(tmp_path / "names.conll")
    assert sentence.names == ("B-PERSON", "I-PERSON", "O", "B-LOC", "O")
    columns = "# text = x\n1\tAda\tB-PER\t-\n2\tBo\tB-PER\t-\n"
    (tmp_path / "names.iob2").write_text(columns, "utf-8")
    (sentence,) = read_iob(tmp_path / "names.iob2", word=1, label=2)
    assert sentence.names == ("B-PERSON", "B-PERSON")
