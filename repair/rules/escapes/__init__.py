"""E: escapes that a converter, a log or a mailer left in plain text."""
