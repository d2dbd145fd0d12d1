import { Bug, known } from '../base/assert.ts';
import type { ModuleInst } from '../runtime/instance.ts';
import type { InstructionRow } from '../syntax/instructions.ts';
import { instructionRow } from '../syntax/instructions.ts';
import type { PlainInstr } from '../syntax/module.ts';
import { wordsOf } from './code.ts';
import type { Compilation } from './compilation.ts';
import type { Operand } from './operands.ts';
import type { Plan, Step } from './plan.ts';
import { indexOf } from './plan.ts';
import { directOp, planMemory } from './plan-memory.ts';
import { planObject } from './plan-objects.ts';
import { planPlace, planWait } from './plan-places.ts';
import { planTable } from './plan-tables.ts';

/** Compiles an instruction that needs the world or references to its steps. */
export function compileEvents(z: Compilation, instr: PlainInstr): void {
  const plan = planOf(z.module, instr, known(instructionRow(instr.op), instr.op));
  const own = Array.from({ length: plan.params }, () => z.operands.pop()).reverse();
  const asks = plan.steps.some((step) => 'event' in step);
  if (asks) z.operands.settle();
  const words = placeOperands(z, own, plan);
  const live = liveEnd(z, own, words);
  const d = plan.result === null ? -1 : z.operands.pushPlace(wordsOf(plan.result));
  for (const step of plan.steps) emitStep(z, step, { words, live, d, shows: plan.shows });
}

function planOf(module: ModuleInst, instr: PlainInstr, row: InstructionRow): Plan {
  const plan =
    planMemory(module, instr, row) ??
    planPlace(module, instr) ??
    planTable(module, instr) ??
    planObject(module, instr) ??
    planWait(module, instr);
  if (plan !== null) return plan;
  if (instr.op !== 'fork') throw new Bug(`${instr.op} cannot be compiled`);
  const func = indexOf(instr.imm);
  const params = known(module.funcs[func], 'function').type.params.length;
  return { params, result: null, shows: null, steps: [{ event: { kind: 'fork', func } }], contiguous: true };
}

/**
 * Where the operands can be read. A thread may be suspended at an event, with only what is live in its frame: the operands below are settled,
 * and of its own operands those that are read from their places, without gaps between them.
 */
function placeOperands({ operands }: Compilation, own: readonly Operand[], plan: Plan): readonly number[] {
  const all = plan.contiguous === true || own.length > 3;
  const lastPlace = all ? own.length - 1 : own.findLastIndex(({ source }) => source.kind !== 'local');
  return own.map((operand, i) => {
    if (i > lastPlace || operand.source.kind === 'place') return operands.read(operand);
    operands.move(operand, operand.word);
    return operand.word;
  });
}

function liveEnd({ operands }: Compilation, own: readonly Operand[], words: readonly number[]): number {
  const last = own.findLast(({ word }, i) => words[i] === word);
  return last === undefined ? operands.top : last.word + last.size;
}

interface Emitted {
  readonly words: readonly number[];
  readonly live: number;
  readonly d: number;
  readonly shows: string | null;
}

function emitStep({ emitter, events, silents }: Compilation, step: Step, { words, live, d, shows }: Emitted): void {
  const [a = live, b = live, c = live] = step.of === undefined ? words : step.of.map((i) => known(words[i], 'operand'));
  const site = { ...emitter.site, shows };
  if ('silent' in step) {
    emitter.emit('silent', d, silents.push({ ...step.silent, site }) - 1, a, b, c);
    return;
  }
  const { event } = step;
  const number = events.push({ ...event, site }) - 1;
  const direct = directOp(event);
  if (direct === null) emitter.emit('event', d, number, live, a, b, c);
  else emitter.emit(direct, d, number, live, a, b, 'offset' in event ? event.offset | 0 : 0);
}
