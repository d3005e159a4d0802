"""Choosing the sentences that answer, or none: the answers without a language model."""
