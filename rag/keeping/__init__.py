"""Keeping what is made from the library in step with it: its mirrors, and the library itself once it is damaged."""
