"""Roles of places: sentences of many kinds in, who sends, passes on and receives out."""

from __future__ import annotations

import pytest

from ocindex.analysis.roles import find_roles

HT, HS, ARMS, COCAINE, HEROIN = (
    "human_trafficking", "human_smuggling", "arms_trafficking", "cocaine_trade", "heroin_trade",
)  # fmt: skip
FLORA, FAUNA, GOLD, PILLS, WEED = (
    "flora_crimes", "fauna_crimes", "non_renewable_resource_crimes", "synthetic_drug_trade", "cannabis_trade",
)  # fmt: skip
FAKES, SMOKES = "trade_in_counterfeit_goods", "illicit_trade_in_excisable_goods"

# Sentence, country of the text, market; then what is expected: o(rigin), t(ransit), d(estination) and iso3 or region.
SENTENCES = [
    ("Kenya is a source, transit and destination country for human trafficking.", "KEN", HT, "oKEN tKEN dKEN"),
    ("The country is both a source and a transit point for ivory.", "KEN", FAUNA, "oKEN tKEN"),
    ("Chad, a transit country for tramadol, has no laboratory.", "TCD", PILLS, "tTCD"),
    (
        "Ghana serves as a major transit hub for cocaine coming from Brazil and bound for Europe.",
        "GHA",
        COCAINE,
        "tGHA oBRA dEurope",
    ),
    (
        "Traffickers use the country as a transit point between South America and Spain.",
        "CPV",
        COCAINE,
        "tCPV oSouth_America dESP",
    ),
    ("Guns are smuggled from the US and Mexico to Colombia.", "PER", ARMS, "oUSA oMEX dCOL"),
    ("Timber is shipped to markets in Europe, China and the Gulf states.", "CMR", FLORA, "dEurope dCHN dGulf"),
    ("Heroin from Afghanistan is moved via Iran and Turkey into Bulgaria.", "BGR", HEROIN, "oAFG tIRN tTUR dBGR"),
    ("Most of the victims are Nigerian.", "ITA", HT, "oNGA"),
    ("Venezuelan migrants and women from Haiti are exploited in the country.", "CHL", HT, "oVEN oHTI dCHL"),
    ("Thai nationals are recruited to work in South Korea and Israel.", "THA", HT, "oTHA dKOR dISR"),
    ("Gold is sold to refineries in the U.A.E. and India.", "SDN", GOLD, "dARE dIND"),
    ("Fentanyl made with precursors from China ends up in the United States.", "MEX", PILLS, "oCHN dUSA"),
    ("Pangolin scales transit Nigeria on their way to Vietnam.", "CMR", FAUNA, "tNGA dVNM"),
    ("Rhino horn feeds markets in Vietnam and China.", "ZAF", FAUNA, "dVNM dCHN"),
    ("There are buyers in Germany for the tortoises.", "GRC", FAUNA, "dDEU"),
    ("Migrants cross the border into Guatemala and travel to Mexico.", "HND", HS, "dGTM dMEX"),
    ("Cigarettes are imported from Paraguay and sold in Brazil.", "BRA", SMOKES, "oPRY dBRA"),
    ("Counterfeit medicines originate in India, Pakistan and China.", "KEN", FAKES, "oIND oPAK oCHN"),
    ("China-bound containers hold rosewood.", "GMB", FLORA, "dCHN"),
    ("Turkish-made blank-firing pistols are converted in workshops.", "SWE", ARMS, "oTUR"),
    ("Afghan heroin reaches the coast in dhows.", "TZA", HEROIN, "oAFG"),
    ("Children from Benin and Togo are brought into the country to work on farms.", "GAB", HT, "oBEN oTGO dGAB"),
    ("Eels leave for China by way of the United Kingdom.", "IRL", FAUNA, "dCHN tGBR"),
    ("The main destinations are Spain, Italy and, to a lesser extent, France.", "MAR", WEED, "dESP dITA dFRA"),
    ("Source countries include Somalia, Eritrea and Ethiopia.", "SDN", HS, "oSOM oERI oETH"),
    ("Weapons leak from stockpiles in Libya.", "NER", ARMS, "oLBY"),
    ("Ethiopians are taken through Kenya and Tanzania to South Africa.", "KEN", HS, "oETH tKEN tTZA dZAF"),
    ("Women are lured to the Gulf with promises of domestic work.", "UGA", HT, "dGulf"),
    ("Afghanistan supplies most of the opium.", "PAK", HEROIN, "oAFG"),
    ("Cannabis grown in Morocco is popular.", "ESP", WEED, "oMAR"),
    ("The cocaine is destined mainly for Australia.", "FJI", COCAINE, "dAUS"),
    ("Ivory is sent to Malaysia before being shipped onward to China.", "KEN", FAUNA, "tMYS dCHN"),
    (
        "Girls from West Africa and the Horn of Africa are sold for sex in Lebanon.",
        "LBN",
        HT,
        "oWest_Africa oHorn_of_Africa dLBN",
    ),
    ("People leave Cuba for Nicaragua and continue through Mexico.", "CUB", HS, "oCUB dNIC tMEX"),
    # A region's name, an alias and an adjective are the place.
    ("Shipments destined for the European market pass through the Balkans.", "ALB", COCAINE, "dEurope tBalkans"),
    ("American guns are smuggled into the country.", "MEX", ARMS, "oUSA dMEX"),
    ("UK citizens order pills from the Netherlands.", "GBR", PILLS, "oNLD"),
    # Nothing moves.
    ("Mexican cartels run the market with Chinese brokers.", "GTM", COCAINE, ""),
    ("The group profits from Mexico and pays in US dollars.", "GTM", COCAINE, ""),
    ("Prices rose from 2019 to 2021, ranging from USD 5 to USD 9.", "PER", COCAINE, ""),
    ("It works through bribery and is a source of income for terrorists.", "PER", COCAINE, ""),
    ("Iran-backed militias and Russia-linked brokers tax it.", "IRQ", PILLS, ""),
    ("Transit police said it is a destination for tourists.", "KEN", COCAINE, ""),
    ("The Panama Papers named him, and guinea pigs and Guinea pigs are sold as pets.", "PER", FAUNA, ""),
    ("The American crocodile and the Brazil nut are protected.", "CRI", FAUNA, ""),
    ("According to Kenya and similar to Uganda, it is linked to Somalia.", "KEN", ARMS, ""),
    ("Officials cooperate with Spain, with support from France.", "MAR", WEED, ""),
    ("The 500 km border between Mali and Niger is unguarded.", "MLI", ARMS, ""),
    ("The war in Syria and the crisis in Lebanon raised demand.", "JOR", PILLS, ""),
    ("Forty women were repatriated to Nigeria and men deported from Libya.", "NGA", HT, ""),
    ("To fight trafficking in Kenya, a law was passed.", "KEN", HT, ""),
    # Denied.
    ("Cocaine no longer passes through Mexico.", "GTM", COCAINE, ""),
    ("It goes through Brazil rather than through Chile.", "BOL", COCAINE, "tBRA"),
    ("It is not shipped to Spain but to Portugal.", "BRA", COCAINE, "dPRT"),
    ("Kenya is no longer a transit country.", "KEN", HEROIN, ""),
    ("Migrants travel via Algeria instead of Libya.", "NER", HS, "tDZA"),
    ("It goes not only to Spain but also to Italy.", "MAR", WEED, "dESP dITA"),
    # Another place of the same letters.
    ("Meth is smuggled to New Mexico and South Sudan.", "MEX", PILLS, "dSSD"),
    ("Crude is shipped through the Gulf of Guinea.", "NGA", GOLD, ""),
    ("Sharks are taken in the South China Sea and sent to China.", "PHL", FAUNA, "dCHN"),
    ("Cocaine goes from Guayaquil to Antwerp.", "ECU", COCAINE, ""),
]


@pytest.mark.parametrize(("text", "iso3", "indicator", "expected"), SENTENCES, ids=[row[0][:40] for row in SENTENCES])
def test_places_have_the_role_that_the_sentence_gives_them(text: str, iso3: str, indicator: str, expected: str) -> None:
    found = {
        f"{item.role[0]}{item.mention.place.iso3 or item.mention.place.name.replace(' ', '_')}"
        for item in find_roles(text, iso3, indicator)
    }
    assert found == set(expected.split())
