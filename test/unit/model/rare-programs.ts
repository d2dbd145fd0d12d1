import { program, Racq, Rsc, Wrel, Wsc, x, y } from './build.ts';

/** Programs of what random executions hit too rarely. */

/** Two seqcst writes, in one order by store buffering, in the other around an acqrel write. */
export const aroundAcqrel = program(
  [Wsc(x, 2), Rsc(y, 0)],
  [Wsc(y, 1), Wsc(x, 1), Racq(x, 3)],
  [Wrel(x, 3), Racq(x, 2)],
);

/** Store buffering, where one read reads from an acqrel write that its seqcst rival overwrote. */
export const overwrittenAcqrel = program([Wrel(x, 1)], [Wsc(x, 2), Rsc(y, 0)], [Wsc(y, 1), Rsc(x, 1), Racq(x, 2)]);
