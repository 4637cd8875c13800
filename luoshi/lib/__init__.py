"""工具 lib: lifecycle look-up, the one clock, keyed digests; pure Python, no Django."""
