"""The whole register as one file, written and restored."""
