"""Plain values, ports, errors and settings that every room uses."""
