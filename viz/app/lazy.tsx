import type { ComponentType, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A component whose code is fetched when it is first shown. */
export function Lazy({ load, waiting }: { load: () => Promise<ComponentType>; waiting: string | VNode }) {
  const [Loaded, setLoaded] = useState<ComponentType | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    let isGone = false;
    load().then(
      (component) => {
        if (!isGone) setLoaded(() => component);
      },
      (error: unknown) => {
        if (!isGone) setFailure(error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      isGone = true;
    };
  }, [load]);
  if (failure !== null) return <p class="app-note">This part of the page could not be loaded: {failure}</p>;
  if (Loaded !== null) return <Loaded />;
  return typeof waiting === 'string' ? <p class="app-note quiet">{waiting}</p> : waiting;
}
