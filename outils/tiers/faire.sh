#!/bin/sh
# Make the libraries of others that the theme carries: « npm ci && npm run tiers », in outils/.
# Each file beside this one, whose first line stays at the head, becomes one ECMAScript module of
# js/tiers/ of the theme, or of the package that has one of its name, with all that it imports; the licences of what that line names go to
# composants/. The same packages give the same bytes, which are committed: « git diff » tells.
set -eu
cd "$(dirname "$0")/.."
for one in tiers/*.js; do
  name="${one#tiers/}"
  head="$(head -n 1 "$one")"
  there="$(find ../theme ../plugins -path "*/static/js/tiers/${name%-*}-*.js" -exec dirname {} \; | head -n 1)"
  # What a picture that is no longer wanted shows: the policy of the pages refuses « data: ».
  {
    printf '%s\n' "$head"
    NODE_PATH=node_modules node_modules/@esbuild/linux-x64/bin/esbuild "$one" --bundle --minify \
      --format=esm --charset=utf8 --target=es2022 --legal-comments=none |
      sed 's#data:image/gif;base64,R0lGODlhAQABAAD/ACwAAAAAAQABAAACADs=##'
  } >"${there:-../theme/static/js/tiers}/$name"
  gap=
  printf '%s\n' "${head%% |*}" | sed 's#^/\*! ##; s/, /\n/g' | while read -r package version; do
    printf '%s%s %s\n\n' "$gap" "$package" "$version"
    printf '%s\n' "$(sed 's/[[:space:]]*$//' "node_modules/$package"/LICENSE* | sed '/./,$!d')"
    gap='

'
  done >"../composants/tiers-${name%-*}.txt"
done
