"""What the draft leaves out, what doesn't concern it, what it contradicts in itself."""

REGION, WHOLE = "龙口市", {"烟台市", "全市"}
MISSING = {"I:近岸海域水质优良率": "missing/IND-MISSING/约束性指标未出现", "I:人均应急避难场所面积": "missing/IND-MISSING/约束性指标未出现", "S:黄水河生态廊道": "missing/STR-MISSING/格局中没有黄水河廊道",
           "L:龙口泳汶河市级湿地公园": "missing/LIST-OMIT/未列入附表3", "L:龙口500千伏输变电工程": "missing/LIST-OMIT/未列入附表4", "L:桑岛—屺㟂岛海岛生态修复工程": "missing/LIST-OMIT/未列入附表5",
           "b05": "missing/DOC-NOANS/未提河道生态控制带", "b17": "missing/DOC-NOANS/未提战略留白", "b41": "missing/DOC-NOANS/未提传统村落核心保护"}
ABSENT = ["I:人均公园绿地面积", "S:烟台中心城区", "S:昆嵛山—牙山生态屏障", "S:大沽夹河生态廊道", "S:五龙河生态廊道", "S:莱阳副中心城市"]
INTERNAL = [("DOC-REF", "《烟台市国土空间总体规划（2018—2035年）》", "上级规划期限写错"),
            ("DOC-REF", "《龙口市土地利用总体规划（2006—2020年）》", "引用已失效规划"),
            ("DOC-PERIOD", "以2019年为基期年", "基期年应为2020年"),
            ("DOC-CONTRA", "按2035年城区60万常住人口配建给排水设施。", "上条52万人"),
            ("IND-SUM", "合计 45.62 39.85 172.50 98.36", "永久基本农田分镇之和与合计不符"),
            ("ZONE-OVERLAP", "合计 901.00 100.0", "分区之和889.00")]
