import type { Claim } from './claim.ts';
import { compilation } from './compilation.ts';
import { counts } from './counts.ts';
import { emme } from './emme.ts';
import { papersTable } from './papers-table.ts';
import { rc11 } from './rc11.ts';
import { scDrf } from './sc-drf.ts';

/** Everything that Weft reproduces, the quick things first. */
export const CLAIMS: readonly Claim[] = [...papersTable, ...counts, ...emme, ...rc11, ...scDrf, ...compilation];
