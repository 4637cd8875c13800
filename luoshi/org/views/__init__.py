"""Pages of the organisation: the directory, people and units with their past, delegation, grants, staff lists."""
