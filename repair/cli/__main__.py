"""``python -m repair.cli`` is ``textrepair``."""

from repair.cli import main

raise SystemExit(main())
