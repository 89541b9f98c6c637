"""Worlds are files: their schema, how they are read, and how a seed is drawn from them."""
