"""A question as it was typed, put in full after what was asked before, and read for what it wants."""
