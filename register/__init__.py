"""The partnership register: who works with whom, on what terms, and how well."""

__version__ = "0.1.0"
