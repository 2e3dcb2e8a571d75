export { ledgerCheck, type LedgerCheck } from './check';
export { checkText } from './check-text';
