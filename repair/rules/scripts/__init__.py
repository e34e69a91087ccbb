"""X: tokens of mixed scripts, and letters that only look right (UTS #39)."""
