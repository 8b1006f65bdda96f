"""A PostgreSQL server of the tests' own: made in a folder, reached by a socket there, gone with it.

With SHEAF_TEST_ENGINE=postgresql every library that a test opens by a path is a database of that server.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

ENGINE = os.environ.get("SHEAF_TEST_ENGINE", "sqlite")
USER = "sheaf"
PORT = 5432
STARTING_SECONDS = 60


def postgres_programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, None when it is not installed."""
    if named := os.environ.get("SHEAF_POSTGRES_BIN"):
        return Path(named)
    if found := shutil.which("initdb"):
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: int(one.parts[-3]))
    return versions[-1].parent if versions else None


def lacking() -> str:
    """Return what is missing for a server, nothing when all is there."""
    if os.name != "posix":
        return "the tests reach their server at a socket in a folder, which this system has not"
    if importlib.util.find_spec("psycopg") is None:
        return "psycopg is not installed (pip install 'sheaf[postgres]')"
    if postgres_programs() is None:
        return "PostgreSQL is not installed (Debian: postgresql)"
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        return "PostgreSQL does not run as root, and there is no setpriv to run it as somebody else"
    return ""


class Cluster:
    """A running server. Its databases are libraries, each a copy of one that was made once."""

    def __init__(self) -> None:
        found = postgres_programs()
        assert found is not None
        self._bin = found
        self.folder = Path(tempfile.mkdtemp(prefix="sheaf-pg-"))  # short: the path of a socket has 107 bytes
        self._made: set[str] = set()
        self._as_other = self._other()
        self._server: subprocess.Popen[bytes] | None = None
        try:
            self._run("initdb", "-D", "data", "-A", "trust", "-U", USER, "-E", "UTF8", "--locale=C", "--no-sync")
            settings = {
                "listen_addresses": "''",
                "port": str(PORT),
                "unix_socket_directories": f"'{self.folder}'",
                "fsync": "off",
                "full_page_writes": "off",
                "synchronous_commit": "off",
                "max_connections": "200",
                "autovacuum": "off",
                "shared_buffers": "'64MB'",
            }
            with (self.folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
                file.writelines(f"{name} = {value}\n" for name, value in settings.items())
            self._start()
        except BaseException:
            self.stop()
            raise
        self._template()

    def _other(self) -> list[str]:
        """The server refuses to run as root."""
        if os.geteuid() != 0:
            return []
        import pwd  # not on Windows

        person = pwd.getpwnam("nobody")
        os.chown(self.folder, person.pw_uid, person.pw_gid)
        return ["setpriv", f"--reuid={person.pw_uid}", f"--regid={person.pw_gid}", "--clear-groups"]

    def _run(self, program: str, *arguments: str) -> None:
        # Not through a pipe: the server would keep it open.
        with (self.folder / f"{program}.said").open("w+", encoding="utf-8") as said:
            command: Sequence[str] = [*self._as_other, str(self._bin / program), *arguments]
            done = subprocess.run(command, cwd=self.folder, stdout=said, stderr=said, stdin=subprocess.DEVNULL)
            said.seek(0)
            if done.returncode:
                raise RuntimeError(f"{program} failed: {said.read()}")

    @property
    def pid(self) -> int:
        """The process that makes one for each connection."""
        assert self._server is not None
        return self._server.pid

    def address(self, database: str) -> str:
        """Return the address of a database."""
        return f"postgresql+psycopg://{USER}@/{database}?host={self.folder}"

    def sql(self, statement: str, database: str = "postgres") -> list[Any]:
        """Run a statement past all that makes a library one."""
        import psycopg

        with psycopg.connect(f"host={self.folder} user={USER} dbname={database}", autocommit=True) as connection:
            ran = connection.execute(statement)
            return ran.fetchall() if ran.description else []

    def _template(self) -> None:
        from db.services.library import Library

        self.sql("CREATE DATABASE template_library")
        Library.open(self.address("template_library")).close()

    def database(self, path: Path | str) -> str:
        """Return the address of the library that stands for the file at a path; the first time it is empty."""
        if Path(path).name in self._made:
            return self.address(Path(path).name)
        name = "lib_" + hashlib.sha256(str(Path(path).absolute()).encode()).hexdigest()[:16]
        if name not in self._made:
            self._made.add(name)
            if not self.sql(
                f"SELECT 1 FROM pg_database WHERE datname = '{name}'"
            ):  # a child process may have been here
                self.sql(f"CREATE DATABASE {name} TEMPLATE template_library STRATEGY FILE_COPY")
        return self.address(name)

    def kept(self, name: str) -> str:
        """Return the address of a new library that stays for as long as the server."""
        self.sql(f"CREATE DATABASE {name} TEMPLATE template_library STRATEGY FILE_COPY")
        return self.address(name)

    def drop_all(self) -> None:
        """Drop the libraries of a test."""
        for name in self._made:
            self.sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self._made.clear()

    def _start(self) -> None:
        """Start the server, which ends with this process, even one that is killed: Linux can do that."""
        bound = ["setpriv", "--pdeathsig=QUIT"] if shutil.which("setpriv") else []
        with (self.folder / "log").open("wb") as log:
            command = [*self._as_other, *bound, str(self._bin / "postgres"), "-D", "data"]
            self._server = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + STARTING_SECONDS
        while not (self.folder / f".s.PGSQL.{PORT}").exists() or not self._answers():
            if self._server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL does not start: {(self.folder / 'log').read_text()}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        import psycopg

        try:
            self.sql("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        """End the server and remove its folder."""
        if self._server is not None:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait(STARTING_SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)
