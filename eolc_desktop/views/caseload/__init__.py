"""The caseload: the list of the people on this laptop, found as you type."""
