"""The pages and acts of this room, a module for each topic."""
