/** Keeps the page for when there is no network, where it is served as plain files (viz/public/offline.js). `weft serve` needs none of it. */
export async function stayOffline(): Promise<void> {
  if (globalThis.crossOriginIsolated === true || !('serviceWorker' in navigator)) return;
  const isFirst = navigator.serviceWorker.controller === null;
  try {
    await navigator.serviceWorker.register('./offline.js');
    await navigator.serviceWorker.ready;
    // What was loaded before it is not kept, and is not isolated.
    if (isFirst) location.reload();
  } catch {
    // Where it may not be, the page works with a network alone, and an interrupted search forgets what it found.
  }
}
