import type { WriteAction } from '../../src/event/action.ts';
import { addrOf, MAIN, regionOf } from '../../src/event/location.ts';
import type { Request, Response, Site } from '../../src/event/request.ts';
import type { Machine } from '../../src/runtime/executor.ts';

/**
 * A machine whose threads are lists of requests, on a memory of pages of four bytes, one at first and three at most, that
 * main allocates: for growth, which the tiny machine has not.
 */
export interface Listed {
  readonly list: string;
  readonly answers: readonly Response[];
}

const UNIT_SIZE = 4;
const MAX = 3;
const memory = addrOf(MAIN, 0);
const length = regionOf(memory, 'length');
const data = regionOf(memory, 'data');
const site: Site = { at: { start: 0, end: 0 }, text: '', shows: null };

const init: WriteAction = {
  kind: 'wr',
  region: length,
  offset: 0,
  size: 1,
  order: 'init',
  tearFree: true,
  written: [1],
};
const zeroes: WriteAction = {
  kind: 'wr',
  region: data,
  offset: 0,
  size: UNIT_SIZE,
  order: 'init',
  tearFree: false,
  written: { fill: 0, length: UNIT_SIZE },
};

export const allocate: Request = { kind: 'alloc', writes: [init, zeroes], site };

export function forkOf(list: string): Request {
  return { kind: 'fork', start: { key: list }, name: list, site };
}

export function grow(delta: number): Request {
  return { kind: 'grow', length, content: data, unit: UNIT_SIZE, fill: 0, delta, max: MAX, site };
}

export const size: Request = {
  kind: 'access',
  bounds: null,
  actions: [{ kind: 'rd', region: length, offset: 0, size: 1, order: 'seqcst', tearFree: true }],
  site,
};

export function loadAt(offset: number): Request {
  const bounds = { length, unit: UNIT_SIZE, end: offset + 1 };
  return {
    kind: 'access',
    bounds,
    actions: [{ kind: 'rd', region: data, offset, size: 1, order: 'unord', tearFree: true }],
    site,
  };
}

export function storeAt(offset: number, value: number): Request {
  const bounds = { length, unit: UNIT_SIZE, end: offset + 1 };
  return {
    kind: 'access',
    bounds,
    actions: [{ kind: 'wr', region: data, offset, size: 1, order: 'unord', tearFree: true, written: [value] }],
    site,
  };
}

export function listMachine(lists: Readonly<Record<string, readonly Request[]>>): Machine<Listed> {
  const at = (state: Listed): { state: Listed; request: Request } => {
    return { state, request: lists[state.list]?.[state.answers.length] ?? { kind: 'done' } };
  };
  return {
    start: ({ key }) => at({ list: key, answers: [] }),
    resume: (state, response) => at({ ...state, answers: [...state.answers, response] }),
    sameState: () => false,
    stateHash: () => 0,
  };
}

/** Lengths before growth, units read and accesses out of bounds, in order. */
export function showListed({ answers }: Listed): string {
  return answers
    .flatMap((answer): string[] => {
      if (answer.kind === 'grown') return [String(answer.previous)];
      if (answer.kind === 'units') return [`=${Array.from(answer.units as readonly number[]).join('.')}`];
      return answer.kind === 'out-of-bounds' ? ['out-of-bounds'] : [];
    })
    .join();
}
