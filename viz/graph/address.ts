import { addPart, isRecord } from '../state/address.ts';
import type { AddressPart } from '../state/address.ts';
import { chosen, scaffold } from './state.ts';

/** What a link restores of the picture: the relations that somebody switched on or off, and whether the main thread’s forks and joins are drawn. */
export const graphAddress: AddressPart = {
  key: 'graph',
  read: () => ({ relations: chosen.value, main: scaffold.value }),
  write: (value) => {
    if (!isRecord(value)) return;
    const { relations, main } = value;
    if (isRecord(relations) && Object.values(relations).every((it) => typeof it === 'boolean'))
      chosen.value = relations as Record<string, boolean>;
    if (typeof main === 'boolean') scaffold.value = main;
  },
};

addPart(graphAddress);
