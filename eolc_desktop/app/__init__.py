"""The composition root: builds the store, the services and the window, once."""
