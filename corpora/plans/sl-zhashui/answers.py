"""What the draft leaves out, what doesn't concern it, what it contradicts in itself."""

REGION, WHOLE = "柞水县", {"商洛市", "全市"}
MISSING = {"I:人均避难场所面积": "missing/IND-MISSING/约束性指标未出现", "L:柞水乾佑河省级湿地公园": "missing/LIST-OMIT/未列入附表3", "L:柞水330千伏输变电工程": "missing/LIST-OMIT/未列入附表5",
           "c22": "missing/DOC-NOANS/未提易地搬迁安置区", "c35": "missing/DOC-NOANS/未提古道、古镇和旧址的利用"}
ABSENT = ["I:丹江出境断面水质达标率", "I:万元工业增加值用水量下降率", "S:丹江生态廊道", "S:洛河生态廊道", "S:金钱河生态廊道", "S:银花河生态廊道", "S:商丹一体化中心城区", "S:沪陕高速城镇发展带"]
INTERNAL = [("DOC-REF", "《柞水县城镇体系规划（2010—2020年）》", "引用已失效规划"), ("DOC-CONTRA", "到2035年，全县常住人口控制在16.5万人。", "第五条15万人左右"), ("IND-SUM", "合计 13.00 9.80 9.60", "永久基本农田分镇之和9.90与合计9.80不符"),
            ("DOC-REF", "各镇类型见附表2", "附表2不存在")]
