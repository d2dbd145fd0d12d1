import {
  copyMemory,
  copyTable,
  drop,
  fillMemory,
  fillTable,
  getSlot,
  growTable,
  initMemory,
  initTable,
  setSlot,
} from './bulk.ts';
import { trap } from './endings.ts';
import {
  absoluteDouble,
  absoluteSingle,
  carriedSingle,
  copySignDouble,
  copySignSingle,
  doubleOf,
  nearest,
  negateDouble,
  negateSingle,
  NUMBERS,
  singleBits,
  WORDS,
} from './floats.ts';
import { refuel } from './fuel.ts';
import {
  conversions,
  ctz32,
  divisions,
  DOUBLES,
  INTS,
  mul64,
  popcnt32,
  rotl64,
  shl64,
  shrS64,
  shrU64,
} from './longs.ts';
import type { Cell, LinkedInstance } from './linking.ts';
import type { Slots } from './bulk.ts';

/** Everything that compiled text may name beside its slots. */
export const SUPPORT: Readonly<Record<string, unknown>> = {
  trap: (reason: string): never => trap(reason),
  refuel,
  NUMBERS,
  WORDS,
  INTS,
  DOUBLES,
  ...{ carriedSingle, singleBits, doubleOf, nearest },
  ...{ negateSingle, absoluteSingle, copySignSingle, negateDouble, absoluteDouble, copySignDouble },
  ...{ mul64, shl64, shrU64, shrS64, rotl64, ctz32, popcnt32 },
  ...divisions(trap),
  ...conversions(trap),
  ...{ drop, fillMemory, copyMemory, initMemory },
  ...{ getSlot, setSlot, growTable, fillTable, copyTable, initTable },
  growMemory: (self: LinkedInstance, index: number, delta: number): number => self.grow(index, delta),
  callee: (self: LinkedInstance, table: Slots, index: number, type: number): Cell => self.callee(table, index, type),
  referredCell: (self: LinkedInstance, id: number): Cell => self.referred(id),
};
