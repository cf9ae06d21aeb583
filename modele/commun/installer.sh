#!/bin/sh
# Installe dans .venv/ le générateur que nomme requirements.txt et les bibliothèques de
# bibliotheques.txt, dont il vérifie les empreintes ; garde ce qui y est déjà. Sans effet si c’est fait.
set -eu
cd "$(dirname "$0")"
fait=.venv/.portail
voulu=$(cat requirements.txt bibliotheques.txt | cksum)
generateur='^portail *[@=[]|^[^# ]*/portail-[^/ ]*\.whl'
if ! grep -Eq "$generateur" requirements.txt; then
  echo "requirements.txt ne dit pas d’où vient le générateur : suivez ce qui y est écrit." >&2
  exit 2
fi

bin=.venv/bin
[ -d .venv/Scripts ] && bin=.venv/Scripts # Windows
# L’image d’une forge (Containerfile) a déjà les bibliothèques, si ce sont celles de cette version.
image=/opt/portail
if [ ! -e .venv ] && cmp -s bibliotheques.txt "$image/bibliotheques.txt"; then
  ln -s "$image/.venv" .venv
fi
# Le même dossier, gardé par une forge d’une fois à l’autre, n’a rien à installer.
if [ "$(cat "$fait" 2> /dev/null)" = "$voulu" ] && "$bin/python" -c "" 2> /dev/null; then
  exit 0
fi
if ! "$bin/python" -c "" 2> /dev/null; then
  "${PYTHON:-python3}" -m venv .venv
  [ -d "$bin" ] || bin=.venv/Scripts
fi
index=$(grep '^--' requirements.txt || true)
pip() {
  "$bin/python" -m pip --quiet --disable-pip-version-check "$@"
}
# Sans isolation : ce qui n’est publié qu’en sources est construit par le setuptools d’ici, installé
# d’abord, et non par un autre que rien n’aurait vérifié.
installer() {
  pip install --use-pep517 --no-build-isolation --no-deps $index "$@"
}
sed -n '/^setuptools==/,/[^\\]$/p' bibliotheques.txt > .venv/construction.txt
grep -E "$generateur" requirements.txt > .venv/generateur.txt
installer --require-hashes -r .venv/construction.txt
installer --require-hashes -r bibliotheques.txt
# pip retient de quel fichier vient ce qu’il a installé (direct_url.json) : le même reste en place.
empreinte=$(sed -n 's/.*--hash=sha256:\([0-9a-f]*\).*/\1/p' .venv/generateur.txt)
for site in .venv/lib/python*/site-packages .venv/Lib/site-packages; do
  [ -z "$empreinte" ] || ! grep -qs "$empreinte" "$site"/portail-*.dist-info/direct_url.json || deja=oui
done
[ -n "${deja:-}" ] || installer --force-reinstall -r .venv/generateur.txt
# Les bibliothèques que cette version a essayées remplacent celles d’une autre.
for site in .venv/lib/python*/site-packages .venv/Lib/site-packages; do
  essayees="$site/portail/_ressources/modele/commun/bibliotheques.txt"
  if [ -f "$essayees" ] && ! cmp -s "$essayees" bibliotheques.txt; then
    cp "$essayees" bibliotheques.txt
    installer --require-hashes -r bibliotheques.txt
    voulu=$(cat requirements.txt bibliotheques.txt | cksum)
    echo "bibliotheques.txt est renouvelé pour cette version : proposez-le aussi."
  fi
done

# Ce que l’équipe a ajouté, un paquet par ligne : un greffon.
if grep -Ev "$generateur|^--|^ *(#|\$)" requirements.txt > .venv/ajouts.txt; then
  pip install $index -r .venv/ajouts.txt
fi
if ! pip check; then
  echo "Un paquet de requirements.txt ne va pas avec cette version du générateur." >&2
  exit 1
fi
echo "$voulu" > "$fait"
