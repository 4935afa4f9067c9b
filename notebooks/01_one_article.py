# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # One article: what is loaded in it, and who says it
#
# The article below was written for this project; its outlet and its war are invented. Replace the text
# by one of your own.

# %%
import framing

demo = framing.load_demo()
row = demo.set_index("doc_id").loc["fnv-03"]
view = framing.explain(row["text"], title=row["title"], outlet=row["outlet"], published=row["published"])
view

# %% [markdown]
# Each mention carries a written label for its voice: **own voice** (solid line), **quoted** (double
# line), **reported** (dashed), **scare quotes** (dotted). Only the first is the outlet's own choice of words.
#
# The same as a table: what was found, who says it, and the rule that decided.

# %%
columns = ["surface", "category", "voice", "speaker", "cue", "evidence", "neutral_alternative"]
view.mentions[columns]

# %% [markdown]
# The score is a product of published factors. It orders mentions for reading; it is no probability, and
# the statistics do not use it.

# %%
view.mentions[["surface", "rule_score", "score_parts"]]

# %% [markdown]
# How the words of this article divide by voice, and what was left out of the counts:

# %%
article = view.article
print(article.words)
for removal in article.removals:
    print(removal.reason, "|", article.document.text[removal.span.start : removal.span.end])

# %%
assert len(view.mentions) > 0
assert (view.mentions["voice"] == "own").any()
assert (view.mentions["voice"] == "direct").any()
