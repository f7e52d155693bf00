// A hand on a mouse: real pointer input, in steps.
import assert from "node:assert/strict";

/** The middle of a thing, in the window. */
export const middle = async (locator) => {
  const box = await locator.boundingBox();
  assert.ok(box, "it is on the page");
  return [box.x + box.width / 2, box.y + box.height / 2];
};

/** Presses on a thing, once it lies still: what has just been moved flies to its place, and a press on where it was would miss. */
export async function press(page, thing) {
  const box = await thing.boundingBox();
  assert.ok(box, "it is on the page");
  await thing.hover({ position: { x: Math.max(box.width / 2 - 40, 4), y: box.height / 2 } });
  await page.mouse.down();
}

/** Presses on one thing and moves to another, in steps, as a hand does. The button stays down. */
export async function carry(page, from, to) {
  await press(page, from);
  const [x, y] = await middle(from);
  await page.mouse.move(x - 20, y + 6, { steps: 3 });
  // The page may be making room for what was lifted: the goal has to lie still, too.
  await to.hover({ trial: true });
  await page.mouse.move(...(await middle(to)), { steps: 8 });
}
