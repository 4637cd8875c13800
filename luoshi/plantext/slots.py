"""Slots."""


def slot_of(text: str, context: str) -> str | None:
    return None
