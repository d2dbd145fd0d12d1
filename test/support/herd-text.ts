import type { AccessOrder, Cycle } from '../../src/litmus/cycles.ts';
import type { Instruction, SmallProgram } from './herd-program.ts';
import { programOfCycle, readsOf } from './herd-program.ts';

/** A program as herd reads it: everything is observed, and the condition is asked for. */
export type Printer = (program: SmallProgram, condition?: string) => string;

const NO_CONDITION = 'forall (true)';

/** A cycle in C, with the question whether it can happen. */
export function cycleInC(cycle: Cycle): string {
  const reads = cycle.threads.flatMap((accesses, t) =>
    accesses.filter(({ kind }) => kind === 'read').map(({ value }, i) => `${t}:${REGISTERS.C(i)}=${value}`),
  );
  const finals = [...cycle.finals].map(([place, value]) => `${PLACES[place]}=${value}`);
  return inC(programOfCycle(cycle), `exists (${[...reads, ...finals].join(' /\\ ')})`);
}

export const PLACES = ['x', 'y', 'z'];

/** Registers of x86 for what is read; EAX carries what an exchange stores and what it returns. */
const X86_REGISTERS = ['EBX', 'ECX', 'EDX', 'ESI'];

/** The name under which herd shows a thread's i-th observed value. */
export const REGISTERS = {
  C: (i: number): string => `r${i}`,
  X86: (i: number): string => X86_REGISTERS[i] as string,
  AArch64: (i: number): string => `X${i}`,
} as const;

/** Where an exchange of AArch64 says whether its store-exclusive failed: 0 if not. */
export const STATUS_REGISTERS = ['X20', 'X21', 'X22', 'X23'];

const C_LOAD: Readonly<Record<AccessOrder, string>> = {
  un: '',
  acqrel: 'memory_order_acquire',
  sc: 'memory_order_seq_cst',
};
const C_STORE: Readonly<Record<AccessOrder, string>> = {
  un: '',
  acqrel: 'memory_order_release',
  sc: 'memory_order_seq_cst',
};
const C_BOTH: Readonly<Record<AccessOrder, string>> = {
  un: '',
  acqrel: 'memory_order_acq_rel',
  sc: 'memory_order_seq_cst',
};

/** As the C11 program that compiles to the Wasm: unordered accesses are non-atomic. */
export const inC: Printer = (program, condition = NO_CONDITION) => {
  const params = PLACES.slice(0, program.places)
    .map((place) => `atomic_int* ${place}`)
    .join(', ');
  const functions = program.threads.map((thread, t) => {
    let register = 0;
    const lines = thread.map((instruction) => {
      const text = statement(instruction);
      return readsOf([instruction]) > 0 ? `  int r${register++} = ${text}` : `  ${text}`;
    });
    return `P${t}(${params}) {\n${lines.join('\n')}\n}`;
  });
  return `C ${program.name}\n{}\n${functions.join('\n')}\n${locations(program, 'C')}\n${condition}\n`;
};

function statement(instruction: Instruction): string {
  if (instruction.kind === 'fence') return `atomic_thread_fence(${C_BOTH[instruction.order]});`;
  const place = PLACES[instruction.place] as string;
  const { order } = instruction;
  switch (instruction.kind) {
    case 'read':
      return order === 'un' ? `*${place};` : `atomic_load_explicit(${place}, ${C_LOAD[order]});`;
    case 'write':
      return order === 'un'
        ? `*${place} = ${instruction.value};`
        : `atomic_store_explicit(${place}, ${instruction.value}, ${C_STORE[order]});`;
    case 'exchange':
      return `atomic_exchange_explicit(${place}, ${instruction.value}, ${C_BOTH[order]});`;
  }
}

/** After the scheme of OOPSLA19 Fig. 19, a seqcst store as MOV and MFENCE. */
export const inX86: Printer = (program, condition = NO_CONDITION) => {
  const threads = program.threads.map((thread) => {
    let register = 0;
    return thread.flatMap((instruction): string[] => {
      if (instruction.kind === 'fence') return instruction.order === 'sc' ? ['MFENCE'] : [];
      const place = `[${PLACES[instruction.place]}]`;
      switch (instruction.kind) {
        case 'read':
          return [`MOV ${X86_REGISTERS[register++]},${place}`];
        case 'write':
          return [`MOV ${place},$${instruction.value}`, ...(instruction.order === 'sc' ? ['MFENCE'] : [])];
        case 'exchange':
          return [`MOV EAX,$${instruction.value}`, `XCHG ${place},EAX`, `MOV ${X86_REGISTERS[register++]},EAX`];
      }
    });
  });
  return assembly('X86', program, '', threads, condition);
};

/** After the scheme of OOPSLA19 Fig. 19; an acqrel load as LDAPR; the fences as DMB ISH. */
export const inAArch64: Printer = (program, condition = NO_CONDITION) => {
  const pointers = program.threads.flatMap((_, t) =>
    PLACES.slice(0, program.places).map((place, p) => `${t}:X${10 + p}=${place};`),
  );
  const threads = program.threads.map((thread) => {
    let register = 0;
    return thread.flatMap((instruction): string[] => {
      if (instruction.kind === 'fence') return ['DMB ISH'];
      const place = `[X${10 + instruction.place}]`;
      switch (instruction.kind) {
        case 'read':
          return [`${{ un: 'LDR', acqrel: 'LDAPR', sc: 'LDAR' }[instruction.order]} W${register++},${place}`];
        case 'write':
          return [`MOV W9,#${instruction.value}`, `${instruction.order === 'un' ? 'STR' : 'STLR'} W9,${place}`];
        case 'exchange': {
          const status = `W${20 + register}`;
          return [`MOV W9,#${instruction.value}`, `LDAXR W${register++},${place}`, `STLXR ${status},W9,${place}`];
        }
      }
    });
  });
  return assembly('AArch64', program, pointers.join(' '), threads, condition);
};

function assembly(
  machine: 'X86' | 'AArch64',
  program: SmallProgram,
  init: string,
  threads: readonly (readonly string[])[],
  condition: string,
): string {
  const rows = Math.max(1, ...threads.map(({ length }) => length));
  const header = threads.map((_, t) => `P${t}`).join(' | ');
  const lines = Array.from({ length: rows }, (_, i) => ` ${threads.map((thread) => thread[i] ?? '').join(' | ')} ;`);
  return `${machine} ${program.name}\n{ ${init} }\n ${header} ;\n${lines.join('\n')}\n${locations(program, machine)}\n${condition}\n`;
}

function locations({ threads, places }: SmallProgram, machine: keyof typeof REGISTERS): string {
  const registers = threads.flatMap((thread, t) =>
    Array.from({ length: readsOf(thread) }, (_, i) => `${t}:${REGISTERS[machine](i)};`),
  );
  const statuses =
    machine === 'AArch64' ? threads.flatMap((thread, t) => statusesOf(thread).map((s) => `${t}:${s};`)) : [];
  return `locations [${[...PLACES.slice(0, places).map((place) => `${place};`), ...registers, ...statuses].join(' ')}]`;
}

/** The status registers of a thread's exchanges on AArch64. */
export function statusesOf(thread: readonly Instruction[]): string[] {
  const observing = thread.filter(({ kind }) => kind === 'read' || kind === 'exchange');
  return observing.flatMap(({ kind }, i) => (kind === 'exchange' ? [STATUS_REGISTERS[i] as string] : []));
}

/** As a Weft script: place p is the word at 4 × p; at the end the main thread reads every place. */
export function inWasm({ threads, places }: SmallProgram): string {
  const functions = threads.map((thread, t) => wasmFunction(`t${t}`, thread));
  const finals = Array.from({ length: places }, (_, p) => `(i32.load (i32.const ${4 * p}))`);
  functions.push(`  (func (export "final") shared (result${' i32'.repeat(places)}) ${finals.join(' ')})`);
  const starts = threads.map((_, t) => `(thread $T${t} (shared (module $M)) (invoke $M "t${t}"))`);
  const waits = threads.map((_, t) => `(wait $T${t})`);
  return `(module $M shared\n  (memory (export "mem") 1 1 shared)\n${functions.join('\n')})\n(register "M")\n${[...starts, ...waits].join('\n')}\n(invoke $M "final")\n`;
}

const WASM_ORDER: Readonly<Record<AccessOrder, string>> = { un: '', acqrel: ' acq_rel', sc: ' seq_cst' };

function wasmFunction(name: string, thread: readonly Instruction[]): string {
  const results = readsOf(thread) > 0 ? ` (result${' i32'.repeat(readsOf(thread))})` : '';
  return `  (func (export "${name}") shared${results}\n    ${thread.map(wasmInstruction).join('\n    ')})`;
}

function wasmInstruction(instruction: Instruction): string {
  const order = WASM_ORDER[instruction.order];
  if (instruction.kind === 'fence') return `(atomic.fence${order})`;
  const place = `(i32.const ${4 * instruction.place})`;
  const atomic = instruction.order === 'un' ? '' : '.atomic';
  switch (instruction.kind) {
    case 'read':
      return `(i32${atomic}.load${order} ${place})`;
    case 'write':
      return `(i32${atomic}.store${order} ${place} (i32.const ${instruction.value}))`;
    case 'exchange':
      return `(i32.atomic.rmw.xchg${order} ${place} (i32.const ${instruction.value}))`;
  }
}
