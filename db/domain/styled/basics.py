"""What all of citeproc-py's elements get here: quick looks into the tree, changes of case, and fonts as marks.

Import it inside functions only: citeproc-py is heavy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citeproc import CitationItem, model
from citeproc.string import MixedString, NoCase, String

from db.domain.styled import marks

if TYPE_CHECKING:
    from collections.abc import Callable


class Quick:
    """Remembers looks into the tree: the elements of a style are kept for as long as the style."""

    __dict__: dict[str, Any]
    find: Callable[..., Any]
    nsmap: dict[str, str]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = self.find("cs:" + name.replace("_", "-"), self.nsmap)
        self.__dict__[name] = found
        return found

    def _remembered(self, key: Any, look: Callable[[], Any]) -> Any:
        known = self.__dict__.setdefault("known", {})
        if key not in known:
            known[key] = look()
        return known[key]

    def get_root(self) -> Any:
        here = self.__dict__
        if "its_root" not in here:
            here["its_root"] = super().get_root()
        return here["its_root"]

    def get_formatter(self) -> Any:
        return Marking

    def get_macro(self, name: str) -> Any:
        return self.get_root()._remembered(("macro", name), lambda: super(Quick, self).get_macro(name))

    def get_layout(self) -> Any:
        return self._remembered("layout", super().get_layout)

    def xpath_search(self, expression: str) -> Any:
        return self._remembered(("xpath", expression), lambda: super(Quick, self).xpath_search(expression))

    def calls_variable(self) -> bool:
        return bool(self._remembered("calls", super().calls_variable))

    def get_term(self, name: str, form: str | None = None, *args: Any, **kwargs: Any) -> Any:
        key = ("term", name, form, args, tuple(sorted(kwargs.items())))
        holder = self if isinstance(self, model.Locale) else self.get_root()
        return holder._remembered(key, lambda: super(Quick, self).get_term(name, form, *args, **kwargs))


class Marked(String):
    """A text whose first letter is found behind marks too."""

    def capitalize_first(self) -> Marked:
        at = next((place for place, character in enumerate(self) if character.isalnum()), len(self))
        return Marked(self[:at] + self[at : at + 1].upper() + self[at + 1 :])


class Cased:
    """Changes the case of whatever text comes: citeproc-py fails for texts that it put together itself."""

    def case(self, text: Any, language: str | None = None) -> Any:
        if self.get("text-case") is None or not str(text):
            return text
        parts = text if isinstance(text, MixedString) else [text]
        made = MixedString([part if isinstance(part, NoCase) else Marked(part) for part in parts if str(part)])
        return super().case(made, language)


class Cite(CitationItem):
    """A paper that is cited, with its facts at hand: citeproc-py would go through the bibliography each time."""

    def __init__(self, key: str, reference: Any) -> None:
        super().__init__(key)
        self.__dict__["facts"] = reference

    @property
    def reference(self) -> Any:
        return self.__dict__["facts"]


class Marking:
    """The formatter: fonts become marks, and nothing is escaped here."""

    @staticmethod
    def preformat(text: Any) -> Any:
        """Return the text: the outputs escape."""
        return text

    @staticmethod
    def Light(text: Any) -> Any:
        """Return the text: no output has a light font."""
        return text


def _font(font: str) -> Any:
    return staticmethod(lambda text: Marked(marks.wrap(str(text), font)))


for _name, _kind in (
    ("Italic", "italic"), ("Oblique", "italic"), ("Bold", "bold"), ("SmallCaps", "small-caps"),
    ("Superscript", "super"), ("Subscript", "sub"), ("Underline", "underline"),
):  # fmt: skip
    setattr(Marking, _name, _font(_kind))
