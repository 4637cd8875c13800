"""问题台账 problems: what is wrong, found by whom, put right by whom and when, accepted by another, looked at again."""
