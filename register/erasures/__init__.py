"""What is taken out of the register for good, and what must not be."""
