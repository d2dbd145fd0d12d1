import { exploreProgram, program } from '../support/explore-file.ts';
import type { Claim } from './claim.ts';
import { COUNTED_PROGRAMS } from './counted-programs.ts';

/** The numbers of executions under sequential consistency that GenMC reports. */
export const counts: readonly Claim[] = COUNTED_PROGRAMS.map(({ name, text, executions, long }) => ({
  group: 'Executions under sequential consistency, one for each reads-from and order of writes',
  source: 'GenMC 0.10.3',
  text: name,
  claimed: executions.toLocaleString('en'),
  long,
  judge: () => {
    const result = exploreProgram(program(text), 'sc');
    const answer = result.executions.toLocaleString('en');
    return { answer, agrees: result.complete && result.executions === executions && result.duplicates === 0 };
  },
}));
