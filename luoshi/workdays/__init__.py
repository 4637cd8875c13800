"""工作日 workdays: statutory holidays and make-up days; counting, explaining."""
