"""
Charset labels: what pages call a charset, and what reads it.

The labels are those of the WHATWG Encoding Standard for the charsets Arabic, Persian, Turkish, Russian and Western
pages come in; ``latin1`` and ``ascii`` mean windows-1252 there, as in every browser. Only listed charsets
are ever used: Python's other codecs (``rot13``, ``zlib``, ``utf-7``) are no way to read a page.
"""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType

__all__ = ["codec_of", "standard_name"]

_LABELS = """
utf-8: utf8 utf-8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8
utf-16le: utf-16 utf-16le utf16 utf16le unicode ucs-2 iso-10646-ucs-2 csunicode unicodefeff
utf-16be: utf-16be utf16be unicodefffe
windows-1256: windows-1256 cp1256 cp-1256 x-cp1256 win1256 win-1256 windows1256 1256 windows-arabic
iso-8859-6: iso-8859-6 arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114
iso-8859-6: iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987
windows-1252: windows-1252 cp1252 x-cp1252 latin1 latin-1 l1 ascii us-ascii ansi_x3.4-1968
windows-1252: iso-8859-1 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 iso-ir-100 csisolatin1 cp819 ibm819 windows1252
iso-8859-15: iso-8859-15 iso8859-15 iso_8859-15 latin9 latin-9 l9 csisolatin9
windows-1250: windows-1250 cp1250 x-cp1250
windows-1251: windows-1251 cp1251 x-cp1251
windows-1253: windows-1253 cp1253 x-cp1253
windows-1254: windows-1254 cp1254 x-cp1254 iso-8859-9 iso8859-9 latin5 l5
windows-1255: windows-1255 cp1255 x-cp1255
iso-8859-2: iso-8859-2 iso8859-2 latin2 l2
iso-8859-5: iso-8859-5 iso8859-5 cyrillic
iso-8859-7: iso-8859-7 iso8859-7 greek
koi8-r: koi8-r koi koi8 koi8_r cskoi8r
koi8-u: koi8-u koi8-ru
x-mac-arabic: x-mac-arabic macarabic mac-arabic
gb18030: gb18030 gbk gb2312 gb_2312 gb_2312-80 x-gbk chinese
big5: big5 big5-hkscs x-x-big5 cn-big5
euc-jp: euc-jp x-euc-jp
shift_jis: shift_jis shift-jis sjis x-sjis windows-31j
iso-2022-jp: iso-2022-jp csiso2022jp
euc-kr: euc-kr ks_c_5601-1987 korean windows-949
"""

_CODECS = MappingProxyType(
    {
        "x-mac-arabic": "mac_arabic",
        "gb18030": "gb18030",
        "big5": "big5hkscs",
        "shift_jis": "cp932",
        "euc-kr": "cp949",
    }
)


@cache
def _names() -> dict[str, str]:
    lines = (line.partition(":") for line in _LABELS.split("\n") if line)
    return {label: name for name, _, labels in lines for label in labels.split()}


@cache
def standard_name(label: str) -> str | None:
    """Give the standard's name for a label; None when it is no charset we read.

    >>> standard_name(" CP1256"), standard_name("latin1"), standard_name("rot13")
    ('windows-1256', 'windows-1252', None)
    """
    return _names().get(re.sub(r"[\s\"';]+", "", label).lower())


def codec_of(name: str) -> str:
    """Give Python's codec for a standard name."""
    return _CODECS.get(name, name)
