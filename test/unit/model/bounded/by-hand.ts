import type { Order } from '../../../../src/event/action.ts';
import { known } from '../../../../src/base/assert.ts';
import type { Letter } from '../../../../src/model/bounded/alphabet.ts';
import { singleBytes } from '../../../../src/model/bounded/alphabet.ts';
import type { BoundedProgram } from '../../../../src/model/bounded/programs.ts';
import type { ReadSlots } from '../../../../src/model/bounded/reads-from.ts';
import { ALLOCATION, readSlotsOf } from '../../../../src/model/bounded/reads-from.ts';
import { naiveReadsFrom } from './naive.ts';

const PLACES = singleBytes(4);
const KINDS: Readonly<Record<string, Letter['kind']>> = { R: 'rd', W: 'wr', U: 'rmw', F: 'fence' };

/**
 * A program written `Wx1 Rscy0 | F Ux0>2`: threads, events, letters R W U F with `sc`, `ar` or the given order (an update's is at least acqrel), places, values. With
 * every reads-from that gives the reads their values.
 */
export function smallProgram(
  text: string,
  order: Order = 'unord',
  fence: Order = 'seqcst',
): { readonly program: BoundedProgram; readonly slots: ReadSlots; readonly rfs: readonly Int8Array[] } {
  const letters: Letter[] = [];
  const threads = text.split('|').map((thread) => thread.trim().split(/\s+/));
  const events = threads.flatMap((thread, t) =>
    thread.map((event) => {
      const match = known(/^([RWUF])(sc|ar)?([xyzw])?(\d+)?(?:>(\d+))?$/.exec(event), event);
      const [, kind = '', own, place, first, second] = match;
      const named = own === 'sc' ? 'seqcst' : own === 'ar' ? 'acqrel' : kind === 'F' ? fence : order;
      const letter = { kind: known(KINDS[kind], kind), order: kind === 'U' && named === 'unord' ? 'acqrel' : named };
      letters.push(letter);
      return {
        thread: t,
        place: place === undefined ? -1 : 'xyzw'.indexOf(place),
        read: kind === 'R' || kind === 'U' ? Number(first) : null,
        written: kind === 'W' ? Number(first) : kind === 'U' ? Number(second) : null,
      };
    }),
  );
  const program: BoundedProgram = {
    alphabet: { places: PLACES, letters },
    count: events.length,
    sizes: threads.map((thread) => thread.length),
    thread: Int8Array.from(events, ({ thread }) => thread),
    place: Int8Array.from(events, ({ place }) => place),
    letter: Int8Array.from(events.keys()),
    symmetries: [],
  };
  const slots = readSlotsOf(program, 'all');
  const rfs = naiveReadsFrom(slots).filter((rf) =>
    rf.every((writer, slot) => {
      const value = writer === ALLOCATION ? 0 : events[writer]?.written;
      return value === events[known(slots.reader[slot], 'reader')]?.read;
    }),
  );
  return { program, slots, rfs };
}
