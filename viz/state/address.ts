import { signal, untracked } from '@preact/signals';
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import { instance, limits, mine, models, name, readings, selection, text, view, VIEWS } from './state.ts';
import type { Selection, View } from './state.ts';
import type { Limits } from '../outcomes/calls.ts';

/** A part of the page's state that a link restores. What is read is plain data; what is written may come from anybody. */
export interface AddressPart {
  readonly key: string;
  /** Reads signals, so that who reads it in an effect is told of changes. */
  read(): unknown;
  /** Takes what {@link read} gave, perhaps of an older page; what it does not understand it leaves alone. Undefined if the link does not say. */
  write(value: unknown): void;
}

const VERSION = 1;
const parts: AddressPart[] = [];
const partCount = signal(0);

/** Rooms bring their parts when they are loaded; a link that was opened before is told to them then. */
export function addPart(part: AddressPart): void {
  parts.push(part);
  partCount.value = parts.length;
  if (part.key in waiting) part.write(waiting[part.key]);
}

/** What an opened link says of parts that are not loaded yet. */
let waiting: Readonly<Record<string, unknown>> = {};

/** The page's state as a relative address: `#1` and deflated JSON in base64url. */
export function addressOf(): string {
  const state = untracked(readAll);
  const packed = deflateSync(strToU8(JSON.stringify(state)), { level: 9 });
  return `#${VERSION}${toBase64(packed)}`;
}

/** Reads all that an address holds. For an effect that is to run whenever some of it changes. */
export function readAll(): Record<string, unknown> {
  const state: Record<string, unknown> = { ...waiting };
  // Rooms that are loaded later have parts of their own.
  if (partCount.value > 0) for (const part of parts) state[part.key] = part.read();
  return state;
}

/** Restores what an address holds. What is wrong with it, in words; null if nothing is. */
export function openAddress(hash: string): string | null {
  if (hash === '' || hash === '#') return null;
  const version = Number(hash[1]);
  if (!Number.isInteger(version)) return 'The link’s address is none of this page’s: nothing was restored.';
  if (version > VERSION) return 'The link was made by a newer playground: nothing was restored.';
  let state: unknown;
  try {
    state = JSON.parse(strFromU8(inflateSync(fromBase64(hash.slice(2)))));
  } catch {
    return 'The link’s address is damaged, perhaps cut short: nothing was restored.';
  }
  if (!isRecord(state)) return 'The link’s address is damaged: nothing was restored.';
  waiting = state;
  for (const part of parts) part.write(state[part.key]);
  return null;
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64(packed: string): Uint8Array {
  return Uint8Array.from(atob(packed.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

addPart({ key: 'text', read: () => text.value, write: (value) => void (isText(value) && (text.value = value)) });
addPart({ key: 'name', read: () => name.value, write: (value) => void (isText(value) && (name.value = value)) });
addPart({
  key: 'instance',
  read: () => instance.value,
  write: (value) => void (typeof value === 'number' && value >= 0 && (instance.value = Math.trunc(value))),
});
addPart({
  key: 'models',
  read: () => models.value,
  write: (value) => {
    if (Array.isArray(value) && value.length > 0 && value.every(isText)) models.value = value;
  },
});
addPart({
  key: 'mine',
  read: () => mine.value,
  write: (value) => void ((value === null || isText(value)) && (mine.value = value)),
});
addPart({
  key: 'readings',
  read: () => readings.value,
  write: (value) => {
    if (isRecord(value) && Object.values(value).every(isText)) readings.value = value as Record<string, string>;
  },
});
addPart({
  key: 'limits',
  read: () => limits.value,
  write: (value) => {
    if (!isRecord(value)) return;
    const said = Object.entries(value).filter(([key, n]) => key in limits.peek() && typeof n === 'number' && n > 0);
    limits.value = { ...limits.peek(), ...(Object.fromEntries(said) as Partial<Limits>) };
  },
});
addPart({
  key: 'view',
  read: () => view.value,
  write: (value) => {
    const it = VIEWS.find((one) => one === value);
    if (it !== undefined) view.value = it satisfies View;
  },
});
addPart({
  key: 'selection',
  read: () => selection.value,
  write: (value) => {
    if (!isRecord(value) || !isText(value['model']) || !isText(value['outcome'])) return;
    const { model, outcome, number, finding, file } = value;
    selection.value = {
      model,
      outcome,
      number: typeof number === 'number' ? number : 0,
      ...(typeof finding === 'number' ? { finding } : {}),
      ...(file === true ? { file } : {}),
    } satisfies Selection;
  },
});
