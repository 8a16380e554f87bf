"""How a file is brought in, whatever it holds: staged, told record by record, kept as a batch, undone."""
