import { instructionRow, type InstructionRow } from '../../syntax/instructions.ts';
import type { MemArg, OrderAnnotation, PlainInstr } from '../../syntax/module.ts';
import type { AddrType, GlobalShare } from '../../syntax/types.ts';
import { known } from '../../base/assert.ts';
import {
  atomic,
  atomicAccess,
  elementPlace,
  fence,
  fieldPlace,
  globalPlace,
  memoryWait,
  pause,
  tablePlace,
  wait,
  waitQueueNew,
  waitQueueNotify,
  WAIT_RULES,
  type PlaceOf,
} from './atomic-forms.ts';
import type { Context, ModuleContext } from './context.ts';
import { CONTROL_FORMS } from './control-forms.ts';
import { immediate, plain, type Form, type Scheme, type Variables } from './form.ts';
import { instrType, type Rule } from './judgement.ts';
import { access, MEMORY_FORMS, signatureOf } from './memory-forms.ts';
import { REFERENCE_FORMS } from './reference-forms.ts';

/** Which rule types which plain instruction, and the rules on immediates. */

/** What the instruction table says, its immediates being of no importance. */
function fromTable(row: InstructionRow): Scheme {
  return plain(() => signatureOf(row, 'i32'));
}

/** The same with a lane that the shape has: i8x16 has 16 of 8 bits, f64x2 two. */
function fromTableWithLane(row: InstructionRow): Scheme {
  const lanes = Number(/x(\d+)\./.exec(row.mnemonic)?.[1]);
  return plain((_, instr) => (immediate(instr, 'index').x < lanes ? signatureOf(row, 'i32') : null));
}

/** i8x16.shuffle: every lane is one of the 32 of both operands. */
function shuffle(row: InstructionRow): Scheme {
  return plain((_, instr) => (immediate(instr, 'lanes').lanes.every((i) => i < 32) ? signatureOf(row, 'i32') : null));
}

const PLACES: Readonly<Record<string, PlaceOf>> = {
  global: globalPlace,
  table: tablePlace,
  struct: fieldPlace,
  array: elementPlace,
};

const WAIT_FORMS: Readonly<Record<string, Scheme>> = {
  'struct.wait': wait(fieldPlace),
  'array.wait': wait(elementPlace),
  'global.wait': wait(globalPlace),
  'table.wait': wait(tablePlace),
  'memory.wait': memoryWait,
  'waitqueue.new': waitQueueNew,
  'waitqueue.notify': waitQueueNotify,
  pause,
};

interface Named {
  readonly id: string;
  readonly scheme: Scheme;
}

/** `struct.atomic.rmw.add`: an access by its last part, to the kind of place of its first. */
function atomicPlace(op: string): Named | null {
  const match = /^(global|table|struct|array)\.atomic\.(get|get_s|get_u|set|rmw\.\w+)$/.exec(op);
  const [, kind = '', rest = ''] = match ?? [];
  const place = PLACES[kind];
  if (place === undefined) return null;
  const named = (name: string, how: Parameters<typeof atomic>[0]): Named => ({
    id: `${kind}.atomic.${name}`,
    scheme: atomic(how, place),
  });
  if (rest === 'get' || rest === 'set') return named(rest, rest);
  if (rest.startsWith('get_')) return named('get', 'get-packed');
  if (rest === 'rmw.xchg') return named('rmw.xchg', 'xchg');
  return rest === 'rmw.cmpxchg' ? named('rmw.cmpxchg', 'cmpxchg') : named('rmw', 'arithmetic');
}

/** The mnemonics of a rule that has several. */
function family(op: string): string {
  if (op === 'ref.i31_shared') return 'ref.i31';
  return op.replace(/^(i31|struct|array)\.get_[su]$/, '$1.get').replace(/^memory\.wait(32|64)$/, 'memory.wait');
}

function byMeaning(row: InstructionRow): Named {
  const { meaning, mnemonic, immediates } = row;
  switch (meaning.kind) {
    case 'const':
      return { id: 'const', scheme: fromTable(row) };
    case 'numeric':
      return { id: 'numeric', scheme: fromTable(row) };
    case 'load':
      return meaning.atomic ? { id: 'atomic.load', scheme: atomicAccess(row) } : { id: 'load', scheme: access(row) };
    case 'store':
      return meaning.atomic ? { id: 'atomic.store', scheme: atomicAccess(row) } : { id: 'store', scheme: access(row) };
    case 'vector-load':
      return { id: immediates === 'memarg-lane' ? 'vload_lane' : 'vload', scheme: access(row) };
    case 'vector-store':
      return { id: immediates === 'memarg-lane' ? 'vstore_lane' : 'vstore', scheme: access(row) };
    case 'rmw':
    case 'cmpxchg':
    case 'wait':
    case 'notify':
      return { id: `atomic.${meaning.kind}`, scheme: atomicAccess(row) };
    case 'fence':
      return { id: 'atomic.fence', scheme: fence };
    case 'vector':
      if (immediates === 'lanes') return { id: 'vshuffle', scheme: shuffle(row) };
      if (immediates !== 'lane') return { id: 'vector', scheme: fromTable(row) };
      return {
        id: mnemonic.includes('replace') ? 'vreplace_lane' : 'vextract_lane',
        scheme: fromTableWithLane(row),
      };
    case 'special': {
      const id = family(mnemonic);
      const scheme = CONTROL_FORMS[id] ?? REFERENCE_FORMS[id] ?? MEMORY_FORMS[id] ?? WAIT_FORMS[id];
      return scheme === undefined ? known(atomicPlace(mnemonic), `rule of ${mnemonic}`) : { id, scheme };
    }
  }
}

const found = new Map<string, Named>();

/** The rule of a plain instruction; of select, that of its annotation. */
export function ruleOf(instr: PlainInstr): Named {
  const { op, imm } = instr;
  const key =
    op === 'select' ? (imm.kind === 'result-types' && imm.types !== null ? 'select-expl' : 'select-impl') : op;
  let named = found.get(key);
  if (named === undefined) {
    const scheme = CONTROL_FORMS[key];
    const inner =
      scheme === undefined ? byMeaning(known(instructionRow(op), `instruction ${op}`)) : { id: key, scheme };
    named = { id: `Instr_ok/${inner.id}`, scheme: inner.scheme };
    found.set(key, named);
  }
  return named;
}

/** What assigns the metavariables of an instruction's rule. */
export interface InstrInstance {
  readonly C: Context;
  readonly instr: PlainInstr;
  readonly v: Variables;
}

export function typeOf(form: Form): ReturnType<typeof instrType> {
  return instrType(form.params, form.results, form.locals ?? []);
}

/** The rule of every plain instruction, under the id that `ruleOf` gives it. */
export const plainInstr: Rule<InstrInstance> = ({ C, instr, v }) => {
  const form = ruleOf(instr).scheme.form(C, instr, v);
  if (form === null) return null;
  return {
    conclusion: { relation: 'Instr_ok', C, of: instr, type: typeOf(form) },
    premises: form.premises ?? [],
  };
};

interface MemArgInstance {
  readonly of: MemArg;
  readonly addr: AddrType;
  readonly bytes: number;
  readonly atomic: boolean;
}

/**
 * @rule Memarg_ok
 *
 *     a <= n    o < 2^|at|
 *     --------------------
 *     |- {a, o} : at -> n
 */
const memarg: Rule<MemArgInstance> = ({ of, addr, bytes, atomic: exact }) =>
  !exact && of.align <= bytes && reaches(addr, of)
    ? { conclusion: { relation: 'Memarg_ok', of, addr, bytes, atomic: false }, premises: [] }
    : null;

/** @rule Memarg_ok/atomic — the alignment is the natural one. */
const memargAtomic: Rule<MemArgInstance> = ({ of, addr, bytes, atomic: exact }) =>
  exact && of.align === bytes && reaches(addr, of)
    ? { conclusion: { relation: 'Memarg_ok', of, addr, bytes, atomic: true }, premises: [] }
    : null;

function reaches(at: AddrType, { offset }: MemArg): boolean {
  return offset < (at === 'i64' ? 1n << 64n : 1n << 32n);
}

/** @rule Order_ok — the orders of a read-modify-write are one, but under the reading `rmw-orders=pair`. */
const order: Rule<{ readonly M: ModuleContext; readonly of: OrderAnnotation }> = ({ M, of }) =>
  M.readings['rmw-orders'] === 'pair' || (of !== 'seqcst-acqrel' && of !== 'acqrel-seqcst')
    ? { conclusion: { relation: 'Order_ok', M, of }, premises: [] }
    : null;

/** @rule Object_ok/atomic — atomic instructions access anything, under `unshared-atomics=reject` only what is shared (not a thread's own). */
const object: Rule<{ readonly M: ModuleContext; readonly of: GlobalShare }> = ({ M, of }) =>
  of === 'shared' || M.readings['unshared-atomics'] === 'allow'
    ? { conclusion: { relation: 'Object_ok', M, of }, premises: [] }
    : null;

export const IMMEDIATE_RULES = {
  ...WAIT_RULES,
  Memarg_ok: memarg,
  'Memarg_ok/atomic': memargAtomic,
  Order_ok: order,
  'Object_ok/atomic': object,
} as const;
