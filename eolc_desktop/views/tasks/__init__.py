"""What is to be done, across the caseload."""
