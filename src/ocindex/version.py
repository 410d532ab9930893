"""The version of the code, which messages and the package itself name."""

__version__ = "0.1.0"
