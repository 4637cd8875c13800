"""宣传公示 publicity: articles reviewed three times before they are published, experiences spread, cases, public page."""
