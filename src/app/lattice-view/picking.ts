// What a click does to the selection.

/** The selection after a click: one, more by toggling, or none on empty ground. */
export function selectionAfterClick(selection: readonly number[], hit: number | null, toggle: boolean): number[] {
  if (hit === null) return toggle ? [...selection] : [];
  if (!toggle) return [hit];
  return selection.includes(hit) ? selection.filter((id) => id !== hit) : [...selection, hit];
}
