"""The icon of the browser tab, drawn here: a named icon would be fetched as a font from a server."""

from __future__ import annotations

from functools import cache

from PIL import Image, ImageDraw

_SIZE = 64


@cache
def page_icon() -> Image.Image:
    """Return a page with one marked line, 64 by 64 pixels.

    Examples
    --------
    >>> page_icon().size
    (64, 64)
    """
    image = Image.new("RGBA", (_SIZE, _SIZE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((8, 4, 56, 60), radius=6, fill="#ffffff", outline="#1f4e8c", width=4)
    for line, colour in ((16, "#8a929e"), (28, "#8a5a00"), (40, "#8a929e")):
        draw.rectangle((16, line, 48, line + 5), fill=colour)
    return image
