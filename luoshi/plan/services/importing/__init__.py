"""导入方案: keep the text verbatim, read it, and propose its duties; nothing is decided here."""

from luoshi.plan.services.importing.adopting import AlreadyImported, adopt_version, check_new_text, import_plan
from luoshi.plan.services.importing.carrying import carry_over, foreseen
from luoshi.plan.services.importing.reading import READER, Draft, draft, read_plan, read_staged

__all__ = [
    "READER", "AlreadyImported", "Draft", "adopt_version", "carry_over", "check_new_text", "draft",
    "foreseen", "import_plan", "read_plan", "read_staged",
]  # fmt: skip
