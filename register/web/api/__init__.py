"""What programs read and write: version 1 of the interface, under `/api/v1`."""
