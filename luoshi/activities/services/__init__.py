"""The only writers of activities: the record and who took part; each further topic in a module of its own."""
