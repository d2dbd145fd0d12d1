/* oxlint-disable typescript/no-non-null-assertion -- indices are in range by construction */
import { NOWHERE } from '../../base/span.ts';
import { Ended } from './endings.ts';
import { FUEL, INTS } from './longs.ts';

/** Fuel is used up by a counter of 32 bits, which is given its portions from here. */
let rest = 0;

const PORTION = 2 ** 30;

/** Makes this what is left. */
export function setFuel(fuel: number): void {
  INTS[FUEL] = Math.min(fuel, PORTION);
  rest = fuel - INTS[FUEL]!;
}

export function fuelLeft(): number {
  return Math.max(0, INTS[FUEL]!) + rest;
}

/** Called by metered code whose counter is below zero: for the step that it takes now there is the next portion. */
export function refuel(): void {
  if (rest <= 0) throw new Ended({ kind: 'bound', what: 'steps', site: { at: NOWHERE, text: 'call', shows: null } });
  const portion = Math.min(rest, PORTION);
  rest -= portion;
  INTS[FUEL] = portion - 1;
}

/** Takes one step. */
export function useFuel(): void {
  INTS[FUEL] = INTS[FUEL]! - 1;
  if (INTS[FUEL]! < 0) refuel();
}
