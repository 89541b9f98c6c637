"""What people look at: the terminal's view of days, verdicts, studies and worlds. Nothing here decides anything."""
