package org.anabranch.model.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anabranch.backend.simd.SimdBackend;
import org.anabranch.nn.Initialiser;
import org.anabranch.train.Block;
import org.anabranch.train.BlockResult;
import org.anabranch.train.Checkpoint;
import org.anabranch.train.Checkpoints;
import org.anabranch.train.LocalFolder;
import org.anabranch.train.PipelineWorker;
import org.anabranch.train.SampleFailure;
import org.anabranch.train.TrainingResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop of rounds without Spark. */
class TrainingTest {
  @Test
  void learnsTheQuadrants() throws IOException {
    TrainingResult result = TinyTraining.train(2, 60, "simd", null, null);
    assertThat(result.evaluation()).isNotNull();
    assertThat(result.evaluation().accuracy()).isGreaterThan(0.85);
    assertThat(result.rounds()).isEqualTo(60 * 3);
    assertThat(result.samples()).isEqualTo(60 * (6 * 32 + 19));
    assertThat(result.failures()).isZero();
  }

  @Test
  void theNumberOfThreadsDoesNotChangeABit() throws IOException {
    String one = TinyTraining.train(1, 5, "simd", null, null).parametersSha256();
    assertThat(TinyTraining.train(2, 5, "simd", null, null).parametersSha256()).isEqualTo(one);
    assertThat(TinyTraining.train(5, 5, "simd", null, null).parametersSha256()).isEqualTo(one);
  }

  @Test
  void anotherNumberOfEpochsDoesChangeBits() throws IOException {
    assertThat(TinyTraining.train(1, 4, "simd", null, null).parametersSha256())
        .isNotEqualTo(TinyTraining.train(1, 5, "simd", null, null).parametersSha256());
  }

  @Test
  void theReferenceBackendLearnsTheSame() throws IOException {
    TrainingResult simd = TinyTraining.train(1, 2, "simd", null, null);
    TrainingResult reference = TinyTraining.train(1, 2, "reference", null, null);
    assertThat(simd.loss()).isCloseTo(reference.loss(), within(1e-5));
  }

  @Test
  void aResumedRunEndsWithTheSameParameters(@TempDir Path folder) throws IOException {
    String through = TinyTraining.train(1, 6, "simd", null, null).parametersSha256();
    Checkpoints checkpoints = new Checkpoints(LocalFolder.open(folder));
    TinyTraining.train(1, 3, "simd", checkpoints, null);
    List<String> warnings = new ArrayList<>();
    Checkpoint checkpoint = checkpoints.latest("tiny", warnings::add).orElseThrow();
    assertThat(checkpoint.round()).isEqualTo(9);
    TrainingResult resumed = TinyTraining.train(2, 6, "simd", null, checkpoint);
    assertThat(resumed.parametersSha256()).isEqualTo(through);
    assertThat(resumed.rounds()).isEqualTo(18);
    assertThat(warnings).isEmpty();
  }

  @Test
  void aSampleThatCannotBeSolvedIsReportedAndLeavesNoTrace() {
    Block good = TinyTraining.blocks(1, 1).get(0);
    int rows = good.rows();
    float[] features = new float[(rows + 1) * TinyTraining.INPUTS];
    float[] labels = new float[rows + 1];
    long[] ids = new long[rows + 1];
    for (int row = 0; row < rows; row++) {
      ids[row] = good.id(row);
      labels[row] = good.label(row);
      for (int i = 0; i < TinyTraining.INPUTS; i++) {
        features[row * TinyTraining.INPUTS + i] = good.feature(row, i);
      }
    }
    ids[rows] = 4711;
    features[rows * TinyTraining.INPUTS] = 1e30f;
    Block bad = Block.of(0, TinyTraining.CAPACITY, TinyTraining.INPUTS, ids, features, labels);
    PipelineWorker worker =
        new PipelineWorker(TinyTraining.MODEL.pipeline(), new SimdBackend(), TinyTraining.CAPACITY);
    worker.load(Initialiser.glorot(TinyTraining.MODEL.layout(), 3));
    BlockResult expected = worker.gradient(good);
    double[] gradient = expected.gradient().clone();
    BlockResult actual = worker.gradient(bad);
    assertThat(actual.gradient()).containsExactly(gradient);
    assertThat(actual.weight()).isEqualTo(expected.weight()).isEqualTo(rows);
    assertThat(actual.loss()).isEqualTo(expected.loss());
    assertThat(actual.failures()).extracting(SampleFailure::id).containsExactly(4711L);
    assertThat(expected.failures()).isEmpty();
  }

  @Test
  void aBlockOfAnotherWidthIsRefused() {
    PipelineWorker worker =
        new PipelineWorker(TinyTraining.MODEL.pipeline(), new SimdBackend(), TinyTraining.CAPACITY);
    Block wide = Block.of(3, 32, 6, new long[1], new float[6], new float[1]);
    assertThatThrownBy(() -> worker.gradient(wide))
        .hasMessageContaining("Block 3")
        .hasMessageContaining("6 features, the worker was made for 32 and 5");
  }
}
