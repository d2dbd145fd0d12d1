import { makeExec } from '../../../src/exec/executor.ts';
import type { LassoFile, ReplayFile } from '../../../src/explore/replay/file.ts';
import { isLasso } from '../../../src/explore/replay/file.ts';
import { replayLasso } from '../../../src/explore/replay/lasso.ts';
import { readReplay } from '../../../src/explore/replay/read.ts';
import type { Replayed } from '../../../src/explore/replay/replay.ts';
import { replay } from '../../../src/explore/replay/replay.ts';
import type { Show } from '../../../src/explore/result.ts';
import type { Readings } from '../../../src/syntax/readings.ts';
import { outcomeKeyOf } from '../../outcomes/key.ts';
import type { Loaded } from '../../work/load.ts';
import { loadWritten } from '../../work/load.ts';
import { modelNamed, modelNames, OWN, setOwnModel } from '../../work/models.ts';
import { readingsOf } from '../../work/readings.ts';
import { Refused } from '../../work/refused.ts';
import type { ReplayAsked, ReplayChecked } from '../calls.ts';

/** Instructions of a thread between two requests. */
const FUEL = 1_000_000;

/** Whether the program, under the file’s model and readings, does what a replay file says. */
export function checkReplay({ program: written, text, mine }: ReplayAsked): ReplayChecked {
  const read = readReplay(text);
  if (!read.ok) throw new Refused(read.error);
  const file = read.value;
  const readings = readingsOf(file.readings);
  const loaded = loadWritten(written, readings);
  if (!loaded.ok) return { against: 'its program is not valid', outcome: null, hasModel: true };
  setOwnModel(mine);
  const hasModel = modelNames().includes(file.model) || (file.model === OWN && mine !== null);
  if (!hasModel && !isLasso(file)) return { against: null, outcome: null, hasModel };
  return { ...judged(file, loaded.value, readings), hasModel };
}

function judged(
  file: ReplayFile | LassoFile,
  { program, show }: Loaded,
  readings: Readings,
): Omit<ReplayChecked, 'hasModel'> {
  const executor = makeExec({ readings, fuel: FUEL });
  let outcome: string | null = null;
  const told: Show = (found) => {
    outcome = outcomeKeyOf(found.values);
    return show(found);
  };
  const it: Replayed = isLasso(file)
    ? replayLasso(program, executor, readings, file)
    : replay(program, executor, modelNamed(file.model), readings, file, told);
  if (it.kind === 'done')
    return { against: it.same ? null : 'the program ends in another outcome than the file says', outcome };
  const place = it.site === null ? null : program.source.position(it.site.at.start);
  const where = place === null ? '' : `, at line ${place.line}, ${it.site?.text}`;
  return { against: `${it.why}${it.event === null ? '' : ` (event ${it.event})`}${where}`, outcome };
}
