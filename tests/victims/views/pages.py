"""Pages as tests read them: their elements and their words."""

import re
from html.parser import HTMLParser

LIST = "/en/victims/"
LANGUAGES = {"ru": "/", "en": "/en/", "uk": "/uk/"}
BLOCKS = {
    "dt",
    "dd",
    "td",
    "th",
    "tr",
    "li",
    "div",
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "section",
    "option",
    "small",
    "label",
}
ALONE = {"meta", "link", "input", "br", "img", "hr"}


class Elements(HTMLParser):
    """Elements of a page as (tag, attributes), and its text; ``within`` the element of an id, if given."""

    def __init__(self, answer, within: str = ""):
        super().__init__()
        self.elements, self.text, self.within, self.depth = [], "", within, 0
        self.feed(answer.content.decode())
        self.words = " ".join(self.text.split())

    @property
    def inside(self) -> bool:
        return not self.within or self.depth > 0

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if self.within and (self.depth or attributes.get("id") == self.within) and tag not in ALONE:
            self.depth += 1
        if self.inside:
            self.elements.append((tag, attributes))
            self.text += " " if tag in BLOCKS else ""

    def handle_endtag(self, tag):
        if self.depth:
            self.depth -= 1

    def handle_data(self, data):
        if self.inside:
            self.text += data

    def all(self, tag) -> list[dict]:
        return [attributes for found, attributes in self.elements if found == tag]

    def hrefs(self) -> list[str]:
        return [link["href"] for link in self.all("a") if "href" in link]

    def marked_russian(self) -> int:
        """How many elements say that their words are Russian."""
        return sum(attributes.get("lang") == "ru" for tag, attributes in self.elements if tag not in ("a", "html"))


def content(answer) -> Elements:
    """Return what a page says between its header and its footer."""
    return Elements(answer, "content")


def asked(client, query="", at=LIST, **more):
    return client.get(at, {"q": query, **more} if query else more)


def found(answer) -> list[str]:
    """Return the ids of the people on a page, in its order."""
    return re.findall(r'class="who"><a href="[^"]*/victims/(\w+)/"', answer.content.decode())


def names(answer) -> list[str]:
    text = re.findall(r'class="who"><a [^>]*>(.*?)</a>', answer.content.decode())
    return [re.sub("<[^>]+>", "", words) for words in text]


def link(answer, rel) -> str:
    return next((link["href"] for link in Elements(answer).all("a") if link.get("rel") == rel), "")


def of(victim, at="/en/") -> str:
    return f"{at}victims/{victim.public_id}/"


def page_of(client, victim, at="/en/") -> Elements:
    answer = client.get(of(victim, at))
    assert answer.status_code == 200
    return content(answer)


def part_of(client, victim, heading) -> str:
    """The words of the section under a heading."""
    text = client.get(of(victim)).content.decode()
    for section in text.split("<section")[1:]:
        inline = re.sub(
            r"</?(?:a|b|cite|mark|small|span)\b[^>]*>", "", section.split("</section>")[0].partition(">")[2]
        )
        plain = " ".join(re.sub("<[^>]+>", " ", inline).replace("source [", "[").split()).replace("][", "] [")
        if plain.startswith(heading):
            return plain
    return ""
