package org.anabranch.spark.job;

import java.io.IOException;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.spark.data.PackedData;

/** What the provenance of every run says of its data and of the kernels that went over them. */
final class DataNotes {
  private DataNotes() {}

  static void record(RunRecorder recorder, PackedData data) throws IOException {
    recorder.note("kernels", SimdBackend.describe());
    recorder.note("trainSamples", data.trainSamples());
    recorder.note("validationSamples", data.validationSamples());
    recorder.note("testSamples", data.testSamples());
    recorder.note("badRecords", data.bad().total());
    if (data.series().values() > 0) {
      recorder.note("missingValues", data.series().missing());
    }
  }
}
