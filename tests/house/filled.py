"""What a browser would send if somebody opened a page's form and pressed its button without typing."""

from __future__ import annotations

from html.parser import HTMLParser


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, list[str]]]] = []
        self.open: dict[str, list[str]] | None = None
        self.select: tuple[str, bool] | None = None
        self.first: str | None = None
        self.area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = {}
            self.forms.append((told.get("action", ""), self.open))
        if self.open is None:
            return
        name = told.get("name", "")
        if tag == "input" and name and told.get("type") not in ("submit", "button", "file"):
            if told.get("type") in ("checkbox", "radio") and "checked" not in told:
                return
            self.open.setdefault(name, []).append(told.get("value", "on" if told.get("type") == "checkbox" else ""))
        elif tag == "select" and name:
            self.select, self.first = (name, "multiple" in told), None
        elif tag == "option" and self.select:
            if self.first is None:
                self.first = told.get("value", "")
            if "selected" in told:
                self.open.setdefault(self.select[0], []).append(told.get("value", ""))
        elif tag == "textarea" and name:
            self.area = name
            self.open[name] = [""]

    def handle_data(self, data: str) -> None:
        if self.area and self.open is not None:
            self.open[self.area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self.select and self.open is not None:
            name, many = self.select
            if not many and name not in self.open:
                self.open[name] = [self.first or ""]
            self.select = None
        elif tag == "textarea":
            self.area = None
        elif tag == "form":
            self.open = None


def filled(page: str, action: str) -> dict[str, list[str]]:
    """The fields of the page's acting form that posts to `action`, as they stand; empty where there is none."""
    reader = _Forms()
    reader.feed(page)
    ours = [fields for where, fields in reader.forms if "submission" in fields and where in (action, "")]
    return max(ours, key=len) if ours else {}
