import { Keyed, pairKey } from './keyed.ts';
import { Malformed } from './malformed.ts';
import type { InnerNameSpace, NameSpace } from './name-codes.ts';
import { INDIRECT_NAME_MAPS, MODULE_NAME, NAME_MAPS } from './name-codes.ts';
import { Reader } from './reader.ts';

/** The name section [core 3.0, Name Section], as it is asked for by who builds the module. */

export class Names {
  module: string | null = null;
  readonly spaces: Readonly<Record<NameSpace | InnerNameSpace, Keyed>> = {
    func: new Keyed(),
    type: new Keyed(),
    table: new Keyed(),
    memory: new Keyed(),
    global: new Keyed(),
    elem: new Keyed(),
    data: new Keyed(),
    tag: new Keyed(),
    local: new Keyed(),
    label: new Keyed(),
    field: new Keyed(),
  };
  /** Whether there was a subsection that is not known here. */
  strange = false;

  /** Whether everything that the section says was asked for. */
  get used(): boolean {
    return !this.strange && Object.values(this.spaces).every((space) => space.used);
  }
}

const MAP_SPACES = new Map(Object.entries(NAME_MAPS).map(([space, id]) => [id as number, space as NameSpace]));
const INDIRECT_SPACES = new Map(
  Object.entries(INDIRECT_NAME_MAPS).map(([space, id]) => [id as number, space as InnerNameSpace]),
);

/** null where the contents are ill-formed. */
export function readNames(bytes: Uint8Array): Names | null {
  const r = new Reader(bytes);
  const names = new Names();
  try {
    for (let last = -1; r.peek() >= 0; ) {
      const id = r.byte('subsection id');
      if (id <= last) return null;
      last = id;
      const size = r.count('subsection size');
      r.end = r.pos + size;
      if (!readSubsection(r, id, names)) return null;
      if (r.pos !== r.end) return null;
      r.end = bytes.length;
    }
    return names;
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

function readSubsection(r: Reader, id: number, names: Names): boolean {
  if (id === MODULE_NAME) {
    names.module = r.name('module name');
    return true;
  }
  const space = MAP_SPACES.get(id);
  if (space !== undefined) return readMap(r, names.spaces[space]);
  const inner = INDIRECT_SPACES.get(id);
  if (inner !== undefined) return readIndirectMap(r, names.spaces[inner]);
  names.strange = true;
  r.pos = r.end;
  return true;
}

function readMap(r: Reader, into: Keyed): boolean {
  const count = r.count('name map');
  for (let i = 0; i < count; i++) {
    const index = r.u32('index');
    if (!into.add(index, r.name('name'))) return false;
  }
  return true;
}

function readIndirectMap(r: Reader, into: Keyed): boolean {
  const count = r.count('indirect name map');
  for (let i = 0, last = -1; i < count; i++) {
    const outer = r.u32('index');
    if (outer <= last) return false;
    last = outer;
    const inner = r.count('name map');
    for (let j = 0; j < inner; j++) {
      const key = pairKey(outer, r.u32('index'));
      const name = r.name('name');
      if (key === null) into.lose();
      else if (!into.add(key, name)) return false;
    }
  }
  return true;
}
