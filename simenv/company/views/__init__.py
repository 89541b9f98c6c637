"""What one person may see of each app."""
