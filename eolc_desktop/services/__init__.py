"""What a user does, as plain functions, used by the window and the command line alike."""
