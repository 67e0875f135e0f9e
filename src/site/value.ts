/** A value in hundredths as it is shown: "1,450", "1,450.50". */
export const valueText = (hundredths: number): string =>
  (hundredths / 100).toLocaleString('en', { minimumFractionDigits: hundredths % 100 === 0 ? 0 : 2 });
