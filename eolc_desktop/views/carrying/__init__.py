"""People taken to another laptop, and brought from one, without a network."""
