"""Images as clients send them: sniffing, sizes, data URLs, fetched images."""
