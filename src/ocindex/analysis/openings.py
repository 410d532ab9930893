"""A sentence in, how it opens and what it is set in out."""

from __future__ import annotations

import re

# Openings that point back to what was said: the sentence carries its passage's topic on.
_POINTS_BACK = re.compile(
    r"(?:This|These|Those|Such|They|It|Its|Their|Them|He|She|Here|There|Most|Some|Many|Several|Others"
    r"|Other (?:similar|such)|Similar|Both|Another|Each|Neither|Either|None of|All of|Part of|Demand|Supply|Prices"
    r"|Profits|As a result|Nevertheless|Nonetheless|Consequently|Meanwhile"
    r"|The (?:trade|market|crime|business|practice|sector|routes?|groups?|illicit|proceeds|product|goods|scheme"
    r"|networks?|victims?|gangs?|industry|activity|activities|drugs?|same|latter|former|majority|rest|traffic"
    r"|perpetrators|buyers|sellers|issue|problem|situation|phenomenon)"
    r"|In (?:addition|turn|return|practice|these|this|such|those)|Despite (?:this|these))\b"
)
# Openings that tie a sentence to the one before it.
_LINKS = re.compile(
    r"(?:In (?:addition|turn|return|practice|these|this|such|those|recent)|As a (?:result|consequence)"
    r"|Despite (?:this|these)|Nevertheless|Nonetheless|Consequently|However|Moreover|Furthermore|Additionally|Yet|But"
    r"|And|Still|Thus|Hence|Similarly|Likewise|Also|For (?:example|instance)|Although|Though|While|Since|Because|Once"
    r"|When|Where|By)\b"
)
# Openings that turn to something else.
_TURNS = re.compile(
    r"(?:Regarding|As for|As regards|With regard|With respect|Turning to|When it comes|In terms of|Concerning"
    r"|In contrast|By contrast|Unlike|Elsewhere|Beyond|Apart from|Aside from|Alongside|Besides|On the (?:other|one)"
    r"|At the (?:same time|other)|A (?:separate|second|third|different|further)|Another|Finally|Lastly)\b"
)
# Words of the law and of crime: a sentence without any is likelier to be general context.
_REGISTER = re.compile(
    r"\b(?:crim\w+|illeg\w+|illicit\w*|traffick\w+|smuggl\w+|gangs?|police|court\w*|law|laws|offen[cs]\w+|convict\w+"
    r"|arrest\w+|seiz\w+|prosecut\w+|victim\w*|corrupt\w*|launder\w+|mafia|clandestin\w+|unlicen\w+|counterfeit\w*"
    r"|fraud\w*|bribe\w*|investigat\w+|sanction\w*|enforce\w*|organized|organised)\b",
    re.IGNORECASE,
)
# Geography, population and history, as an aside is made of.
_BACKGROUND = re.compile(
    r"\b(?:landlocked|peninsula|archipelago|islands?|plateau|highlands?|lowlands?|river basin|square kilomet\w+"
    r"|kilomet\w+ of (?:coast|border|road|river)\w*|climate|monsoon|rainy season|rainfall|drought|mountain\w*|desert"
    r"|capital city|located (?:in|at|on|between)|lies (?:in|at|on|between)|borders? (?:on )?(?:the )?[A-Z]\w+"
    r"|neighbou?rs|1[5-9]\d\ds?|20[0-2]\ds?)\b"
    r"|\b(?i:populations?|inhabitants|million people|ethnic groups?|languages?|religio\w+"
    r"|per cent of (?:the )?(?:population|people)|census|diaspora|urbani[sz]\w+|life expectancy|median age|birth rate"
    r"|youth unemployment|independence|colonial\w*|civil war|coup|century|decades? (?:ago|of)|since the \d{4}s"
    r"|historical\w*|history|peace accords?|dictatorship|revolution|empire|apartheid|former (?:soviet|yugoslav)\w*"
    r"|founded|pandemic|COVID-19|earthquake|hurricane|World War|accession|referendum|Olympic\w*|World Cup)\b"
)

# The economy at large and daily life; beside a word of crime they tell nothing.
_ECONOMY = re.compile(
    r"\b(?:GDP|gross domestic product|econom(?:y|ies)|exports?|imports|remittances?|touris[mt]\w*|growth|inflation"
    r"|currency|budgets?|deficit|unemploy\w+|per capita|industr(?:y|ies)|agricultur\w+|harvests?|crops?"
    r"|farm(?:s|ers|ing)?|factor(?:y|ies)|textiles?|garments?|wages?|incomes?|poverty|recession|debts?|tariffs?"
    r"|subsid\w+|foreign (?:exchange|investment)|trading partners?|manufactur\w+|per cent|billion|revenues?"
    r"|oil and gas|coffee|tea|cotton|bananas?|rice|wheat)\b",
    re.IGNORECASE,
)
_SURROUNDINGS = re.compile(
    r"\b(?:weather|winters?|summers?|seasons?|rains?|rainfall|snow\w*|storms?|cyclones?|floods?|temperatures?|lakes?"
    r"|rivers?|deltas?|valleys?|hills?|volcan\w+|coasts?|beach(?:es)?|islands?|kilomet\w+|metres|miles|north|south"
    r"|east|west|festivals?|celebrat\w+|holidays?|football|cricket|rugby|stadiums?|music\w*|songs?|films?|novels?"
    r"|poets?|writers?|painters?|cuisine|dish(?:es)?|church(?:es)?|cathedrals?|mosques?|temples?|monasteries|monks?"
    r"|pilgrim\w*|museums?|palaces?|monuments?|statues?|universit(?:y|ies)|schools?|railways?|trains?|highways?"
    r"|motorways?|airlines?|electricity|blackouts?|dams?|power cuts?|newspapers?|flags?|anthem|alphabets?|dialects?)\b",
    re.IGNORECASE,
)
# Crime and violence that no edition has an indicator for.
_COMMON_CRIME = re.compile(
    r"\b(?:homicides?|murder rates?|murders?|robber(?:y|ies)|burglar\w+|thefts?|thieves|pickpocket\w*|shoplift\w+"
    r"|domestic violence|femicides?|rapes?|assaults?|stabbings?|knife crime|hooligan\w*|vandal\w*|terroris\w+"
    r"|insurgen\w+|militants?|jihadis\w+|rebels?|protest\w*|riots?|clashes|demonstrat\w+|strikes?|unrest|road deaths"
    r"|traffic accidents|drunk driving|dumping|illegal waste|wildfires|arson|vendetta|blood feuds?|petty crime"
    r"|street crime|violent crime|crime rates?)\b",
    re.IGNORECASE,
)


def points_back(text: str) -> bool:
    """Whether a sentence opens by pointing back to its passage.

    Examples
    --------
    >>> points_back("The trade is run by families."), points_back("Heroin is cheap.")
    (True, False)
    """
    return _POINTS_BACK.match(text) is not None


def links_on(text: str) -> bool:
    """Whether a sentence opens with a link to the one before it."""
    return _LINKS.match(text) is not None


def turns_away(text: str) -> bool:
    """Whether a sentence opens by turning to something else."""
    return _TURNS.match(text) is not None


def speaks_of_crime(text: str) -> bool:
    """Whether a sentence has any word of crime or the law."""
    return _REGISTER.search(text) is not None


def gives_background(text: str) -> bool:
    """Whether a sentence has words of geography, population or history, or a year."""
    return _BACKGROUND.search(text) is not None


def tells_of_economy(text: str) -> bool:
    """Whether a sentence has words of the economy at large, and none of crime or the law."""
    return _ECONOMY.search(text) is not None and not speaks_of_crime(text)


def tells_of_surroundings(text: str) -> bool:
    """Whether a sentence has words of nature, culture or daily life, and none of crime or the law."""
    return _SURROUNDINGS.search(text) is not None and not speaks_of_crime(text)


def tells_of_common_crime(text: str) -> bool:
    """Whether a sentence has words of crime and violence that no edition has an indicator for."""
    return _COMMON_CRIME.search(text) is not None
