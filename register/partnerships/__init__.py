"""Organisations, the partnerships between them, and the deals they rest on."""
