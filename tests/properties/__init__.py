"""Properties that hold for any seed and any calls."""
