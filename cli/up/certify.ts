import { SITES } from '../../domain/ledger/billing-day';
import type { DemoClients } from './clients';

/** What the seller of the samples submits. */
const COMPANY = '示例软件（上海）有限公司';
const SUBMISSION = {
  companyName: COMPANY,
  taxNumber: '91310000EXAMPLE05T',
  financeContact: { name: '财务部', email: 'finance@seller.example', phone: '+86 21 5555 0100' },
  bank: { accountName: COMPANY, bank: '示例银行', accountNumber: '6200 0000 0000 0000' },
};

/** Has the seller of the samples certified for both sites, without which it gets no bill; once, at the first start. */
export async function certifySeller(
  { seller, operator }: Pick<DemoClients, 'seller' | 'operator'>,
  sellerId: string,
): Promise<void> {
  for (const site of SITES) {
    const { node } = await operator.certification(sellerId, site);
    if (node === 'UNCERTIFIED') {
      await seller.certificationCommand(sellerId, 'submit-certification', { site, ...SUBMISSION });
    }
    if (node === 'UNCERTIFIED' || node === 'UNDER_REVIEW') {
      await operator.certificationCommand(sellerId, 'approve-certification', { site });
    }
  }
}
