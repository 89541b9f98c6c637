"""Studies, run with small policies that are made for the tests."""
