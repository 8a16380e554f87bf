"""Texts that carry the markup of a web page, as plain words."""

import re
from html import unescape

TAGS = "p|br|div|ul|ol|li|b|i|u|em|strong|span|h[1-6]|table|tr|td|th|a|font"
MARKS = re.compile(rf"</?(?:{TAGS})\b[^<>]*>", re.IGNORECASE)
BREAKS = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]*>", re.IGNORECASE)
NAMED = "amp|nbsp|lt|gt|quot|apos|pound|euro|rsquo|lsquo|rdquo|ldquo|ndash|mdash|bull|hellip"
ENTITY = re.compile(rf"&(?:{NAMED}|#\d{{1,6}}|#x[0-9a-f]{{1,5}});", re.IGNORECASE)


def without_markup(text: str) -> str:
    r"""Return a text without the tags and entities that portals leave in it; any other text as it is.

    >>> without_markup("<p>Care &amp; support</p><p>At home</p>"), without_markup("if a < b")
    ('Care & support\nAt home', 'if a < b')
    """
    if not (MARKS.search(text) or ENTITY.search(text)):
        return text
    plain = MARKS.sub("", BREAKS.sub("\n", text))
    lines = (" ".join(line.split()) for line in ENTITY.sub(lambda found: unescape(found[0]), plain).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
