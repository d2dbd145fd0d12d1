import type { Action } from '../../../src/event/action.ts';
import { isAccess } from '../../../src/event/action.ts';
import type { Event } from '../../../src/event/execution.ts';
import type { Region } from '../../../src/event/location.ts';
import { fieldOf } from '../../../src/event/location.ts';
import { numberType, valueText } from '../../../src/report/draw/values.ts';
import { isBoundsCheck } from '../../../src/report/draw/visible.ts';
import { placeText } from './shared.ts';

/** What an event did, in words without its thread: `reads mem+0 = 1`. */
export function eventText(event: Event, nameOf: (region: Region) => string): string {
  const { kind, actions, site } = event;
  const queue = actions.find((action) => !isAccess(action));
  switch (kind) {
    case 'alloc':
      return site.text === 'module' ? 'instantiates the module' : `makes an object (${site.text})`;
    case 'fork':
      return site.text.startsWith('thread')
        ? `begins ${site.text.replace(/^thread \$?/, '') || 'a thread'}`
        : 'begins a thread';
    case 'join':
      return site.text.replace(/^wait \$?/, 'sees the end of ');
    case 'fence':
      return 'fence';
    case 'host':
      return site.text;
    case 'trap':
      return 'traps';
    case 'wake':
      return 'is woken';
    case 'timeout':
      return 'wakes: the time is over';
    case 'spurious':
      return 'wakes by itself';
    case 'notify':
      return queue === undefined || isAccess(queue)
        ? accesses(event, nameOf)
        : `wakes ${queue.woke === 0 ? 'nobody' : queue.woke}`;
    case 'wait':
      return queue === undefined ? `does not sleep, ${accesses(event, nameOf)}` : `${accesses(event, nameOf)}, sleeps`;
    case 'grow':
    case 'access':
      return accesses(event, nameOf);
  }
}

function accesses(event: Event, nameOf: (region: Region) => string): string {
  const all = event.actions.filter(isAccess);
  const shown = all.filter((action) => !isBoundsCheck(event, action));
  return (shown.length === 0 ? all : shown)
    .slice(0, 3)
    .map((action) => actionText(event, action, nameOf))
    .join(', ');
}

function actionText({ site }: Event, action: Action, nameOf: (region: Region) => string): string {
  if (!isAccess(action)) return '';
  const field = fieldOf(action.region);
  const type = field === 'length' ? null : (numberType(site.text) ?? site.shows);
  const place = placeText(action, nameOf);
  switch (action.kind) {
    case 'rd':
      return `reads ${place} = ${valueText(action.read, field, type)}`;
    case 'wr':
      return `writes ${place} := ${valueText(action.written, field, type)}`;
    case 'rmw':
      return `updates ${place} ${valueText(action.read, field, type)} → ${valueText(action.written, field, type)}`;
  }
}
