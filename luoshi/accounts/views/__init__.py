"""Pages of the door: accounts, one's own account, the trail, typed text given back, the library's own steps."""
