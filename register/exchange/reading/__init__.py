"""How a file is read, whatever its form: its bytes, text, grids and named cells, with what is wrong in them."""
