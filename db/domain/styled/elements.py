"""citeproc-py's elements, made to do what CSL says where they do not.

Import it inside functions only: citeproc-py is heavy.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from citeproc import model
from citeproc.source import VariableError
from citeproc.string import String

from db.domain.names import fold
from db.domain.styled import marks
from db.domain.styled.basics import Cased, Quick

if TYPE_CHECKING:
    from collections.abc import Callable

HIDDEN, SEEN = "hidden", "seen"
LONGEST_NUMBER = 100
"""Digits by which works are sorted as numbers; Python refuses to read thousands."""


class Pages:
    """Ranges of pages: the last page is cut only where both have as many digits ("5-29" is not "5-9")."""

    def _format_last_page(self, first: str, last: str) -> Any:
        if len(first) != len(last) or not first.isdigit():
            return last
        return super()._format_last_page(first, last)


class Counted:
    """Counts the variables that were asked for and that there were, for the groups around them."""

    def _counted(self, look: Callable[[], Any]) -> Any:
        counts = style_of(self).__dict__.setdefault("counts", [0, 0])
        counts[0] += 1
        text = look()
        counts[1] += bool(text)
        return text


def style_of(element: Any) -> Any:
    """Return the root of the style, also of an element that stands in a file of terms."""
    root = element.get_root()
    return root.style if isinstance(root, model.Locale) else root


class Group(Counted):
    """A group is there when one of the variables that were asked for is; citeproc-py also asks branches not taken."""

    def process(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        counts = style_of(self).__dict__.setdefault("counts", [0, 0])
        called, there = counts
        delimiter = self.get("delimiter", "")
        output = []
        for child in self.iterchildren():
            more = {"delimiter": delimiter, **kwargs} if isinstance(child, model.Choose) else kwargs
            try:
                text = child.render(item, context=context, **more)
            except VariableError:
                continue
            if text is not None and str(text):
                output.append(text)
        if not output or (counts[0] > called and counts[1] == there):
            raise VariableError
        return self._counted(lambda: self.join(output))


class Text(Counted, Pages):
    """Variables that stood in for a missing author are not said again, and a style's own quotes are marked."""

    def _variable(self, item: Any, context: Any) -> Any:
        if self.get("variable") in self.generated_variables:
            return super()._variable(item, context)
        return self._counted(lambda: self._unless_hidden(item, context))

    def _unless_hidden(self, item: Any, context: Any) -> Any:
        repressed = context.get_layout().repressed
        name = self.get("variable")
        if name in repressed.get(HIDDEN, ()):
            return None
        text = super()._variable(item, context)
        if text and SEEN in repressed:
            repressed[SEEN].append(name)
        return String(text) if isinstance(text, int) else text

    def quote(self, text: Any) -> Any:
        if self.get("quotes", "false").lower() == "true":
            return String(marks.OPEN) + text + String(marks.CLOSE)
        return text


class Number(Counted, Pages):
    """Numbers, with pages as in `Text`."""

    def process(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        return self._counted(lambda: super(Number, self).process(item, context=context, **kwargs))


class Names(Counted):
    """Names that stood in for the author are not said again."""

    def process(self, item: Any, names_context: Any = None, context: Any = None, **kwargs: Any) -> Any:
        return self._counted(lambda: self._unless_hidden(item, names_context, context, kwargs))

    def _unless_hidden(self, item: Any, names_context: Any, context: Any, kwargs: Any) -> Any:
        layout = (context if context is not None else self).get_layout()
        roles = self.get("variable").split()
        hidden = layout.repressed.get(HIDDEN, ())
        if hidden and all(role in hidden or role not in item.reference for role in roles):
            return None
        text = super().process(item, names_context=names_context, context=context, **kwargs)
        if SEEN in layout.repressed:
            layout.repressed[SEEN] += [role for role in roles if role in item.reference]
        return text


class Name:
    """`initialize="false"` keeps given names whole, and so do scripts without capitals."""

    def initialize(self, given: str, mark: str, context: Any) -> Any:
        if not any(part[0].isupper() for part in given.replace(".", " ").replace("-", " ").split()):
            return given
        return super().initialize(given, mark, context)

    def get_option(self, name: str, context: Any = None, sort_options: Any = None) -> Any:
        where = context if context is not None else self
        expression = "./ancestor::*[self::cs:citation or self::cs:bibliography][1]"
        if name == "initialize-with":
            parent = where.xpath_search(expression)[0]
            told = (one.get("initialize") for one in (self, parent, self.get_root()))
            if next((one for one in told if one is not None), "true") == "false":
                return None
        return super().get_option(name, context, sort_options)


class Substitute:
    """What stands in for a name is not printed a second time, whichever macro it came from."""

    def render(self, item: Any, context: Any = None, **kwargs: Any) -> Any:
        repressed = context.get_layout().repressed
        outer = repressed.get(SEEN)
        try:
            for child in self.getchildren():
                repressed[SEEN] = []
                text = self._one(child, item, context, kwargs)
                if text:
                    repressed.setdefault(HIDDEN, set()).update(repressed[SEEN])
                    return text
        finally:
            repressed.pop(SEEN, None)
            if outer is not None:
                repressed[SEEN] = outer
        return None

    def _one(self, child: Any, item: Any, context: Any, kwargs: Any) -> Any:
        more = dict(kwargs)
        if isinstance(child, model.Names) and child.name is None:
            more["names_context"] = self.getparent()
        try:
            return child.render(item, context=context, **more)
        except VariableError:
            return None


class If:
    """`disambiguate` holds only for papers whose citations would be alike."""

    def render(self, item: Any, context: Any = None, delimiter: str = "", **kwargs: Any) -> Any:
        if self.get("disambiguate") is None:
            return super().render(item, context=context, delimiter=delimiter, **kwargs)
        alike = item.key in self.get_root().__dict__.get("alike", ())
        others = set(self.attrib) - {"disambiguate", "match"}
        match = self.get("match", "all")
        if (alike and match == "any") or (not others and alike != (match == "none")):
            return self.render_children(item, context=context, delimiter=delimiter, **kwargs)
        if not others or (match != "any" and alike == (match == "none")):
            raise model.ConditionFailed
        return super().render(item, context=context, delimiter=delimiter, **kwargs)

    def _type(self, item: Any) -> list[bool]:
        there = item.reference["type"]
        types = self._remembered("types", lambda: self.get("type").lower().split())
        return [one == there for one in types]

    def _variable(self, item: Any) -> list[bool]:
        there = item.reference
        wanted = self._remembered("variables", lambda: self.get("variable").replace("-", "_").split())
        return [one in item if one == "locator" else one in there for one in wanted]


class ElseIf(If):
    """As `If`."""


class Date(Counted):
    """A date of the locale has delimiters of its own; the letter that tells papers of a year apart follows it."""

    def process(self, item: Any, *args: Any, **kwargs: Any) -> Any:
        style = style_of(self)
        if not style.__dict__["places_suffix"]:
            style.__dict__["suffix"] = item.reference.get("year_suffix", "")
        return self._counted(lambda: super(Date, self).process(item, *args, **kwargs))

    def join(self, strings: Any, default_delimiter: str = "") -> Any:
        if not self.get("delimiter") and (form := self.get("form")) and not self.is_locale_date():
            local = self.get_date(form)
            default_delimiter = (local.get("delimiter") if local is not None else None) or default_delimiter
        return super().join(strings, default_delimiter)


class DatePart:
    """The year takes the letter that tells papers of one year apart, where the style has no place for it."""

    def render(self, *args: Any, **kwargs: Any) -> Any:
        before = dict(self.attrib)
        try:
            return super().render(*args, **kwargs)
        finally:
            # citeproc-py writes what one date asks for into the locale, where the next one would find it.
            if dict(self.attrib) != before:
                self.attrib.clear()
                self.attrib.update(before)

    def process(self, date: Any, context: Any = None) -> Any:
        text = super().process(date, context)
        if self.get("name") != "year":
            return text
        return f"{text}{style_of(self).__dict__.pop('suffix', '')}"


class Sort:
    """Sorts as people do, accents aside; what lacks a key comes last."""

    def sort(self, items: Any, context: Any) -> list[Any]:
        ordered = list(items)
        for key in reversed(self.findall("cs:key", self.nsmap)):
            found = zip(ordered, key.sort_keys(ordered, context), strict=True)
            pairs = [(_sort_key(value), item) for item, value in found]
            there = [(key_, item) for key_, item in pairs if key_ is not None]
            there.sort(key=itemgetter(0), reverse=key.get("sort", "ascending").lower() == "descending")
            ordered = [item for _key, item in there] + [item for key_, item in pairs if key_ is None]
        return ordered


def _sort_key(value: Any) -> tuple[int, int, str] | None:
    if value is None:
        return None
    text = " ".join(fold(marks.bare(str(value))).strip(" “”\"'‘’").split())
    if not text:
        return None
    return (0, int(text), "") if text.isdecimal() and len(text) <= LONGEST_NUMBER else (1, 0, text)


MENDED = {
    "group": Group, "text": Text, "number": Number, "names": Names, "name": Name, "substitute": Substitute, "if": If,
    "else-if": ElseIf, "date": Date, "date-part": DatePart, "sort": Sort,
}  # fmt: skip


def _classes() -> dict[str | None, type]:
    found: dict[str | None, type] = {None: type("Other", (Quick, model.CitationStylesElement), {})}
    for cls in model.CitationStylesElement.__subclasses__():
        if cls.__module__ == model.__name__:
            name = cls.__name__.replace("_", "-").lower()
            mends = (MENDED[name],) if name in MENDED else ()
            cased = (Cased,) if issubclass(cls, model.TextCased) else ()
            found[name] = type(cls.__name__, (*mends, *cased, Quick, cls), {})
    return found


CLASSES = _classes()
"""The class of each element by its name in CSL; None for those that nobody renders."""
