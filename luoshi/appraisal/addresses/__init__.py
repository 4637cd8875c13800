"""The addresses of this room, topic by topic."""
