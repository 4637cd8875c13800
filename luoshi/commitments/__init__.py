"""承诺 commitments: leaders' promises frozen at publication, concerns answered and ended, livelihood work."""
