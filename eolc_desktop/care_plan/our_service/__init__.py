"""What the organisation keeps of itself, described once like the sections of a plan."""
