"""What people type: the command `register`."""
