"""Evidence in, standing out: what is known of how one organisation sees another, and how sure it is."""
