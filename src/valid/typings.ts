import { assertNever, Bug } from '../base/assert.ts';
import { INSTRUCTIONS, type InstructionRow } from '../syntax/instructions.ts';
import type { DataType } from '../syntax/types.ts';
import {
  checkAtomicCmpxchg,
  checkAtomicFence,
  checkAtomicLoad,
  checkAtomicNotify,
  checkAtomicRmw,
  checkAtomicStore,
  checkAtomicWait,
  checkPause,
} from './atomic-rules.ts';
import type { DataSignature } from './code.ts';
import { GC_TYPINGS } from './gc-typings.ts';
import { atomicAccess, index, laneAccess, lanes, memarg, pair, type Typing, typing } from './immediates.ts';
import {
  addressed,
  checkDataDrop,
  checkLoad,
  checkMemoryCopy,
  checkMemoryFill,
  checkMemoryGrow,
  checkMemoryInit,
  checkMemorySize,
  checkStore,
} from './memory-rules.ts';
import { OBJECT_ATOMIC_TYPINGS } from './object-atomic-typings.ts';
import { PLAIN_TYPINGS } from './plain-typings.ts';
import { checkConst, checkNumeric } from './value-rules.ts';
import {
  checkExtractLane,
  checkLoadLane,
  checkReplaceLane,
  checkShuffle,
  checkStoreLane,
  checkVector,
  checkVectorLoad,
  checkVectorStore,
} from './vector-rules.ts';

/**
 * The way from an instruction to its rule: one entry for each row of the instruction table, made once. Rows that mean data or memory go by their
 * meaning, the others by their mnemonic.
 */

/** Of the rows whose rule is their own. */
const SPECIAL: Readonly<Record<string, Typing>> = { ...PLAIN_TYPINGS, ...GC_TYPINGS, ...OBJECT_ATOMIC_TYPINGS };

type Signature = NonNullable<InstructionRow['signature']>;

/** A signature without address types. */
function fixed({ params, results }: Signature): DataSignature {
  const data = (t: Signature['params'][number]): DataType => {
    if (t === 'addr') throw new Bug('an address type without a memory');
    return t;
  };
  return { params: params.map(data), results: results.map(data) };
}

function signatureOf(row: InstructionRow): Signature {
  if (row.signature === null) throw new Bug(`${row.mnemonic} has no signature`);
  return row.signature;
}

function typingOf(row: InstructionRow): Typing {
  const { meaning } = row;
  if (meaning.kind === 'special') return SPECIAL[row.mnemonic] ?? memoryTyping(row);
  const signature = signatureOf(row);
  switch (meaning.kind) {
    case 'numeric': {
      const ft = fixed(signature);
      return typing('numeric', (code, site) => checkNumeric(code, site, ft));
    }
    case 'const': {
      const ft = fixed(signature);
      return typing('const', (code, site) => checkConst(code, site, ft));
    }
    case 'vector':
      return vectorTyping(row, fixed(signature));
    case 'fence':
      return typing('atomic.fence', checkAtomicFence);
    default:
      return accessTyping(row, meaning);
  }
}

type AccessMeaning = Exclude<InstructionRow['meaning'], { kind: 'numeric' | 'const' | 'vector' | 'fence' | 'special' }>;

function accessTyping(row: InstructionRow, meaning: AccessMeaning): Typing {
  const ft = addressed(signatureOf(row));
  const bytes = meaning.kind === 'notify' ? 4 : meaning.bytes;
  switch (meaning.kind) {
    case 'load':
      if (!meaning.atomic) return typing('load', (code, site, imm) => checkLoad(code, site, ft, memarg(imm), bytes));
      return typing('atomic.load', (code, site, imm) => checkAtomicLoad(code, site, ft, atomicAccess(imm, bytes)));
    case 'store':
      if (!meaning.atomic) return typing('store', (code, site, imm) => checkStore(code, site, ft, memarg(imm), bytes));
      return typing('atomic.store', (code, site, imm) => checkAtomicStore(code, site, ft, atomicAccess(imm, bytes)));
    case 'rmw':
      return typing('atomic.rmw', (code, site, imm) => checkAtomicRmw(code, site, ft, atomicAccess(imm, bytes)));
    case 'cmpxchg':
      return typing('atomic.cmpxchg', (code, site, imm) =>
        checkAtomicCmpxchg(code, site, ft, atomicAccess(imm, bytes)),
      );
    case 'wait':
      return typing('atomic.wait', (code, site, imm) => checkAtomicWait(code, site, ft, atomicAccess(imm, bytes)));
    case 'notify':
      return typing('atomic.notify', (code, site, imm) => checkAtomicNotify(code, site, ft, atomicAccess(imm, bytes)));
    case 'vector-load':
      if (row.immediates === 'memarg-lane')
        return typing('vload_lane', (code, site, imm) => checkLoadLane(code, site, ft, laneAccess(imm), bytes));
      return typing('vload', (code, site, imm) => checkVectorLoad(code, site, ft, memarg(imm), bytes));
    case 'vector-store':
      if (row.immediates === 'memarg-lane')
        return typing('vstore_lane', (code, site, imm) => checkStoreLane(code, site, ft, laneAccess(imm), bytes));
      return typing('vstore', (code, site, imm) => checkVectorStore(code, site, ft, memarg(imm), bytes));
    default:
      return assertNever(meaning);
  }
}

function vectorTyping({ mnemonic, immediates }: InstructionRow, ft: DataSignature): Typing {
  if (immediates === 'lanes') return typing('vshuffle', (code, site, imm) => checkShuffle(code, site, lanes(imm)));
  if (immediates !== 'lane') return typing('vector', (code, site) => checkVector(code, site, ft));
  // `i8x16.replace_lane` has 16.
  const count = Number(mnemonic.slice(mnemonic.indexOf('x') + 1, mnemonic.indexOf('.')));
  return mnemonic.includes('replace')
    ? typing('vreplace_lane', (code, site, imm) => checkReplaceLane(code, site, ft, index(imm), count))
    : typing('vextract_lane', (code, site, imm) => checkExtractLane(code, site, ft, index(imm), count));
}

function memoryTyping(row: InstructionRow): Typing {
  const ft = addressed(row.signature ?? { params: [], results: [] });
  switch (row.mnemonic) {
    case 'memory.size':
      return typing('memory.size', (code, site, imm) => checkMemorySize(code, site, ft, index(imm)));
    case 'memory.grow':
      return typing('memory.grow', (code, site, imm) => checkMemoryGrow(code, site, ft, index(imm)));
    case 'memory.fill':
      return typing('memory.fill', (code, site, imm) => checkMemoryFill(code, site, ft, index(imm)));
    case 'memory.copy':
      return typing('memory.copy', (code, site, imm) => checkMemoryCopy(code, site, pair(imm).x, pair(imm).y));
    case 'memory.init':
      return typing('memory.init', (code, site, imm) => checkMemoryInit(code, site, ft, pair(imm).x, pair(imm).y));
    case 'data.drop':
      return typing('data.drop', (code, site, imm) => checkDataDrop(code, site, index(imm)));
    case 'pause':
      return typing('pause', checkPause);
    default:
      throw new Bug(`no typing rule for ${row.mnemonic}`);
  }
}

/** The typing of every plain instruction, by mnemonic. */
export const TYPINGS: ReadonlyMap<string, Typing> = new Map(INSTRUCTIONS.map((row) => [row.mnemonic, typingOf(row)]));
