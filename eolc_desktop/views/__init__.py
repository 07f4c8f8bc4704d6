"""Qt Widgets: what is seen."""
