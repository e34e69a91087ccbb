"""The batch job: many large files, one after another and in several processes."""
