"""Write gold.json of the example (annotation guide, §5). Usage: python build_gold.py > sources/gold.json"""
import json
F = {
 "m11": ("会议/第11次联席会议纪要.docx", "2024-01-18", "minutes", None, "AB", "AB"),
 "l3": ("收文/古街函〔2024〕3号.pdf", "2024-02-05", "letter", "古街函〔2024〕3号", "B", "A"),
 "l6": ("发文/云古管函〔2024〕6号 关于古街函3号的复函.docx", "2024-03-05", "reply", "云古管函〔2024〕6号", "A", "B"),
 "l9": ("发文/云古管函〔2024〕9号.docx", "2024-03-21", "letter", "云古管函〔2024〕9号", "A", "B"),
 "l11": ("收文/古街函〔2024〕11号 复函.txt", "2024-04-08", "reply", "古街函〔2024〕11号", "B", "A"),
 "m12": ("会议/第12次联席会议纪要（定稿）.docx", "2024-04-18", "minutes", None, "AB", "AB"),
 "e1": ("邮件/2024-05-08 三轮车名单和消防演练.eml", "2024-05-08", "email", None, "A", "B"),
 "e2": ("邮件/回复：三轮车名单和消防演练.eml", "2024-05-10", "email", None, "B", "A"),
 "form": ("收文/工作联系单（青砖清运）.docx", "2024-05-22", "letter", "古街联〔2024〕15号", "B", "A"),
 "t": ("会议/0606夜间噪声碰头会记录.txt", "2024-06-06", "transcript", None, "AB", "AB"),
 "l17": ("发文/云古管函〔2024〕17号《关于提供南门夜间营业商户名单等事项的函》.docx", "2024-06-18", "letter", "云古管函〔2024〕17号", "A", "B"),
 "m13": ("会议/第13次联席会议纪要.docx", "2024-07-11", "minutes", None, "AB", "AB"),
 "chat": ("邮件/古城共管工作群 聊天记录0725.txt", "2024-07-25", "transcript", None, "AB", "AB"),
 "l24": ("收文/古街函〔2024〕24号.txt", "2024-08-02", "letter", "古街函〔2024〕24号", "B", "A"),
 "e3": ("邮件/名单.eml", "2024-08-09", "email", None, "B", "A"),
 "l22": ("发文/云古管函〔2024〕22号 灯会安保和隔音改造.docx", "2024-08-20", "letter", "云古管函〔2024〕22号", "A", "B"),
 "pet": ("发文/关于古城夜间经营管理职责划分的请示.pdf", "2024-09-03", "petition", "云古管〔2024〕41号", "A", "X"),
 "e4": ("邮件/老宅钥匙交接.eml", "2024-09-19", "email", None, "A", "B"),
 "ntc": ("发文/关于第14次联席会议延期的通知.md", "2024-10-10", "notice", None, "A", "A"),
 "l29": ("发文/云古管函〔2024〕29号 催办函.docx", "2024-10-24", "letter", "云古管函〔2024〕29号", "A", "B"),
 "e5": ("邮件/转：几件积压的事.eml", "2024-11-06", "email", None, "A", "B"),
 "gov": ("收文/市政府办公室 关于做好冬季古城安全工作的通知.pdf", "2024-11-12", "notice", "云政办〔2024〕58号", "X", "AB"),
 "l35": ("收文/古街函〔2024〕35号 复函.pdf", "2024-11-27", "reply", "古街函〔2024〕35号", "B", "A"),
 "wk": ("会议/跨单位事项周报 2024-12-05.md", "2024-12-05", "report", None, "A", "B"),
 "l38": ("收文/古街函〔2024〕38号.txt", "2024-12-13", "letter", "古街函〔2024〕38号", "B", "A"),
 "l34": ("发文/云古管函〔2024〕34号 关于结算口径的复函.docx", "2024-12-18", "reply", "云古管函〔2024〕34号", "A", "B"),
 "rep": ("发文/2024年度工作报告.pdf", "2024-12-20", "report", None, "A", "X"),
 "memo": ("备忘 年末未了事项（内部）.md", "2024-12-27", "memo", None, "A", "A"),
}
AS_OF = "2025-01-10"
ANS, PART, ACK, REF, URGE, WD = "answer", "partial_answer", "acknowledgement", "refusal", "urge", "withdrawal"
def at(key, quote, **more): return {"file": F[key][0], "quote": quote, **more}
def doc(key):
    f, date, kind, number, a, b = F[key]
    return {"file": f, "date": date, "kind": kind, **({"number": number} if number else {}), "from": a, "to": b}
def item(kind, a, b, key, quote, due, status, *events, also=()):
    over = bool(due and due < AS_OF and status in ("partial", "acknowledged", "unanswered"))
    return {"kind": kind, "from": a, "to": b, "file": F[key][0], "quote": quote, "due": due, "status": status, "overdue": over,
            **({"also": [at(*x) for x in also]} if also else {}), "events": [{"type": t, **at(k, q)} for t, k, q in events]}
R, C, S = "request", "commitment", "assignment"
NO_REPLY = "我委8月20日、9月19日两次去函，也都没有回音"
LIAISON = "双方于4月30日前各确定一名联络员，书面告知对方"
items = [
 item(S, "AB", "A", "m11", "由古管委于3月15日前把施工围挡和行人绕行方案送街道", "2024-03-15", "answered", (ANS, "m12", "已完成，方案3月12日送达街道"), also=[("m12", "迎恩门施工围挡和行人绕行方案送街道")]),
 item(S, "AB", "B", "m11", "由街道于3月31日前清通东大街、井巷两条消防通道", "2024-03-31", "partial", (PART, "m12", "部分完成：东大街已清通，井巷尚未动手"), (PART, "m13", "清出一半，余9处"), (PART, "wk", "又清出5处，剩4处"), also=[("m12", "清通东大街、井巷两条消防通道"), ("m13", "清通井巷消防通道（第11次会议遗留）")]),
 item(R, "B", "A", "l3", "请贵委于2月29日前拨付到位", "2024-02-29", "answered", (ANS, "l6", "2023年第四季度环卫补助48.6万元已于3月1日转入贵办账户")),
 item(R, "B", "A", "l3", "希望贵委同意把这87路画面接入街道综治中心", None, "declined", (REF, "l6", "按照文物安全管理的规定不得接出本委机房，接入一事我委不能同意")),
 item(C, "A", "B", "l6", "我委将在6月30日前把2024年度文物修缮计划抄送贵办一份", "2024-06-30", "unanswered", (URGE, "l38", "贵委3月答应6月30日前抄送的年度文物修缮计划，眼看一年到头，还没有见到")),
 item(R, "A", "B", "l9", "请贵办于4月10日前将上述41处老宅的腾退档案移交我委修缮科", "2024-04-10", "partial", (PART, "l11", "老宅腾退档案，我办存有29处，协议、测绘图、照片都在，4月3日已由袁小满副主任带人送到贵委修缮科"), (URGE, "l29", "仍未移交，设计单位已停工等料"), (URGE, "e5", "12处老宅的档案还是没有拿到")),
 item(R, "A", "B", "l9", "请将今年1至3月南门一带夜间噪声投诉的登记台账复印一份给我委", None, "acknowledged", (ACK, "l11", "夜间噪声投诉台账正在整理，理好后另送")),
 item(R, "B", "A", "l11", "望贵委4月26日前给我办一份假期限流预案", "2024-04-26", "answered", (ANS, "m12", "方启明当场把假期限流预案交给街道，共18页，贺文静收下")),
 item(S, "AB", "A", "m12", LIAISON, "2024-04-30", "answered", (ANS, "e1", "我委的联络员定的是我，就以这封邮件作书面告知"), (ANS, "m13", "已定柳思齐，5月8日告知")),
 item(S, "AB", "B", "m12", LIAISON, "2024-04-30", "unanswered", (URGE, "l29", "至今未告知人选")),
 item(S, "AB", "A", "m12", "由古管委于6月15日前拿出按门票收入提取环卫经费的测算稿", "2024-06-15", "answered", (ANS, "m13", "6月20日已送街道和市财政局"), also=[("m13", "拿出按门票收入提取环卫经费的测算稿")]),
 item(R, "A", "B", "e1", "烦您5月20日前把三轮车从业人员的名单发我一份，姓名、车号、所在社区就够", "2024-05-20", "unanswered"),
 item(R, "A", "B", "e1", "5月14日古城消防演练，贵办由哪位领导参加？", None, "answered", (ANS, "e2", "消防演练马志刚副主任去，带罗东升和两名队员")),
 item(R, "B", "A", "e2", "东门外那个停车场的车位图，你们规划时肯定画过，也发我一份吧", None, "unanswered"),
 item(R, "B", "A", "form", "请贵委督促施工单位，在5月27日前把这批青砖运走", "2024-05-27", "answered", (ANS, "t", "联系单上那批青砖，上周四已经全部运走了")),
 item(C, "B", "A", "t", "从6月15日起，每周五、周六夜里，执法队在南门加一班岗，守到凌晨一点", None, "answered", (ANS, "m13", "自6月15日起周末在南门增岗，已连守四个周末")),
 item(R, "A", "B", "l17", "请贵办于6月30日前提供南门夜间营业商户名单，注明店名、经营者和打烊时间", "2024-06-30", "unanswered"),
 item(R, "A", "B", "l17", "拟借文昌社区一楼活动室做临时展厅，自7月1日起用二十天，请贵办支持腾出", None, "withdrawn", (WD, "chat", "文昌社区活动室借展厅那件事不用办了，展览改在县学")),
 item(S, "AB", "B", "m13", "由街道于8月15日前完成南门至县学一线的电线排查，出具排查单", "2024-08-15", "unanswered", (URGE, "l29", "未见到，灯会虽已办完，安全档案还缺这一份"), (URGE, "e5", "电线排查单也没有见到")),
 item(S, "AB", "A", "m13", "由古管委于9月1日前把灯会安保方案送街道", "2024-09-01", "answered", (ANS, "l22", "中秋灯会安保方案已经编好，随函送上")),
 item(S, "AB", "A", "m13", "上半年的环卫补助仍按老办法，共63万元，由古管委于7月31日前结清", "2024-07-31", "partial", (PART, "l24", "7月31日到账38万元，还差25万元"), (URGE, "l24", "请贵委抓紧补齐")),
 item(R, "B", "A", "chat", "迎恩门的脚手架哪天能拆？", None, "answered", (ANS, "chat", "8月6日拆完，第二天门洞放行")),
 item(R, "A", "B", "chat", "烦您问清楚产权告诉我，我们好报拆", None, "acknowledged", (ACK, "chat", "收到，我让人去问")),
 item(R, "B", "A", "l24", "请贵委于8月20日前，把今年上半年逐月的门票收入和打算扣减的项目列一份明细给我办", "2024-08-20", "answered", (URGE, "l38", "8月20日前要的上半年逐月明细，同样没有下文"), (ANS, "l34", "上半年逐月门票收入和拟扣减项目的明细见附表")),
 item(R, "A", "B", "l22", "请贵办组织社区征求沿街68户居民的意见，9月30日前把结果告知我委", "2024-09-30", "answered", (URGE, "l29", NO_REPLY), (ANS, "l35", "社区已征求沿街68户的意见，同意加装的61户"), (ANS, "wk", "68户汇总表已收到，销号")),
 item(R, "A", "B", "e4", "请贵办于10月15日前与我委办妥上述两处老宅的钥匙交接", "2024-10-15", "answered", (URGE, "l29", NO_REPLY), (ANS, "l35", "11月25日袁小满副主任与贵委郑一苇科长已办完钥匙交接"), (ANS, "wk", "11月25日办妥，销号")),
 item(R, "A", "B", "e4", "在此之前的日常看护，拟请贵办安排网格员承担", None, "declined", (URGE, "l29", NO_REPLY), (REF, "l35", "看护应由使用单位自己雇人，网格员是管居民的，此项我办不予承担")),
 item(R, "A", "B", "e5", "沈主任想请您定个半天，两家主要负责人当面谈一次，您看哪天合适？", None, "acknowledged", (ACK, "l38", "葛主任知道了，等年终考核过了再定日子")),
 item(C, "B", "A", "l35", "我办每月10日前把南门夜间出警情况抄送贵委一份", None, "answered", (ANS, "l38", "11月份南门夜间出警31起，其中噪声类22起，明细附后")),
 item(R, "B", "A", "l38", "南门23家店的外摆审批年底到期，续还是不续，请贵委在12月31日前给个准话", "2024-12-31", "unanswered"),
 item(R, "A", "B", "l34", "请贵办在2025年1月20日前提出恢复联席会议的时间", "2025-01-20", "unanswered"),
]
requests = [{"id": f"R{n:02}", **x} for n, x in enumerate(items, 1)]
def occ(key, quote, party): return at(key, quote, party=party)
disagreements = [
 {"id": "D01", "issue": "夜间噪声由谁牵头：管准入的古管委，还是管执法的街道", "status": "open", "recurring": True, "occasions": [
  occ("l11", "来函说夜间噪声由街道执法队负责，这一点我办不能认同", "B"),
  occ("l11", "酒吧是贵委招进来的，业态准入、外摆审批都在贵委，源头不管，光靠执法队半夜去敲门，敲不完", "B"),
  occ("t", "执法权在街道手里，别的单位替不了", "A"),
  occ("t", "先把不该进的店放进来，再让我们去赶人，这个顺序就是错的", "B"),
  occ("t", "准入在你们那里，你们不收口，我们加多少人都白搭", "B"),
  occ("t", "店是有正规手续的，管委会不能因为它晚上吵就不让它开", "A"),
  occ("pet", "两家对夜间噪声由谁牵头看法不一：街道认为根子在准入，应由我委收口；我委认为审批不能代替执法，该管的应当由街道管起来", "A"),
  occ("l38", "把噪声说成执法不到位，我办不服气：门是贵委开的，看门的却要街道来当", "B"),
  occ("rep", "夜间噪声由谁牵头，两家各说各的理", "AB")]},
 {"id": "D02", "issue": "环卫经费是否从门票收入里提取、按什么基数提取", "status": "reopened", "recurring": True, "occasions": [
  occ("m11", "沈维岳不赞成，说门票是修城墙的钱，环卫只能按保洁面积据实补助", "A"),
  occ("m11", "两家意见没有合拢，留到下次再议", "AB"),
  occ("m12", "葛春梅重申按门票收入提取，沈维岳仍主张按面积补助，双方争了近一个小时", "AB"),
  occ("l24", "会上说的是门票收入，不是门票净收入，这样一扣就不是6%了，我办不能接受", "B"),
  occ("l34", "拿它们做基数没有道理，我委仍主张先扣后提", "A"),
  occ("memo", "先扣后提还是全额提，两家的账仍旧对不拢", "AB")],
  "resolution": at("m13", "两家一致同意，自今年7月起按门票收入的6%提取环卫经费")},
 {"id": "D03", "issue": "腾空老宅在开工前由谁看护", "status": "open", "recurring": False, "occasions": [
  occ("l35", "看护应由使用单位自己雇人，网格员是管居民的，此项我办不予承担", "B")]},
 {"id": "D04", "issue": "公共视频能否接入街道综治中心", "status": "open", "recurring": False, "occasions": [
  occ("l6", "按照文物安全管理的规定不得接出本委机房，接入一事我委不能同意", "A")]},
]
P, D, L = "planned", "practised", "lacking"
def m(key, quote, *labels): return at(key, quote, labels=[{"code": c, "evidence": e} for c, e in labels])
measures = [
 m("m11", "今年联席会议每季度开一次，放在季度头一个月的中旬，由两家轮流召集", ("regular_meetings", P)),
 m("m11", "两家意见没有合拢，留到下次再议", ("dispute_resolution", L)),
 m("l3", "古城内现有贵委建设的公共区域摄像头87路，我办综治中心一路也看不到", ("information_sharing", L)),
 m("l3", "希望贵委同意把这87路画面接入街道综治中心", ("information_sharing", P)),
 m("l9", "前五年由贵办具体实施，今年起转入修缮阶段，由我委接手", ("role_clarity", D)),
 m("l9", "我委理解，夜间噪声的巡查处置由街道综合执法队负责", ("role_clarity", D)),
 m("l11", "来函说夜间噪声由街道执法队负责，这一点我办不能认同", ("role_clarity", L)),
 m("l11", "酒吧是贵委招进来的，业态准入、外摆审批都在贵委，源头不管", ("role_clarity", L)),
 m("m12", "两家都反映，平时办事全靠私人电话，人一出差就断线", ("channels", L)),
 m("m12", LIAISON, ("liaison", P)),
 m("m12", "两家还商定，工地和社区以后互相多走动，看看对方怎么干活", ("mutual_visits", P)),
 m("e1", "我委的联络员定的是我，就以这封邮件作书面告知，往后两家的事找我就行", ("liaison", D)),
 m("t", "执法权在街道手里，别的单位替不了", ("role_clarity", D)),
 m("t", "准入在你们那里，你们不收口，我们加多少人都白搭", ("role_clarity", L)),
 m("t", "这个问题今天争不出结果，先说能办的", ("dispute_resolution", L)),
 m("m13", "已定柳思齐，5月8日告知", ("liaison", D)),
 m("m13", "两家一致同意，自今年7月起按门票收入的6%提取环卫经费，按季结算，前面的争论到此为止", ("dispute_resolution", D)),
 m("m13", "灯会定于9月15日至17日举办，两家合办，丁若兰、马志刚牵头", ("joint_projects", P)),
 m("m13", "第14次会议定在10月中旬", ("regular_meetings", P)),
 m("e3", "有漏的地方先拿油布盖上了，你们不用惦记", ("service_orientation", D)),
 m("pet", "古城保护管理委员会负责业态规划和外摆审批，古城街道办事处设综合执法队，负责街面执法", ("role_clarity", D)),
 m("pet", "两家对夜间噪声由谁牵头看法不一", ("role_clarity", L)),
 m("pet", "为此开过碰头会，没有谈成", ("dispute_resolution", L)),
 m("pet", "请市政府明确夜间噪声治理的牵头单位", ("role_clarity", P), ("superior_support", P)),
 m("ntc", "会议只好延期，什么时候开还说不准", ("regular_meetings", L)),
 m("l29", "下列事项约定的时间早已过去，我委一直没有收到结果", ("feedback", L)),
 m("l29", "至今未告知人选", ("liaison", L)),
 m("l29", NO_REPLY, ("feedback", L)),
 m("l29", "我委打到贵办的电话转过三处，没有一位接得上话的人", ("liaison", L)),
 m("e5", "里面最急的两样我再说一遍：12处老宅的档案还是没有拿到，电线排查单也没有见到", ("feedback", L)),
 m("e5", "联席会议7月以后就没有开过", ("regular_meetings", L)),
 m("e5", "两家主要负责人当面谈一次，您看哪天合适？", ("senior_engagement", P)),
 m("gov", "市政府已责成市司法局会同市委编办研究，明年一季度内召集两家听取意见后明确", ("superior_support", D), ("role_clarity", P)),
 m("gov", "两家要各尽其责，不得推诿", ("role_clarity", P)),
 m("l35", "秋天我办两个科室合并，文件压了一段时间，回复迟了", ("feedback", L)),
 m("l35", "看护应由使用单位自己雇人，网格员是管居民的，此项我办不予承担", ("role_clarity", L)),
 m("l35", "我办每月10日前把南门夜间出警情况抄送贵委一份", ("information_sharing", P)),
 m("l38", "按照上次函里讲的，11月份南门夜间出警31起，其中噪声类22起，明细附后", ("information_sharing", D)),
 m("l38", "门是贵委开的，看门的却要街道来当", ("role_clarity", L)),
 m("l38", "贵委3月答应6月30日前抄送的年度文物修缮计划，眼看一年到头，还没有见到", ("feedback", L)),
 m("l38", "8月20日前要的上半年逐月明细，同样没有下文", ("feedback", L)),
 m("l38", "方主任信里提的两家主要负责人面谈，葛主任知道了，等年终考核过了再定日子", ("senior_engagement", P)),
 m("l34", "这份明细拖到现在才送，是我委的疏忽", ("feedback", L)),
 m("l34", "这类事靠函件来回说不清楚，还是要坐下来谈", ("dispute_resolution", P)),
 m("l34", "请贵办在2025年1月20日前提出恢复联席会议的时间", ("regular_meetings", P)),
 m("rep", "中秋灯会由我委与古城街道合办，三天接待游客11.6万人次，没有发生安全事故，这是两家近年合作最顺手的一次", ("joint_projects", D)),
 m("rep", "7月以前联席会议按季度开，三次会议议定事项大半落实，环卫经费按比例提取的办法也是在会上谈成的", ("regular_meetings", D), ("dispute_resolution", D)),
 m("rep", "7月以后联席会议停了下来，四季度一次没有开", ("regular_meetings", L)),
 m("rep", "两家之间还缺一个固定的联络口，街道那边换了人，办事的同志常常不知道该找谁", ("liaison", L)),
 m("rep", "夜间噪声由谁牵头，两家各说各的理", ("role_clarity", L)),
 m("rep", "市政府11月已责成市司法局研究", ("superior_support", D)),
 m("rep", "街道的难处我们看得见：六名执法队员要管两平方公里，还要应付创卫、信访，换了谁都吃力", ("empathy", D)),
 m("rep", "争取把联席会议恢复起来，并与街道一起举办一期古城消防实训班，两家的队员同场受训", ("regular_meetings", P), ("joint_training", P)),
 m("rep", "编一本共管案例集，与街道交流", ("case_sharing", P)),
 m("memo", "两家的人在县学门口一起包了顿饺子，气氛很好", ("team_building", D)),
 m("memo", "各出一个年轻人到对方办公室跟班半年，把路子跑熟", ("staff_exchange", P)),
]
# Acts: the anchors, events and occasions above, and what follows.
KEEP = {ANS, PART, ACK, REF, URGE}
acts = {}
def act(file, quote, label):
    if label: acts.setdefault((file, quote), set()).add(label)
# Where the beneficiary reports the other side's deed, the event is no speech act of the sentence.
DEEDS = {("l24", "7月31日到账38万元，还差25万元")}
for r in requests:
    act(r["file"], r["quote"], r["kind"])
    for e in r["events"]:
        if e["type"] in KEEP and (e["file"], e["quote"]) not in {(F[k][0], q) for k, q in DEEDS}: act(e["file"], e["quote"], e["type"])
for d in disagreements:
    for o in d["occasions"]: act(o["file"], o["quote"], "disagreement")
    if "resolution" in d: act(d["resolution"]["file"], d["resolution"]["quote"], "agreement")
for key, quote, label in [
 ("m11", "今年联席会议每季度开一次，放在季度头一个月的中旬，由两家轮流召集", "agreement"),
 ("l6", "贵办《关于拨付环卫补助和接入公共视频的函》收悉", ACK),
 ("l11", "云古管函〔2024〕9号收悉", ACK),
 ("l11", "其余12处当年是区征收办经手的，卷宗还在区里，要等他们清点完才调得出来", PART),
 ("m12", "袁小满表示够用，社区排班就照这个来", "agreement"),
 ("m12", "两家还商定，工地和社区以后互相多走动，看看对方怎么干活", "agreement"),
 ("t", "若兰主任，话不能这么讲", "disagreement"),
 ("e3", "上回你们要的那份名单，几个社区都报上来了，今天下午我让小唐送到你们办公室了", ANS),
 ("l29", "下列事项约定的时间早已过去，我委一直没有收到结果，现再次函告", URGE),
 ("l29", "以上各项，务请于11月8日前一并见复", URGE),
 ("l35", "贵委8月20日、9月19日来函均已收到", ACK),
 ("l34", "古街函〔2024〕24号、38号收到", ACK),
]: act(F[key][0], quote, label)
STATUS = {
 "regular_meetings": ("lapsed", "季度会7月后停开，报告自认"), "channels": ("lacking", "全靠私人电话，此后没有改观的话"),
 "coordination_group": ("unseen", ""), "liaison": ("lacking", "街道始终没有定联络员，打电话找不到人"),
 "feedback": ("lacking", "催办函、12月来函都说没有下文"), "dispute_resolution": ("promised", "谈不成之后，12月提出坐下来谈"),
 "cooperation_norms": ("unseen", ""), "information_sharing": ("practised", "出警情况每月抄送，12月兑现"), "digital_tools": ("unseen", ""),
 "case_sharing": ("promised", "明年编案例集"), "role_clarity": ("contested", "夜间噪声由谁负责，两家各执一词"), "joint_decisions": ("unseen", ""),
 "shared_goals": ("unseen", ""), "senior_engagement": ("promised", "面谈待定日子"), "leading_by_example": ("unseen", ""),
 "superior_support": ("practised", "市政府责成市司法局研究"), "incentives": ("unseen", ""), "big_picture": ("unseen", ""), "joint_research": ("unseen", ""),
 "joint_projects": ("practised", "中秋灯会合办"), "legacy_issues": ("unseen", ""), "team_building": ("practised", "灯会散场一起包饺子"),
 "communication_skills": ("unseen", ""), "joint_training": ("promised", "明年消防实训班"), "staff_exchange": ("promised", "跟班半年，只是想法"),
 "mutual_visits": ("promised", "商定互相多走动，没有下文"), "empathy": ("practised", "工作报告体谅街道人手"), "respect_differences": ("unseen", ""),
 "open_climate": ("unseen", ""), "service_orientation": ("practised", "网格员给老宅盖油布"), "cultural_integration": ("unseen", ""),
}
def find(quote): return next(r["id"] for r in requests if r["quote"].startswith(quote))
LISTS = [find("烦您5月20日前"), find("请贵办于6月30日前")]
expected_gaps = [  # what the dashboard must show: one of each kind at least; the requests themselves follow from `requests`
 {"type": "ambiguous_reply", **at("e3", "上回你们要的那份名单，几个社区都报上来了"), "candidates": LISTS, "why": "两份名单都还欠着，来信没有说是哪一份；两项都不得判为已答复，也不得说成毫无回音"},
 {"type": "missing_document", **at("l9", "古街函〔2024〕7号"), "why": "卷宗里没有这份来函"},
 {"type": "one_sided", "from": "A", "to": "B", "start": "2024-08-10", "end": "2024-11-26", "why": "古管委发函、邮件四次，街道没有一件"},
 {"type": "measure_lapsed", "code": "regular_meetings"}, {"type": "measure_lacking", "code": "liaison"},
 {"type": "measure_lacking", "code": "feedback"}, {"type": "measure_lacking", "code": "channels"},
 {"type": "recurring", "issue": "D01"}, {"type": "reopened", "issue": "D02"},
]
gold = {"as_of": AS_OF, "teams": {"A": "云渡市古城保护管理委员会", "B": "云渡市古城街道办事处"}, "documents": [doc(k) for k in F],
 "requests": requests, "disagreements": disagreements, "measures": measures,
 "acts": [{"file": f, "quote": q, "labels": sorted(l)} for (f, q), l in acts.items()],
 "measure_status": [{"code": c, "status": s, "why": w} for c, (s, w) in STATUS.items()],
 "expected_gaps": expected_gaps, "exhaustive": [v[0] for v in F.values()]}
print(json.dumps(gold, ensure_ascii=False, indent=1))
