"""A sentence in, which kinds of actors it names and whether officials take part out."""

from __future__ import annotations

from ocindex.analysis.wordlists import WordLists

_OFFICIALS = (
    r"officials?|officers?|police(?:men|man)?|soldiers?|customs|guards?|rangers?|wardens?|commanders?|generals?"
    r"|colonels?|captains?|sergeants?|inspectors?|mayors?|governors?|ministers?|senators?|deputies|deputy|lawmakers?"
    r"|mps?|councillors?|judges?|prosecutors?|magistrates?|servants?|politicians?|clerks?|administrators?|chiefs?"
    r"|army|military|navy|coastguard|gendarmes?|troops|consul\w*|registrars?|uniform\w*|ministry"
)
_COLLUSION = (
    r"brib\w+|complicit\w*|complicity|collu\w+|corrupt\w*|conniv\w+|pay(?:s|ing|ments?)?|paid|payoffs?|kickbacks?"
    r"|cut|share|envelopes?|blind|wav(?:es|ed|ing)|tip(?:s|ped)?|protect\w*|payroll|facilitat\w+|shield\w*|sell|sold"
    r"|selling|involve\w*|implicat\w+|accus\w+|sign(?:s|ed)?|escort\w*|fee|rent\w*|lend\w*|accomplices?"
)
_GROUPS = (
    r"groups?|gangs?|networks?|rings?|syndicates?|brokers?|traders?|buyers?|dealers?|smugglers?|traffickers?"
    r"|companies|investors|clans?|mafias?|cartels?|crews?|citizens|nationals|businessmen|financiers?|operators?"
    r"|couriers?|miners|suppliers?"
)
_ABROAD = r"nationals?|foreign(?:ers?)?|abroad|overseas|diaspora|expatriates?|border|transnational|international"
_GANGS = (
    r"gangs?|cartels?|mafias?|clans?|nostra|ndrangheta|camorra|yakuza|triads?|maras?|pandillas?|brotherhood"
    r"|godfathers?|bosses?|kingpins?|militias?"
)
_LOOSE = (
    r"networks?|loose\w*|famil(?:y|ies)|brokers?|cells?|crews?|rings?|middlemen|intermediaries|fixers?|recruiters?"
    r"|kinsh?\w*|cousins?|brothers?"
)
_FIRMS = (
    r"companies|company|firms?|business(?:es)?|banks?|lawyers?|notaries|notary|accountants?|exporters?|importers?"
    r"|agencies|agents?|hotels?|contractors?|concession\w*|shops?|refiner\w*|traders?|owners?|employers?|estate"
)
PARTY_WORDS = WordLists(
    {
        "officials": _OFFICIALS,
        "collusion": _COLLUSION,
        "groups": _GROUPS,
        "abroad": _ABROAD,
        "gangs": _GANGS,
        "loose": _LOOSE,
        "firms": _FIRMS,
    }
)
PARTIES = PARTY_WORDS.names
"""Who acts: people of the state, their taking part, groups of any kind, strangers, gangs, loose circles, firms."""


def find_parties(text: str) -> tuple[bool, ...]:
    """Tell which of `PARTIES` a sentence has words of.

    Examples
    --------
    >>> dict(zip(PARTIES, find_parties("Customs officers take a cut."), strict=True))["collusion"]
    True
    """
    return PARTY_WORDS.find(text)
