// Dragging from outside of the browser, as the operating system would: through the browser's own input, not by events made in the page.
import { eventually } from "./scene.mjs";

/** What comes from outside: paths of files and folders, or text. */
const dataOf = ({ files = [], text }) => ({
  items: text === undefined ? [] : [{ mimeType: "text/plain", data: text }],
  files,
  dragOperationsMask: 1,
});

/** A drag that has come over the page at a point. It can move on, be let go, leave the window, or be given up without a word to the page. */
export async function dragOver(page, what, [x, y] = [500, 300]) {
  const browser = await page.context().newCDPSession(page);
  const data = dataOf(what);
  const send = (type, at = [x, y]) => browser.send("Input.dispatchDragEvent", { type, x: at[0], y: at[1], data });
  await send("dragEnter");
  await send("dragOver");
  return { over: (at) => send("dragOver", at), drop: () => send("drop"), leave: () => send("dragOver", [-5, -5]), giveUp: () => send("dragCancel") };
}

/** Waits until the page shows that files are over it. The operating system tells of a drag again and again, so this does as well. */
export const veiled = (page, drag, at) => eventually(page, "the veil is shown", () => drag.over(at).then(() => page.locator(".veil").count()), (count) => count === 1);

/** Drops files, folders or text on the page. */
export async function drop(page, what, at) {
  await (await dragOver(page, what, at)).drop();
}
