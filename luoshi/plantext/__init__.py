"""Read a Chinese implementation plan and say what it asks of whom, by when (读方案)."""
