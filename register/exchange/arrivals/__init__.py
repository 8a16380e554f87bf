"""What a file holds, kind by kind, on its way into the register."""
