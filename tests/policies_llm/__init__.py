"""Tests of a language model in the seat, against replies written by the tests."""
