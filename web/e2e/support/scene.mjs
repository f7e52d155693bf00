// The first scene as tests see it: where things are on the board, and the truth from the handle.
import assert from "node:assert/strict";
import { getState } from "./page.mjs";

/** The chip, or the part in the tray, that has this name. */
export const eni = (page, name) => page.locator(".eni:not(.flights *)", { has: page.locator(".eni-name b", { hasText: new RegExp(`^${name}$`) }) });
/** The card of an instance. */
export const instance = (page, name) => page.locator("article.inst", { has: page.locator("header b", { hasText: new RegExp(`^${name}$`) }) });
/** The place for a device index on an instance. */
export const slot = (page, name, index) => instance(page, name).locator(".slot").nth(index);
/** The callout of a refusal. */
export const refusal = (page) => page.locator(".refuse");

/** The clients' counts and the newest lines of the echo. */
export const live = async (page) => (await getState(page)).live;
/** The client that has this name. */
export const client = async (page, name) => (await live(page)).clients.find((one) => one.name === name);

/** Asks for the truth until it fits; says what it was when it never does. */
export async function until(page, what, fits, timeout = 90000) {
  const end = Date.now() + timeout;
  let last;
  do {
    last = await live(page);
    if (fits(last)) return last;
    await page.waitForTimeout(50);
  } while (Date.now() < end);
  assert.fail(`never: ${what}; at last: ${JSON.stringify(last)}`);
}

const named = (state, name) => state.clients.find((one) => one.name === name);

/** Looks until it fits, and gives what it saw then; says what it saw at last when it never does. `look` may be late, never too early. */
export async function eventually(page, what, look, fits, timeout = 60000) {
  const end = Date.now() + timeout;
  let last;
  do {
    last = await look();
    if (fits(last)) return last;
    await page.waitForTimeout(30);
  } while (Date.now() < end);
  assert.fail(`never: ${what}; at last: ${JSON.stringify(last)}`);
}

/** Both clients are asked and answered before anything is done. */
export const answered = (page) => until(page, "the client is answered", (state) => named(state, "client").answered > 2 && named(state, "client").lost === 0);

/** Questions of the outside client are lost now. */
export const lost = (page) => until(page, "questions are lost", (state) => named(state, "client").lost > 2 && named(state, "client").outageMs > 0);

/** It is answered again, after having lost some. */
export async function restored(page) {
  const before = named(await lost(page), "client").answered;
  const state = await until(page, "service is back", (now) => named(now, "client").answered > before + 2 && named(now, "client").outageMs === 0);
  assert.ok(named(state, "client").lost > 0, "what was lost stays counted");
  return state;
}

/** The last line of the echo. */
export const lastEcho = async (page) => (await live(page)).echo.at(-1);
