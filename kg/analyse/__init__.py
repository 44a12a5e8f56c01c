"""Text to a parsed spaCy Doc: tokens, sentences, tags, trees and names."""
