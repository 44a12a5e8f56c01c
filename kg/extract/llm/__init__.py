"""A reader that asks a language model behind any OpenAI-compatible endpoint (decision 8).

What it answers is material, not evidence: every span is looked up in the text, and what is not
there is dropped and counted.
"""

from kg.extract.llm.reader import LlmExtractor, configured

__all__ = ["LlmExtractor", "configured"]
