"""One readable file for each section of the plan, or for a few that belong together: add a file to add a section."""
