"""`python -m lwnindex`."""

from lwnindex.start import main

if __name__ == "__main__":
    main(prog_name="lwnindex")
