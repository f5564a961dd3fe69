"""docs/reference and the schema in scenarios/schema are what the program declares now."""
import subprocess
import sys

import _health as health

done = subprocess.run([sys.executable, health.root / "scripts/reference", "--check", "--program", health.program])
sys.exit(done.returncode)
