import type { Site } from '../../event/request.ts';

/** The program does something else than the file says. */
export class Departure extends Error {
  /** The event or step of the file at which it does; null where it goes on beyond them. */
  readonly event: number | null;
  /** What the program does instead, where that has a place. */
  readonly site: Site | null;

  constructor(message: string, event: number | null, site: Site | null) {
    super(message);
    this.event = event;
    this.site = site;
  }
}
