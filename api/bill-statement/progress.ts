import type { BillDetails } from '../../domain/answers';
import { BILL_NODES } from '../../domain/billing/nodes';
import { text, time, type Table } from './tables';

/** A statement stays short: the newest ones. The whole log is in `GET /v1/bills/{billId}`. */
const ENTRIES_SHOWN = 30;

type Entry = BillDetails['log'][number];

const PARTIES: Partial<Record<Entry['by'], string>> = {
  seller: '商家 Seller',
  operator: '运营 Operator',
  steward: '系统 Steward',
};

/** Where the bill has been, when and by whom, and how it was adjusted. */
export function progressTable({ log }: BillDetails): Table {
  const shown = log.filter(({ from, to, command }) => from !== to || command === 'adjust');
  return {
    columns: [118, 128, 72, '*'],
    head: ['时间 Time', '状态 State', '操作方 By', '说明 Note'].map(text),
    rows: shown.slice(-ENTRIES_SHOWN).map(({ at, to, by, note }) => {
      const { zh, en } = BILL_NODES[to];
      return [time(at), `${zh} ${en}`, PARTIES[by] ?? by, note].map(text);
    }),
  };
}
