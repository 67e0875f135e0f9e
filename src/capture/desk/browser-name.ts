/** What a browser calls itself, as its owner would: "Firefox on Windows". No more of it is kept. */
export function browserName(userAgent: string | undefined): string {
  const agent = userAgent ?? '';
  const [, browser] = browsers.find(([sign]) => sign.test(agent)) ?? [];
  const [, system] = systems.find(([sign]) => sign.test(agent)) ?? [];
  return [browser ?? 'A browser', ...(system === undefined ? [] : [system])].join(' on ');
}

/** Browsers name others beside themselves: the first that is found counts. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bCriOS\/|\bChrom(?:e|ium)\/|HeadlessChrome/, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];
