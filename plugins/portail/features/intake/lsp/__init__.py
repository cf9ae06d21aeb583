"""Help while one writes in an editor, by the protocol that all of them speak (LSP)."""

from portail.feature import Command, Feature

feature = Feature(
    name="lsp",
    title="Aide dans un éditeur",
    needs=("schemas",),
    commands={"lsp": Command("aide à écrire dans un éditeur (protocole LSP)")},
)
