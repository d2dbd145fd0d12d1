import type { Expr, Instr, Module } from '../../../src/syntax/module.ts';
import type { HeapType, RefType, StorageType, ValType } from '../../../src/syntax/types.ts';

/** What a module has in it, as far as a peer's gaps depend on it. */
export interface Facts {
  readonly module: Module;
  /** Mnemonics, and kinds of blocks and of catch clauses. */
  readonly ops: ReadonlySet<string>;
  readonly instructions: readonly Instr[];
  /** All types that are written in definitions, locals, blocks and immediates. */
  readonly types: readonly StorageType[];
}

export function factsOf(module: Module): Facts {
  const instructions = [...constants(module), ...module.funcs.flatMap((f) => [...inside(f.body)])];
  const ops = new Set(
    instructions.flatMap((i) =>
      i.kind === 'plain' ? [i.op] : [i.kind, ...(i.kind === 'try_table' ? i.catches.map((c) => c.kind) : [])],
    ),
  );
  return { module, ops, instructions, types: typesOf(module, instructions) };
}

function constants(m: Module): Instr[] {
  return [
    ...m.tables.flatMap((t) => t.init ?? []),
    ...m.globals.flatMap((g) => g.init ?? []),
    ...m.elems.flatMap((e) => [...e.items.flat(), ...(e.mode.kind === 'active' ? e.mode.offset : [])]),
    ...m.datas.flatMap((d) => (d.mode.kind === 'active' ? d.mode.offset : [])),
  ];
}

function* inside(expr: Expr): Generator<Instr> {
  for (const instr of expr) {
    yield instr;
    if (instr.kind === 'plain') continue;
    if (instr.kind === 'if') {
      yield* inside(instr.then);
      yield* inside(instr.else);
    } else yield* inside(instr.body);
  }
}

function typesOf(m: Module, instructions: readonly Instr[]): StorageType[] {
  return [
    ...m.types.flatMap(({ type: { comp } }): StorageType[] => {
      if (comp.kind === 'func') return [...comp.params, ...comp.results];
      return comp.kind === 'struct' ? comp.fields.map((ft) => ft.storage) : [comp.field.storage];
    }),
    ...m.imports.flatMap(({ desc }): ValType[] =>
      desc.kind === 'global' ? [desc.type.content] : desc.kind === 'table' ? [desc.type.elem] : [],
    ),
    ...m.globals.map((g) => g.type.content),
    ...m.tables.map((t) => t.type.elem),
    ...m.elems.map((e) => e.type),
    ...m.funcs.flatMap((f) => f.locals.map((l) => l.type)),
    ...instructions.flatMap((instr) => immediateTypes(instr)),
  ];
}

function immediateTypes(instr: Instr): ValType[] {
  if (instr.kind !== 'plain')
    return instr.type.kind === 'value' && instr.type.result !== null ? [instr.type.result] : [];
  const { imm } = instr;
  switch (imm.kind) {
    case 'heap-type':
      return [{ kind: 'ref', nullable: true, heap: imm.heap }];
    case 'ref-type':
      return [imm.type];
    case 'cast-branch':
      return [imm.from, imm.to];
    case 'result-types':
      return [...(imm.types ?? [])];
    default:
      return [];
  }
}

/** Whether some type of a reference is to this abstract type. */
export function hasHeap({ types }: Facts, holds: (heap: Extract<HeapType, { kind: 'abstract' }>) => boolean): boolean {
  return types.some((t) => isRef(t) && t.heap.kind === 'abstract' && holds(t.heap));
}

export function isRef(t: StorageType): t is RefType {
  return typeof t === 'object';
}
