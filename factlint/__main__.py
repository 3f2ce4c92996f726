"""`python -m factlint`, the same as the command `factlint`."""

from factlint.cli import main

main()
