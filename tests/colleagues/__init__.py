"""Colleagues in simulated time: what they do, when, and how they react to a seat."""
