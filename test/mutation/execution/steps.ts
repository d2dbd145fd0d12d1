import type { Response } from '../../../src/event/request.ts';
import type { Config, Label } from '../../../src/semantics/config.ts';
import { frameOf, labelOf } from '../../../src/semantics/config.ts';
import type { Reduction } from '../../../src/semantics/rules.ts';
import type { Value } from '../../../src/syntax/values.ts';
import { i31Id, NULL } from '../../../src/syntax/values.ts';

/**
 * Changes of a reduction rule of the semantics: it reduces to something else. Each says whether there was something to change.
 */
export type ChangeStep = (reduction: Reduction, z: Config, answer: Response | null) => boolean;

function other(value: Value): Value {
  switch (value.type) {
    case 'i32':
      return { type: 'i32', value: value.value ^ 1 };
    case 'i64':
      return { type: 'i64', value: value.value ^ 1n };
    case 'f32':
      return { type: 'f32', bits: (value.bits ^ 1) >>> 0 };
    case 'f64':
      return { type: 'f64', bits: value.bits ^ 1n };
    case 'v128':
      return { type: 'v128', bits: value.bits ^ 1n };
    case 'ref':
      return value.id === 0 ? { type: 'ref', id: i31Id(5) } : NULL;
  }
}

/** A value that has little to do with this one. */
function contrary(value: Value): Value {
  switch (value.type) {
    case 'i32':
      return { type: 'i32', value: ~value.value };
    case 'i64':
      return { type: 'i64', value: ~value.value };
    case 'f32':
      return { type: 'f32', bits: (value.bits ^ 0x8040_0001) >>> 0 };
    case 'f64':
      return { type: 'f64', bits: value.bits ^ 0x8008_0000_0000_0001n };
    case 'v128':
      return { type: 'v128', bits: BigInt.asUintN(128, ~value.bits) };
    case 'ref':
      return other(value);
  }
}

/** Changes one of the operands, counted from the top. */
function changeOperand(z: Config, depth: number, change = other): boolean {
  if (z.frame === null) return false;
  const { values } = labelOf(z);
  const at = values.length - 1 - depth;
  const value = values[at];
  if (value === undefined) return false;
  values[at] = change({ ...value });
  return true;
}

function operands(z: Config): number {
  return z.frame === null ? 0 : labelOf(z).values.length;
}

/** How many frames there are. */
function depthOf({ frame, callers }: Config): number {
  return (frame === null ? 0 : 1) + (callers?.depth ?? 0);
}

/** Changes the label that the step has entered. */
function changeLabel(change: (label: Label) => Label | null): ChangeStep {
  return ({ step }, z, answer) => {
    const before = { depth: depthOf(z), labels: z.frame?.labels.length ?? 0 };
    step(z, answer);
    if (z.frame === null || depthOf(z) < before.depth) return false;
    if (depthOf(z) === before.depth && z.frame.labels.length <= before.labels) return false;
    const { labels } = frameOf(z);
    const changed = change({ ...labelOf(z) });
    if (changed === null) return false;
    labels[labels.length - 1] = changed;
    return true;
  };
}

export const STEP_CHANGES: Readonly<Record<string, ChangeStep>> = {
  'gives another value': ({ step }, z, answer) => {
    step(z, answer);
    if (z.admin?.kind === 'trap') return false;
    if (z.admin?.kind === 'done' || z.admin?.kind === 'host') {
      const [first, ...others] = z.admin.results;
      if (first === undefined) return false;
      z.admin = { ...z.admin, results: [other({ ...first }), ...others] };
      return true;
    }
    return changeOperand(z, 0);
  },
  'takes another operand': ({ step }, z, answer) => {
    // What it asked was made of the operands that were there.
    const changed = answer === null && operands(z) > 0 && changeOperand(z, 0, contrary);
    step(z, answer);
    return changed && z.admin?.kind !== 'trap';
  },
  'takes another second operand': ({ step }, z, answer) => {
    const changed = answer === null && operands(z) > 1 && changeOperand(z, 1, contrary);
    step(z, answer);
    return changed && z.admin?.kind !== 'trap';
  },
  'forgets to set a local': ({ step }, z, answer) => {
    const depth = depthOf(z);
    const before = z.frame === null ? [] : [...frameOf(z).locals];
    step(z, answer);
    if (z.frame === null || depthOf(z) !== depth) return false;
    const { locals } = frameOf(z);
    const at = locals.findIndex((value, i) => JSON.stringify(key(value)) !== JSON.stringify(key(before[i])));
    const old = before[at];
    if (old === undefined) return false;
    locals[at] = old;
    return true;
  },
  'forgets to set a thread-local': ({ step }, z, answer) => {
    const before = new Map(z.context);
    step(z, answer);
    for (const [addr, value] of z.context) {
      const old = before.get(addr);
      if (JSON.stringify(key(old)) === JSON.stringify(key(value))) continue;
      if (old === undefined) z.context.delete(addr);
      else z.context.set(addr, old);
      return true;
    }
    return false;
  },
  'passes another argument': ({ step }, z, answer) => {
    const depth = depthOf(z);
    step(z, answer);
    if (z.frame === null || depthOf(z) <= depth) return false;
    const { locals } = frameOf(z);
    const [first] = locals;
    if (first === undefined) return false;
    locals[0] = other({ ...first });
    return true;
  },
  'traps for another reason': ({ step }, z, answer) => {
    step(z, answer);
    if (z.admin?.kind !== 'trap') return false;
    z.admin = { ...z.admin, reason: `not ${z.admin.reason}` };
    return true;
  },
  'leads to the other end of the block': changeLabel((label) => ({
    ...label,
    target: label.target === 'end' ? 'start' : 'end',
  })),
  'takes one operand less to the label': changeLabel((label) =>
    label.arity === 0 ? null : { ...label, arity: label.arity - 1 },
  ),
  'catches nothing': changeLabel((label) => (label.handler === null ? null : { ...label, handler: null })),
  'skips an instruction': ({ step }, z, answer) => {
    step(z, answer);
    if (z.frame === null || z.admin !== null) return false;
    const label = labelOf(z);
    if (label.next >= label.code.it.length) return false;
    label.next += 1;
    return true;
  },
};

function key(value: Value | undefined): unknown {
  if (value === undefined) return null;
  return value.type === 'ref'
    ? value.id
    : String(value.type === 'i32' || value.type === 'i64' ? value.value : value.bits);
}

/** A reduction that is changed where `chosen` says; `applied` is told when there was something to change. */
export function changedStep(
  chosen: (reduction: Reduction) => boolean,
  change: ChangeStep,
  applied: () => void,
): (reduction: Reduction) => Reduction {
  return (reduction) => {
    if (!chosen(reduction)) return reduction;
    return {
      ...reduction,
      step(z, answer) {
        if (change(reduction, z, answer)) applied();
      },
    };
  };
}
