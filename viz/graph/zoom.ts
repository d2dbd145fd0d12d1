import { select } from 'd3-selection';
import type { Selection } from 'd3-selection';
import { zoom, zoomIdentity, zoomTransform } from 'd3-zoom';
import type { ZoomBehavior, ZoomTransform } from 'd3-zoom';
import type { Box } from '../../src/report/draw/geometry.ts';

const MARGIN = 10;
/** Text is legible from here on: a picture that needs less to be seen whole is shown by its width, from its top. */
const LEGIBLE = 0.62;
/** On a narrow page text may be this small, so that all threads are in view; where that is not enough, they are shown larger and panned. */
const LEAST_SCALE = 0.39;
const PANNED_SCALE = 0.5;
const LEAST_HEIGHT = 160;
/** Of the window's height: the picture may have so much even if what is above it leaves less. */
const SHARE = 0.45;

/** Zooming and panning of one picture. A class because d3 keeps its state in the element. */
export class Zoom {
  readonly #frame: HTMLElement;
  readonly #svg: SVGSVGElement;
  readonly #finger: (event: PointerEvent) => void;
  readonly #behavior: ZoomBehavior<SVGSVGElement, unknown>;
  readonly #resizes: ResizeObserver;
  #extent: Box | null = null;
  /** Of the frame, and of the picture in it: remembered, since asking for them makes the browser lay out all that has changed. */
  #width = 0;
  #height = 0;
  /** The height that is left for it on the page. */
  #room = 0;
  /** Whether the user has moved or zoomed it: it is left alone then. */
  #isTouched = false;

  constructor(frame: HTMLElement, svg: SVGSVGElement) {
    this.#frame = frame;
    this.#svg = svg;
    this.#measure();
    this.#behavior = zoom<SVGSVGElement, unknown>()
      .scaleExtent([0.1, 4])
      .extent(() => [
        [0, 0],
        [this.#width, this.#height],
      ])
      .filter((event: Event) => this.#wants(event))
      .on('zoom', ({ transform, sourceEvent }: { transform: ZoomTransform; sourceEvent: unknown }) => {
        if (sourceEvent !== null && sourceEvent !== undefined) this.#isTouched = true;
        svg.querySelector('.graph-moved')?.setAttribute('transform', transform.toString());
        this.#markMore(transform);
      });
    this.#selection().call(this.#behavior).on('dblclick.zoom', null);
    this.#finger = (event) => this.#panByFinger(event);
    svg.addEventListener('pointerdown', this.#finger);
    this.#resizes = new ResizeObserver(() => {
      if (frame.clientWidth === this.#width) return;
      this.#measure();
      this.show(this.#extent);
    });
    this.#resizes.observe(frame);
  }

  end(): void {
    this.#resizes.disconnect();
    this.#selection().on('.zoom', null);
    this.#svg.removeEventListener('pointerdown', this.#finger);
  }

  /** Between what is above it and the words below it, as the page is before it is scrolled. */
  #measure(): void {
    const frame = this.#frame;
    const page = frame.closest<HTMLElement>('.app-view');
    const below = frame.nextElementSibling?.clientHeight ?? 0;
    const above =
      page === null ? 0 : frame.getBoundingClientRect().top - page.getBoundingClientRect().top + page.scrollTop;
    this.#width = frame.clientWidth;
    this.#room = Math.max((page?.clientHeight ?? 0) - above - below, SHARE * window.innerHeight);
  }

  /** Shows a picture of this extent: whole if it stays legible, else by its width, from its top. */
  show(extent: Box | null): void {
    this.#extent = extent;
    if (extent === null || extent.width === 0) return;
    this.#height = this.#heightFor(extent);
    this.#svg.setAttribute('height', String(this.#height));
    if (!this.#isTouched) this.#behavior.transform(this.#selection(), this.#placeOf(extent));
  }

  /** Down to where a picture of this extent is in view, once it is shown. */
  lowest(extent: Box): number {
    const { k, y } = this.#isTouched ? zoomTransform(this.#svg) : this.#placeOf(extent);
    return (this.#heightFor(extent) - y) / k;
  }

  by(factor: number): void {
    this.#isTouched = true;
    this.#behavior.scaleBy(this.#selection(), factor);
  }

  pan(x: number, y: number): void {
    this.#isTouched = true;
    const { k } = zoomTransform(this.#svg);
    this.#behavior.translateBy(this.#selection(), x / k, y / k);
  }

  /** All of it, however small. */
  fit(): void {
    const extent = this.#extent;
    if (extent === null) return;
    this.#isTouched = false;
    const [width, height] = [this.#width, this.#height];
    const scale = Math.min(
      1.5,
      (width - 2 * MARGIN) / Math.max(1, extent.width),
      (height - 2 * MARGIN) / Math.max(1, extent.height),
    );
    this.#apply(
      (width - extent.width * scale) / 2 - extent.x * scale,
      (height - extent.height * scale) / 2 - extent.y * scale,
      scale,
    );
  }

  /** Brings a box into view, if it is out of it. */
  reveal({ x, y, width, height }: Box): void {
    const { k, x: tx, y: ty } = zoomTransform(this.#svg);
    const [left, top] = [x * k + tx, y * k + ty];
    const [right, bottom] = [left + width * k, top + height * k];
    const [w, h] = [this.#width, this.#height];
    const dx = left < MARGIN ? MARGIN - left : right > w - MARGIN ? w - MARGIN - right : 0;
    const dy = top < MARGIN ? MARGIN - top : bottom > h - MARGIN ? h - MARGIN - bottom : 0;
    if (dx !== 0 || dy !== 0) this.#behavior.translateBy(this.#selection(), dx / k, dy / k);
  }

  /** Says on the frame where the picture goes on. */
  #markMore({ k, x }: ZoomTransform): void {
    const extent = this.#extent;
    if (extent === null) return;
    const { dataset } = this.#frame;
    const [left, right] = [extent.x * k + x, (extent.x + extent.width) * k + x];
    dataset['more'] = `${left < 0 ? 'left ' : ''}${right > this.#width ? 'right' : ''}`;
  }

  /** One finger pans sideways, and scrolls the page otherwise: of its way up and down the browser tells nothing. */
  #panByFinger(start: PointerEvent): void {
    if (start.pointerType !== 'touch' || !start.isPrimary) return;
    const svg = this.#svg;
    let at = start.clientX;
    const move = ({ isPrimary, clientX }: PointerEvent): void => {
      if (!isPrimary) return;
      this.pan(clientX - at, 0);
      at = clientX;
    };
    const end = (): void => {
      svg.removeEventListener('pointermove', move);
      for (const what of ['pointerup', 'pointercancel'] as const) svg.removeEventListener(what, end);
    };
    svg.addEventListener('pointermove', move);
    for (const what of ['pointerup', 'pointercancel'] as const) svg.addEventListener(what, end);
  }

  /** A wheel without a control key scrolls the page; of fingers two zoom. */
  #wants(event: Event): boolean {
    if (event.type === 'wheel') return (event as WheelEvent).ctrlKey || (event as WheelEvent).metaKey;
    if (event.type.startsWith('touch')) return (event as TouchEvent).touches.length > 1;
    return (event as MouseEvent).button === 0 && (event.target as Element).closest('.graph-event') === null;
  }

  #heightFor(extent: Box): number {
    const height = Math.min(extent.height * this.#scaleFor(extent) + 2 * MARGIN, this.#room);
    return Math.max(LEAST_HEIGHT, Math.round(height));
  }

  #placeOf(extent: Box): ZoomTransform {
    const scale = this.#scaleFor(extent);
    const x = Math.max(MARGIN, (this.#width - extent.width * scale) / 2);
    return zoomIdentity.translate(x - extent.x * scale, MARGIN - extent.y * scale).scale(scale);
  }

  #scaleFor(extent: Box): number {
    const byWidth = Math.min(1, (this.#width - 2 * MARGIN) / extent.width);
    const byHeight = Math.min(1, (this.#room - 2 * MARGIN) / extent.height);
    const whole = Math.min(byWidth, byHeight);
    return whole >= LEGIBLE ? whole : byWidth >= LEAST_SCALE ? Math.min(byWidth, 0.9) : PANNED_SCALE;
  }

  #apply(x: number, y: number, scale: number): void {
    this.#behavior.transform(this.#selection(), zoomIdentity.translate(x, y).scale(scale));
  }

  #selection(): Selection<SVGSVGElement, unknown, null, undefined> {
    return select(this.#svg);
  }
}
