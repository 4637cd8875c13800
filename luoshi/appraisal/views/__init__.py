"""The pages and acts of this room; `addresses` names each from its own module."""
