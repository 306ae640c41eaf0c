"""Pictures of the press: hills and a sky painted from a number, so that no one else's image is needed."""

from __future__ import annotations

import math
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 640, 360


@lru_cache(maxsize=64)
def paint(number: int) -> bytes:
    r"""Paint the PNG of an article's number, the same for the same number.

    >>> paint(48217)[:8]
    b'\x89PNG\r\n\x1a\n'
    """
    hue = (number * 47) % 360
    image = Image.new("RGB", (WIDTH, HEIGHT), f"hsl({hue}, 45%, 82%)")
    draw = ImageDraw.Draw(image)
    sun = 90 + number * 31 % 460
    draw.ellipse((sun, 40, sun + 70, 110), fill=f"hsl({(hue + 40) % 360}, 80%, 92%)")
    for layer in range(3):
        draw.polygon(_hill(number, layer), fill=f"hsl({(hue + 12 * layer) % 360}, 40%, {58 - 16 * layer}%)")
    out = BytesIO()
    image.save(out, "PNG", optimize=False)
    return out.getvalue()


def _hill(number: int, layer: int) -> list[tuple[int, int]]:
    base, swing = 190 + 55 * layer, 46 - 9 * layer
    ridge = [
        (x, round(base + swing * math.sin((x + number * (layer + 3)) / (70 + 20 * layer)) + 9 * math.sin(x / 17)))
        for x in range(0, WIDTH + 8, 8)
    ]
    return [*ridge, (WIDTH + 8, HEIGHT), (0, HEIGHT)]
