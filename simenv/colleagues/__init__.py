"""The people of the company: they do their work, read what reaches them, and react."""
