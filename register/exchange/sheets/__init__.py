"""Our own sheets: which columns they have, what stands in their cells, and how they are read back."""
