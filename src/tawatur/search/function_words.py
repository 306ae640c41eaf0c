"""
Words that nearly every article holds: they help to rank and are never asked for.

At the ``index`` level. Source: the particles, pronouns and auxiliary verbs of the Arabic grammars (حروف الجر والعطف
والنصب، الضمائر، أسماء الإشارة والموصول، كان وأخواتها), question words, and the shortest English ones.
"""

from __future__ import annotations

__all__ = ["FUNCTION_WORDS"]

_ARABIC = """
في من الي علي عن مع هذا هذه ذلك تلك هو هي هم هن نحن انا انت التي الذي الذين اللذين اللتين اللاتي ما ماذا متي اين كيف كم لماذا
لم لن لا ان او ام ثم قد لقد كان كانت يكون تكون كما كل بعد قبل عند حتي اي ايه هل بين منذ حول خلال دون غير بها به له لها
فيه فيها منه منها عليه عليها الا اذا انه انها بان وان لكن بل و ف ب ل ك يا حيث بعض
"""
_ENGLISH = "the a an of in on at to is are was were did do does what which who when where how and or for by from with"

FUNCTION_WORDS = frozenset((*_ARABIC.split(), *_ENGLISH.split()))
