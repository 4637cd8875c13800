"""稿件: the articles with their reviews, sources, decisions and stamps; where they went and who took them up."""

from luoshi.publicity.models.article import Article, ArticleSource
from luoshi.publicity.models.deciding import CaseStamp, Review, ScopeDecision
from luoshi.publicity.models.spreading import Adoption, EmptyQuarter, Outlet

__all__ = ["Adoption", "Article", "ArticleSource", "CaseStamp", "EmptyQuarter", "Outlet", "Review", "ScopeDecision"]
