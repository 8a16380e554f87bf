"""Which collaborations are at risk, why, since when, and what would clear it."""
