"""A checked dataset: tables by name, and SQL over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ocindex.errors import UnknownNameError

if TYPE_CHECKING:
    import pandas as pd


class Dataset:
    """Checked tables, each an attribute: ``dataset.indicators``, ``dataset.evidence``.

    Only validation and loading make one; publishing and reporting accept
    nothing else, so unchecked data cannot be published.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame or callable
        A callable is called at the first use of its table.
    version : str
    path : pathlib.Path, optional
        Folder that it was loaded from.
    parquet : mapping of str to pathlib.Path, optional
        Published Parquet files by table; SQL reads them directly.
    """

    def __init__(
        self,
        tables: Mapping[str, pd.DataFrame | Callable[[], pd.DataFrame]],
        *,
        version: str,
        path: Path | None = None,
        parquet: Mapping[str, Path] | None = None,
    ) -> None:
        self._tables = dict(tables)
        self._parquet = dict(parquet or {})
        self.version = version
        self.path = path

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables, in publishing order."""
        return tuple(self._tables)

    def table(self, name: str) -> pd.DataFrame:
        """Give one table.

        Raises
        ------
        UnknownNameError
            If the dataset has no such table; the message lists those it has.
        """
        if name not in self._tables:
            raise UnknownNameError(f"found no table {name!r}; expected one of {', '.join(self._tables)}.")
        found = self._tables[name]
        if callable(found):
            found = found()
            self._tables[name] = found
        return found

    def sql(self, query: str) -> pd.DataFrame:
        """Run one SQL query (DuckDB) over the tables.

        Parameters
        ----------
        query : str
            Such as ``select indicator, score from indicators where iso3 = 'PER'``.

        Returns
        -------
        pandas.DataFrame
        """
        import duckdb

        with duckdb.connect() as connection:
            for name in self.tables:
                if name in self._parquet:
                    path = str(self._parquet[name]).replace("'", "''")
                    connection.execute(f"create view {name} as select * from read_parquet('{path}')")
                else:
                    connection.register(name, self.table(name))
            return connection.execute(query).df()

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_") or name not in self._tables:
            raise AttributeError(
                f"a dataset has no table {name!r}; it has {', '.join(self.__dict__.get('_tables', ()))}"
            )
        return self.table(name)

    def __iter__(self) -> Iterator[tuple[str, pd.DataFrame]]:
        for name in self.tables:
            yield name, self.table(name)

    def __repr__(self) -> str:
        where = f" at {self.path}" if self.path else ""
        return f"<Dataset {self.version}{where}: {', '.join(self.tables)}>"
