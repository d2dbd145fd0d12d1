import { writeFileSync } from 'node:fs';
import { GOLDEN_FILE, outcomesNow } from '../test/support/golden.ts';

/** Writes the litmus library's outcome sets anew: after a change that is meant to change them, and was understood. */
writeFileSync(GOLDEN_FILE, `${JSON.stringify(outcomesNow(), null, 2)}\n`);
