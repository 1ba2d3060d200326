"""The field's closed lists: codes with English labels that gettext translates (pure)."""

from datetime import date

from memorial.coded import Coded
from memorial.coded import gettext_noop as _


class Status(Coded):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    MERGED = "merged", _("merged into another record")
    WITHDRAWN = "withdrawn", _("withdrawn")


class WithdrawalReason(Coded):
    BATCH_UNDONE = "batch_undone", _("its import was undone")
    PRIVACY = "privacy", _("protection of a living person")
    RIGHTS = "rights", _("rights of the source")
    ERROR = "error", _("recorded in error")


class Sex(Coded):
    MALE = "male", _("male")
    FEMALE = "female", _("female")


class NameKind(Coded):
    MAIN = "main", _("name")
    VARIANT = "variant", _("name variant")
    ALIAS = "alias", _("alias")
    MAIDEN = "maiden", _("maiden name")
    MONASTIC = "monastic", _("monastic or church name")
    LANGUAGE = "language", _("form in another language")


class TraitKind(Coded):
    """What an entry says of a person in a printed form of words, any number of times."""

    NATIONALITY = "nationality", _("nationality")
    CITIZENSHIP = "citizenship", _("citizenship")
    SOCIAL_ORIGIN = "social_origin", _("social origin")
    EDUCATION = "education", _("education")
    PARTY = "party", _("party membership")
    OCCUPATION = "occupation", _("occupation and workplace")
    FAMILY = "family", _("family")
    PRIOR_REPRESSIONS = "prior_repressions", _("earlier repressions")


class FormKind(Coded):
    """Dictionaries of printed forms; every trait has one of its own name."""

    NATIONALITY = "nationality", _("nationality")
    CITIZENSHIP = "citizenship", _("citizenship")
    SOCIAL_ORIGIN = "social_origin", _("social origin")
    EDUCATION = "education", _("education")
    PARTY = "party", _("party membership")
    OCCUPATION = "occupation", _("occupation and workplace")
    FAMILY = "family", _("family")
    PRIOR_REPRESSIONS = "prior_repressions", _("earlier repressions")
    BODY = "body", _("body")
    ARTICLE = "article", _("article of the code")
    CHARGE = "charge", _("charge")
    VERDICT = "verdict", _("verdict")
    MEASURE = "measure", _("measure of restraint")
    GROUND = "ground", _("ground of rehabilitation")
    RELATION = "relation", _("relation")
    TAG = "tag", _("group or tag")
    SOURCE = "source", _("source")


class FormState(Coded):
    """Unrecognised is not unknown: a form waits for a meaning, has one, or is known to have none."""

    UNRECOGNISED = "unrecognised", _("not recognised yet")
    RECOGNISED = "recognised", _("recognised")
    MEANINGLESS = "meaningless", _("has no single meaning")


class SentenceKind(Coded):
    VMN = "vmn", _("death sentence")
    CAMP = "camp", _("camp")
    PRISON = "prison", _("prison")
    EXILE = "exile", _("exile")
    SPECIAL_SETTLEMENT = "special_settlement", _("special settlement")
    DEKULAKIZATION = "dekulakization", _("dekulakization")
    CORRECTIVE_LABOUR = "corrective_labour", _("corrective labour")
    RIGHTS_DEPRIVATION = "rights_deprivation", _("deprivation of rights")
    PROBATION = "probation", _("probation")
    DISMISSED = "dismissed", _("case dismissed")
    OTHER = "other", _("other")


class Manner(Coded):
    SHOT = "shot", _("shot")
    DIED = "died", _("died")


class Circumstance(Coded):
    UNDER_INVESTIGATION = "under_investigation", _("under investigation")
    IN_PRISON = "in_prison", _("in prison")
    IN_CAMP = "in_camp", _("in a camp")
    IN_TRANSIT = "in_transit", _("on the way")
    IN_EXILE = "in_exile", _("in exile or special settlement")
    AT_LIBERTY = "at_liberty", _("at liberty")


class ImprisonmentEnd(Coded):
    RELEASED = "released", _("released")
    DIED = "died", _("died")
    ESCAPED = "escaped", _("escaped")
    TRANSFERRED = "transferred", _("transferred")
    EXECUTED = "executed", _("executed")


class BodyKind(Coded):
    TROIKA = "troika", _("troika of the NKVD")
    SPECIAL_TROIKA = "special_troika", _("special troika of order 00606")
    MILITIA_TROIKA = "militia_troika", _("police troika")
    OGPU_TROIKA = "ogpu_troika", _("troika of the OGPU")
    DVOIKA = "dvoika", _("commission of the NKVD and the Procurator (dvoika)")
    SPECIAL_COUNCIL = "special_council", _("Special Council")
    OGPU_COLLEGIUM = "ogpu_collegium", _("OGPU collegium")
    MILITARY_COLLEGIUM = "military_collegium", _("Military Collegium")
    TRIBUNAL = "tribunal", _("military tribunal")
    SUPREME_COURT = "supreme_court", _("supreme court")
    COURT = "court", _("court")
    PROCURACY = "procuracy", _("procuracy")
    SECURITY = "security", _("state security")
    EXECUTIVE_COMMITTEE = "executive_committee", _("executive committee")
    OTHER = "other", _("other")


class ContributionState(Coded):
    """What became of what a visitor told."""

    WAITING = "waiting", _("waiting for an editor")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")


class RegionKind(Coded):
    UNION = "union", _("union of republics")
    SSR = "ssr", _("union republic")
    ASSR = "assr", _("autonomous republic")
    KRAI = "krai", _("krai")
    OBLAST = "oblast", _("oblast")
    CAMPS = "camps", _("camps")
    CITY = "city", _("city")
    OTHER = "other", _("other")


class SuccessionKind(Coded):
    SPLIT = "split", _("divided into")
    PART = "part", _("gave up a part to")
    RENAMED = "renamed", _("renamed")


class Told(Coded):
    """How surely a site was one of shooting, or of burial."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    DISPUTED = "disputed", _("disputed")
    UNKNOWN = "unknown", _("unknown")


class DocumentKind(Coded):
    ORDER = "order", _("order")
    RESOLUTION = "resolution", _("resolution")
    LETTER = "letter", _("letter")
    INSTRUCTION = "instruction", _("instruction")
    TELEGRAM = "telegram", _("telegram")
    LAW = "law", _("law or decree")


class Attribution(Coded):
    """How we know that a sentence belongs to an operation."""

    PRINTED = "printed", _("printed")
    INFERRED = "inferred", _("inferred by a named rule")
    UNKNOWN = "unknown", _("unknown")


class Completeness(Coded):
    COMPLETE = "complete", _("tells all that is known")
    INCOMPLETE = "incomplete", _("more is known than is given here")


class RevisionKind(Coded):
    EDIT = "edit", _("edit")
    IMPORT = "import", _("import")
    REFERENCE = "reference", _("reference data")
    MERGE = "merge", _("merge")
    UNDO_MERGE = "undo_merge", _("merge undone")
    SPLIT = "split", _("split")
    REREAD = "reread", _("read again")
    UNDO_BATCH = "undo_batch", _("import undone")
    DECISION = "decision", _("decision")
    STATUS = "status", _("change of status")


#: The order's number, as printed forms and the Operation table name it.
ORDER_00447 = "00447"
#: The rule by which a sentence is attributed to order 00447 where the entry does not print the number.
RULE_TROIKA_1937 = "nkvd-troika-1937-08-05/1938-11-17"
ORDER_00447_FIRST_DAY = date(1937, 8, 5)
ORDER_00447_LAST_DAY = date(1938, 11, 17)


def attribute(
    body_kind: str | None, earliest: date | None, latest: date | None
) -> tuple[str | None, str, str]:
    """Return (operation code or None, attribution, rule) of a sentence whose entry prints no operation.

    Rule: a troika of the NKVD of a republic, territory or region, wholly between 1937-08-05 and
    1938-11-17. Special troikas (order 00606), police troikas, dvoikas, the Military Collegium and the
    OGPU's troikas are other kinds of body and are never attributed.
    """
    if (
        body_kind == BodyKind.TROIKA
        and earliest is not None
        and earliest >= ORDER_00447_FIRST_DAY
        and latest <= ORDER_00447_LAST_DAY
    ):
        return ORDER_00447, Attribution.INFERRED, RULE_TROIKA_1937
    return None, Attribution.UNKNOWN, ""
