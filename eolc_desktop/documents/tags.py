"""What every part of a page is (heading, list, table, words to skip), kept for those who hear the page read out.

The tree is made while a document is laid out and drawn, and written into the PDF afterwards: a structure tree
(PDF 32000-1, 14.7 and 14.8), bookmarks, language and title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, eq=False)
class Node:
    """One element of the structure tree. `kids` holds elements, and (page, number) for what is drawn on a page.

    `actual` is the text in reading order, for right-to-left text, whose glyphs are drawn in another.
    """

    role: str
    kids: list[Node | tuple[int, int]] = field(default_factory=list)
    alt: str = ""
    language: str = ""
    scope: str = ""
    actual: str = ""

    def add(self, role: str, *, alt: str = "", language: str = "", scope: str = "") -> Node:
        """Add an element under this one, after those it has."""
        node = Node(role, alt=alt, language=language, scope=scope)
        self.kids.append(node)
        return node

    def is_empty(self) -> bool:
        """Return whether nothing was drawn for this element or any under it."""
        return all(isinstance(kid, Node) and kid.is_empty() for kid in self.kids)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A heading in the list of contents a reader shows; `top` is the way up from the foot of the page, in points."""

    title: str
    level: int
    page: int
    top: float


def write_tree(pdf: Any, root: Node) -> None:
    """Write the structure tree into an open pikepdf document, and the way back from each marked part to its element."""
    import pikepdf  # noqa: PLC0415

    name, array, dictionary = pikepdf.Name, pikepdf.Array, pikepdf.Dictionary
    pages = [page.obj for page in pdf.pages]
    parents: list[dict[int, Any]] = [{} for _ in pages]
    tree = pdf.make_indirect(dictionary(Type=name.StructTreeRoot))

    def written(node: Node, parent: Any) -> Any:
        element = pdf.make_indirect(dictionary(Type=name.StructElem, S=name("/" + node.role), P=parent))
        if node.alt:
            element.Alt = pikepdf.String(node.alt)
        if node.language:
            element.Lang = pikepdf.String(node.language)
        if node.actual:
            element.ActualText = pikepdf.String(node.actual)
        if node.scope:
            element.A = dictionary(O=name.Table, Scope=name("/" + node.scope))
        home = next((kid[0] for kid in node.kids if isinstance(kid, tuple)), None)
        if home is not None:
            element.Pg = pages[home]
        kids: list[Any] = []
        for kid in node.kids:
            if isinstance(kid, Node):
                if not kid.is_empty():
                    kids.append(written(kid, element))
            else:
                page, number = kid
                parents[page][number] = element
                kids.append(number if page == home else dictionary(Type=name.MCR, Pg=pages[page], MCID=number))
        element.K = kids[0] if len(kids) == 1 else array(kids)
        return element

    tree.K = written(root, tree)
    numbers: list[Any] = []
    for at, (page, marked) in enumerate(zip(pages, parents, strict=True)):
        numbers += [at, pdf.make_indirect(array([marked[n] for n in range(len(marked))]))]
        page.StructParents = at
        page.Tabs = name.S
    tree.ParentTree = pdf.make_indirect(dictionary(Nums=array(numbers)))
    tree.ParentTreeNextKey = len(pages)
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = dictionary(Marked=True)


def write_bookmarks(pdf: Any, bookmarks: Sequence[Bookmark]) -> None:
    """Write the headings as bookmarks, each under the last one of a higher rank."""
    import pikepdf  # noqa: PLC0415

    if not bookmarks:
        return
    with pdf.open_outline() as outline:
        branch: list[tuple[int, Any]] = []
        for mark in bookmarks:
            item = pikepdf.OutlineItem(mark.title, mark.page, "XYZ", left=0, top=mark.top)
            while branch and branch[-1][0] >= mark.level:
                branch.pop()
            (branch[-1][1].children if branch else outline.root).append(item)
            branch.append((mark.level, item))


def write_properties(pdf: Any, *, title: str, author: str, language: str) -> None:
    """Write title, author, language and "show the title, not the file name", in the XMP and the older form alike.

    The title is the document's name only, never a person's: it shows in window titles and print queues.
    """
    import pikepdf  # noqa: PLC0415

    root = pdf.Root
    root.Lang = pikepdf.String(language)
    root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    pdf.trailer.Info = pdf.make_indirect(pikepdf.Dictionary())
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as metadata:
        metadata["dc:title"] = title
        metadata["dc:language"] = {language}
        if author:
            metadata["dc:creator"] = [author]
        metadata["xmp:CreatorTool"] = "EoLC Desktop"
        metadata["pdf:Producer"] = "ReportLab"
