"""The custom source of 划词翻译 (hcfy), which names languages in Chinese.

``{name, text, destination: [first choice, second choice], source?}`` → ``{text, from, to, result:
[paragraph, …]}``. The second choice is for texts that are already in the first.
"""

from core.errors import BadRequest
from core.ports import Ports
from core.web import Request, Response, json_response
from handlers.translation.shared import (
    get_parameters,
    read_single_text,
    read_target,
    unsupported_language,
)
from translation.job import Job
from translation.languages import locales
from translation.languages.locales import Locale
from translation.service import parse_texts, translate_job
from translation.variants import chinese

NAMES = {
    "af": "南非荷兰语",
    "ar": "阿拉伯语",
    "az": "阿塞拜疆语",
    "be": "白俄罗斯语",
    "bg": "保加利亚语",
    "bn": "孟加拉语",
    "bs": "波斯尼亚语",
    "ca": "加泰罗尼亚语",
    "cs": "捷克语",
    "cy": "威尔士语",
    "da": "丹麦语",
    "de": "德语",
    "el": "希腊语",
    "en": "英语",
    "eo": "世界语",
    "es": "西班牙语",
    "et": "爱沙尼亚语",
    "eu": "巴斯克语",
    "fa": "波斯语",
    "fi": "芬兰语",
    "fr": "法语",
    "ga": "爱尔兰语",
    "gl": "加利西亚语",
    "gu": "古吉拉特语",
    "he": "希伯来语",
    "hi": "印地语",
    "hr": "克罗地亚语",
    "hu": "匈牙利语",
    "hy": "亚美尼亚语",
    "id": "印尼语",
    "is": "冰岛语",
    "it": "意大利语",
    "ja": "日语",
    "ka": "格鲁吉亚语",
    "kk": "哈萨克语",
    "km": "高棉语",
    "kn": "卡纳达语",
    "ko": "韩语",
    "la": "拉丁语",
    "lo": "老挝语",
    "lt": "立陶宛语",
    "lv": "拉脱维亚语",
    "mk": "马其顿语",
    "ml": "马拉雅拉姆语",
    "mn": "蒙古语",
    "mr": "马拉地语",
    "ms": "马来语",
    "my": "缅甸语",
    "ne": "尼泊尔语",
    "nl": "荷兰语",
    "no": "挪威语",
    "pa": "旁遮普语",
    "pl": "波兰语",
    "pt": "葡萄牙语",
    "ro": "罗马尼亚语",
    "ru": "俄语",
    "si": "僧伽罗语",
    "sk": "斯洛伐克语",
    "sl": "斯洛文尼亚语",
    "sq": "阿尔巴尼亚语",
    "sr": "塞尔维亚语",
    "sv": "瑞典语",
    "sw": "斯瓦希里语",
    "ta": "泰米尔语",
    "te": "泰卢固语",
    "th": "泰语",
    "tl": "菲律宾语",
    "tr": "土耳其语",
    "uk": "乌克兰语",
    "ur": "乌尔都语",
    "uz": "乌兹别克语",
    "vi": "越南语",
    "zh": "中文(简体)",
    "zh-Hant": "中文(繁体)",
    "yue": "中文(粤语)",
    "lzh": "中文(文言文)",
}
_OTHER_NAMES = {
    "中文": "zh",
    "粤语": "yue",
    "文言文": "lzh",
    "印度尼西亚语": "id",
    "菲律宾语(他加禄语)": "tl",
}
CODES = {name: code for code, name in NAMES.items()} | _OTHER_NAMES


async def translate(request: Request, ports: Ports) -> Response:
    """Translates a text into the first choice that is not its language. Raises
    :class:`APIError`."""
    parameters = get_parameters(request)
    text = read_single_text(parameters, "text")
    if not text.strip():
        raise BadRequest("'text' is required.", code="missing_required_parameter", param="text")
    choices = [_read_name(name, "destination") for name in parameters.texts("destination") or []]
    if not choices:
        raise unsupported_language("destination")
    named_source = _read_source(parameters.text("source"))
    parsed = parse_texts([text], source=named_source)
    source = named_source or _with_script(parsed.language, text)
    target = next((locale for locale in choices if locale.tag != source.tag), choices[0])
    # A detected source is left out of the job: the service decides how certain it is.
    result = await translate_job(Job([text], target, named_source), ports, request, parsed)
    return json_response(
        {
            "text": text,
            "from": _write_name(source),
            "to": _write_name(target),
            "result": result.texts[0].splitlines(),
        },
        headers=result.headers,
    )


def _read_source(name: str) -> Locale | None:
    """Returns the language that the client names, None to detect it."""
    if locales.is_auto(name) or name in ("自动检测", "自动"):
        return None
    return _read_name(name, "source")


def _with_script(language: Locale, text: str) -> Locale:
    """Returns the language of a text; of Chinese with its script, as the choices may differ in
    it."""
    if language.code == "zh" and chinese.script_of(text) == "hant":
        return locales.find_or_english("zh-Hant")
    return language


def _read_name(name: str, param: str) -> Locale:
    return read_target(CODES.get(name.strip(), name), param)


def _write_name(locale: Locale) -> str:
    return NAMES.get(locale.tag) or NAMES.get(locale.code) or locale.name
