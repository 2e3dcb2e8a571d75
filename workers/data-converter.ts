import type { DataConverter, PayloadCodec } from '@temporalio/common';

/** How clients and workers turn values and failures into payloads; both need the same one. */
export function createDataConverter(codec: PayloadCodec): DataConverter {
  return {
    payloadCodecs: [codec],
    failureConverterPath: require.resolve('../workflows/failure-converter'),
  };
}
