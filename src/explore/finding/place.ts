import type { Span } from '../../base/span.ts';

/** A place that a finding is about. */
export interface FindingPlace {
  /** As in outcomes. */
  readonly thread: string;
  readonly at: Span;
  /** As in {@link import('../../event/request.ts').Site}. */
  readonly instruction: string;
}
