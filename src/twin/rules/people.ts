/** People per province in millions, rounded (general knowledge of about 2023): only the shape of the sample depends on it. */
const people: Readonly<Record<string, number>> = {
  11: 5.4, 12: 15.4, 13: 5.8, 14: 6.6, 15: 3.7, 16: 8.7, 17: 2.1, 18: 9.3, 19: 1.5, 21: 2.2, 31: 10.7, 32: 49.9, 33: 37.5, 34: 3.7, 35: 41.5, 36: 12.3,
  51: 4.4, 52: 5.6, 53: 5.6, 61: 5.6, 62: 2.8, 63: 4.2, 64: 4, 65: 0.7, 71: 2.7, 72: 3.1, 73: 9.4, 74: 2.8, 75: 1.2, 76: 1.5,
  81: 1.9, 82: 1.3, 91: 1.1, 92: 0.6, 93: 0.5, 94: 1.4, 95: 1.5, 96: 0.6,
}
export const peopleIn = (province: string): number => people[province] ?? 1
