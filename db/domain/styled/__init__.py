"""Formatted references: papers as a citation style (CSL) prints them, in text, HTML, RTF and Markdown.

`items` says what a paper is in CSL's terms, `formatting` lets citeproc-py set it by a style, and `writing` escapes the
result for each output. The formatter never sees markup: `marks` are characters that no paper contains, so a title full
of HTML, LaTeX or RTF is text everywhere. `elements` mends what citeproc-py does otherwise than CSL says. That
module, `basics` and `formatting` import citeproc-py, so they are imported when first needed.
"""

from db.domain.styled.items import Item, item
from db.domain.styled.writing import OUTPUTS, alone, inline, reference_list

__all__ = ["OUTPUTS", "Item", "alone", "inline", "item", "reference_list"]
