"""落实 Luoshi: from a plan's words to results."""

__version__ = "0.4.0"
