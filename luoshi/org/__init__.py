"""组织 org: bureaus, units, people, dated posts, portfolios, delegation, duties, numbers; who may enter which route."""
