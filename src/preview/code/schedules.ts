/** What the schedules beside that of physicians are called on pages. */
export const SCHEDULES: Readonly<Record<string, string>> = {
  laboratory: 'Laboratory fee schedule',
  drugs: 'Payment limits of drugs',
  DMEPOS: 'Equipment and supplies (DMEPOS)',
  ASC: 'Surgery center',
}
