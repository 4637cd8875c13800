"""配置 config: settings, the list of routes, the declared lists of protected and open tables."""
