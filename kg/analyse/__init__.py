"""Text to a parsed spaCy Doc: tokens, sentences, tags, trees and names.

>>> import kg.analyse
>>> doc = kg.analyse.load().parse("Envoy Ada Quill told reporters that talks had failed.")
>>> [(word.lemma_, word.dep_, word.head.text) for word in doc][3:6]
[('tell', 'root', 'told'), ('reporter', 'iobj', 'told'), ('that', 'mark', 'failed')]
"""

from kg.analyse.registry import Analyser, load

__all__ = ["Analyser", "load"]
