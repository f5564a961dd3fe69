"""The tables of parameters on the pages of docs/theory are those of scenarios/data/parameters."""
import subprocess
import sys

import _health as health

done = subprocess.run([sys.executable, health.root / "scripts/theory_tables", "--check"])
sys.exit(done.returncode)
