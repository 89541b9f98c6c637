"""Other frameworks' ways in and out, one outside format or protocol a file, each an extra of its own."""
