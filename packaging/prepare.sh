# Sourced by run and test, from the top folder: a virtual environment with everything in it. Quick when nothing changed.
# Plain POSIX sh and no GNU options: on macOS sh is bash 3.2, on Debian dash, on Windows the bash of Git.
LEFT_OUT="" # lines for the person: what is not tested
missing=""  # Debian packages
NEWLINE='
'
QT_PACKAGES="libglib2.0-0 libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1"
X_PACKAGES="libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0"
TEX_PACKAGES="texlive-latex-base texlive-latex-recommended texlive-bibtex-extra texlive-luatex lmodern biber poppler-utils"
TEX_PACKAGES="$TEX_PACKAGES fonts-dejavu-core"
TEX_PROGRAMS="pdflatex bibtex lualatex biber pdftotext"
DESKTOP_PROGRAMS="desktop-file-validate appstreamcli update-mime-database mandoc zsh fish"
DESKTOP_PACKAGES="desktop-file-utils appstream shared-mime-info mandoc zsh fish"
TEX_FILES="biblatex.sty fontspec.sty lmroman10-regular.otf"
STAMP=.venv/sheaf-installed
UNFINISHED=.venv/sheaf-unfinished # holds the process that installs; left behind when it was interrupted

# A person's settings for other Pythons must not reach this one.
unset PYTHONPATH PYTHONHOME PIP_TARGET PIP_PREFIX
export PIP_USER=0

say() {
    printf '%s\n' "$*" >&2
}

stop() {
    say "$@"
    exit 1
}

leave_out() {
    LEFT_OUT="$LEFT_OUT${LEFT_OUT:+$NEWLINE}   - $1"
}

programs_in() {
    # $1: a virtual environment. Prints the folder of its programs, which has another name on Windows.
    if [ -d "$1/Scripts" ]; then
        printf '%s\n' "$1/Scripts"
    else
        printf '%s\n' "$1/bin"
    fi
}

find_python() {
    for name in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python; do
        if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            command -v "$name"
            return
        fi
    done
    found=$(python3 --version 2>/dev/null) || found="no Python 3"
    say "Sheaf needs Python 3.11 or newer; here is ${found:-no Python 3}."
    say "Install a newer one (Debian, Ubuntu: python3 or python3.12; macOS, Windows: python.org, or brew install python),"
    stop "or name the one to use:  PYTHON=/path/to/python3.12 $0"
}

on_debian() {
    # Homebrew has dpkg too: what counts is the system.
    [ -e /etc/debian_version ] && command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1
}

list_missing() {
    # Those of the given Debian packages that are not installed, each after a blank.
    for package in "$@"; do
        # Newer releases renamed some packages for 64-bit time: libglib2.0-0t64.
        # shellcheck disable=SC2016  # dpkg-query expands it
        dpkg-query -W -f '${Status}\n' "$package" "${package}t64" 2>/dev/null | grep -q ' ok installed$' ||
            printf ' %s' "$package"
    done
}

apt_get() {
    # $1: sudo and its options, or nothing. Waits when the system's own updates are running.
    as=$1
    shift
    $as env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120 "$@" </dev/null 2>&1
}

# shellcheck disable=SC2086  # lists of packages are meant to be split
install_system_packages() {
    # $1: missing Debian packages. Installs them when it may, else says the one command to type.
    install="apt-get install -y --no-install-recommends$1"
    if [ "$(id -u)" = 0 ]; then
        sudo=""
        by_hand="apt-get update && $install"
    elif command -v sudo >/dev/null 2>&1; then
        sudo="sudo -n"
        by_hand="sudo apt-get update && sudo $install"
    else
        sudo="none"
        by_hand="su - -c 'apt-get update && $install'"
    fi
    if [ "$sudo" = "" ] || { [ "$sudo" != none ] && sudo -n true 2>/dev/null; }; then
        say "Installing system packages:$1"
        # Lists that cannot be renewed may still do.
        apt_get "$sudo" update >/dev/null || true
        if output=$(apt_get "$sudo" install -y --no-install-recommends $1); then
            return 0
        fi
        printf '%s\n' "$output" | tail -n 5 >&2
    fi
    say "System packages are missing. Type this once:"
    say "    $by_hand"
    return 1
}

lacking_programs() {
    # Those of the given programs that are not here, each after a blank.
    for program in "$@"; do
        command -v "$program" >/dev/null 2>&1 || printf ' %s' "$program"
    done
}

# shellcheck disable=SC2086
lacking_tex() {
    # The programs and files of LaTeX that the tests need and that are not here, each after a blank.
    lacking_programs $TEX_PROGRAMS
    for file in $TEX_FILES; do
        kpsewhich "$file" >/dev/null 2>&1 || printf ' %s' "$file"
    done
}

# shellcheck disable=SC2086
check_system() {
    # $1: "dev" when LaTeX, small editors and what reads a package's files are wanted too. One command covers everything that is missing.
    tex=""
    editors=""
    desktop=""
    if [ "$1" = dev ]; then
        [ -z "$(lacking_tex)" ] || tex=$TEX_PACKAGES
        [ -z "$(lacking_programs $DESKTOP_PROGRAMS)" ] || desktop=$DESKTOP_PACKAGES
        # One by one: a person's own Emacs of another kind would have to go for this one.
        [ -z "$(lacking_programs nvim)" ] || editors="neovim"
        [ -z "$(lacking_programs emacs emacsclient)" ] || editors="$editors emacs-nox"
    fi
    if on_debian; then
        missing=$(list_missing $QT_PACKAGES $X_PACKAGES $tex $editors $desktop)
        if [ -n "$python" ] && ! "$python" -c 'import ensurepip' >/dev/null 2>&1; then
            missing="$missing $("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
        fi
        if [ -n "$missing" ]; then
            install_system_packages "$missing" && missing=""
        fi
    fi
    if [ -n "$tex" ] && lacking=$(lacking_tex) && [ -n "$lacking" ]; then
        leave_out "tests that compile LaTeX: not here are$lacking (Debian: $TEX_PACKAGES)"
    fi
    if [ -n "$editors" ] && lacking=$(lacking_programs nvim emacs emacsclient) && [ -n "$lacking" ]; then
        leave_out "tests that push into real editors: not here are$lacking (Debian: $editors)"
    fi
    if [ -n "$desktop" ] && lacking=$(lacking_programs $DESKTOP_PROGRAMS) && [ -n "$lacking" ]; then
        leave_out "tests of desktop entry, manual and completion: not here are$lacking (Debian: $desktop)"
    fi
}

wait_for_other() {
    # Two at once would pull the environment from under each other.
    waited=0
    while other=$(cat "$UNFINISHED" 2>/dev/null) && [ -n "$other" ] && kill -0 "$other" 2>/dev/null; do
        [ "$waited" != 0 ] || say "Another packaging/run or packaging/test (process $other) is installing; waiting for it ..."
        [ "$waited" -lt 900 ] || stop "It takes too long. When nothing is installing, remove $PWD/.venv and try again."
        sleep 1
        waited=$((waited + 1))
    done
}

describe() {
    # What decides the installed set: the same again means nothing to do. Fails when .venv does not work.
    # The settings of tools from ruff on, the last part of pyproject.toml, change nothing that is installed.
    { sed '/^\[tool\.ruff/,$d' pyproject.toml && cat packaging/constraints.txt; } | cksum
    "$(programs_in .venv)/python" -c 'import sys, pip; print(sys.version)' 2>/dev/null || return 1
    printf '%s\n' "$PWD" # scripts in .venv hold the path: a moved checkout needs a new one
}

installed_for() {
    # $1: "run" or "dev"; what is there for dev serves run too.
    [ ! -e "$UNFINISHED" ] && [ -f "$STAMP" ] && wanted=$(describe) || return 1
    stamped=$(cat "$STAMP")
    [ "$stamped" = "$wanted$NEWLINE$1" ] || [ "$stamped" = "$wanted${NEWLINE}dev" ]
}

venv_is_usable() {
    [ ! -e "$UNFINISHED" ] && "$(programs_in .venv)/python" -c 'import pip' >/dev/null 2>&1 || return 1
    [ ! -f "$STAMP" ] || grep -q -x -F "$PWD" "$STAMP"
}

make_venv() {
    # An unfinished, broken or moved environment is made anew: half-installed packages look whole to pip.
    if [ -e .venv ] || [ -L .venv ]; then
        rm -rf .venv || stop "Cannot remove the old .venv in $PWD: see whose it is."
    fi
    mkdir .venv 2>/dev/null || stop "Cannot write in $PWD: copy Sheaf to a folder of your own."
    echo "$$" >"$UNFINISHED"
    "$python" -m venv .venv >/dev/null 2>&1 ||
        stop "$python -m venv does not work; to take another one, set PYTHON=/path/to/python3."
}

install_python_packages() {
    # $1: "run" or "dev". The environment variables also bind what builds Sheaf itself; pip reads the one it knows.
    extra=""
    [ "$1" = run ] || extra="[$1]"
    say "Installing Sheaf into .venv (once, takes a minute) ..."
    rm -f "$STAMP"
    echo "$$" >"$UNFINISHED" || stop "Cannot write in $PWD/.venv: see whose it is."
    if ! output=$(PIP_CONSTRAINT=packaging/constraints.txt PIP_BUILD_CONSTRAINT=packaging/constraints.txt \
        "$(programs_in .venv)/python" -m pip install --quiet --disable-pip-version-check --no-input --editable ".$extra" 2>&1); then
        case $output in
            *"connection broken"* | *"timed out"* | *"Network is unreachable"*)
                stop "The Python package index cannot be reached. When there is a network, start this again." ;;
        esac
        printf '%s\n' "$output" >&2
        stop "Sheaf's Python packages could not be installed; above is why. Start this again to try again."
    fi
    { describe && echo "$1"; } >"$STAMP"
    rm -f "$UNFINISHED"
}

prepare() {
    # $1: "run", or "dev" for everything that the tests need.
    wait_for_other
    python=""
    if installed_for "$1"; then
        check_system "$1"
        return
    fi
    venv_is_usable || python=$(find_python) || exit 1
    check_system "$1"
    wait_for_other
    if installed_for "$1"; then
        return
    fi
    if [ -n "$python" ]; then
        "$python" -c 'import ensurepip' >/dev/null 2>&1 ||
            stop "$python has no module ensurepip, which makes virtual environments. Then start this again."
        make_venv
    fi
    install_python_packages "$1"
}
