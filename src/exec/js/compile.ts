import type { WasmFuncInst } from '../../runtime/instance.ts';
import { Body } from './body.ts';
import { AGAIN } from './calls.ts';
import type { Compilation } from './compilation.ts';
import { compileReturn, compileSequence } from './control.ts';
import { FUEL } from './longs.ts';
import { kindOf } from './parts.ts';
import type { Slot } from './slots.ts';
import { slotName } from './slots.ts';
import { frameOf, LAST_PLACE } from './stack.ts';

/** A function's JavaScript: the body of a function of the support functions and of the values of the slots, which returns its code. */
export interface Text {
  readonly source: string;
  readonly slots: readonly Slot[];
  /** Whether it may return with a call that is still to be made ({@link import('./tails.ts').trampoline}). */
  readonly tails: boolean;
}

/** Words that the frame between a caller and a function with tail calls may take. */
const TRAMPOLINE = 40;

export interface CodeOptions {
  /** Loops and calls use up fuel. */
  readonly metered: boolean;
  /** Other workers use the shared memories meanwhile. */
  readonly workers: boolean;
}

/** Compiles an eligible function of a valid module. */
export function compile(func: WasmFuncInst, { metered, workers }: CodeOptions): Text {
  const { module, code, type } = func;
  const locals = [...type.params, ...code.locals.map((local) => local.type)].map((local, i) => {
    const kind = kindOf(local);
    return { kind, names: kind === 'long' ? [`l${i}`, `h${i}`] : [`l${i}`] };
  });
  const body = new Body();
  const z: Compilation = {
    module,
    type,
    index: func.index,
    body,
    locals,
    labels: [],
    views: new Set(),
    renewals: [],
    metered,
    workers,
    calls: false,
    tails: false,
    again: false,
  };
  z.labels.push({ name: null, loop: false, height: 0, kinds: type.results.map(kindOf), used: false });
  if (compileSequence(z, code.body)) compileReturn(z);
  return assemble(z, func);
}

function assemble(z: Compilation, { index, code, type }: WasmFuncInst): Text {
  const { body, locals } = z;
  const renewed = [...z.views].filter((memory) => mayGrow(z, memory));
  const views = (memories: readonly number[]): string =>
    memories.map((memory) => `m${memory}=${body.slot({ kind: 'memory', index: memory })}.view`).join(',');
  const renewal = renewed.length === 0 ? '' : `${views(renewed)};`;
  for (const line of z.renewals) body.lines[line] = renewal;

  const params = locals.slice(0, type.params.length).flatMap(({ names }) => names);
  const own = locals.slice(type.params.length).flatMap(({ names }) => names);
  const frame = frameOf(params.length + own.length + body.variables.size + (z.tails ? TRAMPOLINE : 0));
  const self = `${body.slot({ kind: 'cell', index })}.deep(${[`d+${frame}|0`, ...params].join(',')})`;
  // A function that calls nothing needs no place of its own.
  const entry = z.calls
    ? `if(d>${LAST_PLACE - frame})return ${self};d=d+${frame}|0;`
    : `if(d>${LAST_PLACE - frame})return ${self};`;
  const meter = z.metered ? `if(--${body.use('INTS')}[${FUEL}]<0)${body.use('refuel')}();` : '';
  const variables = [...own, ...body.variables].map((name) => `${name}=0`);
  const declarations = [
    ...(variables.length === 0 ? [] : [`let ${variables.join(',')};`]),
    ...(z.views.size === 0 ? [] : [`let ${views([...z.views])};`]),
  ];
  const slots = [...body.slots.values()];
  const name = `f${index}${code.id === null ? '' : `_${code.id.replaceAll(/[^A-Za-z0-9_]/g, '_')}`}`;
  const source = [
    '"use strict";',
    body.support.size === 0 ? '' : `const {${[...body.support].join(',')}}=support;`,
    slots.length === 0 ? '' : `const [,${slots.map(slotName).join(',')}]=slots;`,
    `return function ${name}(${['d', ...params].join(',')}){`,
    entry,
    ...declarations,
    ...(z.again ? [`${AGAIN}:for(;;){`, meter, ...body.lines, '}'] : [meter, ...body.lines]),
    '}',
  ];
  return { source: source.filter((line) => line !== '').join('\n'), slots, tails: z.tails };
}

/** A memory whose view is never replaced: it is the module's own, and its type lets it not grow. */
function mayGrow({ module }: Compilation, index: number): boolean {
  const imported = module.module.module.imports.filter(({ desc }) => desc.kind === 'memory').length;
  const own = module.module.module.memories[index - imported];
  return own === undefined || own.type.limits.min !== own.type.limits.max;
}
