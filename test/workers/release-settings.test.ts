import { deploymentVersion } from '../../workers/release-settings';

test('a build belongs to the deployment steward, or to the one that is named', () => {
  expect(deploymentVersion({})).toBeUndefined();
  const STEWARD_BUILD_ID = '0.4.0+abc';
  const build = { buildId: STEWARD_BUILD_ID };
  expect(deploymentVersion({ STEWARD_BUILD_ID })).toEqual({ deploymentName: 'steward', ...build });
  const named = { STEWARD_BUILD_ID, STEWARD_DEPLOYMENT_NAME: 'steward-cn' };
  expect(deploymentVersion(named)).toEqual({ deploymentName: 'steward-cn', ...build });
});

test.each([
  [{ STEWARD_DEPLOYMENT_NAME: 'steward' }, 'STEWARD_BUILD_ID'],
  [{ STEWARD_BUILD_ID: 'a:b' }, 'STEWARD_BUILD_ID'],
  [{ STEWARD_BUILD_ID: '1', STEWARD_DEPLOYMENT_NAME: 'steward.cn' }, 'STEWARD_DEPLOYMENT_NAME'],
])('%j is refused, and names what to correct', (env, setting) => {
  expect(() => deploymentVersion(env)).toThrow(`Setting ${setting}`);
});
