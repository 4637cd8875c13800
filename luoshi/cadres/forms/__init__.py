"""What the acts of this room ask: as little as they need, the rest filled in."""
