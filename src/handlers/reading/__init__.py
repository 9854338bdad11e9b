"""What dialects share when they read a request."""
