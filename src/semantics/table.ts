import { unitAt } from '../event/units.ts';
import type { PlainInstr } from '../syntax/module.ts';
import { greatest, lengthRequest, storageOfTable, tableOf } from './access.ts';
import { copyOf, fillOf, later } from './bulk.ts';
import type { State } from './config.ts';
import { idOf, lengthAt, lengthValue, peek, pop, popMany, push } from './operands.ts';
import { accessTo, readOf, slotPlace } from './place.ts';
import type { Attempt, Rule } from './rule.ts';
import { expect, indexOf, pairOf, siteOf, succeeds } from './rule.ts';

/**
 * Tables [core, Table Instructions]. In the rules' statements a = f.table(x) is the table that the instruction names, `len` the action
 * (rd a.length n) of its bounds check; a slot is one unit, the reference in it.
 */

/**
 * @rule Step/table.get
 *
 *     (at.const i) (table.get x) ↪(len)                  trap    (if i ≥ n)
 *     (at.const i) (table.get x) ↪(len) (rd a.elem[i] r) r       (if i < n)
 */
export const stepTableGet: Rule<PlainInstr> = {
  id: 'Step/table.get',
  source: 'core, Table Instructions; OOPSLA19 Fig. 8',
  ask: (z, instr) => slotRead(z, instr).request,
  step(z, instr, answer) {
    const attempt = slotRead(z, instr);
    pop(z);
    if (succeeds(z, attempt, answer)) push(z, { type: 'ref', id: unitAt(expect(answer, 'units').units, 0) });
  },
};

function slotRead(z: State, instr: PlainInstr): Attempt {
  return readOf(slotPlace(tableOf(z, indexOf(instr)), lengthAt(z, 0)), 'unord', siteOf(instr, 'ref'));
}

/**
 * @rule Step/table.set
 *
 *     (at.const i) r (table.set x) ↪(len)                  trap    (if i ≥ n)
 *     (at.const i) r (table.set x) ↪(len) (wr a.elem[i] r) ε       (if i < n)
 */
export const stepTableSet: Rule<PlainInstr> = {
  id: 'Step/table.set',
  source: 'core, Table Instructions; OOPSLA19 Fig. 8',
  ask: (z, instr) => slotWrite(z, instr).request,
  step(z, instr, answer) {
    const attempt = slotWrite(z, instr);
    popMany(z, 2);
    succeeds(z, attempt, answer);
  },
};

function slotWrite(z: State, instr: PlainInstr): Attempt {
  const place = slotPlace(tableOf(z, indexOf(instr)), lengthAt(z, 1));
  const written = [idOf(peek(z, 0))];
  return accessTo(place, 'unord', siteOf(instr), (access) => ({ kind: 'wr', ...access, written }));
}

/**
 * @rule Step/table.size
 *
 *     table.size x ↪(rd_seqcst a.length n)  at.const n    (at the table's address type)
 */
export const stepTableSize: Rule<PlainInstr> = {
  id: 'Step/table.size',
  source: 'core, Table Instructions; OOPSLA19 Fig. 9',
  ask: (z, instr) => lengthRequest(tableOf(z, indexOf(instr)).length, siteOf(instr, 'i32')),
  step(z, instr, answer) {
    const { type } = tableOf(z, indexOf(instr));
    push(z, lengthValue(type.addr, unitAt(expect(answer, 'units').units, 0)));
  },
};

/**
 * @rule Step/table.grow
 *
 *     r (at.const k) (table.grow x) ↪(rd_seqcst a.length n)                        at.const -1
 *     r (at.const k) (table.grow x) ↪(rmw a.length n (n+k)) (wr a.elem[n] r^k)     at.const n
 */
export const stepTableGrow: Rule<PlainInstr> = {
  id: 'Step/table.grow',
  source: 'core, Table Instructions; OOPSLA19 Fig. 9',
  ask(z, instr) {
    const { length, elem, type } = tableOf(z, indexOf(instr));
    return {
      kind: 'grow',
      length,
      content: elem,
      unit: 1,
      fill: idOf(peek(z, 1)),
      delta: lengthAt(z, 0),
      max: greatest(type, 'table'),
      site: siteOf(instr),
    };
  },
  step(z, instr, answer) {
    popMany(z, 2);
    push(z, lengthValue(tableOf(z, indexOf(instr)).type.addr, expect(answer, 'grown').previous));
  },
};

/**
 * @rule Step/table.fill
 *
 *     (at.const d) r (at.const m) (table.fill x) ↪(len)                      trap    (if d+m > n)
 *     (at.const d) r (at.const m) (table.fill x) ↪(len) (wr a.elem[d] r^m)?  ε       (if d+m ≤ n)
 */
export const stepTableFill: Rule<PlainInstr> = {
  id: 'Step/table.fill',
  source: 'core, Table Instructions; as one event like OOPSLA19 Fig. 8',
  ask: (z, instr) => tableFill(z, instr).request,
  step(z, instr, answer) {
    const attempt = tableFill(z, instr);
    popMany(z, 3);
    succeeds(z, attempt, answer);
  },
};

function tableFill(z: State, instr: PlainInstr): Attempt {
  const to = storageOfTable(tableOf(z, indexOf(instr)));
  return fillOf(to, lengthAt(z, 2), lengthAt(z, 0), idOf(peek(z, 1)), siteOf(instr));
}

/**
 * Two tables have two lengths, which are read by two events.
 *
 * @rule Step/table.copy
 *
 *     (at.const d) (at′.const s) (at″.const m) (table.copy x y), where a = f.table(x), a′ = f.table(y)
 *       if a = a′:  ↪(len)                                           trap                (if max(d,s)+m > n)
 *                   ↪(len) ((rd a.elem[s] r^m) (wr a.elem[d] r^m))?  ε                   (if max(d,s)+m ≤ n)
 *       if a ≠ a′:  ↪(len)                                           trap                (if d+m > n)
 *                   ↪(len)                                           copy′ a d a′ s m    (if d+m ≤ n)
 */
export const stepTableCopy: Rule<PlainInstr> = {
  id: 'Step/table.copy',
  source: 'core, Table Instructions; as one event like OOPSLA19 Fig. 8',
  ask: (z, instr) => tableCopy(z, instr).first.request,
  step(z, instr, answer) {
    const { first, second } = tableCopy(z, instr);
    popMany(z, 3);
    if (succeeds(z, first, answer) && second !== null) z.admin = later('copy', second);
  },
};

function tableCopy(z: State, instr: PlainInstr) {
  const { x, y } = pairOf(instr);
  const [to, from] = [storageOfTable(tableOf(z, x)), storageOfTable(tableOf(z, y))];
  return copyOf(to, from, lengthAt(z, 2), lengthAt(z, 1), lengthAt(z, 0), siteOf(instr));
}
