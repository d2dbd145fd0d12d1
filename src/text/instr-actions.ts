import type { ActionDict, Node } from 'ohm-js';
import { known } from '../base/assert.ts';
import { instructionRow } from '../syntax/instructions.ts';
import type { BlockType, Instr } from '../syntax/module.ts';
import type { ValType } from '../syntax/types.ts';
import type { Cursor } from './context.ts';
import { immediateOf } from './immediates.ts';
import { build, optional, optionalId, report, spanBetween, textOf, tokenOf } from './nodes.ts';
import { resolveTypeUse } from './type-use.ts';
import { lastTokenAt } from './view.ts';

/** Blocks in blocks that the rooms which walk a function's body can take. */
const MAX_BLOCKS = 500;

/** A block's opening: which kind, its label and its type. */
interface Head {
  readonly kind: 'block' | 'loop' | 'if';
  readonly label: string | null;
  readonly type: BlockType;
  readonly at: Instr['at'];
}

/**
 * Actions of the grammar's instructions: each appends what it reads to `cursor.out`, operands of folded instructions
 * before the instruction itself [core specification, Text Format, Folded Instructions]. `readLater` sets the instruction
 * behind a hole aside, to be matched by a rule and put in its place.
 */
export function instrActions(
  cursor: Cursor,
  readLater: (first: number, last: number, rule: string) => void,
): ActionDict<unknown> {
  const head = (keyword: Node, label: Node, type: Node): Head => ({
    kind: textOf(cursor, keyword) as Head['kind'],
    label: optionalId(cursor, label),
    type: build<BlockType>(type),
    at: spanBetween(
      cursor,
      keyword,
      type.source.endIdx > type.source.startIdx ? type : label.numChildren > 0 ? label : keyword,
    ),
  });

  /** The instructions of some nodes as a list of their own. */
  const collect = (nodes: readonly Node[]): Instr[] => {
    const outer = cursor.out;
    const inner: Instr[] = [];
    cursor.out = inner;
    for (const node of nodes) build(node);
    cursor.out = outer;
    return inner;
  };

  const setAside = (hole: Node, rule: string): void => {
    // Beyond the limit, which has been complained of, there is no need to read on.
    if (cursor.labels.length > MAX_BLOCKS) return;
    readLater(tokenOf(cursor, hole), lastTokenAt(cursor.view, hole.source.startIdx), rule);
  };

  const within = (label: string | null, nodes: readonly Node[]): Instr[] => {
    const [first] = nodes;
    if (cursor.labels.length === MAX_BLOCKS && first !== undefined)
      report(cursor, first, 'Parse/depth', `nested too deeply: over ${MAX_BLOCKS} blocks`);
    cursor.labels.push(label);
    const body = collect(nodes);
    cursor.labels.pop();
    return body;
  };

  /** A label after `else` or `end` repeats the block's. */
  const checkLabel = (label: string | null, repeated: Node): void => {
    const id = optionalId(cursor, repeated);
    if (id !== null && id !== label) report(cursor, repeated, 'Resolve/mismatching-label', `mismatching label $${id}`);
  };

  const block = ({ kind, label, type, at }: Head, body: Node): void => {
    const instrs = within(label, body.children);
    cursor.out.push({ kind: kind === 'loop' ? 'loop' : 'block', label, type, body: instrs, at });
  };

  const conditional = ({ label, type, at }: Head, then: Node, otherwise: Node | null): void => {
    const thenInstrs = within(label, then.children);
    const elseInstrs = otherwise === null ? [] : within(label, otherwise.children);
    // oxlint-disable-next-line unicorn/no-thenable -- the arm's name in the abstract syntax
    cursor.out.push({ kind: 'if', label, type, then: thenInstrs, else: elseInstrs, at });
  };

  return {
    plain(mnemonic, immediates): void {
      const row = known(instructionRow(textOf(cursor, mnemonic)), 'the row of a mnemonic');
      const imm = immediateOf(cursor, row, immediates);
      const last = immediates.source.endIdx > immediates.source.startIdx ? immediates : mnemonic;
      cursor.out.push({ kind: 'plain', op: row.mnemonic, imm, at: spanBetween(cursor, mnemonic, last) });
    },
    folded(open, first, rest, _close): void {
      switch (first.ctorName) {
        case 'plain':
          for (const operand of rest.children) build(operand);
          build(first);
          return;
        case 'blockHead':
          block(build<Head>(first), rest);
          return;
        case 'ifHead': {
          const opened = build<Head>(first);
          const [conditions, , , then, , otherwise] = rest.children;
          for (const condition of known(conditions, 'conditions').children) build(condition);
          const arm = optional(known(otherwise, 'an else arm'));
          conditional(opened, known(then, 'a then arm'), arm === null ? null : arm.child(2));
          return;
        }
        default:
          setAside(open, 'folded');
      }
    },
    structured(first, body, _end, label): void {
      if (first.isTerminal()) {
        setAside(first, 'structured');
        return;
      }
      const opened = build<Head>(first);
      if (first.ctorName === 'blockHead') block(opened, body);
      else {
        const arm = optional(body.child(1));
        if (arm !== null) checkLabel(opened.label, arm.child(1));
        conditional(opened, body.child(0), arm === null ? null : arm.child(2));
      }
      checkLabel(opened.label, label);
    },
    blockHead: (keyword, label, type) => head(keyword, label, type),
    ifHead: (keyword, label, type) => head(keyword, label, type),
    blockType(ref, params, results): BlockType {
      const paramTypes = params.children.flatMap((param) => build<ValType[]>(param));
      const resultTypes = results.children.flatMap((result) => build<ValType[]>(result));
      if (optional(ref) === null && paramTypes.length === 0 && resultTypes.length <= 1) {
        return { kind: 'value', result: resultTypes[0] ?? null };
      }
      const at = spanBetween(cursor, this);
      return { kind: 'type', type: resolveTypeUse(cursor, optional(ref), paramTypes, resultTypes, 'unshared', at) };
    },
  };
}
