"""工作台 portal: what I owe, what waits for me; combines the rooms below, no models."""
