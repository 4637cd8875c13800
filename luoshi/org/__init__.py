"""组织 org: bureaus, units, people, dated posts, portfolios, delegation, duties, number series; who may enter which route."""
