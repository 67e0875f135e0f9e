// Preloaded into a process, it makes the clock move on by ten days each time that anybody asks what time it is.
const day = 24 * 60 * 60_000;
let now = Date.UTC(2026, 0, 1);

globalThis.Date = class extends Date {
  constructor(...parts) {
    if (parts.length > 0) super(...parts);
    else super((now += 10 * day));
  }
};
