import { abstract, BOT, BOT_REF, EXN, FIRST_REF, I32, isRef, reference, SHARED, UNSHARED } from './encoding.ts';
import { setOrder } from './locals.ts';
import { checkTop, die, labelCount, labelTypes, pop, popList, popRef, popShared, push } from './operands.ts';
import { pushFrame, pushList, spend } from './operands.ts';
import { byte, index33, input, need, refuse, u32 } from './reader.ts';
import { valTypeFrom } from './read-types.ts';
import { funcTypeAt, strict, useTag } from './spaces.ts';
import { isShareable, matches, matchesList, pool, shareAt } from './types.ts';

/** Blocks and branches [core 3.0, Validation, Control Instructions]. */

/** The block type that was read last: its lists of types in the pool. */
const block = { params: 0, paramCount: 0, results: 0, resultCount: 0 };

function readBlockType(): void {
  need(input.pos < input.end);
  const code = input.bytes[input.pos] as number;
  block.paramCount = 0;
  if (code === 0x40) {
    input.pos++;
    block.resultCount = 0;
  } else if (code >= 0x40 && code < 0x80) {
    input.pos++;
    const t = valTypeFrom(code);
    if (strict.on && !isShareable(t)) refuse();
    block.results = listOf(t);
    block.resultCount = 1;
  } else {
    const place = funcTypeAt(index33());
    const { items } = pool;
    block.params = place + 4;
    block.paramCount = items[place + 2] as number;
    block.results = block.params + block.paramCount;
    block.resultCount = items[place + 3] as number;
    if (strict.on && shareAt(place) === 0) needShareable(block.params, block.paramCount + block.resultCount);
  }
}

export function needShareable(types: number, n: number): void {
  spend(n);
  for (let i = 0; i < n; i++) if (!isShareable(pool.items[types + i] as number)) refuse();
}

/** A list of one type. */
function listOf(t: number): number {
  if (t < FIRST_REF) return t;
  pool.push(t);
  return pool.length - 1;
}

export function beginBlock(opcode: number): void {
  readBlockType();
  if (opcode === 0x04) pop(I32);
  const { params, paramCount, results, resultCount } = block;
  if (paramCount > 0) popList(params, paramCount);
  pushFrame(opcode, params, paramCount, results, resultCount, setOrder.length);
}

export function beginTry(): void {
  readBlockType();
  const { params, paramCount, results, resultCount } = block;
  for (let n = u32(); n > 0; n--) readCatch();
  popList(params, paramCount);
  pushFrame(0x1f, params, paramCount, results, resultCount, setOrder.length);
}

/** A shared tag's exceptions are caught by shared references. */
function readCatch(): void {
  const kind = byte();
  if (kind > 3) refuse();
  let thrown = 0;
  let n = 0;
  let share = strict.on ? SHARED : UNSHARED;
  if (kind < 2) {
    const place = useTag(u32());
    thrown = place + 4;
    n = pool.items[place + 2] as number;
    share = shareAt(place);
  }
  const label = u32();
  const types = labelTypes(label);
  const withRef = kind & 1;
  if (labelCount(label) !== n + withRef) refuse();
  spend(n);
  if (!matchesList(thrown, types, n)) refuse();
  if (withRef === 0) return;
  if (!matches(reference(abstract(EXN, share), 0), pool.items[types + n] as number)) refuse();
}

export function throwRef(): void {
  popShared(EXN);
  die();
}

export function branchIf(label: number): void {
  pop(I32);
  const n = labelCount(label);
  if (n === 0) return;
  const types = labelTypes(label);
  popList(types, n);
  pushList(types, n);
}

export function branchTable(): void {
  pop(I32);
  const n = u32();
  if (n >= input.end - input.pos) refuse();
  let arity = -1;
  let last = -1;
  for (let i = 0; i <= n; i++) {
    const label = u32();
    const count = labelCount(label);
    if (arity < 0) arity = count;
    else if (count !== arity) refuse();
    const types = labelTypes(label);
    if (types !== last) checkTop(types, count);
    last = types;
  }
  die();
}

export function branchOnNull(label: number): void {
  const t = popRef();
  const n = labelCount(label);
  const types = labelTypes(label);
  popList(types, n);
  pushList(types, n);
  push(nonNull(t));
}

export function branchOnNonNull(label: number): void {
  const n = labelCount(label);
  if (n === 0) refuse();
  const types = labelTypes(label);
  const last = pool.items[types + n - 1] as number;
  if (!isRef(last)) refuse();
  pop(last | 1);
  popList(types, n - 1);
  pushList(types, n - 1);
}

/** The same reference, not null. */
export function nonNull(t: number): number {
  return t === BOT ? BOT_REF : t & ~1;
}
