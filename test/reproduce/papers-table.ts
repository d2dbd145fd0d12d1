import { evaluate } from '../../src/litmus/condition.ts';
import { exploreProgram, programOf } from '../support/explore-file.ts';
import type { Claim } from './claim.ts';

const FOLDER = new URL('../../models/litmus/oopsla19/', import.meta.url).pathname;

const COLUMNS = ['js-es2018', 'js-es2018-scdrf', 'wasm-oopsla19-uncorrected', 'wasm-oopsla19'] as const;

/**
 * The papers' programs: file of the litmus library, source, program and outcome, and a letter for each of {@link COLUMNS}: Allowed, Forbidden, or – where
 * the program cannot be written in that language.
 */
const ROWS: readonly (readonly [string, string, string, string])[] = [
  ['Fig1', 'OOPSLA19 Fig. 1', 'W x1; W x2 ‖ R x2; R x1; R x2; R x1', 'AAAA'],
  ['Fig12', 'OOPSLA19 Fig. 12', 'store; grow ‖ load in the new page; load 0', 'A–AA'],
  ['Fig12+size', 'OOPSLA19 Fig. 12', 'the same, memory.size saw the growth', 'F–FF'],
  ['Fig14', 'OOPSLA19 Fig. 14', 'grow ‖ store in bounds; store traps', 'A–AA'],
  ['Fig18', 'OOPSLA19 Fig. 18', 'Wsc x1; Wsc y1 ‖ Wsc x2; Rsc y1; R x2; R x1', 'AFAF'],
  ['SC-DRF-least', 'OOPSLA19 §6.2', 'Wsc x1; Rsc x2; R x1 ‖ Wsc x2', 'AFAF'],
  ['dagger', 'OOPSLA19 Fig. 16 (†)', 'W x1; Wsc y1; RMW x1→3 ‖ Rsc y1; Wsc x2; Rsc x3', 'AFAF'],
  ['ARMv8', 'PLDI20', 'Wsc x1; Wsc x2; W y1; Wsc z1 ‖ Wsc y2; Rsc x1; Rsc z1; Rsc y2', 'FFAA'],
  ['ARMv8-least', 'PLDI20', 'Wsc x1; W x2; Rsc y1 ‖ Wsc y1; W y2; Rsc x1', 'FFAA'],
  ['SB-sc', 'OOPSLA19 §6', 'SB, all seqcst, both 0', 'FFAF'],
  ['SB-bytes', 'OOPSLA19 §6', 'SB on bytes, W and Rsc, both 0', 'FFAA'],
  ['SB-words', 'OOPSLA19 §6', 'SB on four bytes, W and Rsc, both 0', 'AAAA'],
  ['mixed-init', 'OOPSLA19 Fig. 16 (no-tear)', 'a load mixes a store with the initial bytes', 'AAAA'],
];

/** The verdicts of the papers' table, through the front end and the search. */
export const papersTable: readonly Claim[] = ROWS.map(([file, source, text, verdicts]) => ({
  group: `The papers’ programs under ${COLUMNS.join(', ')}`,
  source,
  text,
  claimed: verdicts,
  judge: () => {
    const program = programOf(`${FOLDER}${file}.wast`);
    const [litmus] = program.litmus;
    const answer = COLUMNS.map((model, i) => {
      if (verdicts[i] === '–' || litmus === undefined) return '–';
      const { verdict } = evaluate(litmus, exploreProgram(program, model).outcomes);
      return verdict === 'forbidden' ? 'F' : 'A';
    }).join('');
    return { answer, agrees: answer === verdicts };
  },
}));
