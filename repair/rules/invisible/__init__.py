"""I: characters that a reader cannot see."""
