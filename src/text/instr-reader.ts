import { Bug, assertNever, known } from '../base/assert.ts';
import { MAX_BLOCKS } from '../syntax/limits.ts';
import type { Annotation, BlockType, Catch, Instr, PlainInstr } from '../syntax/module.ts';
import { UNIT, isBlockUnit, isMnemonicUnit } from './classes.ts';
import type { Cursor } from './context.ts';
import { ImmediateReader } from './immediates.ts';
import { annotationsWithin, nameNote, noted } from './notes.ts';
import { idOfToken, reportAt } from './resolve.ts';
import { closeOf, rowOf, shown, spanOf } from './tokens.ts';
import { resolveTypeUse } from './type-use.ts';

/** A block's opening. */
interface Head {
  readonly kind: 'block' | 'loop' | 'if' | 'try_table';
  /** Its identifier, which a label after `else` or `end` repeats. */
  readonly id: string | null;
  readonly label: string | null;
  readonly type: BlockType;
  readonly catches: readonly Catch[];
  readonly at: Instr['at'];
  readonly notes: Annotation[];
}

/** A folded instruction whose operands are being read. */
interface Fold {
  readonly kind: 'fold';
  readonly instr: PlainInstr;
}

/** A block whose body, or arms, or, of a folded `if`, condition is being read. */
interface Block {
  readonly kind: 'block';
  readonly head: Head;
  /** The list that the block belongs to. */
  readonly outer: Instr[];
  /** null: not read yet. */
  body: readonly Instr[] | null;
  otherwise: readonly Instr[];
}

/** An arm of a folded `if`. */
interface Arm {
  readonly kind: 'arm';
  readonly block: Block;
  readonly isElse: boolean;
}

const KINDS = new Map<number, Head['kind']>([
  [UNIT.block, 'block'],
  [UNIT.loop, 'loop'],
  [UNIT.if, 'if'],
  [UNIT.tryTable, 'try_table'],
]);

const CATCHES = new Map<number, Catch['kind']>([
  [UNIT.catch, 'catch'],
  [UNIT.catchRef, 'catch_ref'],
  [UNIT.catchAll, 'catch_all'],
  [UNIT.catchAllRef, 'catch_all_ref'],
]);

/**
 * The instructions that tokens `first` to `last` hold [core 3.0, Text Format, Folded Instructions]: operands of folded ones before
 * the instruction itself. The grammar has taken the tokens; one walk over them builds the tree, since a stack of its own has no limit
 * and the nodes of a match cost more than all else.
 */
export function readInstrs(cursor: Cursor, first: number, last: number): Instr[] {
  return new InstrReader(cursor).read(first, last);
}

/** What bounds the memory of one body; engines take none of over 7,654,321 bytes [JavaScript API, Implementation-defined Limits]. */
const MAX_INSTRUCTIONS = 4_000_000;

/** The type of most blocks, and what is in an empty one. */
const NO_TYPE: BlockType = { kind: 'value', result: null };
const EMPTY: readonly Instr[] = [];

function countInstructions(units: Uint16Array): number {
  let count = 0;
  for (const unit of units) if (isMnemonicUnit(unit) || isBlockUnit(unit)) count++;
  return count;
}

/** Hides the stack of what is being read. */
class InstrReader {
  readonly #cursor: Cursor;
  readonly #reader: ImmediateReader;
  readonly #stack: (Fold | Block | Arm)[] = [];
  #out: Instr[] = [];

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
    this.#reader = new ImmediateReader(cursor);
  }

  read(first: number, last: number): Instr[] {
    const { units } = this.#cursor.module.tokens;
    const reader = this.#reader;
    if (last - first >= MAX_INSTRUCTIONS && countInstructions(units.subarray(first, last + 1)) > MAX_INSTRUCTIONS) {
      reportAt(this.#cursor.module, first, 'Parse/size', `over ${MAX_INSTRUCTIONS} instructions in one place`);
      return [];
    }
    reader.next = first;
    while (reader.next <= last) {
      const token = reader.next++;
      const unit = units[token] ?? 0;
      if (isMnemonicUnit(unit)) this.#out.push(this.#plain(token, token));
      else if (unit === UNIT.open) this.#open(token);
      else if (unit === UNIT.close) this.#close(token);
      else if (isBlockUnit(unit)) this.#openBlock(token, token, true);
      else if (unit === UNIT.else) this.#flatElse(token);
      else this.#flatEnd(token);
      if (reader.labels.length > MAX_BLOCKS) {
        reportAt(this.#cursor.module, token, 'Parse/depth', `nested too deeply: over ${MAX_BLOCKS} blocks`);
        return [];
      }
    }
    return this.#out;
  }

  /** A plain instruction; its annotations are those from token `from` on. */
  #plain(mnemonic: number, from: number): PlainInstr {
    const { tokens, notes } = this.#cursor.module;
    const row = rowOf(tokens, mnemonic);
    const imm = this.#reader.immediates(row);
    const last = this.#reader.next - 1;
    const at = spanOf(tokens, mnemonic, last);
    if (notes.isEmpty) return { kind: 'plain', op: row.mnemonic, imm, at };
    return { kind: 'plain', op: row.mnemonic, imm, at, ...noted(this.#notes(from, last)) };
  }

  #open(open: number): void {
    const keyword = this.#reader.next++;
    const unit = this.#cursor.module.tokens.units[keyword] ?? 0;
    if (isMnemonicUnit(unit)) {
      this.#stack.push({ kind: 'fold', instr: this.#plain(keyword, open) });
    } else if (isBlockUnit(unit)) this.#openBlock(keyword, open, false);
    else this.#openArm(open, keyword, unit === UNIT.else);
  }

  #close(token: number): void {
    const top = known(this.#stack.pop(), 'an open parenthesis');
    switch (top.kind) {
      case 'fold': {
        const more = this.#notes(token, token);
        const { instr } = top;
        this.#out.push(more.length === 0 ? instr : { ...instr, notes: [...(instr.notes ?? []), ...more] });
        return;
      }
      case 'arm':
        this.#note(top.block, token, token);
        this.#leave(top.block, top.isElse);
        return;
      case 'block':
        this.#note(top, token, token);
        if (top.body === null) this.#leave(top, false);
        this.#push(top);
        return;
      default:
        assertNever(top);
    }
  }

  #openBlock(keyword: number, from: number, isFlat: boolean): void {
    const head = this.#head(keyword, from);
    const block: Block = { kind: 'block', head, outer: this.#out, body: null, otherwise: [] };
    this.#stack.push(block);
    // The condition of a folded `if` comes before it, outside its label.
    if (isFlat || head.kind !== 'if') this.#enter(block);
  }

  #openArm(open: number, keyword: number, isElse: boolean): void {
    const block = this.#innermost();
    this.#note(block, open, keyword);
    this.#stack.push({ kind: 'arm', block, isElse });
    this.#enter(block);
  }

  #flatElse(token: number): void {
    const block = this.#innermost();
    this.#repeatedLabel(block, token);
    this.#leave(block, false);
    this.#enter(block);
  }

  #flatEnd(token: number): void {
    const block = this.#innermost();
    this.#stack.pop();
    this.#repeatedLabel(block, token);
    this.#leave(block, block.body !== null);
    this.#push(block);
  }

  #innermost(): Block {
    const top = this.#stack.at(-1);
    if (top === undefined || top.kind !== 'block') throw new Bug('no block is open');
    return top;
  }

  #enter(block: Block): void {
    this.#reader.labels.push(block.head.id);
    this.#out = [];
  }

  #leave(block: Block, isElse: boolean): void {
    const body = this.#out.length === 0 ? EMPTY : this.#out;
    if (isElse) block.otherwise = body;
    else block.body = body;
    this.#reader.labels.pop();
    this.#out = block.outer;
  }

  #push({ head, body, otherwise }: Block): void {
    const { kind, label, type, at } = head;
    const instrs = body ?? [];
    const { catches } = head;
    const notes = noted(head.notes);
    if (kind === 'try_table') this.#out.push({ kind, label, type, catches, body: instrs, at, ...notes });
    // oxlint-disable-next-line unicorn/no-thenable -- the arm's name in the abstract syntax
    else if (kind === 'if') this.#out.push({ kind, label, type, then: instrs, else: otherwise, at, ...notes });
    else this.#out.push({ kind, label, type, body: instrs, at, ...notes });
  }

  /** A label after `else` or `end`, which repeats the block's. */
  #repeatedLabel(block: Block, keyword: number): void {
    const { module } = this.#cursor;
    const token = this.#reader.next;
    if (module.tokens.units[token] === UNIT.id) {
      this.#reader.next++;
      const id = idOfToken(module, token);
      if (id !== block.head.id) reportAt(module, token, 'Resolve/mismatching-label', `mismatching label $${shown(id)}`);
    }
    this.#note(block, keyword, this.#reader.next - 1);
  }

  #head(keyword: number, from: number): Head {
    const { module } = this.#cursor;
    const { tokens } = module;
    const reader = this.#reader;
    const kind = known(KINDS.get(tokens.units[keyword] ?? 0), 'the kind of a block');
    const idToken = tokens.units[reader.next] === UNIT.id ? reader.next++ : null;
    const id = idToken === null ? null : idOfToken(module, idToken);
    const label = nameNote(module, reader.next, 'label') ?? id;
    const type = this.#blockType(keyword);
    const at = spanOf(tokens, keyword, reader.next - 1);
    const catches = kind === 'try_table' ? this.#catches() : [];
    return { kind, id, label, type, catches, at, notes: this.#notes(from, reader.next - 1) };
  }

  #catches(): Catch[] {
    const { units } = this.#cursor.module.tokens;
    const catches: Catch[] = [];
    while (units[this.#reader.next] === UNIT.open) {
      const clause = CATCHES.get(units[this.#reader.next + 1] ?? 0);
      if (clause === undefined) break;
      catches.push(this.#catch(clause));
    }
    return catches;
  }

  #catch(kind: Catch['kind']): Catch {
    const { tokens } = this.#cursor.module;
    const open = this.#reader.next;
    this.#reader.next += 2;
    const tag = kind === 'catch' || kind === 'catch_ref' ? this.#reader.tag() : null;
    const label = this.#reader.label();
    this.#reader.next++;
    return { kind, tag, label, at: spanOf(tokens, open, closeOf(tokens, open)) };
  }

  #blockType(keyword: number): BlockType {
    const { module } = this.#cursor;
    const first = this.#reader.next;
    const { ref, params, results } = this.#reader.blockForm();
    if (ref === null && params.length === 0 && results.length === 0) return NO_TYPE;
    if (ref === null && params.length === 0 && results.length === 1)
      return { kind: 'value', result: results[0] ?? null };
    const at = spanOf(module.tokens, first < this.#reader.next ? first : keyword, this.#reader.next - 1);
    return { kind: 'type', type: resolveTypeUse(module, ref, params, results, 'unshared', at) };
  }

  #note(block: Block, first: number, last: number): void {
    for (const note of this.#notes(first, last)) block.head.notes.push(note);
  }

  #notes(first: number, last: number): Annotation[] {
    if (this.#cursor.module.notes.isEmpty) return [];
    return annotationsWithin(this.#cursor.module, first, last, 'instruction');
  }
}
