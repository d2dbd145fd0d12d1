import type { Explanation, Group } from '../../explore/explain/explanation.ts';
import { axiomsOf } from '../../model/reasons/reasons.ts';
import type { EventId, Execution } from '../../event/execution.ts';
import type { ExplainReport } from './explain-text.ts';
import { involvedIn } from './allowed-text.ts';
import { readBy } from './event-lines.ts';
import type { EventNames } from './names.ts';
import { nameEvents } from './names.ts';
import { eventsIn, linksOf, reasonLines } from './reason-text.ts';
import { witnessOf } from './witness.ts';

/** An event as explanations name it. */
export interface EventJson {
  readonly name: string;
  readonly thread: string;
  readonly label: string;
  readonly instruction: string;
  readonly line: number | null;
  readonly column: number | null;
}

export interface AskedEdgeJson {
  readonly order: 'tot' | 'mo';
  readonly from: string;
  readonly to: string;
}

export interface GroupJson {
  readonly axioms: readonly string[];
  /** Candidate executions that are forbidden for this reason. */
  readonly executions: number;
  readonly events: readonly EventJson[];
  /** Read → its writers. */
  readonly reads: Readonly<Record<string, readonly string[]>>;
  /** The hb edges on which the reason rests. */
  readonly edges: readonly { readonly kind: string; readonly from: string; readonly to: string }[];
  /** What is asked of `tot` and the modification orders: one of the edges. */
  readonly asked: readonly { readonly axiom: string; readonly either: readonly AskedEdgeJson[] }[];
  /** The reason in words. */
  readonly text: readonly string[];
}

/** One explained outcome in the JSON document of `weft explain`. */
export type ExplainTestJson = {
  readonly name: string;
  readonly model: string;
  readonly outcome: string;
} & (
  | {
      readonly verdict: 'allowed';
      readonly surprise: 'none' | 'reordering' | 'tearing' | 'disagreement' | 'no-order';
      readonly events: readonly EventJson[];
      readonly reads: Readonly<Record<string, readonly string[]>>;
      readonly tot: readonly string[];
      /** Reads that take their units at different times. */
      readonly torn: readonly string[];
      /** Pairs of program order to give up, and the order of steps that then explains the outcome; the interleaving if nothing is surprising. */
      readonly ways: readonly {
        readonly reordered: readonly (readonly [string, string])[];
        readonly order: readonly string[];
      }[];
      readonly disagreement: {
        readonly writes: readonly [string, string];
        readonly reads: readonly (readonly string[])[];
      } | null;
    }
  | {
      readonly verdict: 'forbidden';
      /** A bound that ended the explanation early; null if all candidate executions were looked at. */
      readonly bound: string | null;
      readonly candidates: number;
      /** The smallest sets of axioms without one of which the outcome appears, and in how many executions it then does. */
      readonly smallest: readonly {
        readonly axioms: readonly string[];
        readonly executions: number;
        readonly complete: boolean;
      }[];
      readonly groups: readonly GroupJson[];
      readonly others: {
        readonly count: number;
        readonly byAxiom: Readonly<Record<string, number>>;
        readonly groups: readonly GroupJson[];
      };
    }
  | {
      readonly verdict: 'impossible';
      readonly never: readonly { readonly fact: string; readonly instead: readonly string[] }[];
    }
  | { readonly verdict: 'open'; readonly bound: string; readonly forbidden: boolean }
);

export function explainTestJson(report: ExplainReport): ExplainTestJson {
  const { name, explanation } = report;
  return { name, model: explanation.model, outcome: explanation.target.text, ...verdictJson(report, explanation) };
}

type VerdictJson = ExplainTestJson extends infer T
  ? T extends ExplainTestJson
    ? Omit<T, 'name' | 'model' | 'outcome'>
    : never
  : never;

function verdictJson(report: ExplainReport, found: Explanation): VerdictJson {
  switch (found.kind) {
    case 'allowed': {
      const { witness, surprise } = found;
      const names = nameEvents(witness, report.source, involvedIn(surprise));
      const order = (ids: readonly EventId[]): string[] => listedNames(ids, names);
      const weak = 'ways' in surprise ? surprise : null;
      const ways = (weak?.ways ?? []).map((way) => ({
        reordered: way.reordered.map(({ from, to }) => [names.of(from), names.of(to)] as const),
        order: order(way.order.map(({ event }) => event)),
      }));
      const disagreement = weak?.disagreement ?? null;
      return {
        verdict: 'allowed',
        surprise: surprise.kind,
        events: eventsJson(report, names),
        reads: readsJson(witness.execution, names),
        tot: order(witness.tot),
        torn: (weak?.torn ?? []).map((id) => names.of(id)),
        ways: surprise.kind === 'none' ? [{ reordered: [], order: order(surprise.order) }] : ways,
        disagreement: disagreement && {
          writes: [names.of(disagreement.first), names.of(disagreement.second)],
          reads: [disagreement.one, disagreement.other].map(({ reads }) => reads.map((id) => names.of(id))),
        },
      };
    }
    case 'forbidden': {
      const { bound, candidates, smallest, groups, others } = found;
      return {
        verdict: 'forbidden',
        bound,
        candidates,
        smallest,
        groups: groups.map((group) => groupJson(report, group)),
        others: {
          count: others.count,
          byAxiom: Object.fromEntries(others.byAxiom),
          groups: others.groups.map((group) => groupJson(report, group)),
        },
      };
    }
    case 'impossible':
      return { verdict: 'impossible', never: found.never.map(({ text, instead }) => ({ fact: text, instead })) };
    case 'open':
      return { verdict: 'open', bound: found.bound, forbidden: found.forbidden };
  }
}

function groupJson(report: ExplainReport, group: Group): GroupJson {
  const { reason, forbidden, candidate, executions } = group;
  const names = nameEvents(witnessOf(group), report.source, eventsIn(reason, forbidden.steps));
  const asked = reason.kind === 'conflict' ? reason.asked : [];
  return {
    axioms: axiomsOf(reason),
    executions,
    events: eventsJson(report, names),
    reads: readsJson(candidate.execution, names),
    edges: linksOf(reason, forbidden.steps)
      .filter(({ kind }) => kind !== 'forced' && kind !== 'supposed')
      .map(({ kind, from, to }) => ({ kind, from: names.of(from), to: names.of(to) })),
    asked: asked.map(({ axiom, either }) => ({
      axiom,
      either: either.map(({ order, from, to }) => ({ order, from: names.of(from), to: names.of(to) })),
    })),
    text: reasonLines(reason, names, forbidden.steps).map(({ text }) => text),
  };
}

function eventsJson({ source }: ExplainReport, names: EventNames): EventJson[] {
  return names.rows.map(({ name, thread, label, instruction, at }) => {
    const position = at === null ? null : source.position(at.start);
    return { name, thread, label, instruction, line: position?.line ?? null, column: position?.column ?? null };
  });
}

function readsJson(execution: Execution, names: EventNames): Readonly<Record<string, readonly string[]>> {
  const entries = names.reads.map((id) => {
    const writers = [...readBy(execution, id).units.keys()];
    return [names.of(id), writers.map((writer) => names.of(writer))] as const;
  });
  return Object.fromEntries(entries.filter(([, writers]) => writers.length > 0));
}

function listedNames(ids: readonly EventId[], names: EventNames): string[] {
  const listed = new Set(names.rows.map(({ id }) => id));
  return ids.filter((id) => listed.has(id)).map((id) => names.of(id));
}
