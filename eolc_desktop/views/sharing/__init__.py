"""Sharing as it is seen: how it stands, what leaves, what is to be settled, and who is on this laptop."""
