"""Views about who uses this laptop: adding and closing off users, signing a decision, and a visitor's reason."""
