import subprocess
import sys

import pytest

from kg.analyse import Analyser, load
from kg.analyse.registry import names
from kg.errors import BadInput


class Other:
    name = "other"
    version = "7"


def test_the_default_is_opened_by_name_and_by_class(analyser: Analyser) -> None:
    assert (load().name, load().version) == (analyser.name, analyser.version)
    assert load("kg.analyse.pipeline:NewsAnalyser").version == analyser.version
    assert load(f"{__name__}:Other").version == "7"
    assert "default" in names()


@pytest.mark.parametrize("name", ["nonesuch", "kg.analyse:Nonesuch", "no.such.module:Class"])
def test_an_unknown_name_is_refused_with_advice(name: str) -> None:
    with pytest.raises(BadInput, match=name):
        load(name)


def test_nothing_heavy_is_imported_before_an_analyser_is_asked_for() -> None:
    code = "import sys, kg.analyse; print({'spacy', 'onnxruntime', 'numpy'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
