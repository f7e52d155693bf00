// The service worker: keeps the files of one version, so that the page opens without a network.
// `xtask dist` writes the version and the list of files in.
"use strict";

const VERSION = "xtask:version";
const FILES = [/* xtask:files */];
/** Two playgrounds in two folders of one server have a cache each. */
const FAMILY = "eni-playground " + self.registration.scope + " ";
const CACHE = FAMILY + VERSION;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(FILES))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith(FAMILY) && name !== CACHE).map((name) => caches.delete(name)))),
  );
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") {
    // The page itself: the newest where there is a network, the kept one where there is none.
    event.respondWith(fetch(event.request).catch(() => caches.match("./", { cacheName: CACHE, ignoreSearch: true })));
    return;
  }
  event.respondWith(caches.match(event.request, { cacheName: CACHE }).then((kept) => kept || fetch(event.request)));
});
