import type { Access } from '../../event/action.ts';
import { fieldOf } from '../../event/location.ts';
import type { Program, ProgramCommand, ProgramModule } from '../../runtime/program.ts';
import type { Expr, Module, PlainInstr } from '../../syntax/module.ts';

/** What the code of a program may write at all, whether or not it ever runs. */
interface Written {
  /** Lengths change: growth, and segments that are dropped. */
  lengths: boolean;
  /** Bytes of memories are written by accesses that are not seqcst. */
  plainBytes: boolean;
  /** The sizes of the seqcst writes of bytes. */
  readonly sizes: Set<number>;
  /** Slots, globals, fields or elements are written, and by accesses that are not seqcst. */
  others: boolean;
  plainOthers: boolean;
}

/**
 * Whether, as far as the program's text tells, a read might find a write that is not seqcst on its range as it is itself, and that the program's structure
 * does not place before it: the segments of modules that are instantiated before there is a second thread are.
 */
export function writesOf({ commands, command }: Program): (read: Access) => boolean {
  const written: Written = { lengths: false, plainBytes: false, sizes: new Set(), others: false, plainOthers: false };
  let isAlone = command === undefined;
  for (const one of commands) {
    for (const { valid } of modulesIn([one])) note(valid.module, written, isAlone && one.kind === 'module');
    isAlone &&= forksNothing(one);
  }
  const { lengths, plainBytes, sizes, others, plainOthers } = written;
  return (read) => {
    const strong = read.order === 'seqcst';
    switch (fieldOf(read.region)) {
      case 'length':
        return lengths && !strong;
      case 'data':
        return plainBytes || [...sizes].some((size) => !strong || size !== read.size);
      default:
        return plainOthers || (others && !strong);
    }
  };
}

function modulesIn(commands: readonly ProgramCommand[]): ProgramModule[] {
  return commands.flatMap((command) => {
    if (command.kind === 'thread') return modulesIn(command.commands);
    return 'module' in command && typeof command.module === 'object' && command.module !== null ? [command.module] : [];
  });
}

/** Whether no code runs by the command. */
function forksNothing(command: ProgramCommand): boolean {
  switch (command.kind) {
    case 'module':
      return command.module.valid.module.start === null;
    case 'definition':
    case 'register':
    case 'assert_static':
      return true;
    default:
      return false;
  }
}

/** `isFirst`: its segments are written where there is no other thread yet. Those that are not active are written by instructions. */
function note(module: Module, written: Written, isFirst: boolean): void {
  if (!isFirst && module.datas.some(({ mode }) => mode.kind === 'active')) written.plainBytes = true;
  if (!isFirst && module.elems.some(({ mode }) => mode.kind === 'active')) written.plainOthers = written.others = true;
  for (const { body } of module.funcs) for (const instr of plainIn(body)) noteInstr(instr, written);
}

function* plainIn(body: Expr): Generator<PlainInstr> {
  for (const instr of body) {
    if (instr.kind === 'plain') yield instr;
    else if (instr.kind === 'if') {
      yield* plainIn(instr.then);
      yield* plainIn(instr.else);
    } else yield* plainIn(instr.body);
  }
}

/** `i64.atomic.rmw16.add_u`: its type's bits, what it does, and the bits of the access if they are fewer. */
const ATOMIC_BYTES = /^i(32|64)\.atomic\.(?:store|rmw)(8|16|32)?(?:\.|$)/;
const PLAIN_BYTES = /^(?:[fi](?:32|64)\.store|v128\.store|memory\.(?:fill|copy|init)$)/;
const OTHERS = /^(?:global|table|struct|array|waitqueue)\..*(?:set|rmw|fill|copy|init|notify)/;

function noteInstr({ op, imm }: PlainInstr, written: Written): void {
  const strong = !('order' in imm && imm.order !== 'none' && imm.order !== 'seqcst');
  const [bytes, bits, fewer] = ATOMIC_BYTES.exec(op) ?? [];
  if (/^(?:memory|table)\.grow$|\.drop$/.test(op)) written.lengths = true;
  else if (bytes !== undefined) {
    if (strong) written.sizes.add(Number(fewer ?? bits) / 8);
    else written.plainBytes = true;
  } else if (PLAIN_BYTES.test(op)) written.plainBytes = true;
  else if (OTHERS.test(op)) {
    written.others = true;
    if (!strong || !op.includes('.atomic.')) written.plainOthers = true;
  }
}
