"""The pages about the service as a whole."""
