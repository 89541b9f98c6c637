"""The ground everything stands on: events, the log, the clock, streams of chance, errors."""
