/** Line icons on a 20 × 20 grid, drawn with a stroke of 2. Always beside a word; never alone without a label. */
export const icons = {
  bell: 'M5 14V9a5 5 0 0 1 10 0v5l1.500 1.500h-13z M8.500 17.500h3',
  alert: 'M10 3l8 14H2z M10 8v4 M10 14.5v.1',
  check: 'M4 10.5l4 4 8-9',
  cross: 'M5 5l10 10 M15 5L5 15',
  info: 'M10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 1 0 0-15 M10 9v5 M10 6v.1',
  clock: 'M10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 1 0 0-15 M10 6v4l3 2',
  none: 'M10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 1 0 0-15 M4.7 15.3L15.3 4.7',
  menu: 'M3 5h14 M3 10h14 M3 15h14',
  down: 'M5 8l5 5 5-5',
  up: 'M5 12l5-5 5 5',
  left: 'M12 5l-5 5 5 5',
  right: 'M8 5l5 5-5 5',
  copy: 'M7 7h10v10H7z M13 7V3H3v10h4',
  download: 'M10 3v10 M5 9l5 5 5-5 M3 17h14',
  file: 'M5 2.5h7l3 3v12H5z M12 2.5v3h3',
  person: 'M10 9a3 3 0 1 0 0-6a3 3 0 1 0 0 6 M4 17c0-3.5 3-5 6-5s6 1.500 6 5',
} as const
export type IconName = keyof typeof icons
