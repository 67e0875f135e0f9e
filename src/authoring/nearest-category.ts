import { categories, subcategories } from '#model/categories.ts';
import { closestMatch, isMeant, resembling, type Nearest } from './closest-match.ts';

/**
 * The category of Apple's that was most likely meant. A subcategory alone is that of its category; one that Apple does
 * not have gives its category alone, since one that only looks like it would be another matter.
 */
export function nearestCategory(text: string): Nearest | undefined {
  const [top = '', sub] = plain(text).split(' > ');
  const whole = byPlain.get(plain(text)) ?? (sub === undefined ? undefined : bySubcategory.get(sub));
  if (whole !== undefined) return { value: whole, isCertain: true };
  if (sub === undefined) {
    const all = [...tops.keys(), ...bySubcategory.keys()];
    const name = all.find((each) => top && each.startsWith(top)) ?? closestMatch(top, all) ?? '';
    return { value: byPlain.get(name) ?? bySubcategory.get(name), isCertain: isMeant(top, name, all) };
  }
  const name = closestMatch(top, tops.keys()) ?? '';
  const parts = (subcategories[tops.get(name) ?? ''] ?? []).map(plain);
  const part = resembling(sub, parts);
  const isTop = isMeant(top, name, tops.keys());
  if (part === undefined) return { value: tops.get(name), isCertain: isTop };
  return { value: byPlain.get(`${name} > ${part}`), isCertain: isTop && isMeant(sub, part, parts) };
}

/** A category without what people write in other ways: case, signs, "and". */
const plain = (text: string) =>
  text
    .toLowerCase()
    .replaceAll('&amp;', '&')
    .replaceAll(/\band\b/g, '&')
    .replaceAll(/\s*(?:>|\/|\||:+|›|»|&gt;)\s*/g, ' > ')
    .replaceAll(/[\s_-]+/g, ' ')
    .trim();

const tops = new Map(Object.keys(subcategories).map((each) => [plain(each), each]));
const byPlain = new Map(categories.map((each) => [plain(each), each]));
const bySubcategory = new Map(
  categories.flatMap((each) => (each.includes(' > ') ? [[plain(each).split(' > ')[1] ?? '', each]] : [])),
);
