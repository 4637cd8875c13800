"""事项 matters: the shared errand: hand out, sign, feed back, verify, close; deadlines that explain themselves."""
