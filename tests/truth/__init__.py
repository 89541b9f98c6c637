"""What the judges of the truth make of small stories."""
