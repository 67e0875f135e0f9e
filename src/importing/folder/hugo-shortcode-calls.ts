/** A shortcode as it is written. */
export interface Call {
  start: number;
  end: number;
  name: string;
  kind: 'opens' | 'closes' | 'alone' | 'shown';
  named: Record<string, string>;
  positional: string[];
  written: string;
}

/** Shortcodes as Hugo reads them; what begins like one and is none is text. */
export function callsIn(source: string): Call[] {
  const calls: Call[] = [];
  const opening = /\{\{([<%])/g;
  for (let match = opening.exec(source); match; match = opening.exec(source)) {
    const sign = match[1] === '<' ? '>' : '%';
    const call = callAt(source, match.index, sign);
    if (!call) continue;
    calls.push(call);
    opening.lastIndex = call.end;
  }
  return calls;
}

function callAt(source: string, start: number, sign: string): Call | undefined {
  const close = `${sign}}}`;
  const none = { named: {}, positional: [], name: '' };
  const shown = /\s*\/\*/y;
  shown.lastIndex = start + 3;
  if (shown.test(source)) {
    const end = new RegExp(`\\*/\\s*${close}`, 'g');
    end.lastIndex = shown.lastIndex;
    if (!end.test(source)) return undefined;
    return { ...none, start, end: end.lastIndex, kind: 'shown', written: source.slice(start, end.lastIndex) };
  }
  const head = /\s*(\/?)\s*([A-Za-z_][\w./-]*)/y;
  head.lastIndex = start + 3;
  const [, slash = '', name = ''] = head.exec(source) ?? [];
  if (!name) return undefined;
  const named: Record<string, string> = {};
  const positional: string[] = [];
  const part = new RegExp(
    `\\s*(?:(/?)\\s*${close}|(?:([\\w.-]+)\\s*=\\s*)?(?:"((?:[^"\\\\]|\\\\.)*)"|\`([^\`]*)\`|((?:(?!/?${close})[^\\s"\`])+)))`,
    'y',
  );
  part.lastIndex = head.lastIndex;
  for (let match = part.exec(source); match; match = part.exec(source)) {
    const [whole, closed, key, quoted, raw, bare] = match;
    if (whole.endsWith(close) && quoted === undefined && raw === undefined && bare === undefined) {
      const end = part.lastIndex;
      return {
        ...{ start, end, named, positional },
        name: name.toLowerCase().replace(/\.html$/, ''),
        kind: slash ? 'closes' : closed ? 'alone' : 'opens',
        written: source.slice(start, end),
      };
    }
    const value = quoted?.replaceAll(/\\(["\\])/g, '$1').replaceAll('\\n', '\n') ?? raw ?? bare ?? '';
    if (key === undefined) positional.push(value);
    else named[key.toLowerCase()] = value;
  }
  return undefined;
}
