"""The pages and acts of this room."""
