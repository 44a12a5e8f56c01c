from kg.python import open as open

__version__: str
__all__ = ["__version__", "open"]
