"""The service as a whole: figures, promises, services near here, its look at itself, and data that leaves."""
