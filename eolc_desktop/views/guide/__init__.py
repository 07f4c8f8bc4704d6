"""The guide over the page: read offline, opened where it is wanted, printed."""
