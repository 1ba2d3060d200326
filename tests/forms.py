"""Forms of a page as a browser would send them back."""

from html.parser import HTMLParser


class _Forms(HTMLParser):
    def __init__(self, form_id: str | None):
        super().__init__()
        self.wanted, self.inside, self.skipped = form_id, form_id is None, 0
        self.data: dict[str, str] = {}
        self.buttons: list[str] = []
        self.select = self.area = None

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "form" and self.wanted is not None:
            self.inside = found.get("id") == self.wanted
        if tag == "template":
            self.skipped += 1
        if not self.inside or self.skipped:
            return
        name = found.get("name")
        if tag == "input" and name:
            kind = found.get("type", "text")
            if kind in ("checkbox", "radio"):
                if "checked" in found:
                    self.data[name] = found.get("value", "on")
            elif kind != "submit" and "disabled" not in found:
                self.data[name] = found.get("value", "")
        elif tag == "button" and name:
            self.buttons.append(name)
        elif tag == "textarea":
            self.area, self.data[name] = name, ""
        elif tag == "select":
            self.select = None if "disabled" in found else name
        elif tag == "option" and self.select and ("selected" in found or self.select not in self.data):
            self.data[self.select] = found.get("value", "")

    def handle_endtag(self, tag):
        if tag == "template":
            self.skipped -= 1
        elif tag == "textarea":
            if self.area and self.data[self.area].startswith("\n"):
                self.data[self.area] = self.data[self.area][1:]  # HTML drops the first line end
            self.area = None
        elif tag == "select":
            self.select = None
        elif tag == "form" and self.wanted is not None:
            self.inside = False

    def handle_data(self, data):
        if self.area and not self.skipped:
            self.data[self.area] += data


def form_of(answer, form_id: str | None = None) -> dict[str, str]:
    """Return {name: value} of a page's form, as it stands when the page comes."""
    parser = _Forms(form_id)
    parser.feed(answer.content.decode())
    return parser.data


def buttons_of(answer, form_id: str | None = None) -> list[str]:
    """Return the names of the buttons of a page's form."""
    parser = _Forms(form_id)
    parser.feed(answer.content.decode())
    return parser.buttons
