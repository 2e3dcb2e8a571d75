/**
 * Lets the Temporal SDK's testing package download a server: the one public way to its download is to
 * start a server once. A process of its own, because a download that hangs can only be killed.
 *
 *     node ephemeral.cjs createLocal|createTimeSkipping FOLDER
 */
'use strict';
const { TestWorkflowEnvironment } = require('@temporalio/testing');

const [create, downloadDir] = process.argv.slice(2);

TestWorkflowEnvironment[create]({ server: { executable: { type: 'cached-download', downloadDir } } })
  .then((environment) => environment.teardown())
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
