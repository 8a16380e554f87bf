"""Who is who: organisations that look alike, and merges with the way back from them."""
