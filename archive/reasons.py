"""Reason codes of the ledger, each with what it means and what to do."""

from __future__ import annotations

REASONS: dict[str, str] = {
    "NO_REQUIREMENTS": "读出了文字，但没有找到传导要求",
    "PAGES_OCR": "部分页是图片，需要文字识别（安装 chuandao[ocr]）",
    "PAGES_PICTURES": "部分页是图片，其中没有识别出文字",
    "PAGES_GARBLED": "部分页的文字层是乱码",
    "PAGES_DAMAGED": "部分页已损坏",
    "PAGES_SKIPPED": "部分页超出时间或内存限制，已隔离",
    "ENCRYPTED": "需要口令（用 --password-file 给出）",
    "DAMAGED": "文件已损坏",
    "EMPTY": "文件是空的",
    "NO_PAGES": "没有页面",
    "NO_TEXT": "没有任何文字",
    "NEEDS_OCR": "整份是扫描件，需要文字识别（安装 chuandao[ocr]）",
    "GARBLED": "整份的文字层是乱码",
    "OTHER_KIND": "扩展名是文档，内容不是",
    "OLD_WORD": "旧版 Word（.doc、.wps），请安装 LibreOffice 或另存为 DOCX",
    "BOMB": "解压后过大，疑为压缩炸弹",
    "UNREADABLE": "读不了",
    "INTERNAL": "程序内部出错，请反馈给维护者",
    "TIMEOUT": "超出时间限制",
    "MEMORY": "超出内存限制",
    "OUTPUT": "结果超出大小限制",
    "CRASH": "读取进程崩溃",
    "KILLED": "读取进程多次被外部终止",
    "TOO_BIG": "文件超出大小限制",
    "PERMISSION": "没有读取权限",
    "IO_ERROR": "读取时磁盘或网络出错",
    "CHANGING": "文件还在变化（可能正在复制）",
    "VANISHED": "登记之后文件不见了",
    "SAME_CONTENT": "内容与另一份文件相同",
    "CONTAINER": "压缩包，其中的文件逐一登记",
    "PACKER": "不支持的压缩格式（只支持 ZIP），请先解压",
    "ZIP_DAMAGED": "压缩包已损坏",
    "ZIP_ENCRYPTED": "压缩包里的文件有口令，请先解压",
    "ZIP_PATH": "压缩包里的路径越界，已拒绝",
    "ZIP_LINK": "压缩包里的链接，已拒绝",
    "ZIP_TOO_MANY": "压缩包里的文件过多",
    "ZIP_DEPTH": "压缩包嵌套过深",
    "NOT_A_DOCUMENT": "不是规划文档",
    "SYSTEM_FILE": "系统文件或临时文件",
    "SYMLINK": "符号链接，不跟随",
    "SYMLINK_ESCAPE": "符号链接指向来源之外，已拒绝",
    "SPECIAL_FILE": "管道、设备等特殊文件，不打开",
}

PASSING = frozenset({"PERMISSION", "IO_ERROR", "CHANGING", "VANISHED"})
"""What may be over by the next run, which tries it again by itself."""
RETRIED = (
    PASSING
    | {"TIMEOUT", "MEMORY", "OUTPUT", "CRASH", "KILLED", "INTERNAL", "ENCRYPTED", "NEEDS_OCR", "TOO_BIG"}
    | {
        "PAGES_OCR",
        "PAGES_SKIPPED",
        "ZIP_TOO_MANY",
    }
)
"""What `archive retry` begins again: it may pass with more room, a password or OCR."""
STATUSES = {
    "found": "待处理",
    "running": "处理中",
    "waiting": "待重试",
    "done": "完成",
    "partial": "部分完成",
    "failed": "失败",
    "duplicate": "重复",
    "skipped": "略过",
}
OPEN = ("found", "running", "waiting")
