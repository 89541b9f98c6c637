"""``python -m simenv``: the command line."""

from __future__ import annotations

from simenv.cli import main

if __name__ == "__main__":
    main()
