"""运维 ops: backup, restore, verify, server, worker, daily round."""
