"""门面 ui: base layout, components, template tags, forms that are safe to send twice, our own CSS; no models."""
