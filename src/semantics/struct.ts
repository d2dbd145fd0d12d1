import { known } from '../base/assert.ts';
import type { NewRequest } from '../event/request.ts';
import type { Units } from '../event/units.ts';
import type { PlainInstr } from '../syntax/module.ts';
import { unpacked } from '../syntax/types.ts';
import { contentsOf, toStorage } from '../runtime/value-units.ts';
import { defaultOf, fromStorage, listed, shownStorage } from './bytes.ts';
import type { Config, State } from './config.ts';
import { frameOf } from './config.ts';
import { peek, peekMany, pop, popMany, push } from './operands.ts';
import { accessTo, fieldPlace, readOf, structType } from './place.ts';
import type { Attempt, Rule } from './rule.ts';
import { expect, indexOf, pairOf, siteOf, succeeds } from './rule.ts';
import type { Response, Site } from '../event/request.ts';

/**
 * Structures [core, Aggregate Instructions]. One is an address with a type: its fields' units lie one after the other in the world, in
 * a.fields; bits(v) of a packed field are the low ones.
 */

/**
 * @rule Step/struct.new
 *
 *     v^n (struct.new x) ↪(new a.fields bits(v)^n) ref.struct a    (if f.type(x) = struct t^n)
 */
export const stepStructNew: Rule<PlainInstr> = {
  id: 'Step/struct.new',
  source:
    'core, Aggregate Instructions; allocation as one event, shared-everything-threads, Memory Model Considerations',
  ask(z, instr) {
    const { fields } = structType(z, indexOf(instr));
    const values = peekMany(z, fields.length);
    const contents = fields.map(({ storage }, i) => toStorage(storage, known(values[i], 'operand')));
    return structRequest(contents, siteOf(instr));
  },
  step(z, instr, answer) {
    popMany(z, structType(z, indexOf(instr)).fields.length);
    pushStruct(z, indexOf(instr), answer);
  },
};

/**
 * @rule Step/struct.new_default
 *
 *     (struct.new_default x) ↪ (default_t)^n (struct.new x)    (if f.type(x) = struct t^n)
 */
export const stepStructNewDefault: Rule<PlainInstr> = {
  id: 'Step/struct.new_default',
  source: 'core, Aggregate Instructions',
  ask(z, instr) {
    const { fields } = structType(z, indexOf(instr));
    const contents = fields.map(({ storage }) => toStorage(storage, defaultOf(unpacked(storage))));
    return structRequest(contents, siteOf(instr));
  },
  step(z, instr, answer) {
    pushStruct(z, indexOf(instr), answer);
  },
};

function structRequest(contents: readonly Units[], site: Site): NewRequest {
  const layout = contents.map(({ length }) => length);
  return { kind: 'new', field: 'fields', contents: contentsOf(listed(contents)), layout, site };
}

function pushStruct(z: Config, x: number, answer: Response | null): void {
  const { closed, refs } = frameOf(z).func.it.module;
  push(z, refs.struct(expect(answer, 'new').addr, known(closed[x], 'type')));
}

/**
 * @rule Step/struct.get
 *
 *     (ref.null ht) (struct.get_sx? x i)  ↪             trap
 *     (ref.struct a) (struct.get_sx? x i) ↪(rd l bits(v)) ext_sx?(v)    (if l is field i of a)
 */
export const stepStructGet: Rule<PlainInstr> = {
  id: 'Step/struct.get',
  source: 'core, Aggregate Instructions',
  ask: (z, instr) => fieldRead(z, instr).request,
  step(z, instr, answer) {
    const attempt = fieldRead(z, instr);
    pop(z);
    if (!succeeds(z, attempt, answer)) return;
    const { x, y } = pairOf(instr);
    const { storage } = known(structType(z, x).fields[y], 'field');
    push(z, fromStorage(storage, expect(answer, 'units').units, instr.op === 'struct.get_s'));
  },
};

function fieldRead(z: State, instr: PlainInstr): Attempt {
  const { x, y } = pairOf(instr);
  const { storage } = known(structType(z, x).fields[y], 'field');
  return readOf(fieldPlace(z, peek(z, 0), x, y), 'unord', siteOf(instr, shownStorage(storage)));
}

/**
 * @rule Step/struct.set
 *
 *     (ref.null ht) v (struct.set x i)  ↪               trap
 *     (ref.struct a) v (struct.set x i) ↪(wr l bits(v)) ε       (if l is field i of a)
 */
export const stepStructSet: Rule<PlainInstr> = {
  id: 'Step/struct.set',
  source: 'core, Aggregate Instructions',
  ask: (z, instr) => fieldWrite(z, instr).request,
  step(z, instr, answer) {
    const attempt = fieldWrite(z, instr);
    popMany(z, 2);
    succeeds(z, attempt, answer);
  },
};

function fieldWrite(z: State, instr: PlainInstr): Attempt {
  const { x, y } = pairOf(instr);
  const { storage } = known(structType(z, x).fields[y], 'field');
  const written = toStorage(storage, peek(z, 0));
  return accessTo(fieldPlace(z, peek(z, 1), x, y), 'unord', siteOf(instr), (access) => ({
    kind: 'wr',
    ...access,
    written,
  }));
}
