"""Language models: the protocol, what they are shown, and what of their replies is kept."""
