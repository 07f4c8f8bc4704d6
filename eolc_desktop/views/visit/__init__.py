"""The visit: one flow for the house, from what changed since the last time to what is left behind on paper."""
