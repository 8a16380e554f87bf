"""Files that other people publish or draw, each form read by a file of its own."""
