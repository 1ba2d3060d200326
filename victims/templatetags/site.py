"""The frame of every page: where its navigation leads and which part of it one is in."""

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

register = template.Library()
#: Page of the navigation -> the pages that count as within it.
WITHIN = {
    "list": (
        "victim", "browse", "surnames", "surname", "regions", "region", "places", "born_at", "lived_at",
        "occupations", "occupation", "days", "day", "shot_at",
    ),
    "sites": ("site",),
    "operations": ("operation",),
    "bodies": ("body", "sentenced"),
    "sources": ("source",),
    "statistics": ("statistic", "statistic_two"),
    "about": (),
    "help": (),
}  # fmt: skip


@register.simple_tag(takes_context=True)
def navigation(context) -> list[dict]:
    """Return the links of the navigation, each with what ``aria-current`` says of it."""
    match = getattr(context.get("request"), "resolver_match", None)
    here = match.url_name if match and match.namespace == "victims" else None
    labels = {
        "list": _("People"),
        "sites": _("Execution sites"),
        "operations": _("Operations"),
        "bodies": _("Sentencing bodies"),
        "sources": _("Sources"),
        "statistics": _("Statistics"),
        "about": _("About"),
        "help": _("Help"),
    }
    return [
        {
            "label": label,
            "url": reverse(f"victims:{name}"),
            "current": "page" if here == name else "true" if here in WITHIN[name] else "",
        }
        for name, label in labels.items()
    ]


@register.simple_tag
def address(name: str, *arguments) -> str:
    """Return the address of a page, or nothing where there is none by that name."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
