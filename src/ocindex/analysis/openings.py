"""A sentence in, how it opens and what it is set in out."""

from __future__ import annotations

from ocindex.analysis.wordlists import Opening, WordLists

# Openings that point back to what was said: the sentence carries its passage's topic on.
_POINTS_BACK = Opening(
    r"This|These|Those|Such|They|It|Its|Their|Them|He|She|Here|There|Most|Some|Many|Several|Others"
    r"|Other (?:similar|such)|Similar|Both|Another|Each|Neither|Either|None of|All of|Part of|Demand|Supply|Prices"
    r"|Profits|As a result|Nevertheless|Nonetheless|Consequently|Meanwhile"
    r"|The (?:trade|market|crime|business|practice|sector|routes?|groups?|illicit|proceeds|product|goods|scheme"
    r"|networks?|victims?|gangs?|industry|activity|activities|drugs?|same|latter|former|majority|rest|traffic"
    r"|perpetrators|buyers|sellers|issue|problem|situation|phenomenon)"
    r"|In (?:addition|turn|return|practice|these|this|such|those)|Despite (?:this|these)"
)
# Openings that tie a sentence to the one before it.
_LINKS = Opening(
    r"In (?:addition|turn|return|practice|these|this|such|those|recent)|As a (?:result|consequence)"
    r"|Despite (?:this|these)|Nevertheless|Nonetheless|Consequently|However|Moreover|Furthermore|Additionally|Yet|But"
    r"|And|Still|Thus|Hence|Similarly|Likewise|Also|For (?:example|instance)|Although|Though|While|Since|Because|Once"
    r"|When|Where|By"
)
# Openings that turn to something else.
_TURNS = Opening(
    r"Regarding|As for|As regards|With regard|With respect|Turning to|When it comes|In terms of|Concerning"
    r"|In contrast|By contrast|Unlike|Elsewhere|Beyond|Apart from|Aside from|Alongside|Besides|On the (?:other|one)"
    r"|At the (?:same time|other)|A (?:separate|second|third|different|further)|Another|Finally|Lastly"
)
# Words of the law and of crime: a sentence without any is likelier to be general context.
_CRIME = (
    r"crim\w+|illeg\w+|illicit\w*|traffick\w+|smuggl\w+|gangs?|police|court\w*|law|laws|offen[cs]\w+|convict\w+"
    r"|arrest\w+|seiz\w+|prosecut\w+|victim\w*|corrupt\w*|launder\w+|mafia|clandestin\w+|unlicen\w+|counterfeit\w*"
    r"|fraud\w*|bribe\w*|investigat\w+|sanction\w*|enforce\w*|organized|organised"
)
# Geography, population and history, as an aside is made of.
_BACKGROUND = (
    r"landlocked|peninsula|archipelago|islands?|plateau|highlands?|lowlands?|basin|square|climate|monsoon|rainy"
    r"|rainfall|drought|mountain\w*|desert|located|lies|neighbou?rs|(?:1[5-9]|20[0-2])\d\d?s?|populations?|inhabitants"
    r"|ethnic|languages?|religio\w+|census|diaspora|urbani[sz]\w+|expectancy|median|independence|colonial\w*|coup"
    r"|century|decades?|historical\w*|history|dictatorship|revolution|empire|apartheid|soviet|yugoslav\w*|founded"
    r"|pandemic|covid|earthquake|hurricane|accession|referendum|olympic\w*"
)
# The economy at large.
_ECONOMY = (
    r"gdp|econom(?:y|ies)|exports?|imports|remittances?|touris[mt]\w*|growth|inflation|currency|budgets?|deficit"
    r"|unemploy\w+|capita|industr(?:y|ies)|agricultur\w+|harvests?|crops?|farm(?:s|ers|ing)?|factor(?:y|ies)|textiles?"
    r"|garments?|wages?|incomes?|poverty|recession|debts?|tariffs?|subsid\w+|investment|manufactur\w+|cent|billion"
    r"|revenues?|oil|gas|coffee|tea|cotton|bananas?|rice|wheat"
)
# Nature, culture and daily life.
_SURROUNDINGS = (
    r"weather|winters?|summers?|seasons?|rains?|rainfall|snow\w*|storms?|cyclones?|floods?|temperatures?|lakes?"
    r"|rivers?|deltas?|valleys?|hills?|volcan\w+|coasts?|beach(?:es)?|islands?|kilomet\w+|metres|miles|north|south"
    r"|east|west|festivals?|celebrat\w+|holidays?|football|cricket|rugby|stadiums?|music\w*|songs?|films?|novels?"
    r"|poets?|writers?|painters?|cuisine|dish(?:es)?|church(?:es)?|cathedrals?|mosques?|temples?|monasteries|monks?"
    r"|pilgrim\w*|museums?|palaces?|monuments?|statues?|universit(?:y|ies)|schools?|railways?|trains?|highways?"
    r"|motorways?|airlines?|electricity|blackouts?|dams?|newspapers?|flags?|anthem|alphabets?|dialects?"
)
# Crime and violence that no edition has an indicator for.
_COMMON_CRIME = (
    r"homicides?|murders?|robber(?:y|ies)|burglar\w+|thefts?|thieves|pickpocket\w*|shoplift\w+|femicides?|rapes?"
    r"|assaults?|stabbings?|knife|hooligan\w*|vandal\w*|terroris\w+|insurgen\w+|militants?|jihadis\w+|rebels?"
    r"|protest\w*|riots?|clashes|demonstrat\w+|strikes?|unrest|deaths|accidents|dumping|wildfires|arson|vendetta|feuds?"
)
REGISTER_WORDS = WordLists(
    {
        "crime": _CRIME,
        "background": _BACKGROUND,
        "economy": _ECONOMY,
        "surroundings": _SURROUNDINGS,
        "common_crime": _COMMON_CRIME,
    }
)
REGISTERS = REGISTER_WORDS.names
"""Kinds of words that a sentence can be made of."""
OPENINGS = (_POINTS_BACK, _LINKS, _TURNS)
"""Openings that point back, that link on, that turn away."""


def points_back(text: str) -> bool:
    """Whether a sentence opens by pointing back to its passage.

    Examples
    --------
    >>> points_back("The trade is run by families."), points_back("Heroin is cheap.")
    (True, False)
    """
    return _POINTS_BACK.matches(text)


def links_on(text: str) -> bool:
    """Whether a sentence opens with a link to the one before it."""
    return _LINKS.matches(text)


def turns_away(text: str) -> bool:
    """Whether a sentence opens by turning to something else."""
    return _TURNS.matches(text)


def find_registers(text: str) -> tuple[bool, ...]:
    """Tell which of `REGISTERS` a sentence has words of.

    The economy and the surroundings count only where no word of crime or the law stands.

    Examples
    --------
    >>> dict(zip(REGISTERS, find_registers("Coffee is the main export."), strict=True))["economy"]
    True
    """
    crime, background, economy, surroundings, common_crime = REGISTER_WORDS.find(text)
    return crime, background, economy and not crime, surroundings and not crime, common_crime
