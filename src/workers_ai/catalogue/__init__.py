"""The models: what is known of each, and names that lead to them."""
