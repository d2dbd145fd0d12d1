import type { Data, Expr, Instr, Module } from '../syntax/module.ts';

/**
 * The start function with which wasm-ld fills a shared memory once, whoever is first: `__wasm_init_memory`. In a command program that is
 * the main thread, before there is any other; every other thread finds the flag set and does no more than drop segments that nothing else
 * names. So it may as well be done beforehand: the memory begins with those contents, and nobody runs the function. That the flag is
 * wasm-ld's own is taken for granted: a program that overwrites it by a stray pointer would be filled again.
 *
 *     (block (block (block flag 0 1 cmpxchg (br_table 0 1 2))
 *              to from length (memory.init s) … to 0 length memory.fill … flag 2 store  flag -1 notify drop (br 1))
 *       flag 1 -1 wait drop)
 *     (data.drop s) …
 */
export interface Beforehand {
  /** The module without its start. */
  readonly module: Module;
  /** What the first memory begins with, where it is not zero. */
  readonly contents: readonly Data[];
}

/** The module with that done beforehand; null if it has no such start function, or segments are named elsewhere. */
export function filledBeforehand(module: Module): Beforehand | null {
  const { start, imports, funcs, datas } = module;
  if (start === null) return null;
  const index = start.func - imports.filter(({ desc }) => desc.kind === 'func').length;
  const body = funcs[index]?.body;
  if (body === undefined) return null;
  if (funcs.some((func, i) => i !== index && namesSegments(func.body))) return null;
  const filling = fillingOf(body);
  if (filling === null) return null;
  const contents: Data[] = [];
  for (const { to, segment, from, length } of filling.segments) {
    const data = datas[segment];
    if (data === undefined || from + length > data.bytes.length) return null;
    contents.push(placed(data, to, data.bytes.subarray(from, from + length)));
  }
  const flag: Data = { id: null, at: start.at, share: 'unshared', bytes: NO_BYTES, mode: { kind: 'passive' } };
  contents.push(placed(flag, filling.flag, DONE));
  return { module: { ...module, start: null }, contents };
}

const NO_BYTES = new Uint8Array();
const DONE = new Uint8Array([2, 0, 0, 0]);

function placed(data: Data, to: number, bytes: Uint8Array): Data {
  const offset: Expr = [{ kind: 'plain', op: 'i32.const', imm: { kind: 'i32', value: to }, at: data.at }];
  return { ...data, id: null, bytes, mode: { kind: 'active', memory: 0, offset } };
}

interface Filling {
  readonly flag: number;
  readonly segments: readonly {
    readonly to: number;
    readonly from: number;
    readonly length: number;
    readonly segment: number;
  }[];
}

function fillingOf(body: Expr): Filling | null {
  const [outer, ...drops] = body;
  const outerBody = blockOf(outer);
  const middleBody = blockOf(outerBody?.[0]);
  const innerBody = blockOf(middleBody?.[0]);
  if (outerBody === null || middleBody === null || innerBody === null) return null;
  const flag = constantOf(innerBody[0]);
  if (flag === null || !drops.every((drop) => drop.kind === 'plain' && drop.op === 'data.drop')) return null;
  if (textOf(innerBody) !== `${flag} 0 1 i32.atomic.rmw.cmpxchg br_table:0,1,2`) return null;
  if (textOf(outerBody.slice(1)) !== `${flag} 1 -1 memory.atomic.wait32 drop`) return null;
  const inits = middleBody.slice(1, -8);
  const end = textOf(middleBody.slice(-8));
  if (end !== `${flag} 2 i32.atomic.store ${flag} -1 memory.atomic.notify drop br:1`) return null;
  const segments = [];
  for (let i = 0; i < inits.length; i += 4) {
    const [to, from, length] = [constantOf(inits[i]), constantOf(inits[i + 1]), constantOf(inits[i + 2])];
    const action = inits[i + 3];
    if (to === null || from === null || length === null || action?.kind !== 'plain') return null;
    if (action.op === 'memory.fill' && from === 0) continue;
    if (action.op !== 'memory.init') return null;
    if (action.imm.kind !== 'index' && action.imm.kind !== 'index-pair') return null;
    segments.push({ to, from, length, segment: segmentOf(action.imm) });
  }
  return { flag, segments };
}

function segmentOf(
  imm:
    | { readonly kind: 'index'; readonly x: number }
    | { readonly kind: 'index-pair'; readonly x: number; readonly y: number },
): number {
  return imm.kind === 'index' ? imm.x : imm.y;
}

function blockOf(instr: Instr | undefined): Expr | null {
  return instr?.kind === 'block' ? instr.body : null;
}

function constantOf(instr: Instr | undefined): number | null {
  return instr?.kind === 'plain' && instr.imm.kind === 'i32' ? instr.imm.value : null;
}

/** Instructions of that function as they are compared; null stands for any that it does not have. */
function textOf(instrs: Expr): string {
  return instrs.map((instr) => (instr.kind === 'plain' ? plainText(instr) : null)).join(' ');
}

function plainText({ op, imm }: Extract<Instr, { kind: 'plain' }>): string | null {
  switch (imm.kind) {
    case 'i32':
    case 'i64':
      return String(imm.value);
    case 'index':
      return `${op}:${imm.x}`;
    case 'labels':
      return `${op}:${imm.labels.join(',')}`;
    case 'memarg':
    case 'atomic-memarg':
      return imm.memarg.offset === 0n && imm.memarg.memory === 0 ? op : null;
    default:
      return op;
  }
}

/** Whether the code names data segments. */
function namesSegments(body: Expr): boolean {
  return body.some((instr) => {
    if (instr.kind === 'plain') return /^(?:memory\.init|data\.drop|array\.(?:new|init)_data)$/.test(instr.op);
    if (instr.kind === 'if') return namesSegments(instr.then) || namesSegments(instr.else);
    return namesSegments(instr.body);
  });
}
