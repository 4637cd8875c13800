"""活动的组织: what a plan's text proposes for phases, group and responsibilities, and how the page shows them."""
