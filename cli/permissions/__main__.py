"""`python -m cli.permissions [CALL ...]`: prove the roles of the template in the sandbox."""

import os
import sys


def main(names: list[str]) -> int:
    """Play the named watched calls, or all, and print what each role had, used and lacked.

    Gives 0 if no role has more or less than it uses, but for stated reasons; 1 if one has; 2 if
    nothing could be played.
    """
    for profile in ("AWS_PROFILE", "AWS_DEFAULT_PROFILE"):
        os.environ.pop(profile, None)
    # moto takes seconds to import, and makes AWS sessions.
    from cli.drill.command import UNRUNNABLE  # noqa: PLC0415 - see above
    from cli.permissions.proving import prove  # noqa: PLC0415 - see above
    from cli.permissions.telling import lines  # noqa: PLC0415 - see above
    from cli.permissions.tested import TestsFailedError  # noqa: PLC0415 - see above

    try:
        found = prove(names, _say)
    except (*UNRUNNABLE, TestsFailedError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.writelines(f"{line}\n" for line in lines(found))
    return 0 if found.good else 1


def _say(text: str) -> None:
    sys.stderr.write(f"{text} ...\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
