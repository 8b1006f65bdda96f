"""Which characters and commands plain LaTeX (article class, no packages, OT1) can print."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pylatexenc.latexencode import get_builtin_uni2latex_dict

ESCAPES = {
    "\\": r"{\textbackslash}", "{": r"{\textbraceleft}", "}": r"{\textbraceright}",
    "%": r"\%", "&": r"\&", "_": r"\_", "#": r"\#", "$": r"\$",
    "^": r"{\textasciicircum}", "~": r"{\textasciitilde}",
    "<": r"{\textless}", ">": r"{\textgreater}", "|": r"{\textbar}",
}  # fmt: skip
"""The characters of ASCII that LaTeX would not print as they are; braces by name, for BibTeX counts `\\{` too."""

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "b": "\u0331",
}  # fmt: skip
_BY_MARK = {mark: name for name, mark in ACCENTS.items()}

# One braced argument, robust, defined in the kernel.
DRESS = frozenset(
    "emph textbf textit texttt textsc textsf textrm textsl textup textmd textnormal underline mbox "
    "textsuperscript textsubscript".split()
)
SYMBOLS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø", "l": "ł",
    "L": "Ł", "i": "ı", "j": "ȷ", "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "copyright": "©", "pounds": "£",
    "dots": "…", "ldots": "…", "textellipsis": "…", "textendash": "–", "textemdash": "—", "textquoteleft": "‘",
    "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "textexclamdown": "¡",
    "textquestiondown": "¿", "textbullet": "•", "textdegree": "°", "texteuro": "€", "textcopyright": "©",
    "textregistered": "®", "texttrademark": "™", "textsection": "§", "textparagraph": "¶", "textdagger": "†",
    "textdaggerdbl": "‡", "textsterling": "£", "textyen": "¥", "textcent": "¢", "textonehalf": "½",
    "textonequarter": "¼", "textthreequarters": "¾", "textperiodcentered": "·", "textordfeminine": "ª",
    "textordmasculine": "º", "texttimes": "×", "textdiv": "÷", "textpm": "±", "textlnot": "¬",
    "textonesuperior": "¹", "texttwosuperior": "²", "textthreesuperior": "³", "textmu": "µ",
    "textperthousand": "‰", "textrightarrow": "→", "textleftarrow": "←", "textuparrow": "↑",
    "textdownarrow": "↓", "textnumero": "№", "textasciicircum": "^", "textasciitilde": "~",
    "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textless": "<", "textgreater": ">",
    "textbar": "|", "textunderscore": "_", "textdollar": "$",
}  # fmt: skip
PLAIN_SYMBOLS = frozenset({"TeX", "LaTeX"})
READ_ONLY = {"hyphen": "-", "nbhyphen": "-", "slash": "/", "relax": ""}
"""Commands in bibliographies of others that are read and never written, for not every LaTeX knows them."""

MATH_SYMBOLS = frozenset(
    """alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho
    varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi
    Psi Omega aleph hbar imath jmath ell wp Re Im prime emptyset nabla surd top bot angle forall exists neg flat
    natural sharp partial infty triangle clubsuit diamondsuit heartsuit spadesuit sum prod coprod int oint
    bigcap bigcup bigvee bigwedge bigoplus bigotimes pm mp times div ast star circ bullet cdot cap cup uplus
    sqcap sqcup vee wedge setminus wr diamond oplus ominus otimes oslash odot bigcirc dagger ddagger amalg leq
    geq le ge prec succ preceq succeq ll gg subset supset subseteq supseteq sqsubseteq sqsupseteq in ni notin
    vdash dashv equiv sim simeq asymp approx cong neq ne doteq propto models perp mid parallel bowtie smile
    frown leftarrow gets Leftarrow rightarrow to Rightarrow leftrightarrow Leftrightarrow mapsto hookleftarrow
    hookrightarrow leftharpoonup leftharpoondown rightharpoonup rightharpoondown rightleftharpoons
    longleftarrow longrightarrow Longrightarrow Longleftarrow longleftrightarrow Longleftrightarrow iff
    longmapsto uparrow Uparrow downarrow Downarrow updownarrow Updownarrow nearrow searrow swarrow nwarrow
    langle rangle lceil rceil lfloor rfloor ldots cdots vdots ddots dots quad qquad log exp min max sup inf lim
    arg sin cos tan tanh det dim ker gcd Pr ln lg deg hom lbrace rbrace lbrack rbrack vert Vert colon""".split()
)
MATH_ARGUMENT = frozenset(
    "mathbf mathrm mathit mathsf mathtt mathcal mathnormal hat bar tilde vec dot ddot acute grave check breve "
    "widehat widetilde overline underline sqrt".split()
)
_ANGLE = re.compile(r"\\(langle|rangle)(?![A-Za-z])")
_DOTLESS = {"i": r"\i", "j": r"\j"}
_HIDDEN_DOTLESS = {letter: rf"\csname\detokenize{{{letter}}}\endcsname" for letter in "ij"}
_KNOWN_TO_PDFLATEX = 0x180
_ENSURED = re.compile(r"\\ensuremath\{(.*)\}$")


@cache
def spelling(character: str) -> str | None:
    """Return how plain LaTeX prints a character outside ASCII, or None when it cannot."""
    if character in _OWN:
        return _OWN[character]
    accented = _accented(character)
    return accented or _symbol(character)


@cache
def spelling_for_biber(character: str) -> str | None:
    """Return how a character is spelled for biber, which turns accents into letters that pdflatex may not know.

    It knows those of Latin Extended-A. Of others, an empty group behind the letter keeps biber's hands off accents
    that are signs, and `\\csname` off those that are letters.
    """
    if ord(character) < _KNOWN_TO_PDFLATEX:
        # It knows an accent over an i, but not one over a dotless i.
        return _OWN.get(character) or _accented(character, {}) or _symbol(character)
    spelled = _OWN.get(character) or _accented(character, _HIDDEN_DOTLESS, hidden=True) or _symbol(character)
    return hidden_from_biber(spelled) if spelled else None


def hidden_from_biber(maths: str) -> str:
    """Return maths with those commands hidden that biber would turn into signs that maths does not know."""
    return _ANGLE.sub(lambda match: _hidden(match[1]), maths) if "angle" in maths else maths


def _hidden(name: str) -> str:
    """Return a command that biber does not see; without a blank, at which biber would cut a name."""
    return rf"\csname\detokenize{{{name}}}\endcsname"


def _accented(character: str, dotless: dict[str, str] = _DOTLESS, *, hidden: bool = False) -> str | None:
    """Return `{\\'{e}}` and the like: in braces, for BibTeX changes the case of bare command names."""
    base, *marks = list(unicodedata.normalize("NFD", character))
    if not marks or any(mark not in _BY_MARK for mark in marks) or not (base.isascii() and base.isalpha()):
        return None
    above = [mark for mark in marks if mark not in "\u0323\u0327\u0331"]
    inner = (dotless.get(base, base) if above else base) + "{}" * hidden
    for place, mark in enumerate(marks):
        # The empty group keeps biber from taking the braces of an accented letter away, below the next accent.
        name = _BY_MARK[mark]
        command = _hidden(name) if hidden and name.isalpha() else f"\\{name}"
        inner = f"{command}{{{inner}{'{}' if place and hidden else ''}}}"
    return f"{{{inner}}}"


def _symbol(character: str) -> str | None:
    listed = get_builtin_uni2latex_dict().get(ord(character), "")
    match = _ENSURED.match(listed)
    if match and _printable_maths(match.group(1)):
        return f"\\ensuremath{{{match.group(1)}}}"
    return None


def _printable_maths(body: str) -> bool:
    simple = re.fullmatch(r"\\([A-Za-z]+)|[-+*/=]", body)
    if simple:
        return simple.group(1) is None or simple.group(1) in MATH_SYMBOLS
    styled = re.fullmatch(r"\\(mathbf|mathit|mathsf|mathtt|mathcal)\{(?:[A-Za-z0-9]|\\([A-Za-z]+))\}", body)
    return styled is not None and (styled.group(2) is None or styled.group(2) in MATH_SYMBOLS)


_OWN = {character: f"{{\\{name}}}" for name, character in reversed(SYMBOLS.items()) if not character.isascii()} | {
    "\u00a0": "~", "µ": r"\ensuremath{\mu}", "×": r"\ensuremath{\times}", "÷": r"\ensuremath{\div}",
    "±": r"\ensuremath{\pm}", "→": r"\ensuremath{\rightarrow}", "←": r"\ensuremath{\leftarrow}",
    "↑": r"\ensuremath{\uparrow}", "↓": r"\ensuremath{\downarrow}", "å": r"{\aa}", "Å": r"{\AA}",
    "ο": r"\ensuremath{\mathrm{o}}",
}  # fmt: skip


@cache
def meaning(spelled: str) -> str | None:
    """Return the character that an \\ensuremath spelling stands for, or None."""
    return _meanings().get(spelled)


@cache
def _meanings() -> dict[str, str]:
    found: dict[str, str] = {}
    for code in sorted(get_builtin_uni2latex_dict(), reverse=True):
        own = spelling(chr(code)) if code > 127 else None
        if own and own.startswith("\\ensuremath"):
            found[own] = chr(code)
    return found | {own: character for character, own in _OWN.items() if own.startswith("\\ensuremath")}
