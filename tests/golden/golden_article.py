"""An article written for this project, with the traps of a real one: nobody else's text is committed."""

# ruff: noqa: E501 -- lines of the article stand as a feed would send them
TEXT = """\
Port Selm News Agency: A leading tribal council has urged the capital to send troops to the north against the foreign-backed Takfiri terrorists, following the latest raids on the Brava road.
The council made the appeal in a statement on Tuesday, amid fears of the fighting spilling over into the valley.
“We believe the government should act at once, as these groups pose a threat to every village,” a spokesman of the council said.
The spokesman further noted that the council is “closely watching the criminal aggression against our people,” adding that it has not yet decided to send its own men.
Meanwhile, the chairman of the Valley Defence Units (VDU), known in the north as the Guard, has warned that "what happens in Orlan has direct consequences for us all.”
Maren went on to say that "the commander has ordered more patrols, with the Guard being a key force on the Orlan front."
He further stressed that Kestria “wants to rule the region by force,” adding that the border posts have been hit in attacks by the occupying regime.
“The army has suffered from attacks by the puppet regime, a long war and sanctions," the Guard chief said.
Foreign-backed terrorists led by the Lantern Takfiri group launched a large attack on Tesk on Wednesday, seizing several farms.
Terror outfits have tried to break the government’s hold on the road, which is also under the Kestrian regime’s regular fire.
/41
The council made the appeal in a statement on Tuesday, amid fears of the fighting spilling over into the valley.
“We believe the government should act at once, as these groups pose a threat to every village,” a spokesman of the council said.
Foreign-backed terrorists led by the Lantern Takfiri group launched a large attack on Tesk on Wednesday, seizing several farms.
/41
"""
