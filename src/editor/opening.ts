/**
 * Keeps an entry that is opened at its beginning: a text with components takes the focus by itself, and the form scrolls to the last
 * of them. Once its author has clicked or typed, it is left alone.
 */
export function openAtTheTop(): void {
  let isTouched = false;
  for (const event of ['pointerdown', 'keydown']) addEventListener(event, () => void (isTouched = true), true);
  addEventListener('hashchange', () => void (isTouched = false));
  document.addEventListener('focusin', ({ target }) => {
    if (isTouched || !(target instanceof HTMLElement) || !target.closest('.lexical-root')) return;
    target.blur();
    // The form scrolls after the focus has come.
    requestAnimationFrame(() => {
      for (let box = target.parentElement; box; box = box.parentElement) box.scrollTop = 0;
    });
  });
}
