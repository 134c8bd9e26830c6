"""Run the command line: ``python -m bolanggu``."""

from bolanggu.interfaces.cli.main import run

if __name__ == "__main__":
    run()
