"""问责 accountability: what a handled case bars a person or a unit from (评优限制); its cases come later."""
