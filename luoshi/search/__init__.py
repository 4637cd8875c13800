"""检索 search: what may be looked up, as words under a kind and a key; fed by the services of the rooms above."""
