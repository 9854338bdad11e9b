"""Conversion of Chinese. What is expected of the sentences is what OpenCC 1.4.2 makes of them."""

import gzip
import importlib.util
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.variants import chinese, chinese_tables
from translation.variants.chinese import script_of, to_simplified, to_traditional

ROOT = Path(__file__).resolve().parents[4]
REGIONS: tuple[chinese.Region, ...] = ("hant", "tw", "hk")

# Simplified; traditional as OpenCC's own standard, Taiwan and Hong Kong have it.
SENTENCES = [
    (
        "她的头发很长，我今天才发现。",
        "她的頭髮很長，我今天才發現。",
        "她的頭髮很長，我今天才發現。",
        "她的頭髮很長，我今天才發現。",
    ),
    (
        "皇后说，以后她不再来了。",
        "皇后說，以後她不再來了。",
        "皇后說，以後她不再來了。",
        "皇后説，以後她不再來了。",
    ),
    (
        "这里离城里只有五公里，里面住着一万人。",
        "這裏離城裏只有五公里，裏面住着一萬人。",
        "這裡離城裡只有五公里，裡面住著一萬人。",
        "這裏離城裏只有五公里，裏面住着一萬人。",
    ),
    (
        "台湾下了一场台风，讲台上没有人。",
        "臺灣下了一場颱風，講臺上沒有人。",
        "臺灣下了一場颱風，講臺上沒有人。",
        "台灣下了一場颱風，講台上沒有人。",
    ),
    (
        "他只有一只猫和两只狗。",
        "他只有一隻貓和兩隻狗。",
        "他只有一隻貓和兩隻狗。",
        "他只有一隻貓和兩隻狗。",
    ),
    (
        "面条和面包都在桌面上，给他留点面子。",
        "麪條和麪包都在桌面上，給他留點面子。",
        "麵條和麵包都在桌面上，給他留點面子。",
        "麪條和麪包都在桌面上，給他留點面子。",
    ),
    (
        "钟表店里卖手表，也卖时钟，表面上生意不错。",
        "鐘錶店裏賣手錶，也賣時鐘，表面上生意不錯。",
        "鐘錶店裡賣手錶，也賣時鐘，表面上生意不錯。",
        "鐘錶店裏賣手錶，也賣時鐘，表面上生意不錯。",
    ),
    (
        "松树下面，他终于放松了。",
        "松樹下面，他終於放鬆了。",
        "松樹下面，他終於放鬆了。",
        "松樹下面，他終於放鬆了。",
    ),
    (
        "北斗星下，他们还在战斗，这是一场斗争。",
        "北斗星下，他們還在戰鬥，這是一場鬥爭。",
        "北斗星下，他們還在戰鬥，這是一場鬥爭。",
        "北斗星下，他們還在戰鬥，這是一場鬥爭。",
    ),
    (
        "我们计划明天去划船。",
        "我們計劃明天去划船。",
        "我們計劃明天去划船。",
        "我們計劃明天去划船。",
    ),
    (
        "历史书上没有日历。",
        "歷史書上沒有日曆。",
        "歷史書上沒有日曆。",
        "歷史書上沒有日曆。",
    ),
    (
        "系统之间有联系，他系上了鞋带，这关系到我们。",
        "系統之間有聯繫，他繫上了鞋帶，這關係到我們。",
        "系統之間有聯絡，他繫上了鞋帶，這關係到我們。",
        "系統之間有聯繫，他繫上了鞋帶，這關係到我們。",
    ),
    (
        "夏天我们去游泳，秋天去旅游。",
        "夏天我們去游泳，秋天去旅遊。",
        "夏天我們去游泳，秋天去旅遊。",
        "夏天我們去游泳，秋天去旅遊。",
    ),
    (
        "工厂制造机器，制度要改，衣服是手工制作的。",
        "工廠製造機器，制度要改，衣服是手工製作的。",
        "工廠製造機器，制度要改，衣服是手工製作的。",
        "工廠製造機器，制度要改，衣服是手工製作的。",
    ),
    (
        "他准备批准这份标准文件。",
        "他準備批准這份標準文件。",
        "他準備批准這份標準檔案。",
        "他準備批准這份標準文件。",
    ),
    (
        "这条裤子太松，云彩却像棉花。",
        "這條褲子太鬆，雲彩卻像棉花。",
        "這條褲子太鬆，雲彩卻像棉花。",
        "這條褲子太鬆，雲彩卻像棉花。",
    ),
    (
        "我知道并且合并了这两个档案。",
        "我知道並且合併了這兩個檔案。",
        "我知道並且合併了這兩個檔案。",
        "我知道並且合併了這兩個檔案。",
    ),
    (
        "他咬了一口苹果，说吃饭要吃饱。",
        "他咬了一口蘋果，說喫飯要喫飽。",
        "他咬了一口蘋果，說吃飯要吃飽。",
        "他咬了一口蘋果，説吃飯要吃飽。",
    ),
    (
        "山谷里种满了谷子，稻谷丰收。",
        "山谷裏種滿了穀子，稻穀豐收。",
        "山谷裡種滿了穀子，稻穀豐收。",
        "山谷裏種滿了穀子，稻穀豐收。",
    ),
    (
        "向日葵向着太阳，我一向喜欢。",
        "向日葵向着太陽，我一向喜歡。",
        "向日葵向著太陽，我一向喜歡。",
        "向日葵向着太陽，我一向喜歡。",
    ),
    (
        "几个人坐在茶几旁边，几乎没有说话。",
        "幾個人坐在茶几旁邊，幾乎沒有說話。",
        "幾個人坐在茶几旁邊，幾乎沒有說話。",
        "幾個人坐在茶几旁邊，幾乎沒有説話。",
    ),
    (
        "须发皆白的老人必须休息。",
        "鬚髮皆白的老人必須休息。",
        "鬚髮皆白的老人必須休息。",
        "鬚髮皆白的老人必須休息。",
    ),
    (
        "注意，请注册并填写注释。",
        "注意，請註冊並填寫註釋。",
        "注意，請註冊並填寫註釋。",
        "注意，請註冊並填寫註釋。",
    ),
    (
        "了解情况以后，他松了一口气，为了解决问题而努力。",
        "瞭解情況以後，他鬆了一口氣，爲了解決問題而努力。",
        "瞭解情況以後，他鬆了一口氣，為了解決問題而努力。",
        "瞭解情況以後，他鬆了一口氣，為了解決問題而努力。",
    ),
    (
        "各方面条件都很好，方面军已经到了。",
        "各方面條件都很好，方面軍已經到了。",
        "各方面條件都很好，方面軍已經到了。",
        "各方面條件都很好，方面軍已經到了。",
    ),
    (
        "他是一个志愿者，也在写杂志的文章。",
        "他是一個志願者，也在寫雜誌的文章。",
        "他是一個志願者，也在寫雜誌的文章。",
        "他是一個志願者，也在寫雜誌的文章。",
    ),
    (
        "请在这份合同上签字，再抽一张书签。",
        "請在這份合同上簽字，再抽一張書籤。",
        "請在這份合同上簽字，再抽一張書籤。",
        "請在這份合同上簽字，再抽一張書籤。",
    ),
    (
        "别人都别走，他的脾气很别扭。",
        "別人都別走，他的脾氣很彆扭。",
        "別人都別走，他的脾氣很彆扭。",
        "別人都別走，他的脾氣很彆扭。",
    ),
    (
        "周末我们每周都去四周走走。",
        "週末我們每週都去四周走走。",
        "週末我們每週都去四周走走。",
        "週末我們每週都去四周走走。",
    ),
    (
        "布告上公布了结果，白布挂在墙上。",
        "佈告上公佈了結果，白布掛在牆上。",
        "佈告上公佈了結果，白布掛在牆上。",
        "佈告上公佈了結果，白布掛在牆上。",
    ),
    (
        "我们致力于研究，精致的东西一致受到欢迎。",
        "我們致力於研究，精緻的東西一致受到歡迎。",
        "我們致力於研究，精緻的東西一致受到歡迎。",
        "我們致力於研究，精緻的東西一致受到歡迎。",
    ),
    (
        "尽管如此，我会尽力，尽量不迟到。",
        "儘管如此，我會盡力，儘量不遲到。",
        "儘管如此，我會盡力，儘量不遲到。",
        "儘管如此，我會盡力，儘量不遲到。",
    ),
    (
        "卷起袖子，第一卷书已经读完了。",
        "捲起袖子，第一卷書已經讀完了。",
        "捲起袖子，第一卷書已經讀完了。",
        "捲起袖子，第一卷書已經讀完了。",
    ),
    (
        "丑时出生的人不丑，小丑也不坏。",
        "丑時出生的人不醜，小丑也不壞。",
        "丑時出生的人不醜，小丑也不壞。",
        "丑時出生的人不醜，小丑也不壞。",
    ),
    (
        "请打开窗户，看看邻居家的家具。",
        "請打開窗戶，看看鄰居家的傢俱。",
        "請開啟窗戶，看看鄰居家的傢俱。",
        "請打開窗户，看看鄰居家的傢俱。",
    ),
    (
        "他家里有一台彩色电视，彩票没有中。",
        "他家裏有一臺彩色電視，彩票沒有中。",
        "他家裡有一臺彩色電視，彩票沒有中。",
        "他家裏有一台彩色電視，彩票沒有中。",
    ),
    (
        "发展经济，发财致富，理发店生意很好。",
        "發展經濟，發財致富，理髮店生意很好。",
        "發展經濟，發財致富，理髮店生意很好。",
        "發展經濟，發財致富，理髮店生意很好。",
    ),
    (
        "谢谢你的帮助，我借口有事先走了。",
        "謝謝你的幫助，我藉口有事先走了。",
        "謝謝你的幫助，我藉口有事先走了。",
        "謝謝你的幫助，我藉口有事先走了。",
    ),
    (
        "中国历史悠久，人民币汇率稳定，词汇丰富。",
        "中國歷史悠久，人民幣匯率穩定，詞彙豐富。",
        "中國歷史悠久，人民幣匯率穩定，詞彙豐富。",
        "中國歷史悠久，人民幣匯率穩定，詞彙豐富。",
    ),
    (
        "机器人学习了很多数据，算法越来越好。",
        "機器人學習了很多數據，算法越來越好。",
        "機器人學習了很多資料，演算法越來越好。",
        "機器人學習了很多數據，算法越來越好。",
    ),
    (
        "这个软件的默认设置可以在菜单里修改。",
        "這個軟件的默認設置可以在菜單裏修改。",
        "這個軟體的預設設定可以在選單裡修改。",
        "這個軟件的默認設置可以在菜單裏修改。",
    ),
    (
        "用户通过网络访问服务器上的数据库。",
        "用戶通過網絡訪問服務器上的數據庫。",
        "使用者通過網路訪問伺服器上的資料庫。",
        "用户通過網絡訪問服務器上的數據庫。",
    ),
    (
        "硬盘和内存都满了，请删除缓存里的信息。",
        "硬盤和內存都滿了，請刪除緩存裏的信息。",
        "硬碟和記憶體都滿了，請刪除快取裡的資訊。",
        "硬盤和內存都滿了，請刪除緩存裏的信息。",
    ),
    (
        "程序员用鼠标选择字体，再按回车键。",
        "程序員用鼠標選擇字體，再按回車鍵。",
        "程式設計師用滑鼠選擇字型，再按回車鍵。",
        "程序員用鼠標選擇字體，再按回車鍵。",
    ),
    (
        "他的博客有很多粉丝，视频质量很高。",
        "他的博客有很多粉絲，視頻質量很高。",
        "他的部落格有很多粉絲，影片質量很高。",
        "他的博客有很多粉絲，視頻質量很高。",
    ),
    (
        "在线客服会通过短信发送激活码。",
        "在線客服會通過短信發送激活碼。",
        "線上客服會通過簡訊傳送啟用碼。",
        "在線客服會通過短信發送激活碼。",
    ),
    (
        "出租车司机把我送到地铁站，公交车太挤了。",
        "出租車司機把我送到地鐵站，公交車太擠了。",
        "計程車司機把我送到地鐵站，公交車太擠了。",
        "出租車司機把我送到地鐵站，公交車太擠了。",
    ),
    (
        "早上吃土豆和西红柿，晚上喝酸奶。",
        "早上喫土豆和西紅柿，晚上喝酸奶。",
        "早上吃土豆和西紅柿，晚上喝酸奶。",
        "早上吃土豆和西紅柿，晚上喝酸奶。",
    ),
    (
        "意大利和新西兰的冰激凌都很好吃。",
        "意大利和新西蘭的冰激凌都很好喫。",
        "義大利和紐西蘭的冰激凌都很好吃。",
        "意大利和新西蘭的冰激凌都很好吃。",
    ),
    (
        "老板，这块木板多少钱？",
        "老闆，這塊木板多少錢？",
        "老闆，這塊木板多少錢？",
        "老闆，這塊木板多少錢？",
    ),
    (
        "他饿得发慌，面黄肌瘦，脸上没有血色。",
        "他餓得發慌，面黃肌瘦，臉上沒有血色。",
        "他餓得發慌，面黃肌瘦，臉上沒有血色。",
        "他餓得發慌，面黃肌瘦，臉上沒有血色。",
    ),
    (
        "一个人的时候，他喜欢听钟声，钟情于古典音乐。",
        "一個人的時候，他喜歡聽鐘聲，鍾情於古典音樂。",
        "一個人的時候，他喜歡聽鐘聲，鍾情於古典音樂。",
        "一個人的時候，他喜歡聽鐘聲，鍾情於古典音樂。",
    ),
    (
        "这幅画是用炭笔画的，计划本月完成。",
        "這幅畫是用炭筆畫的，計劃本月完成。",
        "這幅畫是用炭筆畫的，計劃本月完成。",
        "這幅畫是用炭筆畫的，計劃本月完成。",
    ),
    (
        "这家饭馆的拉面很有名，牛肉面二十元一碗。",
        "這家飯館的拉麪很有名，牛肉麪二十元一碗。",
        "這家飯館的拉麵很有名，牛肉麵二十元一碗。",
        "這家飯館的拉麪很有名，牛肉麪二十元一碗。",
    ),
    (
        "这种药可以治愈伤口，愈来愈多的人在用。",
        "這種藥可以治癒傷口，愈來愈多的人在用。",
        "這種藥可以治癒傷口，愈來愈多的人在用。",
        "這種藥可以治癒傷口，愈來愈多的人在用。",
    ),
    (
        "把门关上，不然外面的灰尘会进来。",
        "把門關上，不然外面的灰塵會進來。",
        "把門關上，不然外面的灰塵會進來。",
        "把門關上，不然外面的灰塵會進來。",
    ),
    (
        "医生说他心脏不好，双手很脏。",
        "醫生說他心臟不好，雙手很髒。",
        "醫生說他心臟不好，雙手很髒。",
        "醫生説他心臟不好，雙手很髒。",
    ),
    (
        "我们应当说当当网的书便宜，他当面道歉。",
        "我們應當說噹噹網的書便宜，他當面道歉。",
        "我們應當說噹噹網的書便宜，他當面道歉。",
        "我們應當説噹噹網的書便宜，他當面道歉。",
    ),
    (
        "海边的岩石上站着一群海鸥。",
        "海邊的岩石上站着一羣海鷗。",
        "海邊的岩石上站著一群海鷗。",
        "海邊的岩石上站着一羣海鷗。",
    ),
    (
        "采取措施，采购新的设备，他的风采依旧。",
        "採取措施，採購新的設備，他的風采依舊。",
        "採取措施，採購新的裝置，他的風采依舊。",
        "採取措施，採購新的設備，他的風采依舊。",
    ),
    (
        "党员参加会议，人参很贵，参差不齐。",
        "黨員參加會議，人蔘很貴，參差不齊。",
        "黨員參加會議，人參很貴，參差不齊。",
        "黨員參加會議，人蔘很貴，參差不齊。",
    ),
    (
        "秋千荡来荡去，千万小心。",
        "鞦韆盪來盪去，千萬小心。",
        "鞦韆盪來盪去，千萬小心。",
        "鞦韆盪來盪去，千萬小心。",
    ),
    (
        "占领高地，占卜未来，他占了上风。",
        "佔領高地，占卜未來，他佔了上風。",
        "佔領高地，占卜未來，他佔了上風。",
        "佔領高地，占卜未來，他佔了上風。",
    ),
    (
        "准将下令，将军出征，象征着胜利。",
        "准將下令，將軍出征，象徵着勝利。",
        "准將下令，將軍出征，象徵著勝利。",
        "准將下令，將軍出征，象徵着勝利。",
    ),
    (
        "我把叶子夹在书里，叶公好龙。",
        "我把葉子夾在書裏，葉公好龍。",
        "我把葉子夾在書裡，葉公好龍。",
        "我把葉子夾在書裏，葉公好龍。",
    ),
    (
        "这些钱够买一杯咖啡，世界杯明天开始。",
        "這些錢夠買一杯咖啡，世界盃明天開始。",
        "這些錢夠買一杯咖啡，世界盃明天開始。",
        "這些錢夠買一杯咖啡，世界盃明天開始。",
    ),
    (
        "她愿意等他，许了一个愿望。",
        "她願意等他，許了一個願望。",
        "她願意等他，許了一個願望。",
        "她願意等他，許了一個願望。",
    ),
    (
        "请您稍候，时候不早了，后来的人请排队。",
        "請您稍候，時候不早了，後來的人請排隊。",
        "請您稍候，時候不早了，後來的人請排隊。",
        "請您稍候，時候不早了，後來的人請排隊。",
    ),
    (
        "凶手很凶，吉凶难料。",
        "兇手很兇，吉凶難料。",
        "兇手很兇，吉凶難料。",
        "兇手很兇，吉凶難料。",
    ),
    (
        "松花江的水很清，轻松一下。",
        "松花江的水很清，輕鬆一下。",
        "松花江的水很清，輕鬆一下。",
        "松花江的水很清，輕鬆一下。",
    ),
    (
        "获得奖项，收获很大，捕获猎物。",
        "獲得獎項，收穫很大，捕獲獵物。",
        "獲得獎項，收穫很大，捕獲獵物。",
        "獲得獎項，收穫很大，捕獲獵物。",
    ),
    (
        "升学考试以后，他升了职，歌舞升平。",
        "升學考試以後，他升了職，歌舞昇平。",
        "升學考試以後，他升了職，歌舞昇平。",
        "升學考試以後，他升了職，歌舞昇平。",
    ),
    (
        "衣服在太阳下晒干，干部不要干涉，天气干燥，树干很粗。",
        "衣服在太陽下曬乾，幹部不要干涉，天氣乾燥，樹幹很粗。",
        "衣服在太陽下曬乾，幹部不要干涉，天氣乾燥，樹幹很粗。",
        "衣服在太陽下曬乾，幹部不要干涉，天氣乾燥，樹幹很粗。",
    ),
    (
        "系统恢复以后，这个问题很复杂，请反复检查。",
        "系統恢復以後，這個問題很複雜，請反覆檢查。",
        "系統恢復以後，這個問題很複雜，請反覆檢查。",
        "系統恢復以後，這個問題很複雜，請反覆檢查。",
    ),
    (
        "打印机旁边有一张信息表，屏幕上的图标可以点击。",
        "打印機旁邊有一張信息表，屏幕上的圖標可以點擊。",
        "印表機旁邊有一張資訊表，螢幕上的圖示可以點選。",
        "打印機旁邊有一張信息表，屏幕上的圖標可以點擊。",
    ),
]

# A character with several counterparts, in words that tell them apart.
WORDS = """
头发 頭髮  发现 發現  理发 理髮  发展 發展  皇后 皇后  以后 以後  太后 太后  后面 後面
公里 公里  里面 裏面  干燥 乾燥  干部 幹部  干涉 干涉  饼干 餅乾  树干 樹幹  台湾 臺灣  台风 颱風
只有 只有  一只 一隻  面条 麪條  面子 面子  钟表 鐘錶  手表 手錶  表面 表面  钟情 鍾情
松树 松樹  放松 放鬆  斗争 鬥爭  北斗 北斗  划船 划船  计划 計劃  复杂 複雜  恢复 恢復  答复 答覆
历史 歷史  日历 日曆  系统 系統  联系 聯繫  关系 關係  游泳 游泳  旅游 旅遊  制造 製造  制度 制度
几乎 幾乎  茶几 茶几  云彩 雲彩  人云亦云 人云亦云  胡须 鬍鬚  胡同 衚衕  谷物 穀物  山谷 山谷
丑时 丑時  小丑 小丑  丑陋 醜陋  获得 獲得  收获 收穫  苏州 蘇州  苏醒 甦醒  征求 徵求  长征 長征
准备 準備  批准 批准  志气 志氣  杂志 雜誌  想象 想像  坐标 座標  家具 傢俱  借口 藉口  了解 瞭解
"""


def words(text: str) -> list[tuple[str, str]]:
    items = text.split()
    return list(zip(items[::2], items[1::2], strict=True))


@pytest.mark.parametrize(("hans", "hant", "tw", "hk"), SENTENCES)
def test_sentences_become_what_opencc_makes_of_them(hans: str, hant: str, tw: str, hk: str) -> None:
    assert to_traditional(hans, "hant") == hant
    assert to_traditional(hans, "tw") == tw
    assert to_traditional(hans, "hk") == hk
    assert to_simplified(hant) == to_simplified(hk) == hans


@pytest.mark.parametrize(("hans", "hant"), words(WORDS))
def test_phrases_decide_between_counterparts(hans: str, hant: str) -> None:
    assert to_traditional(hans, "hant") == hant
    assert to_traditional(f"我说{hans}。", "hant") == f"我說{hant}。"


@pytest.mark.parametrize(
    ("hans", "tw"),
    words(
        """
        软件 軟體  硬件 硬體  信息 資訊  网络 網路  服务器 伺服器  程序员 程式設計師  鼠标 滑鼠
        打印机 印表機  文件夹 資料夾  数据库 資料庫  硬盘 硬碟  内存 記憶體  屏幕 螢幕  默认 預設
        用户 使用者  视频 影片  博客 部落格  短信 簡訊  出租车 計程車  意大利 義大利  新西兰 紐西蘭
        """
    ),
)
def test_taiwan_has_words_of_its_own(hans: str, tw: str) -> None:
    assert to_traditional(f"这个{hans}", "tw") == f"這個{tw}"


def test_regions_write_some_characters_in_their_own_way() -> None:
    text = "为了群众，在台湾床上吃面，启发着说，温暖的卧室里面有线。"
    hant = "爲了羣衆，在臺灣牀上喫麪，啓發着說，溫暖的臥室裏面有線。"
    assert to_traditional(text, "hant") == hant
    tw = "為了群眾，在臺灣床上吃麵，啟發著說，溫暖的臥室裡面有線。"
    assert to_traditional(text, "tw") == tw
    hk = "為了羣眾，在台灣牀上吃麪，啓發着説，温暖的卧室裏面有線。"
    assert to_traditional(text, "hk") == hk
    assert to_simplified(hant) == to_simplified(tw) == to_simplified(hk) == text


@pytest.mark.parametrize(
    ("hans", "hant"),
    [
        ("各方面条件", "各方面條件"),  # 方面 before 面条
        ("为了解决问题", "爲了解決問題"),  # 为了 before 了解
        ("由于是周末", "由於是週末"),  # 于是 is not there
        ("他才干完活", "他才幹完活"),
        ("有机会合作", "有機會合作"),
    ],
)
def test_the_leftmost_phrase_counts(hans: str, hant: str) -> None:
    assert to_traditional(hans, "hant") == hant


@pytest.mark.parametrize(
    ("hans", "hant"),
    [
        ("了若指掌", "瞭若指掌"),
        ("干干净净", "乾乾淨淨"),
        ("不赞成", "不贊成"),
        ("皇后面前", "皇后面前"),
    ],
)
def test_then_the_longest(hans: str, hant: str) -> None:
    assert to_traditional(hans, "hant") == hant


# --- text that is in the script already --------------------------------------------------------


@pytest.mark.parametrize(("hans", "hant", "tw", "hk"), SENTENCES)
def test_what_was_converted_stays(hans: str, hant: str, tw: str, hk: str) -> None:
    assert to_simplified(hans) == hans
    for region, text in zip(REGIONS, (hant, tw, hk), strict=True):
        assert to_traditional(text, region) == text
    assert to_traditional(hant, "hk") == hk  # and only the way of writing changes


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize(
    "text",
    [
        "范先生和沈小姐住在台北的鄰里，于右任是書法家。",  # 範, 瀋, 臺, 裏, 於 in simplified text
        "皇后與太后在后土祠，離此地三公里。",
        "程序正義與文件、支持、對象，都是普通的詞。",  # words that Taiwan has too
        "一只茶几、兩天干支、向秀與周易。",
    ],
)
def test_traditional_text_is_not_taken_for_simplified(text: str, region: chinese.Region) -> None:
    assert to_traditional(text, region) == text


@pytest.mark.parametrize(
    ("mixed", "hant"),
    [
        ("他的頭发很長，我們發现他從后面來。", "他的頭髮很長，我們發現他從后面來。"),
        ("這個问题很簡單，請您說明。", "這個問題很簡單，請您說明。"),
    ],
)
def test_simplified_slips_in_a_traditional_text_are_mended(mixed: str, hant: str) -> None:
    assert to_traditional(mixed, "hant") == hant
    assert to_traditional(hant, "hant") == hant


def test_traditional_slips_in_a_simplified_text_are_mended() -> None:
    assert to_traditional("这個问题很简单，请您說明。", "hant") == "這個問題很簡單，請您說明。"
    assert to_simplified("这個问题很简单，请您說明。") == "这个问题很简单，请您说明。"


@pytest.mark.parametrize(
    "text",
    [
        "乾隆皇帝说，扭转乾坤的人是毕昇、魏徵和萧乾。",
        "鲁迅著《狂人日记》，这部原著很著名，显著地影响了他的著作。",
        "他打坏了杯子，这是个坏主意。",
        "她看着我说，想像不到。",
        "关于伦敦，对于单位的要求，由于坦克。",
    ],
)
def test_simplified_text_stays(text: str) -> None:
    assert to_simplified(text) == text


@pytest.mark.parametrize(
    ("text", "hans"),
    [
        ("他看著我，說著話走來走去，接著笑了。", "他看着我，说着话走来走去，接着笑了。"),
        ("這是一部著名的專著，作者著有多部名著。", "这是一部著名的专著，作者著有多部名著。"),
        ("軟體資訊裡的使用者", "软体资讯里的使用者"),
        ("乾淨的衣服、乾隆、乾杯、乾坤", "干净的衣服、乾隆、干杯、乾坤"),
        ("計畫、藉口、慰藉、瞭解、瞭望、覆蓋、回覆", "计划、借口、慰藉、了解、瞭望、覆盖、回复"),
        ("魏徵、徵求、徵聲、畢昇、昇華", "魏徵、征求、徵声、毕昇、升华"),
        ("衞説綫裏啓羣牀麪", "卫说线里启群床面"),
    ],
)
def test_every_regions_way_of_writing_is_read(text: str, hans: str) -> None:
    assert to_simplified(text) == hans
    assert to_simplified(hans) == hans


# --- scripts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("这是简体字", "hans"),
        ("這是繁體字", "hant"),
        ("衞説綫", "hant"),
        ("皇后在公里", None),
        ("著名作家在北京", None),
        ("Hello, мир! 123 😀 かな", None),
        ("", None),
        ("暱苧", None),  # OpenCC leaves them as they are
        ("這个问题說", "hans"),
        ("這個问题說", "hant"),
        ("這个说說", "hans"),  # as many of one as of the other
        ("x" * 5000 + "這", "hant"),
        ("这" + "一" * 5000 + "這個說明", "hans"),
    ],
)
def test_scripts_are_told(text: str, script: str | None) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(("hans", "hant", "tw", "hk"), SENTENCES)
def test_scripts_of_sentences(hans: str, hant: str, tw: str, hk: str) -> None:
    assert script_of(hans) == "hans"
    assert script_of(hant) == script_of(tw) == script_of(hk) == "hant"


# --- any text ---------------------------------------------------------------------------------

TABLES = ("COMMON", "SIMPLE", "TAIWAN", "HONG_KONG")
HAN = re.compile("[\u3400-\u9fff]")


def rows(name: str) -> Iterator[tuple[str, str]]:
    """The phrases of a table and what becomes of them, read by other code than the Worker's."""
    _, simple, other = getattr(chinese_tables, name).split("\n\n")
    undo = chinese.SIMPLER if name == "COMMON" else {}
    items = [item for line in simple.split("\n") if line for item in line.split(" ")]
    items += [item for line in other.split("\n") for item in line.split(" ")[1:]]
    for item in items:
        phrase, _, value = item.rpartition("=")
        yield phrase or value.translate(undo), value


PHRASES = {name: dict(rows(name)) for name in TABLES}
SIMPLE_PHRASES = sorted({phrase for name in TABLES[::2] for phrase in PHRASES[name]})
CHARACTERS = sorted(
    {*chinese_tables.TO_TRADITIONAL, *chinese_tables.TO_SIMPLIFIED, *chinese_tables.BOTH}
    | {*chinese_tables.TO_TAIWAN, *chinese_tables.TO_HONG_KONG, *"的一是在不了有和人这这中大为"}
)
pieces = st.sampled_from(SIMPLE_PHRASES) | st.sampled_from(CHARACTERS) | st.text(max_size=3)
texts = st.lists(pieces, max_size=12).map("".join)


@given(st.text())
def test_nothing_is_refused_and_all_but_chinese_stays(text: str) -> None:
    for convert in CONVERTERS:
        assert HAN.sub("", convert(text)) == HAN.sub("", text)


@given(texts)
def test_lengths_stay_where_words_do(text: str) -> None:
    for convert in (to_simplified, *(traditional(region) for region in ("hant", "hk"))):
        assert len(convert(text)) == len(text)


@given(st.text(st.characters(exclude_categories=()).filter(lambda c: not HAN.match(c))))
def test_text_without_chinese_is_unchanged(text: str) -> None:
    assert script_of(text) is None
    assert all(convert(text) == text for convert in CONVERTERS)


@given(texts, st.sampled_from(REGIONS))
def test_a_text_that_shows_its_script_is_converted_once(text: str, region: chinese.Region) -> None:
    once = to_traditional(f"這{text}", region)
    assert to_traditional(once, region) == once


@given(texts.filter(lambda text: "瀋" not in text))  # 辽沈 may come to stand before 浸
def test_a_text_is_simplified_once(text: str) -> None:
    once = to_simplified(text)
    assert to_simplified(once) == once


@given(texts)
def test_no_character_of_the_other_script_is_left(text: str) -> None:
    simplified, traditional = chinese.ONLY_SIMPLIFIED, chinese.ONLY_TRADITIONAL
    assert traditional.isdisjoint(to_simplified(text))
    for region in REGIONS:
        assert simplified.isdisjoint(to_traditional(text, region))


@given(texts, st.sampled_from(REGIONS))
def test_phrases_are_found_as_by_trying_them_all(text: str, region: chinese.Region) -> None:
    """The leftmost, then the longest, wherever they are: against a plain search."""
    assert chinese.TRADITIONAL_BY_REGION[region](text) == MODELS[region](text)


@given(texts)
def test_phrases_of_traditional_text_are_found_as_by_trying_them_all(text: str) -> None:
    assert chinese.SIMPLIFIED[True](text) == MODELS["hans"](text)


def test_a_long_text_is_the_sum_of_its_parts() -> None:
    for text in (row[0] for row in SENTENCES):
        assert to_traditional(text * 300, "tw") == to_traditional(text, "tw") * 300


def traditional(region: chinese.Region) -> Callable[[str], str]:
    return lambda text: to_traditional(text, region)


CONVERTERS = (to_simplified, *map(traditional, REGIONS))


def models() -> dict[str, Callable[[str], str]]:
    spec = importlib.util.spec_from_file_location(
        "make_chinese", ROOT / "scripts" / "make_chinese.py"
    )
    assert spec and spec.loader
    script: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)

    def table(pairs: str) -> dict[str, str]:
        return dict(zip(pairs[::2], pairs[1::2], strict=True))

    common = table(chinese_tables.TO_TRADITIONAL)
    found: dict[str, Callable[[str], str]] = {
        "hant": script.Model(common, PHRASES["COMMON"]),
        "hans": script.Model(
            {**{new: old for old, new in reversed(common.items())}}
            | table(chinese_tables.TO_SIMPLIFIED),
            PHRASES["SIMPLE"],
        ),
    }
    for region, name in (("tw", "TAIWAN"), ("hk", "HONG_KONG")):
        variants = table(getattr(chinese_tables, f"TO_{name}"))
        own = str.maketrans(variants)
        characters = {old: new.translate(own) for old, new in common.items()}
        phrases = {phrase: value.translate(own) for phrase, value in PHRASES["COMMON"].items()}
        found[region] = script.Model(characters | variants, phrases | PHRASES[name])
    return found


MODELS = models()


# --- the tables ---------------------------------------------------------------------------------


def test_the_tables_are_small() -> None:
    sources = b"".join(
        (ROOT / "src" / "translation" / "variants" / name).read_bytes()
        for name in ("chinese.py", "chinese_tables.txt")
    )
    assert len(sources) <= 150_000
    assert len(gzip.compress(sources)) <= 70_000


def test_characters_are_there_once_and_lead_nowhere_else() -> None:
    for pairs in (chinese_tables.TO_TRADITIONAL, chinese_tables.TO_SIMPLIFIED):
        keys = pairs[::2]
        assert len(set(keys)) == len(keys)
    common = chinese_tables.TO_TRADITIONAL
    assert not set(common[::2]) & set(common[1::2])
    assert all(map(HAN.match, common))


@pytest.mark.parametrize("name", TABLES)
def test_phrases_are_where_they_are_looked_for(name: str) -> None:
    pattern = re.compile(getattr(chinese_tables, name).partition("\n")[0])
    assert len(PHRASES[name]) == len(list(rows(name)))
    for phrase in PHRASES[name]:
        assert pattern.search(phrase), phrase
        assert len(phrase) > 1 and phrase == phrase.strip()


@pytest.mark.parametrize("name", ["COMMON", "SIMPLE", "HONG_KONG"])
def test_phrases_keep_their_length(name: str) -> None:
    assert all(len(phrase) == len(value) for phrase, value in PHRASES[name].items())
