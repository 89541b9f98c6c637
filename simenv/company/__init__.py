"""The company: people, mail, facts, work; its state and the one writer of it."""
