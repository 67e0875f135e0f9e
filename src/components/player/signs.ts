/** The signs of Play and Pause: paths in a box of 24 by 24. */
export const playSign = 'M7 4v16l14-8z';
export const pauseSign = 'M6 4h4v16H6zM14 4h4v16h-4z';
