"""命令 cli: the one console script."""
