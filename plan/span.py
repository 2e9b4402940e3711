"""Where a thing stands in its file: the evidence that every extracted thing carries."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the top left of the page as displayed."""


class Record(BaseModel):
    """A frozen value that leaves the house as JSON; keys it does not know are kept (CONTRACT: new keys are no break)."""

    model_config = ConfigDict(frozen=True, extra="allow")


class SparseRecord(Record):
    """A record that writes only the keys of `sparse` that are set; the contract names them for some formats only."""

    sparse: ClassVar[frozenset[str]] = frozenset()

    @model_serializer(mode="wrap")
    def _without_unset(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {key: value for key, value in handler(self).items() if value is not None or key not in self.sparse}


class TableRef(Record):
    """The cell that a span stands in. `row` and `column` count from 0 in the joined table, header rows included."""

    label: str | None = None
    index: int
    row: int
    column: int
    header: tuple[str, ...] = ()


class Span(SparseRecord):
    """One place in a file with its exact words.

    In a PDF: `page` (from 1), `printed_page`, `boxes` (one a line). In a DOCX: `paragraph` (index in its part),
    `from`/`to` (characters) and `headings` (the path of headings above it).
    """

    sparse: ClassVar[frozenset[str]] = frozenset({"page", "boxes", "paragraph", "from", "to", "headings"})

    page: int | None = None
    printed_page: str | None = None
    boxes: tuple[Box, ...] | None = None
    paragraph: int | None = None
    start: int | None = None
    end: int | None = None
    headings: tuple[str, ...] | None = None
    quote: str
    part: str = "body"
    table: TableRef | None = None

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)

    @model_serializer(mode="wrap")
    def _by_format(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        plain = self.paragraph is None and self.headings is None and not self.model_extra
        if plain and self.page is not None and type(self) is Span:
            return {  # the form of nearly all of the many thousands of a plan
                "page": self.page, "printed_page": self.printed_page, "boxes": self.boxes,
                "quote": self.quote, "part": self.part, "table": self.table,
            }  # fmt: skip
        raw = handler(self)
        start, end = raw.pop("start", None), raw.pop("end", None)
        order: tuple[str, ...]
        if raw.get("page") is not None:
            order = ("page", "printed_page", "boxes", "quote", "part", "table")
        else:
            raw["from"], raw["to"] = start, end
            raw.pop("printed_page", None)
            order = ("part", "paragraph", "from", "to", "quote", "headings", "table")
        known = {key: raw.pop(key) for key in order if key in raw}
        return {**known, **{key: value for key, value in raw.items() if value is not None}}

    @classmethod
    def of_ink(
        cls, page: int, printed_page: str | None, boxes: tuple[Box, ...], quote: str, part: str, table: TableRef | None
    ) -> Span:
        """A place in a PDF as its reader knows it, which need not be validated: a plan has ten thousands of them."""
        span = cls.__new__(cls)
        said = {
            "page": page,
            "printed_page": printed_page,
            "boxes": boxes,
            "quote": quote,
            "part": part,
            "table": table,
        }
        object.__setattr__(span, "__dict__", {**_UNSET, **said})
        object.__setattr__(span, "__pydantic_fields_set__", set(said))
        object.__setattr__(span, "__pydantic_extra__", {})
        object.__setattr__(span, "__pydantic_private__", None)
        return span

    def __init__(self, **data: Any) -> None:
        if "from" in data:
            data["start"] = data.pop("from")
            data["end"] = data.pop("to", None)
        super().__init__(**data)


_UNSET = dict.fromkeys(Span.model_fields)
"""The keys of a span in their order."""
