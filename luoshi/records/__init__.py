"""留痕 records: who did what, hash-chained (Entry); proof files by digest (Evidence); idempotency keys (Submission)."""
