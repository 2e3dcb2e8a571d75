import { isOwnAccount } from '../../../domain/certification/submission';

const business = (companyName: string, accountName: string) => ({
  companyName,
  taxNumber: '91310000MA1K4XXX5T',
  bank: { accountName, bank: 'Bank', accountNumber: '6222000011112222' },
});

test.each([
  ['上海示例软件有限公司', '上海示例软件有限公司', true],
  ['示例（上海）软件有限公司', '示例(上海)软件有限公司', true],
  ['Example  Software Ltd', 'Example Software Ltd', true],
  ['上海示例软件有限公司', '上海示例软件公司', false],
  ['Example Ltd', 'Wang Xiaoming', false],
])('%s with an account of %s: %s', (company, account, own) => {
  expect(isOwnAccount(business(company, account))).toBe(own);
});
