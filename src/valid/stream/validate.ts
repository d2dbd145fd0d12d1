import { SECTION_IDS, SHARED_MODULE } from '../../binary/codes.ts';
import { TYPES_OF_ALL, TYPES_PER_BYTE } from '../../syntax/limits.ts';
import { SECTIONS } from '../../syntax/module.ts';
import { beginsWith } from './customs.ts';
import { clearLocals } from './locals.ts';
import { stack } from './operands.ts';
import { byte, input, lastName, name, refuse, REFUSED, u32 } from './reader.ts';
import { indices } from './read-types.ts';
import {
  clearSections,
  finishSections,
  moduleFlag,
  readCode,
  readDataCount,
  readDatas,
  readElements,
  readExports,
  readFunctions,
  readGlobals,
  readImports,
  readMemories,
  readStart,
  readTables,
  readTags,
} from './sections.ts';
import { clearSpaces } from './spaces.ts';
import { readTypeSection } from './type-section.ts';
import { clearTypes } from './types.ts';

/** The place of each section in the order of sections, by its id; 0xff: there is none. */
const PLACE: Uint8Array = new Uint8Array(256).fill(0xff);
SECTIONS.forEach((section, place) => {
  PLACE[SECTION_IDS[section]] = place;
});

/** By place. */
const READERS: readonly (() => void)[] = SECTIONS.map((section) => {
  const readers: Readonly<Record<typeof section, () => void>> = {
    type: readTypeSection,
    import: readImports,
    func: readFunctions,
    table: readTables,
    memory: readMemories,
    tag: readTags,
    global: readGlobals,
    export: readExports,
    start: readStart,
    elem: readElements,
    datacount: readDataCount,
    code: readCode,
    data: readDatas,
  };
  return readers[section];
});

/**
 * Whether bytes are a module that is well-formed and valid under the default readings. This is `decodeModule` and `checkModule` without their
 * syntax and without their reasons, in one pass; they agree on every module (`test/property/stream.test.ts`).
 */
export function validateBytes(bytes: Uint8Array): boolean {
  try {
    // A plain array, so that engines need to know one kind only.
    readModule(bytes.constructor === Uint8Array ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
    return true;
  } catch (error) {
    if (error === REFUSED) return false;
    throw error;
  } finally {
    input.bytes = NO_BYTES;
  }
}

const NO_BYTES = new Uint8Array(0);
const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

function readModule(bytes: Uint8Array): void {
  input.bytes = bytes;
  input.pos = 0;
  input.end = bytes.length;
  indices.finished = 0;
  indices.known = 0;
  stack.budget = TYPES_OF_ALL + TYPES_PER_BYTE * bytes.length;
  clearTypes();
  clearSpaces();
  clearLocals();
  clearSections();
  for (const expected of HEADER) if (byte() !== expected) refuse();
  let last = -1;
  let flagMet = false;
  while (input.pos < bytes.length) {
    const id = byte();
    const size = u32();
    if (size > bytes.length - input.pos) refuse();
    const end = input.pos + size;
    input.end = end;
    if (id === 0) {
      name();
      if (last < 0 && !flagMet && lastName.length === SHARED_MODULE.length && beginsWith(bytes, SHARED_MODULE)) {
        flagMet = true;
        moduleFlag.shared = input.pos === end;
      }
      input.pos = end;
    } else {
      const place = PLACE[id] as number;
      if (place === 0xff || place <= last) refuse();
      last = place;
      (READERS[place] as () => void)();
      if (input.pos !== end) refuse();
    }
    input.end = bytes.length;
  }
  finishSections();
}
