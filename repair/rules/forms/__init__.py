"""F: characters in another form than the one that text is written in."""
