"""Tables of whole steps as the model files hold them: one byte a number, and a unit for each column."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def in_bytes(table: NDArray[np.int16]) -> tuple[NDArray[np.int8], NDArray[np.int16]]:
    """Write each column as whole multiples of a unit, which take one byte each.

    Parameters
    ----------
    table
        Whole numbers, shape (rows, columns), each column with at most 127 units up and down.

    Returns
    -------
    tuple
        The multiples, shape (rows, columns), and the unit of each column, shape (columns,).

    Raises
    ------
    ValueError
        If a column needs more than one byte a number.

    Examples
    --------
    >>> multiples, units = in_bytes(np.array([[300, 0], [-900, 7]], dtype=np.int16))
    >>> multiples.tolist(), units.tolist()
    ([[1, 0], [-3, 1]], [300, 7])
    >>> from_bytes(multiples, units).tolist()
    [[300, 0], [-900, 7]]
    """
    units = np.maximum(np.gcd.reduce(table.astype(np.int64), axis=0), 1).astype(np.int16)
    multiples = (table // units).astype(np.int8)
    if (multiples * units != table).any():
        raise ValueError("a column has more than 127 units up or down")
    return multiples, units


def from_bytes(multiples: NDArray[np.generic], units: NDArray[np.generic]) -> NDArray[np.int16]:
    """Return the table that :func:`in_bytes` wrote.

    Raises
    ------
    ValueError
        If there is not one unit for each column: numpy would make a table of another size.
    """
    if multiples.ndim != 2 or units.shape != multiples.shape[1:]:
        raise ValueError(f"{units.shape} units for a table of the shape {multiples.shape}")
    found: NDArray[np.int16] = multiples.astype(np.int16) * units.astype(np.int16)
    return found
