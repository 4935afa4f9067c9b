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
# # Compare outlets
#
# Five fictional outlets cover the same three events. Who uses which frame in its own voice, and is the
# difference more than chance? The article is the unit: words inside one article hang together, so tests
# that count words as if they were independent find differences everywhere, even inside one outlet.

# %%
import framing

result = framing.analyze(framing.load_demo())
result.documents[["doc_id", "outlet", "published", "n_words", "n_words_own", "n_mentions", "status"]].head()

# %% [markdown]
# ## Rates
# Mentions per 1,000 words in the outlet's own voice, with article-clustered 95 % intervals. An outlet
# without any mention still gets an upper limit.

# %%
table = framing.rates(result.documents, result.counts, voice="own")
table[table["feature"] == "any"]

# %% [markdown]
# ## Differences
# Each outlet against all others: `p` from a studentised permutation of articles, `q` corrected for all
# the tests in the table (Benjamini-Hochberg).

# %%
compared = framing.compare(result.documents, result.counts, voice="own", seed=1)
compared.sort_values("q").head(10)

# %%
from framing.figures import forest_plot, rate_heatmap

rate_heatmap(table)

# %%
forest_plot(table[table["feature"] == "delegitimation"])

# %% [markdown]
# ## Own words or somebody else's?
# The same frame, quoted or reported: a wire agency that quotes both sides is full of loaded words that are
# not its own.

# %%
quoted = framing.rates(result.documents, result.counts, voice="attributed", category="terrorism_label")
quoted[["group", "n_articles", "n_mentions", "rate", "low", "high"]]

# %% [markdown]
# ## Back to the sentences
# No number without its evidence:

# %%
framing.concordance(
    result.mentions,
    result.texts,
    result.documents,
    outlets=["Varda State Telegraph"],
    voices=["own"],
    width=45,
).head(10)[["left", "keyword", "right", "category"]]

# %%
assert set(compared["group"]) == set(result.documents["outlet"])
assert compared["p"].dropna().between(0, 1, inclusive="right").all()
