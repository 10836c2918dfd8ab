// Where the plot lies within a chart, px from its edges: known to the drawing and to the overlay over it.

export const PLOT = { left: 52, right: 12, top: 8, bottom: 36 } as const;
