"""Whether the characters of a page can be what is printed: garbled text layers, pages without one."""

from __future__ import annotations

import numpy as np

from .characters import codes_of, is_garbage
from .ink import PageInk

DOUBTFUL = 0.02
"""A page with a larger part of garbage is read by the second engine too."""
GARBLED = 0.2
"""A page with a larger part of garbage says nothing."""
_ENOUGH = 80
"""Chinese characters on a page from which on their frequencies say something."""
_RARE = 0.12
"""In Chinese prose half of the characters are among these; a wrong map of codes leaves hardly one in ten of them."""
_COMMON = frozenset(
    "的一是在了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平"
    "形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程"
    "展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必"
    "战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打"
    "白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫"
    "且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精"
    "值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严首底液官德"
    "随病苏失尔死讲配女黄推显谈罪神艺呢席含企望密批营项防举球英氧势告李台落木帮轮破亚师围注远字材排供河态封另施减树溶怎止案言士均武"
    "固叶鱼波视仅费紧爱左章早朝害续轻服试食充兵源判护司足某练差致板田降黑犯负击范继兴似余坚曲输修故城夫够送笔船占右财吃富春职觉汉画"
    "功巴跟虽杂飞检吸助升阳互初创抗考投坏策古径换未跑留钢曾端责站简述钱副尽帝射草冲承独令限阿宣环双请超微让控州良轴找否纪益依优顶础"
    "载倒房突坐粉敌略客袁冷胜绝析块剂测丝协诉念陈仍罗盐友洋错苦夜刑移频逐靠混母短皮终聚汽村云哪既距卫停烈央察烧迅境若印洲刻括激孔搞"
    "亩耕乡镇湖港湾岸景园绿廊屏障粮镇廊乡沿岭"
)


def garbage_share(ink: PageInk) -> float:
    """The part of the page's characters that say nothing; 1 where their frequencies are those of no Chinese text."""
    count = len(ink.text)
    if not count:
        return 0.0
    codes = codes_of(ink.text)
    known = np.minimum(codes, _LAST)
    odd = _IS_ODD[known].nonzero()[0]
    garbage = sum(is_garbage(ink.text[at]) for at in odd.tolist())
    cid = ink.text.count("(cid:")
    share = (garbage + 7 * cid) / count
    chinese = np.count_nonzero(_IS_CHINESE[known])
    enough = chinese >= _ENOUGH and chinese > 0.3 * count
    if share < GARBLED and enough and np.count_nonzero(_IS_COMMON[known]) / chinese < _RARE:
        return 1.0
    return min(share, 1.0)


_LAST = 0xFFFF
_CODES = np.arange(_LAST + 1)
_IS_CHINESE = (_CODES >= 0x3400) & (_CODES < 0xA000)
_IS_COMMON = np.zeros(_LAST + 1, bool)
_IS_COMMON[[ord(character) for character in _COMMON]] = True
_IS_ODD = (
    (_CODES < 0x20)
    | ((_CODES >= 0x7F) & (_CODES < 0xA0))
    | ((_CODES >= 0xD800) & (_CODES < 0xF900))
    | (_CODES >= 0xFFF0)
)
"""What may say nothing; `is_garbage` decides."""


def good_characters(ink: PageInk) -> int:
    """Characters that say something."""
    return round(len(ink.text) * (1 - garbage_share(ink)))


def is_doubtful(ink: PageInk, garbage: float) -> bool:
    """Whether another engine should look at the page: garbage (its share), text operators without characters, writing
    off the page."""
    if garbage > DOUBTFUL:
        return True
    if not ink.text:
        return ink.texts > 0 and ink.rejected == 0
    return ink.rejects.get("off_page", 0) > 0.2 * (len(ink.text) + ink.rejects.get("off_page", 0))
