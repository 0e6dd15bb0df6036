"""The encoding of a text follows from the letters in it."""

import pytest

from etl.importing.sources.errors import EncodingError, FileKindError
from etl.importing.sources.text_encoding import check_encoding, detect_encoding

TEXTS = {
    "Polish": ("Proszę o zwrot pieniędzy, łóżko przyszło zepsute", ["cp1250", "iso8859-2"]),
    "Czech": ("Dobrý den, příliš žluťoučký kůň, objednávka nepřišla", ["cp1250", "iso8859-2", "cp852"]),
    "Hungarian": ("Tisztelt ügyfélszolgálat, őszintén köszönöm, fűtőtest", ["cp1250", "iso8859-2"]),
    "German": ("Müller, Straße, größer", ["cp1252", "cp850", "mac-roman"]),
    "a German name": ("Müller", ["cp1252", "iso8859-15"]),
    "German and French": ("Grüße aus Zürich, café", ["cp1252"]),
    "French": ("Réclamation à propos d'un élève très déçu, l’été, cœur", ["cp1252", "mac-roman"]),
    "French with euros": ("un cœur à 5 € l'unité", ["cp1252", "iso8859-15"]),
    "Spanish": ("¿Dónde está mi pedido? Mañana, señor", ["cp1252", "cp850"]),
    "Portuguese": ("Não recebi, atenção, coração", ["cp1252"]),
    "Swedish": ("Hej, jag har inte fått mitt paket, återbetala", ["cp1252"]),
    "Danish": ("Min pakke er ikke nået frem, ødelagt, kærlig hilsen", ["cp1252"]),
    "Russian": ("Здравствуйте, мой заказ не пришёл", ["cp1251", "koi8-r", "cp866", "iso8859-5"]),
    "a Russian word": ("Открыт", ["cp1251", "koi8-r", "cp866", "iso8859-5"]),
    "Ukrainian": ("Доброго дня, де моє замовлення, їжак", ["cp1251", "koi8-u"]),
    "Turkish": ("Siparişim gelmedi, iade istiyorum, teşekkürler, ağır", ["cp1254"]),
    "Greek": ("Η παραγγελία μου δεν ήρθε", ["cp1253"]),
    "Hebrew": ("שלום ההזמנה לא הגיעה", ["cp1255"]),
    "Lithuanian": ("Labas, mano užsakymas negautas, ačiū, šįvakar ėjo žąsis", ["cp1257"]),
    "Japanese": ("注文が届きません。返金してください。お願いします", ["cp932", "euc-jp"]),
    "Chinese": ("我的订单没有到，请退款，谢谢你们的帮助", ["gb18030"]),
    "Taiwanese": ("我的訂單沒有到，請退款，謝謝你們的幫助", ["big5"]),
    "Korean": ("주문이 도착하지 않았습니다 환불해 주세요", ["cp949"]),
    "English with marks": ("It’s £5 – “late”", ["cp1252"]),
}


WRITTEN = [pytest.param(text, each, id=f"{name} {each}") for name, (text, named) in TEXTS.items() for each in named]


@pytest.mark.parametrize(("text", "encoding"), WRITTEN)
def test_a_text_reads_as_it_was_written(text: str, encoding: str) -> None:
    content = f"id,created_at,subject\n1,2025-03-01 10:00,{text}\n2,2025-03-01,ok\n".encode(encoding)
    assert content.decode(detect_encoding(content)) == content.decode(encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["id,created\n1,2025-03-01\n", "id,created,город\n1,2025-03-01,Москва\n"])
def test_utf_16_without_a_mark_is_told_by_its_zeros(text: str, encoding: str) -> None:
    assert detect_encoding(text.encode(encoding)) == encoding


def test_letters_that_are_of_no_language_are_asked_about() -> None:
    with pytest.raises(EncodingError, match=r"line 2 .*--encoding"):
        detect_encoding(b"id,subject\n1,a\xa6b\xd0\xac\xa7q\xf7\xd7k\xaf\n")
    with pytest.raises(FileKindError, match="not a text file"):
        detect_encoding(bytes(range(256)) * 40)


@pytest.mark.parametrize("name", ["klingon", "rot13", "base64", "a\0b"])
def test_what_is_no_text_encoding_is_refused(name: str) -> None:
    with pytest.raises(EncodingError, match="no text encoding"):
        check_encoding(name)
