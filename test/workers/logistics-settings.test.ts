import { logisticsSettings, namesAccount } from '../../workers/logistics-settings';

/** The settings of parcel tracking. */

test('nothing has to be set: without an account no parcel is tracked', () => {
  expect(logisticsSettings({})).toEqual({
    url: 'https://poll.kuaidi100.com/poll/query.do',
    customer: undefined,
    key: undefined,
  });
});

test('what is set is as it is set', () => {
  const settings = {
    KUAIDI100_URL: 'https://carrier.example:8443/query',
    KUAIDI100_CUSTOMER: 'C',
    KUAIDI100_KEY: 'K',
  };
  expect(logisticsSettings(settings)).toEqual({
    url: 'https://carrier.example:8443/query',
    customer: 'C',
    key: 'K',
  });
});

test('empty settings are as none', () => {
  const empty = { KUAIDI100_CUSTOMER: '', KUAIDI100_KEY: '' };
  expect(namesAccount(empty)).toBe(false);
  expect(logisticsSettings(empty)).toEqual(logisticsSettings({}));
});

test.each([
  ['KUAIDI100_KEY', { KUAIDI100_CUSTOMER: 'C' }],
  ['KUAIDI100_KEY', { KUAIDI100_CUSTOMER: 'C', KUAIDI100_KEY: '' }],
  ['KUAIDI100_CUSTOMER', { KUAIDI100_KEY: 'K' }],
  ['KUAIDI100_CUSTOMER', { KUAIDI100_CUSTOMER: '', KUAIDI100_KEY: 'K' }],
])('half an account stops the start with the name of %s', (setting, env) => {
  // For `steward up` it is an account, too: no simulated carrier hides the mistake.
  expect(namesAccount(env)).toBe(true);
  expect(() => logisticsSettings(env)).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining(`Setting ${setting}: missing`) as string,
    }) as Error,
  );
});

test.each([
  'http://poll.kuaidi100.com/poll/query.do',
  'poll.kuaidi100.com',
  'https://u:p@x.example',
  'https://10.0.0.1',
])('KUAIDI100_URL %s stops the start by its name', (url) => {
  expect(() => logisticsSettings({ KUAIDI100_URL: url })).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/^Setting KUAIDI100_URL: /) as string,
    }) as Error,
  );
});
