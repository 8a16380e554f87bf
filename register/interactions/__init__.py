"""What happened between partners, what was observed, and what was promised."""
