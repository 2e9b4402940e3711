"""What the draft leaves out, what doesn't concern it, what it contradicts in itself."""

REGION, WHOLE = "绵阳市", {"四川省", "全省"}
MISSING = {"I:重要江河湖泊水功能区水质达标率": "missing/IND-MISSING/约束性指标未出现", "S:大熊猫栖息地廊道": "missing/STR-MISSING/格局中没有这一廊道",
           "L:游仙仙鹤湖省级湿地公园": "missing/LIST-OMIT/未列入附表3", "L:四川平武佛爷洞省级地质公园": "missing/LIST-OMIT/未列入附表3",
           "L:丘区全域土地综合整治工程": "missing/LIST-OMIT/未列入附表4", "L:开茂水库灌区工程": "missing/LIST-OMIT/未列入附表5",
           "a36": "missing/DOC-NOANS/未提整合优化和勘界立标", "a39": "missing/DOC-NOANS/未提蜀道等线性文化遗产", "a45": "missing/DOC-NOANS/未提中心避难场所"}
ABSENT = ["S:成渝南翼", "S:成遂南达经济带", "S:攀乐宜泸沿江经济带", "S:宜宾市", "S:若尔盖草原湿地生态屏障", "S:大小凉山生态屏障", "S:岷江生态廊道", "S:嘉陵江生态廊道"]
INTERNAL = [("DOC-REF", "编制依据还包括《四川省主体功能区规划》阶段性成果、《绵阳市城市总体规划（2010—2020年）》。", "阶段性成果作依据"),
            ("DOC-PERIOD", "基础数据采用2018年第二次土地调查变更成果", "基期应为2020年、三调"),
            ("DOC-TEXT-TABLE", "林木覆盖国土的比例（森林覆盖率）达到56.2%以上", "正文56.2%，表1≥56.8"),
            ("DOC-CONTRA", "中心城区按2035年常住人口268万人配置公共服务设施。", "上条255万人"),
            ("IND-SUM", "合计 586.40 489.20 5098.26 402.60", "耕地分县之和585.40"),
            ("ZONE-OVERLAP", "合计 20248.00 100.0", "分区之和20235.00")]
