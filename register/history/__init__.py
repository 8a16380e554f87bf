"""Who changed what, when and why, and the proof that nobody altered it."""
