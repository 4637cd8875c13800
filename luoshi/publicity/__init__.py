"""宣传公示 publicity: articles that three people read before they go out, experiences spread, cases, the public page."""
