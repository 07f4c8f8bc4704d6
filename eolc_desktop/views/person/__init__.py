"""One person's plan on screen: who it is, the plan at a glance, its sections, and its history."""
