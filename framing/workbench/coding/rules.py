"""The rules of coding as a coder reads them beside the sheet: what each value means, what trips people up."""

from __future__ import annotations

from collections.abc import Mapping

VALUES: Mapping[str, Mapping[str, str]] = {
    "voice": {
        "own": "The outlet itself: narration, headline, caption, the writer of a comment. Its own label "
        "stays own beside a quotation, and so does the official name of something in quotation marks.",
        "direct": "A source, word for word: in a quotation, or in a few quoted words of a named source.",
        "indirect": "A source, retold without quotation marks: said, claims, accused, called, according to. "
        "If all that a sentence says is attributed, so is the label in it.",
        "scare": "The outlet puts this word in quotation marks or under so-called to keep away from it and "
        "quotes nobody. If the word is itself so-called or alleged, its voice is own.",
        "unknown": "The passage does not let you tell.",
    },
    "loaded": {
        "yes": "In this place it takes a stance on somebody or something where a plainer word was at hand. "
        "Who says it does not matter.",
        "no": "Literal, technical, legal or general use; an official name; a plain report. "
        "The category stays empty.",
    },
    "category": {
        "delegitimation": "Denies a state, government or group its legitimacy: regime, junta, usurper.",
        "sectarian_othering": "Uses creed, sect or origin as insult or threat: infidel, crusader.",
        "foreign_control": "Says that somebody outside pulls the strings: foreign-backed, proxy, mercenary.",
        "terrorism_label": "Terrorist, extremist, radical, fanatic as a stance.",
        "occupation_colonial": "Occupier, colonist, invader: occupation forces, apartheid state.",
        "atrocity": "Cruelty and crime, aggression too: massacre, butcher, barbaric.",
        "dehumanisation": "Takes away that they are human: vermin, animals, cancer.",
        "glorification": "Makes heroes of somebody or puts them in the right: martyr, heroic, liberate.",
        "euphemism": "Makes force or failure sound soft: neutralise, collateral damage.",
        "distancing": "Casts doubt on a statement or a rank: so-called, alleged, self-proclaimed.",
        "threat_alarm": "Danger and fear: existential threat, menace, flood of people.",
        "victimhood": "Sympathy and innocence: defenceless, oppressed.",
        "evaluation": "Praise or blame that fits no other category: shameful, bungled, masterful.",
        "partisan_label": "Camps of domestic politics: radical left, far-right, woke.",
    },
}
"""Column, value and when to take it, in the order in which the drop-down lists offer them."""

TERMS = (
    ("regime", "Yes of a government. No: sanctions regime, exercise regime, a type in scholarly history."),
    ("terrorist, extremist, radical", "Yes of somebody in particular. No: laws, courts, what might happen."),
    ("militant, rebel, militia, Islamist", "No by itself. Yes with a judging word beside it, or as a slur."),
    ("X-backed, proxy", "Yes as an epithet of somebody. No as a verb, or where help in arms is reported."),
    ("mercenary, puppet, stooge", "Yes. No for charges in court and for contracts."),
    ("occupied, settlement, invasion", "No in law, geography, war reports. Yes as an epithet (invaders)."),
    ("besieged, hostages, abducted", "No if meant literally. Yes as an epithet that asks for sympathy."),
    ("massacre, carnage, savage", "Yes. No for the established name of a historical event."),
    ("martyr, resistance, liberate", "Yes as praise. No in the name of an organisation, a place, a feast."),
    ("neutralise, surgical, operation", "Yes where it softens force against people. No if meant literally."),
    (
        "claim, alleged, so-called",
        "Yes if it casts doubt. No: claimed responsibility, alleged before a verdict.",
    ),
    ("animals, vermin, evil", "Yes of people."),
    ("threat, looming, flood", "Yes as alarm about somebody. No of weather, machines, titles of documents."),
)
"""Families of words, and when they are loaded."""
