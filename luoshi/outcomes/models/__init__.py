"""成效总结: figures from outside with their source, and summaries whose figures open to their records."""

from luoshi.outcomes.models.outside import OutsideFigure
from luoshi.outcomes.models.summary import Summary, SummarySection

__all__ = ["OutsideFigure", "Summary", "SummarySection"]
