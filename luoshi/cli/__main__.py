"""`python -m luoshi.cli`, the same as `luoshi`."""

import sys

from luoshi.cli import main

if __name__ == "__main__":
    sys.exit(main())
