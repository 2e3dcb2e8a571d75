/** What sellers submit in tests: nothing of it may turn up in a history, log or attribute. */
export const SUBMISSION_SECRETS = {
  companyName: '上海示例软件有限公司',
  taxNumber: '91310000MA1K4ABC5T',
  contactName: '赵会计',
  contactEmail: 'zhao.finance@seller.example',
  contactPhone: '13600001111',
  bankName: '招商银行张江支行',
  accountNumber: '6225880011223344',
  newContactName: '钱会计',
  newContactEmail: 'qian.finance@seller.example',
  newContactPhone: '13600002222',
};

export const FINANCE_CONTACT = {
  name: SUBMISSION_SECRETS.contactName,
  email: SUBMISSION_SECRETS.contactEmail,
  phone: SUBMISSION_SECRETS.contactPhone,
};

export const NEW_CONTACT = {
  name: SUBMISSION_SECRETS.newContactName,
  email: SUBMISSION_SECRETS.newContactEmail,
  phone: SUBMISSION_SECRETS.newContactPhone,
};

/** What is certified of a company whose account is its own. */
export const BUSINESS = {
  companyName: SUBMISSION_SECRETS.companyName,
  taxNumber: SUBMISSION_SECRETS.taxNumber,
  bank: {
    accountName: SUBMISSION_SECRETS.companyName,
    bank: SUBMISSION_SECRETS.bankName,
    accountNumber: SUBMISSION_SECRETS.accountNumber,
  },
};
