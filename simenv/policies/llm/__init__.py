"""A language model in the seat."""
