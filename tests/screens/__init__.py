"""Pictures of every screen: `make screens` writes them to docs/screens, and the tests compare the main ones exactly."""
