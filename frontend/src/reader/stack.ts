/** A card beside the text: where it would like to begin, and how high it is, in pixels. */
export interface Card {
  wish: number;
  height: number;
}

const gap = 8;

/**
 * Where each card begins, so that none covers another: each at its wish or below the one before, in the given
 * order. The pinned card stands at its wish exactly and the ones before it make way upwards.
 */
export function stack(cards: Card[], pinned = -1): number[] {
  const tops: number[] = [];
  let free = Number.NEGATIVE_INFINITY;
  cards.forEach((card, index) => {
    const top = index === pinned ? card.wish : Math.max(card.wish, free);
    tops.push(top);
    free = top + card.height + gap;
  });
  let floor = tops[pinned] ?? 0;
  for (let index = pinned - 1; index >= 0; index--) {
    const card = cards[index] as Card;
    floor = Math.min(tops[index] as number, floor - gap - card.height);
    tops[index] = floor;
  }
  return tops;
}
