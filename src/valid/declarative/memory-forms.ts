import type { InstructionRow } from '../../syntax/instructions.ts';
import type { MemArg } from '../../syntax/module.ts';
import type { AddrType, MemType, TableType } from '../../syntax/types.ts';
import { mayName, type Context } from './context.ts';
import { indexOf, plain, secondOf, type Form, type Scheme } from './form.ts';
import { sub } from './judgement.ts';

/**
 * Rules of variable, table and memory instructions [core 3.0, Validation / Instructions; shared-everything overview, Globals, Tables,
 * Element Segments, Data Segments]: what shared code names is shared.
 *
 * Metavariables: C context, t value type, at address type, x y indices.
 */

/** @rule Instr_ok/local.get */
const localGet = plain((C, instr) => {
  const x = indexOf(instr);
  const t = C.locals[x];
  return t === undefined || C.unset.has(x) ? null : { params: [], results: [t] };
});

/** @rule Instr_ok/local.set */
const localSet = plain((C, instr) => {
  const x = indexOf(instr);
  const t = C.locals[x];
  return t === undefined ? null : { params: [t], results: [], locals: [x] };
});

/** @rule Instr_ok/local.tee */
const localTee = plain((C, instr) => {
  const x = indexOf(instr);
  const t = C.locals[x];
  return t === undefined ? null : { params: [t], results: [t], locals: [x] };
});

/** @rule Instr_ok/global.get */
const globalGet = plain((C, instr) => {
  const gt = C.M.globals[indexOf(instr)];
  return gt === undefined || !mayName(C, gt.share) ? null : { params: [], results: [gt.content] };
});

/** @rule Instr_ok/global.set */
const globalSet = plain((C, instr) => {
  const gt = C.M.globals[indexOf(instr)];
  return gt?.mutable === true && mayName(C, gt.share) ? { params: [gt.content], results: [] } : null;
});

/** C.tables[x], if C may name it. */
export function tableIn(C: Context, x: number): TableType | null {
  const tt = C.M.tables[x];
  return tt !== undefined && mayName(C, tt.share) ? tt : null;
}

function onTable(form: (tt: TableType) => Form): Scheme {
  return plain((C, instr) => {
    const tt = tableIn(C, indexOf(instr));
    return tt === null ? null : form(tt);
  });
}

function smaller(at1: AddrType, at2: AddrType): AddrType {
  return at1 === 'i32' ? at1 : at2;
}

/** @rule Instr_ok/table.copy */
const tableCopy = plain((C, instr) => {
  const [to, from] = [tableIn(C, indexOf(instr)), tableIn(C, secondOf(instr))];
  if (to === null || from === null) return null;
  return {
    params: [to.addr, from.addr, smaller(to.addr, from.addr)],
    results: [],
    premises: [sub('Reftype_sub', C.M, from.elem, to.elem)],
  };
});

/** @rule Instr_ok/table.init */
const tableInit = plain((C, instr) => {
  const tt = tableIn(C, indexOf(instr));
  const segment = C.M.elems[secondOf(instr)];
  if (tt === null || segment === undefined || !mayName(C, segment.share)) return null;
  return {
    params: [tt.addr, 'i32', 'i32'],
    results: [],
    premises: [sub('Reftype_sub', C.M, segment.type, tt.elem)],
  };
});

/** @rule Instr_ok/elem.drop */
const elemDrop = plain((C, instr) => {
  const segment = C.M.elems[indexOf(instr)];
  return segment === undefined || !mayName(C, segment.share) ? null : { params: [], results: [] };
});

/** C.mems[x], if C may name it. */
export function memoryIn(C: Context, x: number): MemType | null {
  const mt = C.M.mems[x];
  return mt !== undefined && mayName(C, mt.share) ? mt : null;
}

function onMemory(form: (at: AddrType) => Form): Scheme {
  return plain((C, instr) => {
    const mt = memoryIn(C, indexOf(instr));
    return mt === null ? null : form(mt.addr);
  });
}

/** @rule Instr_ok/memory.copy */
const memoryCopy = plain((C, instr) => {
  const [to, from] = [memoryIn(C, indexOf(instr)), memoryIn(C, secondOf(instr))];
  if (to === null || from === null) return null;
  return { params: [to.addr, from.addr, smaller(to.addr, from.addr)], results: [] };
});

/** @rule Instr_ok/memory.init */
const memoryInit = plain((C, instr) => {
  const mt = memoryIn(C, indexOf(instr));
  const share = C.M.datas[secondOf(instr)];
  if (mt === null || share === undefined || !mayName(C, share)) return null;
  return { params: [mt.addr, 'i32', 'i32'], results: [] };
});

/** @rule Instr_ok/data.drop */
const dataDrop = plain((C, instr) => {
  const share = C.M.datas[indexOf(instr)];
  return share === undefined || !mayName(C, share) ? null : { params: [], results: [] };
});

/** The signature of a table row, with its address type. */
export function signatureOf(row: InstructionRow, at: AddrType): Form | null {
  const { signature } = row;
  if (signature === null) return null;
  return {
    params: signature.params.map((t) => (t === 'addr' ? at : t)),
    results: signature.results.map((t) => (t === 'addr' ? at : t)),
  };
}

/** An access to a memory that is not atomic; of a lane, the lane is there. */
export function access(row: InstructionRow): Scheme {
  return plain((C, { imm }) => {
    const memarg: MemArg | null = imm.kind === 'memarg' || imm.kind === 'memarg-lane' ? imm.memarg : null;
    const { meaning } = row;
    if (memarg === null || !('bytes' in meaning)) return null;
    const { bytes } = meaning;
    const mt = memoryIn(C, memarg.memory);
    const form = mt === null ? null : signatureOf(row, mt.addr);
    if (mt === null || form === null || (imm.kind === 'memarg-lane' && imm.lane >= 16 / bytes)) return null;
    return { ...form, premises: [{ relation: 'Memarg_ok', of: memarg, addr: mt.addr, bytes, atomic: false }] };
  });
}

export const MEMORY_FORMS: Readonly<Record<string, Scheme>> = {
  'local.get': localGet,
  'local.set': localSet,
  'local.tee': localTee,
  'global.get': globalGet,
  'global.set': globalSet,
  'table.get': onTable((tt) => ({ params: [tt.addr], results: [tt.elem] })),
  'table.set': onTable((tt) => ({ params: [tt.addr, tt.elem], results: [] })),
  'table.size': onTable((tt) => ({ params: [], results: [tt.addr] })),
  'table.grow': onTable((tt) => ({ params: [tt.elem, tt.addr], results: [tt.addr] })),
  'table.fill': onTable((tt) => ({ params: [tt.addr, tt.elem, tt.addr], results: [] })),
  'table.copy': tableCopy,
  'table.init': tableInit,
  'elem.drop': elemDrop,
  'memory.size': onMemory((at) => ({ params: [], results: [at] })),
  'memory.grow': onMemory((at) => ({ params: [at], results: [at] })),
  'memory.fill': onMemory((at) => ({ params: [at, 'i32', at], results: [] })),
  'memory.copy': memoryCopy,
  'memory.init': memoryInit,
  'data.drop': dataDrop,
};
