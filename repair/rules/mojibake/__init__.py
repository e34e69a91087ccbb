"""M: the right bytes, read by the wrong decoder."""
