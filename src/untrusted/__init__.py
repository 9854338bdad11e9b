"""JSON, schemas, patterns and addresses from outside, read in bounded time."""
