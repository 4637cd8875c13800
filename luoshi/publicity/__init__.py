"""宣传公示 publicity: articles that three people read before they go out, experiences, cases, the public page."""
