"""`python -m coach_assist` is the same as the command `coach-assist`."""

from coach_assist.cli import main

if __name__ == "__main__":
    main()
