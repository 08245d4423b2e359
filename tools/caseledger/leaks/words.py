"""Words that say what a number is: beginnings of words in the languages of consumers."""

import re

BEFORE = 36
"""Signs before a number in which a word may say what it is, if no other number comes between."""


def _words(latin: str, others: str) -> "re.Pattern[str]":
    """Finds beginnings of words; those of scripts without spaces may stand anywhere."""
    beginnings = "|".join(re.escape(word.replace("_", " ")).replace(r"\|", "(?![a-z])") for word in latin.split())
    return re.compile(f"(?<![a-zà-ÿ])(?:{beginnings})|{'|'.join(others.split())}", re.IGNORECASE)


IDENTITY = _words(
    "id| bsn burgerservice sofi nif contribuinte identi pnr personn fnr fødsels ssn social_sec cpr dni "
    "documento cpf pesel cnp curp kimlik steuer hetu henkil rodné sécu codice_fisc aadhaar pan| nric amka",
    "инн 身份证 证件 주민",
)
PHONE = _words(
    "tel phone fone mobil movil móvil cell handy whatsapp whats_app call ring text sms rufnummer puhelin "
    "portable tél celular appelez llám ligue chiamat zadzwo volejte nomor_hp fax điện_thoại",
    "тел моб звон номер 电话 手机 致电 来电 拨打 联系 号码 微信 座机 電話 携帯 連絡先 전화 연락처 휴대 هاتف "
    "جوال موبايل التواصل โทร",
)
THING = _words(
    "order bestell auftrag command pedid ordine ordre zamówieni zamowieni tilau sipari encomenda đơn_hàng "
    "rma retour return ticket case claim dossier invoice rechnung faktur factur fatur fattur nota_fiscal "
    "comprobante track parcel sendung suivi colis kolli awb seguimiento rastrei envío spedizion sporing "
    "batch lot charge partia serial serie série número_de_serie sku article artikel art. artícul artigo ean "
    "gtin upc isbn barcode código code archive ref réf imei s/n sn| part po| model replacement pallet "
    "report test ärende reklamac sak akt protokol vorgang",
    "заказ трек отправлен парт сер артикул 订单 发票 运单 单号 工单 快递 物流 包裹 批号 批次 序列号 货号 "
    "型号 条码 条形码 档案 编号 样品 报告 注文 追跡 伝票 ロット 品番 주문 운송장 송장 로트 모델 طلب الشحنة "
    "دفعة الفاتورة البلاغ παραγγελ",
)


def said(words: "re.Pattern[str]", text: str, at: int) -> int:
    """How far before a place of a text the nearest of these words begins that may speak of what stands there; or 0."""
    before = re.split(r"\d|\n", text[max(0, at - BEFORE) : at])[-1]
    found = [match.start() for match in words.finditer(before)]
    return len(before) - found[-1] if found else 0
