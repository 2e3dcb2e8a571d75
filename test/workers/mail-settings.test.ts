import { mailSettings } from '../../workers/mail-settings';

/** The settings of mail. */

const needed = {
  SMTP_URL: 'smtps://me:pass-word@mail.example',
  STEWARD_ORDER_LINK: 'https://market.example/orders/{orderId}',
};

test('only the mail server and the link have to be named', () => {
  expect(mailSettings(needed)).toEqual({
    smtpUrl: needed.SMTP_URL,
    from: 'steward@localhost',
    operator: { email: 'operators@localhost', language: 'en' },
    orderLink: needed.STEWARD_ORDER_LINK,
  });
});

test('the rest is as it is set', () => {
  const settings = {
    ...needed,
    MAIL_FROM: 'steward@market.example',
    OPERATOR_EMAIL: 'ops@market.example',
    OPERATOR_LANGUAGE: 'zh',
  };
  expect(mailSettings(settings)).toMatchObject({
    from: 'steward@market.example',
    operator: { email: 'ops@market.example', language: 'zh' },
  });
});

test.each([
  ['SMTP_URL', ''],
  ['SMTP_URL', 'https://me:pass-word@mail.example'],
  ['STEWARD_ORDER_LINK', ''],
  ['STEWARD_ORDER_LINK', 'https://market.example/orders'],
  ['MAIL_FROM', 'Steward <steward@market.example>'],
  ['MAIL_FROM', 'steward@market.example\r\nBcc: a@b.example'],
  ['OPERATOR_EMAIL', 'a@b.example, c@d.example'],
  ['OPERATOR_LANGUAGE', 'fr'],
])('%s %j stops the start by its name, untold', (setting, value) => {
  expect(() => mailSettings({ ...needed, [setting]: value })).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(new RegExp(`^Setting ${setting}: (?!.*(pass-word|@))`)) as string,
    }) as Error,
  );
});
