"""提醒 notices: in-app notices, one digest a person and day, the outbox of messages."""
