// Where everything of the schematic stands, in pixels, for a width and a number of rows. Pure.

/** Narrower than this the drawing scrolls sideways. */
export const LEAST_WIDTH = 940;
/** Widths of the groups between supply header and vessel, and between vessel and return header. */
const LEFT_GROUP = 190;
const RIGHT_GROUP = 218;
const SUPPLY_X = 190;
const RETURN_MARGIN = 98;
const TOP = 26;
/** Least height of the machines at the left. */
const MACHINES = 214;

export interface Geometry {
  readonly width: number;
  readonly height: number;
  readonly supplyX: number;
  readonly returnX: number;
  /** Top of the first row, distance of the rows, bottom of the last. */
  readonly top: number;
  readonly rowHeight: number;
  readonly rowsEnd: number;
  /** Middle of the band of the room's figures, and of the line from the return header to the compressor. */
  readonly roomY: number;
  readonly bottomY: number;
  readonly vesselX: number;
  readonly vesselWidth: number;
}

export function geometryOf(width: number, rows: number): Geometry {
  const whole = Math.max(LEAST_WIDTH, width);
  const rowHeight = rows > 8 ? 24 : rows > 6 ? 26 : 32;
  const rowsEnd = TOP + rows * rowHeight;
  const roomY = rowsEnd + 20;
  const bottomY = Math.max(roomY + 34, TOP + MACHINES);
  const returnX = whole - RETURN_MARGIN;
  const vesselX = SUPPLY_X + LEFT_GROUP;
  return {
    width: whole,
    height: bottomY + 34,
    supplyX: SUPPLY_X,
    returnX,
    top: TOP,
    rowHeight,
    rowsEnd,
    roomY,
    bottomY,
    vesselX,
    vesselWidth: returnX - RIGHT_GROUP - vesselX,
  };
}

/** Middle of a row. */
export const rowY = ({ top, rowHeight }: Geometry, row: number): number => top + (row + 0.5) * rowHeight;

export interface CardPlace {
  readonly left: number;
  readonly top: number;
}

/** Where a card of a size stands beside a part, within the view: below it where there is room, else above. */
export function cardPlace(
  part: { readonly x: number; readonly y: number; readonly height: number },
  card: { readonly width: number; readonly height: number },
  view: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
): CardPlace {
  const gap = 8;
  const below = part.y + part.height + gap;
  const fits = below + card.height <= view.top + view.height;
  const top = fits ? below : Math.max(view.top, part.y - gap - card.height);
  const left = Math.min(
    Math.max(view.left + gap, part.x),
    Math.max(view.left + gap, view.left + view.width - card.width - gap),
  );
  return { left, top };
}
