"""The formats that the register is written in, a file each."""
