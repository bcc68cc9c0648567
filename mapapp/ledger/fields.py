"""The fields that a ledger's columns may hold, and the titles that offices give them."""

from __future__ import annotations

from enum import StrEnum

from mapapp.ledger.project import Stage


class Field(StrEnum):
    """What a column of a ledger may hold; the value is its usual title."""

    CODE = "项目编号"
    NAME = "项目名称"
    ENTERPRISE = "企业名称"
    CHAIN = "产业链"
    LINK = "环节"
    COUNTY = "县市区"
    PLACE = "建设地点"
    PRODUCT = "产品"
    CAPACITY = "建设规模"
    CONTRACTED = "投资额"
    PAID_IN = "到位资金"
    FOREIGN = "合同外资"
    FIXED_ASSET = "固定资产投资"
    OUTPUT = "预计年产值"
    TAX = "预计年税收"
    SIGNED = "签约日期"
    STARTED = "开工日期"
    ENROLLED = "入统日期"
    COMPLETED = "竣工日期"
    PRODUCING = "投产日期"
    ABOVE_SIZE = "进规日期"
    STATUS = "状态"
    LEADER = "责任领导"
    DEPARTMENT = "责任单位"
    LON = "经度"
    LAT = "纬度"
    POINT = "经纬度"
    DATUM = "坐标系"
    NOTE = "备注"
    LINK_NOTE = "环节说明"
    PARK = "是否园区"
    HALTED = "是否停滞"
    SOURCE = "信息来源"
    SOURCE_DATE = "信息来源日期"
    SOURCE_GRADE = "信息来源等级"
    CONFIRMED = "最近有消息"
    STATUS_AS_OF = "状态截至"
    STATUS_TEXT = "状态原文"
    AMOUNT_TEXT = "投资额原文"
    OUTPUT_TEXT = "年产值原文"
    LAND = "用地面积"
    JOBS = "用工人数"
    AGREEMENT = "协议类型"
    PARTIES = "其他投资方"
    ORIGIN = "来源地"
    OFFICE = "驻外专班"
    BROUGHT_BY = "引进活动"
    TAGS = "标签"
    NATIONAL_CODE = "国家项目代码"

    @property
    def is_coordinate(self) -> bool:
        return self in (Field.LON, Field.LAT, Field.POINT)


REQUIRED = (Field.CODE, Field.NAME, Field.COUNTY)
AMOUNTS = (Field.CONTRACTED, Field.PAID_IN, Field.FOREIGN)
MONEY = (*AMOUNTS, Field.FIXED_ASSET, Field.OUTPUT, Field.TAX)
"""The columns that have a unit."""
DATES = {
    Field.SIGNED: Stage.SIGNED,
    Field.STARTED: Stage.STARTED,
    Field.ENROLLED: Stage.ENROLLED,
    Field.COMPLETED: Stage.COMPLETED,
    Field.PRODUCING: Stage.PRODUCING,
    Field.ABOVE_SIZE: Stage.ABOVE_SIZE,
}
PLAIN = frozenset(
    {
        Field.CODE,
        Field.NAME,
        Field.ENTERPRISE,
        Field.CHAIN,
        Field.LINK,
        Field.COUNTY,
        Field.PLACE,
        Field.PRODUCT,
        Field.LEADER,
        Field.DEPARTMENT,
        Field.NOTE,
    }
)
"""Where several columns of different titles say the same thing, the usual title is read."""
DETAILS = frozenset(
    {
        Field.CAPACITY,
        Field.FIXED_ASSET,
        Field.OUTPUT,
        Field.TAX,
        Field.LINK_NOTE,
        Field.PARK,
        Field.HALTED,
        Field.SOURCE,
        Field.SOURCE_DATE,
        Field.SOURCE_GRADE,
        Field.CONFIRMED,
        Field.STATUS_AS_OF,
        Field.STATUS_TEXT,
        Field.AMOUNT_TEXT,
        Field.OUTPUT_TEXT,
        Field.LAND,
        Field.JOBS,
        Field.AGREEMENT,
        Field.PARTIES,
        Field.ORIGIN,
        Field.OFFICE,
        Field.BROUGHT_BY,
        Field.TAGS,
        Field.NATIONAL_CODE,
    }
)
"""What a ledger may add. Of columns that say the same the usual one is read, or the first; what
such a cell says amiss is told, and never turns the row away."""

_TITLES: dict[Field, str] = {
    Field.CODE: """项目编号 项目编码 招商项目编号 项目代码 项目编码号 项目序号 项目id project_code
        xmbh 项目编 编号 编码 code""",
    Field.NAME: """项目名称 招商项目名称 签约项目名称 项目全称 项目名 项目名称全称 project_name xmmc
        名称 项目 name""",
    Field.ENTERPRISE: """企业名称 企业 公司名称 公司 投资企业 投资企业名称 投资主体 投资主体名称
        投资方
        投资方名称 投资单位 投资单位名称 投资者 投资人 投资商 签约企业 签约方 签约主体 引进企业
        项目单位
        项目单位名称 项目业主 业主单位 业主 项目公司 建设单位 承建单位 实施主体 项目主体 企业主体
        客商
        客商名称 乙方 enterprise company qymc 企业名""",
    Field.CHAIN: """产业链 所属产业链 产业链名称 产业链条 重点产业链 链条 产业类别 产业类型
        所属产业 产业
        产业领域 所属领域 chain""",
    Field.LINK: "环节 产业链环节 链条环节 所属环节 产业环节 link",
    Field.COUNTY: """县市区 区县 县区 县市 属地 所属地 地区 区域 辖区 行政区划 行政区 所属行政区
        所属区域
        所在区域 所属地区 所在地区 归属地 落地县市区 落户地 落户地区 项目属地 县域 county xsq
        项目所在地
        所在地""",
    Field.PLACE: """建设地点 建设地址 项目地址 项目地点 选址 项目选址 落户地点 落地园区 所在园区
        园区 地址""",
    Field.PRODUCT: "产品 主要产品 产品名称 主营产品 主导产品",
    Field.CAPACITY: """建设规模 建设内容及规模 建设内容 主要建设内容 建设规模及内容 生产规模
        设计产能 产能""",
    Field.CONTRACTED: """投资额 总投资 投资总额 总投资额 计划总投资 计划总投资额 计划投资 计划投资额
        项目总投资 项目总投资额 投资金额 投资规模 总投资规模 拟投资额 拟投资 预计总投资 预计投资额
        协议投资额 协议金额 协议总投资 协议投资 协议投资总额 协议资金 签约金额 签约投资额 签约资金
        合同金额 合同投资额 合同总投资 项目投资额 项目投资 amount_yi""",
    Field.PAID_IN: """到位资金 累计到资 到资额 到位资金额 累计到位资金 实际到位资金 实际到资
        到位金额
        资金到位 累计到位金额 已到位资金 累计到资额 到资金额 paid_yi""",
    Field.FOREIGN: """合同外资 合同外资额 外资额 利用外资 协议外资 合同利用外资 实际利用外资
        实际使用外资""",
    Field.FIXED_ASSET: """固定资产投资 固定资产投资额 固定资产投资总额 计划固定资产投资
        固定资产总投资 固投 计划固投""",
    Field.OUTPUT: "预计年产值 年产值 达产年产值 达产后年产值 预期年产值 预计达产年产值",
    Field.TAX: """预计年税收 年税收 预计税收 达产年税收 达产后年税收 年税收额 预计年纳税
        预计年纳税额 年纳税额""",
    Field.SIGNED: """签约日期 签约时间 签订时间 签订日期 签约年月 签约 签约年份 正式签约时间
        合同签订时间
        协议签订时间 合同签约时间 签约年月日 签署日期 签署时间 签约日 signed signed_on""",
    Field.STARTED: "开工日期 开工时间 实际开工时间 开工年月 动工时间 动工日期 开工建设时间",
    Field.ENROLLED: "入统日期 入统时间 入库时间 纳统时间 纳统日期",
    Field.COMPLETED: "竣工日期 竣工时间 竣工年月 建成时间 完工时间 完工日期",
    Field.PRODUCING: "投产日期 投产时间 投产年月 投运时间",
    Field.ABOVE_SIZE: "进规日期 进规时间 入规时间",
    Field.STATUS: """状态 项目状态 项目阶段 阶段 当前阶段 推进阶段 项目进度 当前状态 目前阶段
        目前状态
        所处阶段 建设阶段 建设状态 进展阶段 项目所处阶段 status stage""",
    Field.LEADER: "责任领导 包联领导 牵头领导 分管领导 挂帮领导 包保领导 领衔领导",
    Field.DEPARTMENT: """责任单位 包联单位 牵头单位 责任部门 牵头部门 服务单位 包保单位 招商单位
        引资单位""",
    Field.LON: "经度 东经 lon lng longitude 经度坐标 坐标经度 x坐标 中心经度 项目经度",
    Field.LAT: "纬度 北纬 lat latitude 纬度坐标 坐标纬度 y坐标 中心纬度 项目纬度",
    Field.POINT: "经纬度 坐标 经纬度坐标 地理坐标 项目坐标 位置坐标 中心坐标 经纬坐标 地理位置坐标",
    Field.DATUM: "坐标系 坐标系统 坐标基准 坐标类型 坐标来源",
    Field.NOTE: "备注 备注说明 说明 note",
    Field.LINK_NOTE: "环节说明",
    Field.PARK: "是否园区",
    Field.HALTED: "是否停滞",
    Field.SOURCE: "信息来源",
    Field.SOURCE_DATE: "信息来源日期",
    Field.SOURCE_GRADE: "信息来源等级",
    Field.CONFIRMED: "最近有消息",
    Field.STATUS_AS_OF: "状态截至",
    Field.STATUS_TEXT: "状态原文",
    Field.AMOUNT_TEXT: "投资额原文",
    Field.OUTPUT_TEXT: "年产值原文",
    Field.LAND: """用地面积 项目用地 用地规模 占地面积 项目用地面积 项目占地 用地 用地亩数 占地
        占地亩数 供地面积 拟用地面积""",
    Field.JOBS: """用工人数 用工 预计用工 用工需求 带动就业 就业人数 新增就业 新增就业人数
        带动就业人数 安排就业 提供就业岗位 就业岗位""",
    Field.AGREEMENT: "协议类型 协议性质 协议类别 合同类型 签约类型 签约性质 协议形式",
    Field.PARTIES: """其他投资方 联合投资方 共同投资方 合作投资方 合作方 联合体成员 合作单位
        合作企业""",
    Field.ORIGIN: """来源地 投资来源地 资金来源地 客商来源地 投资方来源地 引资来源地 来源省市
        来源省份 来源省 来源城市 投资方所在地 客商所在地 省市来源地""",
    Field.OFFICE: """驻外专班 驻外招商专班 驻外招商机构 驻外机构 招商专班 引进专班 驻点招商专班
        招商小分队""",
    Field.BROUGHT_BY: "引进活动 来源活动 招商活动 推介活动 签约活动 招商推介活动",
    Field.TAGS: "标签 项目标签 专项行动 所属专项",
    Field.NATIONAL_CODE: """国家项目代码 国家代码 投资项目代码 投资项目统一代码 项目统一代码
        固定资产投资项目代码 在线审批监管平台项目代码 在线平台代码 备案项目代码 备案代码 项目赋码
        赋码 national_code""",
}
RANKED: dict[str, tuple[Field, int]] = {
    title: (field, rank)
    for field, titles in _TITLES.items()
    for rank, title in enumerate(titles.split())
}
"""Every title, without spaces and in small letters: its field, and how usual the title is."""
