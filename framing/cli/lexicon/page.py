"""``framing lexicon page``: lexicons and their audit as pages to read."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("page")
@click.argument("lexicons", nargs=-1, metavar="[NAME|FOLDER]...")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder to write to.")
def page_command(lexicons: tuple[str, ...], output: Path) -> None:
    """Write a Markdown page for each lexicon; all shipped ones and the audit report if none is named."""
    from framing.errors import InputError
    from framing.lexicon import available, load_default, load_lexicon
    from framing.lexicon.examples import load_examples
    from framing.workbench.audit_plan import load_plan
    from framing.workbench.pages import audit_page, lexicon_page

    pages = {}
    for name in lexicons or available():
        lexicon = load_lexicon(name)
        pages[lexicon.lexicon_id] = lexicon_page(lexicon, load_examples(name, lexicon))
    if not lexicons:
        pages["audit"] = audit_page(load_default(), load_lexicon("referents-en"), load_plan())
    try:
        output.mkdir(parents=True, exist_ok=True)
        for name, page in pages.items():
            (output / f"{name}.md").write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError("the page cannot be written", where=str(output), got=error.strerror or "") from error
    click.echo(f"{len(pages)} pages -> {output}")
