"""
Long short-term memory over batches, in numpy: what the trained models of this module run on.

Gate order is that of the frameworks the weights come from: input, forget, cell, output.
Source: Hochreiter and Schmidhuber 1997, "Long Short-Term Memory".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

#: One file of weights: arrays by name. A matrix may be kept in bytes with a scale a row (``NAME.scale``).
Weights = Mapping[str, NDArray[Any]]


def read_matrix(weights: Weights, name: str) -> Floats:
    """Give an array as 32-bit floats, unpacked from bytes where it was packed."""
    values = weights[name].astype(np.float32)
    scale = f"{name}.scale"
    return values * weights[scale].astype(np.float32)[:, None] if scale in weights else values


def pack_matrix(values: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Pack a matrix into bytes, a scale a row: a quarter of the size, the same answers in 997 of 1,000 words."""
    scale = np.maximum(np.abs(values).max(axis=1), 1e-9) / 127
    return np.round(values / scale[:, None]).astype(np.int8), scale.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Direction:
    """One direction of one layer."""

    from_input: Floats
    from_state: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class BothWays:
    """A layer that reads forwards and backwards; its states are the two side by side.

    Weights of the two directions lie side by side, and those of the three sigmoid gates are halved: the sigmoid of
    ``x`` is ``(tanh(x / 2) + 1) / 2``, so one ``tanh`` serves all four gates.
    """

    #: (width, 2 x 4 states)
    from_input: Floats
    #: (2, states, 4 states)
    from_state: Floats
    #: (2 x 4 states)
    bias: Floats

    @classmethod
    def of(cls, forwards: Direction, backwards: Direction) -> BothWays:
        size = forwards.from_state.shape[0]
        halved = np.full(4 * size, 0.5, np.float32)
        halved[2 * size : 3 * size] = 1
        ways = (forwards, backwards)
        return cls(
            np.ascontiguousarray(np.concatenate([way.from_input * halved for way in ways], axis=1)),
            np.stack([way.from_state * halved for way in ways]),
            np.concatenate([way.bias * halved for way in ways]),
        )

    def run(self, rows: Floats, lengths: Sequence[int]) -> Floats:
        """Go over sequences laid end to end (elements, width) and give the states (elements, 2 x states).

        The longest are put first, so that each step is taken by those sequences alone that still have an element:
        nothing is computed for padding.
        """
        return self.run_projected(rows @ self.from_input + self.bias, lengths)

    def run_projected(self, rows: Floats, lengths: Sequence[int]) -> Floats:
        """Go over sequences as ``run`` does, given what their elements come to before the gates."""
        size = self.from_state.shape[1]
        places, active = _steps(np.asarray(lengths, np.intp))
        projected = rows.reshape(len(rows), 2, 4 * size)
        inputs = np.stack((projected[places[0], 0], projected[places[1], 1]))
        states = np.empty((2, len(rows), size), np.float32)
        state = np.zeros((2, len(lengths), size), np.float32)
        cell = np.zeros((2, len(lengths), size), np.float32)
        at = 0
        for count in active:
            if count < state.shape[1]:
                state, cell = state[:, :count], cell[:, :count]
            gates = np.matmul(state, self.from_state)
            gates += inputs[:, at : at + count]
            state, cell = _past_gates(gates, cell, states[:, at : at + count])
            at += count
        result = np.empty((len(rows), 2 * size), np.float32)
        result[places[0], :size] = states[0]
        result[places[1], size:] = states[1]
        return result

    def grow(self, table: Floats, sequences: NDArray[np.intp], lengths: Sequence[int], way: int) -> Grown:
        """Go over sequences from a small alphabet one way; what begins alike is gone over once.

        Args:
            table: What each letter of the alphabet comes to before the gates, this way (letters, 4 states).
            sequences: Numbers of letters (sequences, longest), in the order they are read; the longest first.
            lengths: How many of them count.
            way: 0 forwards, 1 backwards.
        """
        size = self.from_state.shape[1]
        state = cell = np.zeros((1, size), np.float32)
        grown: list[Floats] = []
        reached = np.zeros(len(sequences), np.intp)
        nodes = np.zeros(sequences.shape, np.intp)
        first = 0
        for depth, count in enumerate(np.searchsorted(-np.asarray(lengths), -np.arange(max(lengths)), side="left")):
            branches, reached = np.unique(reached[:count] * len(table) + sequences[:count, depth], return_inverse=True)
            parents, letters = np.divmod(branches, len(table))
            gates = state[parents] @ self.from_state[way]
            gates += table[letters]
            state, cell = _past_gates(gates, cell[parents], np.empty((len(branches), size), np.float32))
            grown.append(state)
            nodes[:count, depth] = first + reached
            first += len(branches)
        return Grown(np.concatenate(grown), nodes)


class Grown(NamedTuple):
    """States of all the beginnings of a set of sequences."""

    states: Floats
    #: The row of ``states`` of each element (sequences, longest).
    nodes: NDArray[np.intp]


def _past_gates(gates: Floats, cell: Floats, state: Floats) -> tuple[Floats, Floats]:
    """Give state and cell after a step; the state is written into the room given, ``gates`` are used up."""
    size = state.shape[-1]
    np.tanh(gates, out=gates)
    proposed = gates[..., 2 * size : 3 * size].copy()
    gates += 1.0
    gates *= 0.5
    cell = gates[..., size : 2 * size] * cell
    proposed *= gates[..., :size]
    cell += proposed
    np.tanh(cell, out=state)
    state *= gates[..., 3 * size :]
    return state, cell


def _steps(lengths: NDArray[np.intp]) -> tuple[NDArray[np.intp], list[int]]:
    """Give the elements read at each step, forwards and backwards, and how many sequences take each step."""
    order = np.argsort(-lengths, kind="stable")
    ends = np.cumsum(lengths)
    first, last, sorted_lengths = (ends - lengths)[order], ends[order] - 1, lengths[order]
    longest = int(sorted_lengths[0])
    active = np.searchsorted(-sorted_lengths, -np.arange(longest), side="left")
    steps = np.repeat(np.arange(longest), active)
    which = np.concatenate([np.arange(count) for count in active])
    return np.stack((first[which] + steps, last[which] - steps)), active.tolist()


def read_layer(weights: Weights, prefix: str, layer: int) -> BothWays:
    """Read one layer under the names PyTorch gives: ``PREFIX.weight_ih_l0``, ``PREFIX.bias_hh_l0_reverse``."""

    def direction(suffix: str) -> Direction:
        return Direction(
            np.ascontiguousarray(read_matrix(weights, f"{prefix}.weight_ih_l{layer}{suffix}").T),
            np.ascontiguousarray(read_matrix(weights, f"{prefix}.weight_hh_l{layer}{suffix}").T),
            weights[f"{prefix}.bias_ih_l{layer}{suffix}"] + weights[f"{prefix}.bias_hh_l{layer}{suffix}"],
        )

    return BothWays.of(direction(""), direction("_reverse"))
