#!/usr/bin/env bash
# scripts/facts measures every row of the facts table, at a small scale, and leaves no cell empty.
set -euo pipefail
program=$(realpath "$1")
source=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

"$source/scripts/facts" --homeward "$program" --scale 1/50 --out kept >printed || {
  echo "scripts/facts failed with exit code $?"
  exit 1
}

# The codes of the facts, in the order of their table; the code is the first column of both.
cut -d, -f1 "$source/scenarios/data/facts/table.csv" >expected
cut -d, -f1 kept/facts.csv >found
diff expected found || { echo "facts.csv has other rows than scenarios/data/facts/table.csv"; exit 1; }
tail -n +2 expected | while read -r fact; do
  grep -q "^$fact  " printed || { echo "the printed table has no row $fact"; exit 1; }
done

# Every cell is filled, and every value was measured.
if grep -nE ',,|,""|^,|,$|,(too few persons|unknown|not measurable|nan),' kept/facts.csv; then
  echo "these rows of facts.csv lack a value"
  exit 1
fi
tail -n 1 printed | grep -qE '^[0-9]+ of [1-9][0-9]* fitted facts within their band$' ||
  { echo "the last line does not count the fitted facts"; exit 1; }

# Results of two calls do not mix.
if "$source/scripts/facts" --homeward "$program" --scale 1/50 --out kept >/dev/null 2>fault; then
  echo "scripts/facts wrote into a folder with other results"
  exit 1
fi
grep -q 'is not an empty folder' fault || { cat fault; exit 1; }
echo "$(($(wc -l <found) - 1)) facts measured"
