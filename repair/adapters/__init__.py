"""The outside world, one module for each kind of it."""
