/**
 * What compiled text names and linking supplies: things of an instance and its store. `text` is the same for all instances of a module, these are
 * not.
 */
export type Slot =
  /** A memory's {@link import('../store.ts').DirectBytes}. */
  | { readonly kind: 'memory'; readonly index: number }
  /** A global's words, and the same as doubles and singles. */
  | { readonly kind: 'words' | 'doubles' | 'singles'; readonly index: number }
  /** A part of an immutable global's value. */
  | { readonly kind: 'constant'; readonly index: number; readonly part: number }
  /** The cell of a function. */
  | { readonly kind: 'cell'; readonly index: number }
  | { readonly kind: 'table'; readonly index: number }
  /** The reference to a function. */
  | { readonly kind: 'func-ref'; readonly index: number }
  /** The id of a type, closed. */
  | { readonly kind: 'type'; readonly index: number }
  | { readonly kind: 'data' | 'elem'; readonly index: number }
  /** The cells of functions by their references. */
  | { readonly kind: 'referred' }
  /** The instance itself. */
  | { readonly kind: 'instance' };

const NAMES: Readonly<Record<Slot['kind'], string>> = {
  memory: 'M',
  words: 'g',
  doubles: 'gd',
  singles: 'gs',
  constant: 'k',
  cell: 'c',
  table: 'T',
  'func-ref': 'r',
  type: 'y',
  data: 'D',
  elem: 'E',
  referred: 'R',
  instance: 'self',
};

export function slotName(slot: Slot): string {
  const name = `${NAMES[slot.kind]}${'index' in slot ? slot.index : ''}`;
  return slot.kind === 'constant' ? `${name}_${slot.part}` : name;
}
