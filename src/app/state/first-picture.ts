// The moment from which on the farm is seen. What is not needed for it (charts' drawing library, spare worker) waits.

let tell: () => void = () => undefined;

/** Resolves when the lattice has drawn its first frame, or is known never to draw one. */
export const firstPicture = new Promise<void>((resolve) => {
  tell = resolve;
});

export const tellFirstPicture = (): void => tell();

const LATEST_MS = 10_000;
// An empty farm, or a page in the background, may never be drawn.
setTimeout(tellFirstPicture, LATEST_MS);

/** Resolves when the page has nothing more urgent to do, after ten seconds at the latest unless told otherwise. */
export const whenIdle = (latestMs = LATEST_MS): Promise<void> =>
  new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: latestMs });
    else setTimeout(resolve, latestMs / 4);
  });
