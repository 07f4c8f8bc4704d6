"""The organisation's own forms."""
