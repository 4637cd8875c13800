"""成效总结 outcomes: what changed against the start, and the summary that says so with figures that open."""
