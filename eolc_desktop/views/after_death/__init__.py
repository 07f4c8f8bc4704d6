"""The last days, a death, and what follows it."""
