"""What ``simenv bench`` runs: measurements beside a reference in the same run, never timed tests."""
