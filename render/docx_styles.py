"""The look of a plan in Word: styles, numbering, page, as GB/T 9704 and planning institutes have it.

Fonts are named by what Chinese Word and WPS carry (仿宋, 黑体, 楷体, 宋体); the font table names what may stand in.
"""

from __future__ import annotations

from .ooxml import DECLARATION, NAMESPACES

PAGE = (11906, 16838)
"""A4 in twips. Margins of GB/T 9704: top 37 mm, left 28 mm, text area 156 × 225 mm."""
MARGINS = (2098, 1474, 1984, 1587)
"""top, right, bottom, left in twips."""
TEXT_WIDTH = PAGE[0] - MARGINS[1] - MARGINS[3]
LANDSCAPE_MARGINS = (1587, 1440, 1474, 1440)
LANDSCAPE_WIDTH = PAGE[1] - LANDSCAPE_MARGINS[1] - LANDSCAPE_MARGINS[3]

FANGSONG, HEITI, KAITI, SONGTI = "仿宋", "黑体", "楷体", "宋体"
FALLBACKS = {FANGSONG: "仿宋_GB2312", HEITI: "SimHei", KAITI: "楷体_GB2312", SONGTI: "SimSun"}
LATIN = "Times New Roman"


OWN_STYLES = frozenset(
    {
        "Annex Heading",
        "Annex Title",
        "Cover Line",
        "Unit Line",
        "Table Text",
        "Table Centre",
        "Table Head",
        "Table Note",
        "Table Small",
        "Section End",
        "Mandatory",
        "Open Item",
        "Unplaced",
        "Table Ruled",
        "Table Three Line",
        "Report Title",
        "Report Subtitle",
        "Report Heading",
        "Report Subheading",
    }
)
"""Names that are not Word's own."""


def _fonts(east: str) -> str:
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{east}" w:cs="{LATIN}"/>'


def _style(
    id_: str,
    name: str,
    *,
    based: str | None = "Normal",
    following: str | None = None,
    paragraph: str = "",
    run: str = "",
    kind: str = "paragraph",
    more: str = "",
) -> str:
    custom = ' w:customStyle="1"' if name in OWN_STYLES else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{id_}"{more}{custom}><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + (f'<w:next w:val="{following}"/>' if following else "")
        + "<w:qFormat/>"
        + (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "")
        + (f"<w:rPr>{run}</w:rPr>" if run else "")
        + "</w:style>"
    )


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _exact(points: int, before: int = 0, after: int = 0) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{points * 20}" w:lineRule="exact"/>'


SINGLE = '<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
CENTRED = '<w:jc w:val="center"/>'


def styles_xml() -> str:
    """word/styles.xml."""
    heading = "<w:keepNext/><w:keepLines/>"
    indent = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
    flat = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
    styles = [
        _style(
            "Normal",
            "Normal",
            based=None,
            paragraph='<w:widowControl w:val="0"/>' + _exact(28) + '<w:jc w:val="both"/>',
            run=_fonts(FANGSONG) + _size(32),
            more=' w:default="1"',
        ),
        _style("BodyText", "Body Text", paragraph=indent),
        _style("Unplaced", "Unplaced", based="BodyText", paragraph=indent, run='<w:color w:val="FF0000"/>'),
        _style(
            "Heading1",
            "heading 1",
            following="BodyText",
            run=_fonts(HEITI) + _size(36),
            paragraph=heading
            + '<w:pageBreakBefore/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
            + _exact(32, 240, 240)
            + CENTRED
            + '<w:outlineLvl w:val="0"/>',
        ),
        _style(
            "Heading2",
            "heading 2",
            following="BodyText",
            run=_fonts(HEITI) + _size(32),
            paragraph=heading
            + '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
            + _exact(28, 160, 80)
            + flat
            + '<w:jc w:val="left"/><w:outlineLvl w:val="1"/>',
        ),
        _style(
            "AnnexHeading",
            "Annex Heading",
            based="Heading1",
            following="BodyText",
            run=_size(32),
            paragraph='<w:pageBreakBefore w:val="0"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr><w:outlineLvl w:val="0"/>',
        ),
        _style(
            "AnnexTitle",
            "Annex Title",
            following="BodyText",
            run=_fonts(HEITI) + _size(32),
            paragraph=heading + _exact(32, 240, 240) + CENTRED + '<w:outlineLvl w:val="0"/>',
        ),
        _style("Title", "Title", paragraph=_exact(40, 4200, 240) + CENTRED, run=_fonts(HEITI) + _size(52)),
        _style("Subtitle", "Subtitle", paragraph=_exact(36, 120, 120) + CENTRED, run=_fonts(KAITI) + _size(36)),
        _style("CoverLine", "Cover Line", paragraph=_exact(32, 3600, 120) + CENTRED, run=_fonts(KAITI) + _size(36)),
        _style("ReportTitle", "Report Title", based="Title", paragraph=_exact(34, 240, 120) + CENTRED, run=_size(40)),
        _style(
            "ReportSubtitle", "Report Subtitle", based="Subtitle", paragraph=_exact(28, 0, 240) + CENTRED, run=_size(28)
        ),
        _style(
            "ReportHeading",
            "Report Heading",
            following="BodyText",
            run=_fonts(HEITI) + _size(32),
            paragraph=heading
            + '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="4"/></w:numPr>'
            + _exact(30, 200, 100)
            + flat
            + '<w:jc w:val="left"/><w:outlineLvl w:val="0"/>',
        ),
        _style(
            "ReportSubheading",
            "Report Subheading",
            following="BodyText",
            run=_fonts(KAITI) + _size(32),
            paragraph=heading
            + '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>'
            + _exact(28, 120, 60)
            + flat
            + '<w:jc w:val="left"/><w:outlineLvl w:val="1"/>',
        ),
        _style("TOCHeading", "TOC Heading", paragraph=_exact(32, 240, 240) + CENTRED, run=_fonts(HEITI) + _size(36)),
        _style(
            "TOC1",
            "toc 1",
            paragraph=f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{TEXT_WIDTH}"/></w:tabs>' + _exact(24),
            run=_fonts(HEITI) + _size(24),
        ),
        _style(
            "TOC2",
            "toc 2",
            paragraph=f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{TEXT_WIDTH}"/></w:tabs>'
            + _exact(22)
            + '<w:ind w:left="420"/>',
            run=_fonts(SONGTI) + _size(24),
        ),
        _style(
            "Caption",
            "caption",
            paragraph="<w:keepNext/>" + _exact(24, 120, 60) + CENTRED,
            run=_fonts(HEITI) + _size(28),
        ),
        _style(
            "UnitLine",
            "Unit Line",
            paragraph="<w:keepNext/>" + SINGLE + '<w:jc w:val="right"/>',
            run=_fonts(SONGTI) + _size(21),
        ),
        _style("TableText", "Table Text", paragraph=SINGLE + '<w:jc w:val="left"/>', run=_fonts(SONGTI) + _size(21)),
        _style("TableCentre", "Table Centre", based="TableText", paragraph=CENTRED),
        _style("TableHead", "Table Head", based="TableText", paragraph="<w:keepNext/>" + CENTRED, run=_fonts(HEITI)),
        _style("TableSmall", "Table Small", based="TableText", run=_size(18)),
        _style("TableNote", "Table Note", paragraph=SINGLE + '<w:jc w:val="left"/>', run=_fonts(SONGTI) + _size(21)),
        _style(
            "SectionEnd",
            "Section End",
            paragraph='<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
            run=_size(2),
        ),
        _style(
            "Footer",
            "footer",
            paragraph='<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>',
            run=_fonts(SONGTI) + _size(28),
        ),
        _style(
            "CommentText", "annotation text", paragraph=SINGLE + '<w:jc w:val="left"/>', run=_fonts(SONGTI) + _size(21)
        ),
        _style("DefaultParagraphFont", "Default Paragraph Font", based=None, kind="character", more=' w:default="1"'),
        _style(
            "Mandatory", "Mandatory", based="DefaultParagraphFont", kind="character", run='<w:b/><w:u w:val="single"/>'
        ),
        _style(
            "OpenItem",
            "Open Item",
            based="DefaultParagraphFont",
            kind="character",
            run='<w:color w:val="C00000"/><w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>',
        ),
        _style(
            "CommentReference", "annotation reference", based="DefaultParagraphFont", kind="character", run=_size(21)
        ),
        _table_style("TableRuled", "Table Ruled", 8, inside=True),
        _table_style("TableThreeLine", "Table Three Line", 12, inside=False),
    ]
    defaults = f'<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FANGSONG)}{_size(32)}<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    return f"{DECLARATION}<w:styles {NAMESPACES}>{defaults}{''.join(styles)}</w:styles>"


def _table_style(id_: str, name: str, outer: int, *, inside: bool) -> str:
    """A ruled table (all cells) or a three-line one (above, below, and under the header)."""

    def edge(side: str, size: int) -> str:
        return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'

    sides = edge("top", outer) + (edge("left", 4) if inside else "") + edge("bottom", outer)
    sides += (edge("right", 4) + edge("insideH", 4) + edge("insideV", 4)) if inside else ""
    under_head = (
        ""
        if inside
        else f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{edge("bottom", 6)}</w:tcBorders></w:tcPr></w:tblStylePr>'
    )
    return (
        f'<w:style w:type="table" w:styleId="{id_}" w:customStyle="1"><w:name w:val="{name}"/><w:qFormat/><w:tblPr><w:tblBorders>{sides}</w:tblBorders>'
        '<w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr>{under_head}</w:style>"
    )


def numbering_xml() -> str:
    """word/numbering.xml: 第一章 and 第1条 (articles run through all chapters), 附表1."""

    def list_of(id_: int, format_: str, words: str, style: str) -> str:
        return (
            f'<w:abstractNum w:abstractNumId="{id_}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{format_}"/><w:pStyle w:val="{style}"/><w:suff w:val="space"/><w:lvlText w:val="{words}"/>'
            '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl></w:abstractNum>'
        )

    # three lists, not three levels of one: articles run through all chapters, and not every word processor knows lvlRestart
    lists = list_of(0, "chineseCountingThousand", "第%1章", "Heading1") + list_of(
        1, "decimal", "附表%1", "AnnexHeading"
    )
    lists += list_of(2, "decimal", "第%1条", "Heading2")
    lists += list_of(3, "chineseCountingThousand", "%1、", "ReportHeading")
    lists += list_of(4, "chineseCountingThousand", "（%1）", "ReportSubheading")
    numbers = "".join(f'<w:num w:numId="{id_ + 1}"><w:abstractNumId w:val="{id_}"/></w:num>' for id_ in range(5))
    return f"{DECLARATION}<w:numbering {NAMESPACES}>{lists}{numbers}</w:numbering>"


def font_table_xml() -> str:
    """word/fontTable.xml: what may stand in where a font is not installed."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="modern"/><w:pitch w:val="variable"/></w:font>'
        for name, other in FALLBACKS.items()
    )
    return f"{DECLARATION}<w:fonts {NAMESPACES}>{fonts}</w:fonts>"


def settings_xml(*, update_fields: bool = False) -> str:
    """word/settings.xml: odd and even footers differ (page numbers stand outside); Word counts contents, captions and
    references anew on opening if `update_fields`."""
    fresh = '<w:updateFields w:val="true"/>' if update_fields else ""
    return (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        f"{fresh}<w:compat>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def section_xml(*, landscape: bool = False, numbered: bool = True, start: int | None = None) -> str:
    """A w:sectPr; pages carry — 1 — if `numbered`."""
    width, height = (PAGE[1], PAGE[0]) if landscape else PAGE
    top, right, bottom, left = LANDSCAPE_MARGINS if landscape else MARGINS
    turned = ' w:orient="landscape"' if landscape else ""
    kinds = (
        (("default", "rIdFooterOdd"), ("even", "rIdFooterEven"))
        if numbered
        else (("default", "rIdFooterNone"), ("even", "rIdFooterNone"))
    )
    footers = "".join(f'<w:footerReference w:type="{kind}" r:id="{target}"/>' for kind, target in kinds)
    first = f'<w:pgNumType w:start="{start}"/>' if start is not None else ""
    return (
        f'<w:sectPr>{footers}<w:type w:val="nextPage"/><w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="851" w:footer="1200" w:gutter="0"/>'
        f'{first}<w:cols w:space="425"/></w:sectPr>'
    )


def theme_xml() -> str:
    """word/theme/theme1.xml: Word expects one; nothing in the document refers to it but the fonts that it names."""
    colours: tuple[tuple[str, str], ...] = (("dk1", "000000"), ("lt1", "FFFFFF"), ("dk2", "44546A"), ("lt2", "E7E6E6"))
    colours += (("accent1", "4472C4"),)
    colours += (("accent2", "ED7D31"), ("accent3", "A5A5A5"), ("accent4", "FFC000"), ("accent5", "5B9BD5"))
    colours += (("accent6", "70AD47"), ("hlink", "0563C1"), ("folHlink", "954F72"))
    palette = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours)
    font = f'<a:latin typeface="{LATIN}"/><a:ea typeface="{SONGTI}"/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{DECLARATION}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="plan"><a:themeElements>'
        f'<a:clrScheme name="plan">{palette}</a:clrScheme><a:fontScheme name="plan"><a:majorFont>{font}</a:majorFont>'
        f'<a:minorFont>{font}</a:minorFont></a:fontScheme><a:fmtScheme name="plan"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )
