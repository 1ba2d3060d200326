"""Of what a person was accused: where a charge begins and ends, and the sentence that it belongs to."""

import re

from victims.entries.clauses import Range, trim
from victims.entries.draft import Reading

CHARGE = re.compile(
    r"(?=[опзкянв5с(])(?:(?P<label>(?<!\w)(?:обв\.?\s*:|обвин(?:ение|\.)?\s*:|обв(?:инение|\.)\s-\s|по\s+обвин(?:ению|ен\.|\.)?\s+(?:в|во)(?!\w)|"
    r"по\s+обвинению|(?:по\s+)?обв\.?\s+(?:в|во)(?!\w)|за\s+(?:обвинувачен|звинувачен)\w+\s+(?:в|у)(?!\w)))"
    r"|(?<!\w)(?:(?:по|за|па|паводле)(?:\s+(?=\d{2,3}(?:-\d|,\s?\d|\s+ук\s)|ст\.|арт\.|стат|артыкул|указ[ау]\s|закон[ау]\s|постановлению\s+(?:вцик|цик)|постановою\s+(?:вуцвк|цвк))|(?=ст\.\s?(?:ст\.\s?)?\d{2,3}(?!\.?\d)|стать))|"
    r"(?:на\s+(?:основании|підставі)|согласно|згідно(?:\s+зі?)?|в\s+соответствии\s+со?)\s+(?=ст\.|стат)|за\s+(?=\"?(?:связь|участи|активн|анти|контр|к\.?[-/]?р|а/с|шпион|вредит|организ|"
    r"хранен|избиен|пораж|принадл|агитац|недонос|измен|систем|высказ|пропаг|причаст|провед|совер|распростр|террор|"
    r"сотруднич|пособ|невыполн|укрыв|саботаж|клевет|переход|выступл|противод|подрыв|восхвал|разлож|подготовк|сокрыт|дезерт|бандит|спекул|уклонен|неисполн|преступ|халатн|хищен|растрат|самогон|побег|службу|отказ|срыв|несдач|сопротивл|"
    r"оскорбл|дискредит|расхищ|убийств|подстрек|попытк|нелегальн|незакон|"
    r"кртд|крд|аса|кра|пш|свэ|соэ|чсир|шпіян|шпигун|антысав|антирад|контррэв|ўдзел|удзел|участь))|"
    r"как\s+(?=соэ|свэ|жена|муж|мать|отец|брат|сестра|родствен|кулак|кулац|член|чсир|социальн|соц|бывш|сын|дочь|враг|\"|агент|шпион|участник|служител|изменник|троцк)|"
    r"як\s+(?=\"|член|учасн|удзельн|агент|куркул|кулак|ворог|вораг))"
    r"|(?<=[,;]\s)(?=(?:статья\s|(?:ст\.\s?){0,2})5[48]\s?-\s?\d|(?:статья\s|(?:ст\.\s?){1,2})\d{2,3}(?:-\d|\s?[пч]{1,2}\.|[,)]))|(?<=\d\sг\.\s)(?=5[48]\s?-\s?\d)|(?<=\d\s)(?=(?:ст\.\s?){1,2}5[48]\s?-\s?\d)|(?<=\d\sг\.\s)(?=(?:ст\.\s?){1,2}\d)|(?<=\d\s)(?=\(\x22[^\x22()]{6,200}\x22\))|(?<=[а-яі]:\s)(?=5[48]\s?-\s?\d)|(?<=\s)(?=(?:ст\.\s?){1,2}\d{2,3}(?:[-.,;\s]|$))|(?<=\()(?=ст(?:ст|ат\w+)?\.?\s{0,2}(?:ст\.\s?)?\d|5[48]\s?-\s?\d))"
)
_CHARGE_AGAIN = re.compile(
    r"\s*(?:по\s+обвинению\s+(?:в|во)\s|обв\.?:|обв\.\s+(?:(?=по\s)|(?:в|во)\s)|обвинени[ея]\s*[:-]|"
    r"(?:предъявлено\s+)?(?:обвинени[ея]|обвинен[аы]?|обвинял(?:ся|ась))\s+(?:(?:в|во)\s|(?=(?:по|за|как)\s))|"
    r"осужд[её]н[аы]?\s+(?=(?:по|за|как)\s)|"
    r"(?:в|во)\s+(?!рамках|порядке|соответств|связи|том|силу|ходе)(?=[а-я]))\s*"
)
#: "обв.: осужден": a verb alone charges nobody with anything.
_NO_CHARGE = re.compile(r"\W*(?:осужд[её]н|приговор[её]н)[аы]?\W*")


def take_charge(reading: Reading, pieces: tuple[Range, ...]) -> tuple[Range, ...]:
    """Cut the charge off the last piece and keep it pending, label and text."""
    if not pieces:
        return pieces
    start, end = pieces[-1]
    match = CHARGE.search(reading.folded, start, end)
    if not match:
        return pieces
    if match["label"]:
        reading.label(*match.span("label"))
    if "charge" not in reading.pending:
        reading.pending["charge"] = (match.end("label") if match["label"] else match.start(), end)
    return (*pieces[:-1], (start, match.start()))


def read_charge(reading: Reading, slot: str, *pieces: Range) -> None:
    """Fill the charge of a sentence, told in one or several places, doubled labels dropped."""
    kept = []
    for start, end in pieces:
        if _NO_CHARGE.fullmatch(reading.folded, start, end):
            reading.label(start, end)
            continue
        match = _CHARGE_AGAIN.match(reading.folded, start, end)
        if match:
            reading.label(*match.span())
            start = match.end()
        stop = _CHARGE_ENDS.search(reading.folded, start, end)
        end = stop.start() if stop else end
        if reading.folded.endswith("(", 0, start) and reading.folded[start:end].count(")") == 1:
            end = reading.folded.index(")", start)
        elif reading.folded.count("(", start, end) < reading.folded.count(")", start, end):
            end = reading.folded.rindex(")", start, end)  # "(прот. № 41, ст. 54-10)"
        kept.append((start, end))
    reading.put_text(f"{slot}.charge", *kept)


_CHARGE_ENDS = re.compile(
    r"\s+-\s+(?=(?:вмн|вмп|вмсз|розстріл|расстрел)(?!\w)|\d{1,2}\s?(?:лет|л\.|год|г\.|р\.|років|роки)\s)|"
    r",\s*(?=\d+\s+(?:год|лет|мес)|освобожд|содержал|исключен|находил|"
    r"(?:[\w.-]+(?:ой|ою|им|ым)\s+)?(?:тройкой|трійкою|коллегией|колегією|комиссией|комісією)\s)"
)


def keep_charge(reading: Reading, start: int, end: int) -> None:
    """Give a charge to the sentence told just before it; else keep it for the next. A second one is left over."""
    if reading.open and not reading.filled(f"{reading.open}.charge"):
        read_charge(reading, reading.open, (start, end))
    elif reading.open and _said_in_charge(reading, start, end):
        reading.put_text(f"{reading.open}.note", (start, end))
    else:
        reading.pending.setdefault("charge", (start, end))


def _said_in_charge(reading: Reading, start: int, end: int) -> bool:
    """True of an article that the charge of the open sentence names too."""
    charge = next((span for span in reading.spans if span.slot == f"{reading.open}.charge"), None)
    words = reading.folded[slice(*trim(reading.folded, start, end))]
    same = re.compile(rf"(?<![\w-]){re.escape(words)}(?![\w-])") if words else None
    return bool(charge and same and any(same.search(reading.folded, *at) for at in charge.pieces))
