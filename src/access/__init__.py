"""Who may use the Worker: keys and their scopes."""
