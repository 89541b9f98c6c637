"""The commands of the command line, one a file, and what they share.

What takes long to load is imported when it is used.
"""
