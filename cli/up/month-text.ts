import { settledText, type Settled } from '../settle';

/** For people: what the month of the samples came to. */
export function monthText(runs: readonly Settled[]): string {
  return `The month is closed as if it were over now (docs/settlement.md):\n\n${settledText(runs)}`;
}

/**
 * Where to look on.
 *
 * @param stays whether Steward stays up, so that it can be asked
 */
export function lookOnText(period: string, stays: boolean): string {
  const first = ['npx steward ledger check', 'npm start -- --empty   # and then, in another terminal:'];
  const commands = [
    ...(stays ? [] : first),
    'export STEWARD_TOKEN=$(npx steward token --role operator --party operator-1)',
    `npx steward bill list --period ${period}`,
    `npx steward bill show seller-1/${period}/china/joint/CNY`,
    `npx steward bill statement seller-1/${period}/china/joint/CNY --out bill.pdf`,
    `npx steward transactions list --period ${period} --all`,
    'npx steward transactions list --billing-state PENDING --all',
    `npx steward transactions export --format xlsx --period ${period} --out ${period}.xlsx`,
  ];
  return ['Look on:', ...commands.map((command) => `  ${command}`)].join('\n');
}
