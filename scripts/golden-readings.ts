import { writeFileSync } from 'node:fs';
import { MATRIX_FILE, matrixNow } from '../test/support/readings-matrix.ts';

/** Writes the matrix of switches and test modules anew: after a change that is meant to change it, and was understood. */
writeFileSync(MATRIX_FILE, `${JSON.stringify(matrixNow(), null, 2)}\n`);
