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
# # Is the classifier right, and does it mean what you mean?
#
# A lexicon finds *regime* in "the brutal regime" and in "the sanctions regime". The classifier reads each
# mention where it stands and gives `p_loaded`: the probability that a reader would call this occurrence
# loaded, that is, that it takes a stance beyond a neutral reference, **whoever says it**. Who says it is
# another column, `voice`.
#
# Two limits before any number:
#
# - The readers that it learned from were **language models** with a written codebook, and so was the
#   adjudicator. They judged thousands of mentions of real news, but they are no panel of people;
#   `docs/classifier.md` says how they worked and how far they agreed.
# - It is asked only about what the lexicons find. It cannot find a loaded word that no lexicon has.
#
# So do not take it on trust: read its card, look at its reasons, and code some mentions of your own.

# %%
import json
import tempfile
from pathlib import Path

import pandas as pd

import framing
from framing.scoring.loaded.store import classifier_in, shipped_classifier
from framing.training.loaded.adapt import adapt_to_labels
from framing.workbench.coding import agree, read, sheet

demo = framing.load_demo()
result = framing.analyze(demo)
columns = ["outlet", "surface", "category", "voice", "p_loaded", "loaded"]
result.mentions[columns].head(8)

# %% [markdown]
# ## What it says of this corpus
#
# `loaded` is *yes*, *no* or *unsure*. Unsure is an answer: near the threshold it is wrong so often that a
# yes or no would pretend to know. The demo corpus was written for this project and is full of loaded words;
# expect fewer of them in yours.

# %%
bands = pd.cut(result.mentions["p_loaded"], [0, 0.2, 0.4, 0.6, 0.8, 1], include_lowest=True)
pd.crosstab(bands, result.mentions["loaded"])

# %% [markdown]
# By category. Softening words (*operation*, *neutralised*) and words of doubt (*alleged*, *claim*) have plain
# uses everywhere, and so lower probabilities than, say, delegitimation.

# %%
by_category = result.mentions.groupby("category")["p_loaded"].describe()[["count", "25%", "50%", "75%"]]
by_category.sort_values("50%").round(2)

# %% [markdown]
# ## What its card says
#
# The figures below come from mentions of real news. Each was scored by a model that had not seen its article.
#
# - **auc**: take a loaded and a plain mention at random. How often has the loaded one the higher
#   probability? 0.5 is chance. Much of this is the word itself: *terrorist* is loaded more often than
#   *operation*.
# - **same_entry_auc**: the same for two mentions **of one entry**. Here knowing the word does not help; this
#   figure says what reading the context brings.
# - **accuracy**: right answers if 0.5 and more means loaded; **surest**: those of the 85 % farthest from 0.5.
#   Hold it against the last row: about so many answers are right if one always says "loaded".
# - **ece**: by how much the probabilities are off on average. At 0.02, of a hundred mentions with 0.70 some
#   68 to 72 are loaded.

# %%
model = shipped_classifier()
card = model.card
figures = pd.Series(card["validation"])
figures["always saying loaded"] = card["error_rates"]["all"]["loaded"]
figures.round(3).to_frame("shipped classifier")

# %% [markdown]
# The **threshold** is the probability from which on a mention is counted as loaded. It is set so that as many
# mentions are called loaded as readers call loaded: wrong answers in both directions then cancel out in a
# rate. Within the **band** the answer is *unsure*.

# %%
low, high = model.bounds
print(f"threshold {model.threshold:.2f}; unsure from {low:.2f} to {high:.2f}")

# %% [markdown]
# **Errors by category**, at the threshold. *precision_loaded*: of those called loaded, how many are.
# *recall_plain*: of the plain ones, how many are called plain. Look at the second one before you compare
# outlets by a category: where it is low, plain uses of the words are counted as loaded, in every outlet. And
# mind `n`: a rate from 40 mentions is rough.

# %%
rates = pd.DataFrame(card["error_rates"]).T
rates["n"] = rates["n"].astype(int)
rates.round(2).sort_values("recall_plain")

# %% [markdown]
# ## Why one mention got its number
#
# The answer is a sum, and every part of it can be shown. Parts are log odds: above 0 speaks for loaded, below
# 0 for plain; together they give `p_loaded`. The row of the entry says how the word is used at large, the
# others what this place adds. Here is the mention of one article whose answer is nearest to 0.5.

# %%
row = demo.set_index("doc_id").loc["fnv-03"]
view = framing.explain(row["text"], title=row["title"], outlet=row["outlet"], published=row["published"])
number = int((view.mentions["p_loaded"] - 0.5).abs().to_numpy().argmin())
mention = view.mentions.iloc[number]
print(
    f"{mention['surface']!r}, {mention['category']}: p_loaded {mention['p_loaded']:.2f}, {mention['loaded']}"
)
view.why(number)

# %% [markdown]
# This is how the model reckons; it is no proof that the reasons are good ones. Parts that you would not
# accept from a student ("the entry, as it was read before" outweighs everything) tell you which mentions
# to read yourself.

# %% [markdown]
# ## Your own labels
#
# Draw a sheet. Rare entries are drawn as often as frequent ones, so shares in it are no shares of the corpus.
# The demo is small: 400 asks for more than there is, so all mentions are in it.

# %%
scratch = tempfile.TemporaryDirectory()  # it is deleted with the notebook; put your own work elsewhere
folder = Path(scratch.name)
drawn = sheet.draw(result, n=400, seed=1)
sheet.write_sheet(drawn, folder / "sheet.xlsx")
print(len(drawn), "mentions of", drawn["doc_id"].nunique(), "articles")
drawn[["passage", "category_of_entry", "voice", "loaded", "category"]].head(3)

# %% [markdown]
# **The two coders below are invented, and so are their labels**: nobody read these passages. A rule fills in
# the sheet, only to show the steps; no number from here on says anything about news or about coders.
#
# - *Anna* calls a term quoted (`direct`) inside quotation marks and `own` elsewhere. Everything is loaded,
#   except softening, doubt and praise inside quotation marks. (Her project asks what outlets say themselves.
#   This is **not** the codebook of the shipped classifier.)
# - *Ben* does the same, but calls a term outside quotation marks reported (`indirect`) if "said" follows
#   within 60 characters, and nothing in a headline loaded.
# - Where they differ, the person who decides does as Anna did.
#
# Real coders read, alone, and do not see what the software thinks.

# %%
ONLY_OWN = ("euphemism", "distancing", "glorification")


def in_quotes(passage: str) -> bool:
    """Say whether a quotation is open where the mention begins."""
    before = passage.partition("[[")[0]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def anna(row: pd.Series) -> tuple[str, str]:
    """Return voice and loaded by Anna's rule."""
    quoted = in_quotes(row["passage"])
    plain = quoted and row["category_of_entry"] in ONLY_OWN
    return ("direct" if quoted else "own"), ("no" if plain else "yes")


def ben(row: pd.Series) -> tuple[str, str]:
    """Return voice and loaded by Ben's rule."""
    voice, loaded = anna(row)
    reported = voice == "own" and "said" in row["passage"].partition("]]")[2][:60]
    return ("indirect" if reported else voice), ("no" if row["in_title"] == "yes" else loaded)


for name, rule in (("anna", anna), ("ben", ben)):
    codes = pd.DataFrame([rule(row) for _, row in drawn.iterrows()], columns=["voice", "loaded"])
    sheet.write_sheet(drawn.assign(**codes), folder / f"{name}.xlsx")

coded = read.read_labels([(name, folder / f"{name}.xlsx") for name in ("anna", "ben")])
coded.coders

# %% [markdown]
# ## Do they agree?
#
# `equal` is the share of mentions with the same label, `alpha` Krippendorff's: 1 is full agreement, 0 what
# chance gives; .80 is what he asks for, .667 allows tentative conclusions. Look at *voice* and *loaded*:
# about as many labels are equal, but alpha of *loaded* is lower, because nearly everything is loaded and
# chance alone would give much agreement. Report both, as they were before anybody decides what is open.

# %%
agreement = agree.by_label(coded.labels)
agreement.round(2)

# %% [markdown]
# What they differ on goes to a third person, with both labels side by side.

# %%
different = agree.disagreements(coded.labels, coded.passages)
decisions = different.assign(voice=different["voice: anna"], loaded=different["loaded: anna"])
sheet.write_sheet(decisions, folder / "open.xlsx")
different[["passage", "voice: anna", "voice: ben", "loaded: anna", "loaded: ben"]].head(3)

# %% [markdown]
# Joined: one row a mention. The file holds no text, so it may be published where the articles may not.

# %%
adjudicated = read.read_labels([("decided", folder / "open.xlsx")])
decided = agree.decide(coded.labels, adjudicated.labels)
agree.write_labels(decided.table, folder / "labels.csv")
print(decided.counts)
print(decided.table["loaded"].value_counts().to_dict())

# %% [markdown]
# ## Adapt the classifier
#
# The score of the shipped classifier becomes one input of a new one; the others are words, voice, entry and
# so on. It needs 100 labels or more, 10 of each answer and 5 articles. With few labels it stays close to the
# shipped one, unless they follow as plain a rule as those above.

# %%
demo.to_csv(folder / "articles.csv", index=False)
adapt_to_labels(folder / "labels.csv", folder / "articles.csv", folder / "mine")
mine = json.loads((folder / "mine" / "loaded.json").read_text(encoding="utf-8"))

# %% [markdown]
# **Both models against the labels.** The adapted one is judged *out of fold*: each mention is scored by a
# model that was fitted without its article. Judged on what it was fitted to, any model looks good. The
# shipped one never saw these articles.

# %%
both = pd.DataFrame({"shipped": mine["shipped_on_these_labels"], "adapted, out of fold": mine["validation"]})
both.loc["always saying loaded"] = decided.table["loaded"].mean()
both.round(3)

# %% [markdown]
# How to read it:
#
# - The invented rule differs from the codebook, and so the shipped classifier misses it. That is no error of
#   the classifier, and no merit of the adapted one: a rule is easier to learn than people are.
# - Accuracy against *always saying loaded* is the sober comparison. A model that orders mentions well (auc)
#   may still answer hardly better than that, because plain mentions are few.
# - The numbers stand on the few mentions that are called plain. With so few, and all from the same articles,
#   figures move by several hundredths if others are drawn. Code more before you decide between models.
# - Slope and shift of the adapted probabilities were fitted on the same labels, so that its `ece` is a
#   little too good.
#
# Where it is wrong. Only categories in which the labels have both answers are shown: with one answer only,
# half of the figures mean nothing.

# %%
own_rates = pd.DataFrame(mine["error_rates"]).T
own_rates["n"] = own_rates["n"].astype(int)
own_rates[own_rates["loaded"].between(0, 1, inclusive="neither")].round(2).sort_values("recall_plain")

# %% [markdown]
# ## Use it
#
# `framing.analyze(articles, classifier=folder)`, or `framing score --classifier folder`. Every result names
# the classifier that it was made with by its digest; do not compare counts of two.

# %%
again = framing.analyze(demo, classifier=folder / "mine")
means = pd.DataFrame(
    {
        "shipped": result.mentions.groupby("category")["p_loaded"].mean(),
        "adapted": again.mentions.groupby("category")["p_loaded"].mean(),
    }
)
means.assign(change=means["adapted"] - means["shipped"]).round(2).sort_values("change")

# %% [markdown]
# For a study of your own:
#
# 1. Code at least 300 mentions of **your** articles, two people, alone; report equal and alpha.
# 2. Hold the shipped classifier against the labels, by category and by outlet. If it errs more in one outlet
#    than in another, a difference between the two may be the classifier's.
# 3. Adapt only if people agree among themselves, and keep labels apart that nobody fits to.
# 4. Check that what you conclude holds for all mentions, for `loaded == "yes"`, and with `unsure` added.

# %%
assert result.mentions["p_loaded"].between(0, 1).all()
assert len(drawn) >= 100
assert set(agreement["label"]) == {"voice", "own or attributed", "loaded", "category"}
assert decided.counts["left_out"] == 0
assert classifier_in(folder / "mine").digest != model.digest
assert set(both.columns) == {"shipped", "adapted, out of fold"}
