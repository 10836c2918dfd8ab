// Where a card stands beside the pointer: right below it, on the other side near the edges of the view.

const GAP_PX = 16;

/** Moves the card beside the pointer, within its parent. */
export function beside(pointer: { readonly x: number; readonly y: number } | null, card: HTMLElement): void {
  if (!pointer || !card.parentElement) return;
  const { clientWidth, clientHeight } = card.parentElement;
  const left = pointer.x + GAP_PX + card.offsetWidth > clientWidth;
  const above = pointer.y + GAP_PX + card.offsetHeight > clientHeight;
  const x = left ? pointer.x - GAP_PX - card.offsetWidth : pointer.x + GAP_PX;
  const y = above ? pointer.y - GAP_PX - card.offsetHeight : pointer.y + GAP_PX;
  card.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
}
