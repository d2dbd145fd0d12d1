import type { Source } from '../../base/span.ts';
import type { Explanation, Group } from '../../explore/explain/explanation.ts';
import type { Witness } from '../../explore/result.ts';
import type { Argument, Edge } from '../../model/reasons/conflict.ts';
import type { Link } from '../../model/reasons/links.ts';
import type { Reason } from '../../model/reasons/reasons.ts';
import { axiomsOf } from '../../model/reasons/reasons.ts';
import type { DrawOptions, StressedEdge } from '../draw/options.ts';
import { listed } from '../prose.ts';
import { involvedIn } from './allowed-text.ts';
import { nameEvents } from './names.ts';
import { eventsIn, linksOf } from './reason-text.ts';
import { witnessOf } from './witness.ts';

/** What an explanation has to show: an execution and how to draw it. */
export interface Picture {
  readonly witness: Witness;
  readonly options: DrawOptions;
}

/** The witness of an allowed outcome, with the program order that it gives up; the candidate of the first reason why one is forbidden, with what contradicts. */
export function pictureOf(name: string, source: Source, explanation: Explanation): Picture | null {
  const { model } = explanation;
  if (explanation.kind === 'allowed') {
    const { witness, surprise, values } = explanation;
    const given = 'ways' in surprise ? (surprise.ways[0]?.reordered ?? []) : [];
    const facts = [`allowed by ${model}`, SURPRISES[surprise.kind]];
    const stress = given.map(({ from, to }): StressedEdge => ({ kind: 'po', from, to, label: null }));
    const nameOf = nameEvents(witness, source, involvedIn(surprise)).letter;
    return {
      witness,
      options: { title: name, model, outcome: values, source, facts, stress, nameOf, mainThread: 'auto' },
    };
  }
  const [group] = explanation.kind === 'forbidden' ? explanation.groups : [];
  return group === undefined ? null : forbiddenPicture(name, source, model, group);
}

const SURPRISES = {
  none: 'sequentially consistent',
  reordering: 'sequentially consistent but for the marked program order',
  tearing: 'not sequentially consistent: a read tears',
  disagreement: 'not sequentially consistent: threads disagree about the order of writes',
  'no-order': 'not sequentially consistent: no order of single steps explains it',
} as const;

function forbiddenPicture(title: string, source: Source, model: string, group: Group): Picture {
  const { reason, candidate, forbidden } = group;
  const facts = [`forbidden by ${model}`, `marked: what contradicts ${listed(axiomsOf(reason), 'and')}`];
  const stress = [...linksOf(reason, forbidden.steps).flatMap(stressedLink), ...askedOf(reason)];
  const witness = witnessOf(group);
  const nameOf = nameEvents(witness, source, eventsIn(reason, forbidden.steps)).letter;
  return {
    witness,
    options: {
      title,
      model,
      outcome: candidate.values,
      source,
      facts,
      stress,
      nameOf,
      fromReads: 'hide',
      mainThread: 'auto',
    },
  };
}

function stressedLink({ kind, from, to }: Link): StressedEdge[] {
  switch (kind) {
    case 'po':
    case 'sw':
    case 'asw':
    case 'rf':
      return [{ kind, from, to, label: null }];
    case 'fr':
      return [{ kind, from, to, label: null }];
    case 'co':
    case 'hb':
      return [{ kind: 'hb', from, to, label: kind }];
    case 'related':
      return [{ kind: 'hb', from, to, label: null }];
    case 'iw':
    case 'forced':
    case 'supposed':
      return [];
  }
}

/** What a conflict asks of the orders, numbered as in the text. */
function askedOf(reason: Reason): StressedEdge[] {
  if (reason.kind !== 'conflict') return [];
  const { lines, end }: Argument = reason.argument;
  const edge = ({ order, from, to }: Edge, number: number): StressedEdge => {
    return { kind: 'tot', from, to, label: `${order === 'mo' ? 'mo ' : ''}(${number})` };
  };
  const forced = lines.map(({ forces }, i) => edge(forces, i + 1));
  return end.kind === 'cases' ? forced : [...forced, ...end.asked.either.map((one) => edge(one, lines.length + 1))];
}
