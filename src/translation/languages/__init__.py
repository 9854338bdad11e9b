"""The languages: their codes and names, and their detection."""
