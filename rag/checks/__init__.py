"""Whether quotes stand where they are said to, and hold what a sentence says. No model."""
